"""How long something takes of which not all has happened yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.models.settling import Settling


def test_who_is_still_awaited_makes_the_median_later():
    assert Settling({2: 1, 5: 1, 9: 1}, {}).by_share(0.5) == 5
    # on day 2 one of four, on day 9 one of the two left: 1 - 3/4 * 1/2
    waiting = Settling({2: 1, 9: 1}, {5: 1, 20: 1})
    assert (waiting.by_share(0.5), waiting.by_share(0.9)) == (9, None)
    assert (waiting.within(2), waiting.within(8), waiting.within(9)) == pytest.approx((0.25, 0.25, 0.625))


def test_who_is_awaited_since_that_very_day_is_at_risk_on_it():
    assert Settling({3: 1}, {3: 1}).within(3) == 0.5


def test_beyond_what_was_followed_nothing_is_known():
    waiting = Settling({1: 1}, {10: 1})
    assert (waiting.within(10), waiting.within(11)) == (0.5, None)
    assert Settling({1: 2}, {}).within(400) == 1, "all is settled"
    assert (
        Settling({}, {}).within(5),
        Settling({}, {}).by_share(0.5),
        Settling({}, {4: 2}).by_share(0.5),
    ) == (
        None,
        None,
        None,
    )


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 9), min_size=1))
def test_where_all_has_happened_it_is_the_plain_share(happened):
    waiting = Settling(happened, {})
    days = sorted(day for day, count in happened.items() for _ in range(count))
    middle = days[(len(days) - 1) // 2]
    assert waiting.by_share(0.5) == middle
    assert waiting.within(middle) == pytest.approx(sum(day <= middle for day in days) / len(days))
