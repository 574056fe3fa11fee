"""From bytes to values: a body broken in any way is a BadBody with a reason, never another error."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from masarat.collect.wire.base import BadBody

T = TypeVar("T")

_items = msgspec.json.Decoder(list[msgspec.Raw])
_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
_any = msgspec.json.Decoder()
_BASE64 = bytes.maketrans(b"-_ ", b"+/+")  # its URL alphabet, and what forms make of "+"


def decode(decoder: msgspec.json.Decoder[T], raw: bytes, what: str, remedy: str = "") -> T:
    """The JSON value that the decoder reads. `what` is named in the sentence where it cannot: "The batch"."""
    try:
        if not raw.isascii():
            raw.decode()
        return decoder.decode(raw)
    except UnicodeDecodeError:
        raise BadBody(f"{what} is not UTF-8.", "Send UTF-8.") from None
    except RecursionError:
        raise BadBody(f"{what} is nested too deeply.", "Send flatter properties.") from None
    except msgspec.MsgspecError as error:
        raise BadBody(f"{what} is not the JSON we know: {error}.", remedy) from None


def items(raw: bytes, what: str, remedy: str = "") -> list[msgspec.Raw]:
    """The items of a JSON array, unread."""
    return decode(_items, raw, what, remedy)


def members(raw: bytes | msgspec.Raw) -> dict[str, msgspec.Raw]:
    """The members of a JSON object, unread; none where it is nothing, and {"value": …} where it is no object."""
    raw = bytes(raw).strip()
    if raw in (b"", b"null"):
        return {}
    return decode(_members, raw, "The object") if raw.startswith(b"{") else {"value": msgspec.Raw(raw)}


def encode(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def is_json(raw: bytes) -> bool:
    return raw.lstrip()[:1] in (b"{", b"[")


def from_base64(raw: bytes) -> bytes:
    """Base64 in either alphabet, with or without its padding."""
    try:
        return base64.b64decode(raw.translate(_BASE64).strip() + b"==")
    except (binascii.Error, ValueError) as error:
        raise BadBody(f"The data is not base64: {error}.", "Send JSON.") from None


def text(value: Any) -> str:
    """A JSON text or number as text; empty where it is anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def first_text(values: Iterable[Any]) -> str:
    return next((found for found in map(text, values) if found), "")


def text_of(values: dict[str, msgspec.Raw], name: str) -> str:
    """The text of one member, unread so far; empty where there is none."""
    return text(decode(_any, bytes(values[name]), f"{name!r}")) if name in values else ""
