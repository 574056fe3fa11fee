"""Foodics as its documentation describes it: orders behind a reference, amounts with and without VAT, returns as orders of their own."""

from __future__ import annotations

import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Refused, Unanswered
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

LATTE = {"id": "p-1", "sku": "LAT", "name": "لاتيه", "category": {"id": "c-1", "name": "قهوة"}}
CAKE = {"id": "p-2", "sku": "", "name": "كيك", "category": None}
SARA = {"id": "u-1", "name": "سارة", "dial_code": 966, "phone": "551234567", "email": None}


def line(product, quantity, net, **more):
    """With 15 % VAT in its price."""
    return {
        "product": product, "quantity": quantity, "status": 3, "total_price": round(net * 1.15, 2), "tax_exclusive_total_price": net,
        "taxes": [{"id": "t", "rate": 15, "pivot": {"amount": round(net * 0.15, 2), "rate": 15}}], "options": [], **more,
    }  # fmt: skip


def order(number, total, products, **more):
    return {
        "id": f"id-{number}", "reference": f"{number:05}", "status": 4, "type": 1, "business_date": f"2025-03-{number:02}", "guests": 2,
        "opened_at": f"2025-03-{number:02} 10:00:00", "updated_at": "2025-03-20 10:00:00", "total_price": total, "products": products,
        "branch": {"id": "b", "name": "العليا"}, "customer": SARA, "payments": [{"amount": total, "tips": 0, "payment_method": {"name": "مدى"}}], **more,
    }  # fmt: skip


def orders():
    table = {"charge": {"id": "s", "name": "خدمة"}, "amount": 11.5, "tax_exclusive_amount": 10, "taxes": [{"pivot": {"amount": 1.5}}]}  # fmt: skip
    return [
        # 30 without VAT
        order(1, 34.5, [line(LATTE, 2, 20), line(CAKE, 1, 10)]),
        # an order's discount of 10 is not on its lines: 20 net, by two thirds and a third; a void line counts for nothing
        order(2, 23, [line(LATTE, 2, 20, taxes=[{"pivot": {"amount": 2}}]), line(CAKE, 1, 10, taxes=[{"pivot": {"amount": 1}}]), line(CAKE, 9, 90, status=5)]),
        # service is sold as well, delivery is shipping
        order(3, 34.5, [line(LATTE, 2, 20)], charges=[table], customer=None),
        order(4, 34.5, [line(LATTE, 2, 20)], charges=[table], type=3),
        # one latte of the first comes back
        order(5, 11.5, [line(LATTE, 1, 10, status=6)], status=5, original_order={"reference": "00001"}),
        order(6, 0, [line(LATTE, 2, 20, status=5)], status=7),
        order(7, 0, [line(LATTE, 1, 10, status=5)]),
        order(8, 11.5, [line(LATTE, 1, 10)], status=1),
        order(9, 11.5, [line(LATTE, 1, 10)], status=8),
        # eaten at one in the morning of the 11th, in Riyadh
        order(10, 11.5, [], combos=[{"products": [line(LATTE, 1, 10)]}], opened_at="2025-03-10 22:00:00"),
    ]  # fmt: skip


class Till:
    """Three orders an answer."""

    def __init__(self):
        self.orders = orders()

    def __call__(self, call):
        if call.headers.get("authorization") != "Bearer right":
            return Said({"message": "Unauthenticated."}, 401)
        query = call.query
        assert (call.path, query["sort"]) == ("/orders", "reference")
        assert "original_order" in query["include"].split(",")
        after, since = f"{int(query['filter[reference_after]']):05}", query.get("filter[updated_after]", "")
        found = [one for one in self.orders if one["reference"] > after and one["updated_at"] > since]
        return Said({"data": found[:3], "meta": {"current_page": 1, "last_page": -(-len(found) // 3) or 1}})


@pytest.fixture
def made():
    return Till()


@pytest.fixture
def till(made):
    with program(made) as served:
        yield served


def log(store):
    rows = store.select(
        "SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS tax, toFloat64(shipping) AS shipping, toString(ts) AS ts, "
        "product_ids, arrayMap(x -> toFloat64(x), product_revenues) AS parts, branch, channel, payment, visitor_id != '' AS known, "
        "JSONExtractString(props, 'original') AS original FROM events ORDER BY order_id, name"
    )
    return rows


def test_orders_come_in_as_they_were_sold(till, ask, store):
    run = ask("foodics", token="right", address=till.url)
    assert (run.error, run.rejected) == ("", 0)
    rows = {row["order_id"]: row for row in log(store)}
    told = {number: (row["name"], row["net"], row["tax"], row["shipping"]) for number, row in rows.items()}
    assert told == {
        "00001": ("Order Completed", 30, 4.5, 0),
        "00002": ("Order Completed", 20, 3, 0),
        "00003": ("Order Completed", 30, 4.5, 0),
        "00004": ("Order Completed", 20, 4.5, 10),
        "00005": ("Order Refunded", -10, -1.5, 0),
        "00006": ("Order Cancelled", 0, 3, 0),
        "00007": ("Order Cancelled", 0, 1.5, 0),
        "00008": ("Order Pending", 0, 1.5, 0),
        "00010": ("Order Completed", 10, 1.5, 0),
    }
    assert sorted(zip(rows["00002"]["product_ids"], rows["00002"]["parts"], strict=True)) == [("LAT", 13.33), ("p-2", 6.67)]  # fmt: skip
    assert [rows[number]["known"] for number in ("00001", "00003")] == [1, 0]
    assert rows["00005"]["original"] == "00001"
    one = rows["00001"]
    assert (one["branch"], one["channel"], one["payment"]) == ("العليا", "dine in", "مدى")
    assert one["ts"].startswith("2025-03-01 10:00:00"), "its times are UTC"
    assert rows["00010"]["ts"].startswith("2025-03-10 20:59:00"), "it stands in its business day"


def test_twice_adds_nothing_and_the_next_time_asks_what_changed(till, made, ask, store, records):
    ask("foodics", token="right", address=till.url)
    rows = log(store)
    again = ask("foodics", again=True)
    assert (again.added, again.restated, log(store)) == (0, 0, rows)
    assert connections.find(records, "foodics").cursor.keys() == {"since"}
    till.calls.clear()
    made.orders[7] |= {"status": 4, "updated_at": "2999-01-01 00:00:00"}
    run = ask("foodics")
    assert [call.query["filter[updated_after]"][:2] for call in till.calls] == ["20"]
    assert (run.rows, run.added) == (1, 1)
    names = {row["order_id"]: row["name"] for row in log(store)}
    assert names["00008"] == "Order Completed", "what was pending is sold"


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on(till, told, records):
    given = {"token": "right", "address": till.url}
    for cut, more in told_the_same_wherever_cut(till, told, records, "foodics", given):
        assert more == 4 - cut


def test_too_many_requests_are_waited_for(till, listen, waits):
    till.first = [Said({"message": "Too Many Attempts."}, 429, {"retry-after": "20"})]
    assert listen("foodics", token="right", address=till.url).error == ""
    assert waits == [20]


def test_a_wrong_token_is_not_tried_again(till, ask):
    with pytest.raises(Refused):
        ask("foodics", token="wrong", address=till.url)
    assert len(till.calls) == 1


def test_an_empty_till_is_empty(till, made, ask):
    made.orders = []
    assert ask("foodics", token="right", address=till.url).rows == 0
    with pytest.raises(Unanswered):
        ask("foodics", token="right", address=f"{till.url}/none")
