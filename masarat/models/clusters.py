"""Groups in a cloud of points: k-means from seeded starts, how many by what returns when the points are drawn anew, and none where one cloud explains it.

k-means++ (Arthur and Vassilvitskii 2007) with Lloyd's rounds. A number of groups counts where two fits to two bootstrap samples agree about the
points (adjusted Rand index, Hubert and Arabie 1985; Ben-Hur et al. 2002 for the idea), and where the groups are tighter than those
that k-means cuts out of a single Gaussian cloud of the same covariance (as SigClust asks: Liu et al. 2008).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST, SMALLEST, SMALL_SHARE = 60, 10, 0.01  # points; and of a group
SAMPLE = 800  # points that are drawn to find how many groups there are
DRAWS, CLOUDS, STARTS, ROUNDS = 10, 19, 3, 40
STABLE, AS_GOOD = 0.7, 0.02  # agreement that is asked for; and as good as the best: of these the most groups


@dataclass(frozen=True, slots=True)
class Groups:
    """Centres, the largest group first; of each point its group; and how well it came again. One centre: no clear groups."""

    centres: Floats
    of: Ints
    stability: float


def groups(points: Floats, *, most: int = 8, seed: int = 1) -> Groups:
    """The groups of points (rows), which should be scaled alike; the same points give the same groups."""
    none = Groups(points.mean(axis=0, keepdims=True), np.zeros(len(points), dtype=np.int64), 0.0)
    if len(points) < FEWEST or most < 2 or not points.std(axis=0).any():
        return none
    dice = np.random.default_rng(seed)
    drawn = (
        points[np.sort(dice.choice(len(points), SAMPLE, replace=False))] if len(points) > SAMPLE else points
    )
    stable = {k: _stability(drawn, k, dice) for k in range(2, most + 1)}
    best = max(stable.values())
    for k in sorted(stable, key=lambda k: (-k, 0.0) if stable[k] >= best - AS_GOOD else (0, -stable[k])):
        if stable[k] < STABLE:
            break
        centres, _ = _fit(points, k, dice)
        of = nearest(points, centres)
        sizes = np.bincount(of, minlength=k)
        if sizes.min() < max(SMALLEST, SMALL_SHARE * len(points)) or not _tighter(drawn, k, dice):
            continue
        order = np.argsort(-sizes, kind="stable")
        rank = np.empty(k, dtype=np.int64)
        rank[order] = np.arange(k)
        return Groups(centres[order], rank[of], stable[k])
    return none


def nearest(points: Floats, centres: Floats) -> Ints:
    """The number of the centre that each point is nearest to; of equals the first."""
    found: Ints = np.argmin((centres**2).sum(axis=1) - 2 * points @ centres.T, axis=1)
    return found


def adjusted_rand(one: Ints, other: Ints) -> float:
    """How far two groupings agree beyond chance: 1 where they are the same.

    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    whole = len(one) * (len(one) - 1) / 2
    chance, most = rows * columns / whole, (rows + columns) / 2
    return 1.0 if most == chance else float((both - chance) / (most - chance))


def _stability(points: Floats, k: int, dice: np.random.Generator) -> float:
    found = []
    for _ in range(DRAWS):
        pair = [nearest(points, _fit(points[dice.integers(0, len(points), len(points))], k, dice)[0]) for _ in "ab"]  # fmt: skip
        found.append(adjusted_rand(*pair))
    return float(np.mean(found))


def _tighter(points: Floats, k: int, dice: np.random.Generator) -> bool:
    """Whether the groups lie closer than those of every single cloud of the same spread (one in twenty by chance)."""
    mine = _fit(points, k, dice)[1]
    spread = np.atleast_2d(np.cov(points, rowvar=False))
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    total = ((points - points.mean(axis=0)) ** 2).sum()
    for _ in range(CLOUDS):
        cloud = dice.standard_normal(points.shape) @ root.T
        if _fit(cloud, k, dice)[1] / ((cloud - cloud.mean(axis=0)) ** 2).sum() <= mine / total:
            return False
    return True


def _fit(points: Floats, k: int, dice: np.random.Generator) -> tuple[Floats, float]:
    """The best of several starts: its centres, and the sum of squared distances from them."""
    return min((_lloyd(points, _seeds(points, k, dice)) for _ in range(STARTS)), key=lambda each: each[1])


def _seeds(points: Floats, k: int, dice: np.random.Generator) -> Floats:
    chosen = [points[dice.integers(len(points))]]
    away = ((points - chosen[0]) ** 2).sum(axis=1)
    while len(chosen) < k:
        total = away.sum()
        place = dice.choice(len(points), p=away / total) if total > 0 else dice.integers(len(points))
        chosen.append(points[place])
        away = np.minimum(away, ((points - points[place]) ** 2).sum(axis=1))
    return np.array(chosen)


def _lloyd(points: Floats, centres: Floats) -> tuple[Floats, float]:
    squares, of = float((points**2).sum()), np.full(len(points), -1)
    for _ in range(ROUNDS):
        now = nearest(points, centres)
        if (now == of).all():
            break
        of = now
        sizes = np.bincount(of, minlength=len(centres))
        sums = (of[:, None] == np.arange(len(centres))).astype(np.float64).T @ points
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
    near = centres[of]
    return centres, squares - 2 * float((points * near).sum()) + float((near**2).sum())
