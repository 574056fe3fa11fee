import base64
import json

import msgspec
import pytest

from masarat.collect.wire import ROUTES, Request
from masarat.collect.wire.base import BadBody, happened_at, read_time

NOW = 1_750_000_000.0


def post(path, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ROUTES[path](Request("POST", path, {}, headers, raw, NOW))


def test_a_track_call_becomes_a_move_with_columns_and_everything_kept():
    taken = post("/v1/track", {
        "writeKey": "k", "messageId": "m1", "userId": 17, "anonymousId": "abc", "event": "Order Completed",
        "timestamp": "2025-06-15T15:00:00Z", "sentAt": "2025-06-15T15:00:10Z",
        "properties": {"order_id": "o1", "revenue": "25.5", "currency": "sar", "note": "شكرًا",
                       "products": [{"sku": "A", "name": "بن", "price": 10, "quantity": 2}, {"product_id": "B", "price": 5.5}]},
        "context": {"page": {"url": "https://x.sa/ok"}, "campaign": {"source": "snap", "medium": "cpc", "name": "eid"}},
    })  # fmt: skip
    move = taken.moves[0]
    assert taken.key == "k"
    assert (move.event_id, move.name, move.visitor_id, move.identifiers) == (
        "m1",
        "Order Completed",
        "user:17",
        ["user:17", "anon:abc"],
    )
    assert move.ts == NOW - 10
    assert (move.order_id, move.revenue, move.currency) == ("o1", 25.5, "SAR")
    assert (move.product_ids, move.product_quantities, move.product_revenues) == (
        ["A", "B"],
        [2, 1],
        [20, 5.5],
    )
    assert (move.url, move.utm_source, move.utm_campaign) == ("https://x.sa/ok", "snap", "eid")
    assert msgspec.json.decode(move.props)["note"] == "شكرًا"


def test_a_refund_is_negative_whatever_sign_it_came_with():
    for amount in (30, -30):
        move = post(
            "/v1/t",
            {
                "userId": "u",
                "event": "Order Refunded",
                "properties": {
                    "order_id": "o",
                    "total": amount,
                    "products": [{"sku": "A", "price": 30, "quantity": 1}],
                },
            },
        ).moves[0]
        assert (move.revenue, move.product_quantities) == (-30, [-1])


def test_a_batch_takes_what_is_good_and_keeps_the_rest():
    taken = post(
        "/v1/batch",
        {
            "writeKey": "k",
            "batch": [
                {"type": "track", "userId": "a", "event": "X"},
                {"type": "track", "event": "Nobody"},
                {"type": "dance", "userId": "a"},
                7,
            ],
        },
    )
    assert [move.name for move in taken.moves] == ["X"]
    assert [rejected.reason[:20] for rejected in taken.rejected][:2] == [
        "The call names nobod",
        "'dance' is not a cal",
    ]
    assert taken.rejected[2].raw == b"7"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("identify", "Customer Identified"),
        ("page", "Page Viewed"),
        ("screen", "Screen Viewed"),
        ("group", "Account Joined"),
        ("alias", "Identity Linked"),
    ],
)
def test_the_other_calls(kind, name):
    move = post(
        f"/v1/{kind}", {"userId": "u", "previousId": "old", "groupId": "g", "traits": {"email": "a@b.sa"}}
    ).moves[0]
    assert move.name == name
    if kind == "alias":
        assert move.identifiers == ["user:u", "user:old"]


@pytest.mark.parametrize(
    "header",
    [
        "Basic " + base64.b64encode(b"key:").decode(),
        "Basic " + base64.b64encode(b"key").decode(),
        "Bearer key",
    ],
)
def test_the_key_may_stand_in_the_header(header):
    assert post("/v1/batch", {"batch": []}, authorization=header).key == "key"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"batch":7}', b"\xff\xfe", b'{"batch":[' + b"{}," * 3000 + b"{}]}"]
)
def test_bad_bodies_are_refused_in_one_sentence(body):
    with pytest.raises(BadBody):
        post("/v1/batch", body)


@pytest.mark.parametrize(
    "properties",
    [
        {"revenue": "abc", "order_id": "o"},
        {"products": "none", "order_id": "o"},
        {"revenue": None, "order_id": "o"},
        {"order_id": "o", "tax": {"a": 1}},
    ],
)
def test_one_bad_property_spoils_no_other(properties):
    move = post("/v1/t", {"userId": "u", "event": "Order Completed", "properties": properties}).moves[0]
    assert (move.order_id, move.revenue) == ("o", 0)


def test_clocks():
    assert happened_at(100.0, None, NOW) == NOW  # nobody was online in 1970
    assert happened_at(NOW + 500, None, NOW) == NOW  # nor in the future
    assert happened_at(NOW + 500, NOW + 510, NOW) == NOW - 10  # a clock that is ahead by 500 s
    assert (
        read_time("1750000000000")
        == read_time(1_750_000_000_000)
        == read_time(NOW)
        == read_time("2025-06-15T15:06:40Z")
        == NOW
    )


def test_the_browser_library_is_told_where_to_send():
    request = Request("GET", "/v1/projects/KEY/settings", {}, {"host": "localhost:1"}, b"", NOW)
    told = msgspec.json.decode(ROUTES["/v1/projects/{key}/settings"](request).reply.body)
    assert told["integrations"]["Segment.io"] == {
        "apiKey": "KEY",
        "apiHost": "localhost:1/v1",
        "protocol": "http",
    }
