"""New, staying, back again, fallen silent: by hand, and closing to the change of the active."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from masarat.analyse.lifecycle import Lifecycle
from tests.support.shop import answer, event, order, write

STATES = ("new", "returning", "resurrecting", "dormant")


@pytest.fixture(scope="module")
def shop(engine):
    """a buys in December, January and March; b in January and, told twice, in February; c in February, late at night."""
    store = engine.store()
    write(
        store,
        [
            order("user:a", "2024-12-05", 10),
            order("user:a", "2025-01-05", 10),
            order("user:b", "2025-01-31 22:00", 10),  # 1 February in Riyadh
            order("user:b", "2025-02-07", 10),
            order("user:b", "2025-02-07", 10, event_id="e3"),
            order("user:c", "2025-02-28 20:59", 10),
            order("user:a", "2025-03-05", 10),
            order("", "2025-03-06", 10),
            event("Page Viewed", "user:d", "2025-03-15", device="mobile"),
        ],
    )
    return store


def table(found):
    return [(row["start"].month, *(row[state] for state in STATES)) for row in found.rows]


def test_states_by_month(shop):
    found = answer(shop, Lifecycle())
    assert table(found) == [(12, 1, 0, 0, 0), (1, 0, 1, 0, 0), (2, 2, 0, 0, -1), (3, 0, 0, 1, -2)]
    assert [row["active"] for row in found.rows] == [1, 1, 2, 1]
    assert [row["state"] for row in found.rows] == ["over"] * 3 + ["not over yet"]
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers == {"customers": 3, "new": 3, "resurrecting": 0, "dormant": -1, "stayed": 1 / 2}
    assert found.sentence == (
        "3 customers were active; in the last full month 2 came new, 0 came back and 1 fell silent: 1 more active than before."
        " From one month to the next 50% stay."
    )
    assert any("Only 3 customers" in note for note in found.notes)


def test_what_was_before_the_period_is_known_and_the_first_bucket_whole(shop):
    found = answer(shop, Lifecycle(period="2025-02-20..2025-03-15"))
    assert found.period.first == date(2025, 2, 1)
    assert table(found) == [(2, 2, 0, 0, -1), (3, 0, 0, 1, -2)]
    assert {number.name: number.value for number in found.numbers}["customers"] == 3


def test_it_closes_by_days_weeks_and_hijri_months(shop):
    for question in (Lifecycle(by="day"), Lifecycle(by="week"), Lifecycle(calendar="hijri")):
        rows = answer(shop, question).rows
        for before, row in pairwise(rows):
            assert (
                row["active"] - before["active"]
                == row["change"]
                == row["new"] + row["resurrecting"] + row["dormant"]
            )
        assert sum(row["new"] for row in rows) == 3


def test_any_step_and_nobody(shop):
    found = answer(shop, Lifecycle(step="Page Viewed where device=mobile", period="2025-03", language="ar"))
    assert table(found) == [(3, 1, 0, 0, 0)]
    assert found.sentence == "نشط عميل واحد، ولم تكتمل فترة بعد."
    assert "Nothing in this period" in answer(shop, Lifecycle(period="2025-05")).sentence
