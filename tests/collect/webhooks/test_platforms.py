"""What each platform's states, carts, customers, products and shipments become."""

import pytest

from masarat.collect.states import status_of
from masarat.collect.webhooks import salla
from tests.support.webhooks import (
    NOW,
    moves,
    props,
    salla_order,
    shopify_order,
    taken,
    woo_order,
    zid_order,
)


def said(found):
    """Names and amounts, sorted; an event that is no order's has none."""
    return sorted((move.name, move.revenue) for move in found)


BOUGHT = ("Order Completed", 120)
UNDONE = [BOUGHT, ("Order Refunded", -120)]
CANCELLED, PENDING = ("Order Cancelled", 0), ("Order Pending", 0)
SHIPPED, DELIVERED = ("Order Shipped", 0), ("Order Delivered", 0)


@pytest.mark.parametrize(
    ("slug", "arabic", "expected"),
    [
        ("payment_pending", "بإنتظار الدفع", [PENDING]),
        ("under_review", "بإنتظار المراجعة", [PENDING]),
        ("in_progress", "قيد التنفيذ", [BOUGHT]),
        ("completed", "تم التنفيذ", [BOUGHT]),
        ("delivering", "جاري التوصيل", [BOUGHT, SHIPPED]),
        ("shipped", "تم الشحن", [BOUGHT, SHIPPED]),
        ("delivered", "تم التوصيل", [BOUGHT, DELIVERED, SHIPPED]),
        ("canceled", "ملغي", [CANCELLED]),
        ("restored", "مسترجع", UNDONE),
        ("restoring", "قيد الإسترجاع", UNDONE),
        ("request_quote", "طلب عرض سعر", [PENDING]),
    ],
)
def test_states_of_salla(slug, arabic, expected):
    """The slug means what files read from the Arabic name."""
    assert said(moves("salla", salla_order(slug))) == sorted(expected)
    assert (salla.STATES.get(slug) or status_of(slug)) == status_of(arabic)


@pytest.mark.parametrize(
    ("code", "paid", "expected"),
    [
        ("new", "paid", [BOUGHT]),
        ("preparing", "paid", [BOUGHT]),
        ("ready", "paid", [BOUGHT]),
        ("inDelivery", "paid", [BOUGHT, SHIPPED]),
        ("delivered", "paid", [BOUGHT, DELIVERED, SHIPPED]),
        ("cancelled", "voided", [CANCELLED]),
        ("failed", "unpaid", [CANCELLED]),
        ("refunded", "refunded", UNDONE),
        ("reversed", "paid", UNDONE),
        ("delivered", "refunded", [*UNDONE, DELIVERED, SHIPPED]),
        ("new", "voided", [CANCELLED]),
    ],
)
def test_states_of_zid(code, paid, expected):
    assert said(moves("zid", zid_order(code, payment_status=paid))) == sorted(expected)


@pytest.mark.parametrize(
    ("financial", "cancelled_at", "expected"),
    [
        ("pending", None, [PENDING]),
        ("authorized", None, [PENDING]),
        ("partially_paid", None, [BOUGHT]),
        ("paid", None, [BOUGHT]),
        ("partially_refunded", None, [BOUGHT]),
        ("refunded", None, UNDONE),
        ("refunded", "2025-03-02T10:00:00+03:00", UNDONE),
        ("voided", "2025-03-02T10:00:00+03:00", [CANCELLED]),
        ("paid", "2025-03-02T10:00:00+03:00", [CANCELLED]),
        ("expired", None, [CANCELLED]),
    ],
)
def test_states_of_shopify(financial, cancelled_at, expected):
    assert (
        said(moves("shopify", shopify_order(financial_status=financial, cancelled_at=cancelled_at)))
        == expected
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("pending", [PENDING]),
        ("on-hold", [PENDING]),
        ("checkout-draft", [PENDING]),
        ("processing", [BOUGHT]),
        ("completed", [BOUGHT]),
        ("cancelled", [CANCELLED]),
        ("failed", [CANCELLED]),
        ("trash", [CANCELLED]),
        ("refunded", UNDONE),
    ],
)
def test_states_of_woocommerce(status, expected):
    assert said(moves("woocommerce", woo_order(status))) == expected


def test_what_an_unpaid_order_would_come_to_is_kept():
    order = moves("salla", salla_order("payment_pending"))[0]
    assert props(order)["order_amount"] == 120
    assert props(order)["status"] == "حالة"


def test_a_part_that_shopify_gave_back():
    """23 with its tax for the فلتر, and 5 less by hand: 20 + 5 of goods."""
    refunds = [
        {
            "refund_line_items": [{"subtotal": 23.0, "total_tax": 3.0}],
            "order_adjustments": [{"kind": "refund_discrepancy", "amount": "-5.00"}, {"kind": "shipping_refund", "amount": "-15.00"}],
            "transactions": [{"kind": "refund", "status": "success", "amount": "43.00"}],
        }
    ]  # fmt: skip
    found = moves("shopify", shopify_order(financial_status="partially_refunded", refunds=refunds))
    assert said(found) == [BOUGHT, ("Order Refunded", -25)]
    by_money = [
        {
            "transactions": [
                {"kind": "refund", "status": "success", "amount": "10"},
                {"kind": "refund", "status": "failure", "amount": "10"},
            ]
        }
    ]
    found = moves("shopify", shopify_order(financial_status="partially_refunded", refunds=by_money))
    assert said(found) == [BOUGHT, ("Order Refunded", -10)]


def test_a_line_that_was_added_to_an_order_of_shopify_counts():
    """The subtotal stays that of the day of the order; 11.50 with 1.50 of tax were added."""
    added = {"sku": "C", "name": "كوب", "quantity": 1, "price": "11.50", "tax_lines": [{"price": "1.50"}]}
    order = moves("shopify", shopify_order(line_items=[*shopify_order()["line_items"], added]))[0]
    assert (order.revenue, order.product_revenues) == (130, [100, 20, 10])


def test_a_discount_is_off_shopifys_lines():
    lines = [
        {
            "sku": "A",
            "quantity": 2,
            "price": "60",
            "discount_allocations": [{"amount": "12.00"}, {"amount": "8"}],
        }
    ]
    order = moves(
        "shopify",
        shopify_order(
            line_items=lines, taxes_included=False, total_discounts="20", discount_codes=[{"code": "عيد"}]
        ),
    )[0]
    assert (order.revenue, order.discount, order.coupon) == (100, 20, "عيد")


def test_an_order_of_shopify_without_lines():
    assert (
        moves("shopify", shopify_order(line_items=[], taxes_included=False, subtotal_price="120"))[0].revenue
        == 120
    )


def test_a_part_that_woocommerce_gave_back_loses_its_tax():
    """15.30 of 153, of which 18 are tax: 13.50 of goods."""
    found = moves("woocommerce", woo_order(refunds=[{"id": 1, "total": "-15.30"}]))
    assert [(move.name, round(move.revenue, 4)) for move in found] == [BOUGHT, ("Order Refunded", -13.5)]


def test_a_coupon_on_the_whole_order_is_shared_out():
    """Salla tells 20 off on the order, not on its lines: 100 of 120, and of the lines 5/6."""
    body = salla_order()
    body["data"]["amounts"]["total"]["amount"] = 115
    body["data"]["amounts"]["discounts"] = [{"title": "عيد", "code": "EID", "discount": "20.00"}]
    order = moves("salla", body)[0]
    assert (order.revenue, order.discount, order.coupon) == (100, 20, "EID")
    assert order.product_revenues == [83.3333, 16.6667]


def test_a_status_update_of_salla_carries_its_order_inside():
    body = salla_order("delivered")
    body["event"], body["data"] = (
        "order.status.updated",
        {"id": 3, "status": "تم التوصيل", "order": body["data"]},
    )
    assert said(moves("salla", body)) == sorted([BOUGHT, DELIVERED, SHIPPED])


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("delivered", [DELIVERED, SHIPPED]), ("canceled", [CANCELLED]), ("payment_pending", [PENDING])],
)
def test_an_order_without_amounts_says_what_it_can(slug, expected):
    body = salla_order(slug)
    del body["data"]["items"], body["data"]["amounts"]
    assert said(moves("salla", body)) == expected


def test_a_sale_without_amounts_waits_in_quarantine():
    body = salla_order("completed")
    del body["data"]["items"], body["data"]["amounts"]
    found = taken("salla", body)
    assert (found.moves, found.rejected[0].reason) == ([], "Order 1001 says no amount.")


def test_an_order_with_its_total_only():
    body = salla_order()
    del body["data"]["items"]
    order = moves("salla", body)[0]
    assert (order.revenue, order.shipping, order.product_ids) == (120, 15, [])


@pytest.mark.parametrize("gift", [True, False])
def test_a_gifts_city_is_the_receivers(gift):
    customer = {"id": 9, "name": "سارة", "mobile": "966501234567", "city": {"name": {"ar": "جدة"}}}
    order = moves("zid", zid_order(is_gift_order=gift, customer=customer))[0]
    assert order.city == ("" if gift else "جدة")
    assert props(order).get("gift", False) is gift
    assert order.visitor_id == "phone:+966501234567"


def test_a_guest_is_known_by_what_he_gave():
    guest = woo_order(customer_id=0, billing={"first_name": "سعد", "email": "s@x.sa", "phone": "12"})
    order = moves("woocommerce", guest)[0]
    assert (order.visitor_id, order.identifiers) == ("email:s@x.sa", ["email:s@x.sa"])
    nobody = moves("woocommerce", woo_order(customer_id=0, billing={}))[0]
    assert (nobody.visitor_id, nobody.identifiers) == ("", [])


def test_one_known_by_number_alone():
    order = moves("shopify", shopify_order(email="", phone="", customer={"id": 7}, billing_address=None))[0]
    assert (order.visitor_id, order.identifiers) == ("shop:7", ["shop:7"])


def test_how_far_shopifys_goods_have_come():
    sent = {
        "status": "success",
        "created_at": "2025-03-02T10:00:00+03:00",
        "updated_at": "2025-03-04T10:00:00+03:00",
    }
    for fulfilments, expected in (
        ([], []),
        ([{**sent, "status": "cancelled"}], []),
        ([sent], [("Order Shipped", 1_740_898_800)]),
        (
            [{**sent, "shipment_status": "delivered"}],
            [("Order Shipped", 1_741_071_600), ("Order Delivered", 1_741_071_600)],
        ),
    ):
        found = moves("shopify", shopify_order(fulfillments=fulfilments))
        assert [(move.name, move.ts) for move in found[1:]] == expected


# Customers, carts, products

CUSTOMERS = {
    "salla": {
        "event": "customer.updated",
        "created_at": "2025-03-01T12:00:00+03:00",
        "data": {"id": 5, "first_name": "سارة", "last_name": "العتيبي", "mobile": "0501234567", "email": "s@x.sa", "city": "الرياض", "gender": "female"},
    },
    "zid": {"id": 5, "name": "سارة العتيبي", "mobile": "966501234567", "email": "s@x.sa", "city": {"name": "الرياض"}, "gender": "female"},
    "shopify": {"id": 5, "first_name": "سارة", "last_name": "العتيبي", "email": "s@x.sa", "phone": "+966501234567", "default_address": {"city": "الرياض"}},
    "woocommerce": {"id": 5, "first_name": "سارة", "last_name": "العتيبي", "email": "s@x.sa", "billing": {"phone": "0501234567", "city": "الرياض"}},
}  # fmt: skip


@pytest.mark.parametrize("name", CUSTOMERS)
def test_customers(name):
    (move,) = moves(name, CUSTOMERS[name])
    assert (move.name, move.identifiers) == (
        "Customer Identified",
        ["phone:+966501234567", "email:s@x.sa", "shop:5"],
    )
    traits = {"name": "سارة العتيبي", "email": "s@x.sa", "phone": "+966501234567", "city": "الرياض"}
    assert traits.items() <= props(move).items()
    again, changed = moves(name, CUSTOMERS[name], at=NOW + 9), {**CUSTOMERS[name], "email": "n@x.sa"}
    if name == "salla":
        changed["data"] = {**CUSTOMERS[name]["data"], "email": "n@x.sa"}
    assert again[0].event_id == move.event_id != moves(name, changed)[0].event_id


LINE = {"sku": "A", "name": "بن", "quantity": 2, "price": 50}
CARTS = {
    "salla": {"event": "abandoned.cart", "created_at": "2025-03-01T12:00:00+03:00", "data": {"id": 3, "total": {"amount": 100, "currency": "SAR"}, "customer": {"id": 5}, "items": [{**LINE, "amounts": {"total": {"amount": 100}}}]}},
    "zid": {"id": 3, "phase": "shipping", "cart_total": 100, "customer_id": 5, "products": [LINE], "updated_at": "2025-03-01 12:00:00"},
    "shopify": {"token": "3", "abandoned_checkout_url": "https://x.sa/?key=1", "subtotal_price": "100", "currency": "SAR", "customer": {"id": 5}, "line_items": [LINE], "updated_at": "2025-03-01T12:00:00+03:00"},
}  # fmt: skip


@pytest.mark.parametrize("name", CARTS)
def test_carts_that_were_left(name):
    (move,) = moves(name, CARTS[name])
    assert (move.name, move.revenue, move.currency, move.visitor_id) == (
        "Checkout Started",
        100,
        "SAR",
        "shop:5",
    )
    assert (move.ts, move.product_ids, move.product_quantities, move.product_revenues) == (
        1_740_819_600,
        ["A"],
        [2],
        [100],
    )
    assert moves(name, CARTS[name], at=NOW + 9)[0].event_id == move.event_id
    assert "key" not in str(move)


def test_carts_that_were_bought_are_told_by_their_orders():
    assert moves("shopify", {**CARTS["shopify"], "completed_at": "2025-03-01T13:00:00Z"}) == []
    assert moves("zid", {**CARTS["zid"], "phase": "completed"}) == []


PRODUCTS = {
    "salla": {"event": "product.quantity.low", "created_at": "2025-03-01T12:00:00+03:00", "data": {"id": 1, "sku": "A", "name": "بن", "quantity": 4}},
    "zid": {"id": "p", "sku": "A", "name": {"ar": "بن"}, "quantity": 4, "updated_at": "2025-03-01 12:00:00"},
    "shopify": {"id": 1, "title": "بن", "updated_at": "2025-03-01T12:00:00+03:00", "variants": [{"sku": "A", "title": "Default Title", "inventory_quantity": 4, "inventory_management": "shopify"}, {"sku": "B", "inventory_quantity": 0}]},
    "woocommerce": {"id": 1, "sku": "A", "name": "بن", "stock_quantity": 4, "date_modified_gmt": "2025-03-01T09:00:00"},
}  # fmt: skip


@pytest.mark.parametrize("name", PRODUCTS)
def test_products_tell_the_stock(name):
    (move,) = moves(name, PRODUCTS[name])
    assert (move.name, move.ts, move.visitor_id) == ("Stock Counted", 1_740_819_600, "")
    assert (move.product_ids, move.product_names, move.product_quantities) == (["A"], ["بن"], [4])
    assert moves(name, PRODUCTS[name], at=NOW + 9)[0].event_id == move.event_id


def test_a_product_without_a_count_says_nothing():
    assert moves("woocommerce", {**PRODUCTS["woocommerce"], "stock_quantity": None}) == []
    assert moves("zid", {**PRODUCTS["zid"], "is_infinite": True}) == []
