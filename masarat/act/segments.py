"""Saved segments: whom an answer was about, kept under a name, and made anew from the same question: when asked, and those of rules every day."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.analyse import Analysis, find, read, to_question
from masarat.analyse.found_customers import groups_of
from masarat.analyse.found_segments import FoundSegments
from masarat.analyse.segments import customers_of, rests_on
from masarat.analyse.told import Told
from masarat.errors import BadParameter, MasaratError
from masarat.records import Records, segments
from masarat.records.models import SegmentRecord
from masarat.records.segments import LONGEST_TITLE, RULE, check_name, to_json
from masarat.store import Store
from masarat.store.segments import remove_members, write_members

Saved = dict[str, Any]
FRESH = timedelta(days=1)
log = logging.getLogger(__name__)


class Segments:
    """The saved segments of an open shop: `segments.save("vip", "top_customers", period="2025")`, `.every()`, `.renew("vip")`, `.remove("vip")`.

    Ask with them in any question: `shop.ask("revenue", segment="in=vip")`, or all others: `in!=vip`.
    """

    def __init__(self, store: Callable[[], Store], records: Records, told: Callable[[], Told]) -> None:
        self._store, self.records, self._told = store, records, told

    def every(self) -> list[Saved]:
        """All of them, the newest first: name, title, question, parameters, size, made_at."""
        return [to_json(segment) for segment in segments.every(self.records)]

    def save(
        self,
        name: str,
        question: Analysis | str,
        *,
        title: str = "",
        actor: str = "cli",
        dry_run: bool = False,
        **parameters: Any,
    ) -> Saved:
        """Keep the customers of all rows of an answer under a name; with `dry_run` only count them.

        BadParameter where the name is taken, or where the question names no customers.
        """
        asked, title = to_question(question, parameters), title.strip() or name
        with self.records.transaction() as t:
            segments.refuse_taken(t, check_name(name))
        self._refuse_circle(name, asked)
        if len(title) > LONGEST_TITLE:
            raise BadParameter("The title is too long.", f"Write up to {LONGEST_TITLE} letters.")
        segment = SegmentRecord(
            name=name,
            title=title,
            question=asked.name,
            parameters=asked.model_dump(mode="json", exclude_unset=True, exclude={"language"}),
            author=actor[:600],
            made_at=datetime.now(UTC),
        )
        segment.making, segment.size = self._make(asked, dry_run)
        if not dry_run:
            segments.add(self.records, segment)
        return to_json(segment)

    def save_found(
        self, name: str, *, actor: str = "cli", dry_run: bool = False, **parameters: Any
    ) -> list[Saved]:
        """Keep the groups that found_segments finds as name_1, name_2 and so on, each titled by what sets it apart; none where there are none."""
        question = read(FoundSegments, parameters)
        assert isinstance(question, FoundSegments)
        found = groups_of(self._store(), question, self._told())
        with self.records.transaction() as t:
            for place, _ in enumerate(found, 1):
                segments.refuse_taken(t, check_name(f"{name}_{place}"))
        return [
            self.save(f"{name}_{place}", asked, title=title[:LONGEST_TITLE], actor=actor, dry_run=dry_run)
            for place, (title, asked) in enumerate(found, 1)
        ]

    def renew(self, name: str, *, actor: str = "cli", dry_run: bool = False) -> Saved:
        """Make a segment anew from the question it was saved from, as that is answered now."""
        segment, at = segments.find(self.records, name), datetime.now(UTC)
        asked = read(find(segment.question), segment.parameters)
        making, size = self._make(asked, dry_run)
        if not dry_run:
            was = segments.renewed(self.records, name, making, size, actor, at)
            remove_members(self._store(), was)
        return to_json(segment) | {"was": segment.size, "size": size, "made_at": at.isoformat()}

    def remove(self, name: str, *, actor: str = "cli", dry_run: bool = False) -> Saved:
        """Forget a segment; the customers and what is known of them stay."""
        segment = segments.find(self.records, name)
        resting = sorted(one for one, others in self._rests().items() if name in others and one != name)
        if resting:
            raise BadParameter(
                f"Other segments are made from {name}: {', '.join(resting)}.", "Remove these first."
            )
        if not dry_run:
            remove_members(self._store(), segments.remove(self.records, name, actor))
        return to_json(segment)

    def refresh(
        self, names: Sequence[str] = (), *, older_than: timedelta = timedelta(0), actor: str = "cli"
    ) -> list[Saved]:
        """Make the segments of rules anew, these or all; those that others rest on first. One that fails stays as it was, and says why."""
        found = {one.name: one for one in segments.every(self.records) if one.question == RULE}
        for name in names:
            if name not in found:
                segments.find(self.records, name)
                raise BadParameter(f"{name} is a list, no rule.", f"Renew it: masarat segments renew {name}")
        due, rests, done = [], self._rests(), []
        for name in names or sorted(found):
            for each in [*sorted(_below(name, rests) & found.keys(), key=lambda n: _depth(n, rests)), name]:
                if each not in due and datetime.now(UTC) - found[each].made_at >= older_than:
                    due.append(each)
        for name in due:
            try:
                done.append(self.renew(name, actor=actor))
            except MasaratError as error:
                done.append(to_json(found[name]) | {"was": found[name].size, "error": str(error)})
        return done

    def keep_fresh(self) -> None:
        """Once a day the server makes the segments of rules anew."""
        for each in self.refresh(older_than=FRESH, actor="server"):
            if "error" in each:
                log.warning("The segment %s could not be made anew: %s", each["name"], each["error"])

    def _rests(self) -> dict[str, set[str]]:
        """Each saved segment, and those it is made from."""
        return {one.name: rests_on(one.parameters) for one in segments.every(self.records)}

    def _refuse_circle(self, name: str, asked: Analysis) -> None:
        rests = self._rests() | {name: rests_on(asked.model_dump())}
        if name in _below(name, rests):
            raise BadParameter(
                f"{name} would be made from itself.", "Leave it out of the rule, or take another name."
            )

    def _make(self, asked: Analysis, dry_run: bool) -> tuple[str, int]:
        """Put down whom the question names now, before anything points there: the number of the making, and how many they are."""
        customers, making = customers_of(self._store(), asked, told=self._told()), uuid.uuid4().hex
        if not dry_run:
            write_members(self._store(), making, customers)
        return making, len(customers)


def _below(name: str, rests: Mapping[str, set[str]]) -> set[str]:
    """All that a segment rests on, however far down; itself only where it goes in a circle."""
    found: set[str] = set()
    ahead = [*rests.get(name, ())]
    while ahead:
        if (one := ahead.pop()) not in found:
            found.add(one)
            ahead.extend(rests.get(one, ()))
    return found


def _depth(name: str, rests: Mapping[str, set[str]]) -> tuple[int, str]:
    """How many a segment rests on: what lies below another rests on fewer."""
    return len(_below(name, rests)), name
