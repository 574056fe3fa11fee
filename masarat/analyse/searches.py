"""What visitors search for in the shop, what comes of it, and what they do not find."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, Need
from masarat.analyse.folding import folded
from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.visits import LONGEST, MOMENT, earliest
from masarat.store import Query
from masarat.words import Words

RankBy = Literal["times", "nothing", "unopened", "revenue"]

# How many products a search found, as the shop (`results`) or Matomo (`search_count`) tells it; NULL where nobody does.
RESULTS = "toFloat64OrNull(coalesce(nullIf(toString(props.results), ''), toString(props.search_count)))"

SEARCHED, OPENED, BOUGHT = 1, 2, 3
OPENING = ("Product Clicked", "Product Viewed", "Product Added")
AGAIN, VISIT = (
    5,
    30,
)  # minutes: within which another search mends this one; within which what was opened came of it
MINUTE = 60_000 << 20  # in MOMENT

# One row a search with words in it, folded to the key under which ways to write it are one.
ASKED = f"""
SELECT customer_id, moment, {folded("asked")} AS key, trimBoth(asked) AS typed, results
FROM moves WHERE name = 'Products Searched' AND key != ''"""

# What those who searched did, in order: (moment, what, key, results or -1, gross).
WALKS = f"""
SELECT customer_id, {earliest("(moment, what, key, results, gross)", LONGEST)} AS walk
FROM (
    SELECT customer_id, moment, {SEARCHED} AS what, key, ifNull(results, -1) AS results, toDecimal64(0, 4) AS gross FROM asked
    UNION ALL
    SELECT customer_id, moment, {OPENED}, '', -1, toDecimal64(0, 4)
    FROM moves WHERE name != 'Products Searched' AND customer_id GLOBAL IN (SELECT customer_id FROM asked)
    UNION ALL
    SELECT customer_id, bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts)) + 1, 20) - 1, {BOUGHT}, '', -1, toDecimal64(gross, 4)
    FROM sales WHERE is_order AND customer_id GLOBAL IN (SELECT customer_id FROM asked)
)
GROUP BY customer_id"""

# One row a search, with what its visitor did later, and when they searched next.
FOLLOWED = f"""
SELECT customer_id, one.1 AS moment, one.3 AS key, one.4 AS results, arrayFilter(each -> each.1 > one.1, walk) AS later,
       arrayMap(each -> each.1, arrayFilter(each -> each.2 = {SEARCHED}, later)) AS searches,
       if(empty(searches), moment + bitShiftLeft(toUInt64(1), 62), searches[1]) AS next
FROM walks ARRAY JOIN arrayFilter(each -> each.2 = {SEARCHED}, walk) AS one"""

# And what came of it.
FOUND = f"""
SELECT customer_id, key, results,
       arrayExists(each -> each.2 = {SEARCHED} AND each.3 != key AND each.1 <= moment + {AGAIN * MINUTE}, later) AS refined,
       arrayExists(each -> each.2 = {OPENED} AND each.1 < least(next, moment + {VISIT * MINUTE} + 1), later) AS opened,
       arrayFilter(each -> each.2 = {BOUGHT} AND each.1 <= moment + {{hours:UInt64}} * {60 * MINUTE}, later) AS bought,
       notEmpty(bought) AS converted,
       arraySum(arrayMap(each -> if(each.1 < next, each.5, toDecimal64(0, 4)), bought)) AS revenue
FROM followed"""

# Each key as it is most often written.
SPELLED = """
SELECT key, argMax(typed, (times, typed)) AS spelling
FROM (SELECT key, typed, count() AS times FROM asked GROUP BY key, typed) GROUP BY key"""

# All searches together first, then each key.
SUMMED = """
SELECT key, grouping(key) AS whole, count() AS times, uniqExact(customer_id) AS visitors, uniqExact(key) AS queries,
       countIf(results = 0) AS nothing, countIf(results >= 0) AS telling, nothing / nullIf(telling, 0) AS nothing_share,
       countIf(refined) / times AS refined_share, countIf(opened) / times AS opened_share, countIf(NOT opened) AS unopened,
       countIf(converted) / times AS conversion, sum(revenue) AS revenue
FROM found GROUP BY GROUPING SETS ((key), ())"""

ROWS = """
SELECT *, row_number() OVER (ORDER BY whole DESC, {rank_by} DESC, times DESC, key) - 1 AS rank,
       first_value(spelling) OVER (PARTITION BY whole ORDER BY nothing DESC, times DESC, key) AS unmet,
       max(nothing) OVER (PARTITION BY whole) AS unmet_times
FROM summed GLOBAL LEFT JOIN spelled USING (key)
ORDER BY rank LIMIT {{limit:UInt32}} + 1"""


class Searches(Analysis):
    """What visitors search for in the shop, whether they find it, and what they buy after it; what is sought and not found stands out.

    For the merchant who asks what people want that the shop does not have, or does not call by their words. A search is a Products Searched
    event with words in it. Words are one however they are written: case, diacritics, tatweel, the forms of alef, ya and ta marbuta
    and the digits do not tell them apart, so قهوة and قهوه are one; shown is how they are most often written. The same wish in two
    languages stands as two.

    A search found nothing where the shop tells that it found no product (`results`, or Matomo's `search_count`); the share is of the searches
    that tell it. It was mended where the same visitor searched for other words within five minutes. A product was opened where the visitor
    clicked, viewed or added one within half an hour and before their next search. Conversion is the share of searches after which the
    visitor completed an order within `hours`; the gross revenue of an order goes to the last search before it, so that revenues add up.
    Orders count from every source and channel, also after the period; the segment chooses searches. That buyers search more does not
    prove that the search made them buy. Searches that name no visitor are left out, as is what a visitor did beyond their first thousand
    moves of these kinds.
    """

    rank_by: RankBy = Field("times", description="What searches are ranked by.")
    hours: int = Field(
        24, ge=1, le=24 * 30, description="Hours after a search within which an order comes of it."
    )
    limit: int = Field(50, ge=1, le=10_000, description="How many searches are shown.")

    view = "ranking"
    columns = (
        Column("query", "text"),
        Column("times", "count"),
        Column("visitors", "count"),
        Column("nothing", "count"),
        Column("nothing_share", "percent"),
        Column("refined_share", "percent"),
        Column("opened_share", "percent"),
        Column("unopened", "count"),
        Column("conversion", "percent"),
        Column("revenue", "money"),
    )
    numbers = (Column("times", "count"), Column("queries", "count"), *columns[2:])
    picture = (Column("query", "text"), Column("times", "count"), Column("nothing", "count"))
    needs = (Need("Products Searched"),)
    about = ("Products Searched",)
    sample = "times"
    words = Words(
        en="""
title = Searches in the shop
about = What visitors search for, whether they find it, and what they buy after it.
param-rank_by = Ranked by
param-hours = Hours to buy
param-limit = Rows
query = Search
times = Searches
    .formula = Times that it was searched for
queries = Different searches
    .formula = Different words that were searched for, however they are written
visitors = Visitors
    .formula = Different visitors who searched for it
nothing = Found nothing
    .formula = Searches of which the shop tells that they found no product
nothing_share = Found nothing, share
    .formula = Searches that found no product, divided by the searches that tell how many they found
refined_share = Searched again
    .formula = Searches after which the visitor searched for other words within five minutes, divided by all
opened_share = Opened a product
    .formula = Searches after which a product was clicked, viewed or added within half an hour and before the next search, divided by all
unopened = Opened nothing
    .formula = Searches after which no product was opened
conversion = Ordered after it
    .formula = Searches after which the visitor completed an order within the hours, divided by all
revenue = Revenue after it
    .formula = Gross revenue of the orders within the hours, each given to the last search before it
sentence = { $times ->
    [one] One search
   *[other] { $times } searches
} by { $visitors ->
    [one] one visitor
   *[other] { $visitors } visitors
}{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } on the period before)
}: { $opened } opened a product, and { $conversion } ordered.
found-nothing = { $share } found nothing; most often sought in vain: { $unmet } ({ $times ->
    [one] once
   *[other] { $times } times
}, { $part } of all searches).
found-all = Every search found something.
note-few = { $n ->
    [one] There is only one search
   *[other] There are only { $n } searches
}: shares are rough.
note-no-results = No search tells how many products it found (`results`), so what is sought in vain is not known. Look at those after which nothing was opened.
""",
        ar="""
title = البحث في المتجر
about = عمّا يبحث الزوار، وهل يجدونه، وماذا يشترون بعده.
param-rank_by = الترتيب حسب
param-hours = ساعات الشراء
param-limit = عدد الصفوف
query = البحث
times = مرات البحث
    .formula = كم مرة بُحث عنها
queries = عبارات مختلفة
    .formula = العبارات المختلفة التي بُحث عنها، كيفما كُتبت
visitors = الزوار
    .formula = الزوار المختلفون الذين بحثوا عنها
nothing = بلا نتيجة
    .formula = عمليات البحث التي يذكر المتجر أنها لم تجد منتجًا
nothing_share = نسبة ما لا نتيجة له
    .formula = عمليات البحث التي لم تجد منتجًا مقسومة على ما يذكر عدد نتائجه
refined_share = بحثوا من جديد
    .formula = عمليات بحث تلاها بحث عن عبارة أخرى خلال خمس دقائق، مقسومة على كلها
opened_share = فتحوا منتجًا
    .formula = عمليات بحث تلاها نقر منتج أو عرضه أو إضافته خلال نصف ساعة وقبل البحث التالي، مقسومة على كلها
unopened = لم يفتحوا شيئًا
    .formula = عمليات بحث لم يُفتح بعدها منتج
conversion = طلبوا بعده
    .formula = عمليات بحث أتم صاحبها طلبًا خلال الساعات التالية، مقسومة على كلها
revenue = الإيرادات بعده
    .formula = إجمالي إيرادات طلبات تلك الساعات، وكل طلب لآخر بحث قبله
sentence = { $times ->
    [one] بحث واحد
    [two] عمليتا بحث
    [few] { $times } عمليات بحث
    [many] { $times } عملية بحث
   *[other] { $times } عملية بحث
} من { $visitors ->
    [one] زائر واحد
    [two] زائرين
    [few] { $visitors } زوار
    [many] { $visitors } زائرًا
   *[other] { $visitors } زائر
}{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } عن الفترة السابقة)
}: { $opened } منها فُتح بعدها منتج، و{ $conversion } تبعها طلب.
found-nothing = { $share } لم تجد شيئًا، وأكثر ما طُلب ولم يوجد: { $unmet } ({ $times ->
    [one] مرة واحدة
    [two] مرتان
    [few] { $times } مرات
    [many] { $times } مرة
   *[other] { $times } مرة
}، أي { $part } من كل عمليات البحث).
found-all = وكلها وجدت شيئًا.
note-few = { $n ->
    [one] ليس هنا إلا عملية بحث واحدة
    [two] ليس هنا إلا عمليتا بحث
    [few] ليس هنا إلا { $n } عمليات بحث
    [many] ليس هنا إلا { $n } عملية بحث
   *[other] ليس هنا إلا { $n } عملية بحث
}: فالنسب تقريبية.
note-no-results = لا يذكر أي بحث كم منتجًا وجد (`results`)، فلا يُعرف ما طُلب ولم يوجد. انظر إلى ما لم يُفتح بعده شيء.
""",
    )

    def query(self, frame: Frame) -> Query:
        days = -(-self.hours // 24)
        wide = replace(
            frame, period=replace(frame.period, last=frame.period.last + timedelta(days=days)), breakdown=""
        )
        told = {
            "moment": MOMENT,
            "asked": "if(name = 'Products Searched', toString(props.query), '')",
            "results": f"if(name = 'Products Searched', {RESULTS}, NULL)",
        }
        of_period = "toUnixTimestamp64Milli(ts) < {until:Int64}"
        return Query(
            steps={
                "moves": moves(wide, f"name IN {{looked:Array(String)}} AND {of_period}", more=told),
                "sales": replace(wide, segment=()).sales(),
                "asked": ASKED,
                "walks": WALKS,
                "followed": FOLLOWED,
                "found": FOUND,
                "spelled": SPELLED,
                "summed": SUMMED,
                "rows": ROWS.format(rank_by=self.rank_by),
            },
            values=wide.values
            | {
                "until": frame.values["end"],
                "looked": ["Products Searched", *OPENING],
                "hours": self.hours,
                "limit": self.limit,
            },
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is all searches together."""
        found.rows, found.before_rows = found.rows[1:], []
        for row in found.rows:
            row["query"] = row["spelling"]
        found.picture = found.rows
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        said = found.say(
            "sentence",
            times=totals["times"],
            visitors=totals["visitors"],
            change=found.change_words("times") or "none",
            opened=found.percent("opened_share"),
            conversion=found.percent("conversion"),
        )
        if not totals["telling"]:
            return said
        if not totals["nothing"]:
            return f"{said} {found.say('found-all')}"
        first = found.rows[0]
        unmet = found.say(
            "found-nothing",
            share=found.percent("nothing_share"),
            unmet=found.speaker.text(first["unmet"]),
            times=first["unmet_times"],
            part=found.speaker.percent(first["unmet_times"] / totals["times"]),
        )
        return f"{said} {unmet}"

    def notes(self, found: Found) -> list[str]:
        times, notes = found.totals["times"], []
        if times < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=times))
        if not found.totals["telling"]:
            notes.append(found.say("note-no-results"))
        return notes


Searches.example = Searches(rank_by="nothing")
