import json

import msgspec
import pytest

from masarat.collect.wire import Request
from masarat.collect.wire.base import BadBody
from masarat.collect.wire.sender import ADDRESS, AGENT
from masarat.collect.wire.umami import ROUTES, refuse

NOW = 1_750_000_000.0


def post(body, path="/api/send", **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return ROUTES[path](Request("POST", path, {}, headers, raw, NOW))


def call(kind="event", **payload):
    return {"type": kind, "payload": {"website": "w-1", **payload}}


def props(move):
    return msgspec.json.decode(move.props)


def test_a_page_view_as_the_tracker_sends_it():  # umami 2.10
    taken = post(
        call(hostname="x.sa", screen="1280x720", language="ar-SA", title="%D9%85%D8%AA%D8%AC%D8%B1",
             url="/p?utm_source=snap&utm_medium=cpc&utm_campaign=eid", referrer="https://g.sa/")
    )  # fmt: skip
    (move,) = taken.moves
    assert (taken.key, move.name, move.ts, move.visitor_id) == ("w-1", "Page Viewed", NOW, "")
    assert (move.url, move.referrer) == (
        "https://x.sa/p?utm_source=snap&utm_medium=cpc&utm_campaign=eid",
        "https://g.sa/",
    )
    assert (move.utm_source, move.utm_medium, move.utm_campaign) == ("snap", "cpc", "eid")
    assert props(move) == {"hostname": "x.sa", "screen": "1280x720", "language": "ar-SA", "title": "متجر"}


def test_what_umami_node_sends():  # @umami/node 0.4
    page = post(call(url="/home", title="t", referrer="https://g.com", hostname="x.sa")).moves[0]
    order = post(call(name="purchase", data={"revenue": 9.9, "currency": "SAR"})).moves[0]
    person = post(call("identify", data={"email": "a@b.sa"})).moves[0]
    assert (page.name, page.url) == ("Page Viewed", "https://x.sa/home")
    assert (order.name, order.revenue, order.currency, order.order_id) == (
        "Order Completed",
        9.9,
        "SAR",
        order.event_id,
    )
    assert (person.name, props(person)) == ("Customer Identified", {"email": "a@b.sa"})


def test_who_and_when():
    move = post(call(id="u7", vid="v-1", name="Signed Up", timestamp=1_749_999_940)).moves[0]
    assert (move.identifiers, move.visitor_id, move.ts) == (["user:u7", "anon:v-1"], "user:u7", NOW - 60)


def test_a_server_speaks_for_its_visitors():
    calls = [call(url="/", ip="1.2.3.4", userAgent="Phone"), call(url="/")]
    named, nobody = post(calls, "/api/batch").moves
    assert (props(named)[ADDRESS], props(named)[AGENT]) == ("1.2.3.4", "Phone")
    assert props(nobody) == {}


def test_performance():
    move = post(call("performance", url="/", hostname="x.sa", lcp=1200.5, cls=0.02)).moves[0]
    assert (move.name, props(move)["lcp"], props(move)["cls"]) == ("Web Vitals Measured", 1200.5, 0.02)


def test_the_answer_comes_back_as_cache():
    first = msgspec.json.decode(post(call(url="/")).reply.body)
    assert set(first) == {"cache", "sessionId", "visitId"}
    for brought in (
        first["cache"],
        json.dumps(first),
    ):  # new trackers bring the cache, old ones the whole answer
        assert msgspec.json.decode(post(call(url="/"), x_umami_cache=brought).reply.body) == first
    for broken in ("x", "{", '{"cache":7}', '{"cache":"a.<b>"}'):
        assert (
            msgspec.json.decode(post(call(url="/"), x_umami_cache=broken).reply.body)["cache"]
            != first["cache"]
        )


def test_a_batch_tells_what_it_could_not_take():
    other = {"type": "event", "payload": {"website": "w-2", "url": "/"}}
    taken = post([call(url="/"), call("dance"), other, 7, {"type": "event"}, call(name="x")], "/api/batch")
    told = msgspec.json.decode(taken.reply.body)
    assert (taken.key, [move.name for move in taken.moves]) == ("w-1", ["Page Viewed", "x"])
    assert (told["size"], told["processed"], told["errors"]) == (6, 2, 4)
    assert [one["index"] for one in told["details"]] == [1, 2, 3, 4]
    assert [bad.reason for bad in taken.rejected][:2] == [
        "The call is of a type we do not know.",
        "The batch has calls of several websites.",
    ]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", {"type": "event"}, {"payload": {}}, call("dance"), {"payload": 7}]
)
def test_what_is_refused(body):
    with pytest.raises(BadBody) as caught:
        post(body)
    reply = refuse(caught.value)
    assert (reply.status, msgspec.json.decode(reply.body)["error"]["status"]) == (400, 400)


@pytest.mark.parametrize(("hostname", "url"), [("x.sa", "http://["), ("[", "/a"), ("", "/a"), ("x.sa", "")])
def test_an_address_that_cannot_be_joined_stays_as_it_came(hostname, url):
    assert post(call(hostname=hostname, url=url)).moves[0].url == url
