"""What people say of consent on pages, through the real door and in the shapes of real SDKs, into statements."""

import json

import msgspec
import pytest

from masarat.collect.consenting import meant, statements
from masarat.collect.keys import add
from masarat.events import Move
from masarat.records.consent import standings
from tests.collect.enrich.test_enricher import Desk, page
from tests.support.inside import inside

AGENT = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
}


# What words mean


@pytest.mark.parametrize(
    ("purposes", "comes_to"),
    [
        ({"analytics": True, "marketing": False}, {("analytics", "web"): True, ("marketing", "web"): False}),
        ({"Advertising": True, "DataSharing": False}, {("marketing", "web"): True, ("sharing", "web"): False}),
        ({"C0001": True, "C0002": True, "Functional": True}, {("analytics", "web"): True}),
        ({"email": True, "whatsapp": "no"}, {("marketing", "email"): True, ("marketing", "whatsapp"): False}),
        ({"profiling": {"sms": True}}, {("profiling", "sms"): True}),
        ({"marketing": True, "ads": False}, {("marketing", "web"): False}),  # two words for one: the no counts
        ({"ad_user_data": "GRANTED", "ad_personalization": "DENIED"},
         {("sharing", "web"): True, ("personalisation", "web"): False}),
        ({"التسويق": True, "واتساب": True}, {("marketing", "web"): True, ("marketing", "whatsapp"): True}),
        ({"horoscopes": True, "analytics": "maybe", "marketing": {"fax": True}}, {}),
        (None, {}), ("yes", {}), ([1], {}), ({}, {}),
    ],
)  # fmt: skip
def test_what_preferences_come_to(purposes, comes_to):
    assert meant(purposes) == comes_to


def line(props, name="Consent Changed", **more):
    move = Move(
        event_id="e", ts=1.7e9, name=name, source="web", visitor_id="user:1", identifiers=["user:1", "anon:a"]
    )
    for field, value in more.items():
        setattr(move, field, value)
    move.props = msgspec.Raw(props if isinstance(props, bytes) else json.dumps(props).encode())
    return msgspec.json.encode(move)


def test_it_stands_under_the_account_and_the_browser():
    found = [
        each.said for each in statements(line({"purposes": {"marketing": True}}, url="https://shop.sa/"))
    ]
    assert [(each.identifier, each.purpose, each.channel, each.status) for each in found] == [
        ("user:1", "marketing", "web", "granted"),
        ("anon:a", "marketing", "web", "granted"),
    ]
    assert found[0].evidence == "Consent Changed, event e https://shop.sa/"


@pytest.mark.parametrize(
    "nothing",
    [
        line({"purposes": {"marketing": True}}, name="Order Completed"),
        line({"purposes": {"marketing": True}}, source=""),
        line({"purposes": {"marketing": True}}, visitor_id="", identifiers=[]),
        line(
            {"purposes": {"marketing": True}},
            visitor_id="daily:x",
            identifiers=["user:" + "9" * 500, "user:a\0b"],
        ),
        line({"text": "Consent Changed"}),
        line([1]),
        b'{"name":"Consent Changed"',
        b'{"name":"Consent Changed","event_id":"e","ts":1,"props":{"purposes":' + b"[" * 5000,
    ],
)
def test_what_says_nothing_that_can_be_kept_is_passed_over(nothing):
    assert list(statements(nothing)) == []


# At the door


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def told(kept):
    return [
        (move.visitor_id, json.loads(bytes(move.props))["purposes"])
        for move in kept
        if move.name == "Consent Changed"
    ]


def stamped(who, consent, **more):
    return page(who, props=json.dumps({"$consent": consent}), **more)


def test_a_word_that_stands_on_every_move_is_told_once(desk):
    yes, no = (
        {"categoryPreferences": {"Analytics": True}},
        {"categoryPreferences": {"Analytics": True, "Ads": False}},
    )
    kept = desk.send(*(stamped("user:1", said) for said in (yes, yes, no, no)), stamped("user:2", yes))
    assert told(kept) == [
        ("user:1", {"Analytics": True}),
        ("user:1", {"Analytics": True, "Ads": False}),
        ("user:2", {"Analytics": True}),
    ]
    assert sum(move.name == "Page Viewed" for move in kept) == 5
    assert told(desk.send(stamped("user:1", no))) == []


def test_who_refuses_is_heard_and_not_followed(desk):
    kept = desk.send(stamped("user:1", {"analytics": False}, url="https://shop.sa/secret"))
    said, seen = kept
    assert (said.name, said.visitor_id, said.url, said.session_id) == ("Consent Changed", "user:1", "", "")
    assert (seen.name, seen.identifiers) == ("Page Viewed", [])
    assert seen.visitor_id.startswith("daily:")


def test_a_refusal_of_its_own_keeps_who_said_it_where_consent_is_asked(tmp_path):
    desk = Desk(tmp_path, consent="opt-in")
    purposes = json.dumps({"purposes": {"analytics": False}})
    (kept,) = desk.send(
        page("anon:a", name="Consent Changed", props=purposes, url="https://shop.sa/", session_id="s")
    )
    assert (kept.visitor_id, kept.url, kept.session_id) == ("anon:a", "", "")
    assert told([kept]) == [("anon:a", {"analytics": False})]


@pytest.mark.parametrize("said", [7, "later", {}, {"categoryPreferences": [1]}, None])
def test_what_is_no_consent_is_not_told(desk, said):
    assert told(desk.send(stamped("user:1", said))) == []


def test_a_bot_and_a_visitor_of_the_day_say_nothing(desk):
    assert told(desk.send(page("", props='{"$consent":true}'))) == []
    assert told(desk.send(page("anon:a", props='{"$consent":true,"$cookieless":true}'))) == []


# Through the real door into the records


@pytest.fixture
def server(store, tmp_path):
    with inside(store, tmp_path) as running:
        running.key = add(running.shop.records, "web")
        yield running


def stands(server, *identifiers):
    return standings(server.shop.records.consent.of(identifiers))


def batch(*calls):
    return {"batch": [{"messageId": f"m{place}", **call} for place, call in enumerate(calls)]}


# What web/sdk sends when consent({analytics: true, marketing: true}) is called, then consent({analytics: false}).
SDK = batch(
    {"type": "track", "event": "Consent Changed", "anonymousId": "a", "timestamp": "2026-01-01T10:00:00Z",
     "properties": {"purposes": {"analytics": True, "marketing": True}},
     "context": {"consent": {"categoryPreferences": {"analytics": True, "marketing": True}}}},
    {"type": "identify", "anonymousId": "a", "userId": "17", "timestamp": "2026-01-01T10:01:00Z",
     "context": {"consent": {"categoryPreferences": {"analytics": True, "marketing": True}}}},
    {"type": "track", "event": "Consent Changed", "anonymousId": "a", "userId": "17",
     "timestamp": "2026-01-02T10:00:00Z", "properties": {"purposes": {"analytics": False, "marketing": True}},
     "context": {"consent": {"categoryPreferences": {"analytics": True, "marketing": True}}}},
)  # fmt: skip


def test_our_own_sdk(server):
    with server.client(**AGENT) as client:
        assert client.post("/v1/b", json={**SDK, "writeKey": server.key}).status_code == 200
    server.stored()
    her = stands(server, "user:17", "anon:a")
    assert her == {("marketing", "web"): "granted", ("analytics", "web"): "withdrawn"}
    assert stands(server, "anon:a")["analytics", "web"] == "withdrawn", "she had agreed on this browser"
    consent = server.shop.records.consent
    assert consent.allowed(["user:17"], "marketing", "web")
    assert not consent.allowed(["user:17"], "marketing", "email"), "a banner is no consent to messages"
    before = [(each.id, each.actor) for each in consent.every()]
    assert {actor for _, actor in before} == {"event"}
    lines = [msgspec.json.encode(move) for move in _moves(server)]
    server.shop.hear(lines)
    assert [(each.id, each.actor) for each in consent.every()] == before, "a replay adds nothing"


def _moves(server):
    rows = server.shop.store.select(
        "SELECT event_id, toFloat64(toUnixTimestamp64Milli(ts)) / 1000 AS ts, name, source, visitor_id, identifiers, url,"
        " toString(props) AS props FROM events ORDER BY ts, event_id"
    )
    return [Move(**(row | {"props": msgspec.Raw(row["props"].encode())})) for row in rows]


def test_segment_stamps_consent_on_every_call(server):
    ads = {"categoryPreferences": {"Advertising": False, "Analytics": True}}
    calls = [
        {"type": "track", "event": f"Seen {n}", "userId": "5", "context": {"consent": ads}} for n in range(3)
    ]
    with server.client(**AGENT) as client:
        client.post("/v1/batch", json={**batch(*calls), "writeKey": server.key})
    stored = server.stored()
    assert sum(row["name"] == "Consent Changed" for row in stored) == 1
    assert stands(server, "user:5") == {("marketing", "web"): "denied", ("analytics", "web"): "granted"}
    said = server.shop.records.consent.of(["user:5"])
    assert {each.evidence for each in said} == {"Consent Changed with Seen 0, event m0:consent"}


def test_posthog_and_matomo_and_google(server):
    posthog = {"api_key": server.key, "batch": [
        {"event": "$opt_in", "distinct_id": "p", "properties": {"$is_identified": False}},
        {"event": "$opt_out", "distinct_id": "q", "properties": {"$is_identified": True}},
    ]}  # fmt: skip
    google = {"client_id": "g", "consent": {"ad_user_data": "DENIED", "ad_personalization": "GRANTED"},
              "events": [{"name": "page_view", "params": {}}]}  # fmt: skip
    matomo = {
        "idsite": server.key,
        "rec": "1",
        "_id": "0123456789abcdef",
        "url": "https://shop.sa/",
        "consent": "1",
    }
    with server.client(**AGENT) as client:
        assert client.post("/batch", json=posthog).status_code == 200
        assert client.post("/mp/collect", json=google, params={"api_secret": server.key}).status_code == 204
        assert client.get("/matomo.php", params=matomo).status_code == 200
    server.stored()
    assert stands(server, "anon:p") == {("analytics", "web"): "granted"}
    assert stands(server, "user:q") == {("analytics", "web"): "denied"}
    assert stands(server, "anon:g") == {("sharing", "web"): "denied", ("personalisation", "web"): "granted"}
    assert stands(server, "anon:0123456789abcdef") == {("analytics", "web"): "granted"}
