"""Which event ids have been seen in the last 30 days: their hashes, sorted, so that the store is asked only about true repeats.

Eight bytes an id: 30 million events a month are 240 MB. Of as many new ids one in 20,000 months has the hash of another, and is looked
up in vain. Small runs are merged into larger ones, so that a few hold millions (P. O'Neil and others, "The log-structured merge-tree", 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from masarat.events import hash_of

DAYS = 30
PERIOD = 5  # days whose ids are merged, and forgotten together
HELD = DAYS // PERIOD + 2  # periods: those that 30 days touch, and one of a clock that was wrong for a while

Hashes = npt.NDArray[np.uint64]


def hashes(ids: Sequence[str]) -> Hashes:
    """A 64-bit hash of every id, as the store's own `xxHash64`."""
    return np.fromiter(map(hash_of, ids), dtype=np.uint64, count=len(ids))


class Seen:
    """The ids of the last 30 days, and of up to ten before: kept by periods of five days.

    A period is forgotten when others have come after it, whatever their dates: a clock that is set wrong and then right again forgets nothing.
    """

    def __init__(self) -> None:
        self._runs: dict[int, list[Hashes]] = {}  # of each period as they came, in order; the largest first

    def maybe(self, found: Hashes) -> npt.NDArray[np.bool_]:
        """For every id, whether its hash has been seen: never false for an id that has."""
        order = np.argsort(found)  # asked in order, each finds its place near the last one's
        asked = found[order]
        seen = np.zeros(found.size, dtype=np.bool_)
        for runs in self._runs.values():
            for run in runs:
                place = np.searchsorted(run, asked)
                seen |= run[np.minimum(place, run.size - 1)] == asked
        answer = np.empty_like(seen)
        answer[order] = seen
        return answer

    def add(self, found: Hashes, day: date) -> None:
        """Remember ids that arrived on a day, and forget the period that came before all others where there are too many."""
        if not found.size:
            return
        runs = self._runs.setdefault(day.toordinal() // PERIOD, [])
        run = np.sort(found)
        while runs and runs[-1].size <= 2 * run.size:
            run = np.sort(np.concatenate((runs.pop(), run)), kind="stable")  # knows that both are in order
        runs.append(run)
        if len(self._runs) > HELD:
            del self._runs[next(iter(self._runs))]
