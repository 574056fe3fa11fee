"""The computed traits of one customer, each from moves that can be counted on the fingers."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from masarat.events import EVENTS
from masarat.models.customer import Move, figures
from masarat.models.customer.cart import carts
from masarat.models.customer.mind import mood
from masarat.models.customer.rhythm import rhythm

RIYADH = ZoneInfo("Asia/Riyadh")
NOW = datetime(2025, 6, 30, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def move(name, ts, **more):
    return Move(name=name, ts=at(ts), **{"currency": "SAR", **more})


def order(ts, revenue, number="", **more):
    return move("Order Completed", ts, revenue=revenue, order_id=number, **more)


def refund(ts, amount, number=""):
    return move("Order Refunded", ts, revenue=-amount, order_id=number)


def found(*moves, now=NOW):
    return figures(sorted(moves, key=lambda one: one.ts), "SAR", RIYADH, now)


# Money

BOUGHT = (
    order("2025-01-01 10:00", 100, "1", payment="mada", channel="email", branch="العليا", city="الرياض",
          titles=["بن", "كوب", "بن"], categories=["قهوة", "أدوات", "قهوة"], coupon="JAN"),
    order("2025-01-11 10:00", 300, "2", payment="cash on delivery", channel="store", city="جدة", titles=["بن"], categories=["قهوة"]),
    order("2025-01-31 10:00", 50, "3", payment="mada", channel="store", titles=["كوب"], categories=["أدوات"], discount=5),
    refund("2025-02-02 10:00", 90, "2"),
    move("Delivery Refused", "2025-02-03 10:00", order_id="4"),
    order("2025-03-01 10:00", 77, "5", currency="USD"),
    order("2025-03-02 10:00", 0, "6"),
)  # fmt: skip


def test_money():
    told = found(*BOUGHT)
    expected = {
        "orders": 3, "gross": 450.0, "refunds": 90.0, "net": 360.0, "aov": 150.0, "median": 100.0,
        "first_order": at("2025-01-01 10:00"), "last_order": at("2025-01-31 10:00"), "other_currencies": ["USD"],
        "return_rate": 0.2, "returned_orders": pytest.approx(1 / 3), "days_between": 15.0, "next_order": date(2025, 2, 15),
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected


def test_what_is_usual():
    told = found(*BOUGHT)
    expected = {
        "products": ["بن", "كوب"],  # each in two orders: the one that came first
        "categories": ["قهوة", "أدوات"],
        "payment": "mada",
        "order_channel": "store",
        "branch": "العليا",
        "order_city": "جدة",  # as often as Riyadh, and later
        "payment_shares": {"mada": pytest.approx(2 / 3), "cash on delivery": pytest.approx(1 / 3)},
        "refused": 1,
        "refused_share": 0.5,  # one kept on delivery, one refused
        "coupon_use": 0.5,  # two of four: a free order is none
    }

    assert {name: told[name] for name in expected} == expected


def test_who_never_bought_has_no_averages():
    told = found(move("Page Viewed", "2025-01-01 10:00"))
    assert (told["orders"], told["net"]) == (0, 0.0)
    for name in ("aov", "median", "last_order", "days_between", "next_order", "return_rate", "payment", "products", "refused_share"):  # fmt: skip
        assert told[name] is None, name
    empty = figures([], "SAR", RIYADH, NOW)
    assert empty["first_seen"] is None


@pytest.mark.parametrize(
    ("days", "between", "due"),
    [
        ([], None, None),
        (["2025-01-01"], None, None),
        (["2025-01-01", "2025-01-01"], None, None),  # twice on one day is one purchase
        (["2025-01-01", "2025-01-11"], 10.0, None),  # two tell a gap, and no rhythm
        (["2025-01-01", "2025-01-11", "2025-01-31"], 15.0, date(2025, 2, 15)),
        (["2025-01-31", "2025-01-01", "2025-01-11", "2025-02-01"], 10.0, date(2025, 2, 11)),  # 10, 20, 1
    ],
)
def test_rhythm(days, between, due):
    pace = rhythm(map(date.fromisoformat, days))
    assert (pace.days_between, pace.next_on) == (between, due)


def test_days_are_the_shops_own():
    late = found(order("2025-01-01 20:30", 1), order("2025-01-01 21:30", 1))  # half past midnight in Riyadh
    assert late["days_between"] == 1.0


# What they did


def test_visits():
    told = found(
        move("Page Viewed", "2025-01-01 10:00", session_id="a", channel="email", device="mobile"),
        move("Page Viewed", "2025-01-01 10:01", session_id="a", channel="email", device="mobile"),
        move("Products Searched", "2025-01-01 10:02", session_id="a", query="بن"),
        move("Page Viewed", "2025-01-03 10:00", session_id="b", channel="direct", device="desktop"),
        move("Products Searched", "2025-01-03 10:01", session_id="b", query="كوب"),
        move("Products Searched", "2025-01-03 10:02", session_id="b", query="بن"),
        move("Call Received", "2025-01-05 10:00"),
    )
    expected = {
        "visits": 2, "pages": 3, "last_visit": at("2025-01-03 10:02"), "first_seen": at("2025-01-01 10:00"),
        "last_seen": at("2025-01-05 10:00"), "channel": "direct", "device": "desktop", "searches": ["بن", "كوب"],
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected


def put(ts, money, name="Product Added"):
    return move(name, ts, titles=["بن"], quantities=[1], amounts=[money])


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([put("2025-01-01 10:00", 80)], [("abandoned", 80)]),
        ([put("2025-01-01 10:00", 80), order("2025-01-01 11:00", 80)], [("bought", 80)]),
        ([put("2025-01-01 10:00", 80), order("2025-01-02 11:00", 80)], [("abandoned", 80)]),  # an hour too late
        ([put("2025-01-01 10:00", 80), put("2025-01-03 10:00", 20)], [("abandoned", 80), ("abandoned", 20)]),
        ([put("2025-01-01 10:00", 80), put("2025-01-01 10:05", 80, "Product Removed")], []),  # empty again
        ([put("2025-06-29 10:00", 80)], [("open", 80)]),
        ([order("2025-01-01 10:00", 80)], []),
        ([put("2025-01-01 10:00", 80), order("2025-01-01 11:00", 80), put("2025-01-01 12:00", 5)], [("bought", 80), ("abandoned", 5)]),
    ],
)  # fmt: skip
def test_carts(moves, expected):
    assert [(cart.state, cart.value) for cart in carts(moves, "SAR", NOW)] == expected


# What they think


def test_mind():
    told = found(
        move("Survey Answered", "2025-01-01", survey="nps", score=3),
        move("Survey Answered", "2025-02-01", survey="NPS-after-delivery", score=9),
        move("Survey Answered", "2025-02-02", survey="csat", score=5),
        move("Product Reviewed", "2025-02-03", rating=5, categories=["قهوة"]),
        move("Product Reviewed", "2025-02-04", rating=2, categories=["قهوة"]),
        move("Product Viewed", "2025-02-05", categories=["أدوات"]),
    )
    expected = {
        "nps": 9,
        "csat": 5,
        "ces": None,
        "rating": 3.5,
        "sentiment": "positive",
        "interests": ["قهوة", "أدوات"],
    }
    assert {name: told[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("stars", "satisfied", "recommends", "expected"),
    [
        (None, None, None, None),
        (4, None, None, "positive"),
        (None, 3, None, "neutral"),
        (None, None, 5, "negative"),
        (5, 1, None, "neutral"),
        (1, 1, 10, "negative"),
    ],
)
def test_mood(stars, satisfied, recommends, expected):
    assert mood(stars, satisfied, recommends) == expected


def test_every_figure_stands_any_move():
    told = found(*(move(one.name, "2025-01-01 10:00") for one in EVENTS))
    assert told["moves"].total() == len(EVENTS)
