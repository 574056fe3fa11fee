"""The nouns: what a move is called, which columns it has, and money.

Names follow the Segment spec (Title Case "Object Action"); where Segment has no word we define our own here, once.
An unknown name is kept as it came: this dictionary describes, it does not forbid.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec
import polars as pl
import xxhash
from babel.numbers import get_currency_precision

Stage = Literal["awareness", "interest", "consideration", "purchase", "retention", "advocacy"]


@dataclass(frozen=True, slots=True)
class EventName:
    """One word of the dictionary: its stage in the customer's journey, and the fields without which it means little."""

    name: str
    stage: Stage
    arabic: str
    needs: tuple[str, ...] = ()
    ours: bool = False  # not in the Segment spec


def _own(name: str, stage: Stage, arabic: str, *needs: str) -> EventName:
    return EventName(name, stage, arabic, needs, ours=True)


EVENTS: tuple[EventName, ...] = (
    # Visiting
    EventName("Page Viewed", "awareness", "شاهد صفحة", ("url",)),
    _own("Page Left", "awareness", "غادر صفحة", "engaged_ms"),
    _own("Element Clicked", "interest", "نقر عنصرًا في الصفحة", "label"),
    _own("Link Clicked", "interest", "نقر رابطًا إلى خارج الموقع", "label"),
    _own("File Downloaded", "interest", "نزّل ملفًا", "href"),
    _own("Form Started", "interest", "بدأ تعبئة نموذج", "form"),
    _own("Form Submitted", "interest", "أرسل نموذجًا", "form"),
    _own("Form Abandoned", "interest", "ترك نموذجًا قبل إرساله", "form"),
    EventName("Video Playback Started", "interest", "شغّل مقطعًا"),
    EventName("Video Content Playing", "interest", "تابع المقطع"),
    EventName("Video Playback Completed", "interest", "أكمل المقطع"),
    _own("Rage Clicked", "interest", "كرّر النقر بعصبية", "label"),
    _own("Dead Clicked", "interest", "نقر دون أن يحدث شيء", "label"),
    _own("Page Reloaded", "interest", "أعاد تحميل الصفحة", "times"),
    _own("Error Seen", "interest", "ظهر له خطأ في الصفحة", "message"),
    _own("Web Vitals Measured", "awareness", "قيست سرعة صفحته"),
    _own("Consent Changed", "interest", "غيّر موافقته", "purposes"),
    EventName("Promotion Viewed", "awareness", "شاهد عرضًا", ("promotion_id",)),
    EventName("Promotion Clicked", "interest", "نقر عرضًا", ("promotion_id",)),
    EventName("Products Searched", "interest", "بحث عن منتج", ("query",)),
    EventName("Product List Viewed", "interest", "شاهد قائمة منتجات", ("list_id",)),
    EventName("Product List Filtered", "interest", "رشّح قائمة منتجات", ("list_id",)),
    EventName("Product Clicked", "interest", "نقر منتجًا", ("product_ids",)),
    EventName("Product Viewed", "interest", "شاهد منتجًا", ("product_ids",)),
    EventName("Signed Up", "interest", "سجّل حسابًا"),
    EventName("Signed In", "interest", "دخل إلى حسابه"),
    EventName("Signed Out", "interest", "خرج من حسابه"),
    EventName("Email Delivered", "awareness", "وصلته رسالة"),
    EventName("Email Opened", "awareness", "فتح رسالة"),
    EventName("Email Link Clicked", "interest", "نقر رابطًا في رسالة"),
    EventName("Email Bounced", "awareness", "ارتدّت رسالة"),
    EventName("Email Marked as Spam", "awareness", "عدّ الرسالة مزعجة"),
    EventName("Unsubscribed", "awareness", "ألغى الاشتراك"),
    # Weighing up
    EventName("Product Added to Wishlist", "consideration", "أضاف إلى المفضلة", ("product_ids",)),
    EventName("Product Removed from Wishlist", "consideration", "أزال من المفضلة", ("product_ids",)),
    EventName(
        "Wishlist Product Added to Cart", "consideration", "نقل من المفضلة إلى السلة", ("product_ids",)
    ),
    EventName("Product Added", "consideration", "أضاف إلى السلة", ("product_ids",)),
    EventName("Product Removed", "consideration", "أزال من السلة", ("product_ids",)),
    EventName("Cart Viewed", "consideration", "شاهد السلة"),
    EventName("Coupon Entered", "consideration", "أدخل كوبونًا", ("coupon",)),
    EventName("Coupon Applied", "consideration", "قُبل كوبونه", ("coupon",)),
    EventName("Coupon Denied", "consideration", "رُفض كوبونه", ("coupon",)),
    EventName("Coupon Removed", "consideration", "أزال كوبونًا", ("coupon",)),
    EventName("Live Chat Conversation Started", "consideration", "بدأ محادثة"),
    EventName("Live Chat Conversation Ended", "consideration", "أنهى محادثة"),
    EventName("Experiment Viewed", "interest", "شاهد تجربة"),
    # Buying
    EventName("Checkout Started", "purchase", "بدأ إتمام الطلب", ("revenue",)),
    EventName("Checkout Step Viewed", "purchase", "شاهد خطوة من إتمام الطلب", ("step",)),
    EventName("Checkout Step Completed", "purchase", "أتم خطوة من إتمام الطلب", ("step",)),
    EventName("Payment Info Entered", "purchase", "أدخل بيانات الدفع"),
    _own("Payment Failed", "purchase", "تعذّر دفعه"),
    _own("Order Pending", "purchase", "طلب ينتظر الدفع", "order_id"),
    EventName("Order Completed", "purchase", "أتم طلبًا", ("order_id", "revenue", "currency")),
    EventName("Order Updated", "purchase", "عُدّل طلبه", ("order_id",)),
    EventName("Order Cancelled", "purchase", "أُلغي طلبه", ("order_id",)),
    EventName("Order Refunded", "retention", "أُعيد له مبلغ", ("order_id", "revenue", "currency")),
    _own("Payment Received", "purchase", "وصلت دفعته", "order_id", "revenue"),
    # After the sale
    _own("Order Shipped", "purchase", "شُحن طلبه", "order_id"),
    _own("Order Delivered", "purchase", "سُلّم طلبه", "order_id"),
    _own("Delivery Refused", "purchase", "رفض الاستلام", "order_id"),
    _own("Ticket Opened", "retention", "فتح تذكرة", "ticket_id"),
    _own("Ticket Solved", "retention", "حُلّت تذكرته", "ticket_id"),
    _own("Call Received", "retention", "اتصل بنا"),
    _own("Call Made", "retention", "اتصلنا به"),
    _own("Branch Visited", "retention", "زار الفرع", "branch"),
    _own("Survey Answered", "retention", "أجاب استبيانًا", "survey", "score"),
    _own("Points Earned", "retention", "كسب نقاطًا", "points"),
    _own("Points Spent", "retention", "صرف نقاطًا", "points"),
    # Speaking of us
    EventName("Product Shared", "advocacy", "شارك منتجًا", ("product_ids",)),
    EventName("Cart Shared", "advocacy", "شارك سلته"),
    EventName("Product Reviewed", "advocacy", "قيّم منتجًا", ("product_ids", "rating")),
    EventName("Invite Sent", "advocacy", "دعا صديقًا"),
    _own("Customer Identified", "interest", "عرّف بنفسه"),
    _own("Identity Linked", "interest", "رُبطت هويتان"),
    _own("Account Joined", "interest", "انضم إلى شركة", "group_id"),
    _own("Screen Viewed", "awareness", "شاهد شاشة"),
    _own("Brand Mentioned", "advocacy", "ذكر علامتنا"),
    # The shop itself
    _own("Stock Counted", "purchase", "جُرد المخزون", "product_ids"),
    _own("Stock Ordered", "purchase", "طُلبت بضاعة من المورد", "product_ids"),
    _own("Stock Arrived", "purchase", "وصلت البضاعة", "product_ids"),
    _own("Search Result Shown", "awareness", "ظهرنا في نتائج البحث"),
)
EVENT_NAMES: dict[str, EventName] = {event.name: event for event in EVENTS}

# What is done to a customer, not by them: no sign that they are still there.
DONE_TO_THEM = (
    "Email Delivered", "Email Bounced", "Call Made", "Ticket Solved", "Points Earned", "Web Vitals Measured", "Search Result Shown",
    "Order Updated", "Order Refunded", "Order Shipped", "Order Delivered", "Payment Received",
    "Customer Identified", "Identity Linked", "Account Joined", "Stock Counted", "Stock Ordered", "Stock Arrived",
)  # fmt: skip

MONEY = pl.Decimal(18, 4)
TIME = pl.Datetime("ms", "UTC")

# The columns a writer may give to Store.append, in polars types; every one but the first five has a default.
COLUMNS: dict[str, pl.DataType] = {
    "event_id": pl.String(),
    "ts": TIME,
    "name": pl.String(),
    "source": pl.String(),
    "visitor_id": pl.String(),
    "identifiers": pl.List(pl.String()),
    "received_at": TIME,
    "import_id": pl.String(),
    "session_id": pl.String(),
    "channel": pl.String(),
    "url": pl.String(),
    "referrer": pl.String(),
    "utm_source": pl.String(),
    "utm_medium": pl.String(),
    "utm_campaign": pl.String(),
    "device": pl.String(),
    "country": pl.String(),
    "city": pl.String(),
    "order_id": pl.String(),
    "revenue": MONEY,
    "currency": pl.String(),
    "discount": MONEY,
    "tax": MONEY,
    "shipping": MONEY,
    "coupon": pl.String(),
    "payment": pl.String(),
    "branch": pl.String(),
    "product_ids": pl.List(pl.String()),
    "product_names": pl.List(pl.String()),
    "product_categories": pl.List(pl.String()),
    "product_quantities": pl.List(MONEY),
    "product_revenues": pl.List(MONEY),
    "revision": pl.UInt64(),
    "props": pl.String(),  # a JSON object
}
REQUIRED = ("event_id", "ts", "name", "source", "visitor_id")

IDENTIFIED = "Customer Identified"  # somebody says who they are: each property is a fact about them


def hash_of(identifier: str) -> int:
    """The customer id of an identifier, as in `events.customer_id`."""
    return xxhash.xxh64_intdigest(identifier.encode())


class Move(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """One event on the hot path, between a door and the journal: encoded, it is one line that the engine takes as it is.

    The columns of `events` with the same meanings; times are UTC seconds since 1970, money in major units, `props` any JSON object.
    """

    event_id: str
    ts: float
    name: str
    source: str = ""
    visitor_id: str
    identifiers: list[str] = []
    received_at: float = 0.0
    session_id: str = ""
    channel: str = ""
    url: str = ""
    referrer: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    device: str = ""
    country: str = ""
    city: str = ""
    order_id: str = ""
    revenue: float = 0.0
    currency: str = ""
    discount: float = 0.0
    tax: float = 0.0
    shipping: float = 0.0
    coupon: str = ""
    payment: str = ""
    branch: str = ""
    product_ids: list[str] = []
    product_names: list[str] = []
    product_categories: list[str] = []
    product_quantities: list[float] = []
    product_revenues: list[float] = []
    props: msgspec.Raw = msgspec.Raw(b"{}")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in major units, with its ISO 4217 currency."""

    amount: Decimal
    currency: str

    @property
    def minor_digits(self) -> int:
        """Digits after the point in this currency: SAR 2, KWD 3, JPY 0."""
        return int(get_currency_precision(self.currency))

    def rounded(self) -> Money:
        """The amount as it can be paid, halves away from zero."""
        return Money(
            self.amount.quantize(Decimal(1).scaleb(-self.minor_digits), ROUND_HALF_UP), self.currency
        )

    @property
    def minor_units(self) -> int:
        """The amount in halalas, fils, cents, …"""
        return int(self.rounded().amount.scaleb(self.minor_digits))

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added without a rate.")
        return Money(self.amount + other.amount, self.currency)
