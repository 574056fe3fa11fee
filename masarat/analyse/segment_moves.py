"""Moves between customer segments: who stood where when a period began, and where they stand at its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.rfm import SEGMENTS, Rfm, placed
from masarat.analyse.segment_moves_words import WORDS
from masarat.errors import UnknownName
from masarat.settings import Language
from masarat.store import Query, Row
from masarat.words import speaker

PERIOD = "last_90_days"  # the whole history has nobody who stood anywhere when it began
NEWCOMER, GONE = "newcomer", "gone"
PLACES = (NEWCOMER, *SEGMENTS, GONE)  # where somebody can stand, as they are shown

# How good it is to stand there: more is better. Moves between equals lead neither up nor down.
RANKS = {
    "champions": 10, "loyal": 9, "potential": 8, "new": 7, "promising": 6, "need_attention": 5, "about_to_sleep": 4,
    "cannot_lose": 3, "at_risk": 3, "hibernating": 2, "lost": 1, GONE: 0,
}  # fmt: skip
EARLIEST = date(1970, 1, 1)  # the first day that the store knows
KINDS = ("up", "down", "across", "stayed", "arrived")


class SegmentMoves(Analysis):
    """Between which segments customers moved in the period: from where to where, how many, and what they brought.

    For whoever wants to know whether customers become better ones, and which of the good are slipping away. Segments are those of `rfm`,
    taken twice by the same rules: as of the day before the period and as of its last day, each time among all identified customers who had
    bought by then. Who had not bought before the period stands as not yet a customer at its beginning; who has not bought for `gone_days` counts as
    gone, whatever their scores. A row is one way, also that of those who stayed; its share is of all who began in the same place.

    Revenue is net, in the period, beside that of the same customers in the same number of days before it, and what lies between.
    Up and down follow this order: champions, loyal, potential loyalists, new, promising, need attention, about to sleep, at risk and cannot lose
    (equals), hibernating, lost, gone. The costliest move down is the one whose customers brought that much less than before; a season tells in
    it too. Scores are relative: somebody who buys as ever can slip where others buy more. `segment_movers` lists the customers of a way.
    """

    period: str = Field(PERIOD, description="Between the beginning and the end of which days: last_90_days, 2025-11, ramadan_1446, …")  # fmt: skip
    gone_days: int = Field(365, ge=1, le=3650, description="Days without an order after which a customer counts as gone.")  # fmt: skip

    view = "flow"
    columns = (
        Column("one", "text"),
        Column("two", "text"),
        Column("kind", "text"),
        Column("customers", "count"),
        Column("share_of_start", "percent"),
        Column("revenue", "money"),
        Column("revenue_before", "money"),
        Column("difference", "money"),
    )
    numbers = (
        Column("customers", "count"),
        Column("up", "count"),
        Column("down", "count"),
        Column("stayed", "count"),
        Column("arrived", "count"),
        Column("left", "count"),
        Column("returned", "count"),
        Column("down_difference", "money"),
    )
    picture = (
        Column("one", "text"),
        Column("two", "text"),
        Column("customers", "count"),
        Column("share_of_start", "percent"),
        Column("step", "number"),
    )
    sample = "customers"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={"sales": frame.sales(history=True), **moved_steps(), "ways": WAYS},
            values=moved_values(frame, self.gone_days),
            rows="ways",
        )

    def interpret(self, found: Found) -> Found:
        """Name the places, tell up from down, and add up."""
        found.totals = _totals(found.rows)
        found.before = _totals(found.before_rows) if found.frame.before else {}
        found.rows = [
            row | {"one": title(row["one"], found.frame.language), "two": title(row["two"], found.frame.language),
                   "kind": found.say(f"kind-{kind(row)}"), "is": kind(row), "step": 1}
            for row in sorted(found.rows, key=_order)
        ]  # fmt: skip
        found.picture, found.before_rows = found.rows, []
        return found

    def explain(self, found: Found) -> str:
        totals, said = found.totals, []
        names = ("customers", "up", "down", "stayed", "arrived")
        said.append(found.say("sentence", **{name: totals[name] for name in names}))
        up = [row for row in found.rows if row["is"] == "up"]
        if up:
            most = max(up, key=lambda row: row["customers"])
            said.append(found.say("largest-up", **_way(most)))
        down = [row for row in found.rows if row["is"] == "down"]
        if down:
            worst = min(down, key=lambda row: (min(row["difference"], 0), -row["customers"]))
            less = found.speaker.money(abs(worst["difference"]), found.frame.currency, whole=True)
            key = "costliest-down" if worst["difference"] < 0 else "down-for-nothing"
            said.append(found.say(key, **_way(worst), less=less))
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        return [] if found.frame.period.bounded else [found.say("note-no-beginning")]


def kind(row: Row) -> str:
    """What kind of move it is, from place `one` to place `two`."""
    one, two = row["one"], row["two"]
    if one == NEWCOMER:
        return "arrived"
    if one == two:
        return "stayed"
    step = RANKS[two] - RANKS[one]
    return "up" if step > 0 else "down" if step < 0 else "across"


def title(place: str, language: Language) -> str:
    """How a place is called: a segment as `rfm` calls it."""
    return speaker(Rfm.words if place in SEGMENTS else WORDS, language).say(place)


def place_of(text: str) -> str:
    """The place of that key or title, in either language; empty text is any. UnknownName with the nearest otherwise."""
    languages: tuple[Language, ...] = ("en", "ar")
    known = {title(place, language).casefold(): place for language in languages for place in PLACES}
    known |= {place: place for place in PLACES} | {"": ""}
    if (wanted := text.strip().casefold()) not in known:
        raise UnknownName("customer segment", text, list(PLACES))
    return known[wanted]


def moved_steps() -> dict[str, str]:
    """The steps over `sales` up to `moved`: one row a customer, where they stood and where they stand."""
    return {**placed(compared=True, more=MONEY), "moved": MOVED}


def moved_values(frame: Frame, gone_days: int) -> dict[str, Any]:
    """What these steps bind, besides what the frame does."""
    first = frame.period.first
    known = (first - EARLIEST).days
    return frame.values | {
        "as_of": frame.period.last,
        "before": first - timedelta(days=1) if known > 0 else first,
        "earlier": first - timedelta(days=max(0, min(frame.period.days, known))),
        "gone_days": gone_days,
    }


def _order(row: Row) -> tuple[int, int]:
    return PLACES.index(row["one"]), PLACES.index(row["two"])


def _way(row: Row) -> dict[str, Any]:
    return {"one": row["one"], "two": row["two"], "n": row["customers"]}


def _totals(rows: list[Row]) -> Row:
    def those(which: list[Row]) -> int:
        return sum(row["customers"] for row in which)

    by_kind = {name: [row for row in rows if kind(row) == name] for name in KINDS}
    return {
        "customers": those(rows),
        **{name: those(which) for name, which in by_kind.items()},
        "left": those([row for row in by_kind["down"] if row["two"] == GONE]),
        "returned": those([row for row in by_kind["up"] if row["one"] == GONE]),
        "down_difference": sum(row["difference"] for row in by_kind["down"]),
    }


MONEY = {
    "now": "sumIf(net, in_period)",
    "then": "sumIf(net, NOT in_period AND day >= {earlier:Date})",
}

MOVED = """
SELECT customer_id, multiIf(NOT known_before, 'newcomer', days_before >= {gone_days:UInt16}, 'gone', segment_before) AS one,
       if(days >= {gone_days:UInt16}, 'gone', segment) AS two, now, then
FROM placed"""

WAYS = """
SELECT one, two, count() AS customers, customers / sum(customers) OVER (PARTITION BY one) AS share_of_start,
       toFloat64(sum(now)) AS revenue, toFloat64(sum(then)) AS revenue_before, toFloat64(sum(now) - sum(then)) AS difference
FROM moved GROUP BY one, two ORDER BY one, two"""

SegmentMoves.example = SegmentMoves()
