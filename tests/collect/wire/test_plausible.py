import json

import msgspec
import pytest

from masarat.collect.wire import Request
from masarat.collect.wire.base import BadBody
from masarat.collect.wire.plausible import ROUTES, refuse

NOW = 1_750_000_000.0
PAGE = {
    "n": "pageview",
    "u": "https://x.sa/a?utm_source=snap&utm_medium=cpc&utm_campaign=eid",
    "d": "x.sa",
    "r": "https://g.sa/",
}


def post(body):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ROUTES["/api/event"](Request("POST", "/api/event", {}, {"content-type": "text/plain"}, raw, NOW))


def props(move):
    return msgspec.json.decode(move.props)


def test_a_page_view():
    taken = post(PAGE)
    (move,) = taken.moves
    assert (taken.key, taken.reply.status) == ("x.sa", 202)
    assert (move.name, move.url, move.referrer, move.ts) == ("Page Viewed", PAGE["u"], "https://g.sa/", NOW)
    assert (move.utm_source, move.utm_medium, move.utm_campaign) == ("snap", "cpc", "eid")
    assert (move.visitor_id, move.identifiers) == ("", [])


def test_what_plausible_tracker_sends():  # 0.3.9: the properties are a text of JSON
    move = post(
        {
            "n": "Signup",
            "u": "https://x.sa/a?utm_source=snap",
            "d": "x.sa",
            "r": None,
            "w": 1200,
            "h": 0,
            "p": '{"plan":"ذهبي"}',
        }
    ).moves[0]
    assert (move.name, move.referrer, move.utm_source) == ("Signup", "", "snap")
    assert props(move) == {"domain": "x.sa", "screen_width": 1200, "plan": "ذهبي"}


def test_what_the_tracker_of_plausible_itself_sends():  # @plausible-analytics/tracker 0.4.6
    taken = post({"n": "Purchase", "v": 36, "u": "https://x.sa/ok", "d": "x.sa,y.sa", "r": None, "p": {"order_id": "o1"},
                  "$": {"currency": "SAR", "amount": 12.5}})  # fmt: skip
    (move,) = taken.moves
    assert taken.key == "x.sa"
    assert (move.name, move.order_id, move.revenue, move.currency) == ("Order Completed", "o1", 12.5, "SAR")
    assert props(move)["domain"] == "x.sa,y.sa"
    left = post({"n": "engagement", "sd": 100, "d": "x.sa", "u": "https://x.sa/", "e": 5925, "v": 36}).moves[
        0
    ]
    assert (left.name, props(left)["scroll_depth"], props(left)["engaged_ms"]) == ("Page Left", 100, 5925)


@pytest.mark.parametrize(
    ("revenue", "amount"),
    [
        ({"currency": "SAR", "amount": "1322.22"}, 1322.22),
        ('{"currency":"SAR","amount":7}', 7),
        (None, 0),
        (9.5, 9.5),
        ({"currency": "SAR"}, 0),
        ({"currency": 7, "amount": [1]}, 0),
        ("[bad", 0),
    ],
)
def test_money_however_it_is_written(revenue, amount):
    move = post({"name": "Upgrade", "url": "https://x.sa", "domain": "x.sa", "revenue": revenue}).moves[0]
    assert (move.name, move.revenue) == ("Upgrade", amount)


def test_a_purchase_without_a_number_is_an_order_of_its_own():
    body = {
        "name": "purchase",
        "url": "https://x.sa",
        "domain": "x.sa",
        "revenue": {"currency": "SAR", "amount": 5},
    }
    first, second = post(body).moves[0], post(body).moves[0]
    assert first.order_id != second.order_id
    assert first.order_id


def test_the_page_of_an_outbound_link_stays_the_page():
    move = post(
        {"n": "Outbound Link: Click", "u": "https://x.sa/a", "d": "x.sa", "p": {"url": "https://other.sa"}}
    ).moves[0]
    assert (move.name, move.url, props(move)["href"]) == (
        "Link Clicked",
        "https://x.sa/a",
        "https://other.sa",
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "not the JSON we know"),
        (PAGE | {"d": ""}, "has no domain"),
        (PAGE | {"n": None}, "has no name"),
        (PAGE | {"u": None}, "has no url"),
    ],
)
def test_what_is_refused(body, reason):
    with pytest.raises(BadBody, match=reason) as caught:
        post(body)
    reply = refuse(caught.value)
    assert (reply.status, list(msgspec.json.decode(reply.body))) == (400, ["errors"])
