"""Delivery, by parcels that can be counted on the fingers."""

from __future__ import annotations

import pytest

from masarat.analyse import ask
from masarat.analyse.delivery import Delivery
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules
from masarat.resolve.resolver import Resolver
from tests.support.shop import answer, event, order, refund, write

CASH = "الدفع عند الاستلام"


def told(name, who, ts, number, courier="", **columns):
    props = f'{{"courier": "{courier}"}}' if courier else "{}"
    return event(name, who, ts, order_id=number, props=props, **columns)


PARCELS = [
    order("user:a", "2025-03-01", 100, order_id="1", payment=CASH, tax=15, city="Riyadh", props="{}"),
    told("Order Shipped", "user:a", "2025-03-02", "1", "Sahm"),
    told("Order Delivered", "user:a", "2025-03-04", "1", "Sahm"),
    told("Payment Received", "user:a", "2025-03-09", "1", "Sahm", revenue=115),
    order("user:b", "2025-03-01", 200, order_id="2", payment="COD", city="Abha", props="{}"),
    told("Delivery Refused", "user:b", "2025-03-06", "2", "Qafila"),
    order("user:c", "2025-03-05", 50, order_id="3", payment="mada", city="Abha", props="{}"),
    told("Order Delivered", "user:c", "2025-03-06", "3", "Qafila"),
    order("user:d", "2025-03-06", 10, order_id="4", branch="Riyadh", props="{}"),  # carried home
]


@pytest.fixture(scope="module")
def shop(engine):
    """Only read."""
    store = engine.store()
    write(store, PARCELS)
    return store


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_from_the_order_to_the_money(shop):
    found = answer(shop, Delivery())
    steps = [
        (row["step"], row["customers"], row["left_before"], row["median"] and row["median"] / 86_400)
        for row in found.picture.rows
    ]
    assert steps == [
        ("Ordered", 3, None, None), ("Shipped", 3, 0, 1), ("Delivered", 2, 1, 2), ("Paid for", 2, 0, 5),
    ]  # fmt: skip
    rows = {row["part"]: row for row in found.rows}
    assert set(rows) == {"Sahm", "Qafila"}
    assert (rows["Qafila"]["refused"], rows["Qafila"]["refused_share"]) == (1, 0.5)
    assert (rows["Qafila"]["refused_least"], rows["Qafila"]["refused_most"]) == pytest.approx(
        (0.0945, 0.9055), abs=1e-4
    )
    assert rows["Qafila"]["times_others"] is None  # too few to be compared
    assert (rows["Sahm"]["due"], rows["Sahm"]["collected"], rows["Sahm"]["received"]) == (115, 115, 115)
    assert found.sentence == (
        "Of 3 orders 67% were delivered; of the 3 that reached the door 33% were refused (between 6.1% and 79%). "
        "Of SAR 115 in cash SAR 0.00 is not handed over yet."
    )
    assert not found.notes or "Only" in found.notes[0]


def test_in_arabic_and_of_one_way_of_paying(shop):
    found = ask(shop, Delivery(paid="before", by="city", language="ar"))
    assert [(row["part"], row["ordered"], row["delivered"]) for row in found.rows] == [("Abha", 1, 1)]
    assert found.sentence.startswith("سُلّم ⁦100٪⁩ من طلب واحد، ومن الواحد الذي بلغ الباب رُفض ⁦0٪⁩")
    assert [row["step"] for row in found.picture.rows] == ["طُلب", "شُحن", "سُلّم", "دُفع ثمنه"]
    by_city = {row["part"]: row["ordered"] for row in ask(shop, Delivery(segment="city=Riyadh")).rows}
    assert by_city == {"Sahm": 1}
    assert "Nothing in this period" in ask(shop, Delivery(period="2025-02")).sentence


def test_cash_that_is_held_grows_old(store):
    """Delivered 5, 10, 20 and 40 days before the end of the data, one a second time after a refusal; one is on the road."""
    days = {"1": "2025-04-25", "2": "2025-04-20", "3": "2025-04-10", "4": "2025-03-21"}
    held = [order(f"user:{n}", "2025-03-01", 10 * int(n), order_id=n, payment=CASH, props="{}") for n in days]
    write(
        store,
        [
            *held,
            *(told("Order Delivered", f"user:{n}", day, n, "Sahm") for n, day in days.items()),
            told("Delivery Refused", "user:4", "2025-03-15", "4", "Sahm"),
            order("user:9", "2025-04-29", 7, order_id="9", payment=CASH, props="{}"),
            told("Order Shipped", "user:9", "2025-04-30", "9", "Sahm"),
            told("Payment Received", "user:8", "2025-03-01", "8", revenue=3),
        ],
    )
    found = answer(store, Delivery())
    kept = {name: numbers(found)[name] for name in ("held_7", "held_14", "held_30", "held_older", "held", "on_road")}  # fmt: skip
    assert kept == {
        "held_7": 10,
        "held_14": 20,
        "held_30": 30,
        "held_older": 40,
        "held": 100,
        "on_road": 7,
    }
    assert numbers(found)["refused_share"] == 0  # accepted in the end
    assert "SAR 40.00 of it for more than 30 days." in found.sentence
    assert "One shipped order is neither delivered nor refused yet." in found.notes


def test_confirmed_where_it_is_told_sent_back_and_called_off(store):
    confirmed = event("Order Updated", "user:a", "2025-03-01 12:00", order_id="1", props='{"status": "Processing"}')  # fmt: skip
    write(
        store,
        [
            order("user:a", "2025-03-01", 100, order_id="1", payment="card", props="{}"),
            confirmed,
            told("Order Delivered", "user:a", "2025-03-03", "1"),
            told("Order Delivered", "user:a", "2025-03-03", "1"),  # told twice
            refund("user:a", "2025-03-08", 100, order_id="1", props="{}"),
            order("user:b", "2025-03-01", 100, order_id="2", payment="card", props="{}"),
            told("Order Cancelled", "user:b", "2025-03-02", "2"),
        ],
    )
    found = answer(store, Delivery(by="payment"))
    assert [(row["step"], row["customers"]) for row in found.picture.rows] == [
        ("Ordered", 2), ("Confirmed", 1), ("Delivered", 1),
    ]  # fmt: skip
    assert (found.rows[0]["returned"], found.rows[0]["cancelled"], found.rows[0]["part"]) == (1, 1, "card")
    assert "No delivered order was to be paid on delivery." in found.notes


def test_a_parcel_of_somebody_merged_is_theirs(store):
    write(
        store,
        [
            order("user:a", "2025-03-01", 100, order_id="1", payment=CASH, props="{}"),
            told("Order Delivered", "phone:+966501234567", "2025-03-03", "1", "Sahm"),
        ],
    )
    assert numbers(answer(store, Delivery()))["delivered"] == 0
    Resolver(store, Rules()).decide(Decision("merge", "user:a", "phone:+966501234567"), "", "noura")
    found = answer(store, Delivery())
    assert (numbers(found)["delivered"], found.rows[0]["part"], found.rows[0]["held_30"]) == (1, "Sahm", 0)
    assert "Nobody tells when couriers hand over cash" in found.notes[-1]


def test_many_parts_are_compared_and_the_slow_courier_is_told(store):
    """Sixty parcels each: one courier is refused a third of the time and hands over cash after twelve days rather than two."""
    made = []
    for n in range(120):
        who, number, slow = f"user:{n}", f"{n}", n % 2 == 0
        courier = "Slow" if slow else "Fast"
        made.append(order(who, "2025-03-01", 10, order_id=number, payment=CASH, props="{}"))
        if slow and n % 3 == 0:
            made.append(told("Delivery Refused", who, "2025-03-04", number, courier))
            continue
        made.append(told("Order Delivered", who, "2025-03-04", number, courier))
        made.append(
            told("Payment Received", who, "2025-03-16" if slow else "2025-03-06", number, courier, revenue=10)
        )
    write(store, made)
    found = answer(store, Delivery())
    slow = next(row for row in found.rows if row["part"] == "Slow")
    assert slow["refused_share"] == pytest.approx(1 / 3)
    assert slow["chance"] < 1e-4
    assert slow["times_least"] > 1
    assert "Slow stands out: 33% refused" in found.sentence
    assert "Slow hands over the cash after 12 days, 10 days later than the others." in found.sentence
