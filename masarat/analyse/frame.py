"""The common frame of every question, resolved: which days, which money, whose moves, in which words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal
from weakref import WeakKeyDictionary

from masarat.analyse.people import OWNER, in_segments
from masarat.analyse.period import Period, hijri_months
from masarat.analyse.told import NOTHING, Told
from masarat.analyse.twins import SOLD_ONCE, are_told_twice
from masarat.errors import BadParameter, UnknownName
from masarat.settings import Calendar, Language, Settings
from masarat.store import Row, Store

Bucket = Literal["day", "week", "month"]

SALES = ("Order Completed", "Order Refunded")
SOLD = "name IN ('Order Completed', 'Order Refunded')"

# What an answer can be filtered and broken down by: the name people use → the SQL that we wrote for it.
DIMENSIONS: dict[str, str] = {
    "channel": "channel",
    "source": "source",
    "country": "country",
    "city": "city",
    "branch": "branch",
    "payment": "payment",
    "coupon": "coupon",
    "campaign": "utm_campaign",
    "device": "device",
}
SAVED = "in"  # what a segment calls another that was saved: in=vip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store holds: per event name the first and last day and how many; orders per currency."""

    counts: Mapping[str, int]
    days: Mapping[str, tuple[date, date]]
    currencies: Mapping[str, int]
    told_twice: bool = False  # whether several sources tell the same sales

    def span(self, names: tuple[str, ...]) -> tuple[date, date] | None:
        """First and last day with any of these events (all events where none are named)."""
        found = [days for name, days in self.days.items() if not names or name in names]
        return (min(d[0] for d in found), max(d[1] for d in found)) if found else None


@dataclass(slots=True)
class _Known:
    """What was found in each part of the log. A part never changes; a merge makes another, and a deletion lays patches over all."""

    timezone: str
    patches: frozenset[str]
    parts: dict[str, list[Row]]


_KNOWN: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()
TRIES = 3  # parts may be merged between being listed and being read


def facts(store: Store, timezone: str) -> Facts:
    """What the store holds now: only parts that were written since the last time are scanned, three columns of them."""
    for _ in range(TRIES):
        parts, patches = _parts(store)
        known = _KNOWN.get(store)
        if known is None or (known.timezone, known.patches) != (timezone, patches):
            known = _Known(timezone, patches, {})
        fresh = parts - known.parts.keys()
        found: dict[str, list[Row]] = {part: known.parts.get(part, []) for part in parts}
        for row in _scan(store, timezone, fresh) if fresh else []:
            found[row["part"]].append(row)
        if parts and (
            all(found.values()) or _parts(store) == (parts, patches)
        ):  # all of a part may be deleted
            _KNOWN[store] = _Known(timezone, patches, found)
            return _summed(store, [row for rows in found.values() for row in rows])
    return _summed(store, _scan(store, timezone, None))  # an empty log, or one on other machines


def _parts(store: Store) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the parts of the log, and of the patches over them; none where the events lie on other machines."""
    rows = store.select(
        """
        SELECT name, startsWith(name, 'patch-') AS patch FROM system.parts
        WHERE database = currentDatabase() AND table = 'events' AND active"""
    )
    patches = frozenset(row["name"] for row in rows if row["patch"])
    return frozenset(row["name"] for row in rows) - patches, patches


def _scan(store: Store, timezone: str, parts: Collection[str] | None) -> list[Row]:
    """How many events of each name and currency, from when to when: of these parts, or of the whole log."""
    part, within = ("_part", "WHERE _part IN {parts:Array(String)}") if parts else ("''", "")
    return store.select(
        f"""
        SELECT {part} AS part, name, if(name IN {{sales:Array(String)}}, currency, '') AS money, count() AS events,
               toDate(min(ts), {{timezone:String}}) AS first, toDate(max(ts), {{timezone:String}}) AS last
        FROM events {within} GROUP BY part, name, money""",
        {"sales": list(SALES), "timezone": timezone, **({"parts": sorted(parts)} if parts else {})},
    )


def _summed(store: Store, rows: Iterable[Row]) -> Facts:
    counts: dict[str, int] = {}
    days: dict[str, tuple[date, date]] = {}
    currencies: dict[str, int] = {}
    for row in rows:
        name, span = row["name"], (row["first"], row["last"])
        counts[name] = counts.get(name, 0) + row["events"]
        known = days.get(name, span)
        days[name] = (min(known[0], span[0]), max(known[1], span[1]))
        if name in SALES:
            currencies[row["money"]] = currencies.get(row["money"], 0) + row["events"]
    ranked = dict(sorted(currencies.items(), key=lambda item: (-item[1], item[0])))
    return Facts(counts, days, ranked, are_told_twice(store))


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's frame with nothing left open. Analyses build their SQL from it and never read the clock or settings."""

    period: Period
    before: Period | None
    currency: str
    calendar: Calendar
    language: Language
    settings: Settings
    facts: Facts
    segment: tuple[tuple[str, bool, tuple[str, ...]], ...] = ()
    breakdown: str = ""
    told: Told = NOTHING
    extra: Mapping[str, Any] = field(default_factory=dict)

    def earlier(self) -> Frame:
        """The same frame over the compared period."""
        assert self.before is not None
        return replace(self, period=self.before, before=None)

    @property
    def values(self) -> dict[str, Any]:
        """The values that every step may bind: start, end (UTC milliseconds), timezone, currency, the segment's."""
        start, end = self.period.bounds(self.settings.zone)
        values: dict[str, Any] = {
            "start": int(start.timestamp() * 1000),
            "end": int(end.timestamp() * 1000),
            "timezone": self.settings.timezone,
            "currency": self.currency,
            "months": [(day - date(1970, 1, 1)).days for day in hijri_months(*self._reach())]
            if self.calendar == "hijri"
            else [0],
        }
        for index, (name, _, wanted) in enumerate(self.segment):
            values[f"segment_{index}"] = list(self.told.segments(wanted) if name == SAVED else wanted)
        return values

    def _reach(self) -> tuple[date, date]:
        span = self.facts.span(())
        first, last = span or (self.period.first, self.period.last)
        return min(first, self.period.first), max(last, self.period.last)

    # Pieces of SQL

    def within(self, *, history: bool = False) -> str:
        """The condition that an event happened in the period; with `history`, any time up to its end."""
        end = "ts < fromUnixTimestamp64Milli({end:Int64}, 'UTC')"
        return end if history else "ts >= fromUnixTimestamp64Milli({start:Int64}, 'UTC') AND " + end

    def only(self, table: str = "events") -> str:
        """The segment as a condition on event columns; empty text where there is none. Only of saved segments may the table be another."""
        return "".join(
            f" AND {table}.customer_id GLOBAL {'IN' if wanted else 'NOT IN'} {in_segments(f'segment_{index}')}"
            if name == SAVED
            else f" AND {DIMENSIONS[name]} {'IN' if wanted else 'NOT IN'} {{segment_{index}:Array(String)}}"
            for index, (name, wanted, _) in enumerate(self.segment)
        )

    def sales(self, *, more: Mapping[str, str] | None = None, history: bool = False) -> str:
        """The step that every question about money reads: one row a completed or refunded order.

        A sale that several sources tell is one row: the shop's, with the money of the books (see twins.py).
        Columns: order_id, visitor_id, customer_id (0 = unidentified), ts (UTC), local (shop's time), day, is_order (a completed order with revenue
        above zero), gross, refund (positive), net, the products' arrays, `breakdown` where one is asked for, and `more` (of columns of
        `events`), by name.
        With `history`, orders before the period are there too, and `in_period` tells them apart.
        """
        split = DIMENSIONS[self.breakdown] if self.breakdown else "''"
        added = "".join(f",\n       {sql} AS {name}" for name, sql in (more or {}).items())
        paid, lines, stands = SOLD_ONCE if self.facts.told_twice else ("revenue", "product_revenues", "")
        return f"""
SELECT event_id, order_id, visitor_id, {OWNER} AS customer_id, ts, toTimeZone(ts, {{timezone:String}}) AS local, toDate(local) AS day,
       name = 'Order Completed' AND net > 0 AS is_order,
       if(name = 'Order Completed', net, 0) AS gross,
       if(name = 'Order Refunded', -net, 0) AS refund,
       {paid} AS net, discount, {split} AS breakdown,
       product_ids, product_names, product_categories, product_quantities, {lines} AS product_revenues,
       ts >= fromUnixTimestamp64Milli({{start:Int64}}, 'UTC') AS in_period{added}
FROM events
WHERE {SOLD} AND currency = {{currency:String}}
  AND {self.within(history=history)}{self.only()}{stands}"""

    def net(self) -> str:
        """What a row of `events` adds to net revenue, by the rules of `sales`; for questions that read moves and money in one pass."""
        paid, _, stands = SOLD_ONCE if self.facts.told_twice else ("revenue", "", "")
        return f"if({SOLD} AND currency = {{currency:String}}{stands}, {paid}, toDecimal64(0, 4))"

    def bucket(self, by: Bucket, day: str = "day") -> str:
        """SQL for the first day of the day, week (from Sunday) or month that a day falls in, in the asked calendar."""
        if by == "day":
            return day
        if by == "week":
            return f"toStartOfWeek({day}, 0)"
        if self.calendar == "hijri":
            return f"toDate(toUInt16(roundDown(toUInt16({day}), {{months:Array(UInt16)}})))"
        return f"toStartOfMonth({day})"

    def cut(self, by: Bucket) -> str:
        """Which buckets the period cuts short: 'first', 'last', 'both' or 'none'."""
        begin, after = self.period.first, self.period.last + timedelta(days=1)
        first = self.buckets(by)[0] != begin
        last = replace(self, period=Period(after, after)).buckets(by)[0] != after
        return {(True, True): "both", (True, False): "first", (False, True): "last"}.get(
            (first, last), "none"
        )

    def buckets(self, by: Bucket) -> list[date]:
        """Every bucket of the period, silent ones included."""
        first, last = self.period.first, self.period.last
        if by == "month" and self.calendar == "hijri":
            return hijri_months(first, last)
        if by == "month":
            months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
            return [date(month // 12, month % 12 + 1, 1) for month in months]
        step = 7 if by == "week" else 1
        begin = first - timedelta(days=(first.weekday() + 1) % 7) if by == "week" else first
        return [begin + timedelta(days=offset) for offset in range(0, (last - begin).days + 1, step)]


def read_segment(text: str) -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    """'country=Saudi Arabia|Bahrain and channel!=email and in=vip' → conditions: name, wanted or not, values."""
    conditions = []
    for part in filter(None, re.split(r"\s+and\s+", text.strip(), flags=re.IGNORECASE)):
        match = re.fullmatch(r"\s*(\w+)\s*(!?=)\s*(.+)", part, re.DOTALL)
        if not match:
            raise BadParameter(
                f"{part!r} is not a condition.",
                "Write segment as country=Saudi Arabia and channel!=email|sms; a saved one as in=its name.",
            )
        name = match[1] if match[1] == SAVED else _dimension(match[1], [*DIMENSIONS, SAVED])
        wanted = tuple(value.strip() for value in match[3].split("|"))
        conditions.append((name, match[2] == "=", wanted))
    return tuple(conditions)


def dimension(name: str) -> str:
    """The name itself where it is a known dimension; UnknownName with the nearest otherwise."""
    return _dimension(name, list(DIMENSIONS))


def _dimension(name: str, offered: list[str]) -> str:
    if name and name not in DIMENSIONS:
        raise UnknownName("dimension", name, offered)
    return name
