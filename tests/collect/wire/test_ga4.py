import json

import msgspec
import pytest

from masarat.collect.wire import Request
from masarat.collect.wire.ga4 import ROUTES
from masarat.collect.wire.names import GA4
from masarat.collect.wire.sender import ADDRESS, AGENT
from masarat.events import EVENT_NAMES

NOW = 1_750_000_000.0  # 2025-06-15T15:06:40Z
QUERY = {"measurement_id": "G-1", "api_secret": "sec"}


def post(body, path="/mp/collect", query=QUERY):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ROUTES[path](Request("POST", path, query, {}, raw, NOW))


def one(name, params=None, **hit):
    return post({"client_id": "1.2", "events": [{"name": name, "params": params or {}}]} | hit).moves[0]


# As ga4mp 2.0.4 sends it
PURCHASE = {
    "client_id": "123.456",
    "events": [
        {"name": "purchase",
         "params": {"transaction_id": "T1", "value": 30.5, "currency": "SAR", "tax": 4.5, "shipping": 10, "coupon": "EID",
                    "items": [{"item_id": "SKU1", "item_name": "بن", "price": 15.25, "quantity": 2, "item_category": "Coffee"}],
                    "session_id": 1749999000, "engagement_time_msec": 0}},
    ],
    "user_id": "u7", "user_properties": {"tier": {"value": "gold"}}, "timestamp_micros": 1749996400000000,
}  # fmt: skip


def test_a_purchase_as_ga4mp_sends_it():
    taken = post(PURCHASE)
    (move,) = taken.moves
    assert (taken.key, taken.rejected, taken.reply.status) == ("sec", [], 204)
    assert (move.name, move.identifiers, move.visitor_id) == (
        "Order Completed",
        ["user:u7", "anon:123.456"],
        "user:u7",
    )
    assert (move.ts, move.session_id) == (NOW - 3600, "123.456.1749999000")
    assert (move.order_id, move.revenue, move.currency, move.tax, move.shipping, move.coupon) == (
        "T1",
        30.5,
        "SAR",
        4.5,
        10,
        "EID",
    )
    assert (move.product_ids, move.product_names, move.product_categories) == (["SKU1"], ["بن"], ["Coffee"])
    assert (move.product_quantities, move.product_revenues) == ([2], [30.5])
    props = msgspec.json.decode(move.props)
    assert (props["measurement_id"], props["user_properties"], props["engagement_time_msec"]) == (
        "G-1",
        {"tier": {"value": "gold"}},
        0,
    )
    assert "api_secret" not in props


def test_ga4mp_sends_a_postponed_event_without_brackets():
    (move,) = post(PURCHASE | {"events": {"name": "my_event", "params": {"x": "y"}}}).moves
    assert (move.name, msgspec.json.decode(move.props)["x"]) == ("my_event", "y")


def test_a_purchase_sent_twice_is_one_event_and_two_refunds_are_two():
    again, other = PURCHASE, json.loads(json.dumps(PURCHASE).replace("T1", "T2"))
    ids = [post(body).moves[0].event_id for body in (PURCHASE, again, other)]
    assert ids[0] == ids[1] != ids[2]
    refunds = [one("refund", {"transaction_id": "T1", "value": 10}) for _ in range(2)]
    assert refunds[0].event_id != refunds[1].event_id
    assert refunds[0].revenue == -10


@pytest.mark.parametrize(("name", "ours"), GA4.items())
def test_names_of_the_dictionary(name, ours):
    assert one(name).name == ours
    assert ours in EVENT_NAMES


def test_properties_get_segments_names_and_the_rest_stays():
    move = one(
        "search",
        {
            "search_term": "بن",
            "page_location": "https://x.sa/?utm_source=snap&utm_campaign=eid",
            "page_referrer": "https://g.sa",
        },
    )
    assert msgspec.json.decode(move.props)["query"] == "بن"
    assert (move.url, move.referrer, move.utm_source, move.utm_campaign) == (
        "https://x.sa/?utm_source=snap&utm_campaign=eid",
        "https://g.sa",
        "snap",
        "eid",
    )
    both = one("purchase", {"order_id": "mine", "transaction_id": "theirs"})
    assert both.order_id == "mine"
    assert msgspec.json.decode(both.props)["transaction_id"] == "theirs"


def test_place_and_device_of_the_visitor_of_a_server():
    body = {"client_id": "1", "events": [{"name": "x"}], "ip_override": "1.2.3.4", "user_agent": "Phone",
            "user_location": {"country_id": "SA", "city": "الرياض"}, "device": {"category": "mobile"}}  # fmt: skip
    (move,) = post(body).moves
    assert (move.country, move.city, move.device) == ("SA", "الرياض", "mobile")
    props = msgspec.json.decode(move.props)
    assert (props[ADDRESS], props[AGENT]) == ("1.2.3.4", "Phone")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "The hit is not the JSON we know"),
        ({"client_id": "1"}, "The hit has no events."),
        ({"events": [{"name": "x"}]}, "The hit names nobody."),
        ({"client_id": "1", "events": [{"params": {}}]}, "The event is not the JSON we know"),
        ({"client_id": "1", "events": [{"name": ""}]}, "The event has no name."),
        (b'{"client_id":"1","events":[{"name":"x","params":{"session_id":1e999}}]}', "'session_id' is not"),
    ],
)
def test_no_hit_gets_an_error_and_none_is_lost(body, reason):
    taken = post(body)
    assert (taken.moves, taken.reply.status) == ([], 204)
    assert taken.rejected[0].reason.startswith(reason)
    told = msgspec.json.decode(post(body, "/debug/mp/collect").reply.body)["validationMessages"]
    assert told[0]["description"].startswith(reason)


def test_the_26th_event_is_set_aside():
    taken = post({"client_id": "1", "events": [{"name": f"e{n}"} for n in range(27)]})
    assert (len(taken.moves), len(taken.rejected)) == (25, 2)


def test_debug_takes_nothing():
    taken = post(PURCHASE, "/debug/mp/collect")
    assert (taken.moves, taken.rejected, taken.reply.body) == ([], [], b'{"validationMessages":[]}')
