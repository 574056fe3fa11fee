"""What merchants call their columns, in Arabic and English, and whatever program wrote the file.

Words are compared folded (`masarat.words.folding`). A header equal to a synonym is a sure match; one that contains all of its
words is a likely one. Longer synonyms are asked first, so that «رقم جوال العميل» is a phone and not a customer number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from masarat.words.folding import words_of

# Field → what it is called. Within a field the order says which column is preferred where several match.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "order_id": (
        "order id", "order number", "order no", "order ref", "order reference", "reference id", "order", "invoice no",
        "invoice number", "invoice id", "invoice", "invoice reference", "bill no", "bill number", "receipt no", "receipt number",
        "receipt id", "transaction id", "transaction no", "document number", "basket id", "sales order", "order name", "number",
        "purchase order number", "purchase order no", "purchase order", "po number", "po no", "po", "رقم أمر الشراء", "أمر الشراء", "رقم أمر التوريد",
        "رقم الطلب", "رقم الطلبية", "رقم الطلبيه", "رقم الفاتورة", "رقم فاتورة", "رقم الإيصال", "رقم العملية", "رقم المستند",
        "الرقم المرجعي", "رقم المرجع", "مرجع الفاتورة", "مرجع الطلب", "معرف الطلب", "الفاتورة", "الطلب", "رقم السند", "رقم امر البيع",
    ),
    "ts": (
        "order date", "invoice date", "issue date", "date created", "order created at", "created at", "created on", "created",
        "order date time", "datetime", "date time", "timestamp", "transaction date", "purchase date", "sale date", "sales date",
        "order time", "date", "reporting starts", "period start", "start date", "business date", "paid at", "processed at", "date add", "day", "creation date", "created date", "count date", "stock date", "inventory date", "po date", "purchase order date",
        "تاريخ الطلب", "تاريخ الفاتورة", "تاريخ الإصدار", "تاريخ الانشاء", "تاريخ إنشاء الطلب", "تاريخ الشراء", "تاريخ البيع",
        "طابع زمني", "الطابع الزمني", "تاريخ الجرد", "تاريخ أمر الشراء",
        "بداية التقرير", "تاريخ البداية", "تاريخ العملية", "تاريخ ووقت الطلب", "تاريخ ووقت", "التاريخ والوقت", "التاريخ", "تاريخ", "وقت الطلب", "وقت الإنشاء", "تاريخ الدفع", "اليوم",
    ),
    "reference": ("shop reference", "مرجع المتجر"),
    "time": ("time", "hour", "time of day", "invoice time", "issue time", "الوقت", "وقت", "الساعة", "وقت الفاتورة", "وقت البيع"),
    "customer_id": (
        "customer id", "customer no", "customer number", "customer code", "customer key", "client id", "client no", "contact id",
        "user id", "buyer id", "member id", "account id", "partner id", "cust id", "cust", "membership number", "loyalty card",
        "رقم العميل", "كود العميل", "معرف العميل", "رقم الزبون", "كود الزبون", "رقم العضوية", "معرف المستخدم", "رقم المشتري", "رمز العميل",
    ),
    "name": (
        "customer name", "client name", "buyer name", "contact name", "billing name", "shipping name", "full name", "customer",
        "client", "buyer", "contact", "partner", "recipient", "consignee", "customer full name", "first name", "billing first name", "name", "your name", "your full name",
        "اسم العميل", "اسم الزبون", "اسم المشتري", "الاسم الكامل", "اسم المستلم", "العميل", "الزبون", "المشتري", "اسم العميل الكامل", "الاسم", "ما اسمك", "اسمك الكريم", "اسمك الكامل",
    ),
    "email": (
        "email", "e mail", "customer email", "email address", "billing email", "client email", "contact email",
        "your email", "your email address", "username", "عنوان البريد الإلكتروني", "بريدك الإلكتروني",
        "البريد الإلكتروني", "بريد العميل", "البريد", "الايميل", "ايميل", "إيميل العميل", "بريد إلكتروني",
    ),
    "phone": (
        "phone", "mobile", "phone number", "mobile number", "customer phone", "customer mobile", "billing phone", "shipping phone",
        "telephone", "tel", "whatsapp", "cell", "contact phone", "mobile no", "phone no",
        "رقم الجوال", "جوال العميل", "رقم جوال العميل", "الجوال", "جوال", "رقم الهاتف", "الهاتف", "هاتف", "رقم الموبايل", "الموبايل", "رقم التواصل",
        "your phone", "your phone number", "your mobile", "رقم جوالك", "جوالك", "رقم هاتفك",
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
    "arabic_name": ("name ar", "arabic name", "product name ar", "product name arabic", "arabic product name", "الاسم بالعربية", "الاسم بالعربي", "اسم المنتج بالعربية", "اسم المنتج بالعربي", "الاسم العربي"),
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
    "document": ("document type", "invoice type", "move type", "type of document", "نوع المستند", "نوع الفاتورة", "نوع السند"),
    "line_tax": ("item tax amount", "line tax", "line vat", "item vat", "ضريبة البند", "ضريبة الصنف", "ضريبة السطر"),
    "shipping_tax": ("shipping charge tax amount", "shipping tax", "shipping vat", "ضريبة الشحن"),
    "applied": ("amount applied to invoice", "applied amount", "amount applied", "allocated amount", "المبلغ المخصص", "المبلغ المطبق"),
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
    "first_name": ("first name", "given name", "firstname", "fname", "الاسم الأول", "الاسم الاول"),
    "last_name": ("last name", "family name", "surname", "lastname", "lname", "اسم العائلة", "الاسم الأخير", "اللقب"),
    "gender": ("gender", "sex", "الجنس", "النوع"),
    "birthday": ("birthday", "birth date", "date of birth", "dob", "birthdate", "تاريخ الميلاد", "الميلاد", "يوم الميلاد"),
    "company": ("company", "company name", "organization", "organisation", "account name", "associated company", "الشركة", "اسم الشركة", "المنشأة", "الجهة"),
    "vat_number": ("vat number", "tax number", "vat no", "tax id", "vat registration number", "الرقم الضريبي", "رقم التسجيل الضريبي"),
    "language": ("language", "locale", "preferred language", "اللغة", "لغة العميل"),
    "tags": ("tags", "tag", "groups", "labels", "lists", "segments", "الوسوم", "وسوم", "المجموعات", "التصنيفات"),
    "cost": ("cost", "unit cost", "cost price", "cost per item", "purchase price", "buying price", "standard price", "average cost", "التكلفة", "سعر التكلفة", "تكلفة الوحدة", "سعر الشراء", "تكلفة المنتج"),
    "stock": ("stock", "stock quantity", "quantity on hand", "on hand", "available", "in stock", "inventory", "inventory quantity", "inventory qty", "variant inventory qty", "stock on hand", "current stock", "closing stock", "physical count", "actual quantity", "counted quantity", "available quantity", "qty on hand", "counted", "count", "quantity", "qty", "المخزون", "الكمية المتوفرة", "الرصيد", "الكمية المتاحة", "الكمية في المخزون", "كمية المخزون", "الجرد", "الكمية الفعلية", "الجرد الفعلي", "الكمية المجرودة", "الرصيد الفعلي", "الرصيد الحالي", "المخزون الحالي", "الكمية"),
    "supplier": ("supplier", "vendor", "supplier name", "vendor name", "manufacturer", "المورد", "اسم المورد", "المورّد"),
    "lead_days": ("lead time", "lead days", "lead time days", "delivery lead time", "days to deliver", "مدة التوريد", "أيام التوريد", "مدة التوريد بالأيام"),
    "expiry": ("expiry", "expiry date", "expiration date", "expires", "best before", "expires on", "تاريخ الانتهاء", "تاريخ الصلاحية", "انتهاء الصلاحية", "الصلاحية"),
    "batch": ("batch", "batch number", "batch no", "lot", "lot number", "lot no", "رقم التشغيلة", "التشغيلة", "رقم الدفعة", "الدفعة"),
    "received": ("received quantity", "received qty", "quantity received", "qty received", "delivered quantity", "الكمية المستلمة", "المستلم", "الكمية الواصلة"),
    "business_day": ("business date", "business day", "يوم العمل", "تاريخ العمل", "تاريخ يوم العمل"),
    "expected_at": ("expected date", "expected arrival", "expected delivery", "expected delivery date", "delivery date", "due date", "eta", "تاريخ التسليم المتوقع", "تاريخ الوصول المتوقع", "تاريخ التوريد"),
    "arrived_at": ("received date", "received at", "arrival date", "arrived at", "received on", "تاريخ الاستلام", "تاريخ الوصول"),
    "campaign": ("campaign", "campaign name", "campaign title", "newsletter", "الحملة", "اسم الحملة", "حملة"),
    "ad_group": ("ad set name", "ad set", "ad group", "ad group name", "adset name", "المجموعة الإعلانية", "مجموعة الإعلانات", "اسم المجموعة الإعلانية"),
    "ad": ("ad name", "ad", "creative", "الإعلان", "اسم الإعلان"),
    "spend": ("amount spent", "spend", "cost", "spent", "ad spend", "total spent", "amount", "total cost", "budget spent", "المبلغ المصروف", "الإنفاق", "المبلغ الذي تم إنفاقه", "التكلفة", "المصروف", "المبلغ", "تكلفة الإعلان"),
    "impressions": ("impressions", "impr", "views", "مرات الظهور", "الظهور", "عدد مرات الظهور"),
    "clicks": ("clicks", "link clicks", "clicks all", "total clicks", "النقرات", "نقرات الرابط", "عدد النقرات"),
    "query": ("query", "top queries", "queries", "search term", "search query", "keyword", "طلبات البحث الأكثر رواجًا", "طلب البحث", "طلبات البحث", "كلمة البحث", "عبارة البحث"),
    "page": ("page", "top pages", "page path", "page path and screen class", "url", "landing page", "page location", "أهم الصفحات", "الصفحة", "الصفحات", "رابط الصفحة"),
    "position": ("position", "average position", "avg position", "الموضع", "متوسط الموضع", "الترتيب", "متوسط الترتيب"),
    "until": ("reporting ends", "end date", "to date", "period end", "until", "نهاية التقرير", "تاريخ النهاية", "إلى تاريخ", "حتى"),
    "ticket_id": ("ticket id", "ticket", "ticket number", "ticket no", "case number", "case id", "conversation id", "id", "display id", "رقم التذكرة", "التذكرة", "رقم البلاغ", "رقم المحادثة", "رقم الطلب"),
    "subject": ("subject", "title", "summary", "topic", "reason", "call reason", "issue", "الموضوع", "العنوان", "سبب الاتصال", "المشكلة", "السبب"),
    "priority": ("priority", "urgency", "severity", "الأولوية", "الأهمية"),
    "agent": ("agent", "assignee", "agent name", "assigned to", "owner", "handled by", "employee", "assigned agent", "الموظف", "المسؤول", "اسم الموظف", "الموظف المسؤول"),
    "replied_at": ("first reply at", "first response at", "replied at", "first reply time", "first replied at", "وقت أول رد", "أول رد", "تاريخ أول رد"),
    "reply_minutes": ("first reply time min", "first reply time in minutes", "first response time minutes", "minutes to first reply", "reply minutes", "دقائق أول رد", "الدقائق حتى أول رد"),
    "solved_at": ("solved at", "resolved at", "closed at", "solved date", "resolution date", "closed date", "resolved on", "ended at", "تاريخ الحل", "وقت الحل", "تاريخ الإغلاق", "وقت الإغلاق"),
    "outcome": ("status", "outcome", "result", "call status", "call result", "disposition", "state", "ticket status", "النتيجة", "الحالة", "حالة التذكرة", "حالة المكالمة", "نتيجة المكالمة"),
    "direction": ("direction", "call direction", "payment direction", "call type", "type", "الاتجاه", "نوع المكالمة", "اتجاه المكالمة"),
    "caller": ("caller", "caller number", "calling number", "caller id", "from number", "source number", "المتصل", "رقم المتصل"),
    "called": ("called", "called number", "callee", "dialed number", "dialled number", "to number", "destination number", "المتصل به", "الرقم المطلوب", "رقم المستقبل"),
    "leg_of": ("parent call sid", "linkedid", "parent call id", "رقم المكالمة الأصلية"),
    "seconds": ("duration", "call duration", "talk time", "length", "duration seconds", "duration sec", "المدة", "مدة المكالمة", "المدة بالثواني"),
    "messages": ("messages", "message count", "number of messages", "عدد الرسائل", "الرسائل"),
    "survey": ("survey", "survey name", "form", "form name", "الاستبيان", "اسم الاستبيان", "النموذج"),
    "response_id": ("response id", "respondent id", "submission id", "token", "response", "رقم الاستجابة", "رقم الرد", "رقم المشاركة"),
    "question": ("question", "question text", "السؤال", "نص السؤال"),
    "answer": ("answer", "response text", "comment", "feedback", "الإجابة", "الجواب", "التعليق", "ملاحظات العميل"),
    "score": ("score", "rating", "nps", "csat", "ces", "nps score", "satisfaction", "satisfaction score", "stars", "التقييم", "الدرجة", "درجة الرضا", "الرضا"),
    "payment_id": ("payment id", "receipt number", "receipt no", "receipt id", "payment number", "payment reference", "voucher number", "رقم السند", "رقم الإيصال", "رقم الدفعة", "رقم سند القبض"),
    "paid": ("paid amount", "amount paid", "amount", "paid", "received amount", "payment amount", "المبلغ المدفوع", "المبلغ", "مبلغ السند", "المبلغ المستلم"),
    "event": ("event", "event name", "action", "event type", "activity", "الحدث", "اسم الحدث", "الإجراء", "النشاط"),
    "move_id": ("event id", "message id", "uuid", "call id", "call sid", "رقم الحدث", "رقم المكالمة"),
    "browser_id": ("anonymous id", "visitor id", "user pseudo id", "client id", "device id", "cookie id", "معرف الزائر", "رقم الزائر"),
    "visit_id": ("session id", "visit id", "ga session id", "رقم الزيارة", "معرف الجلسة"),
    "device": ("device", "device category", "device type", "الجهاز", "نوع الجهاز"),
    "move": ("masarat move", "حركة مسارات"),
    "referrer": ("referrer", "referer", "page referrer", "المصدر المحيل", "الصفحة المحيلة"),
}  # fmt: skip

# Words in a header that speak against a field although a synonym stands in it ("order status date" is no status).
AGAINST: dict[str, tuple[str, ...]] = {
    "order_id": ("date", "time", "status", "total", "amount", "count", "source", "notes", "تاريخ", "حاله", "اجمالي", "عدد", "وقت", "ملاحظات"),
    "ts": ("due", "birth", "shipped", "delivered", "cancelled", "updated", "delivery", "expiry", "الاستحقاق", "الميلاد", "الشحن", "التسليم", "التوصيل", "الالغاء"),
    "status": ("date", "تاريخ"),
    "name": ("id", "email", "phone", "number", "note", "notes", "group", "type", "owner", "مسوول", "رقم", "كود", "معرف", "رمز", "بريد", "جوال", "ملاحظات"),
    "product_name": ("id", "code", "count", "price", "type", "عدد", "سعر", "كود", "رقم", "رمز", "كميه"),
    "quantity": ("refunded", "returned", "available", "stock", "received", "المخزون", "المتوفره", "المستلمه"),
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
    "stock": ("low", "max", "min", "policy", "tracker", "alert", "status", "اقصي", "ادني", "حد"),
    "cost": ("shipping", "ad", "الشحن"),
}  # fmt: skip


_WORDS = {field: tuple(words_of(synonym) for synonym in synonyms) for field, synonyms in SYNONYMS.items()}


_ADDRESSES = {
    ("ip",),
    ("ip", "address"),
    ("ipaddress",),
    ("ip", "addr"),
    ("عنوان", "ip"),
    ("عنوان", "الاي", "بي"),
}
_QUESTION = re.compile(r"[?؟]\s*\*?$")


@lru_cache(maxsize=20_000)
def is_address(header: str) -> bool:
    """Whether a column holds addresses on the net, which are never kept: `IP Address`, `Customer IP address`."""
    words = words_of(header)
    return words in _ADDRESSES or words[-2:] == ("ip", "address") or words[-1:] == ("ip",)


def is_question(header: str) -> bool:
    """Whether a header asks something, rather than naming what stands below it."""
    return bool(_QUESTION.search(header.strip())) or len(words_of(header)) >= 5


@lru_cache(maxsize=20_000)
def match(field: str, header: str, least: int = 1) -> float:
    """How well a header names a field: 1 exactly, about 0.7 where it holds the words of a synonym, 0 not at all.

    Synonyms of fewer than `least` words count only where they are all of it.

    >>> match("order_id", "Order ID"), match("ts", "وزن الشحنة")
    (1.0, 0.0)
    """
    words = words_of(header)
    exact = [rank for rank, synonym in enumerate(_WORDS[field]) if synonym == words]
    if exact:
        return 1.0 - exact[0] / 1000
    if set(AGAINST.get(field, ())) & set(words):
        return 0.0
    held = [len(synonym) for synonym in _WORDS[field] if len(synonym) >= least and set(synonym) <= set(words)]
    return 0.6 + 0.2 * max(held) / len(words) if held else 0.0
