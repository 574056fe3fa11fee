from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masarat.analyse.abandoned_carts import AbandonedCarts
from tests.support.people import trait
from tests.support.shop import answer, event, order, write


def items(*lines):
    """[(product, quantity, worth), …] as the product columns of an event."""
    return {
        "product_ids": [product for product, _, _ in lines],
        "product_names": [product for product, _, _ in lines],
        "product_quantities": [quantity for _, quantity, _ in lines],
        "product_revenues": [worth for _, _, worth in lines],
    }


def added(who, ts, product, worth, quantity=1, **columns):
    return event("Product Added", who, ts, **items((product, quantity, worth)), **columns)


def removed(who, ts, product, worth, quantity=1):
    return event("Product Removed", who, ts, **items((product, quantity, worth)))


END = order("z", "2025-02-28 12:00", 100)  # the log goes on, so that earlier carts are decided

# a leaves coffee and cups (60), b buys, c leaves twice: 10 at the till and 5.
MOVES = [
    added("a", "2025-01-05 10:00", "coffee", 40, 2),
    added("a", "2025-01-05 10:05", "cups", 20),
    added("b", "2025-01-06 10:00", "coffee", 20),
    order("b", "2025-01-07 10:00", 20),  # on the very hour
    added("c", "2025-01-10 10:00", "tea", 10),
    event("Checkout Started", "c", "2025-01-10 11:00", revenue=10),
    added("c", "2025-02-10 10:00", "honey", 5),
    END,
]


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_carts_left_and_bought(store):
    write(store, MOVES)
    trait(store, "a", "name", "Noura")
    found = answer(store, AbandonedCarts())
    assert [
        (row["customer"], row["name"], row["value"], row["stage"], row["products"]) for row in found.rows
    ] == [
        ("a", "Noura", 60, "Cart", ["coffee", "cups"]),
        ("c", "", 10, "Checkout", ["tea"]),
        ("c", "", 5, "Cart", ["honey"]),
    ]
    assert found.rows[0]["left_at"].isoformat() == "2025-01-05T13:05:00+03:00"  # the shop's own clock
    assert numbers(found) == {
        "abandoned_value": 75, "sales": 120, "against_sales": 0.625,
        "abandoned": 3, "carts": 4, "abandonment_rate": 0.75, "open": 0,
    }  # fmt: skip
    assert (
        found.sentence == "3 carts worth SAR 75.00 were abandoned: 75% of 4 carts, and 62% of what was sold."
    )


def test_rate_over_time(store):
    write(store, MOVES)
    assert [tuple(row.values()) for row in answer(store, AbandonedCarts()).picture.rows] == [
        (date(2025, 1, 1), pytest.approx(2 / 3), 2, 3, 70),
        (date(2025, 2, 1), 1, 1, 1, 5),
    ]
    weeks = answer(store, AbandonedCarts(period="2025-01-05..2025-01-25", by="week")).picture.rows
    assert [(row["start"].day, row["carts"], row["abandonment_rate"]) for row in weeks] == [
        (5, 3, pytest.approx(2 / 3)), (12, 0, None), (19, 0, None),
    ]  # fmt: skip


def test_hours_decide(store):
    write(store, [added("a", "2025-01-05 10:00", "x", 5), order("a", "2025-01-06 10:00:01", 5), END])
    assert numbers(answer(store, AbandonedCarts()))["abandoned"] == 1
    assert answer(store, AbandonedCarts(hours=25)).sentence == "The one cart was bought; none was abandoned."


def test_a_pause_or_an_order_begins_another_cart(store):
    write(
        store,
        [
            added("a", "2025-01-05 10:00", "x", 5),
            added("a", "2025-01-06 10:00", "y", 5),  # a day on the hour: still the same cart
            added("a", "2025-01-08 10:00", "z", 7),
            order("a", "2025-01-08 11:00", 7),
            added("a", "2025-01-08 12:00", "w", 9),
            END,
        ],
    )
    found = answer(store, AbandonedCarts())
    assert [(row["value"], row["products"]) for row in found.rows] == [(10, ["x", "y"]), (9, ["w"])]
    assert numbers(found)["carts"] == 3


def test_what_a_cart_is_worth(store):
    write(
        store,
        [
            added("a", "2025-01-05 10:00", "x", 30, 3),
            removed("a", "2025-01-05 10:01", "x", 10, 1),  # two are left
            added("a", "2025-01-05 10:02", "y", 5),
            removed("a", "2025-01-05 10:03", "y", 5),
            event("Cart Viewed", "b", "2025-01-05 10:00", **items(("p", 1, 8), ("q", 1, 4))),
            event("Order Pending", "b", "2025-01-05 11:00", revenue=15),  # with what was added unseen
            END,
        ],
    )
    rows = answer(store, AbandonedCarts()).rows
    assert [(row["value"], row["products"], row["stage"]) for row in rows] == [
        (20, ["x"], "Cart"), (15, ["p", "q"], "Payment"),
    ]  # fmt: skip


def test_an_empty_cart_is_none(store):
    write(
        store,
        [
            added("a", "2025-01-05 10:00", "x", 10),
            removed("a", "2025-01-05 10:01", "x", 10),
            event("Cart Viewed", "b", "2025-01-05 10:00"),
            order("c", "2025-01-05", 50),  # bought without a cart
            END,
        ],
    )
    found = answer(store, AbandonedCarts())
    assert (numbers(found)["carts"], found.rows) == (0, [])
    assert found.sentence == "No cart was left with anything in it."


def test_prices_unknown_and_nobody_named(store):
    write(
        store,
        [
            event(
                "Product Added",
                "a",
                "2025-01-05",
                product_ids=["x"],
                product_names=[""],
                product_categories=[""],
            ),
            added("", "2025-01-06", "y", 9),
            END,
        ],
    )
    found = answer(store, AbandonedCarts())
    assert [(row["value"], row["products"]) for row in found.rows] == [(0, ["x"])]
    assert "One cart move names nobody and cannot be followed." in found.notes


def test_a_cart_still_open_is_neither(store):
    write(store, [added("a", "2025-01-05 10:00", "x", 10), order("z", "2025-01-06 09:59", 1)])
    found = answer(store, AbandonedCarts())
    assert (numbers(found)["open"], numbers(found)["carts"]) == (1, 0)
    assert found.sentence == "No cart's hours are over yet; none was abandoned."
    assert "One cart is still open and not counted." in found.notes
    write(store, [order("z", "2025-01-06 10:00", 1, event_id="later")])
    assert numbers(answer(store, AbandonedCarts()))["abandoned"] == 1


def test_a_period_sees_before_and_after_itself(store):
    """A cart begun on the last evening of January and bought in February, in Riyadh's days."""
    write(
        store,
        [
            added("a", "2025-01-31 20:00", "x", 10),
            added("a", "2025-01-31 22:00", "y", 10),  # already February
            added("b", "2025-01-31 20:00", "x", 7),
            order("b", "2025-02-01 10:00", 7),
            END,
        ],
    )
    january = answer(store, AbandonedCarts(period="2025-01"))
    assert (numbers(january)["abandoned"], numbers(january)["carts"]) == (0, 1)
    february = answer(store, AbandonedCarts(period="2025-02"))
    assert [row["value"] for row in february.rows] == [20]


def test_an_order_through_another_channel_buys_the_cart(store):
    write(
        store,
        [
            added("a", "2025-01-05 10:00", "x", 10, channel="web"),
            added("b", "2025-01-05 10:00", "x", 10, channel="app"),
            order("a", "2025-01-05 12:00", 10, channel="store"),
            END,
        ],
    )
    got = numbers(answer(store, AbandonedCarts(segment="channel=web")))
    assert (got["carts"], got["abandoned"]) == (1, 0)


def test_compares_with_the_period_before(store):
    write(store, MOVES)
    sentence = answer(store, AbandonedCarts(period="2025-02")).sentence
    assert sentence == (
        "One cart worth SAR 5.00 was abandoned (down 93% on the period before): "
        "100% of one cart, and 5.0% of what was sold."
    )


def test_says_what_it_needs(store):
    write(store, [order("a", "2025-01-05", 10)])
    found = answer(store, AbandonedCarts())
    assert found.sentence == "This needs Product Added events, and there are none yet."
    assert "«أضاف إلى السلة»" in answer(store, AbandonedCarts(language="ar")).sentence
    write(store, [added("a", "2025-03-05", "x", 10)])
    assert "5 January 2025" in answer(store, AbandonedCarts(period="2019")).sentence


def test_arabic(store):
    write(store, MOVES)
    found = answer(store, AbandonedCarts(language="ar"))
    assert "تُركت 3 سلات قيمتها" in found.sentence
    assert "من 4 سلات، ويعادل" in found.sentence
    assert [row["stage"] for row in found.rows] == ["السلة", "إتمام الطلب", "السلة"]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 200), st.booleans()), min_size=1, max_size=12)
)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_cart_is_bought_or_left(engine, moves):
    """Against the definition said in Python: moves of one customer at given hours, true for an order."""
    store, start = engine.store(), date(2025, 1, 1)
    stamp = lambda hour: f"{start + timedelta(days=hour // 24)} {hour % 24:02}:00"  # noqa: E731
    write(
        store,
        [
            order(who, stamp(hour), 1) if bought else added(who, stamp(hour), "x", 1)
            for who, hour, bought in moves
        ]
        + [added("end", "2025-01-20", "x", 0), END],
    )
    wanted = {"abandoned": 0, "carts": 0}
    for who in "ab":
        mine = sorted((hour, bought) for name, hour, bought in moves if name == who)
        for index, (hour, bought) in enumerate(mine):
            following = mine[index + 1] if index + 1 < len(mine) else (10**6, False)
            ends = not bought and (following[1] or following[0] > hour + 24)
            wanted["carts"] += ends
            wanted["abandoned"] += ends and not (following[1] and following[0] <= hour + 24)
    got = numbers(answer(store, AbandonedCarts(period="2025-01-01..2025-01-15")))
    assert {name: got[name] for name in wanted} == wanted
