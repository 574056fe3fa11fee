"""Flow graph: which move directly follows which, how often and how fast; process mining in a merchant's words."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, event_title
from masarat.analyse.frame import Frame
from masarat.analyse.visits import Place, Within, titled, walked, walks
from masarat.store import Query, Row
from masarat.words import Words

PARTS = ("link", "begins", "ends", "variant")
DRAWN = 8  # places in the picture

# One row a walk: its places and their times, repeats folded where asked for.
CUT = """
SELECT customer_id, {way} AS way, {since} AS since FROM walks"""
# What is kept of an array of a walk where repeats are folded.
ONCE = "arrayFilter((each, place, before) -> place != before, {}, places, arrayPushFront(arrayPopBack(places), 0))"

# What a walk tells, one item each: that it is there, its links with their seconds, its ends, and its whole.
TOLD = """
SELECT customer_id, item.1 AS part, item.2 AS path, item.3 AS seconds
FROM cut ARRAY JOIN arrayConcat(
  [('all', CAST([], 'Array(UInt64)'), toFloat64(length(way))),
   ('begins', [way[1]], toFloat64(0)), ('ends', [way[-1]], toFloat64(0)), ('variant', way, toFloat64(0))],
  arrayMap((here, after, left, reached) -> ('link', [here, after], (reached - left) / 1000),
           arrayPopBack(way), arrayPopFront(way), arrayPopBack(since), arrayPopFront(since))) AS item"""

SHOWN = """
SELECT part, path, times, customers, median_time, moves, level, different FROM (
  SELECT *, sum(times) OVER (PARTITION BY part) AS level, count() OVER (PARTITION BY part) AS different
  FROM (
    SELECT part, path, count() AS times, uniqExact(customer_id) AS customers,
           if(part = 'link', quantileExactInclusive(0.5)(seconds), NULL) AS median_time, toUInt64(sum(seconds)) AS moves
    FROM told GROUP BY part, path))
ORDER BY part != 'all', part, times DESC, path
LIMIT {limit:UInt32} BY part"""

ROWS = f"""
SELECT * FROM ({titled("shown", "part", "times", "customers", "median_time", "moves", "level", "different")})
ORDER BY part != 'all', part, times DESC, path"""


class FlowGraph(Analysis):
    """Which move directly follows which, how often and after how long, where journeys begin and end, and their whole shapes.

    For whoever wants to see how things really run: browsing, or an order from the cart to the courier's cash. This is the
    directly-follows graph of process mining (W. van der Aalst, Process Mining, 2016), with a customer's moves as a case. A sequence is
    all the moves of a customer in the period, or with `within=visit` those of one visit, in their order. A link says how often its
    second place directly followed its first, in how many customers, and the median time between the two (the mean of the middle
    two where there is an even number). A variant is a whole sequence; its share is of all of them. Begins and ends are the first
    and the last place of each, as far as the period shows: one that goes on after it ends where the period does.

    A place is the event, the page or the content group. What a page tells by itself (Page Left, Page Reloaded, Web Vitals Measured,
    Error Seen) is no move. Repeats count as links of a place to itself unless `folded` is on. Of each sequence the earliest 1,000 moves
    are looked at; moves of the same millisecond stand in the order of their ids. The picture shows the eight places with most moves.
    """

    of: Place = Field(
        "event", description="What a place is: event, page, or group (the first part of the page's path)."
    )
    within: Within = Field(
        "period", description="What a sequence is: a customer's whole period, or one visit."
    )
    folded: bool = Field(False, description="Whether staying at a place counts once: A A A is A.")
    limit: int = Field(20, ge=1, le=1000, description="How many rows each list shows.")

    view = "grid"
    columns = (
        Column("part", "text"),
        Column("path", "path"),
        Column("times", "count"),
        Column("customers", "count"),
        Column("share", "percent"),
        Column("median_time", "duration"),
    )
    numbers = (
        Column("walks", "count"),
        Column("customers", "count"),
        Column("moves", "count"),
        Column("links", "count"),
        Column("transitions", "count"),
        Column("variants", "count"),
    )
    picture = (Column("place", "text"), Column("next", "text"), Column("times", "count"))
    needs = ()
    about = ()
    sample = "walks"
    words = Words(
        en="""
title = Flow graph
about = Which move follows which, how often, and after how long.
param-of = By
param-within = Within
param-folded = Fold repeats
param-limit = Rows
part = List
part-link = Link
part-begins = Begins
part-ends = Ends
part-variant = Variant
path = Path
place = Place
next = Next
times = Times
    .formula = How often the second place directly followed the first; of the other lists, sequences
share = Share
    .formula = Part of all of the same list: of links, of variants, of beginnings or of ends
median_time = Median time
    .formula = Half of the times from one place to the next are shorter than this
customers = Customers
    .formula = Different customers with such a sequence
walks = Sequences
    .formula = Customers with a move, or with within=visit, their visits
moves = Moves
    .formula = Moves of all sequences; folded repeats once
links = Links
    .formula = Different pairs of places that follow each other
transitions = Transitions
    .formula = How often a place directly followed another, all links together
variants = Variants
    .formula = Different whole sequences
walks-n = { $n ->
    [one] one sequence
   *[other] { $n } sequences
}
sentence = { $walks } took { $variants ->
    [one] one way
   *[other] { $variants } different ways
}; the most common one was taken by { $share } of them.
link = Most often { $path } follow each other, { $times } times, half of them within { $time }.
note-empty = No move of these days can be followed; moves are known from { $first } to { $last }. Moves without a visit are followed with within=period.
note-small-walks = Only { $walks }: shares are rough.
note-variants = Nearly every sequence is different: ask by group, within a visit, or with repeats folded to see shapes.
""",
        ar="""
title = خريطة التدفق
about = أي حركة تلي أيها، وكم مرة، وبعد كم من الوقت.
param-of = حسب
param-within = ضمن
param-folded = طيّ التكرار
param-limit = عدد الصفوف
part = القائمة
part-link = انتقال
part-begins = يبدأ عند
part-ends = ينتهي عند
part-variant = تسلسل كامل
path = المسار
place = الموضع
next = التالي
times = المرات
    .formula = كم مرة تلا الموضع الثاني الأول مباشرة؛ وفي القوائم الأخرى عدد التسلسلات
share = الحصة
    .formula = الجزء من القائمة نفسها: من الانتقالات أو التسلسلات أو البدايات أو النهايات
median_time = وسيط الزمن
    .formula = نصف الأزمنة بين الموضع وتاليه أقصر من هذا
customers = العملاء
    .formula = العملاء المختلفون الذين لهم تسلسل كهذا
walks = التسلسلات
    .formula = العملاء الذين لهم حركة، أو زياراتهم مع within=visit
moves = الحركات
    .formula = حركات كل التسلسلات؛ ويُعد التكرار المطوي مرة
links = الانتقالات المختلفة
    .formula = أزواج المواضع المختلفة التي يتلو بعضها بعضًا
transitions = الانتقالات
    .formula = كم مرة تلا موضع موضعًا مباشرة في كل الانتقالات معًا
variants = التسلسلات المختلفة
    .formula = التسلسلات الكاملة التي يختلف بعضها عن بعض
walks-n = { $n ->
    [one] تسلسل واحد
    [two] تسلسلان
    [few] { $n } تسلسلات
    [many] { $n } تسلسلًا
   *[other] { $n } تسلسل
}
sentence = { $walks } في { $variants ->
    [one] طريق واحد
    [two] طريقين مختلفين
    [few] { $variants } طرق مختلفة
    [many] { $variants } طريقًا مختلفًا
   *[other] { $variants } طريق مختلف
}، وأكثرها تكرارًا سارت عليه نسبة { $share } منها.
link = وأكثر ما يتتابع { $path }: { $times ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $times } مرات
    [many] { $times } مرة
   *[other] { $times } مرة
}، نصفها في أقل من { $time }.
note-empty = لا حركة في هذه الأيام يمكن تتبعها؛ والحركات معروفة من { $first } إلى { $last }. ولتتبع الحركات التي لا زيارة لها اسأل مع within=period.
note-small-walks = ليس هنا إلا { $walks }: فالحصص تقريبية.
note-variants = تكاد كل التسلسلات تختلف: اسأل حسب المجموعة أو ضمن الزيارة أو مع طيّ التكرار لترى أشكالها.
""",
    )

    def query(self, frame: Frame) -> Query:
        kept = ONCE if self.folded else "{}"
        return Query(
            steps={
                **walks(frame, self.of, self.within, by_id=True),
                "cut": CUT.format(way=kept.format("places"), since=kept.format("times")),
                "told": TOLD,
                "shown": SHOWN,
                "rows": ROWS,
            },
            values=walked(frame) | {"limit": max(self.limit, DRAWN * DRAWN)},
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """Split what the walks told into overall numbers, lists and the picture's links."""
        found.totals, found.before = _totals(found.rows), _totals(found.before_rows)
        found.rows = [
            row
            | {"share": row["times"] / row["level"], "path": [_titled(found, place) for place in row["path"]]}
            for row in found.rows
        ]
        found.picture = _among_largest([row for row in found.rows if row["part"] == "link"])
        found.rows = [
            row | {"kind": part, "part": found.say(f"part-{part}")}
            for part in PARTS
            for row in [row for row in found.rows if row["part"] == part][: self.limit]
        ]
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        first = {row["kind"]: row for row in reversed(found.rows)}
        said = found.say(
            "sentence",
            walks=found.say("walks-n", n=totals["walks"]),
            variants=totals["variants"],
            share=found.percent("share", first["variant"]),
        )
        if "link" not in first:
            return said
        link = first["link"]
        path, time = found.speaker.value("path", link["path"]), found.speaker.duration(link["median_time"])
        return f"{said} {found.say('link', path=path, times=link['times'], time=time)}"

    def notes(self, found: Found) -> list[str]:
        totals = found.totals
        if totals["walks"] < SMALL_SAMPLE:
            return [found.say("note-small-walks", walks=found.say("walks-n", n=totals["walks"]))]
        return [found.say("note-variants")] if totals["variants"] > totals["walks"] / 2 else []


def _totals(rows: list[Row]) -> Row:
    """The overall numbers, from the first row of each part."""
    if not rows:
        return {}
    first = {row["part"]: row for row in reversed(rows)}
    whole, link = first["all"], first.get("link", {"different": 0, "level": 0})
    counted: dict[str, Any] = {
        "walks": whole["times"],
        "customers": whole["customers"],
        "moves": whole["moves"],
    }
    return counted | {
        "links": link["different"],
        "transitions": link["level"],
        "variants": first["variant"]["different"],
    }


def _among_largest(links: list[Row]) -> list[Row]:
    """The links among the places that most transitions touch."""
    touched: dict[str, int] = {}
    for row in links:
        for place in row["path"]:
            touched[place] = touched.get(place, 0) + row["times"]
    largest = sorted(touched, key=lambda place: (-touched[place], place))[:DRAWN]
    ranked = {place: index for index, place in enumerate(largest)}
    drawn = [row for row in links if set(row["path"]) <= ranked.keys()]
    drawn.sort(key=lambda row: [ranked[place] for place in row["path"]])
    return [{"place": row["path"][0], "next": row["path"][1], "times": row["times"]} for row in drawn]


def _titled(found: Found, place: str) -> str:
    return event_title(place, found.speaker.language)


FlowGraph.example = FlowGraph(within="visit")
