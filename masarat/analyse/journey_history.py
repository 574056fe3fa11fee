"""The sizes of the stages over time."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.stages import LOCAL_DAY, TURNS, Rules
from masarat.store import Query, Row
from masarat.words import Words


class JourneyHistory(Analysis):
    """How many customers were in each stage of the journey at the end of every day, week or month.

    For whoever asks whether the shop fills up or empties: more people interested but no more buying, or a stage that silently drains. See
    `journey` for what a stage is; here every customer's path is followed through the period, so that yesterday's sizes are those of
    yesterday, and no later move changes them. Came in and went out count changes of stage within the point of time; a customer may come
    and go several times. Every stage is shown at every point, empty ones too; the picture leaves out dormant and lost.
    """

    by: Bucket = Field("month", description="Length of one point: day, week or month.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("stage", "text"),
        Column("customers", "count"),
        Column("came_in", "count"),
        Column("went_out", "count"),
    )
    numbers = (
        Column("customers", "count"),
        Column("on_the_way", "count"),
        Column("on_the_way_first", "count"),
    )
    picture = (Column("start", "date"), Column("breakdown", "text"), Column("customers", "count"))
    needs = ()
    about = ()
    sample = "customers"
    words = Words(
        en="""
title = Stages over time
about = How many customers were in each stage of the journey, week by week or month by month.
param-by = By
customers = Customers
    .formula = Customers in this stage at the end of the point of time
came_in = Came in
    .formula = Times that somebody came into this stage within the point of time
went_out = Went out
    .formula = Times that somebody left this stage within the point of time
on_the_way = On the way
    .formula = Customers in a stage at the end of the period: neither dormant nor lost
on_the_way_first = On the way at first
    .formula = The same at the end of the first point of time
sentence = { $now ->
    [0] Nobody is
    [one] One customer is
   *[other] { $now } customers are
} on the way at the end of the period; at the end of its first { $by ->
    [day] day
    [week] week
   *[month] month
} it was { $first }. { $grew ->
    [none] { "" }
   *[other] { $grew } grew the most: by { $growth }.
}
""",
        ar="""
title = المراحل عبر الزمن
about = كم عميلًا كان في كل مرحلة من الرحلة، أسبوعًا بأسبوع أو شهرًا بشهر.
param-by = الوحدة
customers = العملاء
    .formula = العملاء الذين في هذه المرحلة عند آخر الوحدة الزمنية
came_in = دخلوها
    .formula = كم مرة دخل عميل هذه المرحلة خلال الوحدة الزمنية
went_out = خرجوا منها
    .formula = كم مرة خرج عميل من هذه المرحلة خلال الوحدة الزمنية
on_the_way = في الطريق
    .formula = من هم في مرحلة عند آخر الفترة: لا خاملون ولا مفقودون
on_the_way_first = في الطريق أولًا
    .formula = العدد نفسه عند آخر أول وحدة زمنية
sentence = { $now ->
    [zero] لا أحد في الطريق عند آخر الفترة
    [one] في الطريق عند آخر الفترة عميل واحد
    [two] في الطريق عند آخر الفترة عميلان
    [few] في الطريق عند آخر الفترة { $now } عملاء
    [many] في الطريق عند آخر الفترة { $now } عميلًا
   *[other] في الطريق عند آخر الفترة { $now } عميل
}، وكان عددهم { $first } عند آخر أول { $by ->
    [day] يوم
    [week] أسبوع
   *[month] شهر
} منها. { $grew ->
    [none] { "" }
   *[other] وأكثر المراحل نموًا «{ $grew }»: زادت { $growth }.
}
""",
    )

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        return Query(
            steps={
                **rules.people(frame),
                "turned": TURNED,
                "found": FOUND.format(start=frame.bucket(self.by)),
            },
            values=rules.values(frame) | {"first_day": frame.period.first},
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """The running sums of who came and went: a row every stage and point of time."""
        rules = Rules(found.frame.told.stages())
        titles = rules.titles(found.speaker)
        starts = found.frame.buckets(self.by)
        sizes = _sizes(found.rows, starts, len(titles))
        found.rows = [row | {"stage": titles[row["place"] - 1]} for row in sizes]
        found.picture = [
            row | {"breakdown": row["stage"]} for row in found.rows if row["place"] <= rules.last
        ]
        found.totals = _totals(sizes, starts, rules.last)
        if found.frame.before:
            found.before = _totals(
                _sizes(found.before_rows, before := found.frame.earlier().buckets(self.by), len(titles)),
                before,
                rules.last,
            )
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        growth = {
            stage: _size(found.rows, stage, -1) - _size(found.rows, stage, 0)
            for stage in dict.fromkeys(row["breakdown"] for row in found.picture)
        }
        most = max(growth, key=lambda stage: growth[stage])
        return found.say(
            "sentence",
            now=totals["on_the_way"],
            first=totals["on_the_way_first"],
            by=self.by,
            grew=most if growth[most] > 0 else "none",
            growth=growth[most],
        )


def _size(rows: list[Row], stage: str, index: int) -> int:
    return int([row["customers"] for row in rows if row["stage"] == stage][index])


def _sizes(rows: list[Row], starts: list[date], places: int) -> list[Row]:
    """What came and went before the first point only counts towards its size."""
    came = {(row["start"], row["two"]): 0 for row in rows}
    went = {(row["start"], row["one"]): 0 for row in rows}
    size = dict.fromkeys(range(places + 1), 0)
    for row in rows:
        if row["earlier"]:
            size[row["two"]] += row["times"]
            size[row["one"]] -= row["times"]
        else:
            came[row["start"], row["two"]] += row["times"]
            went[row["start"], row["one"]] += row["times"]
    found = []
    for start in starts:
        for place in range(1, places + 1):
            came_in, went_out = came.get((start, place), 0), went.get((start, place), 0)
            size[place] += came_in - went_out
            found.append(
                {
                    "start": start,
                    "place": place,
                    "customers": size[place],
                    "came_in": came_in,
                    "went_out": went_out,
                }
            )
    return found


def _totals(sizes: list[Row], starts: list[date], last: int) -> Row:
    def sum_at(start: date, most: float) -> int:
        return sum(row["customers"] for row in sizes if row["start"] == start and row["place"] <= most)

    return {
        "customers": sum_at(starts[-1], float("inf")),
        "on_the_way": sum_at(starts[-1], last),
        "on_the_way_first": sum_at(starts[0], last),
    }


# One row every change of stage, ever.
TURNED = f"""
SELECT {LOCAL_DAY.format("turn.3")} AS turned_on, turn.3 < {{start:Int64}} AS earlier,
       if(earlier, {{first_day:Date}}, turned_on) AS day, turn.1 AS one, turn.2 AS two
FROM (SELECT {TURNS} AS turns FROM paths) ARRAY JOIN turns AS turn"""

FOUND = """
SELECT {start} AS start, earlier, one, two, count() AS times
FROM turned GROUP BY start, earlier, one, two ORDER BY start, earlier, one, two"""

JourneyHistory.example = JourneyHistory(by="month", compare="none")
