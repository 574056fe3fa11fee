"""All that happened with one customer, over all sources, newest first: moves, merges and splits, consents, notes and files.

Pages are turned by the place of their last line (time and id), so that what comes in meanwhile moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from masarat.analyse.folding import folded
from masarat.analyse.profile.deeds import KINDS, OF_NAME, kind_of
from masarat.analyse.profile.props import decode
from masarat.analyse.profile.reading import COLUMNS
from masarat.analyse.profile.sentences import Sentences
from masarat.errors import BadParameter, UnknownName
from masarat.events import EVENTS as NAMES
from masarat.events import hash_of
from masarat.records.models import Attachment, Consent, Note
from masarat.settings import Language
from masarat.store import Row, Store, identities
from masarat.words.folding import fold

MOST = 500  # lines of one page
MERGES = 1_000  # records of who is who that are looked through
Place = tuple[int, str]  # milliseconds since 1970, and an id
NOWHERE: Place = (2**62, "")
Line = dict[str, Any]

HAYSTACK = folded(
    "concat(url, ' ', order_id, ' ', arrayStringConcat(product_names, ' '), ' ', arrayStringConcat(product_ids, ' '), ' ',"
    " toString(coupon), ' ', toString(branch), ' ', toString(props))"
)
LINES = f"""
SELECT {COLUMNS}
FROM events
WHERE customer_id IN {{members:Array(UInt64)}} AND (at_ms, event_id) < ({{before:Int64}}, {{before_id:String}})"""
# Each filter is added where it is asked for.
FILTERS = {
    "since": "at_ms >= {since:Int64}",
    "until": "at_ms < {until:Int64}",
    "names": "(name IN {names:Array(String)} OR ({unknown:Bool} AND name NOT IN {known:Array(String)}))",
    "sources": "source IN {sources:Array(String)}",
    "text": f"(name IN {{meant:Array(String)}} OR position({HAYSTACK}, {{text:String}}) > 0)",
}
ORDERED = "ORDER BY at_ms DESC, event_id DESC LIMIT {limit:UInt32}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are wanted; what is empty asks nothing."""

    kinds: Sequence[str] = ()
    names: Sequence[str] = ()
    sources: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None  # before this
    text: str = ""
    before: str = ""  # the place where the page before ended
    limit: int = 50

    def check(self) -> Asked:
        """The same, where it can be understood."""
        for kind in self.kinds:
            if kind not in KINDS:
                raise UnknownName("kind of line", kind, list(KINDS))
        if not 1 <= self.limit <= MOST:
            raise BadParameter(f"limit {self.limit} is out of bounds.", f"Write a number from 1 to {MOST}.")
        _place(self.before)
        return self


@dataclass(frozen=True, slots=True)
class Added:
    """What the records know of a customer: what they agreed to, and what people wrote and attached."""

    consents: Sequence[Consent] = field(default_factory=tuple)
    notes: Sequence[Note] = field(default_factory=tuple)
    files: Sequence[Attachment] = field(default_factory=tuple)


def timeline(
    store: Store, members: Sequence[str], added: Added, asked: Asked, language: Language
) -> dict[str, Any]:
    """One page: `lines`, newest first, and `next`, the place to ask for the page after; empty at the end."""
    return _page(store, members, _rows(store, members, asked.check()), added, asked, language)


def newest(
    store: Store, members: Sequence[str], rows: Sequence[Row], added: Added, language: Language, limit: int
) -> list[Line]:
    """The first lines of all, of a customer whose rows (see `reading`) have been read already."""
    found = _page(store, members, rows[: -limit - 1 : -1], added, Asked(limit=limit), language)
    lines: list[Line] = found["lines"]
    return lines


def _page(
    store: Store, members: Sequence[str], rows: Sequence[Row], added: Added, asked: Asked, language: Language
) -> dict[str, Any]:
    says, zone = Sentences(language), store.settings.zone
    others = (line for line in _others(store, members, added, says) if _matches(line, asked))
    found = [*(_of_event(row, says) for row in rows), *others]
    page = sorted(found, key=lambda line: line["place"], reverse=True)[: asked.limit + 1]
    more = len(page) > asked.limit
    lines = page[: asked.limit]
    return {
        "lines": [_shown(line, zone) for line in lines],
        "next": "{}~{}".format(*lines[-1]["place"]) if more else "",
    }


# Moves


def _rows(store: Store, members: Sequence[str], asked: Asked) -> list[Row]:
    before, filters = _place(asked.before), _filters(asked)
    values = {"members": [hash_of(member) for member in members], "before": before[0], "before_id": before[1]}
    sql = " AND ".join((LINES, *(FILTERS[name] for name in filters)))
    bound = {name: value for each in filters.values() for name, value in each.items()}
    return store.select(f"{sql} {ORDERED}", {**values, **bound, "limit": asked.limit + 1})


def _filters(asked: Asked) -> dict[str, dict[str, Any]]:
    """The filters that are asked for, with the values they bind."""
    found: dict[str, dict[str, Any]] = {}
    if asked.since:
        found["since"] = {"since": _ms(asked.since)}
    if asked.until:
        found["until"] = {"until": _ms(asked.until)}
    if asked.kinds or asked.names:
        wanted = {name for kind in asked.kinds for name in KINDS[kind]} | set(asked.names)
        found["names"] = {
            "names": sorted(wanted),
            "unknown": "other" in asked.kinds,
            "known": sorted(OF_NAME),
        }
    if asked.sources:
        found["sources"] = {"sources": list(asked.sources)}
    if needle := fold(asked.text):
        meant = [one.name for one in NAMES if needle in fold(f"{one.name} {one.arabic}")]
        found["text"] = {"text": needle, "meant": meant}
    return found


def _of_event(row: Row, says: Sentences) -> Line:
    props = decode(row["props"])
    return {
        "place": (row["at_ms"], row["event_id"]),
        "id": row["event_id"],
        "kind": kind_of(row["name"]),
        "name": row["name"],
        "sentence": says.event(row, props),
        "source": row["source"],
        "channel": row["channel"],
        "identifier": row["visitor_id"],
        "session": row["session_id"],
        "url": row["url"],
        "order_id": row["order_id"],
        "amount": row["revenue"] or None,
        "currency": row["currency"],
        "products": list(row["titles"]),
        "said": props.said,
    }


# What is not in the log of moves


def _others(store: Store, members: Sequence[str], added: Added, says: Sentences) -> Iterator[Line]:
    return chain(
        (_of_change(row, says) for row in identities.log(store, members, MERGES)),
        (_of_consent(said, says) for said in added.consents),
        (_line("notes", f"note:{note.id}", note.at, "note", says.added("note-written", note.author, note.text),
               source=note.author, identifier=note.identifier, said=note.text) for note in added.notes),
        (_line("notes", f"file:{file.id}", file.at, "file", says.added("file-attached", file.author, file.name),
               source=file.author, identifier=file.identifier, said=file.name) for file in added.files),
    )  # fmt: skip


def _of_change(row: Row, says: Sentences) -> Line:
    at = row["at"].replace(tzinfo=UTC)
    id_ = f"identity:{at:%Y%m%d%H%M%S%f}:{row['what']}:{row['identifier']}"
    return _line(
        "identity", id_, at, row["what"], says.change(row), source=row["actor"], identifier=row["identifier"]
    )


def _of_consent(said: Consent, says: Sentences) -> Line:
    sentence = says.consent(said.purpose, said.channel, said.status, said.source)
    return _line("consent", f"consent:{said.id}", said.at, said.status, sentence, source=said.source,
                 identifier=said.identifier, said=said.evidence)  # fmt: skip


def _line(kind: str, id_: str, at: datetime, name: str, sentence: str, **more: str) -> Line:
    empty = dict.fromkeys(
        ("source", "channel", "identifier", "session", "url", "order_id", "currency", "said"), ""
    )
    return {
        **empty, "place": (_ms(at), id_), "id": id_, "kind": kind, "name": name, "sentence": sentence,
        "amount": None, "products": [], **more,
    }  # fmt: skip


def _matches(line: Line, asked: Asked) -> bool:
    """Whether a line that is not an event is wanted, by the same filters."""
    at, _ = line["place"]
    return (
        line["place"] < _place(asked.before)
        and (not (asked.kinds or asked.names) or line["kind"] in asked.kinds or line["name"] in asked.names)
        and (not asked.sources or line["source"] in asked.sources)
        and (asked.since is None or at >= _ms(asked.since))
        and (asked.until is None or at < _ms(asked.until))
        and fold(asked.text) in fold(f"{line['sentence']} {line['said']}")
    )


# Places and times


def _place(text: str) -> Place:
    if not text:
        return NOWHERE
    ms, _, id_ = text.partition("~")
    if not re.fullmatch(r"-?[0-9]{1,18}", ms) or not id_:
        raise BadParameter(f"{text!r} is no place in a timeline.", "Give `next` of the page before.")
    return int(ms), id_


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _shown(line: Line, zone: Any) -> Line:
    ms, _ = line["place"]
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=ms)
    rest = {name: value for name, value in line.items() if name != "place"}
    return {"at": at.astimezone(zone).isoformat(timespec="seconds"), **rest}
