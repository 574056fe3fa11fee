"""A curve that only falls: what is to be expected at a place, where a later place cannot be better than an earlier one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Falling:
    """Values at places, in their order; between two places a straight line, beyond the ends the end itself."""

    places: tuple[float, ...]
    values: tuple[float, ...]

    def __call__(self, place: float) -> float:
        after = bisect_left(self.places, place)
        if after == 0:
            return self.values[0]
        if after == len(self.places):
            return self.values[-1]
        low, high = self.places[after - 1], self.places[after]
        part = (place - low) / (high - low)
        return self.values[after - 1] * (1 - part) + self.values[after] * part


def falling(points: Sequence[tuple[float, float, float]]) -> Falling | None:
    """The falling curve nearest to (place, value, weight), by weighted squares: neighbours that rise are made one (pool adjacent violators,
    Ayer and others 1955). None where no point has weight.

    >>> curve = falling([(1, 0.3, 10), (2, 0.1, 10), (3, 0.2, 30), (9, 0.0, 5)])
    >>> [round(curve(place), 4) for place in (1, 2, 3, 6, 20)]
    [0.3, 0.175, 0.175, 0.0875, 0.0]
    """
    blocks: list[tuple[list[float], float, float]] = []  # places, value, weight
    for place, value, weight in sorted(_merged(points)):
        block = ([place], value, weight)
        while blocks and blocks[-1][1] <= block[1]:
            before = blocks.pop()
            together = before[2] + block[2]
            block = (before[0] + block[0], (before[1] * before[2] + block[1] * block[2]) / together, together)
        blocks.append(block)
    if not blocks:
        return None
    pairs = [(place, value) for places, value, _ in blocks for place in places]
    return Falling(tuple(place for place, _ in pairs), tuple(value for _, value in pairs))


def _merged(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """One point a place; those without weight say nothing."""
    sums: dict[float, tuple[float, float]] = {}
    for place, value, weight in points:
        if weight > 0:
            done, so_far = sums.get(place, (0.0, 0.0))
            sums[place] = (done + value * weight, so_far + weight)
    return [(place, total / weight, weight) for place, (total, weight) in sums.items()]
