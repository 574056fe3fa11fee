"""What merchants call their columns, in Arabic and English, and in the exports of the shops and books they use.

Words are compared folded (`masarat.words.folding`). A header equal to a synonym is a sure match; one that contains all of its
words is a likely one. Longer synonyms are asked first, so that «رقم جوال العميل» is a phone and not a customer number.
"""

from __future__ import annotations

from dataclasses import dataclass

from masarat.words.folding import words_of

# Field → what it is called. Within a field the order says which column is preferred where several match.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "order_id": (
        "order id", "order number", "order no", "order ref", "order reference", "reference id", "order", "invoice no",
        "invoice number", "invoice id", "invoice", "invoice reference", "bill no", "bill number", "receipt no", "receipt number",
        "receipt id", "transaction id", "transaction no", "document number", "basket id", "sales order", "order name", "number",
        "رقم الطلب", "رقم الطلبية", "رقم الطلبيه", "رقم الفاتورة", "رقم فاتورة", "رقم الإيصال", "رقم العملية", "رقم المستند",
        "الرقم المرجعي", "رقم المرجع", "مرجع الفاتورة", "مرجع الطلب", "معرف الطلب", "الفاتورة", "الطلب", "رقم السند", "رقم امر البيع",
    ),
    "ts": (
        "order date", "invoice date", "issue date", "date created", "order created at", "created at", "created on", "created",
        "order date time", "datetime", "date time", "timestamp", "transaction date", "purchase date", "sale date", "sales date",
        "order time", "date", "business date", "paid at", "processed at", "date add", "day", "creation date", "created date",
        "تاريخ الطلب", "تاريخ الفاتورة", "تاريخ الإصدار", "تاريخ الانشاء", "تاريخ إنشاء الطلب", "تاريخ الشراء", "تاريخ البيع",
        "تاريخ العملية", "تاريخ ووقت الطلب", "تاريخ ووقت", "التاريخ والوقت", "التاريخ", "تاريخ", "وقت الطلب", "وقت الإنشاء", "تاريخ الدفع", "اليوم",
    ),
    "time": ("time", "hour", "time of day", "invoice time", "issue time", "الوقت", "وقت", "الساعة", "وقت الفاتورة", "وقت البيع"),
    "customer_id": (
        "customer id", "customer no", "customer number", "customer code", "customer key", "client id", "client no", "contact id",
        "user id", "buyer id", "member id", "account id", "partner id", "cust id", "cust", "membership number", "loyalty card",
        "رقم العميل", "كود العميل", "معرف العميل", "رقم الزبون", "كود الزبون", "رقم العضوية", "معرف المستخدم", "رقم المشتري", "رمز العميل",
    ),
    "name": (
        "customer name", "client name", "buyer name", "contact name", "billing name", "shipping name", "full name", "customer",
        "client", "buyer", "contact", "partner", "recipient", "consignee", "customer full name", "first name", "billing first name",
        "اسم العميل", "اسم الزبون", "اسم المشتري", "الاسم الكامل", "اسم المستلم", "العميل", "الزبون", "المشتري", "اسم العميل الكامل", "الاسم",
    ),
    "email": (
        "email", "e mail", "customer email", "email address", "billing email", "client email", "contact email",
        "البريد الإلكتروني", "بريد العميل", "البريد", "الايميل", "ايميل", "إيميل العميل", "بريد إلكتروني",
    ),
    "phone": (
        "phone", "mobile", "phone number", "mobile number", "customer phone", "customer mobile", "billing phone", "shipping phone",
        "telephone", "tel", "whatsapp", "cell", "contact phone", "mobile no", "phone no",
        "رقم الجوال", "جوال العميل", "رقم جوال العميل", "الجوال", "جوال", "رقم الهاتف", "الهاتف", "هاتف", "رقم الموبايل", "الموبايل", "رقم التواصل",
        "هاتف العميل", "رقم الواتساب", "واتساب", "رقم المحمول", "المحمول",
    ),
    "city": (
        "city", "customer city", "billing city", "shipping city", "town", "ship city",
        "المدينة", "مدينة", "مدينة العميل", "مدينة الشحن", "مدينة التوصيل", "المدينه",
    ),
    "country": (
        "country", "customer country", "billing country", "shipping country", "country code", "country name",
        "الدولة", "دولة", "البلد", "دولة العميل", "بلد العميل", "دولة الشحن", "بلد الشحن",
    ),
    "product_id": (
        "sku", "product id", "product code", "stock code", "item code", "item id", "item number", "item no", "item sku",
        "product sku", "lineitem sku", "barcode", "product no", "article", "variant sku", "internal reference", "default code",
        "رمز المنتج", "كود المنتج", "رقم المنتج", "رمز التخزين", "كود الصنف", "رقم الصنف", "رمز الصنف", "باركود", "الباركود", "معرف المنتج", "رمز sku",
    ),
    "product_name": (
        "product name", "product", "item name", "item", "lineitem name", "description", "product title", "title", "product description",
        "item description", "goods", "line item", "variant name",
        "اسم المنتج", "المنتج", "اسم الصنف", "الصنف", "وصف المنتج", "وصف الصنف", "البيان", "الوصف", "السلعة", "اسم السلعة", "عنوان المنتج", "المنتجات",
    ),
    "category": (
        "category", "product category", "product type", "department", "category name", "item category", "product group", "group",
        "التصنيف", "الفئة", "تصنيف المنتج", "فئة المنتج", "القسم", "المجموعة", "نوع المنتج",
    ),
    "quantity": (
        "quantity", "qty", "lineitem quantity", "units", "quantity ordered", "ordered quantity", "pieces", "pcs", "item quantity",
        "units sold", "cds", "item count", "no of items", "invoiced quantity", "product uom qty",
        "الكمية", "كمية", "العدد", "عدد القطع", "كمية المنتج", "الكميه", "عدد الوحدات", "الكمية المباعة",
    ),
    "unit_price": (
        "unit price", "price", "item price", "lineitem price", "price per unit", "product price", "unit cost", "rate", "price each",
        "selling price", "price unit", "item cost", "unit amount",
        "سعر الوحدة", "السعر", "سعر المنتج", "سعر القطعة", "سعر البيع", "سعر", "سعر الحبة", "سعر الصنف",
    ),
    "line_total": (
        "line total", "line amount", "item total", "line revenue", "subtotal item", "row total", "lineitem total", "line subtotal",
        "price subtotal", "extended price", "line value", "order line total", "total price", "product total", "item subtotal",
        "إجمالي السطر", "إجمالي المنتج", "إجمالي الصنف", "مجموع السطر", "قيمة السطر", "السعر الإجمالي", "إجمالي السعر", "إجمالي البند",
    ),
    "order_total": (
        "order total", "total amount", "grand total", "invoice total", "total", "amount", "value", "order amount", "order value",
        "total paid", "amount total", "net total", "total sales", "sales", "revenue", "net amount", "invoice amount", "paid amount",
        "transaction amount", "total incl tax", "spend", "purchase amount", "order subtotal", "subtotal", "net sales", "net revenue",
        "إجمالي الطلب", "إجمالي الفاتورة", "المبلغ الإجمالي", "الإجمالي", "المجموع", "المبلغ", "قيمة الطلب", "قيمة الفاتورة", "مبلغ الفاتورة",
        "مبلغ الطلب", "مجموع الطلب", "صافي الفاتورة", "القيمة", "المبلغ المدفوع", "الصافي", "الإجمالي شامل الضريبة", "المبيعات", "اجمالي المبلغ",
    ),
    "discount": (
        "discount", "discount amount", "total discount", "order discount", "discounts", "discount total", "discount value",
        "الخصم", "خصم", "قيمة الخصم", "إجمالي الخصم", "مبلغ الخصم", "الخصومات",
    ),
    "tax": (
        "tax", "vat", "taxes", "tax amount", "vat amount", "total tax", "order tax", "tax total", "amount tax",
        "الضريبة", "ضريبة القيمة المضافة", "قيمة الضريبة", "مبلغ الضريبة", "إجمالي الضريبة", "ضريبة",
    ),
    "shipping": (
        "shipping", "shipping cost", "shipping amount", "delivery fee", "shipping fee", "delivery cost", "shipping total", "freight",
        "shipping price", "order shipping", "delivery charge",
        "الشحن", "تكلفة الشحن", "رسوم الشحن", "رسوم التوصيل", "قيمة الشحن", "سعر الشحن", "التوصيل", "تكلفة التوصيل",
    ),
    "refunded": (
        "refunded amount", "refund amount", "refunded", "amount refunded", "total refunded", "refund", "order refund amount",
        "المبلغ المسترجع", "مبلغ الاسترجاع", "المبلغ المسترد", "قيمة المرتجع", "مبلغ الإرجاع", "المبلغ المرتجع",
    ),
    "currency": ("currency", "currency code", "order currency", "cur", "العملة", "عملة", "رمز العملة", "عملة الطلب", "عملة الفاتورة"),
    "status": (
        "status", "order status", "financial status", "payment status", "state", "invoice status", "fulfillment status",
        "حالة الطلب", "الحالة", "حالة", "حالة الفاتورة", "حالة الدفع", "حالة الطلبية",
    ),
    "coupon": (
        "coupon", "coupon code", "discount code", "promo code", "voucher", "promotion", "promo", "voucher code", "coupons",
        "الكوبون", "كوبون", "كود الخصم", "رمز الكوبون", "كوبون الخصم", "رمز القسيمة", "القسيمة", "كود الكوبون",
    ),
    "payment": (
        "payment method", "payment", "payment type", "payment method title", "gateway", "paid with", "payment mode", "tender",
        "طريقة الدفع", "وسيلة الدفع", "نوع الدفع", "الدفع", "طريقة السداد",
    ),
    "branch": (
        "branch", "store", "till", "location", "shop", "outlet", "warehouse", "branch name", "store name", "pos",
        "الفرع", "فرع", "اسم الفرع", "المتجر", "نقطة البيع", "المعرض", "المستودع",
    ),
    "channel": (
        "channel", "source", "sales channel", "order source", "origin", "platform", "source name", "attribution",
        "القناة", "قناة البيع", "مصدر الطلب", "المصدر", "المنصة",
    ),
}  # fmt: skip

# Words in a header that speak against a field although a synonym stands in it ("order status date" is no status).
AGAINST: dict[str, tuple[str, ...]] = {
    "order_id": ("date", "time", "status", "total", "amount", "count", "source", "notes", "تاريخ", "حاله", "اجمالي", "عدد", "وقت", "ملاحظات"),
    "ts": ("due", "birth", "shipped", "delivered", "cancelled", "updated", "delivery", "expiry", "الاستحقاق", "الميلاد", "الشحن", "التسليم", "التوصيل", "الالغاء"),
    "status": ("date", "تاريخ"),
    "name": ("id", "email", "phone", "number", "note", "notes", "group", "type", "رقم", "كود", "معرف", "رمز", "بريد", "جوال", "ملاحظات"),
    "product_name": ("id", "code", "count", "price", "type", "عدد", "سعر", "كود", "رقم", "رمز", "كميه"),
    "quantity": ("refunded", "returned", "available", "stock", "المخزون", "المتوفره"),
    "unit_price": ("compare", "cost", "before", "قبل", "تكلفه"),
    "order_total": ("quantity", "items", "count", "weight", "discount", "tax", "vat", "shipping", "refunded", "orders", "due", "cost", "الكميه", "عدد", "وزن", "الخصم", "الضريبه", "الشحن"),
    "line_total": ("discount", "tax", "vat", "الخصم", "الضريبه"),
    "discount": ("code", "type", "percent", "كود", "نوع", "نسبه"),
    "tax": ("number", "percent", "rate", "id", "الرقم", "رقم", "نسبه"),
    "shipping": ("method", "name", "city", "country", "phone", "address", "date", "zip", "province", "company", "street", "طريقه", "شركه", "مدينه", "عنوان", "تاريخ", "حاله"),
    "payment": ("status", "date", "reference", "id", "terms", "amount", "حاله", "تاريخ", "مبلغ"),
    "phone": ("verified", "type"),
    "country": ("phone",),
    "branch": ("id", "credit"),
    "coupon": ("amount", "value"),
    "customer_id": ("name", "email", "phone", "group", "اسم"),
    "refunded": ("quantity", "date", "status"),
    "city": ("id",),
    "email": ("marketing", "accepts", "verified"),
    "currency": ("rate",),
    "category": ("id",),
    "channel": ("id",),
    "product_id": ("name", "اسم"),
    "time": ("zone",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """A file whose headers would mislead without knowing who wrote it: known by columns that no one else has."""

    name: str
    needs: tuple[str, ...]
    columns: dict[str, str]


EXPORTS: tuple[Export, ...] = (
    Export(
        "Shopify orders",
        ("Name", "Lineitem name"),
        {"order_id": "Name", "ts": "Created at", "name": "Billing Name", "channel": "Source", "order_total": "Subtotal"},
    ),
    Export("Odoo sales", ("Order Reference", "Order Lines/Product"), {"order_id": "Order Reference", "product_name": "Order Lines/Product"}),
)  # fmt: skip

_WORDS = {field: tuple(words_of(synonym) for synonym in synonyms) for field, synonyms in SYNONYMS.items()}


def match(field: str, header: str) -> float:
    """How well a header names a field: 1 exactly, about 0.7 where it holds the words of a synonym, 0 not at all.

    >>> match("order_id", "Order ID"), match("ts", "وزن الشحنة")
    (1.0, 0.0)
    """
    words = words_of(header)
    exact = [rank for rank, synonym in enumerate(_WORDS[field]) if synonym == words]
    if exact:
        return 1.0 - exact[0] / 1000
    if set(AGAINST.get(field, ())) & set(words):
        return 0.0
    held = [len(synonym) for synonym in _WORDS[field] if set(synonym) <= set(words)]
    return 0.6 + 0.2 * max(held) / len(words) if held else 0.0


def export_of(header: list[str]) -> Export | None:
    """The known export that these headers come from, if any."""
    return next((export for export in EXPORTS if set(export.needs) <= set(header)), None)
