"""Days until people come back, against Kaplan and Meier by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.models.waiting import Waiting


def test_those_still_waiting_count_as_long_as_they_were_followed():
    found = Waiting({2: 1, 5: 2}, {4: 1, 10: 1})  # followed on days 0–3 and 0–9
    assert found.back_by(1) == 0
    assert found.back_by(2) == pytest.approx(1 / 5)
    assert found.back_by(5) == pytest.approx(1 - 4 / 5 * 1 / 3)
    assert found.back_by(400) == found.back_by(9)


def test_the_day_by_which_half_have_come():
    found = Waiting({1: 10, 20: 10, 40: 20}, {100: 60})
    assert (found.horizon(365), found.horizon(50)) == (99, 50)
    assert [found.day_of(share, 99) for share in (0.25, 0.5, 0.8)] == [1, 20, 40]
    assert found.likeliest_week(99) == (40, 46)  # of weeks with equally many, that in which fewest still wait


def test_nobody_came_and_too_few():
    assert Waiting({}, {50: 100}).day_of(0.5, 49) is None
    assert Waiting({}, {}).horizon(365) == 0
    assert Waiting({3: 2}, {50: 10}).likeliest_week(0) is None


def test_who_waits_still_makes_the_median_later():
    assert Waiting({2: 1, 5: 1, 9: 1}, {}).by_share(0.5) == 5
    # on day 2 one of four, on day 9 one of the two left: 1 - 3/4 * 1/2
    waiting = Waiting({2: 1, 9: 1}, {6: 1, 21: 1})
    assert (waiting.by_share(0.5), waiting.by_share(0.9)) == (9, None)
    assert (waiting.within(2), waiting.within(8), waiting.within(9)) == pytest.approx((0.25, 0.25, 0.625))


def test_who_was_followed_on_that_very_day_is_at_risk_on_it():
    assert Waiting({3: 1}, {4: 1}).within(3) == 0.5


def test_beyond_what_was_followed_nothing_is_known():
    waiting = Waiting({1: 1}, {11: 1})
    assert (waiting.within(10), waiting.within(11)) == (0.5, None)
    assert Waiting({1: 2}, {}).within(400) == 1, "all is settled"
    assert (
        Waiting({}, {}).within(5),
        Waiting({}, {}).by_share(0.5),
        Waiting({}, {5: 2}).by_share(0.5),
    ) == (
        None,
        None,
        None,
    )


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 9), min_size=1))
def test_where_all_has_happened_it_is_the_plain_share(happened):
    waiting = Waiting(happened, {})
    days = sorted(day for day, count in happened.items() for _ in range(count))
    middle = days[(len(days) - 1) // 2]
    assert waiting.by_share(0.5) == middle
    assert waiting.within(middle) == pytest.approx(sum(day <= middle for day in days) / len(days))
