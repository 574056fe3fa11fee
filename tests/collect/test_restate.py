"""The same orders again, in the store: known, added to, corrected, called off, and healed after a crash."""

from datetime import UTC, datetime, timedelta

import pytest

from masarat.collect.people import traits
from masarat.collect.restate import plan, restate
from masarat.store import standing
from tests.collect.test_orders import orders

A = {"order_id": "1", "customer_id": "7", "product_id": "A", "quantity": 2, "unit_price": 10}
B = {**A, "product_id": "B", "quantity": 1, "unit_price": 5}
C = {**A, "product_id": "C", "quantity": 3, "unit_price": 1}


def take(store, *rows, run="run", adding=False, source="shop"):
    planned = plan(store, orders(*rows, source=source).events, source=source, import_id=run, adding=adding)
    restate(store, planned)
    return planned.added, planned.known, planned.restated


def log(store):
    """What stands: (kind, revenue, {product: quantities}) of every event."""
    found = store.select(
        "SELECT name, revenue, product_ids, product_quantities FROM events ORDER BY order_id, name"
    )
    return [
        (
            row["name"].removeprefix("Order "),
            row["revenue"],
            sorted(zip(row["product_ids"], row["product_quantities"], strict=True)),
        )
        for row in found
    ]


def test_the_same_again_is_known(store):
    assert take(store, A, B) == (1, 0, 0)
    assert take(store, B, A) == (0, 1, 0)
    assert log(store) == [("Completed", 25, [("A", 2), ("B", 1)])]


def test_a_part_of_an_order_is_known_and_the_whole_completes_it(store):
    take(store, A, B)
    assert take(store, B) == (0, 1, 0)
    assert take(store, A, B, C) == (0, 0, 1)
    assert log(store) == [("Completed", 28, [("A", 2), ("B", 1), ("C", 3)])]


def test_two_overlapping_parts_make_the_whole(store):
    take(store, A, B)
    assert take(store, B, C) == (0, 0, 1)
    whole = [("Completed", 28, [("A", 2), ("B", 1), ("C", 3)])]
    assert log(store) == whole
    assert take(store, B, C) == (0, 1, 0)
    assert take(store, A, B) == (0, 1, 0)
    assert log(store) == whole


def test_the_same_line_twice_is_two(store):
    take(store, A)
    assert take(store, A, A) == (0, 0, 1)
    assert take(store, A) == (0, 1, 0)
    assert log(store) == [("Completed", 40, [("A", 2), ("A", 2)])]


def test_a_corrected_line_is_replaced(store):
    take(store, A, B)
    assert take(store, {**A, "quantity": 1}, B) == (0, 0, 1)
    assert log(store) == [("Completed", 15, [("A", 1), ("B", 1)])]


def test_a_corrected_day_moves_the_order(store):
    take(store, A, B)
    moved = datetime(2024, 12, 31, 9, tzinfo=UTC)
    assert take(store, {**A, "ts": moved}, {**B, "ts": moved}) == (0, 0, 1)
    assert store.select("SELECT ts FROM events") == [{"ts": moved.replace(tzinfo=None)}]


def test_a_file_that_says_less_does_not_blank_what_is_known(store):
    take(store, {**A, "payment": "mada", "tax": 3})
    assert take(store, {"order_id": "1", "product_id": "A", "quantity": 2, "unit_price": 11}) == (0, 0, 1)
    assert store.select("SELECT payment, tax, visitor_id, revenue FROM events") == [
        {"payment": "mada", "tax": 3, "visitor_id": "shop:7", "revenue": 22}
    ]


def test_an_order_total_alone_keeps_the_products(store):
    take(store, A)
    assert take(store, {"order_id": "1", "customer_id": "7", "order_total": 19}) == (0, 0, 1)
    assert log(store) == [("Completed", 19, [("A", 2)])]


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        ("pending", "completed", ["Completed"]),
        ("pending", "cancelled", ["Cancelled"]),
        ("completed", "cancelled", ["Cancelled"]),
        ("cancelled", "completed", ["Completed"]),
        ("completed", "refunded", ["Completed", "Refunded"]),
        ("refunded", "cancelled", ["Cancelled"]),
        ("completed", "pending", ["Completed"]),  # an older file tells nothing new
        ("cancelled", "pending", ["Cancelled"]),
    ],
)
def test_an_order_goes_on(store, before, after, stands):
    take(store, {**A, "status": before})
    for _ in range(2):
        take(store, {**A, "status": after})
        assert [kind for kind, *_ in log(store)] == stands


def test_returned_lines_beside_bought_ones_are_two_events(store):
    back = {**A, "quantity": -1}
    take(store, A)
    assert take(store, back) == (1, 0, 0)
    assert log(store) == [("Completed", 20, [("A", 2)]), ("Refunded", -10, [("A", -1)])]


def test_another_source_is_another_order(store):
    take(store, A)
    assert take(store, A, source="till") == (1, 0, 0)
    assert len(log(store)) == 2


def test_rows_set_right_are_added_once(store):
    take(store, A)
    more = {**A, "quantity": 5}
    assert take(store, more, run="replay", adding=True) == (0, 0, 1)
    assert take(store, more, run="replay", adding=True) == (0, 1, 0)
    assert log(store) == [("Completed", 70, [("A", 2), ("A", 5)])]
    assert take(store, A) == (0, 1, 0)


def test_what_a_crash_left_twice_is_cleared(store):
    take(store, A)
    stood = standing.newest(
        store, "shop", [row["event_id"] for row in store.select("SELECT event_id FROM events")]
    )
    take(store, {**A, "quantity": 1})
    store.append(stood)  # as if it had not been removed any more
    assert len(log(store)) == 2
    assert take(store, {**A, "quantity": 1}) == (0, 1, 0)
    assert log(store) == [("Completed", 10, [("A", 1)])]


def test_a_clock_that_went_back_does_no_harm(store):
    take(store, A)
    store.command(
        "ALTER TABLE events UPDATE received_at = received_at + INTERVAL 3 DAY WHERE 1 SETTINGS mutations_sync = 1"
    )
    assert take(store, {**A, "quantity": 1}) == (0, 0, 1)
    assert log(store) == [("Completed", 10, [("A", 1)])]


def test_many_orders_are_compared_in_ranges(store, monkeypatch):
    monkeypatch.setattr(standing, "FEW", 3)
    monkeypatch.setattr(standing, "RANGE", 5)
    monkeypatch.setattr(standing, "CHUNK", 4)
    many = [{**A, "order_id": str(n)} for n in range(40)]
    assert take(store, *many) == (40, 0, 0)
    assert take(store, *many) == (0, 40, 0)
    assert take(store, *[{**row, "quantity": 1} for row in many[:25]], *many[25:]) == (0, 15, 25)
    assert sum(revenue for _, revenue, _ in log(store)) == 25 * 10 + 15 * 20


def test_the_newest_fact_stands(store):
    old, new = {**A, "city": "الرياض"}, {**A, "city": "جدة", "ts": datetime(2025, 4, 1, tzinfo=UTC)}
    for row in (new, old):
        store.insert("traits", traits(orders(row).people, "shop", "run"))
    assert [row["value"] for row in store.select("SELECT value FROM traits WHERE trait = 'city'")] == ["جدة"]


def test_planning_writes_nothing(store):
    planned = plan(store, orders(A).events, source="shop", import_id="run")
    assert planned.added == 1
    assert planned.at - datetime.now(UTC) < timedelta(seconds=1)
    assert log(store) == []
