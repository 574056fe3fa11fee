"""Classes that were planted are found again, as many as there were, whatever the order of the patterns."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from masarat.models import apart
from masarat.models.classes import classes


def agreement(one, other):
    """The adjusted Rand index (Hubert and Arabie 1985): 1 where two groupings are the same, 0 where they agree as by chance."""
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts):
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns, all_ = (
        pairs(counts) for counts in (table, table.sum(axis=1), table.sum(axis=0), np.array([len(one)]))
    )
    chance = rows * columns / all_
    return (both - chance) / ((rows + columns) / 2 - chance)


def planted(kinds, seed, visits=3000):
    """Visits of so many kinds, each with three things of its own that most of its visits have, and others seldom."""
    dice = np.random.default_rng(seed)
    chances = np.full((kinds, 12), 0.04)
    for each in range(kinds):
        chances[each, 3 * each : 3 * each + 3] = 0.95
    kind = dice.integers(0, kinds, visits)
    levels = (dice.random((visits, 12)) < chances[kind]).astype(np.int64)
    levels += levels * (dice.random(levels.shape) < 0.3)
    patterns, place, counts = np.unique(levels, axis=0, return_inverse=True, return_counts=True)
    return kind, patterns, place.reshape(-1), counts


@pytest.mark.parametrize("kinds", [2, 3, 4])
def test_planted_classes_are_found(kinds):
    kind, patterns, place, counts = planted(kinds, seed=kinds)
    found = classes(patterns, counts)
    assert found.max() + 1 == kinds
    assert agreement(kind, found[place]) >= 0.95
    sizes = np.bincount(found, weights=counts)
    assert list(sizes) == sorted(sizes, reverse=True), "the largest comes first"


def test_the_order_of_patterns_makes_no_difference():
    _, patterns, _, counts = planted(3, seed=7, visits=800)
    found, order = classes(patterns, counts), np.random.default_rng(1).permutation(len(patterns))
    assert (classes(patterns[order], counts[order]) == found[order]).all()
    twice = np.concatenate([patterns, patterns])  # told in two rows each
    assert (classes(twice, np.concatenate([counts, 0 * counts])) == np.concatenate([found, found])).all()


def test_where_nothing_goes_together_there_is_one_class():
    dice = np.random.default_rng(3)
    levels = (dice.random((2000, 6)) < [0.9, 0.6, 0.4, 0.3, 0.2, 0.1]).astype(np.int64)
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    assert classes(patterns, counts).max() == 0


def test_a_single_pattern_is_one_class():
    assert list(classes(np.array([[1, 0, 2]]), np.array([50]))) == [0]


def test_what_sets_apart_is_as_the_page_says():
    assert doctest.testmod(apart).failed == 0
