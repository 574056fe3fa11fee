"""Pages: which are visited, where visits begin and end, how long they hold, and what goes wrong on them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.visits import BOUNCED, BY_PLACE, READ, TITLES, VISIT, measured, measures, said
from masarat.store import Query
from masarat.words import Words

RankBy = Literal["visits", "views", "entries", "exits", "reloads", "rage_clicks", "errors", "lcp"]

FAST = 2500  # milliseconds to the largest piece of a page: Google's bound for good

# One row a visit: its pages and what each move on them was, a bit each (HERE: somebody was there, rather than that the page told
# something later), as arrays of numbers, which are small and quick. The order of the moves in them does not matter.
HERE, VIEW, RELOAD, RAGE, ERROR = 1, 2, 4, 8, 16
KIND = f"""(NOT is_told AND page != '') * {HERE} + is_view * {VIEW} + (name = 'Page Reloaded' OR (is_view AND toString(props.reload) = 'true')) * {RELOAD}
       + (name = 'Rage Clicked') * {RAGE} + (name = 'Error Seen') * {ERROR}"""

VISITS = f"""
SELECT customer_id, {VISIT} AS visit, countIf(is_view) AS views, countIf(NOT is_view AND NOT is_told) AS deeds,
       sum(engaged_ms) / 1000 AS engaged, dateDiff('millisecond', min(ts), max(ts)) / 1000 AS length, {BOUNCED} AS bounced,
       countIf(name = 'Order Completed') > 0 AS bought,
       argMinIf(place, at, bitAnd(kind, {HERE}) > 0) AS entry, argMaxIf(place, at, bitAnd(kind, {HERE}) > 0) AS exit,
       groupArrayIf({READ})(place, kind > 0) AS places, groupArrayIf({READ})(kind, kind > 0) AS kinds
FROM moves GROUP BY customer_id, visit"""

# Each page, and all of them together. A page counts once a visit: where somebody was there first.
COUNTED = f"""
SELECT place, grouping(place) AS whole, countIf(is_first) AS visits, uniqExactIf(customer_id, is_first) AS visitors,
       countIf(bitAnd(kind, {VIEW}) > 0) AS views, countIf(is_first AND place = entry) AS entries, countIf(is_first AND place = exit) AS exits,
       exits / visits AS exit_rate, countIf(is_first AND place = entry AND bounced) / nullIf(entries, 0) AS bounce_rate,
       countIf(bitAnd(kind, {RELOAD}) > 0) AS reloads, countIf(bitAnd(kind, {RAGE}) > 0) AS rage_clicks,
       countIf(bitAnd(kind, {ERROR}) > 0) AS errors, countIf(is_first AND bought) / visits AS conversion,
       uniqExactIf(place, is_first) AS pages
FROM (
    SELECT customer_id, place, kind, entry, exit, bounced, bought, nth = 1 AND here AS is_first
    FROM (SELECT *, arrayMap(kind -> bitAnd(kind, {HERE}), kinds) AS heres FROM visits)
    ARRAY JOIN places AS place, kinds AS kind, heres AS here, arrayEnumerateUniq(places, heres) AS nth)
GROUP BY GROUPING SETS ((place), ()) HAVING visits > 0"""

# What pages tell by themselves, one row a page of a visit, and in how many visits of which speed an order was completed.
SAID = f"""
SELECT place, sum(engaged_ms) / 1000 AS dwell, max(scroll) AS depth,
       argMax(lcp, moment) AS lcp, argMax(inp, moment) AS inp, argMax(cls, moment) AS cls,
       (customer_id, visit) GLOBAL IN (SELECT customer_id, {VISIT} FROM moves WHERE name = 'Order Completed') AS bought
FROM (SELECT *, {VISIT} AS visit FROM moves WHERE name IN ('Page Left', 'Web Vitals Measured')) GROUP BY customer_id, visit, place"""


def _converted(speed: str) -> str:
    """The conversion of the visits whose page was that fast; nothing where they are few."""
    return f"if(countIf(said.lcp {speed}) < {SMALL_SAMPLE}, NULL, countIf(bought AND said.lcp {speed}) / countIf(said.lcp {speed}))"


USUAL = f"""
SELECT place, grouping(place) AS whole, quantileExactInclusive(0.5)(dwell) AS dwell, quantileExactInclusive(0.5)(depth) AS scroll,
       quantileExactInclusive(0.75)(said.lcp) AS lcp, quantileExactInclusive(0.75)(said.inp) AS inp, quantileExactInclusive(0.75)(said.cls) AS cls,
       {_converted(f"<= {FAST}")} AS conversion_fast, {_converted(f"> {FAST}")} AS conversion_slow
FROM said GROUP BY GROUPING SETS ((place), ())"""

# All pages together first, then the largest.
ROWS = """
SELECT title AS page, ranked.* EXCEPT (place, whole)
FROM (
    SELECT * FROM counted GLOBAL LEFT JOIN usual USING (place, whole)
    ORDER BY whole DESC, {rank_by} DESC NULLS LAST, place LIMIT {{limit:UInt32}} + 1
) AS ranked
GLOBAL LEFT JOIN titles USING (place)
ORDER BY ranked.whole DESC, {rank_by} DESC NULLS LAST, page"""


def _told(frame: Frame) -> dict[str, str]:
    """What `moves` adds: how far down, how often anew, how fast."""
    vitals = {measure: said(frame, "Web Vitals Measured", measure) for measure in ("lcp", "inp", "cls")}
    return measures(frame) | vitals | {
        "title": "page",
        "place": "cityHash64(title)",
        "at": BY_PLACE,
        "kind": f"toUInt8({KIND})",
        "scroll": f"{said(frame, 'Page Left', 'scroll_depth')} / 100",
    }  # fmt: skip


class Pages(Analysis):
    """Which pages are visited, where visits begin and end, how long pages hold, what goes wrong on them, and what speed costs.

    For whoever looks after the site. A page is its path, without address and parameters; a visit saw it when any of its moves
    happened there, a view or a deed, so that a page whose view is not tracked counts too. A visit begins at the page of its first
    move that has one and ends at that of its last; what a page tells by itself (Page Left, Page Reloaded, Web Vitals Measured,
    Error Seen) is no move in this. A bounce is what `sessions` calls one, and counts for the page that the visit began with.
    Moves without a visit are left out. Of each visit 10,000 moves are looked at.

    Time on the page is the attention that a visit gave it in all (`engaged_ms` of Page Left) and scroll the deepest point, both as
    medians of the visits that tell them. Reloads are Page Reloaded, and views that say `reload`. Speed is told by Google's three
    measures, as the value that three visits in four stay under (p75): the largest piece shown (LCP, good up to 2,500 ms), the
    answer to a press (INP, good up to 200 ms) and how much the page jumps (CLS, good up to 0.1); of one visit the last value counts.
    Conversion is the share of the visits to a page that completed an order in the same visit, anywhere; beside it the same of the
    visits to which the page was fast (LCP up to 2,500 ms) and slow, where each are at least thirty. That slow visits buy less does
    not prove that speed is the cause: slow phones and slow networks come with other customers.
    """

    rank_by: RankBy = Field("visits", description="What pages are ranked by.")
    limit: int = Field(20, ge=1, le=10_000, description="How many pages are shown.")

    view = "ranking"
    columns = (
        Column("page", "text"),
        Column("visits", "count"),
        Column("visitors", "count"),
        Column("views", "count"),
        Column("entries", "count"),
        Column("exits", "count"),
        Column("exit_rate", "percent"),
        Column("bounce_rate", "percent"),
        Column("dwell", "duration"),
        Column("scroll", "percent"),
        Column("reloads", "count"),
        Column("rage_clicks", "count"),
        Column("errors", "count"),
        Column("lcp", "number"),
        Column("inp", "number"),
        Column("cls", "number"),
        Column("conversion", "percent"),
        Column("conversion_fast", "percent"),
        Column("conversion_slow", "percent"),
    )
    numbers = (
        Column("pages", "count"),
        Column("entries", "count"),
        Column("visitors", "count"),
        Column("views", "count"),
        *columns[7:16],
        *columns[17:],
    )
    picture = (Column("page", "text"), Column("ranked", "number"))
    needs = ()
    about = ()
    sample = "entries"
    words = Words(
        en="""
title = Pages
about = Which pages are visited, where visits begin and end, and what goes wrong on them.
param-rank_by = Ranked by
param-limit = Rows
page = Page
pages = Pages
    .formula = Different pages that visits came to
ranked = By the chosen measure
visits = Visits
    .formula = Visits with a move on the page
visitors = Visitors
    .formula = Different customers with such a visit, known by name or not
views = Views
    .formula = How often the page was viewed
entries = Visits begun
    .formula = Visits whose first move with a page was here
exits = Visits ended
    .formula = Visits whose last move with a page was here
exit_rate = Exit rate
    .formula = Visits ended here divided by visits that saw the page
bounce_rate = Bounce rate
    .formula = Of the visits begun here, those with at most one page, nothing done on it and less than ten seconds
dwell = Time on the page
    .formula = Median attention of a visit to the page, of the visits that tell it
scroll = Scroll depth
    .formula = Median of how far down visits came
reloads = Reloads
    .formula = How often the page was loaded anew
rage_clicks = Rage clicks
    .formula = Bursts of three clicks within a second on one spot
errors = Errors
    .formula = Errors that showed on the page
lcp = LCP (ms)
    .formula = Largest piece shown: three visits in four had it within so many milliseconds
inp = INP (ms)
    .formula = Answer to a press: three visits in four had it within so many milliseconds
cls = CLS
    .formula = How much the page jumps: in three visits of four no more than this
conversion = Conversion
    .formula = Visits to the page in which an order was completed, divided by all visits to it
conversion_fast = Conversion, fast
    .formula = The same of visits with LCP up to 2,500 ms, where there are at least thirty
conversion_slow = Conversion, slow
    .formula = The same of visits with LCP above 2,500 ms, where there are at least thirty
pages-n = { $n ->
    [one] One page was visited
   *[other] { $n } pages were visited
}
sentence = { $pages }; { $by ->
    [views] most often viewed is
    [entries] most visits begin at
    [exits] most visits end at
    [reloads] most often reloaded is
    [rage_clicks] most rage clicks are on
    [errors] most errors are on
    [lcp] slowest is
   *[visits] most often visited is
} { $page }.
slow = Where a page was slow, { $slow } of the visits bought, where it was fast, { $fast }.
note-empty = There is no visit to a page in these days; moves are known from { $first } to { $last }. Visits come with the browser SDK.
note-few-visits = There are only { $n ->
    [one] one visit
   *[other] { $n } visits
}: rates are rough.
note-no-attention = No page tells how long it was looked at (Page Left), so bounces go by the time from the first move to the last.
note-no-speed = No page tells how fast it was (Web Vitals Measured).
""",
        ar="""
title = الصفحات
about = أي الصفحات تُزار، وأين تبدأ الزيارات وتنتهي، وما يتعثر فيها.
param-rank_by = الترتيب حسب
param-limit = عدد الصفوف
page = الصفحة
pages = الصفحات
    .formula = الصفحات المختلفة التي بلغتها الزيارات
ranked = بالمقياس المختار
visits = الزيارات
    .formula = الزيارات التي فيها حركة على الصفحة
visitors = الزوار
    .formula = من لهم زيارة كهذه، عُرفوا أم لم يُعرفوا
views = المشاهدات
    .formula = كم مرة شوهدت الصفحة
entries = زيارات بدأت
    .formula = الزيارات التي كانت أول حركة لها على صفحة هنا
exits = زيارات انتهت
    .formula = الزيارات التي كانت آخر حركة لها على صفحة هنا
exit_rate = معدل الخروج
    .formula = الزيارات التي انتهت هنا مقسومة على الزيارات التي رأت الصفحة
bounce_rate = معدل الارتداد
    .formula = من الزيارات التي بدأت هنا، ما لا يزيد على صفحة ولم يُفعل فيه شيء ودام أقل من عشر ثوانٍ
dwell = مدة البقاء
    .formula = وسيط انتباه الزيارة للصفحة، في الزيارات التي تذكره
scroll = عمق التمرير
    .formula = وسيط ما بلغته الزيارات نزولًا في الصفحة
reloads = إعادات التحميل
    .formula = كم مرة أُعيد تحميل الصفحة
rage_clicks = نقرات العصبية
    .formula = كم مرة نُقر الموضع نفسه ثلاثًا في ثانية
errors = الأخطاء
    .formula = الأخطاء التي ظهرت في الصفحة
lcp = سرعة الظهور LCP ‏(م.ث)
    .formula = ظهور أكبر ما في الصفحة: في ثلاث زيارات من أربع خلال هذه المدة بأجزاء الألف من الثانية
inp = سرعة الاستجابة INP ‏(م.ث)
    .formula = الاستجابة للضغط: في ثلاث زيارات من أربع خلال هذه المدة بأجزاء الألف من الثانية
cls = القفز CLS
    .formula = كم تقفز الصفحة: في ثلاث زيارات من أربع لا يزيد على هذا
conversion = معدل التحويل
    .formula = زيارات الصفحة التي تم فيها طلب مقسومة على كل زياراتها
conversion_fast = التحويل وهي سريعة
    .formula = التحويل في زيارات كان LCP فيها حتى 2500 م.ث، إن بلغت ثلاثين
conversion_slow = التحويل وهي بطيئة
    .formula = التحويل في زيارات زاد LCP فيها على 2500 م.ث، إن بلغت ثلاثين
pages-n = { $n ->
    [one] زيرت صفحة واحدة
    [two] زيرت صفحتان
    [few] زيرت { $n } صفحات
    [many] زيرت { $n } صفحة
   *[other] زيرت { $n } صفحة
}
sentence = { $pages }، { $by ->
    [views] وأكثرها مشاهدة
    [entries] وأكثر الزيارات تبدأ عند
    [exits] وأكثر الزيارات تنتهي عند
    [reloads] وأكثرها إعادة تحميل
    [rage_clicks] وأكثر نقرات العصبية على
    [errors] وأكثر الأخطاء في
    [lcp] وأبطؤها
   *[visits] وأكثرها زيارة
} { $page }.
slow = وحين كانت الصفحة بطيئة اشترى { $slow } من الزيارات، وحين كانت سريعة { $fast }.
note-empty = لا زيارة لصفحة في هذه الأيام؛ والحركات معروفة من { $first } إلى { $last }. وتأتي الزيارات مع كود التتبع في متجرك.
note-few-visits = { $n ->
    [one] ليس هنا إلا زيارة واحدة
    [two] ليس هنا إلا زيارتان
    [few] ليس هنا إلا { $n } زيارات
    [many] ليس هنا إلا { $n } زيارة
   *[other] ليس هنا إلا { $n } زيارة
}: فالنسب تقريبية.
note-no-attention = لا تذكر الصفحات كم نُظر إليها (حركة «غادر صفحة»)، فيُعرف الارتداد بالزمن من أول حركة إلى آخرها.
note-no-speed = لا تذكر الصفحات سرعتها (حركة «قيست سرعة صفحته»).
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "moves": moves(frame, "session_id != ''", more=_told(frame)),
                "visits": VISITS,
                "titles": TITLES,
                "counted": COUNTED,
                "said": SAID,
                "usual": USUAL,
                "rows": ROWS.format(rank_by=self.rank_by),
            },
            values=measured(frame) | {"limit": self.limit},
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is all pages together."""
        found.rows, found.before_rows = found.rows[1:], []
        found.picture = [row | {"ranked": row[self.rank_by]} for row in found.rows]
        return found

    def explain(self, found: Found) -> str:
        said = found.say(
            "sentence",
            pages=found.say("pages-n", n=found.totals["pages"]),
            by=self.rank_by,
            page=found.speaker.text(found.rows[0]["page"]),
        )
        if None in (found.totals["conversion_slow"], found.totals["conversion_fast"]):
            return said
        slow, fast = found.percent("conversion_slow"), found.percent("conversion_fast")
        return f"{said} {found.say('slow', slow=slow, fast=fast)}"

    def notes(self, found: Found) -> list[str]:
        visits, notes = found.totals["entries"], []
        if visits < SMALL_SAMPLE:
            notes.append(found.say("note-few-visits", n=visits))
        missing = {"dwell": "note-no-attention", "lcp": "note-no-speed"}
        return notes + [found.say(key) for name, key in missing.items() if found.totals[name] is None]


Pages.example = Pages(rank_by="exits")
