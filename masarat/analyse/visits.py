"""Visits: the moves of one customer in their order, and what places they are said to be at. Questions about paths read these."""

from __future__ import annotations

from typing import Any, Literal

from masarat.analyse.frame import Frame
from masarat.analyse.moves import ADDRESS, moves

Place = Literal["page", "event", "group"]
Within = Literal["visit", "period"]

VIEWS = ("Page Viewed", "Screen Viewed")
# What a page tells by itself, or about a view that was there already: no move that somebody made.
TOLD = (
    "Page Left",
    "Page Reloaded",
    "Web Vitals Measured",
    "Error Seen",
    "Consent Changed",
    "Experiment Viewed",
)

LONGEST = 1000  # moves of one walk that are looked at, the earliest
READ = 10_000  # of more than these, which no visitor makes, the earliest are sought among as many

# A visit's number, so that groups are small; two visits of one customer do not meet in 64 bits.
VISIT = "cityHash64(session_id)"

PLACES: dict[Place, str] = {
    "page": "page",
    "event": "toString(name)",
    "group": "if(page = '', '', concat('/', splitByChar('/', page)[2]))",
}


def earliest(item: str, most: int, only: str = "") -> str:
    """The first so many of a group's items, in order. groupArraySorted is dearer: a walk of a few moves cost several times as much."""
    how = f"groupArrayIf({READ})({item}, {only})" if only else f"groupArray({READ})({item})"
    return f"arraySlice(arraySort({how}), 1, {most})"


def walks(
    frame: Frame, of: Place, within: Within, mark: str = "toUInt8(0)", *, by_id: bool = False
) -> dict[str, str]:
    """Three steps, `moves`, `walks` and `titles`: one row a visit (or a customer's period), its moves in order; what places are called.

    Columns: customer_id, visit, and of each move its place, its time (milliseconds) and its mark, as three arrays: the engine is quick
    with arrays of numbers, and slow with texts and pairs. A place is a number, and `titles` has its name. `mark`, at most 3, tells the
    moves a question looks for; a move that has one but no place is called by its event. Moves of one millisecond stand in an order of
    their places that is the same on every machine; `by_id` in that of their ids, as far as the first eight letters tell them apart.
    """
    named = f"if({PLACES[of]} = '' AND mark != 0, toString(name), {PLACES[of]})"
    number, asked = "cityHash64(title)", "name NOT IN {told:Array(String)} AND title != ''"
    if of == "page":  # the engine takes an address once a block while it is not made a text of its own
        number = f"if({ADDRESS} = '' AND mark != 0, cityHash64(name), cityHash64({ADDRESS}))"
        asked = f"name NOT IN {{told:Array(String)}} AND ({ADDRESS} != '' OR mark != 0)"
    visit, only = (VISIT, " AND session_id != ''") if within == "visit" else ("0", "")
    moment, bits = (BY_ID, 84) if by_id else (BY_PLACE, 20)
    moments = f"groupArray({READ})(moment)"
    return {
        "moves": moves(
            frame,
            asked + only,
            more={"mark": mark, "title": named, "place": number, "moment": f"{moment} + mark"},
        ),
        "walks": f"""
SELECT customer_id, {visit} AS visit, arraySlice(arraySort({moments}), 1, {LONGEST}) AS moments,
       arraySlice(arraySort((place, moment) -> moment, groupArray({READ})(place), {moments}), 1, {LONGEST}) AS places,
       arrayMap(moment -> toInt64(bitShiftRight(moment, {bits})), moments) AS times,
       arrayMap(moment -> toUInt8(bitAnd(moment, 3)), moments) AS marks
FROM moves GROUP BY customer_id, visit""",
        "titles": TITLES,
    }


def titled(shown: str, *others: str) -> str:
    """The rows of the step `shown`, with names in `path` where it has numbers; `others` are its other columns."""
    columns = ", ".join(others)
    return f"""
SELECT {columns}, arrayMap(each -> each.2, arraySort(groupArrayIf((at, title), at > 0))) AS path
FROM (SELECT {columns}, path AS way, place, at FROM {shown} LEFT ARRAY JOIN path AS place, arrayEnumerate(path) AS at) AS apart
GLOBAL LEFT JOIN titles USING (place) GROUP BY {columns}, way"""


def walked(frame: Frame) -> dict[str, Any]:
    """What `walks` binds."""
    return frame.values | {"told": list(TOLD)}


# What the places are called that `moves` has as numbers; 0 is no place.
ONWARD = "…"  # stands for whatever else comes
TITLES = (
    f"SELECT place, any(title) AS title FROM moves GROUP BY place UNION ALL SELECT toUInt64(1), '{ONWARD}'"
)

MILLISECONDS = "toUInt64(toUnixTimestamp64Milli(ts))"
# When a move happened and what comes first of one millisecond, as one number with the lowest two bits free.
BY_PLACE = f"bitShiftLeft({MILLISECONDS}, 20) + bitAnd(place, 1048572)"
BY_ID = f"""bitShiftLeft(toUInt128({MILLISECONDS}), 84) + bitAnd(cityHash64(event_id), 1048572)
           + bitShiftLeft(toUInt128(reinterpretAsUInt64(reverse(rightPad(substring(event_id, 1, 8), 8)))), 20)"""

# When a move happened, as one number, since the engine compares pairs slowly: milliseconds, then a little of the id's hash, so that
# moves of one moment have an order that is the same on every machine.
MOMENT = "bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts)), 20) + bitAnd(cityHash64(event_id), 1048575)"

# A visit that came to nothing: one page at most, nothing done there, and less than ten seconds; of `views`, `deeds`, `engaged`
# (seconds, NULL where no page told) and `length` (from the first move to the last).
BOUNCED = "views < 2 AND deeds = 0 AND ifNull(engaged, length) < 10"


def measured(frame: Frame) -> dict[str, Any]:
    """What `measures` binds."""
    return walked(frame) | {"views": list(VIEWS)}


def said(frame: Frame, event: str, prop: str) -> str:
    """A number that moves of this name say; where there are none, properties need not be read."""
    if event not in frame.facts.counts:
        return "CAST(NULL, 'Nullable(Float64)')"
    return f"if(name = '{event}', toFloat64OrNull(toString(props.{prop})), NULL)"


def measures(frame: Frame) -> dict[str, str]:
    """What `moves` adds for questions that measure visits; `measured` binds it."""
    return {
        "moment": MOMENT,
        "is_view": "name IN {views:Array(String)}",
        "is_told": "name IN {told:Array(String)}",
        "engaged_ms": said(frame, "Page Left", "engaged_ms"),
    }


def visits(frame: Frame, more: str = "") -> str:
    """One row a visit of the step `moves`: customer_id, visit, part and day of its first move, views, deeds, bought, engaged, length, bounced."""
    engaged = (
        "sum(engaged_ms) / 1000" if "Page Left" in frame.facts.counts else "CAST(NULL, 'Nullable(Float64)')"
    )
    return f"""
SELECT customer_id, {VISIT} AS visit, {"argMin(breakdown, moment)" if frame.breakdown else "''"} AS part, toDate(min(ts), {{timezone:String}}) AS day,
       countIf(is_view) AS views, countIf(NOT is_view AND NOT is_told) AS deeds, countIf(name = 'Order Completed') > 0 AS bought,
       {engaged} AS engaged, dateDiff('millisecond', min(ts), max(ts)) / 1000 AS length, {BOUNCED} AS bounced{more}
FROM moves GROUP BY customer_id, visit"""
