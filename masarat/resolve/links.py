"""What an event tells of who is who: every two identifiers that it names together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import msgspec
import polars as pl

from masarat.collect.phones import phone_of
from masarat.collect.values import read_email
from masarat.events import TIME
from masarat.settings import Settings

SEEN: dict[str, pl.DataType] = {
    "one": pl.String(),
    "other": pl.String(),
    "ts": TIME,
    "event_id": pl.String(),
    "source": pl.String(),
}
MOST = 10  # identifiers of one event
REMEMBERED = 200_000  # pairs seen lately, which need not be asked for again
IDENTIFIED = "Customer Identified"


class Told(msgspec.Struct, gc=False):
    """What a line of the journal says of who it was."""

    event_id: str
    name: str
    ts: float
    visitor_id: str = ""
    source: str = ""
    identifiers: list[str] = []
    props: msgspec.Raw = msgspec.Raw(b"{}")


class Links:
    """Pairs out of the journal's lines; those that were seen a moment ago are left out."""

    def __init__(self, settings: Settings) -> None:
        self._country = settings.country
        self._lately: dict[tuple[str, str], int] = {}  # pair → when, in milliseconds
        self._decoder = msgspec.json.Decoder(Told)

    def of(self, lines: Iterable[bytes]) -> pl.DataFrame:
        """The pairs of these lines that were not remembered, columns of `SEEN`."""
        rows = []
        for line in lines:
            told = self._decoder.decode(line)
            if (
                len(told.identifiers) < 2
                and told.name != IDENTIFIED
                and told.visitor_id in (told.identifiers or [told.visitor_id])
            ):
                continue
            at = int(told.ts * 1000)
            for one, other in combinations(self._names(told), 2):
                if at < self._lately.get((one, other), at + 1):
                    rows.append((one, other, at, told.event_id, told.source))
        given = {**SEEN, "ts": pl.Int64()}
        return pl.DataFrame(rows, schema=given, orient="row").with_columns(
            pl.from_epoch("ts", "ms").dt.replace_time_zone("UTC").cast(TIME)
        )

    def remember(self, links: pl.DataFrame) -> None:
        """These are in the store now."""
        if len(self._lately) > REMEMBERED:
            self._lately.clear()
        at = pl.col("ts").dt.epoch("ms")
        earliest = links.group_by("one", "other").agg(at.min())
        self._lately.update({(one, other): ts for one, other, ts in earliest.iter_rows()})

    def _names(self, told: Told) -> list[str]:
        found = [told.visitor_id, *told.identifiers[:MOST]]
        if told.name == IDENTIFIED:
            found += self._contacts(told.props)
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
