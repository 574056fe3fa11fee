"""Who was erased, so that no old file, late event or restored backup brings them back.

Kept of each identifier is nothing but a hash, keyed with the shop's secret (`secrets.keyed`): without that key nobody can tell whose it is, nor
try out all phone numbers. A tombstone stands for what happened before it: who comes again later is a new customer, and welcome.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select

from masarat.records import Records, Transaction
from masarat.records.models import Tombstone
from masarat.records.secrets import keyed

LOOK_SECONDS = 5.0  # how long another process may take to hear of an erasure
REMEMBERED = 200_000


@dataclass(frozen=True)
class Gone:
    """One moment's tombstones, in memory."""

    marks: dict[bytes, tuple[float, bool]]  # keyed hash → before when (UTC seconds), whether sales too
    mark: Callable[[str], bytes] = field(repr=False, default=str.encode)

    def __bool__(self) -> bool:
        return bool(self.marks)

    def of(self, identifier: str) -> tuple[float, bool] | None:
        """Since when an identifier is erased, and whether with its sales; None where it is not."""
        return self.marks.get(self.mark(identifier))

    def takes(self, identifiers: Iterable[str], ts: float) -> tuple[float, bool] | None:
        """The tombstone that what happened at `ts` to any of these identifiers falls under."""
        found = [stone for each in identifiers if each and (stone := self.of(each)) and ts < stone[0]]
        return max(found, default=None)


NOBODY = Gone({})


def nobody() -> Gone:
    """Where nobody was ever erased."""
    return NOBODY


class Tombstones:
    """The tombstones of one shop, looked at anew now and then: another process may have set one. Thread-safe."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.monotonic) -> None:
        self._records, self._clock = records, clock
        self._gone = NOBODY
        self._state: tuple[int, datetime | None] = (0, None)
        self._looked = float("-inf")

    @property
    def gone(self) -> Gone:
        if self._clock() - self._looked >= LOOK_SECONDS:
            self.look()
        return self._gone

    def look(self) -> None:
        """Read them again, where there are others than before."""
        self._looked = self._clock()
        with self._records.transaction() as t:
            state = t.execute(select(func.count(), func.max(Tombstone.at))).one()
            if tuple(state) == self._state:
                return
            stones = list(t.scalars(select(Tombstone)))
        marks = {bytes.fromhex(one.mark): (one.at.timestamp(), one.everything) for one in stones}
        self._gone = Gone(marks, self._mark())
        self._state = (state[0], state[1])

    def bury(self, t: Transaction, identifiers: Iterable[str], at: datetime, everything: bool) -> None:
        """Nothing that happened to these before `at` comes in any more."""
        mark = self._mark()
        for each in sorted(set(identifiers)):
            found = t.get(Tombstone, mark(each).hex())
            stands = found is not None and found.everything
            t.merge(Tombstone(mark=mark(each).hex(), at=at, everything=everything or stands))
        self._looked = float("-inf")

    def _mark(self) -> Callable[[str], bytes]:
        return lru_cache(REMEMBERED)(keyed(self._records.settings))
