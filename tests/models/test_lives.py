"""Value by age: who is not old enough counts on neither side."""

from __future__ import annotations

import pytest

from masarat.models.lives import Lives, differ, paid_back, together, without

AGES = (30, 60)


def lives(rows):
    found = Lives(AGES)
    for reach, customers, places in rows:
        found.add(reach, customers, {"net": places})
    return found


def test_only_the_old_enough_count():
    found = lives([(2, 4, {1: 40.0, 2: 20.0, 3: 100.0}), (1, 2, {1: 30.0, 2: 5.0}), (0, 1, {1: 7.0})])
    assert (found.size, found.old_enough(30), found.old_enough(60)) == (7, 6, 4)
    assert found.each("net", 30) == pytest.approx(70 / 6)
    assert found.each("net", 60) == 15
    assert found.so_far("net") == 202
    assert lives([]).each("net", 30) is None


def test_all_are_one_and_the_others():
    one, other = lives([(1, 2, {1: 10.0})]), lives([(2, 3, {1: 30.0})])
    whole = together([one, other], AGES)
    assert whole.each("net", 30) == 8
    assert without(whole, one).each("net", 30) == 10


def test_payback_needs_half_of_the_customers():
    found = lives([(1, 9, {1: 90.0}), (2, 1, {1: 10.0, 2: 90.0})])
    assert paid_back(found, "net", 10, AGES) == 30
    assert paid_back(found, "net", 50, AGES) is None  # one in ten is old enough for the second age
    assert paid_back(found, "net", None, AGES) is None


def test_means_that_do_not_vary():
    one, other = lives([(1, 2, {1: 10.0})]), lives([(1, 2, {1: 10.0})])
    one.values, one.squares, other.values, other.squares = 10.0, 50.0, 10.0, 50.0
    assert differ(one.mean(30), other.mean(30)) == 1.0
    assert differ(one.mean(30), None) is None
