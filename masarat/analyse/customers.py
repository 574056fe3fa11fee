"""Customers: the list of all of them, searched and sorted."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.folding import folded
from masarat.analyse.frame import SAVED, Frame
from masarat.analyse.people import OWNER_OF_FACT
from masarat.store import Query
from masarat.words import Words

Sort = Literal["revenue", "orders", "aov", "last_order", "first_order", "name"]

ORDERS: dict[Sort, str] = {
    "revenue": "revenue DESC",
    "orders": "orders DESC, revenue DESC",
    "aov": "aov DESC",
    "last_order": "last_order DESC",
    "first_order": "first_order DESC",
    "name": "name = '', lowerUTF8(name)",
}


class Customers(Analysis):
    """Every customer you know: who they are, how to reach them, what they bought.

    For sales and support, to find somebody in a second. A customer is anybody with an order or a refund in the period; with
    the whole history, also those of whom only a fact is known: a contact list, a sign-up. Visitors who neither bought nor
    said who they are are not customers yet. Each is shown with the strongest identifier they bought with (where that is not
    among them, with the first), and with the newest name, e-mail, phone and city that any source told. Orders and revenue are
    those of the period, in the asked currency.

    `search` finds every word of it, in any order, within the identifiers, name, e-mail or phone: upper and lower case, the
    forms of alef, ya and ta marbuta, diacritics, tatweel and Arabic-Indic digits make no difference. A phone is found however
    it is written: 0501234567, 966501234567 and ٠٥٠ ١٢٣ ٤٥٦٧ are the same. Two customers who are one person show as two until
    they are merged; then they are found by the identifiers of both.
    """

    search: str = Field("", max_length=200, description="Part of a name, or any identifier; empty lists all.")
    sort: Sort = Field("revenue", description="What the list is ordered by; the largest or latest first.")
    limit: int = Field(50, ge=1, le=10_000, description="How many customers to list.")
    offset: int = Field(0, ge=0, description="How many to pass over, to turn the pages.")

    view = "table"
    columns = (
        Column("name", "text"),
        Column("customer", "text"),
        Column("email", "text"),
        Column("phone", "text"),
        Column("city", "text"),
        Column("orders", "count"),
        Column("revenue", "money"),
        Column("aov", "money"),
        Column("first_order", "date"),
        Column("last_order", "date"),
    )
    numbers = (
        Column("customers", "count"),
        Column("buyers", "count"),
        Column("orders", "count"),
        Column("revenue", "money"),
    )
    needs = ()
    sample = "known"
    words = Words(
        en="""
title = Customers
about = Every customer you know, to be searched and sorted.
param-search = Search
param-sort = Ordered by
param-offset = Pass over
customer = Identifier
email = E-mail
phone = Phone
city = City
customers = Customers
    .formula = Identified customers with an order or a refund in the period who match the search; with the whole history also those of whom only facts are known
buyers = Buyers
    .formula = Those of them with a completed order in the period
orders = Orders
    .formula = Completed orders of these customers with revenue above zero
revenue = Net revenue
    .formula = Gross revenue of these customers minus their refunds, by the date of the refund
sentence = { $customers ->
    [one] One customer
   *[other] { $customers } customers
}, { $buyers ->
    [0] none of whom has bought
    [one] one of whom bought, for { $revenue } net
   *[other] { $buyers } of whom bought, for { $revenue } net
}.
found = { $customers ->
    [0] No customer matches “{ $search }”.
    [one] One customer matches “{ $search }”: { $name }, { $revenue } net.
   *[other] { $customers } customers match “{ $search }”; together they brought { $revenue } net.
}
nameless = without a name
""",
        ar="""
title = العملاء
about = كل عميل تعرفه، مع البحث والترتيب.
param-search = بحث
param-sort = الترتيب
param-offset = تجاوز
customer = المعرّف
email = البريد الإلكتروني
phone = الجوال
city = المدينة
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب أو مرتجع في الفترة ويوافقون البحث؛ ومع التاريخ كله من لا تُعرف عنهم إلا بياناتهم أيضًا
buyers = المشترون
    .formula = من له منهم طلب مكتمل في الفترة
orders = الطلبات
    .formula = طلبات هؤلاء العملاء المكتملة التي قيمتها فوق الصفر
revenue = صافي الإيرادات
    .formula = إجمالي إيرادات هؤلاء العملاء ناقص مرتجعاتهم بتاريخ إعادتها
sentence = { $customers ->
    [one] عميل واحد
    [two] عميلان
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}، { $buyers ->
    [zero] لم يشترِ منهم أحد
    [one] اشترى منهم واحد بصافي { $revenue }
    [two] اشترى منهم اثنان بصافي { $revenue }
    [few] اشترى منهم { $buyers } بصافي { $revenue }
    [many] اشترى منهم { $buyers } بصافي { $revenue }
   *[other] اشترى منهم { $buyers } بصافي { $revenue }
}.
found = { $customers ->
    [zero] لا عميل يوافق «{ $search }».
    [one] عميل واحد يوافق «{ $search }»: { $name }، بصافي { $revenue }.
    [two] عميلان يوافقان «{ $search }»، وقد جلبا معًا صافي { $revenue }.
    [few] { $customers } عملاء يوافقون «{ $search }»، وقد جلبوا معًا صافي { $revenue }.
    [many] { $customers } عميلًا يوافقون «{ $search }»، وقد جلبوا معًا صافي { $revenue }.
   *[other] { $customers } عميل يوافقون «{ $search }»، وقد جلبوا معًا صافي { $revenue }.
}
nameless = بلا اسم
""",
    )

    def query(self, frame: Frame) -> Query:
        saved = all(name == SAVED for name, _, _ in frame.segment)
        everyone = not frame.period.bounded and saved
        return Query(
            steps={
                "sales": frame.sales(),
                "bought": BOUGHT,
                "facts": FACTS.format(only=frame.only("traits") if saved else ""),
                "others": OTHERS,
                "people": PEOPLE.format(
                    join="FULL" if everyone else "LEFT",
                    others=" GLOBAL LEFT JOIN others USING (customer_id)" if self.search else "",
                    matches=MATCHES if self.search else "true",
                ),
                "totals": """
SELECT count() AS known, countIf(matches) AS customers, countIf(matches AND first_order IS NOT NULL) AS buyers,
       sumIf(orders, matches) AS orders, sumIf(revenue, matches) AS revenue
FROM people""",
                "everybody": "SELECT * FROM people WHERE matches",
                "listed": f"""
SELECT * FROM everybody
ORDER BY {ORDERS[self.sort]}, customer, customer_id LIMIT {{limit:UInt64}} OFFSET {{offset:UInt64}}""",
            },
            values=frame.values | {"search": self.search, "limit": self.limit, "offset": self.offset},
            rows="listed",
            totals="totals",
            customers="everybody",
        )

    def explain(self, found: Found) -> str:
        totals, first = found.totals, found.rows[0] if found.rows else {}
        name = first.get("name") or found.say("nameless")
        return found.say(
            "found" if self.search else "sentence",
            search=found.speaker.text(self.search),
            name=found.speaker.text(str(name)),
            customers=totals["customers"],
            buyers=totals["buyers"],
            revenue=found.money("revenue"),
        )


# One row a customer with an order or a refund in the period.
BOUGHT = """
SELECT customer_id, argMin(visitor_id, (xxHash64(visitor_id) != customer_id, ts, visitor_id)) AS came_with,
       arrayStringConcat(arraySort(groupUniqArray(visitor_id)), ' ') AS identifiers,
       countIf(is_order) AS orders, sum(net) AS revenue, sum(sales.gross) AS gross,
       minIfOrNull(day, is_order) AS first_order, maxIfOrNull(day, is_order) AS last_order
FROM sales WHERE customer_id != 0 GROUP BY customer_id"""

# One row a customer of whom a fact is known: the newest that any source told.
FACTS = f"""
SELECT customer_id, argMin(visitor_id, (xxHash64(visitor_id) != customer_id, ts, visitor_id)) AS known_as,
       argMaxIf(value, (ts, source, value), trait = 'name') AS name,
       argMaxIf(value, (ts, source, value), trait = 'email') AS email,
       argMaxIf(value, (ts, source, value), trait = 'phone') AS phone,
       argMaxIf(value, (ts, source, value), trait = 'city') AS city
FROM (SELECT {OWNER_OF_FACT} AS customer_id, visitor_id, trait, value, ts, source FROM traits WHERE true{{only}})
WHERE customer_id != 0 GROUP BY customer_id"""

# One row a customer with several identifiers: the others.
OTHERS = """
SELECT owner AS customer_id, arrayStringConcat(arraySort(groupArray(identifier)), ' ') AS others
FROM identity_overrides WHERE owner != from_id GROUP BY owner"""

PEOPLE = """
SELECT customer_id, if(came_with != '', came_with, known_as) AS customer, name, email, phone, city,
       orders, revenue, toFloat64(gross) / nullIf(orders, 0) AS aov, first_order, last_order,
       {matches} AS matches
FROM bought GLOBAL {join} JOIN facts USING (customer_id){others}"""

# Every word of the search stands somewhere; or the search is the digits of a phone, with or without zeros before it.
HAYSTACK = folded("concat(name, ' ', email, ' ', phone, ' ', identifiers, ' ', known_as, ' ', others)")
NEEDLE = folded("{search:String}")
DIGITS_OF_PHONE = f"replaceRegexpAll({folded('phone')}, '[^0-9]', '')"
DIGITS_OF_SEARCH = f"replaceRegexpOne(replaceRegexpAll({NEEDLE}, '[ +().-]', ''), '^0+', '')"
MATCHES = f"""(
    arrayAll(word -> position({HAYSTACK}, word) > 0, splitByChar(' ', {NEEDLE}))
    OR match({DIGITS_OF_SEARCH}, '^[0-9]{{4,}}$') AND position({DIGITS_OF_PHONE}, {DIGITS_OF_SEARCH}) > 0
)"""

Customers.example = Customers(limit=20)
