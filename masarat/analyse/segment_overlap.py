"""Saved segments side by side: what each brings, and how far they are the same customers."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import SAVED, Frame
from masarat.analyse.people import OWNER_NOW
from masarat.store import Query
from masarat.words import Words

MUCH = 0.5  # shared of two segments' customers from which they are called nearly the same


class SegmentOverlap(Analysis):
    """What each saved segment brings, and how many customers any two of them share.

    For whoever writes to segments: who is in two would hear from you twice, and two that share nearly everybody are one. Members are those
    of the last making, those merged since included; orders and revenue are theirs in the period, net of refunds, in the asked currency.
    Overlap is the Jaccard index: customers in both divided by customers in either (Jaccard 1901); 100 % are the same customers, 0 % share none.
    A small segment inside a large one has little overlap though all of it is shared: the shared customers stand beside it. The newest segments
    are shown, up to `limit`. Shares are of the customers who are in any segment shown; they add up to more than 100 % where segments
    overlap. How a rule's segment changed since another day is told by `rule_customers` asked of two periods.
    """

    limit: int = Field(12, ge=2, le=30, description="How many segments to show, the newest.")

    view = "grid"
    columns = (
        Column("segment_title", "text"),
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("buyers", "count"),
        Column("orders_each", "number"),
        Column("revenue", "money"),
        Column("share", "percent"),
        Column("monetary", "money"),
        Column("alone", "count"),
        Column("nearest", "text"),
        Column("shared", "count"),
        Column("overlap", "percent"),
    )
    numbers = (
        Column("segments", "count"),
        Column("customers", "count"),
        Column("in_several", "count"),
        Column("revenue", "money"),
        Column("share", "percent"),
    )
    picture = (
        Column("segment_title", "text"),
        Column("other", "text"),
        Column("overlap", "percent"),
        Column("shared", "count"),
    )
    sample = "known"
    words = Words(
        en="""
title = Segments side by side
about = What each saved segment brings, and how many customers they share.
segment_title = Segment
other = And
segments = Segments
    .formula = Saved segments that are shown
customers = Customers
    .formula = Customers who are in any of the segments shown
share_of_customers = Share of customers
    .formula = Customers of the segment divided by all who are in any segment shown
buyers = Bought
    .formula = Those of them with a completed order in the period
orders_each = Orders each
    .formula = Completed orders in the period divided by the segment's customers
revenue = Revenue
    .formula = Net revenue of these customers in the period
share = Share of revenue
    .formula = Their net revenue divided by that of all identified customers in the period
monetary = Revenue each
    .formula = Net revenue in the period divided by customers
alone = Only here
    .formula = Customers of the segment who are in no other segment shown
nearest = Nearest
    .formula = The segment it overlaps with most
shared = Shared customers
    .formula = Customers who are in both
overlap = Overlap
    .formula = Customers in both divided by customers in either (Jaccard index)
in_several = In several
    .formula = Customers who are in two segments or more
none-saved = No segment is saved yet. Write a rule on the segments' page, or save the customers of an answer.
sentence = { $segments ->
    [one] One segment holds { $count } customers
   *[other] { $segments } segments hold { $count } customers
}, who bring { $share } of revenue; { $several ->
    [0] none is in two.
    [one] one of them is in two or more.
   *[other] { $several } of them are in two or more.
}
same = { $one } and { $other } are nearly the same customers: { $overlap } overlap.
apart = No two segments are nearly the same.
note-small-segments = { $n ->
    [one] One segment has fewer than { $least } customers
   *[other] { $n } segments have fewer than { $least } customers
}: read their averages as a hint.
""",
        ar="""
title = الشرائح جنبًا إلى جنب
about = ماذا تجلب كل شريحة محفوظة، وكم من العملاء تشترك فيه مع غيرها.
segment_title = الشريحة
other = مع
segments = الشرائح
    .formula = الشرائح المحفوظة المعروضة
customers = العملاء
    .formula = العملاء الذين هم في إحدى الشرائح المعروضة
share_of_customers = الحصة من العملاء
    .formula = عملاء الشريحة مقسومين على كل من هم في إحدى الشرائح المعروضة
buyers = اشتروا
    .formula = من له منهم طلب مكتمل في الفترة
orders_each = طلبات العميل
    .formula = الطلبات المكتملة في الفترة مقسومة على عملاء الشريحة
revenue = الإيرادات
    .formula = صافي إيرادات هؤلاء العملاء في الفترة
share = الحصة من الإيرادات
    .formula = صافي إيراداتهم مقسومًا على صافي إيرادات العملاء المعروفين كلهم في الفترة
monetary = إيراد العميل
    .formula = صافي الإيرادات في الفترة مقسومًا على العملاء
alone = فيها وحدها
    .formula = عملاء الشريحة الذين ليسوا في شريحة أخرى معروضة
nearest = أقرب الشرائح
    .formula = الشريحة الأكثر تداخلًا معها
shared = المشتركون
    .formula = العملاء الذين هم في الشريحتين معًا
overlap = التداخل
    .formula = من هم في الشريحتين معًا مقسومين على من هم في إحداهما (مؤشر جاكار)
in_several = في أكثر من شريحة
    .formula = العملاء الذين هم في شريحتين أو أكثر
none-saved = لم تُحفظ شريحة بعد. اكتب قاعدة في صفحة الشرائح، أو احفظ عملاء إجابة من الإجابات.
sentence = { $segments ->
    [zero] لا شرائح تضم { $count } من العملاء
    [one] شريحة واحدة تضم { $count } من العملاء
    [two] شريحتان تضمان { $count } من العملاء
    [few] { $segments } شرائح تضم { $count } من العملاء
    [many] { $segments } شريحة تضم { $count } من العملاء
   *[other] { $segments } شريحة تضم { $count } من العملاء
}، يجلبون { $share } من الإيرادات، { $several ->
    [zero] ولا أحد منهم في شريحتين.
    [one] وواحد منهم في أكثر من شريحة.
    [two] واثنان منهم في أكثر من شريحة.
    [few] و{ $several } منهم في أكثر من شريحة.
    [many] و{ $several } منهم في أكثر من شريحة.
   *[other] و{ $several } منهم في أكثر من شريحة.
}
same = وتكاد { $one } و{ $other } تضمان العملاء أنفسهم: التداخل { $overlap }.
apart = ولا شريحتين تكادان تتطابقان.
note-small-segments = { $n ->
    [one] شريحة واحدة فيها أقل من { $least } عميلًا
    [two] شريحتان في كل منهما أقل من { $least } عميلًا
    [few] { $n } شرائح في كل منها أقل من { $least } عميلًا
    [many] { $n } شريحة في كل منها أقل من { $least } عميلًا
   *[other] { $n } شريحة في كل منها أقل من { $least } عميلًا
}: خذ متوسطاتها إشارةً لا حكمًا.
""",
    )

    def query(self, frame: Frame) -> Query:
        only = frame.only("segment_members") if all(name == SAVED for name, _, _ in frame.segment) else ""
        return Query(
            steps={
                "sales": frame.sales(),
                "bought": """
SELECT customer_id, countIf(is_order) AS orders, sum(net) AS revenue FROM sales WHERE customer_id != 0 GROUP BY customer_id""",
                "held": f"""
SELECT owner AS customer_id, arraySort(groupUniqArray(indexOf({{makings:Array(String)}}, making))) AS places
FROM (SELECT making, {OWNER_NOW} AS owner FROM segment_members WHERE making IN {{makings:Array(String)}}{only})
GROUP BY owner""",
                "members": "SELECT customer_id, places, orders, revenue FROM bought GLOBAL FULL JOIN held USING (customer_id)",
                "totals": """
SELECT count() AS known, countIf(notEmpty(places)) AS customers, countIf(length(places) > 1) AS in_several,
       sumIf(members.revenue, notEmpty(places)) AS brought, brought AS revenue,
       toFloat64(brought) / nullIf(toFloat64(sum(members.revenue)), 0) AS share
FROM members""",
                "by_segment": """
SELECT place, count() AS customers, countIf(members.orders > 0) AS buyers, sum(members.orders) AS orders_all,
       sum(members.revenue) AS revenue, countIf(length(places) = 1) AS alone
FROM members ARRAY JOIN places AS place GROUP BY place ORDER BY place""",
                "pairs": """
SELECT pair.1 AS one, pair.2 AS two, count() AS shared
FROM (SELECT arrayJoin(arrayFlatten(arrayMap(one -> arrayMap(two -> (one, two), places), places))) AS pair FROM held)
GROUP BY one, two ORDER BY one, two""",
            },
            values=frame.values | {"makings": [one.making for one in frame.told.saved()[: self.limit]]},
            rows="by_segment",
            totals="totals",
            picture="pairs",
        )  # fmt: skip

    def interpret(self, found: Found) -> Found:
        """Every segment, and every two of them, by their titles; those that hold nobody too."""
        saved = list(found.frame.told.saved())[: self.limit]
        rows = {row["place"]: row for row in found.rows}
        shared = {(row["one"], row["two"]): row["shared"] for row in found.picture}
        sizes = [rows.get(place, {}).get("customers", 0) for place in range(1, len(saved) + 1)]
        titles = _different([one.title for one in saved])

        def overlap(one: int, two: int) -> float:
            both = shared.get((one, two), 0)
            return both / either if (either := sizes[one - 1] + sizes[two - 1] - both) else 0.0

        places = range(1, len(saved) + 1)
        found.picture = [
            {"segment_title": titles[one - 1], "other": titles[two - 1], "overlap": overlap(one, two), "shared": shared.get((one, two), 0)}
            for one in places
            for two in places
        ]  # fmt: skip
        everybody, whole = found.totals.get("customers") or 0, found.totals.get("revenue")
        found.rows = []
        for place, title in zip(places, titles, strict=True):
            row, size = rows.get(place, {}), sizes[place - 1]
            near = max((other for other in places if other != place), key=lambda other: (overlap(place, other), -other), default=0)  # fmt: skip
            near = near if near and shared.get((place, near)) else 0
            revenue = row.get("revenue", 0.0)
            found.rows.append({
                "segment_title": title,
                "customers": size,
                "share_of_customers": size / everybody if everybody else 0.0,
                "buyers": row.get("buyers", 0),
                "orders_each": row["orders_all"] / size if size else None,
                "revenue": revenue,
                "share": revenue / (whole / found.totals["share"]) if whole and found.totals["share"] else None,
                "monetary": revenue / size if size else None,
                "alone": row.get("alone", 0),
                "nearest": titles[near - 1] if near else "",
                "shared": shared.get((place, near), 0),
                "overlap": overlap(place, near) if near else 0.0,
            })  # fmt: skip
        found.totals |= {"segments": len(saved)}
        found.before |= {"segments": None} if found.before else {}
        found.before_picture = []
        return found

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        if not totals["segments"]:
            return found.say("none-saved")
        said = found.say("sentence", segments=totals["segments"], count=speak.count(totals["customers"]),
                         share=found.percent("share"), several=totals["in_several"])  # fmt: skip
        pairs = [
            row for row in found.picture if row["segment_title"] < row["other"] and row["overlap"] >= MUCH
        ]
        if not pairs:
            return f"{said} {found.say('apart')}" if totals["segments"] > 1 else said
        first = max(pairs, key=lambda row: row["overlap"])
        names = {"one": speak.text(first["segment_title"]), "other": speak.text(first["other"])}
        return f"{said} {found.say('same', overlap=speak.percent(first['overlap']), **names)}"

    def notes(self, found: Found) -> list[str]:
        small = sum(row["customers"] < SMALL_SAMPLE for row in found.rows)
        return [found.say("note-small-segments", n=small, least=SMALL_SAMPLE)] if small else []


def _different(titles: list[str]) -> list[str]:
    """Titles that are told apart: the second of a name carries a number."""
    return [title if title not in titles[:place] else f"{title} ({place + 1})" for place, title in enumerate(titles)]  # fmt: skip


SegmentOverlap.example = SegmentOverlap()
