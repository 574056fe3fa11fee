"""Delivery: what becomes of parcels, and where the cash of couriers is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import isnan
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, Need
from masarat.analyse.frame import Frame
from masarat.models.proportions import interval
from masarat.store import Query, Row
from masarat.words import Words

EVENTS = (
    "Order Completed", "Order Refunded", "Order Shipped", "Order Delivered", "Delivery Refused", "Payment Received",
)  # fmt: skip
AT_THE_DOOR = ("cash on delivery", "cash_on_delivery", "cash-on-delivery", "عند الاستلام", "عند التسليم")
PARTS = {"courier": "courier", "city": "city", "payment": "payment"}
AGES = ("to_7", "to_14", "to_30", "over_30")
DAYS = ("days_to_ship", "days_on_road", "days_to_door", "days_to_cash")
STEPS = ("ordered", "shipped", "delivered", "collected_parcels")


class Delivery(Analysis):
    """What becomes of parcels: ordered, shipped, delivered, paid; who refuses them at the door; and how much cash couriers still hold.

    For whoever sends parcels, most of all those paid at the door. A parcel is a completed order of the period that is no branch's; what happened to it
    since is looked up to the end of the log, by its number: shipped, delivered, refused at the door, paid (Payment Received), given
    back. Of a delivery or a refusal it follows that it was shipped. The refused share is of the parcels that came to an end (delivered or refused), with
    the interval in which it lies at 95 % (Wilson); those still on the road are in neither. Returned are parcels that were delivered and for which money
    was given back later.

    Paid at the door are orders whose way of payment is `cod` or says so in words (cash on delivery, الدفع عند الاستلام). What is due of them is the
    revenue of those delivered; what is collected is what was told as received for them, at most what was due; the rest is with the couriers, by
    how long ago it was delivered, in days up to the end of the log. With `payments=all` every parcel is counted, and cash stays that of those paid at the door.

    Late is what came after the promised day, where the courier's events say `late_days`; days are medians from order to door. Money is in
    the asked currency. A confirmation call is no event that sources tell, and is no step here.
    """

    split: Literal["courier", "city", "payment"] = Field(
        "courier", description="What the rows are: couriers, cities or ways of payment."
    )
    payments: Literal["cash", "all"] = Field("cash", description="Parcels paid at the door only, or all.")
    top: int = Field(30, ge=1, le=500, description="How many rows are shown, the largest first.")

    view = "steps"
    columns = (
        Column("part", "text"),
        Column("parcels", "count"),
        Column("delivered", "count"),
        Column("refused", "count"),
        Column("refused_share", "percent"),
        Column("refused_from", "percent"),
        Column("refused_to", "percent"),
        Column("on_the_way", "count"),
        Column("returned", "count"),
        Column("days_to_door", "days"),
        Column("late_share", "percent"),
        Column("due", "money"),
        Column("collected", "money"),
        Column("in_transit", "money"),
        Column("days_to_cash", "days"),
        *(Column(name, "money") for name in AGES),
    )
    numbers = (
        Column("parcels", "count"),
        Column("delivered", "count"),
        Column("refused_share", "percent"),
        Column("days_to_door", "days"),
        Column("late_share", "percent"),
        Column("due", "money"),
        Column("in_transit", "money"),
        Column("overdue", "money"),
    )
    picture = (
        Column("step", "text"),
        Column("customers", "count"),
        Column("from_first", "percent"),
        Column("from_previous", "percent"),
        Column("left_before", "count"),
        Column("median", "days"),
    )
    needs = (Need("Order Completed"), Need("Order Delivered"))
    about = ("Order Completed",)
    sample = "parcels"
    words = Words(
        en="""
title = Delivery
about = What becomes of parcels, who refuses them at the door, and how much cash is still with couriers.
param-split = By
param-payments = Parcels
param-top = Rows shown
split-courier = courier
split-city = city
split-payment = way of payment
payments-cash = paid at the door
payments-all = all
part = Part
unknown = not stated
parcels = Parcels
    .formula = Completed orders of the period that are no branch's
delivered = Delivered
    .formula = Parcels that arrived
refused = Refused
    .formula = Parcels refused at the door
refused_share = Refused share
    .formula = Refused divided by refused and delivered
refused_from = At least
    .formula = Lower end of the interval that holds the true refused share in 95 of 100 cases (Wilson)
refused_to = At most
    .formula = Upper end of that interval
on_the_way = On the way
    .formula = Parcels neither delivered nor refused up to the end of the log
returned = Returned
    .formula = Delivered parcels for which money was given back later
days_to_door = Days to the door
    .formula = Median days from order to delivery
late_share = Late
    .formula = Of the delivered parcels whose promised day is known, the share that came after it
due = Cash due
    .formula = Revenue of delivered parcels paid at the door
collected = Cash received
    .formula = What was told as received for them, at most what was due
in_transit = With couriers
    .formula = Cash due less cash received
overdue = For over 14 days
    .formula = Cash with couriers for parcels delivered more than 14 days before the end of the log
days_to_cash = Days to the cash
    .formula = Median days from delivery until the cash was received
to_7 = To 7 days
    .formula = Cash with couriers for parcels delivered in the last 7 days of the log
to_14 = 8–14 days
    .formula = The same, delivered more than 7 and up to 14 days ago
to_30 = 15–30 days
    .formula = The same, delivered more than 14 and up to 30 days ago
over_30 = Over 30 days
    .formula = The same, delivered more than 30 days ago
step = Step
ordered = Ordered
shipped = Shipped
collected_parcels = Cash received
customers = Parcels
    .formula = Parcels that came to this step
from_first = Of all
    .formula = Parcels of this step divided by all parcels
from_previous = Went on
    .formula = Parcels of this step divided by those of the step before
left_before = Not yet, or not at all
    .formula = Parcels of the step before that did not come to this one
median = Days
    .formula = Median days from the step before
sentence = Of { $parcels ->
    [one] one parcel
   *[other] { $parcels } parcels
}{ $payments ->
    [cash] {" "}paid at the door
   *[all] {""}
}, { $delivered ->
    [one] one was delivered
   *[other] { $delivered } were delivered
} and { $share } of those that reached the door were refused.
cash = Couriers hold { $in_transit } of cash{ $overdue ->
    [none] {""}
   *[other] , { $overdue } of it for more than 14 days
}.
worst = { $part } is refused most: { $share }, between { $from } and { $to }, against { $others } elsewhere.
note-few = Only { $n ->
    [one] one parcel
   *[other] { $n } parcels
} reached a door: read the shares with care.
note-way = { $n ->
    [one] One parcel is
   *[other] { $n } parcels are
} still on the way, and in no share.
note-untold = No cash was told as received for these parcels: either couriers owe all of it, or nobody told it (Payment Received).
""",
        ar="""
title = التوصيل
about = ماذا يصير بالشحنات، ومن يرفضها عند الباب، وكم من النقد ما زال عند شركات الشحن.
param-split = حسب
param-payments = الشحنات
param-top = عدد الصفوف
split-courier = شركة الشحن
split-city = المدينة
split-payment = طريقة الدفع
payments-cash = المدفوعة عند الاستلام
payments-all = كلها
part = الجزء
unknown = لم يُذكر
parcels = الشحنات
    .formula = طلبات الفترة المكتملة التي ليست من فرع
delivered = سُلّمت
    .formula = الشحنات التي وصلت إلى أصحابها
refused = رُفضت
    .formula = الشحنات التي رُفض استلامها عند الباب
refused_share = نسبة الرفض
    .formula = المرفوضة مقسومة على المرفوضة والمسلَّمة
refused_from = لا تقل عن
    .formula = الحد الأدنى لنسبة الرفض الحقيقية في 95 من كل 100 حالة (Wilson)
refused_to = لا تزيد على
    .formula = الحد الأعلى لها
on_the_way = في الطريق
    .formula = شحنات لم تُسلَّم ولم تُرفض حتى آخر السجل
returned = أُعيدت
    .formula = شحنات سُلّمت ثم أُعيد مالها أو بعضه
days_to_door = أيام الوصول
    .formula = وسيط الأيام من الطلب إلى التسليم
late_share = المتأخر
    .formula = من الشحنات المسلَّمة المعلوم موعدها، نسبة ما وصل بعده
due = النقد المستحق
    .formula = إيرادات الشحنات المسلَّمة المدفوعة عند الاستلام
collected = النقد المستلَم
    .formula = ما سُجّل قبضه عنها، ولا يزيد على المستحق
in_transit = عند شركات الشحن
    .formula = النقد المستحق ناقص المستلَم
overdue = منذ أكثر من 14 يومًا
    .formula = نقد شحنات سُلّمت قبل أكثر من 14 يومًا من آخر السجل ولم يصل
days_to_cash = أيام وصول النقد
    .formula = وسيط الأيام من التسليم إلى قبض النقد
to_7 = حتى 7 أيام
    .formula = نقد لم يصل لشحنات سُلّمت في آخر 7 أيام من السجل
to_14 = من 8 إلى 14 يومًا
    .formula = مثله، لما سُلّم قبل أكثر من 7 أيام وحتى 14
to_30 = من 15 إلى 30 يومًا
    .formula = مثله، لما سُلّم قبل أكثر من 14 يومًا وحتى 30
over_30 = أكثر من 30 يومًا
    .formula = مثله، لما سُلّم قبل أكثر من 30 يومًا
step = الخطوة
ordered = طُلبت
shipped = شُحنت
collected_parcels = قُبض نقدها
customers = الشحنات
    .formula = الشحنات التي بلغت هذه الخطوة
from_first = من الكل
    .formula = شحنات هذه الخطوة مقسومة على الشحنات كلها
from_previous = مضت
    .formula = شحنات هذه الخطوة مقسومة على شحنات الخطوة السابقة
left_before = لم تبلغها بعد أو أبدًا
    .formula = شحنات الخطوة السابقة التي لم تبلغ هذه
median = الأيام
    .formula = وسيط الأيام من الخطوة السابقة
sentence = من { $parcels ->
    [one] شحنة واحدة
    [two] شحنتين
    [few] { $parcels } شحنات
    [many] { $parcels } شحنة
   *[other] { $parcels } شحنة
}{ $payments ->
    [cash] {" "}تُدفع عند الاستلام
   *[all] {""}
} { $delivered ->
    [zero] لم تُسلَّم واحدة
    [one] سُلّمت واحدة
    [two] سُلّمت اثنتان
    [few] سُلّمت { $delivered }
    [many] سُلّمت { $delivered }
   *[other] سُلّمت { $delivered }
}، ورُفض { $share } مما وصل إلى الباب.
cash = وما زال عند شركات الشحن { $in_transit } نقدًا{ $overdue ->
    [none] {""}
   *[other] ، منها { $overdue } منذ أكثر من 14 يومًا
}.
worst = وأكثر الرفض عند { $part }: { $share }، بين { $from } و{ $to }، وعند غيرها { $others }.
note-few = لم يصل إلى الأبواب إلا { $n ->
    [one] شحنة واحدة
    [two] شحنتان
    [few] { $n } شحنات
    [many] { $n } شحنة
   *[other] { $n } شحنة
}: اقرأ النسب بحذر.
note-way = { $n ->
    [one] شحنة واحدة ما زالت
    [two] شحنتان ما زالتا
    [few] { $n } شحنات ما زالت
    [many] { $n } شحنة ما زالت
   *[other] { $n } شحنة ما زالت
} في الطريق، ولا تدخل في النسب.
note-untold = لم يُسجَّل قبض أي نقد عن هذه الشحنات: إما أنه كله عند شركات الشحن، أو أن أحدًا لم يسجّله (Payment Received).
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "moves": _moves(frame),
                "parcels": PARCELS.format(cash="cash" if self.payments == "cash" else "true"),
                "parts": f"SELECT {PARTS[self.split]} AS part, {FIGURES} FROM parcels GROUP BY part ORDER BY parcels DESC, part LIMIT {{top:UInt32}}",
                "overall": f"SELECT '' AS part, {FIGURES} FROM parcels",
            },
            values=frame.values
            | {
                "names": list(EVENTS),
                "at_the_door": list(AT_THE_DOOR),
                "as_of": _as_of(frame),
                "top": self.top,
            },
            rows="parts",
            totals="overall",
        )

    def interpret(self, found: Found) -> Found:
        """Shares with their intervals, cash by its age, and the steps of the picture."""
        found.rows = [_told(row) | {"part": row["part"] or found.say("unknown")} for row in found.rows]
        found.totals = _told(found.totals)
        found.picture = self._steps(found, found.totals)
        if found.frame.before:
            found.before = _told(found.before)
            found.before_picture = self._steps(found, found.before)
        return found

    def _steps(self, found: Found, totals: Row) -> list[Row]:
        names = STEPS if self.payments == "cash" else STEPS[:-1]
        days = (None, totals["days_to_ship"], totals["days_on_road"], totals["days_to_cash"])
        counts = [totals["parcels"], *(totals[name] for name in names[1:])]
        return [
            {
                "step": found.say(name),
                "customers": count,
                "from_first": count / counts[0] if counts[0] else None,
                "from_previous": count / before if before else None,
                "left_before": None if before is None else before - count,
                "median": long,
            }
            for name, count, before, long in zip(names, counts, (None, *counts), days, strict=False)
        ]

    def explain(self, found: Found) -> str:
        totals = found.totals
        said = [
            found.say(
                "sentence",
                parcels=totals["parcels"],
                payments=self.payments,
                delivered=totals["delivered"],
                share=found.percent("refused_share") if totals["ended"] else found.speaker.percent(0),
            )
        ]
        if totals["in_transit"]:
            overdue = found.money("overdue") if totals["overdue"] else "none"
            said.append(found.say("cash", in_transit=found.money("in_transit"), overdue=overdue))
        if worst := _worst(found.rows, totals):
            row, others = worst
            shares = {name: found.percent(f"refused_{name}", row) for name in ("share", "from", "to")}
            percent = found.speaker.percent(others)
            said.append(found.say("worst", part=found.speaker.text(row["part"]), others=percent, **shares))
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["ended"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["ended"]))
        if totals["on_the_way"]:
            notes.append(found.say("note-way", n=totals["on_the_way"]))
        if totals["due"] and not totals["collected"]:
            notes.append(found.say("note-untold"))
        return notes


def _as_of(frame: Frame) -> int:
    """The end of the log's last day, in UTC milliseconds."""
    last = (frame.facts.span(()) or (frame.period.first, frame.period.last))[1] + timedelta(days=1)
    end = datetime(last.year, last.month, last.day, tzinfo=frame.settings.zone).astimezone(UTC)
    return int(end.timestamp() * 1000)


def _told(row: Row) -> Row:
    ended = row["delivered"] + row["refused"]
    bounds = interval(row["refused"], ended) or (None, None)
    money = {name: float(row[name]) for name in ("due", "collected", *AGES)}
    days = {name: None if row[name] is None or isnan(row[name]) else row[name] for name in DAYS}
    return row | money | days | {
        "ended": ended,
        "refused_share": row["refused"] / ended if ended else None,
        "refused_from": bounds[0],
        "refused_to": bounds[1],
        "on_the_way": row["parcels"] - ended,
        "late_share": row["late"] / row["promised"] if row["promised"] else None,
        "in_transit": money["due"] - money["collected"],
        "overdue": money["to_30"] + money["over_30"],
    }  # fmt: skip


def _worst(rows: list[Row], totals: Row) -> tuple[Row, float] | None:
    """Of the parts surely refused more than all others together (their intervals do not meet) the one refused most, and the others' share."""
    surely = []
    for row in rows:
        refused, ended = totals["refused"] - row["refused"], totals["ended"] - row["ended"]
        others = interval(refused, ended)
        if others and row["ended"] and row["refused_from"] > others[1]:
            surely.append((row, refused / ended))
    return max(surely, key=lambda one: one[0]["refused_share"], default=None)


def _moves(frame: Frame) -> str:
    """What happened to orders since the period began; which are of the period is known of their first move alone."""
    has = frame.facts.counts
    told = {"courier": "", "late_days": ""}
    if has.get("Order Shipped") or has.get("Order Delivered"):
        told = {name: f"toString(props.{name})" for name in told}
    return f"""
SELECT order_id, name, ts, event_id, revenue, currency, payment, city, branch, {told["courier"] or "''"} AS courier,
       toFloat64OrNull({told["late_days"] or "''"}) AS late_days, {frame.net()} AS net,
       name = 'Order Completed' AND net > 0{frame.only()} AS is_order
FROM events
WHERE order_id != '' AND name IN {{names:Array(String)}} AND ts >= fromUnixTimestamp64Milli({{start:Int64}}, 'UTC')"""


# One row an order of the period that is no branch's. Milliseconds; 0 is never.
PARCELS = """
SELECT order_id, minIf(toUnixTimestamp64Milli(ts), is_order) AS ordered_at,
       argMinIf(city, (ts, event_id), is_order) AS city, argMinIf(payment, (ts, event_id), is_order) AS payment,
       argMinIf(branch, (ts, event_id), is_order) AS branch, argMinIf(courier, (ts, event_id), courier != '') AS courier,
       lowerUTF8(payment) = 'cod' OR multiSearchAnyCaseInsensitiveUTF8(payment, {{at_the_door:Array(String)}}) AS cash,
       minIf(toUnixTimestamp64Milli(ts), name = 'Order Delivered') AS delivered_at,
       delivered_at > 0 AS is_delivered, NOT is_delivered AND countIf(name = 'Delivery Refused') > 0 AS is_refused,
       minIf(toUnixTimestamp64Milli(ts), name = 'Order Shipped') AS shipped_at, shipped_at > 0 OR is_delivered OR is_refused AS is_shipped,
       minIf(toUnixTimestamp64Milli(ts), name = 'Payment Received') AS paid_at,
       sumIf(net, name = 'Order Completed') AS worth, -sumIf(net, name = 'Order Refunded') AS given_back,
       greatest(sumIf(revenue, name = 'Payment Received' AND currency = {{currency:String}}), toDecimal64(0, 4)) AS paid,
       maxIf(late_days, name = 'Order Delivered') AS lateness, if(cash AND is_delivered, worth, toDecimal64(0, 4)) AS owed,
       least(paid, owed) AS received, ({{as_of:Int64}} - delivered_at) / 86400000 AS age
FROM moves GROUP BY order_id
HAVING countIf(is_order) > 0 AND ordered_at < {{end:Int64}} AND branch = '' AND {cash}"""

FIGURES = """
    toInt64(count()) AS parcels, toInt64(countIf(is_shipped)) AS shipped, toInt64(countIf(is_delivered)) AS delivered,
    toInt64(countIf(is_refused)) AS refused, toInt64(countIf(is_delivered AND given_back > 0)) AS returned,
    toInt64(countIf(cash AND is_delivered AND paid > 0)) AS collected_parcels,
    toInt64(countIf(lateness > 0)) AS late, toInt64(countIf(lateness IS NOT NULL)) AS promised,
    quantileExactInclusiveIf(0.5)((delivered_at - ordered_at) / 86400000, is_delivered) AS days_to_door,
    quantileExactInclusiveIf(0.5)((shipped_at - ordered_at) / 86400000, shipped_at > 0) AS days_to_ship,
    quantileExactInclusiveIf(0.5)((delivered_at - shipped_at) / 86400000, is_delivered AND shipped_at > 0) AS days_on_road,
    quantileExactInclusiveIf(0.5)((paid_at - delivered_at) / 86400000, cash AND is_delivered AND paid_at > delivered_at) AS days_to_cash,
    sum(owed) AS due, sum(received) AS collected,
    sumIf(owed - received, age <= 7) AS to_7, sumIf(owed - received, age > 7 AND age <= 14) AS to_14,
    sumIf(owed - received, age > 14 AND age <= 30) AS to_30, sumIf(owed - received, age > 30) AS over_30"""

Delivery.example = Delivery()
