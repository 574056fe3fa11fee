"""Groups of points: planted ones are found, one cloud has none, and the same points give the same groups."""

from __future__ import annotations

import numpy as np
import pytest

from masarat.models.clusters import adjusted_rand, groups, nearest


def blobs(centres, each=200, spread=1.0, seed=3):
    dice = np.random.default_rng(seed)
    return np.vstack([dice.normal(centre, spread, (each, len(centre))) for centre in centres])


@pytest.mark.parametrize("k", [2, 3, 5])
def test_planted_groups_are_found(k):
    points = blobs([(9.0 * (n % 3), 9.0 * (n // 3), 0.0) for n in range(k)])
    found = groups(points)
    assert len(found.centres) == k
    assert adjusted_rand(found.of, np.repeat(np.arange(k), 200)) > 0.97
    assert found.stability > 0.95


@pytest.mark.parametrize("stretched", [(1, 1, 1), (5, 1, 1), (3, 3, 0.1)])
def test_one_cloud_has_no_groups(stretched):
    points = np.random.default_rng(5).normal(size=(600, 3)) * stretched
    assert len(groups(points).centres) == 1


def test_the_largest_comes_first():
    points = np.vstack([blobs([(0, 0)], 60), blobs([(9, 9)], 140)])
    assert np.bincount(groups(points).of).tolist() == [140, 60]


def test_few_points_and_equal_points_have_no_groups():
    assert len(groups(blobs([(0, 0), (9, 9)], 20)).centres) == 1
    assert len(groups(np.ones((500, 2))).centres) == 1
    assert len(groups(np.zeros((1, 2))).centres) == 1


def test_the_same_points_give_the_same_groups():
    points = blobs([(0, 0), (6, 6), (0, 9)], 900)  # more than are drawn
    one, other = groups(points), groups(points)
    assert (one.of == other.of).all()
    assert (nearest(points, one.centres) == one.of).all()


def test_agreement_is_beyond_chance():
    dice = np.random.default_rng(1)
    assert abs(adjusted_rand(dice.integers(0, 3, 3000), dice.integers(0, 3, 3000))) < 0.01
    # Hubert and Arabie: (2 - 4/3·…) by hand: pairs together in both 1, in rows 2, in columns 2 of 6
    assert adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])) == pytest.approx((1 - 2 / 6) / (1.5 - 2 / 6))  # fmt: skip
