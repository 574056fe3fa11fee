"""Sessions: visits over time, how long they are, and how many come to nothing."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import moves
from masarat.analyse.visits import measured, measures, visits
from masarat.store import Query, Row
from masarat.words import Words

# The whole period first, then each point of time.
ROWS = """
SELECT {start} AS start, {part} AS breakdown, count() AS visits, uniqExact(customer_id) AS visitors, sum(views) AS page_views,
       page_views / visits AS pages_per_visit, countIf(bounced) / visits AS bounce_rate, countIf(bought) / visits AS conversion,
       quantileExactInclusive(0.5)(length) AS length, {engaged} AS engaged
FROM visits GROUP BY GROUPING SETS (({groups}), ()) ORDER BY grouping(start) DESC, start, breakdown"""


class Sessions(Analysis):
    """How many visits there were, by how many visitors, how long they lasted, how many came to nothing and how many bought.

    For whoever asks whether the shop is visited, and whether visits lead somewhere. A visit is what the SDK, or the door in its
    place, calls one: moves of one visitor with no more than half an hour between them. It belongs to the day and the part of its
    first move, and to the customer who is known now, so that somebody who signs in on the way is one visitor and one visit. A
    visit that runs over the edge of the period counts with what fell into it. Moves without a visit are left out. An order of a
    visit is one that was completed in it.

    A bounce is a visit that was not engaged, as GA4 has it: at most one page or screen viewed, nothing done on it (any move but
    those that a page tells by itself, such as Page Left), and less than ten seconds of attention. Attention is what pages tell
    (`engaged_ms` of Page Left: visible and used); where they tell nothing, the time from the first move to the last stands for it.
    The length of a visit is always from its first move to its last, so that a visit of one move has none. Both are medians.
    Which pages visits begin and end with is the question `pages`.
    """

    by: Bucket = Field("day", description="Length of one point: day, week or month.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("breakdown", "text"),
        Column("visits", "count"),
        Column("visitors", "count"),
        Column("page_views", "count"),
        Column("pages_per_visit", "number"),
        Column("bounce_rate", "percent"),
        Column("conversion", "percent"),
        Column("length", "duration"),
        Column("engaged", "duration"),
    )
    numbers = columns[2:]
    needs = ()
    about = ()
    sample = "visits"
    breaks_down = True
    words = Words(
        en="""
title = Visits
about = How many visits there were, how long they lasted, and how many came to nothing.
param-by = By
visits = Visits
    .formula = Different visits, counted at their first move
visitors = Visitors
    .formula = Different customers with a visit, known by name or not
page_views = Page views
    .formula = Pages and screens viewed in these visits
pages_per_visit = Pages a visit
    .formula = Page views divided by visits
bounce_rate = Bounce rate
    .formula = Visits with at most one page, nothing done on it and less than ten seconds, divided by all visits
conversion = Conversion rate
    .formula = Visits in which an order was completed, divided by all visits
length = Length
    .formula = Median time from the first move of a visit to its last
engaged = Attention
    .formula = Median time in which a visit's pages were visible and used, of the visits that tell it
sentence = { $visits ->
    [one] One visit
   *[other] { $visits } visits
} by { $visitors ->
    [one] one visitor
   *[other] { $visitors } visitors
}{ $change ->
    [none] { "" }
   *[other] , { $change } on the period before
}: { $bounced } came to nothing, and { $conversion } ended in an order.
note-empty = There is no visit in these days; moves are known from { $first } to { $last }. Visits come with the browser SDK.
note-few-visits = There are only { $n ->
    [one] one visit
   *[other] { $n } visits
}: rates are rough.
note-no-attention = No page tells how long it was looked at (Page Left), so bounces go by the time from the first move to the last.
""",
        ar="""
title = الزيارات
about = كم زيارة كانت، وكم دامت، وكم منها لم يثمر شيئًا.
param-by = كل
visits = الزيارات
    .formula = الزيارات المختلفة، تُعد عند أول حركة فيها
visitors = الزوار
    .formula = من لهم زيارة، عُرفوا أم لم يُعرفوا
page_views = المشاهدات
    .formula = ما شوهد من صفحات وشاشات في هذه الزيارات
pages_per_visit = الصفحات في الزيارة
    .formula = المشاهدات مقسومة على الزيارات
bounce_rate = معدل الارتداد
    .formula = الزيارات التي لا تزيد على صفحة ولم يُفعل فيها شيء ودامت أقل من عشر ثوانٍ، مقسومة على كل الزيارات
conversion = معدل التحويل
    .formula = الزيارات التي تم فيها طلب مقسومة على كل الزيارات
length = مدة الزيارة
    .formula = وسيط الزمن من أول حركة في الزيارة إلى آخرها
engaged = مدة الانتباه
    .formula = وسيط الزمن الذي كانت فيه صفحات الزيارة ظاهرة ومستعملة، في الزيارات التي تذكره
sentence = { $visits ->
    [one] زيارة واحدة
    [two] زيارتان
    [few] { $visits } زيارات
    [many] { $visits } زيارة
   *[other] { $visits } زيارة
} من { $visitors ->
    [one] زائر واحد
    [two] زائرين
    [few] { $visitors } زوار
    [many] { $visitors } زائرًا
   *[other] { $visitors } زائر
}{ $change ->
    [none] { "" }
   *[other] ، { $change } عن الفترة السابقة
}: { $bounced } منها ارتدّت، و{ $conversion } انتهت بطلب.
note-empty = لا زيارة في هذه الأيام؛ والحركات معروفة من { $first } إلى { $last }. وتأتي الزيارات مع كود التتبع في متجرك.
note-few-visits = { $n ->
    [one] ليس هنا إلا زيارة واحدة
    [two] ليس هنا إلا زيارتان
    [few] ليس هنا إلا { $n } زيارات
    [many] ليس هنا إلا { $n } زيارة
   *[other] ليس هنا إلا { $n } زيارة
}: فالنسب تقريبية.
note-no-attention = لا تذكر الصفحات كم نُظر إليها (حركة «غادر صفحة»)، فيُعرف الارتداد بالزمن من أول حركة إلى آخرها.
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "moves": moves(frame, "session_id != ''", more=measures(frame)),
                "visits": visits(frame),
                "rows": ROWS.format(
                    start=frame.bucket(self.by),
                    part="part" if frame.breakdown else "''",
                    groups="start, part" if frame.breakdown else "start",
                    engaged="quantileExactInclusive(0.5)(engaged)"
                    if "Page Left" in frame.facts.counts
                    else "NULL",
                ),
            },
            values=measured(frame),
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is the whole; silent points show as none."""
        frame = found.frame
        found.rows = dense(found.rows[1:], frame.buckets(self.by), SILENT)
        if frame.before:
            found.before_rows = dense(found.before_rows[1:], frame.earlier().buckets(self.by), SILENT)
        return found

    def explain(self, found: Found) -> str:
        return found.say(
            "sentence",
            visits=found.totals["visits"],
            visitors=found.totals["visitors"],
            change=found.change_words("visits") or "none",
            bounced=found.percent("bounce_rate"),
            conversion=found.percent("conversion"),
        )

    def notes(self, found: Found) -> list[str]:
        visits, notes = found.totals["visits"], []
        if visits < SMALL_SAMPLE:
            notes.append(found.say("note-few-visits", n=visits))
        if found.totals["engaged"] is None:
            notes.append(found.say("note-no-attention"))
        return notes


SILENT: Row = {
    "visits": 0,
    "visitors": 0,
    "page_views": 0,
    "pages_per_visit": None,
    "bounce_rate": None,
    "conversion": None,
    "length": None,
    "engaged": None,
}

Sessions.example = Sessions(by="week")
