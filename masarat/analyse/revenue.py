"""Revenue over time."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.store import Query, Row
from masarat.words import Words

SILENT: Row = {"net": 0.0, "gross": 0.0, "refunds": 0.0, "orders": 0, "customers": 0, "aov": None}


class Revenue(Analysis):
    """How much was sold, given back and kept, day by day, week by week or month by month.

    Gross revenue is what completed orders came to after discounts and before shipping and tax; net takes off refunds on the day they
    were given. Orders with nothing to pay (samples, replacements) are kept in the log but not counted as orders. Months are
    Gregorian or Hijri (Umm al-Qura); weeks begin on Sunday; days are the shop's own. Silent buckets show as zero. Every
    answer is computed from the log as it stands now: an order that arrives late or is corrected restates its past month.
    """

    by: Bucket = Field("month", description="Length of one point: day, week or month.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("breakdown", "text"),
        Column("net", "money"),
        Column("gross", "money"),
        Column("refunds", "money"),
        Column("orders", "count"),
        Column("customers", "count"),
        Column("aov", "money"),
    )
    numbers = columns[2:]
    breaks_down = True
    words = Words(
        en="""
title = Revenue
about = How much was sold, given back and kept over time.
param-by = By
sentence = Net revenue was { $net } from { $orders ->
    [one] one order
   *[other] { $orders } orders
}{ $change ->
    [none] { "" }
   *[other] , { $change } on the period before
}.
best = { $by ->
    [day] The best day
    [week] The best week began on
   *[month] The best month
} { $by ->
    [week] { "" }
   *[other] was{ " " }
}{ $best } with { $best_net }.
""",
        ar="""
title = الإيرادات
about = كم بعت، وكم أعدت، وكم بقي لك مع الوقت.
param-by = كل
sentence = بلغ صافي الإيرادات { $net } من { $orders ->
    [one] طلب واحد
    [two] طلبين
    [few] { $orders } طلبات
    [many] { $orders } طلبًا
   *[other] { $orders } طلب
}{ $change ->
    [none] { "" }
   *[other] ، { $change } عن الفترة السابقة
}.
best = { $by ->
    [day] وأفضل يوم
    [week] وأفضل أسبوع ما بدأ في
   *[month] وأفضل شهر
} { $best } بمبلغ { $best_net }.
""",
    )

    def query(self, frame: Frame) -> Query:
        measures = """
       sum(net) AS net, sum(gross) AS gross, sum(refund) AS refunds, countIf(is_order) AS orders,
       countIf(is_order AND customer_id = 0) AS unidentified,
       uniqExactIf(customer_id, is_order AND customer_id != 0) AS customers,
       if(orders = 0, NULL, toFloat64(gross) / orders) AS aov"""
        return Query(
            steps={
                "sales": frame.sales(),
                "totals": f"SELECT {measures} FROM sales",
                "by_time": f"""
SELECT {frame.bucket(self.by)} AS start, breakdown, {measures}
FROM sales GROUP BY start, breakdown ORDER BY start, breakdown""",
            },
            values=frame.values,
            rows="by_time",
            totals="totals",
        )

    def interpret(self, found: Found) -> Found:
        """Fill silent buckets with zeros."""
        frame = found.frame
        found.rows = dense(found.rows, frame.buckets(self.by), SILENT)
        if frame.before:
            found.before_rows = dense(found.before_rows, frame.earlier().buckets(self.by), SILENT)
        return found

    def explain(self, found: Found) -> str:
        totals: dict[date, float] = {}
        for row in found.rows:
            totals[row["start"]] = totals.get(row["start"], 0.0) + row["net"]
        sentence = found.say(
            "sentence",
            net=found.money("net"),
            orders=found.totals["orders"],
            change=found.change_words("net") or "none",
        )
        if len(totals) < 2:
            return sentence
        start = max(totals, key=lambda start: totals[start])
        best = (found.speaker.month if self.by == "month" else found.speaker.day)(start)
        best_net = found.speaker.money(totals[start], found.frame.currency, whole=True)
        return f"{sentence} {found.say('best', by=self.by, best=best, best_net=best_net)}"


Revenue.example = Revenue(by="month")
