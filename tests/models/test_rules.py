"""Rules of item sets: mlxtend's documentation example, exact chances, and what is too little."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import hypergeom

from masarat.models.bundling import offer
from masarat.models.rules import discoveries, exact, rules

# The example of mlxtend's documentation: five orders; only what is in three or more.
NAMES = ("Eggs", "Kidney Beans", "Milk", "Onion", "Yogurt")
ORDERS = [{0, 1, 2, 3, 4}, {0, 1, 3, 4}, {0, 1, 2}, {1, 2, 4}, {0, 1, 3}]


def counted(orders, least):
    sets = (items for size in (1, 2, 3) for items in combinations(range(5), size))
    counts = {items: sum(set(items) <= order for order in orders) for items in sets}
    return {items: n for items, n in counts.items() if n >= least}


def test_the_example_of_mlxtend():
    counts = counted(ORDERS, 3)
    assert len(counts) == 11
    found = rules(counts, 5)
    assert len([rule for rule in found if rule.lift >= 1.2]) == 6
    onion = next(rule for rule in found if (rule.first, rule.second) == ((3,), (0,)))
    assert (onion.confidence, onion.lift, onion.support) == (1.0, 1.25, 0.6)
    assert onion.beyond == pytest.approx(0.6)
    assert all(rule.chance > 0.05 for rule in found)  # five orders show nothing


def test_the_chance_is_that_of_the_exact_test():
    tests = np.array([[5, 20, 30, 400], [1, 1, 1, 2], [100, 300, 900, 9000], [30, 40, 40, 5000]], dtype=float)
    expected = [hypergeom.sf(k - 1, n, a, b) for k, a, b, n in tests]
    assert exact(tests) == pytest.approx(expected, rel=1e-6)


def test_what_was_not_counted_counts_as_tested():
    assert discoveries(np.array([0.001, 0.02]), 2).tolist() == [0.002, 0.02]
    assert discoveries(np.array([0.001, 0.02]), 100).tolist() == [0.1, 1.0]


def test_a_rule_of_three_must_say_more_than_its_parts():
    # 0 and 1 are bought together; 2 goes with 0, whether 1 is there or not.
    counts = {(0,): 200, (1,): 200, (2,): 200, (0, 1): 100, (0, 2): 100, (1, 2): 55, (0, 1, 2): 50}
    found = {(rule.first, rule.second): rule.chance for rule in rules(counts, 1000)}
    assert found[(0,), (2,)] < 1e-6
    assert found[(0, 1), (2,)] > 0.05


def test_the_interval_holds_the_lift():
    found = rules({(0,): 100, (1,): 200, (0, 1): 60}, 1000)[0]
    low, high = found.lift_bounds
    assert low < found.lift == 3.0 < high
    assert found.bounds[0] < 0.6 < found.bounds[1]
    assert rules({}, 10) == []


def test_the_price_of_a_bundle():
    # 150 at cost 60. At 20 % a further bundle brings nothing; at 15 %: 22.5 less, it brings 30 − 22.5; 1000 × 5 % × 7.5 − 10 × 22.5 = 150.
    found = offer([100, 50], [40, 20], 10, 1000, margin=0.4, take=0.05)
    assert (found.discount, found.price, found.given_away, found.needed) == (0.15, 127.5, 225, 30)
    assert found.extra == pytest.approx(150)
    assert offer([100, 50], [40, 0], 10, 1000, margin=0.4, take=0.05) is None
    negative = offer([100, 50], [140, 20], 10, 1000, margin=0.4, take=0.05)
    assert (negative.discount, negative.profit, negative.extra) == (0, -10, 0)
