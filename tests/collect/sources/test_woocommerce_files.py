"""WooCommerce: orders as plugins and its analytics export them, products and customers."""

from __future__ import annotations

ADVANCED = (
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),City (Billing),"
    "Country Code (Billing),Email (Billing),Phone (Billing),Payment Method Title,Cart Discount Amount,Order Subtotal Amount,"
    "Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,Customer IP address,SKU,Item #,Item Name,"
    "Quantity,Item Cost,Coupon Code,Discount Amount\n"
    "501,Completed,2025-03-25 10:00,,سارة,الحربي,,الرياض,SA,sara@example.com,0551234567,مدى,10,70,15,0,84,9,192.0.2.7,CF-1,1,قهوة خولانية,2,30,WELCOME,10\n"
    "501,Completed,2025-03-25 10:00,,سارة,الحربي,,الرياض,SA,sara@example.com,0551234567,مدى,10,70,15,0,84,9,192.0.2.7,DL-9,2,Dallah,1,10,WELCOME,10\n"
    "502,Cancelled,2025-03-26 11:30,,Noura,,,جدة,SA,n@example.com,,COD,0,7,0,0,8.05,1.05,,B1,1,Bag,1,7,,\n"
)
PACKED = (
    "order_id,order_number,order_date,paid_date,status,shipping_total,tax_total,cart_discount,discount_total,order_total,order_subtotal,"
    "order_currency,payment_method_title,customer_ip_address,customer_user,customer_email,billing_first_name,billing_last_name,"
    "billing_email,billing_phone,billing_city,billing_country,line_item_1,line_item_2\n"
    "701,1701,2025-03-25 10:00:00,,completed,15,9,10,10,84,70,SAR,مدى,192.0.2.7,7,sara@example.com,سارة,الحربي,sara@example.com,"
    "٠٥٥١٢٣٤٥٦٧,الرياض,SA,name:قهوة: خولانية|product_id:31|sku:CF-1|quantity:2|total:51.43|sub_total:60.00,"
    "name:Dallah|product_id:32|sku:|quantity:1|total:8.57|sub_total:10.00\n"
    "702,1702,2025-03-26 11:30:00,,cancelled,0,1.05,0,0,8.05,7,SAR,COD,,0,n@example.com,Noura,,n@example.com,,جدة,SA,"
    "name:Bag|product_id:33|sku:B1|quantity:1|total:7|sub_total:7,\n"
)
SPREAD = (
    "order_id,order_number,order_date,status,order_total,order_subtotal,shipping_total,order_currency,billing_first_name,billing_email,"
    "Product Item 1 Name,Product Item 1 id,Product Item 1 SKU,Product Item 1 Quantity,Product Item 1 Total,Product Item 1 Subtotal,"
    "Product Item 2 Name,Product Item 2 id,Product Item 2 SKU,Product Item 2 Quantity,Product Item 2 Total,Product Item 2 Subtotal\n"
    "9002,9002,2025-03-25 09:00:00,completed,55,50,5,SAR,Sara,sara@example.com,قهوة,31,CF-1,5,32.50,32.50,Cup,32,,1,17.50,17.50\n"
)
ANALYTICS = (
    '"Date","Order #","N. Revenue (formatted)","Status","Customer","Customer type","Product(s)","Items sold","Coupon(s)","Net Sales","Attribution"\n'
    '"2025-03-25 10:00:00","501","60.00 ر.س","completed","سارة الحربي","new","2× قهوة خولانية, 1× Dallah","3","WELCOME","60","Source: Google"\n'
    '"2025-03-26 11:30:00","503","-7.00 ر.س","refunded","Noura","returning","1× Bag","-1","","-7",""\n'
)
CUSTOMERS = (
    '"Name","Username","Last Active","Sign Up","Email","Orders","Total Spend","AOV","Country / Region","City","Region","Postal Code"\n'
    '"سارة الحربي","sara","2025-03-25 10:00:00","2024-11-02 08:00:00","sara@example.com","2","144","72","SA","الرياض","",""\n'
)
PRODUCTS = (
    'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"Is featured?","Short description",Description,"In stock?",Stock,'
    '"Low stock amount","Sale price","Regular price",Categories,Tags,Images,Parent,"Attribute 1 name","Attribute 1 value(s)"\n'
    '31,simple,CF-1,628,قهوة خولانية,1,0,,"<p>long, long</p>",1,40,5,,115,"قهوة, هدايا",,,,,\n'
    '32,variable,DL,,دلة,1,0,,,1,,,,,Home,,,,Size,"S, M"\n'
    "33,variation,DL-S,,دلة - S,1,0,,,0,-1,,,300,,,,DL,Size,S\n"
)


def test_orders_of_the_usual_plugin_a_row_a_line(take, seen, facts):
    report = take(ADVANCED, "orders.csv")
    assert (report.source, report.kind, report.rejected, report.orders) == ("woocommerce", "orders", 0, 2)
    assert seen(
        "name", "order_id", "revenue", "tax", "shipping", "payment", "product_ids", "product_revenues"
    ) == [
        ("Order Completed", "501", 60.0, 9.0, 15.0, "مدى", ["CF-1", "DL-9"], [51.4286, 8.5714]),
        ("Order Cancelled", "502", 0.0, 1.05, 0.0, "COD", ["B1"], [7.0]),
    ]
    assert facts()[("phone:+966551234567", "name")] == "سارة الحربي"
    assert "192.0.2.7" not in str(seen())
    assert take(ADVANCED, "orders.csv").added == 0


def test_lines_packed_beside_each_other(take, seen, facts):
    report = take(PACKED, "order_export.csv")
    assert (report.source, report.kind, report.rejected, report.orders) == ("woocommerce", "orders", 0, 2)
    assert seen(
        "name",
        "order_id",
        "revenue",
        "tax",
        "product_ids",
        "product_names",
        "product_quantities",
        "product_revenues",
    ) == [
        (
            "Order Completed",
            "1701",
            60.0,
            9.0,
            ["CF-1", "Dallah"],
            ["قهوة: خولانية", "Dallah"],
            [2, 1],
            [51.43, 8.57],
        ),
        ("Order Cancelled", "1702", 0.0, 1.05, ["B1"], ["Bag"], [1], [7]),
    ]
    assert facts()[("woocommerce:7", "phone")] == "+966551234567"
    again = take(PACKED, "order_export.csv")
    assert (again.added, again.restated) == (0, 0)


def test_lines_spread_over_columns(take, seen):
    report = take(SPREAD, "orders.csv")
    assert (report.source, report.rejected) == ("woocommerce", 0)
    assert seen(
        "order_id", "revenue", "shipping", "product_ids", "product_quantities", "product_revenues"
    ) == [("9002", 50.0, 5.0, ["CF-1", "Cup"], [5, 1], [32.5, 17.5])]


def test_orders_of_its_own_analytics(take, seen):
    report = take("\ufeff" + ANALYTICS, "orders.csv")
    assert (report.source, report.kind, report.rejected) == ("woocommerce", "orders", 0)
    assert [(name, number, revenue) for name, number, revenue in seen("name", "order_id", "revenue")] == [
        ("Order Completed", "501", 60.0),
        ("Order Refunded", "503", -7.0),
    ]


def test_customers(take, seen, facts):
    report = take(CUSTOMERS, "customers.csv")
    assert (report.source, report.kind, report.rejected) == ("woocommerce", "contacts", 0)
    assert facts()[("email:sara@example.com", "name")] == "سارة الحربي"
    assert seen("at") == [("2024-11-02 08:00:00",)]


def test_products(take, seen, described):
    report = take(PRODUCTS, "wc-product-export.csv")
    assert (report.source, report.kind, report.rejected) == ("woocommerce", "products", 0)
    assert described() == {
        "CF-1": ("قهوة خولانية", "قهوة خولانية", "قهوة, هدايا", 115.0, 0.0),
        "DL": ("دلة", "دلة", "Home", 0.0, 0.0),
        "DL-S": ("دلة - S", "دلة - S", "", 300.0, 0.0),
    }
    assert sorted(seen("product_ids", "product_quantities", "props")) == [
        (["CF-1"], [40], {}),
        (["DL-S"], [-1], {}),
    ]
