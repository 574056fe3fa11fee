"""Buckets by number: 1 is the first of the period, 0 the one before it, so that neighbours in time differ by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.period import Period

EPOCH = date(1970, 1, 1)  # a Thursday


def place(frame: Frame, by: Bucket, day: str = "day") -> str:
    """SQL for the number of the bucket that a day falls in, in the asked calendar; it binds what `based` gives."""
    if by == "day":
        number = f"toInt32({day})"
    elif by == "week":
        number = f"intDiv(toInt32({day}) + 4, 7)"
    elif frame.calendar == "hijri":
        number = f"toInt32(indexOf({{months:Array(UInt16)}}, toUInt16({frame.bucket('month', day)})))"
    else:
        number = f"toInt32(toYear({day}) * 12 + toMonth({day}))"
    return f"{number} - {{base:Int32}}"


def based(frame: Frame, by: Bucket) -> dict[str, int]:
    """What `place` binds: the number of the bucket before the period."""
    first = frame.buckets(by)[0]
    days = (first - EPOCH).days
    if by == "day":
        return {"base": days - 1}
    if by == "week":
        return {"base": (days + 4) // 7 - 1}
    if frame.calendar == "hijri":
        return {"base": frame.values["months"].index(days)}
    return {"base": first.year * 12 + first.month - 1}


def last_whole(frame: Frame, by: Bucket) -> int:
    """The number of the last bucket that is over: neither the period nor the log ends within it."""
    span = frame.facts.span(())
    seen = min(frame.period.last, span[1]) if span else frame.period.last
    buckets = frame.buckets(by)
    after = [*buckets[1:], _next(frame, by)]
    return sum(begin - timedelta(days=1) <= seen for begin in after)


def _next(frame: Frame, by: Bucket) -> date:
    """The first day of the bucket after the period's last one."""
    first = frame.buckets(by)[-1]
    later = replace(frame, period=Period(first, first + timedelta(days=31))).buckets(by)
    return next((begin for begin in later if begin > first), date.max)
