"""Calls: the log of a telephone exchange or a call centre, a row a call or a leg of one."""

from __future__ import annotations

import re

import polars as pl

from masarat.collect.kinds.base import DATED, KEY, Kind, Need, Origin, Told, events_of, has, keyed, people_of
from masarat.collect.people import unidentified
from masarat.words.folding import fold

OUT, IN, INTERNAL, INSIDE = "out", "in", "internal", "inside"  # inside: by one of us, to whomever
WAYS = {
    OUT: frozenset(map(fold, ("outbound", "outgoing", "out", "made", "dialed", "dialled", "صادرة", "صادر", "خارجة"))),
    IN: frozenset(map(fold, ("inbound", "incoming", "in", "received", "missed", "واردة", "وارد", "فائتة"))),
    INTERNAL: frozenset(map(fold, ("internal", "intercom", "داخلية", "داخلي"))),
}  # fmt: skip
ANSWERED = frozenset(map(fold, ("answered", "completed", "connected", "success", "successful", "تم الرد", "مجابة", "ناجحة")))  # fmt: skip
MISSED = frozenset(map(fold, ("unanswered", "not answered", "no answer", "missed", "busy", "failed", "abandoned", "canceled", "cancelled", "congestion", "لم يرد", "لم يتم الرد", "فائتة", "مشغول", "غير مجابة")))  # fmt: skip
WITHHELD = (
    r"(?i)^(anonymous|unknown|private|restricted|withheld|unavailable|blocked|no caller id|مجهول|محجوب)?$"
)
WAY, TALKED, CALL, LEG = "way", "talked", "call", "leg"
WHOSE = (WAY, "phone", "party", "customer_id", "name", "email")


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Call Received`, or `Call Made` where we called; with its seconds, who took it, how it ended and whether it was answered.

    Calls between two of us are no customer's and left out; the legs of one call are one.
    """
    rows = _sided(rows.with_columns(_ways(rows), _talked(rows))).filter(pl.col(WAY) != INTERNAL)
    rows = _keyed(_whole(rows), origin)
    made = rows[WAY] == OUT
    told = [
        (part, events_of(part, origin, name, "called", props=_about(part)))
        for name, part in (("Call Received", rows.filter(~made)), ("Call Made", rows.filter(made)))
    ]
    return Told(
        pl.concat([events for _, events in told]),
        pl.concat([people_of(part, events) for part, events in told]),
        unidentified(rows),
    )


def way_of(text: str) -> str:
    """Who called whom, as far as a direction or a dialplan's context says it.

    >>> way_of("outbound-api"), way_of("Inbound Queue"), way_of("from-internal"), way_of("ext-local")
    ('out', 'in', 'inside', '')
    """
    words = set(re.split(r"[\W_]+", fold(text)))
    if {"from", "internal"} <= words:
        return INSIDE
    return next((way for way, names in WAYS.items() if words & names), "")


def was_answered(text: str) -> bool | None:
    """Whether a call that ended so was answered; None where that does not say it."""
    folded = " ".join(re.split(r"[\W_]+", fold(text))).strip()
    return True if folded in ANSWERED else False if folded in MISSED else None


def _ways(rows: pl.DataFrame) -> pl.Series:
    if "direction" not in rows.columns:
        return pl.repeat("", rows.height, dtype=pl.String, eager=True).alias(WAY)
    said = rows["direction"].fill_null("")
    known = {text: way_of(text) for text in said.unique()}
    return said.replace_strict(known, return_dtype=pl.String).alias(WAY)


def _talked(rows: pl.DataFrame) -> pl.Series:
    if "outcome" not in rows.columns:
        return pl.repeat(None, rows.height, dtype=pl.Boolean, eager=True).alias(TALKED)
    said = rows["outcome"].fill_null("")
    known = {text: was_answered(text) for text in said.unique()}
    return said.replace_strict(known, return_dtype=pl.Boolean).alias(TALKED)


def _sided(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of which WAY is known; where two parties are told, the one who is not ours as `phone`, or as `party` if it is none."""
    if not {"caller", "called"} & set(rows.columns):
        return rows.with_columns(pl.col(WAY).replace({"": IN, INSIDE: OUT}))
    caller, called = has(rows, "caller").fill_null(""), has(rows, "called").fill_null("")
    extension = ~_is_phone(caller) & caller.str.contains(r"\d") & ~caller.str.contains(r"\d{7}")
    outside = _is_phone(called) | called.str.contains(r"\d{7}")
    named = ~_is_phone(caller) & ~caller.str.contains(r"\d") & ~caller.str.contains(WITHHELD)
    rows = rows.with_columns(
        pl.when(pl.col(WAY).is_in([OUT, IN, INTERNAL]))
        .then(WAY)
        .when((pl.col(WAY) == INSIDE) | extension)
        .then(pl.when(outside).then(pl.lit(OUT)).otherwise(pl.lit(INTERNAL)))
        .when(named & _is_phone(called))
        .then(pl.lit(OUT))
        .otherwise(pl.lit(IN))
        .alias(WAY)
    )
    made = pl.col(WAY) == OUT
    theirs, ours = pl.when(made).then(called).otherwise(caller), pl.when(made).then(caller).otherwise(called)
    return rows.with_columns(
        phone=pl.coalesce(_filled(rows, "phone"), pl.when(_is_phone(theirs)).then(theirs)),
        party=pl.when(~_is_phone(theirs)).then(theirs),
        agent=pl.coalesce(_filled(rows, "agent"), pl.when(~_is_phone(ours)).then(ours)),
    )


def _is_phone(party: pl.Expr) -> pl.Expr:
    return party.str.starts_with("+")


def _filled(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(name) if name in rows.columns else pl.lit(None, pl.String)


def _whole(rows: pl.DataFrame) -> pl.DataFrame:
    """Legs of one call as one row: when it began, who of the customers is named first, and how it was for those who were rung.

    The call that the legs belong to tells nothing of that: an exchange answers every call.
    """
    if not {"move_id", "leg_of"} & set(rows.columns):
        return rows
    rows = rows.with_columns(pl.coalesce(_filled(rows, "leg_of"), _filled(rows, "move_id")).alias(CALL))
    again = rows[CALL].is_duplicated() & rows[CALL].is_not_null()
    alone = rows.filter(~again)
    legs = rows.filter(again).with_columns(_filled(rows, "leg_of").is_not_null().alias(LEG))
    legs = legs.sort(LEG, "ts", maintain_order=True)
    if legs.is_empty():
        return alone.with_columns(move_id=CALL)
    named = pl.col("phone").fill_null("").str.starts_with("+") if "phone" in rows.columns else pl.lit(False)
    rung = [pl.col(LEG), pl.col(TALKED).fill_null(False)]
    first = {
        name: pl.col(name)
        .sort_by(named if name in WHOSE else rung, descending=True, maintain_order=True)
        .first()
        for name in alone.columns
        if name != CALL
    } | {"ts": pl.col("ts").min()}
    if "seconds" in rows.columns:
        first["seconds"] = pl.col("seconds").filter(pl.col(LEG) == pl.col(LEG).max()).max()
    whole = legs.group_by(CALL, maintain_order=True).agg(**first)
    return pl.concat([alone, whole.select(alone.columns)]).with_columns(move_id=CALL)


def _keyed(rows: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    """By the call's number; by when, who and how long where it has none."""
    if "move_id" not in rows.columns:
        return keyed(rows, "calls", origin.source, "ts", "phone", "seconds")
    told = [name for name in ("ts", "phone", "seconds") if name in rows.columns]
    bare = rows.with_columns(pl.when(pl.col("move_id").is_null()).then(name).alias(name) for name in told)
    return rows.with_columns(keyed(bare, "calls", origin.source, "move_id", *told)[KEY])


def _about(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    return {
        "seconds": has(rows, "seconds", None).cast(pl.Float64),
        "outcome": has(rows, "outcome"),
        "answered": pl.col(TALKED),
        "topic": has(rows, "subject"),
        "agent": has(rows, "agent"),
        "party": has(rows, "party"),
    }


CALLS = Kind(
    "calls",
    "calls, a row each",
    (
        *("ts", "time", "phone", "caller", "called", "direction", "seconds", "outcome", "agent", "subject"),
        *("move_id", "leg_of", "customer_id", "name", "email"),
    ),
    (
        DATED,
        Need(
            ("phone", "caller", "called"),
            "no column with phones",
            "Say which one holds the caller's: --map phone=COLUMN.",
        ),
        Need(
            ("seconds", "direction", "outcome"),
            "no column that says how long a call was, who called or how it ended",
            "Say which one holds it: --map seconds=COLUMN, direction or outcome.",
        ),
    ),
    _read,
    each=Need(("ts",), "The row has no time.", "Fill in when the call was."),
    telling=("seconds", "direction"),
)
