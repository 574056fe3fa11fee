import polars as pl
import pytest

from masarat.analyse.data_quality import CHECKS, DataQuality
from tests.support.shop import answer, order, when, write

ITEMS = [("coffee", 1, 10)]


def checks(found):
    return {row["check"]: (row["status"], row["count"]) for row in found.rows}


def row(found, title):
    return next(row for row in found.rows if row["check"] == title)


def sold(who, ts, revenue=10, **columns):
    return order(who, ts, revenue, items=ITEMS, **columns)


def test_a_clean_shop(store):
    write(store, [sold("a", "2025-01-05"), sold("b", "2025-01-06", 12), sold("c", "2025-01-07", 11)])
    found = answer(store, DataQuality())
    assert {status for status, _ in checks(found).values()} == {"ok"}
    assert len(found.rows) == len(CHECKS) == 11
    assert found.sentence == "Nothing in these 3 orders stands out: the numbers can be trusted."


def test_each_fault_is_counted(store):
    write(
        store,
        [
            sold("a", "2025-01-05"),
            sold("a", "2025-01-05", source="till"),  # the same order from two sources
            sold("", "2025-01-06", 12),
            sold("b", "2025-01-06", 9, currency="USD"),
            sold("c", "2025-01-07", 0),
            sold("c", "2025-01-07", -5),
            order("d", "2025-01-07", 11),  # no products
            sold("e", "2025-01-08", 5000),  # a wholesale order, or a slip of the hand
        ],
    )
    found = answer(store, DataQuality())
    assert checks(found) == {
        "Orders that stand twice": ("bad", 1),
        "Orders in another currency": ("warn", 1),
        "Orders below zero": ("bad", 1),
        "Orders that name no customer": ("warn", 1),
        "Unusually large orders": ("warn", 1),
        "Free orders": ("warn", 1),
        "Orders without products": ("warn", 1),
        "Days without a sale": ("ok", 0),
        "Rows that could not be taken": ("ok", 0),
        "Orders dated after they came in": ("ok", 0),
        "Sources gone silent": ("ok", 0),
    }
    assert [row["status"] for row in found.rows] == ["bad"] * 2 + ["warn"] * 5 + ["ok"] * 4
    assert found.sentence.startswith("Most worth mending: Orders that stand twice (1, 12%). Two sources")
    assert {n.name: n.value for n in found.numbers} == {"orders": 8, "bad": 2, "warnings": 5, "fine": 4}


def test_twins_without_a_customer_are_known_by_their_number(store):
    write(
        store,
        [
            sold("", "2025-01-05", order_id="7", source="web"),
            sold("", "2025-01-05", order_id="7", source="books"),
            sold("", "2025-01-05", order_id="8", source="web"),
            sold("x", "2025-01-05", source="web"),
            sold("x", "2025-01-05", source="web"),  # twice in one source: two real orders
        ],
    )
    assert row(answer(store, DataQuality()), "Orders that stand twice")["count"] == 1


def test_outliers_are_told_from_a_wide_range(store):
    """Cups for 10 and machines for 2,000 are one shop; 500,000 is not."""
    write(
        store,
        [
            sold(who, "2025-01-05", price)
            for who, price in zip("abcdefg", (10, 30, 100, 100, 300, 2000, 500_000), strict=True)
        ],
    )
    found = row(answer(store, DataQuality()), "Unusually large orders")
    assert found["count"] == 1
    assert "the largest is SAR 500,000" in found["finding"]
    assert row(answer(store, DataQuality(spreads=2)), "Unusually large orders")["count"] == 2


def test_future_orders_and_silent_sources(store):
    write(
        store,
        [
            sold("a", "2025-01-05", source="old till", received_at=when("2025-02-01")),
            sold("b", "2025-02-01", source="web", received_at=when("2025-02-01")),
            sold(
                "c", "2025-12-01", source="web", received_at=when("2025-02-01")
            ),  # 12 January, read as 1 December
        ],
    )
    found = answer(store, DataQuality())
    assert checks(found)["Orders dated after they came in"] == ("bad", 1)
    assert (row(found, "Sources gone silent")["count"], row(found, "Sources gone silent")["finding"]) == (
        1,
        "old till",
    )
    assert (
        row(answer(store, DataQuality(period="2025-01-01..2025-01-15")), "Sources gone silent")["count"] == 0
    )


def test_rows_still_in_quarantine(store):
    write(store, [sold("a", "2025-01-05")])
    rows = {
        "row_key": ["1", "2"],
        "source": ["shop"] * 2,
        "row_number": [2, 3],
        "status": ["open", "replayed"],
    }
    times = {"ts": [when("2025-01-05")] * 2}
    texts = {name: [""] * 2 for name in ("import_id", "file", "raw", "field", "reason", "remedy")}
    store.insert("quarantine", pl.DataFrame(rows | texts | times))
    assert checks(answer(store, DataQuality()))["Rows that could not be taken"] == ("bad", 1)


def test_arabic(store):
    write(store, [sold("a", "2025-01-05"), sold("", "2025-01-06", 12)])
    found = answer(store, DataQuality(language="ar"))
    assert found.sentence.startswith("أول ما يستحق الإصلاح: طلبات لا تذكر عميلًا")
    assert found.rows[0]["status"] == "أصلح"


@pytest.mark.shared
def test_online_retail(retail):
    found = answer(retail, DataQuality())
    silent = row(found, "Days without a sale")
    assert silent["count"] == 16  # 374 days, 305 with a sale, 53 Saturdays on which the shop is closed
    assert "11 days from 24 December 2010" in silent["finding"]
    assert "168,470" in row(found, "Unusually large orders")["finding"]
