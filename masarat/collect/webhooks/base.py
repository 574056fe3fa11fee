"""What every shop's webhooks share: who may send, what has been delivered before, and reading bodies of which any part may be missing.

A platform is one file with NAME, `verify(request, secret)` and `read(request, shop)`. It goes by the body alone, for only the body is
signed: a header that names a topic can be changed on the way.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from masarat.collect.currencies import currency_of
from masarat.collect.values import INVISIBLE, MACHINE_EMPTY, read_number
from masarat.collect.wire.base import EARLIEST, BadBody, Request
from masarat.errors import NotAllowed

MOST_DELIVERIES = 10_000
MOST_TOPICS = 200
LARGEST_AMOUNT = 1e11  # sums of many such amounts still fit into the log
_MARKS = str.maketrans(dict.fromkeys(INVISIBLE, ""))


@dataclass(frozen=True, slots=True)
class Shop:
    """Whose webhooks they are: the source of the key, and what the shop's amounts, phones and clocks mean where nothing is said."""

    source: str
    currency: str = "SAR"
    country: str = "SA"
    timezone: str = "Asia/Riyadh"


@dataclass(slots=True)
class Post:
    """What a door remembers of its webhooks: the bodies it has made durable, and how many of a kind it had no use for."""

    most: int = MOST_DELIVERIES
    ignored: Counter[str] = field(default_factory=Counter)
    _kept: OrderedDict[str, None] = field(default_factory=OrderedDict)

    def __contains__(self, request: Request) -> bool:
        return self._name(request) in self._kept

    def keep(self, request: Request) -> None:
        """Call it once what was read is durable, never before: a shop that is answered badly sends the same again."""
        self._kept[self._name(request)] = None
        if len(self._kept) > self.most:
            self._kept.popitem(last=False)

    def ignore(self, what: str) -> None:
        if what in self.ignored or len(self.ignored) < MOST_TOPICS:
            self.ignored[what] += 1

    @staticmethod
    def _name(request: Request) -> str:
        """Ids of deliveries stand in headers, which nobody signs; the same body says nothing new whatever its id."""
        return hashlib.sha256(f"{request.path}\n".encode() + request.body).hexdigest()


# Who may send


def signature(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).digest()


def same(given: str, right: str, secret: str) -> None:
    """Raises NotAllowed unless they are equal; how long it takes tells nothing about where they differ."""
    if not secret:
        raise NotAllowed("No secret is stored for this webhook.", "Store the one that the shop shows you.")
    if not given:
        raise NotAllowed("The webhook is not signed.", "Give the shop the secret of this source.")
    if not hmac.compare_digest(given.strip().encode(), right.encode()):
        raise NotAllowed(
            "The webhook's signature is wrong.", "See that the shop and this source have the same secret."
        )


# Reading a body


def read_object(request: Request) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(request.body)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise BadBody(f"The webhook is not JSON: {error}.", "Send the shop's own JSON.") from None
    if not isinstance(found, dict):
        raise BadBody("The webhook is no JSON object.", "Send the shop's own JSON.")
    return found


def at(found: Any, *path: str) -> Any:
    """What stands at the end of a path of names; None where it breaks off."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def objects(found: Any) -> list[dict[str, Any]]:
    """The objects of a list, if it is one."""
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text(*candidates: Any) -> str:
    """The first that says something, tidy; numbers become text."""
    for value in candidates:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            clean = str(value).translate(_MARKS).strip()
            if clean and clean not in MACHINE_EMPTY:
                return clean
    return ""


def amount(*candidates: Any) -> float | None:
    """The first that is an amount: a number, a number as text, or an object that carries one; Arabic digits too."""
    for value in candidates:
        while isinstance(value, dict):
            value = value.get("amount")
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            number = _number(str(value))
            if number is not None:
                return bounded(number)
    return None


def _number(written: str) -> float | None:
    try:
        number = float(written)
    except ValueError:
        found = read_number(pl.Series([written]))[0].item()
        return None if found is None else float(found)
    return number if math.isfinite(number) else None


def bounded(number: float) -> float:
    if abs(number) > LARGEST_AMOUNT:
        raise BadBody(f"{number:g} is more than any shop takes.", "Correct the amount in the shop.")
    return number


def total_of(items: list[dict[str, Any]], *path: str) -> float:
    """The sum of an amount over objects; what has none counts as zero."""
    return sum(amount(at(item, *path)) or 0.0 for item in items)


def currency(shop: Shop, *candidates: Any) -> str:
    return next((code for value in candidates if (code := currency_of(text(value)))), shop.currency)


def moment(value: Any, timezone: str) -> float | None:
    """UTC seconds from ISO 8601, JavaScript's way, or seconds since 1970; a time without a zone is in `timezone`, or UTC where there is no
    such zone.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if value > EARLIEST else None
    found = _written(text(value), _zone(timezone))
    return found if found is not None and found > EARLIEST else None


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def _written(moment: str, zone: tzinfo) -> float | None:
    try:
        found = datetime.fromisoformat(moment)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).timestamp()
    except ValueError:
        pass
    try:  # as JavaScript writes it
        return datetime.strptime(moment[:33], "%a %b %d %Y %H:%M:%S GMT%z").timestamp()
    except ValueError:
        return None
