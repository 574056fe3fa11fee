"""What becomes of parcels, by hand and on the sample shop."""

from __future__ import annotations

from datetime import date

import pytest

from masarat.analyse.delivery import Delivery
from masarat.demo import Choice, truths
from masarat.demo.shop import SampleShop
from tests.support.shop import answer, event, order, refund, write

NOTHING = {"props": "{}"}
COD = {"payment": "cod", **NOTHING}


def sent(name, ts, number, courier="Fast", **props):
    told = {"courier": courier} | props
    written = ", ".join(f'"{key}": {value if isinstance(value, float) else chr(34) + value + chr(34)}' for key, value in told.items())  # fmt: skip
    return event(name, "a", ts, order_id=number, source="courier", props=f"{{{written}}}")


def cash(ts, number, amount):
    return event("Payment Received", "a", ts, order_id=number, revenue=amount, currency="SAR", props='{"courier": "Fast"}')  # fmt: skip


def ask(store, **parameters):
    return answer(store, Delivery(**{"language": "en", **parameters}))


def numbers(found):
    return {number.name: number.value for number in found.numbers}


@pytest.fixture
def shop(store):
    """Five parcels of March: collected, owed for 20 days, refused, on the way, and one paid by card; and a sale of a branch."""
    write(store, [
        order("a", "2025-03-01 12:00", 100, order_id="1", city="Riyadh", **COD), sent("Order Shipped", "2025-03-02 12:00", "1"),
        sent("Order Delivered", "2025-03-04 12:00", "1", late_days=-1.0), cash("2025-03-10 12:00", "1", 100),
        order("b", "2025-03-02 12:00", 300, order_id="2", city="Abha", **COD), sent("Order Delivered", "2025-03-11 12:00", "2", "Slow", late_days=2.5),
        order("c", "2025-03-03 12:00", 50, order_id="3", city="Abha", **COD), sent("Delivery Refused", "2025-03-05 12:00", "3", "Slow"),
        refund("c", "2025-03-06 12:00", 50, order_id="3", **NOTHING),
        order("d", "2025-03-28 12:00", 70, order_id="4", payment="الدفع عند الاستلام", **NOTHING), sent("Order Shipped", "2025-03-29 12:00", "4"),
        order("e", "2025-03-05 12:00", 10, order_id="5", payment="mada", **NOTHING), sent("Order Delivered", "2025-03-08 12:00", "5"),
        order("f", "2025-03-05 12:00", 999, order_id="6", branch="Riyadh", **COD),
        event("Page Viewed", "f", "2025-03-31 12:00", **NOTHING),
    ])  # fmt: skip
    return store


def test_by_hand(shop):
    found = ask(shop, period="2025-03", compare="none")
    assert numbers(found) == {
        "parcels": 4, "delivered": 2, "refused_share": pytest.approx(1 / 3), "days_to_door": 6, "late_share": 0.5,
        "due": 400, "in_transit": 300, "overdue": 300,
    }  # fmt: skip
    rows = {row["part"]: row for row in found.rows}
    assert [rows["Slow"][name] for name in ("parcels", "delivered", "refused", "on_the_way", "returned")] == [2, 1, 1, 0, 0]  # fmt: skip
    assert [rows["Slow"][name] for name in ("to_7", "to_14", "to_30", "over_30")] == [0, 0, 300, 0]
    assert (rows["Fast"]["collected"], rows["Fast"]["days_to_cash"], rows["Fast"]["on_the_way"]) == (
        100,
        6,
        1,
    )
    assert [(row["step"], row["customers"]) for row in found.picture.rows] == [
        ("Ordered", 4), ("Shipped", 4), ("Delivered", 2), ("Cash received", 1),
    ]  # fmt: skip
    assert found.sentence == (
        "Of 4 parcels paid at the door, 2 were delivered and 33% of those that reached the door were refused. "
        "Couriers hold SAR 300 of cash, SAR 300 of it for more than 14 days."
    )
    assert any("still on the way" in note for note in found.notes)


def test_all_parcels_by_payment_and_city(shop):
    every = ask(shop, payments="all", split="payment", period="2025-03")
    assert numbers(every)["parcels"] == 5
    assert {row["part"]: row["parcels"] for row in every.rows} == {
        "cod": 3,
        "الدفع عند الاستلام": 1,
        "mada": 1,
    }
    assert {row["part"]: row["due"] for row in every.rows}["mada"] == 0
    cities = ask(shop, split="city", period="2025-03")
    assert {row["part"]: row["parcels"] for row in cities.rows} == {"Abha": 2, "Riyadh": 1, "not stated": 1}
    assert numbers(ask(shop, segment="city=Abha"))["parcels"] == 2


def test_what_happens_after_the_period_counts_and_before_it_does_not(shop):
    write(
        shop,
        [
            sent("Order Delivered", "2025-04-02 12:00", "4"),
            refund("b", "2025-04-03 12:00", 30, order_id="2", **NOTHING),
        ],
    )
    late = ask(shop, period="2025-03-02..2025-03-31")
    assert numbers(late)["delivered"] == 2
    assert sum(row["returned"] for row in late.rows) == 1
    assert numbers(late)["due"] == 370


def test_nothing_yet_and_too_little(store):
    write(store, [order("a", "2025-03-01", 100, order_id="1", **COD)])
    assert "Order Delivered" in ask(store).sentence
    write(store, [sent("Order Delivered", "2025-03-02", "1")])
    found = ask(store, language="ar", segment="city=Abha")
    assert found.rows == []
    assert any("إلا شحنة واحدة" in note for note in ask(store, language="ar").notes)


def test_the_sample_shops_slow_courier_and_hard_cities_are_found(store):
    until = date(2026, 11, 20)
    names = ("Order Completed", "Order Refunded", "Order Shipped", "Order Delivered", "Delivery Refused", "Payment Received")  # fmt: skip
    for month in SampleShop(Choice(until, customers=4000)).events():
        store.append(month.filter(month["name"].is_in(names)))
    found = ask(store, period="2025-12-01..2026-10-31")
    rows = {row["part"]: row for row in found.rows}
    slow = truths(until).slow_courier
    others = [row for part, row in rows.items() if part != slow]
    assert f"{slow} is refused most" in found.sentence
    assert all(rows[slow]["days_to_cash"] > row["days_to_cash"] + 8 for row in others)
    assert all(rows[slow]["late_share"] > row["late_share"] for row in others)
    cities = ask(store, split="city", period="2025-12-01..2026-10-31", top=500).rows
    hard = [row for row in cities if row["part"] in truths(until).refused_cities]
    rest = [row for row in cities if row["part"] not in truths(until).refused_cities]
    share = [sum(row["refused"] for row in some) / sum(row["refused"] + row["delivered"] for row in some) for some in (hard, rest)]  # fmt: skip
    assert share[0] > 1.3 * share[1]
