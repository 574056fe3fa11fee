"""What growth is made of: by hand, and the parts always add up to the change of net revenue."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masarat.analyse import ask
from masarat.analyse.growth import GAINS, LOSSES, Growth
from tests.support.shop import answer, event, order, refund, write

PARTS = (*GAINS, *LOSSES, "other")
MOVES = [
    order("user:a", "2025-01-05", 100),
    order("user:b", "2025-01-10", 80),
    order("user:a", "2025-02-05", 130),  # 30 more
    order("user:c", "2025-02-06", 50),
    refund("user:b", "2025-02-07", 20),  # b did not order: lost with what they gave back
    order("user:a", "2025-03-05", 70),  # 60 less
    order("user:b", "2025-03-06", 90),  # back again
    refund("user:c", "2025-04-02", 5),  # nothing in March, nothing in April: other
    order("", "2025-03-09", 1000),
    event("Page Viewed", "user:a", "2025-04-30"),
]


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store()
    write(store, MOVES)
    return store


def table(found, *columns):
    return [tuple(row[column] for column in columns) for row in found.rows]


def test_the_parts_of_each_month(shop):
    found = answer(shop, Growth(period="2025-01-01..2025-04-30"))
    assert table(found, "net", "change", *PARTS, "retained") == [
        (180, 180, 180, 0, 0, 0, 0, 0, 0),
        (160, -20, 50, 0, 30, 0, -100, 0, 100),
        (1160, 1000, 0, 110, 0, -60, -50, 1000, 70),
        (-5, -1165, 0, 0, 0, 0, -160, -1005, 0),
    ]  # fmt: skip
    assert table(found, "customers", "new_customers", "retained_customers", "resurrected_customers", "churned_customers") == [
        (2, 2, 0, 0, 0), (2, 1, 1, 0, -1), (2, 0, 1, 1, -1), (0, 0, 0, 0, -2),
    ]  # fmt: skip
    assert [row["quick_ratio"] for row in found.rows] == [None, 80 / 100, 110 / 110, 0]
    assert [row["net_retention"] for row in found.rows] == [None, 130 / 200, 70 / 180, 0]
    assert found.sentence.startswith(
        "In the last full month net revenue fell by SAR 1,165: new customers brought SAR 0.00,"
    )
    assert found.sentence.endswith("Over all, SAR 1.00 was won for each SAR 1.00 lost.")
    assert found.sample == 7


def test_a_period_that_is_not_over_is_left_out_of_the_figures(shop):
    found = answer(shop, Growth(period="2025-02-10..2025-03-20", language="ar"))
    assert found.period.first == date(2025, 2, 1)
    assert [row["state"] for row in found.rows] == ["اكتملت", "لم تكتمل بعد"]
    numbers = {number.name: number.value for number in found.numbers}
    assert (numbers["change"], numbers["churned"], numbers["quick_ratio"]) == (-20, -100, 0.8)
    assert found.sentence.startswith("نقص صافي الإيرادات")
    assert answer(shop, Growth(period="2025-03-01..2025-03-09")).sentence.startswith("No period is over")


MOVE = st.tuples(
    st.sampled_from(["", "user:a", "user:b", "user:c"]),
    st.integers(0, 99),
    st.integers(-90, 90),
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVE, min_size=1, max_size=25), st.sampled_from(["day", "week", "month"]))
def test_the_parts_add_up_to_the_change_of_net_revenue(store, moves, by):
    store.command("TRUNCATE TABLE events")
    moves = [*moves, ("user:z", 0, 1)]
    days = [(who, date(2025, 1, 1) + timedelta(day), amount) for who, day, amount in moves]
    write(
        store,
        [(order if amount >= 0 else refund)(who, f"{day} 09:00", abs(amount)) for who, day, amount in days],
    )
    rows = ask(store, Growth(by=by, period="2025-01-01..2025-04-30")).rows
    assert sum(row["net"] for row in rows) == pytest.approx(sum(amount for *_, amount in days))
    before = defaultdict(float)
    for row in rows:
        assert (
            row["change"]
            == pytest.approx(row["net"] - before["net"])
            == pytest.approx(sum(row[part] for part in PARTS))
        )
        assert (
            row["customers"] - before["customers"]
            == row["new_customers"] + row["resurrected_customers"] + row["churned_customers"]
        )
        assert (
            row["customers"]
            == row["new_customers"] + row["retained_customers"] + row["resurrected_customers"]
        )
        before = row
