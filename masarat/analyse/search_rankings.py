"""Where the shop stands in search engines, and where a better place would bring most."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found, Need
from masarat.analyse.folding import folded
from masarat.analyse.frame import Frame
from masarat.analyse.moves import PAGE
from masarat.models.falling import Falling, falling
from masarat.store import Query, Row
from masarat.words import Words

Of = Literal["query", "page"]
RankBy = Literal["opportunity", "clicks", "impressions", "position", "change"]

MOST = 5000  # searches or pages that are looked at, those shown most
FEWEST, SHOWN = 10, 100  # so many of them, each shown so often, tell a curve
GOOD = 3.0  # the place with which opportunity is reckoned

WHAT: dict[Of, str] = {"query": "toString(props.query)", "page": PAGE}


def _number(name: str) -> str:
    return f"toFloat64OrNull(toString(props.{name}))"


SHOWINGS = """
SELECT {what} AS written, {key} AS key, ifNull({clicks}, 0) AS clicked, ifNull({impressions}, 0) AS shown, {position} AS place
FROM events
WHERE name = 'Search Result Shown' AND {within}{only} AND key != ''"""

# All together first, then each search or page. A place counts as often as it was shown.
ROWS = """
SELECT argMax(written, (shown, written)) AS term, key, uniqExact(key) AS terms, sum(clicked) AS clicks,
       sum(shown) AS impressions, least(clicks / nullIf(impressions, 0), 1) AS ctr,
       sumIf(shown * place, place > 0) / nullIf(sumIf(shown, place > 0), 0) AS position
FROM showings GROUP BY GROUPING SETS ((key), ())
ORDER BY grouping(key) DESC, impressions DESC, key LIMIT {most:UInt32} + 1"""


class SearchRankings(Analysis):
    """For which searches the shop is shown by search engines, at which place, how many click, and where a better place would bring most.

    For whoever cares for being found (SEO). It reads the exports of Google Search Console: searches and pages with how often they were shown,
    clicked, and at which place on average. A report counts on its last day, so choose periods that hold whole reports. Searches that
    differ only in how letters are written are one. The place is averaged by how often it was shown: 1 is the top.

    What share of clicks is to be expected at a place is taken from this shop's own searches (or pages): the falling curve nearest to
    their click rates, each weighted by how often it was shown (isotonic regression, Ayer and others 1955). It takes at least ten of them, each
    shown a hundred times. Opportunity is how many more clicks there would be at place three: times shown × (expected rate at place
    three − own rate), never below nothing; where the shop has nothing as high as that, the curve stays at its best known rate. Who stands
    well and is clicked less than expected there needs a better title; who stands low needs a better place. Searches for the shop's own
    name are clicked more than others and lift the curve. Search Console keeps rare searches to itself, so that totals of searches are less
    than those of pages. Looked at are the 5,000 that are shown most; the change of place compares with the period before.
    """

    of: Of = Field("query", description="What is listed: searches (query) or pages (page).")
    rank_by: RankBy = Field("opportunity", description="What they are ranked by.")
    limit: int = Field(50, ge=1, le=MOST, description="How many are shown.")

    view = "ranking"
    columns = (
        Column("term", "text"),
        Column("impressions", "count"),
        Column("clicks", "count"),
        Column("ctr", "percent"),
        Column("position", "number"),
        Column("expected", "percent"),
        Column("opportunity", "count"),
        Column("position_before", "number"),
        Column("change", "number"),
        Column("clicks_before", "count"),
    )
    numbers = (
        Column("clicks", "count"),
        Column("impressions", "count"),
        Column("ctr", "percent"),
        Column("position", "number"),
        Column("opportunity", "count"),
        Column("terms", "count"),
    )
    picture = (Column("term", "text"), Column("ranked", "number"))
    needs = (Need("Search Result Shown"),)
    about = ("Search Result Shown",)
    sample = "impressions"
    words = Words(
        en="""
title = Places in search engines
about = For which searches the shop is shown, at which place, and where a better place would bring most.
param-of = Of
param-rank_by = Ranked by
param-limit = Rows
term = Search or page
terms = Searches or pages
    .formula = Different searches or pages that were shown
impressions = Shown
    .formula = Times that the shop was shown in the results
clicks = Clicks
    .formula = Times that it was clicked there
ctr = Click rate
    .formula = Clicks divided by times shown
position = Place
    .formula = Average place in the results, weighted by times shown; 1 is the top
expected = Expected at this place
    .formula = Click rate that the shop's own results have at this place (falling curve)
opportunity = More clicks at place 3
    .formula = Times shown × (expected click rate at place three − own click rate), not below nothing
position_before = Place before
    .formula = Average place in the compared period
change = Places gained
    .formula = Place before minus place now: more than nothing is nearer to the top
clicks_before = Clicks before
    .formula = Clicks in the compared period
ranked = By the chosen measure
sentence = Shown { $impressions ->
    [one] once
   *[other] { $impressions } times
} in search results, { $clicks ->
    [0] never clicked
    [one] clicked once
   *[other] clicked { $clicks } times
}{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } on the period before)
}{ $place ->
    [none] { "" }
   *[other] , on average at place { $place }
}.
best = Most is to be won with { $term }: { $more ->
    [one] one more click
   *[other] { $more } more clicks
} at place 3 instead of { $place }.
note-few = Fewer than { $n } were shown { $shown } times and more: too few to tell which click rate is to be expected at a place.
note-far = Nothing of the shop stands at place 3 or above: the expected rate there is that of its best place ({ $place }), and opportunities are at least that.
""",
        ar="""
title = المراتب في محركات البحث
about = لأي عبارات يظهر المتجر، وفي أي مرتبة، وأين ينفع تحسين المرتبة أكثر.
param-of = لماذا
param-rank_by = الترتيب حسب
param-limit = عدد الصفوف
term = العبارة أو الصفحة
terms = العبارات أو الصفحات
    .formula = العبارات أو الصفحات المختلفة التي ظهرت
impressions = مرات الظهور
    .formula = كم مرة ظهر المتجر في النتائج
clicks = النقرات
    .formula = كم مرة نُقر عليه فيها
ctr = نسبة النقر
    .formula = النقرات مقسومة على مرات الظهور
position = المرتبة
    .formula = متوسط المرتبة في النتائج مرجّحًا بمرات الظهور؛ 1 هي الأعلى
expected = المتوقع في هذه المرتبة
    .formula = نسبة النقر في هذه المرتبة بحسب نتائج المتجر نفسه (منحنى لا يصعد)
opportunity = نقرات إضافية في المرتبة 3
    .formula = مرات الظهور × (نسبة النقر المتوقعة في المرتبة الثالثة − نسبته)، ولا تقل عن لا شيء
position_before = المرتبة السابقة
    .formula = متوسط المرتبة في الفترة المقارنة
change = المراتب المكتسبة
    .formula = المرتبة السابقة ناقص المرتبة الآن: ما زاد على الصفر اقتراب من الأعلى
clicks_before = النقرات السابقة
    .formula = النقرات في الفترة المقارنة
ranked = بالمقياس المختار
sentence = ظهر المتجر في نتائج البحث { $impressions ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $impressions } مرات
    [many] { $impressions } مرة
   *[other] { $impressions } مرة
}، { $clicks ->
    [zero] ولم يُنقر عليه
    [one] ونُقر عليه مرة واحدة
    [two] ونُقر عليه مرتين
    [few] ونُقر عليه { $clicks } مرات
    [many] ونُقر عليه { $clicks } مرة
   *[other] ونُقر عليه { $clicks } مرة
}{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } عن الفترة السابقة)
}{ $place ->
    [none] { "" }
   *[other] ، ومتوسط مرتبته { $place }
}.
best = وأكبر مكسب في { $term }: { $more ->
    [one] نقرة إضافية
    [two] نقرتان إضافيتان
    [few] { $more } نقرات إضافية
    [many] { $more } نقرة إضافية
   *[other] { $more } نقرة إضافية
} لو كانت في المرتبة 3 بدل { $place }.
note-few = ما ظهر { $shown } مرة فأكثر أقل من { $n }: لا يكفي لمعرفة نسبة النقر المتوقعة في كل مرتبة.
note-far = لا شيء من المتجر في المرتبة 3 أو فوقها: فالنسبة المتوقعة فيها نسبة أفضل مراتبه ({ $place })، والفرص لا تقل عن المذكور.
""",
    )

    def query(self, frame: Frame) -> Query:
        numbers = {name: _number(name) for name in ("clicks", "impressions", "position")}
        key = folded("written") if self.of == "query" else "written"
        return Query(
            steps={
                "showings": SHOWINGS.format(
                    what=WHAT[self.of], key=key, within=frame.within(), only=frame.only(), **numbers
                ),
                "rows": ROWS,
            },
            values=frame.values | {"most": MOST},
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is all together; the others get what is to be expected of them, and where they stood before."""
        rows, before = found.rows[1:], {row["key"]: row for row in found.before_rows[1:]}
        curve = expectation(rows)
        for row in rows:
            was = before.get(row["key"], {})
            row |= {"expected": _expected(curve, row), "opportunity": _opportunity(curve, row)}
            row |= {"position_before": was.get("position"), "clicks_before": was.get("clicks")}
            places = (row["position_before"], row["position"])
            row["change"] = None if None in places else places[0] - places[1]
        found.totals["opportunity"] = sum(row["opportunity"] for row in rows) if curve else None
        found.totals["highest"] = min((row["position"] for row in rows if row["position"]), default=None)
        found.rows = sorted(rows, key=self._place)[: self.limit]
        found.picture = [row | {"ranked": row[self.rank_by]} for row in found.rows]
        found.before_rows = []
        return found

    def _place(self, row: Row) -> tuple[bool, float, float, str]:
        """Best first: the highest figure, or the lowest place; those without one last."""
        figure = row[self.rank_by]
        sign = 1 if self.rank_by == "position" else -1
        return (figure is None, sign * (figure or 0), -row["impressions"], row["key"])

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        place = totals["position"]
        said = found.say(
            "sentence",
            impressions=round(totals["impressions"]),
            clicks=round(totals["clicks"]),
            change=found.change_words("clicks") or "none",
            place="none" if place is None else speak.number(round(place, 1)),
        )
        best = max(found.rows, key=lambda row: (row["opportunity"] or 0, row["key"]))
        if not round(best["opportunity"] or 0) or (best["position"] or 0) <= GOOD:
            return said
        more = found.say(
            "best",
            term=speak.text(best["term"]),
            more=round(best["opportunity"]),
            place=speak.number(round(best["position"], 1)),
        )
        return f"{said} {more}"

    def notes(self, found: Found) -> list[str]:
        if found.totals["opportunity"] is None:
            return [found.say("note-few", n=FEWEST, shown=SHOWN)]
        highest = found.totals["highest"]
        if highest is not None and highest > GOOD:
            return [found.say("note-far", place=found.speaker.number(round(highest, 1)))]
        return []


def expectation(rows: list[Row]) -> Falling | None:
    """The click rate to be expected at each place; none where too few are known well enough."""
    known = [row for row in rows if row["position"] and row["impressions"] >= SHOWN]
    if len(known) < FEWEST:
        return None
    return falling([(row["position"], row["ctr"], row["impressions"]) for row in known])


def _expected(curve: Falling | None, row: Row) -> float | None:
    return curve(row["position"]) if curve and row["position"] else None


def _opportunity(curve: Falling | None, row: Row) -> float | None:
    if not curve:
        return None
    return max(0.0, row["impressions"] * (curve(GOOD) - (row["ctr"] or 0.0))) if row["position"] else 0.0


SearchRankings.example = SearchRankings()
