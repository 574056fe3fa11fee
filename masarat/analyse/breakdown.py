"""Breakdown: any count of any move, split by anything that is known of it, over time."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import bound, known_field, read_step, seen
from masarat.analyse.parted import ADDS, MONEY, SHOWS, Measure, parted, values
from masarat.errors import BadParameter
from masarat.store import Query, Row
from masarat.words import Words

FIGURES = (
    Column("revenue", "money"),
    Column("average_order", "money"),
    Column("conversion", "percent"),
    Column("conversions", "count"),
    Column("per_customer", "number"),
    Column("orders", "count"),
    Column("customers", "count"),
    Column("sessions", "count"),
    Column("events", "count"),
)
ALWAYS = ("start", "part", "breakdown", "share", "parts")
EMPTY_IS_NONE = ("average_order", "conversion", "per_customer")


class Breakdown(Analysis):
    """Any count of any kind of move, split by anything that is known of it, over time: the question for what no other question asks.

    For whoever has a question of their own: orders by coupon, page views by path, customers by answer to a survey. What is counted is
    told by `step` (an event, with conditions where needed) and `measure`: events, different customers, visits (sessions), events per customer; orders, net
    revenue and average order for the step Order Completed; or conversion, the share of customers who after the step made the move
    `to` as well, within `days` days. What splits it is told by `dimension`: channel, source, country, city, branch, payment, coupon, campaign, device, path,
    medium, order, product, category, or props.NAME for any property. Moves that say nothing of it stand together, not stated.

    The largest `top` parts over the whole period are shown and all others together; however many values there are, no more is kept.
    A customer who is in two parts, or in two months, counts once in each, and once in the overall figure, so these need not add up. A
    move with several products counts once for each different one; revenue by product or category is that of the lines, so that delivery is in none.
    Revenue and averages follow the rules of the question `revenue`: net takes off refunds on their day, with the refund's own
    product lines and dimension; the conditions of the step hold for refunds, too. Moves that name nobody are left out, but for money. Conversion counts from
    each step to a move `to` after it or in the same millisecond; a move is not its own conversion; customers have less than their days
    where the log ends. Of a customer with more than 5,000 such moves it follows 5,000.
    """

    step: str = Field("Order Completed", description="What is counted, e.g. 'Page Viewed where path=/sale*'.")
    measure: Measure = Field("orders", description="How it is counted.")
    dimension: str = Field(
        "channel",
        min_length=1,
        description="What splits it: channel, device, path, product, category, props.NAME, …",
    )
    to: str = Field("Order Completed", description="Of conversion: the move that must follow.")
    days: int = Field(7, ge=1, le=365, description="Of conversion: within so many days.")
    by: Bucket = Field("month", description="Length of one point: day, week or month.")
    top: int = Field(10, ge=1, le=100, description="How many parts are shown; the others stand together.")

    view = "trend"
    columns = (Column("start", "date"), Column("part", "text"), *FIGURES, Column("share", "percent"))
    numbers = (*FIGURES, Column("parts", "count"))
    picture = (Column("start", "date"), Column("breakdown", "text"), *FIGURES)
    needs = ()
    about = ()
    sample = "sample"
    words = Words(
        en="""
title = Breakdown
about = Any count of any move, split by anything that is known of it, over time.
param-step = Of
param-measure = Count
measure-events = events
measure-customers = customers
measure-sessions = visits
measure-per_customer = events per customer
measure-orders = orders
measure-revenue = net revenue
measure-average_order = average order
measure-conversion = conversion
param-dimension = Split by
param-to = Followed by
param-days = Within days
param-by = By
param-top = Parts shown
part = Part
events = Events
    .formula = Moves of this kind by identified customers and visitors
customers = Customers
    .formula = Different customers and visitors who made the move
sessions = Visits
    .formula = Different visits in which the move was made
per_customer = Events per customer
    .formula = Moves of this kind divided by the customers who made them
average_order = Average order
    .formula = Revenue of completed orders divided by their number
conversions = Converted
    .formula = Customers who, after the step, made the second move within the days asked for
conversion = Conversion
    .formula = Converted customers divided by customers who made the step
share = Share of all
    .formula = The part's figure over the whole period, divided by the overall figure
parts = Different values
    .formula = How many values the split has in this period
others = all others
unknown = not stated
sentence = { $measure }: { $total } overall{ $second ->
    [none] , all of it { $first }
   *[other] ; the largest parts are { $first } ({ $first_value }) and { $second } ({ $second_value })
}.
note-largest = Of { $parts } different values the largest { $top } are shown, the others together.
note-few = It rests on only { $n ->
    [one] one move
   *[other] { $n } moves
}: read the figures with care.
""",
        ar="""
title = التقسيم
about = أي عدد لأي حركة، مقسّمًا حسب أي شيء يُعرف عنها، مع الوقت.
param-step = الحركة
param-measure = ما يُعدّ
measure-events = الحركات
measure-customers = العملاء
measure-sessions = الزيارات
measure-per_customer = الحركات لكل عميل
measure-orders = الطلبات
measure-revenue = صافي الإيرادات
measure-average_order = متوسط الطلب
measure-conversion = التحويل
param-dimension = مقسّمًا حسب
param-to = تتبعها حركة
param-days = خلال أيام
param-by = كل
param-top = الأقسام المعروضة
part = القسم
events = الحركات
    .formula = ما كان من هذه الحركة ممن عُرف من عملاء وزوّار
customers = العملاء
    .formula = المختلفون من عملاء وزوّار ممن كانت لهم الحركة
sessions = الزيارات
    .formula = الزيارات المختلفة التي كانت فيها الحركة
per_customer = الحركات لكل عميل
    .formula = عدد الحركات مقسومًا على من كانت لهم
average_order = متوسط الطلب
    .formula = إيرادات الطلبات المكتملة مقسومة على عددها
conversions = المتحوّلون
    .formula = من كانت لهم الحركة الثانية بعد الأولى خلال الأيام المطلوبة
conversion = التحويل
    .formula = المتحوّلون مقسومين على من كانت لهم الحركة الأولى
share = الحصة من الكل
    .formula = رقم القسم في الفترة كلها مقسومًا على الرقم الكلي
parts = القيم المختلفة
    .formula = عدد القيم التي ينقسم إليها في هذه الفترة
others = البقية
unknown = غير مذكور
sentence = { $measure }: { $total } في المجمل{ $second ->
    [none] ، كله في { $first }
   *[other] ؛ وأكبر الأقسام { $first } ({ $first_value }) ثم { $second } ({ $second_value })
}.
note-largest = القيم المختلفة { $parts }؛ يُعرض أكبر { $top } منها والبقية معًا.
note-few = لا تقوم هذه الأرقام إلا على { $n ->
    [one] حركة واحدة
    [two] حركتين
    [few] { $n } حركات
    [many] { $n } حركة
   *[other] { $n } حركة
}: اقرأها بحذر.
""",
    )

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        named = {column.name: column for column in columns}
        order = [*(name for name in named if name in ALWAYS[:3]), *SHOWS[self.measure], *ALWAYS[3:]]
        away = () if self.measure in ADDS else ("share",)
        return tuple(named[name] for name in order if name in named and name not in away)

    def query(self, frame: Frame) -> Query:
        steps = [read_step(self.step), *([read_step(self.to)] if self.measure == "conversion" else [])]
        seen(steps, frame.facts)
        if self.measure in MONEY and steps[0].name != "Order Completed":
            raise BadParameter(
                f"{self.measure} is counted of orders, not of {steps[0].name!r}.",
                "Take step='Order Completed', or another measure, e.g. measure='events'.",
            )
        field = known_field(self.dimension)
        return Query(
            steps=parted(frame, steps, self.measure, field, self.by),
            values=values(frame, self.measure, self.days)
            | bound(steps)
            | {"field": field.removeprefix("props."), "top": self.top},
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """Totals apart from rows, silent buckets filled in, the largest first."""
        found.rows, found.totals = self._told(found, found.frame, found.rows)
        found.picture = found.rows
        if found.frame.before:
            found.before_rows, found.before = self._told(found, found.frame.earlier(), found.before_rows)
        return found

    def _told(self, found: Found, frame: Frame, rows: list[Row]) -> tuple[list[Row], Row]:
        overall: Row = next((row for row in rows if row["level"] == 2), {})
        largest = sorted(
            (self._labelled(found, row, overall) for row in rows if row["level"] == 1),
            key=lambda row: (row["rest"], -(row[SHOWS[self.measure][-1]] or 0), row["breakdown"]),
        )
        by_label = {row["breakdown"]: row for row in largest}
        silent = {name: None if name in EMPTY_IS_NONE else 0 for name in SHOWS[self.measure]}
        timed = [self._labelled(found, row, overall) for row in rows if row["level"] == 0]
        order = list(by_label)
        table = sorted(
            dense(timed, frame.buckets(self.by), silent) if timed else [],
            key=lambda row: (row["start"], order.index(row["breakdown"])),
        )
        for row in table:
            row |= {name: by_label[row["breakdown"]][name] for name in ("part", "share")}
        return table, overall | {"largest": largest}

    def _labelled(self, found: Found, row: Row, overall: Row) -> Row:
        """A row under the name of its part, with the part's share where shares add up."""
        label = found.say("others") if row["rest"] else row["part"]
        total = overall.get(self.measure)
        share = row[self.measure] / total if self.measure in ADDS and total else None
        return row | {"breakdown": label, "part": label, "share": share}

    def explain(self, found: Found) -> str:
        named = [row for row in found.totals["largest"] if not row["rest"]]
        first, second = named[0], named[1] if len(named) > 1 else None
        return found.say(
            "sentence",
            measure=found.say(self.measure),
            total=self._value(found, found.totals),
            first=self._name(found, first),
            first_value=self._value(found, first),
            second=self._name(found, second) if second else "none",
            second_value=self._value(found, second) if second else "",
        )

    def _name(self, found: Found, row: Row) -> str:
        return found.speaker.text(row["part"]) if row["part"] else found.say("unknown")

    def _value(self, found: Found, row: Row) -> str:
        kind = next(column.kind for column in FIGURES if column.name == self.measure)
        return found.speaker.value(kind, row[self.measure], found.frame.currency)

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["parts"] > self.top:
            notes.append(found.say("note-largest", parts=found.speaker.count(totals["parts"]), top=self.top))
        if totals["sample"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["sample"]))
        return notes


Breakdown.example = Breakdown(measure="revenue", dimension="product", top=5)
