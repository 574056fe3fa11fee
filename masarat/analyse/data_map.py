"""Data map: which of the four kinds of data we know, of how many customers, from where and since when, and what would fill the gaps."""

from __future__ import annotations

from typing import ClassVar

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.kinds import ITEMS, KINDS, OF_NO_KIND, Item
from masarat.analyse.people import OWNER, OWNER_OF_FACT
from masarat.store import Query, Row
from masarat.words import Words

FEW = 0.5  # of customers: below it, what somebody could simply be asked for is a gap
OTHER_FACTS, OTHER_MOVES = "other_facts", "other_moves"

# How what is missing would come.
FILLS = {
    "column": ("name", "phone", "email", "city", "country"),
    "shop": ("gender", "birthday"),
    "orders": ("orders", "products", "payment", "coupons", "returns"),
    "script": ("visits", "clicks"),
    "pages": ("searches", "looked_at", "carts", "wishes", "reviews"),
    "identify": ("language", "household", "work", "sentiment", "interests", "values"),
    "move": ("paid", "delivery", "points", "messages", "service", "branches", "answers", "advocacy"),
}
FILL_OF = {item: fill for fill, items in FILLS.items() for item in items}


class DataMap(Analysis):
    """Which of the four kinds of data you know, of how many customers, from which sources and how fresh; and how gaps are filled.

    For whoever plans what to collect next. Who customers are is demographic data, what they buy transactional, what they do
    behavioural, what they think psychographic; each thing of each kind has a row. Customers are those with a completed order in the
    period; with the whole history also those of whom only facts are known. What is known of them is all that came up to the end of
    the period, also before it began. A thing counts as known of a customer where one source told it once, as a fact, as an
    identifier or by a move; which fact and which move tell what stands in one table, `ITEMS` of `masarat/analyse/kinds.py`. Facts
    and moves under names that are not there stand in rows of their own.

    A gap is a thing that is known of nobody, or, where customers could simply be asked for it, of fewer than half. Not every gap is worth
    filling: collect what you will use, and keep to what customers agreed to (docs/consent.md).
    """

    view = "ranking"
    columns = (
        Column("kind", "text"),
        Column("item", "text"),
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("sources", "list"),
        Column("since", "date"),
        Column("latest", "date"),
        Column("fill", "text"),
    )
    numbers = (
        Column("customers", "count"),
        *(Column(kind, "percent") for kind in KINDS),
        Column("gaps", "count"),
    )
    picture = (Column("kind", "text"), Column("share_of_customers", "percent"))
    about = ()
    needs = ()
    sample: ClassVar[str] = "customers"
    words = Words(
        en="""
title = Data map
about = Which of the four kinds of data you know, of how many customers, from where, and how gaps are filled.
kind = Kind
item = What
customers = Customers
    .formula = Customers with a completed order in the period, and with the whole history those of whom facts are known; in a row, those of them of whom it is known
share_of_customers = Share of customers
    .formula = Customers of whom it is known divided by all customers
sources = Sources
since = Since
    .formula = Day of the first time it was told
latest = Latest
    .formula = Day of the last time it was told
fill = What would fill it
demographic = Who they are
    .formula = Customers of whom anything demographic is known, divided by all customers
transactional = What they buy
    .formula = Customers of whom anything transactional is known, divided by all customers
behavioural = What they do
    .formula = Customers of whom anything behavioural is known, divided by all customers
psychographic = What they think
    .formula = Customers of whom anything psychographic is known, divided by all customers
gaps = Gaps
    .formula = Things known of nobody, or of fewer than half where customers could be asked
item-name = name
item-phone = phone
item-email = e-mail
item-gender = gender
item-birthday = birthday
item-city = city
item-country = country
item-language = language
item-household = household
item-work = company and work
item-other_facts = other facts
item-orders = orders
item-products = products bought
item-payment = ways of payment
item-paid = payments
item-coupons = coupons
item-delivery = deliveries
item-returns = returns
item-points = loyalty: membership and points
item-visits = visits
item-searches = searches
item-looked_at = products looked at
item-carts = carts
item-wishes = wishes
item-clicks = clicks and forms
item-messages = messages opened
item-service = tickets and calls
item-branches = visits to branches
item-other_moves = other moves
item-answers = survey answers
item-reviews = reviews
item-advocacy = recommendations
item-sentiment = sentiment
item-interests = interests
item-values = values and motives
fill-column = Import a file of orders with this column, connect your shop, or send { $trait } with identify.
fill-shop = Connect your shop (Salla and Zid tell it), or send { $trait } with identify.
fill-orders = Import a file of orders that has it, or connect your shop.
fill-script = Put the script on your pages (docs/browser-sdk.md).
fill-pages = Send { $event } from your shop's pages (docs/browser-sdk.md).
fill-identify = Send { $trait } among the traits of identify.
fill-move = Send { $event } from the system that knows it (docs/collecting.md).
sentence = Of { $customers ->
    [one] the one customer
   *[other] { $customers } customers
}, you know of { $demographic } who they are, of { $transactional } what they buy, of { $behavioural } what they do and of { $psychographic } what they think.
gap = { $gaps ->
    [one] One gap:
   *[other] { $gaps } gaps; the first where you know least:
} { $item }. { $fill }
""",
        ar="""
title = خريطة البيانات
about = أيّ أنواع البيانات الأربعة تعرف، وعن كم عميل، ومن أين، وما الذي يسدّ ثغراتها.
kind = النوع
item = البيان
customers = العملاء
    .formula = من لهم طلب مكتمل في الفترة، ومع التاريخ كله من عُرفت بياناتهم وحدها؛ وفي السطر من عُرف عنهم البيان منهم
share_of_customers = الحصة من العملاء
    .formula = من عُرف عنهم البيان مقسومين على العملاء كلهم
sources = المصادر
since = منذ
    .formula = يوم أول مرة ذُكر فيها
latest = الأحدث
    .formula = يوم آخر مرة ذُكر فيها
fill = ما الذي يسدّها
demographic = من هم
    .formula = من عُرف عنهم أي بيان ديموغرافي مقسومين على العملاء كلهم
transactional = ماذا يشترون
    .formula = من عُرف عنهم أي بيان شرائي مقسومين على العملاء كلهم
behavioural = ماذا يفعلون
    .formula = من عُرف عنهم أي بيان سلوكي مقسومين على العملاء كلهم
psychographic = كيف يفكرون
    .formula = من عُرف عنهم أي بيان نفسي مقسومين على العملاء كلهم
gaps = الثغرات
    .formula = ما لا يُعرف عن أحد، أو عن أقل من النصف مما يمكن أن يُسأل عنه العميل
item-name = الاسم
item-phone = الجوال
item-email = البريد الإلكتروني
item-gender = الجنس
item-birthday = تاريخ الميلاد
item-city = المدينة
item-country = الدولة
item-language = اللغة
item-household = الأسرة
item-work = الشركة والعمل
item-other_facts = بيانات أخرى
item-orders = الطلبات
item-products = المنتجات المشتراة
item-payment = طرق الدفع
item-paid = الدفعات
item-coupons = الكوبونات
item-delivery = التوصيل
item-returns = المرتجعات
item-points = الولاء: العضوية والنقاط
item-visits = الزيارات
item-searches = عمليات البحث
item-looked_at = منتجات شاهدوها
item-carts = السلات
item-wishes = المفضلة
item-clicks = النقرات والنماذج
item-messages = رسائل فتحوها
item-service = التذاكر والمكالمات
item-branches = زيارات الفروع
item-other_moves = حركات أخرى
item-answers = أجوبة الاستبيانات
item-reviews = التقييمات
item-advocacy = التوصيات
item-sentiment = المشاعر
item-interests = الاهتمامات
item-values = القيم والدوافع
fill-column = استورد ملف طلبات فيه هذا العمود، أو اربط متجرك، أو أرسل { $trait } مع identify.
fill-shop = اربط متجرك (تذكره سلة وزد)، أو أرسل { $trait } مع identify.
fill-orders = استورد ملف طلبات يذكره، أو اربط متجرك.
fill-script = ضع السكربت في صفحاتك (docs/browser-sdk.md).
fill-pages = أرسل { $event } من صفحات متجرك (docs/browser-sdk.md).
fill-identify = أرسل { $trait } ضمن بيانات identify.
fill-move = أرسل { $event } من النظام الذي يعرفه (docs/collecting.md).
sentence = { $customers ->
    [one] عندك عميل واحد
    [two] عندك عميلان
    [few] عندك { $customers } عملاء
    [many] عندك { $customers } عميلًا
   *[other] عندك { $customers } عميل
}: تعرف عن { $demographic } منهم من هم، وعن { $transactional } ماذا يشترون، وعن { $behavioural } ماذا يفعلون، وعن { $psychographic } كيف يفكرون.
gap = { $gaps ->
    [one] وثغرة واحدة:
    [two] وثغرتان، أولاهما حيث تعرف أقل:
    [few] و{ $gaps } ثغرات، أولاها حيث تعرف أقل:
    [many] و{ $gaps } ثغرة، أولاها حيث تعرف أقل:
   *[other] و{ $gaps } ثغرة، أولاها حيث تعرف أقل:
} { $item }. { $fill }
""",
    )

    def query(self, frame: Frame) -> Query:
        everyone = not frame.period.bounded and not frame.segment
        return Query(
            steps={
                "customers": CUSTOMERS.format(asked=f"{frame.within()}{frame.only()}", more=WITH_FACTS if everyone else ""),
                "counted": _counted(frame.within(history=True)),
                "by_item": "SELECT * FROM counted WHERE item != '' ORDER BY item",
                "totals": TOTALS,
            },
            values=frame.values | VALUES,
            rows="by_item",
            totals="totals",
        )  # fmt: skip

    def interpret(self, found: Found) -> Found:
        """Every item of every kind, known or not; and every kind with its share."""
        found.picture, found.before_picture = _kinds(found, found.totals), _kinds(found, found.before)
        if not found.totals["customers"]:
            return found
        known = {row["item"]: row for row in found.rows}
        found.rows = [
            self._row(found, item, known.get(item.name, {}))
            for kind in KINDS
            for item in SHOWN
            if item.kind == kind and (item in ITEMS or item.name in known)
        ]
        found.totals["gaps"] = sum(1 for row in found.rows if row["fill"])
        return found

    def _row(self, found: Found, item: Item, known: Row) -> Row:
        customers = known.get("customers", 0)
        share = customers / found.totals["customers"]
        missing = not customers or (item.kind == "demographic" and item in ITEMS and share < FEW)
        return {"sources": [], **known, "kind": found.say(f"kind-{item.kind}"), "item": found.say(f"item-{item.name}"),
                "customers": customers, "share_of_customers": share, "fill": _fill(found, item) if missing else "",
                "of": item.kind}  # fmt: skip

    def explain(self, found: Found) -> str:
        totals, percent = found.totals, found.percent
        said = found.say("sentence", customers=totals["customers"], **{kind: percent(kind) for kind in KINDS})
        gaps = [row for row in found.rows if row["fill"]]
        if not gaps:
            return said
        worst = min(gaps, key=lambda row: (totals[row["of"]], row["share_of_customers"]))
        return f"{said} {found.say('gap', gaps=len(gaps), item=worst['item'], fill=worst['fill'])}"


def _kinds(found: Found, totals: Row) -> list[Row]:
    """Every kind with the share of customers of whom anything of it is known."""
    known = KINDS if totals else ()
    return [{"kind": found.say(f"kind-{kind}"), "share_of_customers": totals[kind]} for kind in known]


def _fill(found: Found, item: Item) -> str:
    """How an item would come to be known."""
    text = found.speaker.text
    names = {
        "trait": text(item.traits[0] if item.traits else ""),
        "event": text(item.events[0] if item.events else ""),
    }
    return found.say(f"fill-{FILL_OF[item.name]}", **names)


def _told(place: int, item: Item) -> str:
    """SQL: whether a move tells of this item."""
    told = [f"name IN {{moves_{place}:Array(String)}}"] if item.events else []
    if item.column:
        told.append(f"told_{item.column}")
    by_move = " AND ".join(told) or "false"
    return f"came_with_{item.identifier} OR {by_move}" if item.identifier else by_move


# What came under names that nobody has given a place has rows of its own.
SHOWN: tuple[Item, ...] = (*ITEMS, Item(OTHER_FACTS, "demographic"), Item(OTHER_MOVES, "behavioural"))
COLUMNS = sorted({item.column for item in ITEMS if item.column})
IDENTIFIERS = sorted({item.identifier for item in ITEMS if item.identifier})

VALUES = {
    **{f"moves_{place}": list(item.events) for place, item in enumerate(ITEMS) if item.events},
    "items": [item.name for item in SHOWN],
    "kinds": [item.kind for item in SHOWN],
    "traits": [trait for item in ITEMS for trait in item.traits],
    "told_by_traits": [item.name for item in ITEMS for _ in item.traits],
    "placed": sorted({event for item in ITEMS for event in item.events} | set(OF_NO_KIND)),
    "other_facts": OTHER_FACTS,
}

WITH_FACTS = f"""
    UNION ALL SELECT {OWNER_OF_FACT} AS customer_id FROM traits WHERE value != ''"""

CUSTOMERS = f"""
SELECT DISTINCT customer_id FROM (
    SELECT {OWNER} AS customer_id FROM events WHERE name = 'Order Completed' AND {{asked}}{{more}}
) WHERE customer_id != 0"""

# Who made moves of each name, by source and by what else the move tells.
_FLAGS = {
    **{f"told_{column}": f"notEmpty({column})" for column in COLUMNS},
    **{
        f"came_with_{kind}": f"startsWith(visitor_id, '{kind}:') OR arrayExists(one -> startsWith(one, '{kind}:'), identifiers)"
        for kind in IDENTIFIERS
    },
}
_TELLING = [
    *(_told(place, item) for place, item in enumerate(ITEMS)),
    "false",
    "name NOT IN {placed:Array(String)}",
]


def _moves(until: str) -> str:
    return f"""
    SELECT arrayJoin(arrayFilter((item, told) -> told, {{items:Array(String)}}, [{", ".join(_TELLING)}])) AS item,
           source, who, first, last
    FROM (
        SELECT name, source, {", ".join(_FLAGS)}, uniqExactState(customer_id) AS who, min(ts) AS first, max(ts) AS last
        FROM (
            SELECT {OWNER} AS customer_id, name, source, ts,
                   {", ".join(f"{sql} AS {flag}" for flag, sql in _FLAGS.items())}
            FROM events WHERE {until}
        )
        WHERE customer_id GLOBAL IN (SELECT customer_id FROM customers) GROUP BY name, source, {", ".join(_FLAGS)}
    )"""


def _facts(until: str) -> str:
    return f"""
    SELECT transform(trait, {{traits:Array(String)}}, {{told_by_traits:Array(String)}}, {{other_facts:String}}) AS item,
           source, uniqExactState(customer_id) AS who, min(ts) AS first, max(ts) AS last
    FROM (SELECT {OWNER_OF_FACT} AS customer_id, trait, source, ts FROM traits WHERE value != '' AND {until})
    WHERE customer_id GLOBAL IN (SELECT customer_id FROM customers) GROUP BY item, source"""


def _counted(until: str) -> str:
    """One row an item, and one a kind, whose item is empty."""
    return f"""
SELECT item, transform(item, {{items:Array(String)}}, {{kinds:Array(String)}}, '') AS kind,
       uniqExactMerge(who) AS customers, arraySort(groupUniqArray(source)) AS sources,
       toDate(min(first), {{timezone:String}}) AS since, toDate(max(last), {{timezone:String}}) AS latest
FROM ({_moves(until)}
    UNION ALL {_facts(until).strip()}
)
GROUP BY GROUPING SETS ((item, kind), (kind))"""


TOTALS = f"""
SELECT (SELECT count() FROM customers) AS customers,
       {", ".join(f"sumIf(counted.customers, kind = '{kind}') / nullIf(customers, 0) AS {kind}" for kind in KINDS)}
FROM counted WHERE item = ''"""

DataMap.example = DataMap()
