"""Properties as bytes: what an event says of its sender is taken out, what we found out is added; values are never rewritten.

By which names an event tells of its sender: `masarat/collect/wire/sender.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from masarat.collect.wire.sender import ADDRESS, AGENT, CONSENT, COOKIELESS, with_members

AGENTS = (AGENT, "$user_agent", "$useragent")
TOLD = frozenset((*AGENTS, ADDRESS, CONSENT, COOKIELESS))

_told = re.compile(rb'\$(?:raw_user_agent|user_agent|useragent|ip|consent|cookieless)"')
_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Told:
    """What one event says of its sender."""

    agent: str = ""
    address: str = ""
    consent: Any = None
    cookieless: bool = False


def tells(written: bytes | msgspec.Raw) -> bool:
    """Whether properties, of one event or of many in a row, may name agent, address or consent."""
    return 36 in bytes(written) and _told.search(written) is not None  # 36: a dollar sign


def take(props: msgspec.Raw) -> tuple[Told, msgspec.Raw]:
    """What the properties tell of the sender, and the properties without it."""
    found = _read(props)
    agent = next((text for name in AGENTS if (text := _text(found.get(name)))), "")
    cookieless = _value(found.get(COOKIELESS)) is True
    told = Told(agent, _text(found.get(ADDRESS)), _value(found.get(CONSENT)), cookieless)
    return told, _without(props, found, TOLD)


def without(props: msgspec.Raw, names: Iterable[str]) -> msgspec.Raw:
    """The properties without some of them; the very same bytes where none of them is there."""
    return _without(props, _read(props), names)


def blank(props: msgspec.Raw, texts: Iterable[str]) -> msgspec.Raw:
    """The properties, however deep, with every value that is one of these texts made empty."""
    return Addition(texts, {}).blanked(props)


def add(props: msgspec.Raw, more: Mapping[str, str | bool]) -> msgspec.Raw:
    """The properties with more of them at the end; one that is already there, however deep, stays as it was said."""
    return Addition((), more).to(props)


class Addition:
    """What is done to the properties of many events: values that are one of `texts` made empty, and `more` put at their end."""

    __slots__ = ("_blanked", "_more", "_names", "_written")

    def __init__(self, texts: Iterable[str], more: Mapping[str, str | bool]) -> None:
        written = [_encode(text) for text in texts if text]
        slashed = [text.replace(b"/", rb"\/") for text in written]  # PHP writes / as \/
        self._blanked = list(dict.fromkeys(written + slashed))
        self._more = {name: value for name, value in more.items() if value}
        self._names = [_encode(name) for name in self._more]
        self._written = _encode(self._more)

    def touches(self, written: bytes) -> bool:
        """Whether any of it stands already in properties, of one event or of many in a row; where not, `at_end` does all of `to`."""
        return any(map(written.__contains__, (*self._blanked, *self._names)))

    def at_end(self, props: msgspec.Raw) -> msgspec.Raw:
        """The properties of an event, an object that it does not touch, with `more` at their end."""
        if not self._more:
            return props
        return msgspec.Raw(with_members(bytes(props), self._written))

    def to(self, props: msgspec.Raw) -> msgspec.Raw:
        raw = bytes(self.blanked(props))
        return msgspec.Raw(self._extended(raw)) if self._more and raw.endswith(b"}") else msgspec.Raw(raw)

    def blanked(self, props: msgspec.Raw) -> msgspec.Raw:
        """The properties with nothing added."""
        raw = whole = bytes(props)
        for text in self._blanked:
            if text in raw:
                raw = raw.replace(text, b'""')
        return props if raw is whole else msgspec.Raw(raw)

    def _extended(self, raw: bytes) -> bytes:
        if not any(map(raw.__contains__, self._names)):
            return with_members(raw, self._written)
        new = {name: value for name, value in self._more.items() if _encode(name) not in raw}
        return with_members(raw, _encode(new)) if new else raw


def _read(props: msgspec.Raw) -> dict[str, msgspec.Raw]:
    try:
        return _object.decode(props)
    except (msgspec.MsgspecError, RecursionError):
        return {}  # the engine will refuse it, and it goes to quarantine


def _without(props: msgspec.Raw, found: dict[str, msgspec.Raw], names: Iterable[str]) -> msgspec.Raw:
    gone = found.keys() & set(names)
    if not gone:
        return props
    return msgspec.Raw(_encode({name: value for name, value in found.items() if name not in gone}))


def _text(raw: msgspec.Raw | None) -> str:
    value = _value(raw)
    return value if isinstance(value, str) else ""


def _value(raw: msgspec.Raw | None) -> Any:
    try:
        return None if raw is None else msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        return None
