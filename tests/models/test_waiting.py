"""Days until people come back, against Kaplan and Meier by hand."""

from __future__ import annotations

import pytest

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
