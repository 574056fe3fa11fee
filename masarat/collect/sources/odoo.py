"""Odoo: exports of sales orders, invoices, contacts, products and purchase orders, with their lines below them.

Headers are labels in the language of whoever exports, or technical names (import-compatible export).
"""

from __future__ import annotations

from collections.abc import Mapping

from masarat.collect.sources.base import Export, Source

Columns = Mapping[str, tuple[str, ...]]
CUSTOMER: Columns = {
    "customer_id": ("Customer/ID", "Partner/ID", "partner_id/id", "partner_id/.id", "Customer/External ID", "Partner/External ID"),
    "name": ("Customer", "Partner", "partner_id", "Customer/Name", "partner_id/name", "Invoice Partner Display Name", "invoice_partner_display_name", "العميل", "الشريك"),
    "email": ("Customer/Email", "Partner/Email", "partner_id/email", "العميل/البريد الإلكتروني", "الشريك/البريد الإلكتروني"),
    "phone": ("Customer/Mobile", "Customer/Phone", "Partner/Mobile", "Partner/Phone", "partner_id/mobile", "partner_id/phone", "العميل/رقم الهاتف المحمول", "العميل/الهاتف المحمول", "العميل/رقم الهاتف", "العميل/الهاتف", "الشريك/رقم الهاتف", "الشريك/الهاتف"),
    "city": ("Customer/City", "Partner/City", "partner_id/city", "العميل/المدينة", "الشريك/المدينة"),
    "currency": ("Currency", "currency_id", "العملة"),
}  # fmt: skip
STATUS = ("Status", "state", "الحالة", "Order Status", "حالة الطلب")
# Whether it is paid is no state of an invoice; discounts of lines are percents, and so on.
APART = (
    *("Payment Status", "payment_state", "حالة الدفع", "حالة السداد", "Invoice Status", "invoice_status", "حالة الفاتورة"),
    *("Due Date", "invoice_date_due", "تاريخ الاستحقاق", "Amount Due", "amount_residual", "المبلغ المستحق", "Amount Due Signed"),
    *("Salesperson", "user_id", "مندوب المبيعات", "Company", "company_id", "الشركة", "Payment Terms", "شروط الدفع"),
    *("Order Lines/Discount (%)", "order_line/discount", "بنود الطلب/الخصم (%)"),
    *("Invoice lines/Discount (%)", "invoice_line_ids/discount", "بنود الفاتورة/الخصم (%)"),
)  # fmt: skip


def lines(english: str, technical: str, arabic: str, pieces: str) -> Columns:
    """The fields of lines under what their list is called; `pieces` is the technical name of how many."""

    def named(
        labels: tuple[str, ...], names: tuple[str, ...], arabic_labels: tuple[str, ...]
    ) -> tuple[str, ...]:
        return (
            *(f"{english}/{label}" for label in labels),
            *(f"{technical}/{name}" for name in names),
            *(f"{arabic}/{label}" for label in arabic_labels),
        )

    return {
        "product_id": named(("Product/Internal Reference",), ("product_id/default_code",), ("المنتج/المرجع الداخلي", "المنتج/مرجع داخلي")),
        "product_name": named(("Product", "Product/Name", "Description", "Label"), ("product_id", "product_id/name", "name"), ("المنتج", "المنتج/الاسم", "الوصف", "بطاقة العنوان")),
        "category": named(("Product/Product Category",), ("product_id/categ_id",), ("المنتج/فئة المنتج",)),
        "quantity": named(("Quantity", "Ordered Quantity"), (pieces,), ("الكمية", "الكمية المطلوبة")),
        "unit_price": named(("Unit Price",), ("price_unit",), ("سعر الوحدة",)),
        "line_total": named(("Subtotal", "Tax excl.", "Amount"), ("price_subtotal",), ("الناتج الفرعي", "الإجمالي الفرعي", "المجموع الفرعي", "غير شامل الضريبة")),
    }  # fmt: skip


def sign(columns: Columns, *fields: str) -> str:
    return "|".join(name for field in fields for name in columns[field])


SOLD = lines("Order Lines", "order_line", "بنود الطلب", "product_uom_qty")
BILLED = lines("Invoice lines", "invoice_line_ids", "بنود الفاتورة", "quantity")
BOUGHT = lines("Order Lines", "order_line", "بنود الطلب", "product_qty")
ORDER: Columns = {
    "order_id": ("Order Reference", "name", "مرجع الطلب"),
    "ts": ("Order Date", "date_order", "تاريخ الطلب", "Creation Date", "create_date", "تاريخ الإنشاء"),
    "status": STATUS,
    "order_total": ("Total", "amount_total", "الإجمالي", "الإجمالي الكلي"),
    "tax": ("Taxes", "amount_tax", "الضرائب"),
    "branch": ("Warehouse", "warehouse_id", "المستودع"),
    "channel": ("Source", "source_id", "المصدر"),
}
MOVE: Columns = {
    "order_id": ("Number", "name", "الرقم", "رقم"),
    "ts": ("Invoice/Bill Date", "Invoice Date", "invoice_date", "تاريخ الفاتورة", "Date", "date", "التاريخ"),
    "status": STATUS,
    "document": ("Type", "move_type", "النوع"),
    "order_total": ("Total Signed", "amount_total_signed", "Total", "amount_total", "الإجمالي"),
    "tax": ("Tax Signed", "amount_tax_signed", "Tax", "amount_tax", "الضريبة"),
}
UNTAXED = ("Untaxed Amount Signed", "amount_untaxed_signed", "Untaxed Amount", "amount_untaxed", "Tax Excluded", "المبلغ دون الضريبة", "المبلغ غير شامل الضريبة", "المبلغ بدون الضريبة")  # fmt: skip
VENDOR = ("Vendor", "Vendor/Name", "المورد", "المورّد")
PRICE = ("Sales Price", "list_price", "lst_price", "Public Price", "سعر المبيعات", "سعر البيع")
OF_PARTNER = "is_company|Is a Company|Company Type|company_type|customer_rank|هي شركة|شركة؟|نوع الشركة"

ODOO = Source(
    "odoo",
    "Odoo",
    "أودو",
    "List view → ⚙ → Export, with the fields of the lines and, of invoices, Type. Sales orders or their invoices, not both: they tell the same sales.",
    (
        Export(
            "orders",
            (sign(ORDER, "order_id"), sign(SOLD, "product_name", "quantity")),
            {**ORDER, **CUSTOMER, **SOLD},
            values={"document": "sale order"},
            apart=APART,
        ),
        Export(
            "orders",
            ("Order Reference|مرجع الطلب", "Salesperson|مندوب المبيعات", "Invoice Status|حالة الفاتورة"),
            {**ORDER, "line_total": UNTAXED, **CUSTOMER},
            values={"document": "sale order"},
            apart=APART,
        ),
        Export(
            "orders",
            (sign(MOVE, "order_id"), sign(BILLED, "product_name", "quantity")),
            {**MOVE, **CUSTOMER, **BILLED},
            values={"document": "invoice"},
            apart=APART,
        ),
        Export(
            "orders",
            ("Number|name|الرقم", "Invoice/Bill Date|invoice_date|تاريخ الفاتورة", "Payment Status|payment_state|حالة الدفع|حالة السداد", sign({"status": STATUS}, "status")),
            {**MOVE, "line_total": UNTAXED, **CUSTOMER},
            values={"document": "invoice"},
            apart=APART,
        ),
        Export(
            "contacts",
            ("Name|name|Complete Name|complete_name|Display Name|display_name|الاسم|الاسم الكامل|اسم العرض", OF_PARTNER),
            {
                "customer_id": ("id", ".id", "ID", "External ID", "المعرف", "المعرف الخارجي"),
                "name": ("Name", "name", "Complete Name", "complete_name", "Display Name", "display_name", "الاسم", "الاسم الكامل", "اسم العرض"),
                "company": ("Company Name", "commercial_company_name", "parent_id", "Related Company", "اسم الشركة", "الشركة ذات الصلة"),
                "email": ("Email", "email", "البريد الإلكتروني"),
                "phone": ("Mobile", "mobile", "Phone", "phone", "رقم الهاتف المحمول", "الهاتف المحمول", "رقم الهاتف", "الهاتف"),
                "city": ("City", "city", "المدينة"),
                "country": ("Country", "country_id", "الدولة", "البلد"),
                "vat_number": ("Tax ID", "vat", "الرقم الضريبي", "المعرف الضريبي"),
                "language": ("Language", "lang", "اللغة"),
                "tags": ("Tags", "category_id", "علامات التصنيف", "الوسوم"),
            },
            apart=("Company", "company_id", "الشركة", "Salesperson", "user_id", "مندوب المبيعات", "Company Type", "نوع الشركة"),
        ),
        Export(
            "products",
            ("Internal Reference|default_code|المرجع الداخلي|مرجع داخلي", "|".join(PRICE), "Name|name|Display Name|display_name|الاسم|اسم العرض"),
            {
                "product_id": ("Internal Reference", "default_code", "المرجع الداخلي", "مرجع داخلي"),
                "product_name": ("Name", "name", "Display Name", "display_name", "الاسم", "اسم العرض"),
                "category": ("Product Category", "categ_id", "فئة المنتج"),
                "unit_price": PRICE,
                "cost": ("Cost", "standard_price", "التكلفة"),
                "stock": ("Quantity On Hand", "qty_available", "الكمية في اليد", "الكمية المتاحة", "الكمية الفعلية"),
                "currency": ("Currency", "currency_id", "العملة"),
            },
            apart=("Forecasted Quantity", "virtual_available", "الكمية المتوقعة", "Barcode", "barcode", "الباركود"),
        ),
        Export(
            "purchases",
            (sign(ORDER, "order_id"), sign(BOUGHT, "product_name", "quantity"), "|".join((*VENDOR, "order_line/product_qty"))),
            {
                "order_id": ORDER["order_id"],
                "ts": ("Confirmation Date", "date_approve", "تاريخ التأكيد", "Order Deadline", "date_order", "الموعد النهائي للطلب", "Order Date", "تاريخ الطلب"),
                "supplier": (*VENDOR, "partner_id", "partner_id/name"),
                **{name: names for name, names in BOUGHT.items() if name in ("product_id", "product_name", "category", "quantity")},
                "cost": BOUGHT["unit_price"],
                "expected_at": ("Expected Arrival", "Receipt Date", "date_planned", "الوصول المتوقع", "تاريخ الوصول المتوقع", "تاريخ الاستلام"),
                "arrived_at": ("Arrival", "effective_date", "الوصول", "تاريخ الوصول"),
                "outcome": STATUS,
                "currency": ("Currency", "currency_id", "العملة"),
            },
            apart=APART,
        ),
    ),
    sample="""Order Reference,Order Date,Customer,Customer/Email,Status,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal
S00001,2025-03-25 10:00:00,سارة الحربي,sara@example.com,Sales Order,[CF-1] قهوة خولانية,1,10,10
,,,,,[DL-9] دلة,2,20,40
S00002,2025-03-26 11:00:00,Noura,n@example.com,Sales Order,[CF-1] قهوة خولانية,1,10,10
S00003,2025-03-26 12:00:00,Noura,n@example.com,Quotation,[DL-9] دلة,1,20,20
""",
)  # fmt: skip
