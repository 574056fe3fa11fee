"""GA4's events out of BigQuery are the moves of the door; the CSV of a screen is refused."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from masarat.analyse import ask
from masarat.analyse.revenue import Revenue
from masarat.collect.wire import Request
from masarat.collect.wire.ga4 import ROUTES
from masarat.errors import BadFile
from masarat.store import Store

MARCH = 1_740_816_000_000_000  # 2025-03-01T08:00:00Z, in microseconds


def params(**values):
    kinds = {str: "string_value", int: "int_value", float: "double_value"}
    return [{"key": name, "value": {kinds[type(value)]: value}} for name, value in values.items()]


def event(name, minute=0, **more):
    at = MARCH + minute * 60_000_000 + 123_456
    return {
        "event_date": "20250301", "event_timestamp": at, "event_name": name, "event_params": params(ga_session_id=7),
        "user_pseudo_id": "111.222", "device": {"category": "mobile"}, "geo": {"country": "Saudi Arabia", "city": "(not set)"},
    } | more  # fmt: skip


COFFEE = {
    "item_id": "CF-1",
    "item_name": "قهوة خولانية",
    "item_category": "Coffee",
    "item_brand": "(not set)",
    "price": 57.75,
    "quantity": 2,
}
DALLAH = {"item_id": "DL-9", "item_name": "Dallah", "item_revenue": 84.5, "quantity": 1, "price": None}
VIEW = event(
    "page_view",
    event_params=params(ga_session_id=7, page_location="https://shop.example/p?utm_source=snapchat&utm_medium=cpc&utm_campaign=eid",
                        page_title="قهوة", page_referrer="https://www.snapchat.com/"),
    items=[],
)  # fmt: skip
CART = event(
    "add_to_cart",
    1,
    event_params=params(ga_session_id=7, currency="SAR", value=57.75),
    items=[COFFEE | {"quantity": 1}],
)
PURCHASE = event(
    "purchase", 2, user_id="17",
    event_params=params(ga_session_id=7, currency="SAR", value=240.0, transaction_id="T-1", tax=30.0, shipping=10, coupon="EID"),
    ecommerce={"transaction_id": "T-1", "purchase_revenue": 200.0, "tax_value": 30.0}, items=[COFFEE, DALLAH],
)  # fmt: skip
REFUND = event(
    "refund",
    9,
    event_params=params(currency="SAR"),
    ecommerce={"transaction_id": "T-1", "refund_value": 84.5},
    items=[DALLAH],
)
OWN = event("wishlist_shared", 3, event_params=params(ga_session_id=7, friends=2))
ALL = [VIEW, CART, PURCHASE, REFUND, OWN]


def written(value):
    """As BigQuery writes JSON: whole numbers as texts, and nothing where there is nothing."""
    if isinstance(value, dict):
        return {name: written(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [written(one) for one in value]
    return str(value) if isinstance(value, int) else value


def lines(events):
    return "".join(json.dumps(written(one), ensure_ascii=False) + "\n" for one in events).encode()


VALUE = pa.struct([("string_value", pa.string()), ("int_value", pa.int64()), ("float_value", pa.float64()), ("double_value", pa.float64())])  # fmt: skip
ITEM = pa.struct(
    [(name, pa.string()) for name in ("item_id", "item_name", "item_category", "item_brand")]
    + [("price", pa.float64()), ("quantity", pa.int64()), ("item_revenue", pa.float64())]
)
SCHEMA = pa.schema([
    ("event_date", pa.string()), ("event_timestamp", pa.int64()), ("event_name", pa.string()),
    ("event_params", pa.list_(pa.struct([("key", pa.string()), ("value", VALUE)]))),
    ("user_pseudo_id", pa.string()), ("user_id", pa.string()),
    ("device", pa.struct([("category", pa.string())])), ("geo", pa.struct([("country", pa.string()), ("city", pa.string())])),
    ("ecommerce", pa.struct([("transaction_id", pa.string()), ("purchase_revenue", pa.float64()), ("refund_value", pa.float64()), ("tax_value", pa.float64())])),
    ("items", pa.list_(ITEM)),
])  # fmt: skip


def columns(events):
    file = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(events, SCHEMA), file)
    return file.getvalue()


FORMS = {
    "lines": (lines, "events.json"),
    "packed": (lambda events: gzip.compress(lines(events)), "events.json.gz"),
    "array": (lambda events: json.dumps(written(events), indent=1).encode(), "events.json"),
    "parquet": (columns, "events.parquet"),
}


def stored(store: Store):
    return store.select(
        "SELECT name, toString(ts, 'Asia/Riyadh') AS at, visitor_id, identifiers, session_id, channel, utm_source, device, country, city,"
        " order_id, revenue, currency, tax, shipping, coupon, product_ids, product_quantities, product_revenues"
        " FROM events ORDER BY ts, name"
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_event_is_the_move_that_the_door_would_make(form, take, store):
    pack, name = FORMS[form]
    report = take(pack(ALL), name)
    assert (report.kind, report.source, report.added, report.rejected, report.unidentified) == (
        "moves",
        "ga4",
        5,
        0,
        0,
    )
    assert report.net == {"SAR": 115.5}
    view, cart, purchase, own, refund = stored(store)
    assert [row["name"] for row in (view, cart, purchase, own, refund)] == [
        "Page Viewed", "Product Added", "Order Completed", "wishlist_shared", "Order Refunded",
    ]  # fmt: skip
    assert view["at"] == "2025-03-01 11:00:00.123"
    assert {row["session_id"] for row in (view, cart, purchase, own)} == {"111.222.7"}
    assert {row["channel"] for row in (view, cart, purchase, own)} == {"paid social"}
    assert (view["utm_source"], view["device"], view["country"], view["city"]) == (
        "snapchat",
        "mobile",
        "Saudi Arabia",
        "",
    )
    assert (cart["visitor_id"], cart["product_ids"], cart["product_revenues"]) == (
        "anon:111.222",
        ["CF-1"],
        [57.75],
    )
    assert (purchase["visitor_id"], purchase["identifiers"]) == ("user:17", ["user:17", "anon:111.222"])
    assert (purchase["order_id"], purchase["revenue"], purchase["currency"]) == ("T-1", 200.0, "SAR")
    assert (purchase["tax"], purchase["shipping"], purchase["coupon"]) == (30.0, 10.0, "EID")
    assert (purchase["product_ids"], purchase["product_quantities"]) == (["CF-1", "DL-9"], [2.0, 1.0])
    assert purchase["product_revenues"] == [115.5, 84.5]
    assert (refund["order_id"], refund["revenue"], refund["product_quantities"]) == ("T-1", -84.5, [-1.0])


def test_the_door_says_the_same_of_the_same_hit(take, store):
    """All that both are told of must agree: names, identifiers, visits, goods and money."""
    take(lines(ALL), "events.json")
    mine = {row["name"]: row for row in stored(store)}
    for name, value, goods in (
        ("add_to_cart", 57.75, [COFFEE | {"quantity": 1}]),
        ("purchase", 200.0, [COFFEE]),
    ):
        told = {"session_id": 7, "currency": "SAR", "value": value, "transaction_id": "T-1", "items": goods}
        hit = {"client_id": "111.222", "user_id": "17", "events": [{"name": name, "params": told}]}
        request = Request(
            "POST", "/mp/collect", {"api_secret": "s"}, {}, json.dumps(hit).encode(), MARCH / 1e6
        )
        (move,) = ROUTES["/mp/collect"](request).moves
        row = mine[move.name]
        assert (move.session_id, move.currency, move.revenue) == (
            row["session_id"],
            row["currency"],
            row["revenue"],
        )
        assert (move.product_ids[0], move.product_revenues[0]) == (
            row["product_ids"][0],
            row["product_revenues"][0],
        )
        assert set(row["identifiers"]) <= set(move.identifiers)


def test_twice_in_either_format_is_nothing_new(take, store):
    take(lines(ALL), "events.json")
    first = stored(store)
    for form in FORMS:
        pack, name = FORMS[form]
        report = take(pack(ALL), name)
        assert (report.added, report.known, report.restated) == (0, 5, 0), form
    assert stored(store) == first


def test_late_rows_and_doubles_change_nothing_else(take, store):
    late = event("page_view", -5, event_params=params(ga_session_id=6, page_location="https://shop.example/"))
    take(lines([VIEW, VIEW, CART]), "events.json")
    assert len(stored(store)) == 2
    report = take(
        lines([VIEW, late, CART | {"is_active_user": True, "user_ltv": {"revenue": 1.0}}, CART]),
        "events.json",
    )
    assert (report.added, report.restated) == (1, 0)
    assert [row["name"] for row in stored(store)] == ["Page Viewed", "Page Viewed", "Product Added"]


def test_two_moves_of_one_moment_are_two(take, store):
    other = CART | {"items": [DALLAH]}
    assert take(lines([CART, other]), "events.json").added == 2


def test_a_thank_you_page_loaded_twice_is_one_order(take, store):
    again = PURCHASE | {"event_timestamp": PURCHASE["event_timestamp"] + 3_600_000_000}
    assert take(lines([again, PURCHASE]), "events.json").added == 1
    report = take(lines([again]), "events.json")
    assert (report.added, report.restated) == (0, 0)
    (order,) = stored(store)
    assert order["at"] == "2025-03-01 11:02:00.123"


def test_the_question_of_revenue_sees_it(take, store):
    take(lines(ALL), "events.json")
    (row,) = ask(store, Revenue(period="2025-03"), today=date(2025, 4, 1)).rows
    assert (row["gross"], row["refunds"], row["net"], row["orders"]) == (200.0, 84.5, 115.5, 1)


def test_an_order_without_currency_has_the_shops(take, store):
    bare = PURCHASE | {
        "event_params": params(ga_session_id=7),
        "ecommerce": {"transaction_id": "T-2", "purchase_revenue": 5.0},
    }
    take(lines([bare]), "events.json", currency="KWD")
    (order,) = stored(store)
    assert (order["order_id"], order["revenue"], order["currency"], order["shipping"]) == (
        "T-2",
        5.0,
        "KWD",
        0.0,
    )


def test_the_visit_as_ga4_knows_it_stands(take, store):
    known = {
        "cross_channel_campaign": {"source": "google", "medium": "organic", "campaign_name": "(organic)"}
    }
    take(lines([CART | {"session_traffic_source_last_click": known}, event("scroll", 5)]), "events.json")
    assert {row["channel"] for row in stored(store)} == {"organic search"}


def test_what_names_nobody_is_of_nobody(take, store):
    report = take(lines([{**OWN, "user_pseudo_id": None}]), "events.json")
    assert (report.added, report.unidentified, report.customers) == (1, 1, 0)


def test_events_that_cannot_be_read_are_set_aside_alone(take, store):
    cut = lines([VIEW, event("", 1), CART | {"event_timestamp": None}, PURCHASE])[:-40]
    report = take(cut, "events.json")
    assert (report.rows, report.added, report.rejected) == (4, 1, 3)
    assert store.select("SELECT row_number, reason FROM quarantine ORDER BY row_number") == [
        {"row_number": 2, "reason": "The event has no name."},
        {"row_number": 3, "reason": "The event has no time: event_timestamp is missing or no microseconds."},
        {"row_number": 4, "reason": "The line is not a JSON object."},
    ]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (columns(ALL)[:-30], "events.parquet", "cut short or damaged"),
        (b"[" + b",".join(lines(ALL).splitlines())[:-9], "events.json", "cut short or damaged"),
        (gzip.compress(lines(ALL))[:-12], "events.json.gz", "cut short or damaged"),
    ],
)
def test_a_file_that_is_cut_short_is_one_sentence(content, name, sentence, take):
    with pytest.raises(BadFile, match=sentence):
        take(content, name)


SCREENS = (
    "# ----------------------------------------\n# Pages and screens: Page path and screen class\n# Account: Shop\n# Property: Shop\n"
    "# ----------------------------------------\n#\n# All Users\n# Start date: 20250301\n# End date: 20250331\n\n"
    "Page path and screen class,Views,Active users\n/,12,9\n",
    "# ----------------------------------------\r\n# متجري\r\n# Free form-Free form 1\r\n# 20250301-20250331\r\n"
    "# ----------------------------------------\r\n\r\nDate,Event count\r\n20250301,4\r\n",
)


@pytest.mark.parametrize("text", SCREENS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
def test_the_table_of_a_screen_is_refused_with_the_way_out(text, encoding, take):
    with pytest.raises(BadFile, match=r"no searches\. Export the events from BigQuery"):
        take(text.encode(encoding), "pages.csv")


def test_comments_of_others_are_read_as_ever(take):
    report = take("# a shop\n# 20250301\nرقم الطلب,التاريخ,الإجمالي\n1,2025-03-01,5\n")
    assert report.orders == 1
