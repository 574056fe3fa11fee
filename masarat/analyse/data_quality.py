"""Data quality: what in the data would make the other answers wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import OWNER
from masarat.models.silence import Silence, silence
from masarat.store import Query, Row
from masarat.words import Words

FLOOR = 0.25  # least spread on the log scale: where all orders cost the same, a dearer one is not yet strange


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what its count is a share of, the share that deserves a warning, and that which is bad."""

    name: str
    of: str
    warn: float
    bad: float

    def status(self, count: int, share: float) -> str:
        if not count or share < self.warn:
            return "ok"
        return "bad" if share >= self.bad else "warn"


ANY, NEVER = 0.0, 2.0

# In the order in which they are worth mending where all are equally bad.
CHECKS = (
    Check("duplicates", "orders", 0.001, 0.01),
    Check("quarantined", "rows_given", ANY, 0.05),
    Check("future", "orders", ANY, 0.01),
    Check("silent_days", "days", 0.03, 0.20),
    Check("silent_sources", "sources", ANY, NEVER),
    Check("nobody", "orders", 0.10, 0.50),
    Check("other_currency", "orders", ANY, 0.20),
    Check("outliers", "priced", 0.001, NEVER),
    Check("negative", "orders", ANY, 0.01),
    Check("free", "orders", 0.02, 0.20),
    Check("no_products", "paid", 0.02, 0.50),
)
STATUSES = ("bad", "warn", "ok")


class DataQuality(Analysis):
    """What in your data would make the other answers wrong: how much of it there is, and what to do about it.

    For whoever imports the data, and for everybody who wonders whether a number can be trusted. Eleven checks, the worst
    first, each with a count, a share and a remedy; there is no score, because a score hides what to mend. All completed
    orders of the period count, in every currency. Days without a sale are counted from the first to the last sale of the
    period. Duplicates are orders of one customer (or, where nobody is named, with one order number), of one day and one
    amount that stand in two sources: all but those of the source that has most. Outliers are orders above the median by more
    than `spreads` times the median absolute deviation, both taken on the logarithm of the amount (so a shop that sells cups
    and machines is not all outliers), with a deviation of at least 0.25. Orders are from the future when they are dated more
    than a day after they came in. A source is silent when its last event is older than the end of the period (or of all data)
    by more than `silent_days` days and more than it was ever silent before. A count is ok, worth a warning, or bad by its
    share; the shares stand in CHECKS of this file. An outlier may be your best customer: look before you delete.
    """

    spreads: float = Field(6.0, ge=2, le=50, description="How many spreads above the median is an outlier.")
    silent_days: int = Field(
        14, ge=1, le=366, description="After how many days without events a source is silent."
    )

    view = "table"
    columns = (
        Column("check", "text"),
        Column("status", "text"),
        Column("count", "count"),
        Column("share", "percent"),
        Column("finding", "text"),
        Column("remedy", "text"),
    )
    numbers = (
        Column("orders", "count"),
        Column("bad", "count"),
        Column("warnings", "count"),
        Column("fine", "count"),
    )
    about = ()
    words = Words(
        en="""
title = Data quality
about = What in your data would make the other answers wrong, and what to do about it.
param-spreads = Spreads to an outlier
param-silent_days = Days until a source is silent
check = Check
status = Status
    .formula = ok, warn or bad, by the share
count = Count
    .formula = How many there are
share = Share
    .formula = Part of all that could have been so: orders, days, sources or rows
finding = Found
remedy = What to do
orders = Orders
    .formula = Completed orders of the period in every currency, free ones included
bad = Bad
    .formula = Checks that make other answers wrong as they stand
warnings = Warnings
    .formula = Checks to look at
fine = Fine
    .formula = Checks that found nothing worth your time
status-ok = ok
status-warn = warn
status-bad = bad
duplicates = Orders that stand twice
duplicates-remedy = Two sources bring the same orders: stop one of them, or import each for its own period.
quarantined = Rows that could not be taken
quarantined-remedy = Export them (masarat quarantine export rows.csv), mend them and replay the file.
future = Orders dated after they came in
future-remedy = Day and month were probably read the wrong way round: import the file again with --dates dmy or --dates mdy.
silent_days = Days without a sale
silent_days-found = The longest silence is { $days } from { $day }. Weekdays on which you are usually closed are not counted.
silent_days-remedy = If you were open, the data of these days is missing: import it.
silent_sources = Sources gone silent
silent_sources-found = { $names }
silent_sources-remedy = Import their newest export, or see why the connection stopped.
nobody = Orders that name no customer
nobody-remedy = Ask for the phone number at the till, or import a file with a customer column: until then these orders count as revenue only.
other_currency = Orders in another currency
other_currency-found = { $currencies } beside { $currency }
other_currency-remedy = Amounts are never converted: ask for each currency by itself.
outliers = Unusually large orders
outliers-found = Above { $above }; the largest is { $largest }.
outliers-remedy = Look at each: a wholesale order, or a slip of the hand?
negative = Orders below zero
negative-remedy = They are probably returns: import them with the status refunded.
free = Free orders
free-remedy = Samples and replacements are as they should be; otherwise the amount column was not read: look at the mapping.
no_products = Orders without products
no_products-remedy = Import a file with a line for each product, to learn what sells.
sentence = Most worth mending: { $check } ({ $count }, { $share }). { $remedy }
sentence-fine = Nothing in these { $orders ->
    [one] order
   *[other] { $orders } orders
} stands out: the numbers can be trusted.
""",
        ar="""
title = جودة البيانات
about = ما الذي في بياناتك قد يُفسد سائر الأجوبة، وما العمل.
param-spreads = بُعد القيمة الشاذة
param-silent_days = أيام صمت المصدر
check = الفحص
status = الحالة
    .formula = سليم أو انتبه أو أصلح، بحسب الحصة
count = العدد
    .formula = كم وُجد منها
share = الحصة
    .formula = جزء مما كان يمكن أن يكون كذلك: طلبات أو أيام أو مصادر أو صفوف
finding = ما وُجد
remedy = ما العمل
orders = الطلبات
    .formula = الطلبات المكتملة في الفترة بكل العملات، ومنها المجانية
bad = أصلح
    .formula = فحوص تُفسد سائر الأجوبة ما لم تُصلح
warnings = انتبه
    .formula = فحوص تستحق النظر
fine = سليم
    .formula = فحوص لم تجد ما يستحق وقتك
status-ok = سليم
status-warn = انتبه
status-bad = أصلح
duplicates = طلبات مكررة
duplicates-remedy = مصدران يأتيان بالطلبات نفسها: أوقف أحدهما، أو استورد كلًّا منهما لفترته.
quarantined = صفوف تعذّر أخذها
quarantined-remedy = صدّرها (masarat quarantine export rows.csv) وأصلحها ثم أعد إدخالها.
future = طلبات تاريخها بعد وصولها
future-remedy = لعل اليوم والشهر قُرئا معكوسين: أعد استيراد الملف مع ‎--dates dmy‎ أو ‎--dates mdy‎.
silent_days = أيام بلا بيع
silent_days-found = أطول صمت { $days } من { $day }. ولا تُحسب أيام الأسبوع التي تغلق فيها عادةً.
silent_days-remedy = إن كنت تبيع فيها فبياناتها ناقصة: استوردها.
silent_sources = مصادر انقطعت
silent_sources-found = { $names }
silent_sources-remedy = استورد أحدث ملفاتها، أو انظر لمَ توقف الربط.
nobody = طلبات لا تذكر عميلًا
nobody-remedy = اطلب رقم الجوال عند الدفع، أو استورد ملفًا فيه عمود للعميل؛ وحتى ذلك الحين تُحسب هذه الطلبات في الإيرادات وحدها.
other_currency = طلبات بعملة أخرى
other_currency-found = { $currencies } إلى جانب { $currency }
other_currency-remedy = المبالغ لا تُحوَّل أبدًا: اسأل عن كل عملة وحدها.
outliers = طلبات كبيرة على غير العادة
outliers-found = فوق { $above }، وأكبرها { $largest }.
outliers-remedy = انظر في كل منها: بيع جملة أم زلة يد؟
negative = طلبات مكتملة دون الصفر
negative-remedy = لعلها مرتجعات: استوردها بحالة «مُرجع».
free = طلبات مجانية
free-remedy = إن كانت عيّنات وبدائل فهي كما ينبغي، وإلا فعمود المبلغ لم يُقرأ: راجع ربط الأعمدة.
no_products = طلبات بلا منتجات
no_products-remedy = استورد ملفًا فيه سطر لكل منتج لتعرف ما الذي يُباع.
sentence = أول ما يستحق الإصلاح: { $check } ({ $count }، أي { $share }). { $remedy }
sentence-fine = لا شيء يلفت النظر في { $orders ->
    [one] هذا الطلب
    [two] هذين الطلبين
    [few] هذه الطلبات، وعددها { $orders }
    [many] هذه الطلبات، وعددها { $orders }
   *[other] هذه الطلبات، وعددها { $orders }
}: الأرقام موثوقة.
""",
    )

    def query(self, frame: Frame) -> Query:
        known = frame.facts.span(()) or (frame.period.first, frame.period.last)
        asked = f"{frame.within()}{frame.only()}"
        return Query(
            steps={
                "completed": COMPLETED.format(asked=asked),
                "counted": COUNTED,
                "days": "SELECT arraySort(groupUniqArray(day)) AS sale_days FROM completed WHERE revenue > 0",
                "twins": TWINS,
                "sizes": SIZES,
                "middle": "SELECT quantileExact(size) AS size FROM sizes",
                "spread": """
SELECT quantileExact(abs(size - (SELECT size FROM middle))) AS size FROM sizes""",
                "limit": "SELECT any(middle.size) + {spreads:Float64} * greatest(any(spread.size), {floor:Float64}) AS size FROM middle CROSS JOIN spread",
                "outlying": OUTLYING,
                "sources": SOURCES.format(asked=asked),
                "waiting": WAITING,
                "checks": """
SELECT * FROM counted CROSS JOIN days CROSS JOIN twins CROSS JOIN outlying CROSS JOIN sources CROSS JOIN waiting""",
            },
            values=frame.values
            | {
                "spreads": self.spreads,
                "floor": FLOOR,
                "as_of": min(frame.period.last, known[1]),
                "silent_days": self.silent_days,
            },
            rows="checks",
            totals="checks",
        )

    def interpret(self, found: Found) -> Found:
        """Each check with its status; the worst first."""
        if not found.totals.get("orders"):
            return found
        gaps = silence(found.totals["sale_days"])
        counted = found.totals | {"silent_days": gaps.days, "days": gaps.open_days}
        counted["rows_given"] = counted["orders"] + counted["quarantined"]
        judged = [(check, *_judge(check, counted)) for check in CHECKS]
        judged.sort(key=lambda each: STATUSES.index(each[3]))
        found.rows = [
            self._row(found, check.name, count, share, status, gaps) for check, count, share, status in judged
        ]
        tally = {status: sum(each[3] == status for each in judged) for status in STATUSES}
        found.totals = counted | {"bad": tally["bad"], "warnings": tally["warn"], "fine": tally["ok"]}
        return found

    def _row(self, found: Found, name: str, count: int, share: float, status: str, gaps: Silence) -> Row:
        return {
            "check": found.say(name),
            "status": found.say(f"status-{status}"),
            "count": count,
            "share": share,
            "finding": self._finding(found, name, gaps) if count else "",
            "remedy": "" if status == "ok" else found.say(f"{name}-remedy"),
        }

    def _finding(self, found: Found, name: str, gaps: Silence) -> str:
        if not found.speaker.knows(f"{name}-found"):
            return ""
        totals, speak = found.totals, found.speaker
        comma = "، " if speak.language == "ar" else ", "
        others = [currency or "?" for currency in totals["currencies"] if currency != found.frame.currency]
        return found.say(
            f"{name}-found",
            days=found.say("n-days", n=gaps.longest),
            day=speak.day(gaps.since) if gaps.since else "",
            names=comma.join(map(speak.text, totals["silent_names"])),
            currencies=comma.join(others),
            currency=found.frame.currency,
            above=found.money("threshold"),
            largest=found.money("largest"),
        )

    def explain(self, found: Found) -> str:
        worst = found.rows[0]
        if not worst["remedy"]:
            return found.say("sentence-fine", orders=found.totals["orders"])
        return found.say(
            "sentence",
            check=worst["check"],
            count=found.speaker.count(worst["count"]),
            share=found.speaker.percent(worst["share"]),
            remedy=worst["remedy"],
        )


def _judge(check: Check, counted: Row) -> tuple[int, float, str]:
    """Count, share and status of one check."""
    count, of = counted[check.name], counted[check.of]
    share = count / of if of else 0.0
    return count, share, check.status(count, share)


COMPLETED = f"""
SELECT {OWNER} AS customer_id, order_id, source, revenue, currency, empty(product_ids) AS is_bare,
       toDate(ts, {{{{timezone:String}}}}) AS day, ts > received_at + INTERVAL 1 DAY AS is_future
FROM events WHERE name = 'Order Completed' AND {{asked}}"""

COUNTED = """
SELECT count() AS orders, countIf(customer_id = 0) AS nobody, countIf(currency != {currency:String}) AS other_currency,
       arraySort(groupUniqArray(currency)) AS currencies, countIf(is_future) AS future, countIf(revenue < 0) AS negative,
       countIf(revenue = 0) AS free, countIf(revenue > 0) AS paid, countIf(revenue > 0 AND is_bare) AS no_products
FROM completed"""

# The same order in several sources: all but those of the source that has most of them stand twice.
TWINS = """
SELECT sum(stands - most) AS duplicates FROM (
    SELECT sum(orders) AS stands, max(orders) AS most FROM (
        SELECT day, revenue, if(customer_id != 0, toString(customer_id), order_id) AS whose, source, count() AS orders
        FROM completed WHERE revenue > 0 AND whose != '' GROUP BY day, revenue, whose, source
    ) GROUP BY day, revenue, whose
)"""

SIZES = """
SELECT revenue, log(toFloat64(revenue)) AS size FROM completed WHERE revenue > 0 AND currency = {currency:String}"""

OUTLYING = """
SELECT count() AS priced, countIf(size > (SELECT size FROM limit)) AS outliers, max(revenue) AS largest,
       exp((SELECT size FROM limit)) AS threshold
FROM sizes"""

# Silent is who has been quiet for longer than told, and than ever before.
SOURCES = """
SELECT count() AS sources, countIf(is_silent) AS silent_sources, arraySort(groupArrayIf(source, is_silent)) AS silent_names
FROM (
    SELECT source, arraySort(groupUniqArray(toInt32(toDate(ts, {{timezone:String}})))) AS days,
           toInt32({{as_of:Date}}) - days[-1] > greatest({{silent_days:Int32}}, arrayMax(arrayDifference(days))) AS is_silent
    FROM events WHERE {asked} GROUP BY source
)"""

# Rows in quarantine are of no period: they have no day yet.
WAITING = """
SELECT countIf(state = 'open') AS quarantined
FROM (SELECT argMax(status, ts) AS state FROM quarantine GROUP BY source, row_key)"""

DataQuality.example = DataQuality()
