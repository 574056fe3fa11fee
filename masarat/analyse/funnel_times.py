"""How long customers take from the first step to the last: the whole spread, not the average alone."""

from __future__ import annotations

from typing import Any

from masarat.analyse.answer import Column
from masarat.analyse.attempts import attempts, values
from masarat.analyse.base import Found
from masarat.analyse.frame import Frame
from masarat.analyse.through_steps import ThroughSteps, spoken
from masarat.store import Query
from masarat.words import Words

# Where one stretch ends and the next begins, by unit.
ENDS: dict[str, tuple[int, ...]] = {
    "m": (1, 5, 15, 30, 60),
    "h": (3, 6, 12, 24),
    "d": (2, 4, 7, 14, 30, 90, 180, 365),
}
SECONDS = {"m": 60, "h": 3_600, "d": 86_400}


def stretches() -> list[tuple[int, int, int, str]]:
    """From, to, both in units of `to`; the unit: 0–1 minutes … 180–365 days."""
    found: list[tuple[int, int, int, str]] = []
    last = 0
    for unit, ends in ENDS.items():
        for end in ends:
            found.append((last, end * SECONDS[unit], end, unit))
            last = end * SECONDS[unit]
    return found


STRETCHES = stretches()


class FunnelTimes(ThroughSteps):
    """How long the customers who got through took from the first step to the last.

    For whoever decides when a reminder is due: nobody should be reminded while most still come by themselves. Customers, attempts
    and times are those of `funnel`; a stretch holds its end and not its beginning (5–15 minutes: more than 5, at most 15). Half took less
    than the median, nine in ten less than the time of the slow. Who did not get through is not in these times, and nobody can
    take longer than `within`: where the last stretches are full, ask with a longer one.
    """

    view = "bars"
    columns = (
        Column("stretch", "text"),
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("cumulative", "percent"),
    )
    numbers = (
        Column("median", "duration"),
        Column("slow", "duration"),
        Column("quick", "duration"),
        Column("converted", "count"),
        Column("entered", "count"),
    )
    words = Words(
        en="""
title = Time to get through
about = How long customers take from the first step to the last.
stretch = Time taken
customers = Customers
    .formula = Customers who got through and took so long
share_of_customers = Share
    .formula = Part of all who got through
cumulative = So far
    .formula = Part of all who got through in this time or less
median = Half took less than
    .formula = The middle of the times from the first step to the last
slow = Nine in ten took less than
    .formula = The time that nine in ten stayed below
quick = One in four took less than
    .formula = The time that one in four stayed below
stretch-of = { $from }–{ $to } { $unit ->
    [m] { $to ->
        [one] minute
       *[other] minutes
    }
    [h] hours
   *[d] days
}
sentence = Half of the { $n ->
    [one] one customer
   *[other] { $n } customers
} who got through took less than { $median }, nine in ten less than { $slow }.
nobody = Nobody got through in { $within }.
""",
        ar="""
title = مدة الطريق
about = كم يستغرق العملاء من الخطوة الأولى إلى الأخيرة.
stretch = المدة
customers = العملاء
    .formula = من أتمّوا واستغرقوا هذه المدة
share_of_customers = النسبة
    .formula = نسبتهم ممن أتمّوا
cumulative = حتى الآن
    .formula = نسبة من أتمّوا في هذه المدة أو أقل
median = نصفهم في أقل من
    .formula = أوسط المدد من الخطوة الأولى إلى الأخيرة
slow = تسعة من كل عشرة في أقل من
    .formula = المدة التي لم يتجاوزها تسعة من كل عشرة
quick = ربعهم في أقل من
    .formula = المدة التي لم يتجاوزها واحد من كل أربعة
stretch-of = { $from }–{ $to } { $unit ->
    [m] { $to ->
        [one] دقيقة
        [two] دقيقة
        [few] دقائق
        [many] دقيقة
       *[other] دقيقة
    }
    [h] { $to ->
        [one] ساعة
        [two] ساعة
        [few] ساعات
        [many] ساعة
       *[other] ساعة
    }
   *[d] { $to ->
        [one] يوم
        [two] يوم
        [few] أيام
        [many] يومًا
       *[other] يوم
    }
}
sentence = { $n ->
    [one] أتمّ عميل واحد الطريق في { $median }.
    [two] أتمّ عميلان الطريق، ومدة الأوسط بينهما { $median }.
    [few] أتمّ { $n } عملاء الطريق: نصفهم في أقل من { $median }، وتسعة من كل عشرة في أقل من { $slow }.
    [many] أتمّ { $n } عميلًا الطريق: نصفهم في أقل من { $median }، وتسعة من كل عشرة في أقل من { $slow }.
   *[other] أتمّ { $n } عميل الطريق: نصفهم في أقل من { $median }، وتسعة من كل عشرة في أقل من { $slow }.
}
nobody = لم يُتم أحد الطريق خلال { $within }.
""",
    )

    def query(self, frame: Frame) -> Query:
        way = self.way(frame)
        ends = [end for _, end, _, _ in STRETCHES]
        return Query(
            steps={
                **attempts(frame, way),
                "rows": f"""
SELECT count() AS entered, countIf(through) AS converted, countIf(is_open) AS open,
       quantilesExactInclusiveIf(0.25, 0.5, 0.9)(seconds, through) AS times,
       sumMapIf([toUInt8(arrayFirstIndex(end -> seconds <= end, {{ends:Array(UInt32)}}))], [toUInt64(1)], through) AS counted
FROM (SELECT is_open, level = {len(way.required)} AS through, (done - begun) / 1000 AS seconds FROM attempts)""",
            },
            values=frame.values | values(frame, way) | {"ends": ends},
            rows="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The one row's lists as stretches; silent ones between the first and the last are shown."""
        found.totals, found.before = (
            _numbers(rows[0]) if rows else {} for rows in (found.rows, found.before_rows)
        )
        found.rows = _stretched(found, found.rows[0]) if found.rows else []
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        way, totals = self.way(found.frame), found.totals
        if not totals["converted"]:
            return found.say("nobody", within=found.say("within-time", **spoken(way.within)))
        median, slow = (found.speaker.duration(totals[name]) for name in ("median", "slow"))
        return found.say("sentence", n=totals["converted"], median=median, slow=slow)

    def notes(self, found: Found) -> list[str]:
        return self.cautions(found)


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    known = row["times"] if row["converted"] else (None, None, None)
    quick, median, slow = known
    return {**row, "quick": quick, "median": median, "slow": slow}


def _stretched(found: Found, row: dict[str, Any]) -> list[dict[str, Any]]:
    places, counts = row["counted"]
    known = dict(zip(places, counts, strict=True))
    told, so_far = [], 0
    for place in range(min(known, default=1), max(known, default=0) + 1):
        since, _, end, unit = STRETCHES[place - 1]
        so_far += (count := known.get(place, 0))
        words = found.say("stretch-of", **{"from": f"{since / SECONDS[unit]:g}", "to": end, "unit": unit})
        told.append(
            {
                "stretch": words,
                "customers": count,
                "share_of_customers": count / row["converted"],
                "cumulative": so_far / row["converted"],
            }
        )
    return told


FunnelTimes.example = FunnelTimes(steps=("Product Added", "Order Completed"), within="1d")
