"""Which event ids have been seen in the last 30 days: a Bloom filter a day, so that the store is asked only about likely repeats.

A filter never says "new" of an id it has seen; of new ids it takes one in a thousand for a repeat, and those are looked up.
(B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970; two hashes as by Kirsch & Mitzenmacher, 2006.)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import xxhash

DAYS = 30
BITS_EACH = 15  # with ten probes: one false alarm in a thousand
PROBES = 10
SMALLEST = 1 << 20  # bits: a filter of 128 KiB for a quiet day

Hashes = npt.NDArray[np.uint64]


def hashes(ids: Sequence[str]) -> Hashes:
    """Two 64-bit hashes of every id, as two rows."""
    both = b"".join(xxhash.xxh3_128_digest(one.encode()) for one in ids)
    return np.frombuffer(both, dtype=np.uint64).reshape(-1, 2).T


class Filter:
    """One Bloom filter for a bounded number of ids."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.count = 0
        size = max(SMALLEST, capacity * BITS_EACH)
        self._bits: npt.NDArray[np.uint8] = np.zeros(size // 8 + 1, dtype=np.uint8)

    def holds(self, found: Hashes) -> npt.NDArray[np.bool_]:
        """For every id, whether it may have been added."""
        answer = np.ones(found.shape[1], dtype=np.bool_)
        for byte, bit in self._places(found):
            answer &= (self._bits[byte] & bit) != 0
        return answer

    def add(self, found: Hashes) -> None:
        for byte, bit in self._places(found):
            np.bitwise_or.at(self._bits, byte, bit)
        self.count += found.shape[1]

    def _places(self, found: Hashes) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]]:
        size = np.uint64(self._bits.size * 8)
        places = []
        for probe in range(PROBES):
            place = (found[0] + np.uint64(probe) * found[1]) % size
            places.append(
                ((place >> np.uint64(3)).astype(np.int64), (1 << (place & np.uint64(7))).astype(np.uint8))
            )
        return places


class Seen:
    """The ids of the last `DAYS` days. A busy day gets a further filter whenever one is full."""

    def __init__(self, capacity: int = 200_000) -> None:
        self._capacity = capacity
        self._days: dict[date, list[Filter]] = {}

    def maybe(self, found: Hashes) -> npt.NDArray[np.bool_]:
        """For every id, whether it may have been seen; never false for one that has."""
        answer = np.zeros(found.shape[1], dtype=np.bool_)
        for filters in self._days.values():
            for one in filters:
                answer |= one.holds(found)
        return answer

    def add(self, found: Hashes, day: date) -> None:
        """Remember ids that arrived on a day, and forget days that are too long ago."""
        filters = self._days.setdefault(day, [])
        if not filters or filters[-1].count + found.shape[1] > filters[-1].capacity:
            filters.append(
                Filter(max(self._capacity, found.shape[1], 2 * (filters[-1].capacity if filters else 0)))
            )
        filters[-1].add(found)
        oldest = max(self._days) - timedelta(days=DAYS)
        for past in [past for past in self._days if past < oldest]:
            del self._days[past]
