"""The way through steps, asked otherwise: over time, how long, who stopped, and what goes with getting through."""

from __future__ import annotations

import random

import pytest

from masarat.analyse import ask
from masarat.analyse.funnel_drivers import FunnelDrivers
from masarat.analyse.funnel_dropped import FunnelDropped
from masarat.analyse.funnel_times import FunnelTimes
from masarat.analyse.funnel_trend import FunnelTrend
from masarat.errors import BadParameter
from tests.support.shop import answer, event, order, write

WAY = ("Product Viewed", "Product Added", "Order Completed")


@pytest.fixture(scope="module")
def shop(engine):
    """Ten customers: all view, six add, three buy, one of them in the next month; one added on the last day of the data."""
    store = engine.store(timezone="UTC")
    write(
        store,
        [
            *(event("Product Viewed", f"user:{n}", f"2025-03-{n:02}", city="Jeddah") for n in range(1, 10)),
            *(event("Product Added", f"user:{n}", f"2025-03-{n:02} 00:05") for n in range(1, 6)),
            order("user:1", "2025-03-01 00:05:00.001", 10),
            order("user:2", "2025-03-02 00:20", 10),
            event("Product Viewed", "user:10", "2025-03-31 23:00"),
            event("Product Added", "user:10", "2025-03-31 23:10"),
            order("user:10", "2025-04-01 01:00", 10),
            event("Product Viewed", "user:11", "2025-04-02 10:00"),
        ],
    )
    return store


def test_a_customer_stands_where_his_attempt_began(shop):
    found = answer(shop, FunnelTrend(steps=WAY, by="month", within="2d"))
    assert [(row["entered"], row["converted"], row["open"]) for row in found.rows] == [(10, 3, 0), (1, 0, 1)]
    assert found.rows[0]["rate"] == 0.3
    assert (found.rows[0]["at_least"], found.rows[0]["at_most"]) == pytest.approx((0.1078, 0.6032), abs=1e-4)
    quiet = ask(shop, FunnelTrend(steps=WAY, by="day", period="2025-03-29..2025-03-31"))
    assert [row["entered"] for row in quiet.rows] == [0, 0, 1]


def test_times_stand_in_their_stretch(shop):
    found = answer(shop, FunnelTimes(steps=WAY, within="1d"))
    assert [(row["stretch"], row["customers"]) for row in found.rows] == [
        ("5–15 minutes", 1),  # a millisecond more than five
        ("15–30 minutes", 1),
        ("30–60 minutes", 0),
        ("1–3 hours", 1),
    ]
    numbers = {number.name: number.value for number in found.numbers}
    assert (numbers["median"], numbers["slow"]) == pytest.approx((1200, 1200 + 0.8 * 6000))
    assert found.rows[-1]["cumulative"] == 1
    assert "Nobody got through" in ask(shop, FunnelTimes(steps=WAY, within="1m")).sentence


def test_who_stopped_is_listed_newest_first(shop):
    found = answer(shop, FunnelDropped(steps=WAY, after=2, within="1d"))
    assert [row["customer"] for row in found.rows] == ["user:5", "user:4", "user:3"]
    numbers = {number.name: number.value for number in found.numbers}
    assert (numbers["dropped"], numbers["reached"]) == (3, 6)
    assert numbers["share_dropped"] == 0.5
    first = ask(shop, FunnelDropped(steps=WAY, limit=2))
    assert [row["customer"] for row in first.rows] == ["user:9", "user:8"]
    assert {number.name: number.value for number in first.numbers}["open"] == 1  # user:11 may still come


def test_there_is_no_stopping_after_the_last_step_or_in_any_order(shop):
    for question in (FunnelDropped(steps=WAY, after=3), FunnelDropped(steps=WAY, after=2, optional=(2,))):
        with pytest.raises(BadParameter, match="no step where"):
            ask(shop, question)
    with pytest.raises(BadParameter, match="any order"):
        ask(shop, FunnelDropped(steps=WAY, order="any"))


def test_drivers_by_hand_and_nothing_from_later_steps(store):
    """400 begin; mobile gets through half as often; coupons are looked at by half of either; the city is told by the order alone."""
    chance, rows = random.Random(3), []
    for n in range(400):
        who, device = f"user:{n}", "mobile" if n % 2 else "desktop"
        rows.append(event("Product Added", who, "2025-03-01 10:00", device=device))
        if n % 3 == 0:
            rows.append(event("Coupon Entered", who, "2025-03-01 10:05"))
        rows.append(event(f"Noise {chance.randrange(8)}", who, "2025-03-01 10:06"))
        if (n % 20 < 10 and n % 2 == 0) or n % 20 in (1, 3):
            rows.append(order(who, "2025-03-01 11:00", 10, city="Riyadh"))
            rows.append(event("Order Shipped", who, "2025-03-02"))
    write(store, rows)
    found = answer(store, FunnelDrivers(steps=("Product Added", "Order Completed")))
    device = {row["value"]: row for row in found.rows if row["kind"] == "device"}
    assert (device["mobile"]["rate"], device["mobile"]["others_rate"]) == (0.2, 0.5)
    assert device["mobile"]["lift"] == pytest.approx(-0.6)
    assert device["desktop"]["lift"] == pytest.approx(1.5)
    assert {row["value"] for row in found.rows} - {f"Noise {n}" for n in range(8)} == {
        "mobile",
        "desktop",
        "Coupon Entered",
    }
    sure = {row["value"] for row in found.rows if row["chance"] < 0.05}
    assert sure == {"mobile", "desktop"}
    assert found.sentence.startswith(
        "Most of all “device: desktop” goes with getting through: 50% against 20%"
    )
    assert [row["value"] for row in found.picture.rows] == ["desktop", "mobile"]


def test_few_customers_are_not_compared(shop):
    found = ask(shop, FunnelDrivers(steps=WAY))
    assert found.rows == []
    assert found.sentence.startswith("Only 11 customers began")
