"""Moves: what questions about behaviour read, and how one kind of move is told.

A step is the name of an event, with conditions where it needs them:

    Product Viewed
    Page Viewed where path=/checkout*
    Order Completed where payment!=cash|cod and product=عود*
    Survey Answered where props.score=9|10

Values are compared whole, a `*` at the end means "begins with", and `|` parts alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masarat.analyse.frame import DIMENSIONS, Facts, Frame
from masarat.analyse.people import OWNER
from masarat.errors import BadParameter, UnknownName
from masarat.events import EVENT_NAMES

# The page that a move happened on, without its address and parameters: '/عود' rather than '/%D8%B9…?utm_source=x'. Addresses repeat:
# each is taken apart once a block, not once a move.
ADDRESS = "if(url = '', '', concat('/', substring(toValidUTF8(decodeURLComponent(path(toLowCardinality(url)))), 2)))"
PAGE = f"toString({ADDRESS})"

# What a condition may be about, besides props.NAME: the name people use → our SQL, of a text or of texts.
FIELDS: dict[str, str] = {**DIMENSIONS, "path": PAGE, "medium": "utm_medium", "order": "order_id"}
LISTS: dict[str, str] = {
    "product": "arrayConcat(product_names, product_ids)",
    "category": "product_categories",
}

MARK = re.compile(r"\s+where\s+", re.IGNORECASE)
AND = re.compile(r"\s+and\s+(?=[\w.$ -]+!?=)", re.IGNORECASE)
HOW = "Write it as: Page Viewed where path=/checkout* and device!=mobile|tablet."


@dataclass(frozen=True, slots=True)
class Condition:
    """That a field of a move is, or is not, one of these values."""

    field: str
    wanted: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of move."""

    text: str  # as it was written
    name: str
    conditions: tuple[Condition, ...] = ()

    def sql(self, place: int) -> str:
        """Whether a row of `events` is this step; `place` keeps its bound values apart from those of other steps."""
        return (
            f"name = {{step_{place}:String}} AND {self.fits(place)}"
            if self.conditions
            else f"name = {{step_{place}:String}}"
        )

    def fits(self, place: int) -> str:
        """Whether a row of `events`, whatever its name, is as the conditions want it."""
        parts = [_sql(one, f"step_{place}_{index}") for index, one in enumerate(self.conditions)]
        return " AND ".join(parts) or "true"

    def values(self, place: int) -> dict[str, Any]:
        """What `sql` binds."""
        bound: dict[str, Any] = {f"step_{place}": self.name}
        for index, one in enumerate(self.conditions):
            key = f"step_{place}_{index}"
            bound[key] = [value for value in one.values if not value.endswith("*")]
            bound[f"{key}_like"] = [value[:-1] for value in one.values if value.endswith("*")]
            bound[f"{key}_field"] = one.field.removeprefix("props.")
        return bound


def told(field: str, key: str) -> str:
    """SQL for the text that a row of `events` tells in a field of one value; `key` binds the name of a property (without props.).

    getSubcolumn reads the properties whole, an identifier its own alone, ten times as fast; it cannot tell names with these two signs.
    """
    whole = re.search(r"[`\\]", field)
    read = f"getSubcolumn(props, {{{key}:String}})" if whole else f"props.{{{key}:Identifier}}"
    return FIELDS.get(field, f"toString({read})")


def known_field(field: str) -> str:
    """The field itself where a move may have it; UnknownName with the nearest otherwise."""
    if not re.match(r"props\..", field) and field not in FIELDS | LISTS:
        raise UnknownName("field of a move", field, [*FIELDS, *LISTS, "props.NAME"])
    return field


def _sql(one: Condition, key: str) -> str:
    value = "value" if one.field in LISTS else told(one.field, f"{key}_field")
    test = f"({value} IN {{{key}:Array(String)}} OR arrayExists(start -> startsWith({value}, start), {{{key}_like:Array(String)}}))"
    if one.field in LISTS:
        test = f"arrayExists(value -> {test}, {LISTS[one.field]})"
    return test if one.wanted else f"NOT {test}"


def read_step(text: str) -> Step:
    """A step from its text; BadParameter says what is wrong with it."""
    name, _, rest = (part.strip() for part in _parted(text))
    if not name:
        raise BadParameter("A step names no event.", HOW)
    return Step(text.strip(), name, tuple(map(_condition, AND.split(rest))) if rest else ())


def _parted(text: str) -> Sequence[str]:
    found = MARK.search(text)
    return (text[: found.start()], "where", text[found.end() :]) if found else (text, "", "")


def _condition(text: str) -> Condition:
    found = re.fullmatch(r"\s*([\w.$ -]+?)\s*(!?=)\s*(.+)", text, re.DOTALL)
    if not found:
        raise BadParameter(f"{text!r} is not a condition of a step.", HOW)
    values = tuple(value.strip() for value in found[3].split("|"))
    return Condition(known_field(found[1]), found[2] == "=", values)


class Unseen(UnknownName):
    """A step that could be, but that nobody has done yet: for a question, too little data rather than an error."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__("event", name, known)
        self.name = name


def seen(steps: Sequence[Step], facts: Facts) -> None:
    """Unseen for a step that nobody has done yet; UnknownName, with the nearest, for one that no dictionary knows either."""
    for step in steps:
        if step.name in facts.counts:
            continue
        if step.name in EVENT_NAMES:
            raise Unseen(step.name, sorted(facts.counts))
        raise UnknownName("event", step.name, sorted(facts.counts))


def bound(steps: Sequence[Step]) -> dict[str, Any]:
    """What the steps' conditions bind, each at its place."""
    values: dict[str, Any] = {}
    for place, step in enumerate(steps):
        values |= step.values(place)
    return values


def moves(
    frame: Frame, where: str = "", *, more: Mapping[str, str] | None = None, history: bool = False
) -> str:
    """The step that every question about behaviour reads: one row a move of somebody, whoever merged with whom since.

    Columns: event_id, customer_id, ts (UTC), local (the shop's time), day, name, session_id, page, `breakdown` where one is asked for,
    and `more`, by name. `where` is a further condition on columns of `events`. With `history`, what happened before the period is
    there too, and `in_period` tells them apart. What nobody did (no identifier at all) is left out.
    """
    split = DIMENSIONS[frame.breakdown] if frame.breakdown else "''"
    added = "".join(f",\n       {sql} AS {name}" for name, sql in (more or {}).items())
    return f"""
SELECT event_id, {OWNER} AS customer_id, ts, toTimeZone(ts, {{timezone:String}}) AS local, toDate(local) AS day, name, session_id,
       {PAGE} AS page, {split} AS breakdown, ts >= fromUnixTimestamp64Milli({{start:Int64}}, 'UTC') AS in_period{added}
FROM events
WHERE events.customer_id != 0 AND {frame.within(history=history)}{frame.only()}{f" AND ({where})" if where else ""}"""
