"""Zid: the exports of orders (a row a line), of products and of customers."""

from masarat.collect.sources.base import ALL_ELSE, Export, Source

_ADDED = tuple(
    f"added_at ({zone})"
    for zone in (
        *("Asia/Riyadh", "Asia/Dubai", "Asia/Kuwait", "Asia/Qatar", "Asia/Bahrain", "Asia/Muscat"),
        "UTC",
    )
)

ZID = Source(
    "zid",
    "Zid",
    "زد",
    "Orders, Products or Customers → Export in the shop's panel.",
    (
        Export("orders", ("order_status", "customer_mobile", "sub_totals"), {
            "order_id": ("id",),
            "ts": (*_ADDED, "added_at"),
            "status": ("order_status",),
            "name": ("customer_name",),
            "email": ("customer_email",),
            "phone": ("customer_mobile",),
            "city": ("shipping_city",),
            "product_id": ("sku",),
            "product_name": ("product name",),
            "quantity": ("quantity",),
            "unit_price": ("unit_price",),
            "order_total": ("total",),
            "discount": ("discount",),
            "tax": ("vat",),
            "shipping": ("shipping",),
            "currency": ("currency",),
            "coupon": ("coupon_code",),
            "payment": ("payment_method",),
            "channel": ("source",),
            "branch": ("pos_inventory_location",),
        }, lacks=("time", "customer_id", "refunded", "line_total", "category")),
        Export("orders", ("order_status_name", "customer_telephone", "product_sku"), {
            "order_id": ("order_id", "order_code"),
            "ts": ("order_date",),
            "status": ("order_status_name",),
            "customer_id": ("customer_id",),
            "name": ("customer_name",),
            "email": ("customer_email",),
            "phone": ("customer_telephone",),
            "city": ("city_name",),
            "product_id": ("product_sku", "product_id"),
            "product_name": ("product_name_ar", "product_name"),
            "quantity": ("Quantity",),
            "unit_price": ("net_price",),
            "order_total": ("total_value",),
            "tax": ("vat_value",),
            "shipping": ("shipping_fees",),
            "currency": ("order_currency_code",),
            "payment": ("payment_method_name",),
        }, lacks=("time", "refunded", "line_total", "category")),
        Export("orders", (), {
            "order_id": ("code", "رقم الطلب", "Order Code", "order_id", "invoice_number"),
            "ts": ("created_at", "تاريخ الطلب", "Order Date", "تاريخ الإنشاء"),
            "status": ("order_status", "حالة الطلب", "Order Status"),
            "name": ("customer name", "اسم العميل", "Customer Name"),
            "phone": ("mobile", "رقم الجوال", "جوال العميل", "Customer Mobile"),
            "email": ("email", "البريد الإلكتروني", "Customer Email"),
            "city": ("city", "المدينة", "City"),
            "product_id": ("sku", "رمز المنتج", "SKU", "رمز التخزين"),
            "product_name": ("product name", "اسم المنتج", "Product Name"),
            "quantity": ("quantity", "الكمية", "Quantity"),
            "unit_price": ("unit_price", "سعر الوحدة", "Unit Price"),
            "order_total": ("order_total", "إجمالي الطلب", "Order Total", "المجموع"),
            "discount": ("discount", "الخصم", "Discount"),
            "tax": ("vat", "ضريبة القيمة المضافة", "VAT", "الضريبة"),
            "shipping": ("shipping", "الشحن", "Shipping", "رسوم الشحن"),
            "currency": ("currency_code", "العملة", "Currency"),
            "payment": ("payment_method", "طريقة الدفع", "Payment Method"),
        }, dates="dmy"),
        Export("products", ("sku", "name_ar", "name_en", "price"), {
            "product_id": ("sku", "barcode"),
            "product_name": ("name_en",),
            "arabic_name": ("name_ar",),
            "category": ("categories_ar", "categories_en", "categories", "category"),
            "unit_price": ("price",),
            "cost": ("cost", "cost_price"),
            "stock": ("quantity",),
        }, lacks=("ts", "time", "branch", "batch", "expiry", "lead_days", "currency", "supplier"), unread=ALL_ELSE),
        Export("products", (), {
            "product_id": ("رمز التخزين", "رمز المنتج", "SKU"),
            "product_name": ("اسم المنتج", "Product Name", "name"),
            "arabic_name": ("اسم المنتج بالعربية", "الاسم بالعربية"),
            "category": ("التصنيف", "Category"),
            "unit_price": ("السعر", "Price"),
            "cost": ("سعر التكلفة", "Cost"),
            "stock": ("الكمية", "Quantity", "المخزون"),
        }),
        Export("contacts", (), {
            "name": ("اسم العميل", "الاسم", "name", "Customer Name", "customer_name"),
            "phone": ("رقم الجوال", "الجوال", "mobile", "Mobile", "customer_mobile", "telephone"),
            "email": ("البريد الإلكتروني", "email", "Email", "customer_email"),
            "city": ("المدينة", "city", "City"),
            "gender": ("الجنس", "gender", "Gender"),
            "birthday": ("تاريخ الميلاد", "birth_date", "Birth Date"),
            "ts": ("تاريخ التسجيل", "تاريخ الإنضمام", "created_at", "Registration Date"),
        }, dates="dmy"),
    ),
    sample="""id,order_status,source,customer_name,customer_email,customer_mobile,payment_method,shipping_city,coupon_code,sub_totals,vat,shipping,discount,total,currency,product name,sku,quantity,unit_price,added_at (Asia/Riyadh)
2790027,تم التوصيل,catalog,سارة,s@example.com,966551234567,مدى,الرياض,,100,15,20,0,135,SAR,قهوة خولانية,CF-1,1,60,2025-03-25 07:03 PM
2790027,تم التوصيل,catalog,سارة,s@example.com,966551234567,مدى,الرياض,,100,15,20,0,135,SAR,دلة,DL-9,1,40,2025-03-25 07:03 PM
2790028,تم الإلغاء,catalog,نورة,,966501112233,مدى,جدة,,50,7.5,0,0,57.5,SAR,فنجان,FN-1,1,50,2025-03-26 11:30 AM
""",
)  # fmt: skip
