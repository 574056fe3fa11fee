"""Saved segments: whom an answer was about, kept under a name as a fixed list, and made anew from the same question when asked."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from masarat.analyse import Analysis, find, read, to_question
from masarat.analyse.segments import customers_of
from masarat.analyse.told import Told
from masarat.errors import BadParameter
from masarat.records import Records, segments
from masarat.records.models import SegmentRecord
from masarat.records.segments import LONGEST_TITLE, check_name, to_json
from masarat.store import Store
from masarat.store.segments import remove_members, write_members

Saved = dict[str, Any]


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
        if not dry_run:
            remove_members(self._store(), segments.remove(self.records, name, actor))
        return to_json(segment)

    def _make(self, asked: Analysis, dry_run: bool) -> tuple[str, int]:
        """Put down whom the question names now, before anything points there: the number of the making, and how many they are."""
        customers, making = customers_of(self._store(), asked, told=self._told()), uuid.uuid4().hex
        if not dry_run:
            write_members(self._store(), making, customers)
        return making, len(customers)
