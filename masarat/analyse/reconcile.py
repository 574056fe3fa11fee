"""Reconcile: the sales of the books beside those of the shop and the till."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.meeting import REACH_DAYS, meeting
from masarat.analyse.two_sides import BOOKS, COMPARED, FOUND, LISTED, LONGEST, STATES, both_sides
from masarat.store import Query, Row
from masarat.words import Words

DAY = 24 * 60 * 60 * 1000  # milliseconds
ROUNDING, OF_A_LINE = 0.05, 0.01  # what rounding may leave in an order, and more with each of its lines
FRAYED_DAYS = 7  # by which the two sides may begin and end apart before it is worth telling


class Reconcile(Analysis):
    """Do the books and the shop tell the same sales? What stands on one side only, where money differs, and whether VAT is right.

    For a merchant and their accountant, to whom one sale comes from the web shop, the till and the accounting program. Books are what
    came from Qoyod, Daftra, Zoho Books, Odoo or as ZATCA invoices, whatever their sources are called, or those named by `books`; every other
    source is the shop. Amounts are compared before VAT and
    with delivery (revenue plus shipping), since an invoice often has delivery among its lines. Refunds are compared with refunds.

    An order of the books meets one of the shop by reference first: their numbers are the same (case, spaces, dashes, a leading # and leading
    zeros aside; Arabic digits count as western ones), or the books name the shop's number in `reference`, `original` or `order_ref`; and at most 92
    days lie between them. A credit note that names only its invoice is known by the invoice's numbers. Of several the one with the same amount is taken, then the nearest. What is left meets by customer and
    amount: the same customer, amounts within `tolerance`, at most `days` days apart, the nearest day first, then the nearest time. Each
    order meets once. A pair belongs to the period of the shop's order, so an invoice written on the first of the next month is found.

    Money is different from 0.05 on (0.01 more with each line, for rounding). VAT of the books should be `vat` percent of the amount;
    an order without any VAT is taken to be exempt or zero-rated and counted apart, and one that mixes both kinds of goods is shown
    as wrong: look at it. Free orders that stand alone are left out.

    Other questions count what met here once: the shop's order, with the money of the books. This one reads both as they came.

    Customers meet only where both sides know who they are (`identity_health`); a name under which everybody buys ("walk-in customer": more
    than 1,000 orders near each other) tells nobody. A segment must be told by both sides. Where two accounting programs hold the same
    invoices, leave one out: segment='source!=zatca'.
    """

    books: tuple[str, ...] = Field(
        (),
        description="Sources that are the books; none means all that came from Qoyod, Daftra, Zoho Books, Odoo or ZATCA.",
    )
    days: int = Field(
        2,
        ge=0,
        le=REACH_DAYS,
        description="How many days an order may be from its invoice without a reference.",
    )
    tolerance: float = Field(
        1.0,
        ge=0,
        le=100,
        description="How far amounts may be apart to meet without a reference: percent, or units of the currency where that is more.",
    )
    vat: float = Field(15.0, ge=0, le=100, description="Rate of VAT, in percent.")
    limit: int = Field(100, ge=1, le=LONGEST, description="How many orders to list.")

    view = "ranking"
    columns = (
        Column("order", "text"),
        Column("invoice", "text"),
        Column("day", "date"),
        Column("shop_net", "money"),
        Column("books_net", "money"),
        Column("difference", "money"),
        Column("status", "text"),  # the last that a report on paper has room for
        Column("document", "text"),
        Column("books_vat", "money"),
        Column("vat_expected", "money"),
        Column("met", "text"),
        Column("sources", "list"),
    )
    numbers = (
        Column("matched", "count"),
        Column("by_reference", "count"),
        Column("different", "count"),
        Column("only_shop", "count"),
        Column("only_books", "count"),
        Column("shop_net", "money"),
        Column("books_net", "money"),
        Column("difference", "money"),
        Column("vat_wrong", "count"),
        Column("vat_zero", "count"),
    )
    picture = (Column("status", "text"), Column("amount", "money"))
    sample: ClassVar[str] = "compared"
    words = Words(
        en="""
title = Reconcile
about = Do the books and the shop tell the same sales: what is missing on a side, where money differs, is VAT right?
param-books = Sources that are the books
param-days = Days between order and invoice
param-tolerance = How far amounts may be apart
param-vat = VAT in percent
order = Order
    .formula = Number of the order in the shop
invoice = In the books
    .formula = Number under which the books have it
document = Document
    .formula = A sale, or money given back
day = Day
    .formula = Day of the shop's order; of the books' where the shop has none
sources = Sources
amount = Amount
    .formula = What these orders and refunds come to, whichever way the money went
shop_net = In the shop
    .formula = Orders less refunds of every source that is not the books: before VAT, with delivery
books_net = In the books
    .formula = Invoices less credit notes of the books: before VAT, with delivery
difference = Difference
    .formula = What stands in the books minus what stands in the shop
books_vat = VAT of the books
    .formula = VAT as the books have it
vat_expected = VAT expected
    .formula = Amount in the books times the rate of VAT (vat: 15 percent unless told otherwise)
met = Met by
    .formula = Reference: the same number. Customer and amount: the same customer and amount within a few days
status = What is wrong
matched = Matched
    .formula = Orders and refunds that stand in the shop and in the books
by_reference = Matched by reference
    .formula = Of them those that met by their number; the others met by customer and amount
different = Different money
    .formula = Matched, but amounts differ by more than rounding
only_shop = Only in the shop
    .formula = Orders and refunds of the shop that nothing in the books meets
only_books = Only in the books
    .formula = Invoices and credit notes of the books that nothing in the shop meets
vat_wrong = VAT wrong
    .formula = Invoices and credit notes with VAT other than the rate gives, by more than rounding
vat_zero = Without VAT
    .formula = Invoices and credit notes whose VAT is 0: exempt, zero-rated, or imported without it; not counted as wrong
document-sale = sale
document-refund = refund
met-reference = reference
met-amount = customer and amount
status-agrees = both agree
status-different = different money
status-only_shop = only in the shop
status-only_books = only in the books
status-vat = VAT wrong
agree = The books and the shop agree: { $n ->
    [one] one order or refund meets,
   *[other] all { $n } orders and refunds meet,
} { $net } on both sides.
apart = { $way ->
    [less] The books have { $difference } less than the shop
    [more] The books have { $difference } more than the shop
   *[even] The books and the shop come to the same sum
}, and { $apart } of { $compared } orders and refunds { $apart ->
    [one] needs
   *[other] need
} a look. { $first ->
    [only_shop] First look at what is only in the shop
    [only_books] First look at what is only in the books
    [different] First look at the different money
   *[vat] First look at the wrong VAT
}: { $n ->
    [one] one entry
   *[other] { $n } entries
}, { $amount }.
no-books = None of your sources in this period is an accounting program ({ $shop }). Import your invoices from it, or name the source that is the books with the parameter books.
no-shop = In this period there are only books ({ $books }), and nothing to compare them with. Import the orders of the shop or the till, or name the sources that are the books with the parameter books.
note-frayed = The shop has orders from { $shop_first } to { $shop_last }, the books from { $books_first } to { $books_last }: what lies outside either cannot meet.
note-no-vat = No order of the books tells its VAT, so it is not checked: import them with their VAT column.
note-with-vat = { $n ->
    [one] One difference is
   *[other] { $n } differences are
} just the VAT: one side was imported with VAT in its amounts. Name its VAT column, so that it is taken off.
""",
        ar="""
title = مطابقة الدفاتر
about = هل تقول الدفاتر ما يقوله المتجر: ما الناقص عند أحدهما، وأين تختلف المبالغ، وهل الضريبة صحيحة؟
param-books = مصادر الدفاتر
param-days = الأيام بين الطلب وفاتورته
param-tolerance = الفرق المسموح بين المبلغين
param-vat = نسبة الضريبة
order = الطلب
    .formula = رقم الطلب في المتجر
invoice = رقمه في الدفاتر
    .formula = الرقم الذي قُيّد به في الدفاتر
document = النوع
    .formula = بيع، أو مال أُعيد
day = اليوم
    .formula = يوم الطلب في المتجر، أو يومه في الدفاتر إن لم يكن في المتجر
sources = المصادر
amount = المبلغ
    .formula = مجموع هذه الطلبات والمرتجعات، دخل المال أم خرج
shop_net = في المتجر
    .formula = الطلبات ناقص المرتجعات في كل مصدر ليس من الدفاتر: قبل الضريبة ومع التوصيل
books_net = في الدفاتر
    .formula = الفواتير ناقص الإشعارات الدائنة في الدفاتر: قبل الضريبة ومع التوصيل
difference = الفرق
    .formula = ما في الدفاتر ناقص ما في المتجر
books_vat = الضريبة في الدفاتر
    .formula = ضريبة القيمة المضافة كما قُيّدت في الدفاتر
vat_expected = الضريبة المتوقعة
    .formula = المبلغ في الدفاتر مضروبًا في نسبة الضريبة (vat، وهي 15 بالمئة ما لم يُذكر غيرها)
met = بمَ التقيا
    .formula = بالمرجع: الرقم واحد. بالعميل والمبلغ: عميل واحد ومبلغ واحد خلال أيام قليلة
status = ما الخلل
matched = المتطابقة
    .formula = طلبات ومرتجعات موجودة في المتجر وفي الدفاتر معًا
by_reference = المتطابقة بالمرجع
    .formula = ما التقى منها برقمه؛ وما سواها التقى بالعميل والمبلغ
different = مبالغ مختلفة
    .formula = موجودة في الجانبين، لكن المبلغين يختلفان بأكثر من التقريب
only_shop = في المتجر وحده
    .formula = طلبات ومرتجعات في المتجر لا يقابلها شيء في الدفاتر
only_books = في الدفاتر وحدها
    .formula = فواتير وإشعارات دائنة في الدفاتر لا يقابلها شيء في المتجر
vat_wrong = ضريبة خاطئة
    .formula = فواتير وإشعارات دائنة ضريبتها غير ما تعطيه النسبة، بأكثر من التقريب
vat_zero = بلا ضريبة
    .formula = فواتير وإشعارات دائنة ضريبتها صفر: معفاة، أو خاضعة لنسبة الصفر، أو استُوردت بلا ضريبتها؛ ولا تُعد خطأ
document-sale = بيع
document-refund = مرتجع
met-reference = المرجع
met-amount = العميل والمبلغ
status-agrees = متفق عليه
status-different = المبلغ مختلف
status-only_shop = في المتجر وحده
status-only_books = في الدفاتر وحدها
status-vat = الضريبة خاطئة
agree = الدفاتر والمتجر متفقان { $n ->
    [zero] ولا عملية فيهما
    [one] في العملية الوحيدة
    [two] في العمليتين
    [few] في العمليات كلها، وعددها { $n }
    [many] في العمليات كلها، وعددها { $n }
   *[other] في العمليات كلها، وعددها { $n }
}، والمجموع { $net } في كلٍّ منهما.
apart = { $way ->
    [less] في الدفاتر أقل مما في المتجر بمقدار { $difference }
    [more] في الدفاتر أكثر مما في المتجر بمقدار { $difference }
   *[even] مجموع الدفاتر يساوي مجموع المتجر
}، و{ $apart ->
    [zero] لا عملية تحتاج
    [one] عملية واحدة تحتاج
    [two] عمليتان تحتاجان
    [few] { $apart } عمليات تحتاج
    [many] { $apart } عملية تحتاج
   *[other] { $apart } عملية تحتاج
} إلى نظر من أصل { $compared }. { $first ->
    [only_shop] ابدأ بما في المتجر وحده
    [only_books] ابدأ بما في الدفاتر وحدها
    [different] ابدأ بالمبالغ المختلفة
   *[vat] ابدأ بالضريبة الخاطئة
}: { $n ->
    [zero] لا عمليات
    [one] عملية واحدة
    [two] عمليتان
    [few] { $n } عمليات
    [many] { $n } عملية
   *[other] { $n } عملية
}، { $amount }.
no-books = ليس بين مصادرك في هذه الفترة برنامج محاسبة ({ $shop }). استورد منه فواتيرك، أو سمِّ المصدر الذي هو الدفاتر بالمعامل books.
no-shop = ليس في هذه الفترة إلا الدفاتر ({ $books })، فلا شيء تُقابل به. استورد طلبات المتجر أو نقطة البيع، أو سمِّ المصادر التي هي الدفاتر بالمعامل books.
note-frayed = طلبات المتجر من { $shop_first } إلى { $shop_last }، وما في الدفاتر من { $books_first } إلى { $books_last }: ما خرج عن أحدهما لا يجد ما يقابله.
note-no-vat = لا شيء في الدفاتر يذكر ضريبته، فلم تُفحص: استوردها مع عمود الضريبة.
note-with-vat = { $n ->
    [zero] لا فرق
    [one] فرق واحد
    [two] فرقان
    [few] { $n } فروق
    [many] { $n } فرقًا
   *[other] { $n } فرق
} بمقدار الضريبة تمامًا: أحد الجانبين استُورد ومبالغه تشمل الضريبة. سمِّ عمود ضريبته لتُطرح منها.
""",
    )

    def query(self, frame: Frame) -> Query:
        values, around = frame.values, max(REACH_DAYS, self.days) * DAY
        return Query(
            steps={
                "orders": both_sides(frame.only()),
                **meeting("orders", "{days:Int32}"),
                "compared": COMPARED,
                "found": FOUND,
            },
            values=values
            | {
                "from": values["start"] - around,
                "until": values["end"] + around,
                "books": sorted(
                    {name.strip().lower() for name in self.books or (*BOOKS, *frame.told.books())}
                ),
                "days": self.days,
                "tolerance": self.tolerance,
                "rate": self.vat / 100,
                "rounding": ROUNDING,
                "of_a_line": OF_A_LINE,
                "limit": self.limit,
            },
            rows="found",
            totals="found",
        )

    def interpret(self, found: Found) -> Found:
        """Rows and bars in words; neither where one side is missing."""
        if _missing(found.totals):
            found.rows, found.picture = [], []
            found.totals |= dict.fromkeys((column.name for column in self.numbers), None)
            return found
        found.rows = [_in_words(found, dict(zip(LISTED, row, strict=True))) for row in found.totals["listed"]]
        found.picture = [
            {"status": found.say(f"status-{state}"), "amount": found.totals[f"{state}_amount"]}
            for state in STATES
        ]
        if found.before and _missing(found.before):
            found.before = {}
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if missing := _missing(totals):
            return self._nothing_to_compare(found, missing)
        if not totals["apart"]:
            return found.say("agree", n=totals["compared"], net=found.money("books_net"))
        first = max(("only_shop", "only_books", "different", "vat"), key=lambda each: totals[f"{each}_stake"])
        difference = totals["difference"]
        return found.say(
            "apart",
            way="even" if abs(difference) < ROUNDING else "less" if difference < 0 else "more",
            difference=found.speaker.money(abs(difference), found.frame.currency, whole=True),
            apart=totals["apart"],
            compared=totals["compared"],
            first=first,
            n=totals["vat_wrong" if first == "vat" else first],
            amount=found.money(f"{first}_stake"),
        )

    def _nothing_to_compare(self, found: Found, missing: str) -> str:
        speak, totals = found.speaker, found.totals
        shop, books = (speak.value("list", totals[f"{side}_sources"]) for side in ("shop", "books"))
        return found.say(f"no-{missing}", shop=shop, books=books)

    def notes(self, found: Found) -> list[str]:
        totals, speak = found.totals, found.speaker
        if _missing(totals):
            return []
        ends = ("shop_first", "shop_last", "books_first", "books_last")
        shop_first, shop_last, books_first, books_last = (totals[end] for end in ends)
        apart = max(abs((shop_first - books_first).days), abs((shop_last - books_last).days))
        told = []
        if apart > FRAYED_DAYS + self.days:
            told.append(found.say("note-frayed", **{end: speak.day(totals[end]) for end in ends}))
        if not totals["vat_told"]:
            told.append(found.say("note-no-vat"))
        if totals["by_vat"]:
            told.append(found.say("note-with-vat", n=totals["by_vat"]))
        return told


def _missing(totals: Row) -> str:
    """Which side has nothing in the period."""
    return "books" if not totals["of_books"] else "shop" if not totals["of_shop"] else ""


def _in_words(found: Found, row: Row) -> Row:
    wrong = [row["state"]] if row["state"] != "agrees" else []
    wrong += ["vat"] if row["is_vat_wrong"] else []
    comma = "، " if found.speaker.language == "ar" else ", "
    sides = {"shop": ("shop_net",), "books": ("books_net", "books_vat", "vat_expected")}
    absent = [name for side, names in sides.items() if not row[f"{side}_id"] for name in names]
    return row | {
        **dict.fromkeys(absent),
        "sources": [name for name in (row["shop_source"], row["books_source"]) if name],
        "document": found.say("document-refund" if row["is_refund"] else "document-sale"),
        "met": found.say(f"met-{row['met']}") if row["met"] else "",
        "status": comma.join(found.say(f"status-{each}") for each in wrong),
    }


Reconcile.example = Reconcile(limit=20)
