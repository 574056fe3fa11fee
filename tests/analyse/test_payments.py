"""Who pays when, and what is not collected, by orders that can be counted on the fingers."""

from __future__ import annotations

import pytest

from masarat.analyse import ask
from masarat.analyse.payments import AGES, Payments
from masarat.analyse.segments import customers_of
from masarat.events import hash_of
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules
from masarat.resolve.resolver import Resolver
from tests.support.shop import answer, event, order, refund
from tests.support.shop import write as write_rows

CASH = "الدفع عند الاستلام"


def write(store, rows):
    write_rows(store, [{"props": "{}", **row} for row in rows])


def told(name, who, ts, number, courier="", **columns):
    return event(name, who, ts, order_id=number, props=f'{{"courier": "{courier}"}}', **columns)


def invoice(who, ts, number, amount, **props):
    said = ", ".join(f'"{name}": "{value}"' for name, value in props.items())
    return order(who, ts, amount, order_id=number, tax=amount * 0.15, props=f"{{{said}}}")


# The last day with data is 31 May. A day to the door, then 4 days (Sahm) or 15 (Qafila) to the money.
EVENTS = [
    order("user:a", "2025-03-01", 100, order_id="1", payment=CASH, tax=15, shipping=20),
    told("Order Delivered", "user:a", "2025-03-02", "1", "Sahm"),
    told("Payment Received", "user:a", "2025-03-06", "1", "Sahm", revenue=100),  # without tax and delivery: paid
    order("user:b", "2025-03-01", 200, order_id="2", payment=CASH),
    told("Order Delivered", "user:b", "2025-03-02", "2", "Qafila"),
    told("Payment Received", "user:b", "2025-03-17", "2", "Qafila", revenue=150),
    order("user:c", "2025-05-25", 300, order_id="3", payment=CASH),
    told("Order Delivered", "user:c", "2025-05-27", "3", "Qafila"),
    order("user:d", "2025-05-30", 70, order_id="4", payment=CASH),
    told("Order Shipped", "user:d", "2025-05-31", "4", "Qafila"),
    order("user:e", "2025-05-01", 80, order_id="5", payment=CASH),
    told("Delivery Refused", "user:e", "2025-05-03", "5", "Qafila"),
    refund("user:e", "2025-05-05", 80, order_id="5"),
    order("user:f", "2025-05-01", 500, order_id="6", payment="mada"),
    refund("user:f", "2025-05-09", 50, order_id="6", tax=-7.5),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(engine):
    """Only read."""
    store = engine.store()
    write(store, EVENTS)
    return store


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_days_to_pay_and_what_is_not_collected(shop):
    found = answer(shop, Payments(by="courier", parcel_cost=10))
    rows = {row["part"]: row for row in found.rows}
    overall = numbers(found)
    assert (overall["orders"], overall["at_once"], overall["worth"]) == (6, 1, 1285)
    # Sahm paid after 4 days; of Qafila 50 are open since the door, and 300 for 4 days
    assert (rows["Sahm"]["later"], rows["Sahm"]["paid"], rows["Sahm"]["days_to_pay"]) == (1, 1, 4)
    assert (rows["Qafila"]["later"], rows["Qafila"]["paid"], rows["Qafila"]["days_to_pay"]) == (4, 0, None)
    assert (overall["open"], overall["open_7"], overall["open_90"]) == (350, 300, 50)
    assert overall["open"] == sum(overall[name] for name in AGES)
    assert (overall["overdue"], overall["on_way"]) == (50, 70)
    assert (rows["Qafila"]["refused"], rows["Qafila"]["refused_worth"], overall["refused_share"]) == (
        1,
        80,
        0.25,
    )
    assert (overall["returned_worth"], overall["returns_cost"]) == (57.5, 40)
    assert overall["days_to_pay"] is None, "of three, one paid after 4 days; the others still wait"
    assert found.sentence == (
        "5 of 6 orders are paid later, and not half of that is paid yet. SAR 350 is not collected, SAR 50.00 of it overdue. "
        "25% of parcels are refused at the door, worth SAR 80.00."
    )
    assert "Where no due date is told, money is overdue after 30 days." in found.notes


def test_by_customer_and_in_arabic(shop):
    found = ask(shop, Payments(by="customer", language="ar"))
    assert [(row["customer"], row["open"]) for row in found.rows][:2] == [("user:c", 300), ("user:b", 50)]
    assert set(customers_of(shop, Payments(limit=1))) == {hash_of(f"user:{who}") for who in "abcdef"}
    assert found.picture.rows[0]["age"] == "حتى 7 أيام"
    assert found.sentence == (
        "5 طلبات من 6 تُدفع لاحقًا، ولم يُدفع نصفها بعد. لم يُحصَّل ⁦350⁩ ر.س، والمتأخر منه ⁦50.00⁩ ر.س. "
        "يُرفض ⁦25٪⁩ من الشحنات عند الباب، بقيمة ⁦80.00⁩ ر.س."
    )


def test_invoices_tell_when_they_are_due_and_what_is_left(store):
    write(
        store,
        [
            invoice("user:a", "2025-03-01", "I1", 100, **{"تاريخ الاستحقاق": "31/03/2025", "المبلغ المستحق": "1,115.00"}),
            invoice("user:b", "2025-03-01", "I2", 200, due_date="2025-06-30", due_amount="230.00"),
            invoice("user:c", "2025-03-01", "I3", 300, due_date="2025-03-31", due_amount="0.00"),  # paid, nobody says when
            invoice("user:d", "2025-03-01", "I4", 400, due_date="2025-03-31"),
            event("Payment Received", "user:d", "2025-03-11", order_id="I4", revenue=460),
            event("Payment Received", "user:d", "2025-03-11", order_id="I4", revenue=5, currency="KWD"),  # another's money
            event("Page Viewed", "user:z", "2025-05-10"),
            order("user:w", "2025-04-01", 10, order_id="7", payment="cash"),
        ],
    )  # fmt: skip
    found = ask(store, Payments(by="customer"))
    open_of = {
        row["customer"]: (row["open"], row["overdue"], row["paid"], row["days_to_pay"]) for row in found.rows
    }
    assert open_of == {
        "user:a": (1115, 1115, 0, None),  # as the books say
        "user:b": (230, 0, 0, None),  # not due yet
        "user:c": (0, 0, 1, None),
        "user:d": (0, 0, 1, 10),
        "user:w": (0, 0, 0, None),
    }
    assert (numbers(found)["open_60"], numbers(found)["open_7"]) == (1115, 230)  # 40 days late; not late
    assert "One invoice is paid without saying when; it is in no median." in found.notes


def test_cash_of_which_nobody_tells_is_neither_paid_nor_open(store):
    write(
        store,
        [
            order("user:a", "2025-03-01", 100, order_id="1", payment="COD"),
            event("Order Pending", "user:b", "2025-03-02", order_id="2", payment="COD", tax=15, props='{"order_amount": 100}'),
            event("Order Pending", "user:c", "2025-03-02", order_id="3", props='{"order_amount": 7}'),
            event("Order Cancelled", "user:c", "2025-03-03", order_id="3"),
            refund("user:d", "2025-03-04", 5, order_id="9"),
        ],
    )  # fmt: skip
    found = ask(store, Payments())
    assert (numbers(found)["open"], numbers(found)["at_once"], numbers(found)["pending_worth"]) == (0, 0, 115)
    assert any("nobody tells whether the money came in" in note for note in found.notes)
    assert any("One order waits for its payment: SAR 115" in note for note in found.notes)
    assert found.picture.rows == []


def test_everything_comes_back_and_a_payment_of_somebody_merged(store):
    write(
        store,
        [
            order("user:a", "2025-03-01", 100, order_id="1", payment=CASH),
            refund("user:a", "2025-03-02", 100, order_id="1"),
            order("user:b", "2025-03-01", 0, order_id="2", payment=CASH),
            order("user:c", "2025-03-01", 60, order_id="3", payment=CASH),
            event("Payment Received", "phone:+966501234567", "2025-03-01", order_id="3", revenue=60),
            event("Payment Received", "phone:+966501234567", "2025-03-01", order_id="3", revenue=0),
        ],
    )
    assert numbers(ask(store, Payments()))["open"] == 60
    Resolver(store, Rules()).decide(Decision("merge", "user:c", "phone:+966501234567"), "", "noura")
    found = ask(store, Payments())
    assert (numbers(found)["open"], numbers(found)["days_to_pay"], numbers(found)["worth"]) == (0, 0, 160)
    assert "Nothing is left to collect." in found.sentence
    assert "Nothing in this period" in ask(store, Payments(period="2024")).sentence
