"""What people say of consent on pages and in apps, out of the journal's lines into statements.

A consent banner speaks of what is done on the page and with what it learns: its purposes hold for the channel `web`, and never for
messages. Only a category that names a channel (`email`, `sms`, `whatsapp`, …) is a yes or no to marketing by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from masarat.collect.consents import CHANNEL, PURPOSE
from masarat.collect.enrich.consent import CHANGED, STAMPED, said_in
from masarat.records.consent import ANY, CHANNELS, PURPOSES, Consents, Heard
from masarat.records.models import Consent
from masarat.words.folding import words_of

WEB, MARKETING = "web", "marketing"
ACTOR = "event"
MOST = 10  # identifiers of one move
LONGEST = 400  # letters of an identifier that records keep
MARK = f'"{CHANGED}"'.encode()

# What banners, tag managers and Segment call the purposes; what is necessary needs no consent.
CATEGORIES = {
    "analytics": ("analytics", "analytics storage", "statistics", "performance", "measurement", "c0002"),
    MARKETING: ("marketing", "advertising", "advertisement", "ads", "ad storage", "targeting", "c0004"),
    "personalisation": ("personalisation", "personalization", "preferences", "ad personalization"),
    "profiling": ("profiling",),
    "sharing": ("sharing", "data sharing", "ad user data", "third party", "social", "social media", "c0005"),
}


class _Line(msgspec.Struct, gc=False):
    name: str
    event_id: str
    ts: float
    source: str = ""
    visitor_id: str = ""
    identifiers: list[str] = []
    url: str = ""
    props: msgspec.Raw = msgspec.Raw(b"{}")


class _Told(msgspec.Struct, gc=False):
    purposes: Any = None
    stamped: str = msgspec.field(default="", name=STAMPED)


_line = msgspec.json.Decoder(_Line)
_told = msgspec.json.Decoder(_Told)


class Consenting:
    """Hears the flusher's lines. The same lines again change nothing."""

    def __init__(self, consents: Consents) -> None:
        self._consents = consents

    def take_lines(self, lines: Sequence[bytes]) -> int:
        """Keep what these lines say of consent; how many statements were new."""
        heard = [each for line in lines if MARK in line for each in statements(line)]
        return self._consents.hear(heard, ACTOR) if heard else 0


def statements(line: bytes) -> Iterator[Heard]:
    """What a line says: one statement for each identifier, purpose and channel."""
    try:
        move = _line.decode(line)
        told = _told.decode(move.props)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return  # the line stays an event as it is
    if move.name != CHANGED or not move.source:
        return
    at = datetime.fromtimestamp(move.ts, UTC)
    evidence = _evidence(move, told.stamped)
    for (purpose, channel), granted in meant(told.purposes).items():
        for identifier in _whose(move):
            said = Consent(identifier=identifier, purpose=purpose, channel=channel, at=at, source=move.source,
                           status="granted" if granted else "denied", evidence=evidence)  # fmt: skip
            yield Heard(said, again=bool(told.stamped))


def meant(purposes: Any) -> dict[tuple[str, str], bool]:
    """What preferences come to: (purpose, channel) → yes or no. Of two words for one the no counts; unknown ones mean nothing."""
    found: dict[tuple[str, str], bool] = {}
    for name, value in _flat(purposes):
        about, said = _about(name), said_in(value)
        if about and said is not None:
            found[about] = found.get(about, True) and said
    return found


def _flat(purposes: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """{"marketing": {"email": true}} as well as {"email": true}."""
    if not isinstance(purposes, Mapping):
        return
    for name, value in purposes.items():
        if isinstance(value, Mapping):
            yield from (((name, inner), said) for inner, said in value.items())
        else:
            yield (name,), value


def _about(names: tuple[str, ...]) -> tuple[str, str] | None:
    """The purpose and channel that one or two names stand for."""
    words = [" ".join(words_of(name)) for name in names]
    channel = _CHANNELS.get(words[-1], "")
    if len(words) == 1:
        return (MARKETING, channel) if channel else _on_the_web(words[0])
    return (_PURPOSES[words[0]], channel) if channel and words[0] in _PURPOSES else None


def _on_the_web(word: str) -> tuple[str, str] | None:
    return (_PURPOSES[word], WEB) if word in _PURPOSES else None


def _whose(move: _Line) -> list[str]:
    """Everybody whom the move names: this browser, and whoever is signed in on it. The name of a day names nobody tomorrow."""
    named = dict.fromkeys((move.visitor_id, *move.identifiers[:MOST]))
    return [one for one in named if _can_be_kept(one)]


def _can_be_kept(identifier: str) -> bool:
    kind, _, value = identifier.partition(":")
    return bool(kind and value) and kind != "daily" and len(identifier) <= LONGEST and "\0" not in identifier


def _evidence(move: _Line, stamped: str) -> str:
    """Where it was said: the event, and the page."""
    on = f" with {stamped}" if stamped else ""
    return f"{CHANGED}{on}, event {move.event_id} {move.url}".strip().replace("\0", "")


_PURPOSES = {word: purpose for purpose, words in CATEGORIES.items() for word in words}
_PURPOSES |= {word: purpose for purpose, words in PURPOSE.items() for word in words.split()}
_PURPOSES |= {purpose: purpose for purpose in (*PURPOSES, ANY)}
_CHANNELS = {
    word: channel for channel, words in CHANNEL.items() for word in words.split() if channel not in (ANY, WEB)
}
_CHANNELS |= {channel: channel for channel in CHANNELS if channel != WEB}
