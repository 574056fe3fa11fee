"""Touchpoints: where customers meet the shop, and what may go wrong for them there. The one place that says which move is of which.

A move is of the touchpoint that its name tells; what happens on pages is of the kind of page. A trouble is a move that nobody wants: a
payment that failed, a search that found nothing, a page that came slowly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.settings import Language


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One kind of contact: the names of its moves, and which pages are its own (a regular expression after the language of the shop)."""

    key: str
    en: str
    ar: str
    names: tuple[str, ...] = ()
    pages: str = ""

    def title(self, language: Language) -> str:
        return self.ar if language == "ar" else self.en


# In the order in which they are shown. A sale at a branch is of the branch, whatever its name.
TOUCHPOINTS: tuple[Touchpoint, ...] = (
    Touchpoint("message", "E-mail and messages", "البريد والرسائل", (
        "Email Delivered", "Email Opened", "Email Link Clicked", "Email Bounced", "Email Marked as Spam", "Unsubscribed")),
    Touchpoint("offer", "Offers on the site", "العروض في الموقع", ("Promotion Viewed", "Promotion Clicked"), "offers?|sale|عروض"),
    Touchpoint("site", "Other pages", "صفحات أخرى", ("Screen Viewed",)),
    Touchpoint("help", "Help pages", "صفحات المساعدة", (), "help|support|faq|contact|returns?|مساعدة|الأسئلة-الشائعة|تواصل"),
    Touchpoint("account", "Account", "الحساب", ("Signed Up", "Signed In", "Signed Out", "Points Earned", "Points Spent"),
               "account|my-account|login|register|customer|حسابي|تسجيل"),
    Touchpoint("search", "Search in the shop", "البحث في المتجر", ("Products Searched",), "search|بحث"),
    Touchpoint("list", "Product lists", "قوائم المنتجات", ("Product List Viewed", "Product List Filtered"),
               "c|category|categories|product-category|collections?|shop|التصنيفات|تصنيف|قسم|(?:.+/)?c[0-9]+"),
    Touchpoint("product", "Product pages", "صفحات المنتجات", (
        "Product Viewed", "Product Clicked", "Product Added to Wishlist", "Product Removed from Wishlist"), "p|products?|item|منتجات|منتج|collections/[^/]+/products|(?:.+/)?p[0-9]+"),
    Touchpoint("cart", "Cart", "السلة", (
        "Product Added", "Product Removed", "Cart Viewed", "Cart Shared", "Wishlist Product Added to Cart",
        "Coupon Entered", "Coupon Applied", "Coupon Denied", "Coupon Removed"), "cart|basket|bag|السلة|سلة"),
    Touchpoint("checkout", "Checkout", "إتمام الطلب", ("Checkout Started", "Checkout Step Viewed", "Checkout Step Completed"),
               "checkouts?|إتمام-الطلب"),
    Touchpoint("payment", "Payment", "الدفع", ("Payment Info Entered", "Payment Failed", "Payment Received", "Order Pending"),
               "checkouts?/payment|payments?|pay|الدفع"),
    Touchpoint("order", "Order", "الطلب", ("Order Completed", "Order Updated", "Order Cancelled", "Order Refunded"),
               "checkouts?/order-received|checkouts?/(?:.+/)?thank[-_]you|order-received|thank[-_]you|orders?|(?:(?:my-)?account|customer)/orders"),
    Touchpoint("branch", "Branch", "الفرع", ("Branch Visited",)),
    Touchpoint("delivery", "Delivery", "التوصيل", ("Order Shipped", "Order Delivered", "Delivery Refused")),
    Touchpoint("service", "Tickets and calls", "التذاكر والمكالمات", (
        "Ticket Opened", "Ticket Solved", "Call Received", "Call Made", "Live Chat Conversation Started", "Live Chat Conversation Ended")),
    Touchpoint("survey", "Surveys", "الاستبيانات", ("Survey Answered",)),
    Touchpoint("review", "Reviews and word of mouth", "التقييمات والتوصيات",
               ("Product Reviewed", "Product Shared", "Invite Sent", "Brand Mentioned")),
)  # fmt: skip
BY_KEY: Mapping[str, Touchpoint] = {one.key: one for one in TOUCHPOINTS}
SITE, BRANCH = "site", "branch"
WITHIN = (
    "payment",
    "order",
    "product",
)  # whose pages may stand within those of others: /checkout/payment, /collections/new/products/x

# Names that tell a page, and whose touchpoint is the page's.
ON_PAGES = (
    "Page Viewed", "Page Left", "Page Reloaded", "Rage Clicked", "Dead Clicked", "Error Seen", "Web Vitals Measured", "Element Clicked",
    "Link Clicked", "File Downloaded", "Form Started", "Form Submitted", "Form Abandoned", "Video Playback Started",
    "Video Content Playing", "Video Playback Completed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of thing that goes wrong, and the SQL that knows it among moves of these names."""

    key: str
    en: str
    ar: str
    names: tuple[str, ...]
    sql: str = ""  # beside the name
    is_contact: bool = False  # the move is a contact itself, and not told beside one

    def title(self, language: Language) -> str:
        return self.ar if language == "ar" else self.en


POOR = {"lcp": 4000, "inp": 500, "cls": 0.25}  # from here on Google calls a page poor
LATE_DAYS = 1
TROUBLES: tuple[Trouble, ...] = (
    Trouble("payment_failed", "failed payments", "تعذّر الدفع", ("Payment Failed",)),
    Trouble("reloads", "pages loaded again", "إعادة تحميل الصفحة", ("Page Reloaded", "Page Viewed"),
            "(name = 'Page Reloaded' OR toString(props.reload) = 'true')"),
    Trouble("rage_clicks", "rage clicks", "نقرات عصبية", ("Rage Clicked",)),
    Trouble("dead_clicks", "clicks without effect", "نقرات بلا أثر", ("Dead Clicked",)),
    Trouble("errors", "errors on pages", "أخطاء في الصفحات", ("Error Seen",)),
    Trouble("slow_pages", "slow pages", "بطء الصفحات", ("Web Vitals Measured",),
            " OR ".join(f"toFloat64OrZero(toString(props.{name})) > {bound}" for name, bound in POOR.items())),
    Trouble("nothing_found", "searches without result", "بحث بلا نتيجة", ("Products Searched",),
            "toFloat64OrNull(coalesce(nullIf(toString(props.results), ''), toString(props.search_count))) = 0", is_contact=True),
    Trouble("coupon_denied", "coupons denied", "كوبونات مرفوضة", ("Coupon Denied",)),
    Trouble("refused", "refused deliveries", "رفض الاستلام", ("Delivery Refused",), is_contact=True),
    Trouble("late", "late deliveries", "تأخر التوصيل", ("Order Delivered",),
            f"toFloat64OrZero(toString(props.late_days)) >= {LATE_DAYS}", is_contact=True),
)  # fmt: skip


def contacts(frame: Frame, more: Mapping[str, str] | None = None, where: str = "true") -> str:
    """The step of all moves that are of a touchpoint, of everybody: a segment chooses customers elsewhere.

    Columns beside those of `moves`: at (milliseconds), touch (its key), trouble (the number of what went wrong, 0 for nothing). `touching`
    is what it binds.
    """
    told = {"at": "toUnixTimestamp64Milli(ts)", "touch": _touch(), "trouble": _trouble(frame)}
    whole = replace(frame, segment=(), breakdown="")
    return moves(whole, f"name IN {{touch_names:Array(String)}} AND {where}", more=told | dict(more or {}))


def touching() -> dict[str, Any]:
    """What `contacts` binds, beside the frame's own values."""
    named = [(name, one.key) for one in TOUCHPOINTS for name in one.names] + [(name, "") for name in ON_PAGES]
    return {"touch_names": [name for name, _ in named], "touch_keys": [key for _, key in named]}


def _touch() -> str:
    """The key of a move's touchpoint."""
    pages = "".join(
        f", match(lowerUTF8(page), '^/(?:(?:ar|en)(?:-[a-z]{{2}})?/)?(?:{one.pages})(?:/|$)'), '{one.key}'"
        for one in sorted(TOUCHPOINTS, key=lambda one: one.key not in WITHIN)
        if one.pages
    )
    by_name = "transform(toString(name), {touch_names:Array(String)}, {touch_keys:Array(String)}, '')"
    sold = "name IN ('Order Completed', 'Order Refunded')"
    return f"multiIf(branch != '' AND {sold}, '{BRANCH}', {by_name} != '', {by_name}{pages}, '{SITE}')"


def _trouble(frame: Frame) -> str:
    """The number of what went wrong with a move; properties are read only of names that there are."""
    tests = []
    for number, one in enumerate(TROUBLES, 1):
        if names := [name for name in one.names if name in frame.facts.counts]:
            listed = ", ".join(f"'{name}'" for name in names)
            tests.append(f"name IN ({listed}){f' AND ({one.sql})' if one.sql else ''}, {number}")
    return f"toUInt8(multiIf({', '.join(tests)}, 0))" if tests else "toUInt8(0)"


# What customers say of us on one scale, from −2 (bad) to 2 (good): stars, recommendation and satisfaction. Effort has no common direction.
SCORE = """multiIf(
           name = 'Product Reviewed', toFloat64OrNull(toString(props.rating)) - 3,
           lowerUTF8(toString(props.survey)) LIKE 'nps%', (toFloat64OrNull(toString(props.score)) - 5) / 2.5,
           lowerUTF8(toString(props.survey)) LIKE 'csat%', toFloat64OrNull(toString(props.score)) - 3, NULL)"""
ANSWERS = ("Product Reviewed", "Survey Answered")
COMPLAINTS = ("Ticket Opened", "Call Received")


def score(frame: Frame) -> str:
    """SQL for what a move says of us; nothing where no move says anything."""
    none = "CAST(NULL, 'Nullable(Float64)')"
    if not any(name in frame.facts.counts for name in ANSWERS):
        return none
    listed = ", ".join(f"'{name}'" for name in ANSWERS)
    return f"if(name IN ({listed}), {SCORE}, NULL)"
