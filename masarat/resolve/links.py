"""What an event tells of who is who: every two identifiers that it names together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import msgspec
import polars as pl

from masarat.collect.phones import phone_of
from masarat.collect.values import read_email
from masarat.events import IDENTIFIED, TIME
from masarat.settings import Settings

SEEN: dict[str, pl.DataType] = {
    "one": pl.String(),
    "other": pl.String(),
    "ts": TIME,
    "event_id": pl.String(),
    "source": pl.String(),
}
MOST = 10  # identifiers of one event
REMEMBERED = 200_000  # companies of identifiers seen lately, which need not be asked for again


class Told(msgspec.Struct, gc=False):
    """What a line of the journal says of who it was."""

    name: str
    ts: float
    visitor_id: str = ""
    identifiers: list[str] = []


class Evidence(msgspec.Struct, gc=False):
    """And what more is asked of the few lines that link somebody."""

    event_id: str
    source: str = ""
    props: msgspec.Raw = msgspec.Raw(b"{}")


class Links:
    """Pairs out of the journal's lines; those that were seen a moment ago are left out. Not thread-safe: the flusher's own."""

    def __init__(self, settings: Settings) -> None:
        self._country = settings.country
        self._lately: dict[tuple[str, ...], float] = {}  # identifiers as they came together → when
        self._heard: dict[tuple[str, ...], float] = {}  # by the last call of `of`
        self._told = msgspec.json.Decoder(Told)
        self._evidence = msgspec.json.Decoder(Evidence)

    def of(self, lines: Iterable[bytes]) -> pl.DataFrame:
        """The pairs of these lines that are not remembered, columns of `SEEN`."""
        rows: list[tuple[str, str, int, str, str]] = []
        heard = self._heard = {}
        for line in lines:
            told = self._told.decode(line)
            if told.name == IDENTIFIED:
                rows += self._pairs(told, line)
            elif len(told.identifiers) > 1 or (told.identifiers and told.visitor_id != told.identifiers[0]):
                key = (told.visitor_id, *told.identifiers)
                if told.ts < heard.get(key, self._lately.get(key, told.ts + 1)):
                    heard[key] = told.ts
                    rows += self._pairs(told, line)
        given = {**SEEN, "ts": pl.Int64()}
        return pl.DataFrame(rows, schema=given, orient="row").with_columns(
            pl.from_epoch("ts", "ms").dt.replace_time_zone("UTC").cast(TIME)
        )

    def remember(self) -> None:
        """What `of` found last is in the store now."""
        if len(self._lately) > REMEMBERED:
            self._lately.clear()
        self._lately |= self._heard

    def _pairs(self, told: Told, line: bytes) -> Iterator[tuple[str, str, int, str, str]]:
        evidence = self._evidence.decode(line)
        for one, other in combinations(self._names(told, evidence), 2):
            yield one, other, int(told.ts * 1000), evidence.event_id, evidence.source

    def _names(self, told: Told, evidence: Evidence) -> list[str]:
        found = [told.visitor_id, *told.identifiers[:MOST]]
        if told.name == IDENTIFIED:
            found += self._contacts(evidence.props)
        return sorted({name for name in found if name})

    def _contacts(self, props: msgspec.Raw) -> Iterator[str]:
        """Phone and e-mail that were told as facts, in the form in which files have them."""
        try:
            facts: dict[str, Any] = msgspec.json.decode(props, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return
        email, phone = facts.get("email"), facts.get("phone")
        if isinstance(email, str) and (read := read_email(pl.Series([email])).item()):
            yield f"email:{read}"
        if isinstance(phone, str | int) and (read := phone_of(str(phone), self._country)):
            yield f"phone:{read}"
