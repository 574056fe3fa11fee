"""Answers that need not be found anew: nothing was written since, or they are dear and young.

Shops write all day long, and an answer that took three seconds is not worth asking again for every visit that came meanwhile: it may be
as old as thirty times what it took, five minutes at most, and the reader is told how old. What people told (stages, segments, targets,
noted days, masks, settings), brought in, joined or erased counts at once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from sqlalchemy import func, select

from masarat.analyse import Analysis, Answer, find, read
from masarat.records import choices
from masarat.records.models import AuditEntry, ImportRun, User
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.http.pulse import asked

DEAR_SECONDS = 0.5  # what is found quicker is found anew whenever something was written
TIMES, OLDEST_SECONDS = 30.0, 300.0
MOST, MOST_ROWS = 200, 1_000  # answers, and rows of one
NEVER = ("live",)
DEEDS = ("changed", "erased")  # of the audit log
WARM_SECONDS, USED_SECONDS = 120.0, 3_600.0


@dataclass(frozen=True, slots=True)
class Held:
    """An answer, when it was found, how long that took, and how often the store had been written to when it began."""

    answer: Answer
    at: float
    took: float
    writes: int | None


class Kept:
    """The answers of one shop that may be given again. `clock` is for tests."""

    def __init__(self, shop: Shop, clock: Callable[[], float] = time.monotonic) -> None:
        self.shop, self._clock = shop, clock
        self._held: OrderedDict[object, Held] = OrderedDict()
        self._guard = threading.Lock()
        self._warmed, self._used = False, clock()

    def ask(
        self,
        question: Analysis,
        *,
        tag: str = "",
        mask: Callable[[Any], Any] | None = None,
        seen: object = "",
        fresh: bool = False,
    ) -> tuple[Answer, float]:
        """The answer and its age in seconds. `seen` says how customers are shown by `mask`; `fresh` finds it anew in any case."""
        self._used = self._clock()
        return self._find(question, tag=tag, mask=mask, seen=seen, fresh=fresh)

    def _find(
        self,
        question: Analysis,
        *,
        tag: str = "",
        mask: Callable[[Any], Any] | None = None,
        seen: object = (),
        fresh: bool = False,
    ) -> tuple[Answer, float]:
        if question.name in NEVER:
            return self.shop.ask(question, tag=tag, mask=mask), 0.0
        asked, writes, begun = self._asked(question, seen), self._writes(), self._clock()
        with self._guard:
            held = self._held.get(asked)
        if held and not fresh and self._stands(held, writes, begun):
            return held.answer, begun - held.at
        answer = self.shop.ask(question, tag=tag, mask=mask)
        if len(answer.rows) <= MOST_ROWS:
            with self._guard:
                self._held[asked] = Held(answer, begun, self._clock() - begun, writes)
                self._held.move_to_end(asked)
                while len(self._held) > MOST:
                    self._held.popitem(last=False)
        return answer, 0.0

    def held(self, question: Analysis, *, seen: object = ()) -> Answer | None:
        """The answer, if it need not be found anew, or is a few minutes old: for where the newest takes its place at once."""
        asked, now = self._asked(question, seen), self._clock()
        with self._guard:
            held = self._held.get(asked)
        good = held and (now - held.at <= OLDEST_SECONDS or self._stands(held, self._writes(), now))
        return held.answer if held and good else None

    def _stands(self, held: Held, writes: int | None, now: float) -> bool:
        if writes is not None and held.writes == writes:
            return True
        return held.took >= DEAR_SECONDS and now - held.at <= min(TIMES * held.took, OLDEST_SECONDS)

    def _writes(self) -> int | None:
        """How often the store was written to; None where others may write to it."""
        store = self.shop.store
        return store.memory.writes if store.embedded else None

    def _asked(self, question: Analysis, seen: object) -> object:
        """All that an answer hangs on beside the events."""
        told, settings = self.shop.told(), self.shop.settings
        known = (
            told.books(),
            told.stages(),
            told.saved(),
            told.targets(),
            told.annotations(date.min, date.max),
        )
        today = datetime.now(settings.zone).date()
        return (
            type(question),
            question.model_dump_json(),
            repr(seen or ()),
            repr(known),
            self._done(),
            today,
            _chosen(settings),
        )

    def _done(self) -> object:
        """What people did last: brought in, changed, decided or erased. It counts at once."""
        deeds = (
            select(AuditEntry.id).where(AuditEntry.action.in_(DEEDS)).order_by(AuditEntry.id.desc()).limit(1)
        )
        runs = select(func.count(), func.max(ImportRun.ended_at))
        with self.shop.records.transaction() as t:
            return t.scalar(deeds), tuple(t.execute(runs).one())

    def warm(self) -> None:
        """Ask what the first page asks, in the languages that people here read, so that nobody waits for it: once, and as long as somebody
        comes."""
        now = self._clock()
        if self._warmed and now - self._used > USED_SECONDS:
            return
        self._warmed = True
        for language, (name, given, _) in product(self._languages(), asked()):
            if self.shop.stopping.is_set() or self._clock() - now > WARM_SECONDS:
                return
            self._find(read(find(name), {**given, "language": language}))

    def _languages(self) -> set[str]:
        with self.shop.records.transaction() as t:
            known = set(t.scalars(select(User.language).where(User.disabled_at.is_(None)).distinct()))
        return known - {""} or {self.shop.settings.language}


def _chosen(settings: Settings) -> tuple[object, ...]:
    return tuple(getattr(settings, name) for name in choices.NAMES)
