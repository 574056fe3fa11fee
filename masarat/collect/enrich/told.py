"""Properties as bytes: what an event says of its sender is taken out, what we found out is added; values are never rewritten.

By which names an event tells of its sender: `masarat/collect/wire/sender.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from masarat.collect.wire.sender import ADDRESS, AGENT, CONSENT, COOKIELESS

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


def tells(props: msgspec.Raw) -> bool:
    """Whether the properties may name agent, address or consent; cheap, since it is asked of every event."""
    return _told.search(props) is not None


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
    raw = whole = bytes(props)
    for text in filter(None, texts):
        written = _encode(text)
        raw = raw.replace(written, b'""').replace(written.replace(b"/", rb"\/"), b'""')  # PHP writes / as \/
    return props if raw is whole else msgspec.Raw(raw)


def add(props: msgspec.Raw, more: Mapping[str, str | bool]) -> msgspec.Raw:
    """The properties with more of them at the end; one that is already there, however deep, stays as it was said."""
    raw = bytes(props)
    new = {name: value for name, value in more.items() if value and _encode(name) not in raw}
    if not new or not raw.endswith(b"}"):
        return props
    start = raw[:-1].rstrip()
    return msgspec.Raw(start + (b"" if start == b"{" else b",") + _encode(new)[1:])


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
