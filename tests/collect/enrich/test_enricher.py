"""The whole of enrichment as the door calls it: who looked, from where, and what must never be written down."""

from __future__ import annotations

import json
import tracemalloc
from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.collect.enrich import Counts, Enricher, Rules
from masarat.collect.enrich.consent import may_know, said_in
from masarat.collect.enrich.rules import RIYADH
from masarat.collect.enrich.told import add, blank, take, tells, without
from masarat.collect.wire import Request
from masarat.collect.wire.sender import tell
from masarat.events import Move

NOON = datetime(2026, 3, 2, 12, tzinfo=RIYADH).timestamp()
DAY = 86_400
ADDRESS = "188.49.12.34"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
SERVER = "analytics-python/2.3.4"


class Desk:
    """An enricher and a clock that stands at noon."""

    def __init__(self, folder, **rules):
        self.now = NOON
        self.folder = folder
        self.enricher = Enricher(Rules(**rules), folder, lambda: self.now)

    @property
    def counts(self) -> Counts:
        return self.enricher.counts

    def send(self, *moves, agent=PHONE, address=ADDRESS, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request("POST", "/v1/batch", {}, {"user-agent": agent, **named}, b"", self.now, address)
        return self.enricher(list(moves), request, "web")

    def one(self, move, **request):
        (kept,) = self.send(move, **request)
        return kept


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def page(visitor="anon:a", ts=NOON, props="{}", **more):
    fields = {
        "name": "Page Viewed",
        "url": "https://shop.sa/",
        "identifiers": [visitor] if visitor else [],
    } | more
    return Move(event_id="e", ts=ts, visitor_id=visitor, props=msgspec.Raw(props.encode()), **fields)


def props(move):
    return msgspec.json.decode(move.props)


def test_a_visit_is_described(desk):
    kept = desk.one(page(referrer="https://www.google.com/", props='{"a":1}'))
    assert (kept.source, kept.device, kept.channel) == ("web", "mobile", "organic search")
    assert props(kept) == {"a": 1, "browser": "Chrome Mobile", "os": "Android"}
    assert len(kept.session_id) == 16
    assert desk.counts == Counts()


def test_a_visit_has_one_channel_and_one_session(desk):
    moves = [
        page(url="https://shop.sa/?utm_source=snapchat&utm_medium=cpc&utm_campaign=eid"),
        page(ts=NOON + 1, referrer="https://shop.sa/"),
        page("user:7", NOON + 2, name="Order Completed", url="", identifiers=["user:7", "anon:a"]),
        page(ts=NOON + 3, referrer="https://checkout.tabby.ai/"),
    ]
    desk.now += 10
    kept = desk.send(*moves)
    assert [move.channel for move in kept] == ["paid social"] * 4
    assert len({move.session_id for move in kept}) == 1
    assert (kept[0].utm_source, kept[0].utm_medium, kept[0].utm_campaign) == ("snapchat", "cpc", "eid")
    desk.now += DAY
    later = desk.one(page(ts=NOON + DAY, referrer="https://shop.sa/"))
    assert later.channel == "direct"  # a new visit that begins inside the shop


def test_what_the_sdk_says_stands(desk):
    kept = desk.one(
        page(session_id="s", device="till", channel="store", country="Bahrain", props='{"browser":"own"}'),
        cf_ipcountry="SA",
    )
    assert (kept.session_id, kept.device, kept.channel, kept.country) == ("s", "till", "store", "Bahrain")
    assert props(kept) == {"browser": "own", "os": "Android"}


def test_country_comes_from_the_header_that_is_trusted(tmp_path):
    assert Desk(tmp_path).one(page(), cf_ipcountry="SA").country == ""
    assert Desk(tmp_path, country_header="CF-IPCountry").one(page(), cf_ipcountry="SA").country == "SA"


def test_bots_are_counted_and_not_kept(desk):
    assert desk.send(page(), page(), agent=BOT) == []
    told = page(props=json.dumps({"$raw_user_agent": BOT}))
    assert desk.send(told, page("user:1"), agent=SERVER)[0].visitor_id == "user:1"
    assert desk.counts == Counts(bots=3)


def test_what_a_server_sends_is_no_visit(desk):
    order = page("user:1", name="Order Completed", url="", props='{"total":10}')
    kept = desk.one(order, agent=SERVER, sec_gpc="1")
    assert (kept.device, kept.session_id, kept.channel, kept.visitor_id) == ("", "", "", "user:1")
    assert bytes(kept.props) == b'{"total":10}'
    assert desk.one(page("", url=""), agent=SERVER).visitor_id == ""  # nobody, rather than the server


def test_a_server_may_tell_its_visitor(desk):
    told = json.dumps({"$raw_user_agent": PHONE, "$ip": "8.8.4.4", "n": 1})
    kept = desk.one(page("", props=told), agent=SERVER, address="10.0.0.1")
    assert kept.device == "mobile"
    assert kept.visitor_id == desk.one(page(""), address="8.8.4.99").visitor_id
    assert props(kept) == {"n": 1, "browser": "Chrome Mobile", "os": "Android"}


# Visitors without identifiers


def test_the_daily_name(desk):
    first = desk.one(page("")).visitor_id
    assert first.startswith("daily:")
    assert desk.one(page("", NOON + 5), address="188.49.12.99").visitor_id == first
    assert desk.one(page(""), address="188.49.13.34").visitor_id != first
    assert desk.one(page(""), agent=PHONE.replace("126", "127")).visitor_id != first
    desk.now += 11 * 3600
    assert desk.one(page("")).visitor_id == first  # 23:00 in Riyadh
    desk.now += 2 * 3600
    assert desk.one(page("")).visitor_id != first


def test_two_doors_give_one_name(desk):
    assert Desk(desk.folder).one(page("")).visitor_id == desk.one(page("")).visitor_id


# Consent


@pytest.mark.parametrize(
    ("mode", "said", "objecting", "visitor", "known"),
    [
        ("off", False, True, True, True),
        ("opt-out", None, False, True, True),
        ("opt-out", None, True, True, False),
        ("opt-out", True, True, True, True),  # said here, to this shop
        ("opt-out", False, False, True, False),
        ("opt-in", None, False, True, False),
        ("opt-in", True, False, True, True),
        ("opt-in", None, False, False, True),  # the shop's own server
        ("opt-in", False, False, False, False),
    ],
)
def test_who_may_be_known(mode, said, objecting, visitor, known):
    assert may_know(mode, said, objecting, visitor) is known


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, True),
        ("granted", True),
        ("DENIED", False),
        ("later", None),
        (None, None),
        (7, None),
        ({"analytics": False}, False),
        ({"ads": True}, None),
        ({"categoryPreferences": {"Advertising": True, "Analytics": False}}, False),
    ],
)
def test_consent_as_it_is_written(value, said):
    assert said_in(value) is said


@pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
def test_who_objects_is_counted_without_a_name(desk, header):
    told = {"distinct_id": "x", "$set": {"email": "a@b.sa"}, "email": "a@b.sa", "total": 5}
    kept = desk.one(
        page("user:7", session_id="s", url="https://shop.sa/?gclid=me&q=1", props=json.dumps(told)),
        **{header: "1"},
    )
    assert kept.visitor_id.startswith("daily:")
    assert (kept.identifiers, kept.url, kept.channel) == ([], "https://shop.sa/?q=1", "paid search")
    assert kept.session_id not in ("", "s")
    assert props(kept) == {"total": 5, "browser": "Chrome Mobile", "os": "Android"}
    assert desk.send(page("user:7", name="Customer Identified"), **{header: "1"}) == []
    assert desk.counts == Counts(cookieless=1, refused=1)


def test_without_consent_a_shop_may_refuse(tmp_path):
    desk = Desk(tmp_path, consent="opt-in", without_consent="refuse")
    kept = desk.send(
        page(), page(props='{"$consent":"granted","a":1}'), page("user:1", props='{"$consent":{}}')
    )
    said, seen = kept
    assert (said.name, props(said)["purposes"]) == ("Consent Changed", {"analytics": True})
    assert props(seen)["a"] == 1
    assert "$consent" not in props(seen)
    assert desk.counts == Counts(refused=2)


def test_a_cookieless_visitor_has_the_name_of_the_day_and_nobody_refuses_him(tmp_path):
    desk = Desk(tmp_path, without_consent="refuse")
    kept = desk.send(
        page("anon:1", session_id="s1", props='{"$cookieless":true}'),
        page("anon:2", session_id="s2", props='{"$cookieless":true,"a":1}'),
        page("anon:3", props='{"$cookieless":true,"$consent":false}'),
        page("user:4", name="Customer Identified", props='{"$cookieless":true}'),
    )
    assert len({(move.visitor_id, move.session_id) for move in kept}) == 1
    assert kept[0].visitor_id.startswith("daily:")
    assert props(kept[1]) == {"a": 1, "browser": "Chrome Mobile", "os": "Android"}
    assert desk.counts == Counts(cookieless=2, refused=2)


@pytest.mark.parametrize("raw", ["{}", ' { "a" : 1 } ', '{"$ip":"9.9.9.9"}'])
def test_a_format_tells_of_the_sender(desk, raw):
    move = page("", props=raw)
    consent = msgspec.Raw(b'{"categoryPreferences":{"Analytics":true}}')
    tell(move, agent=PHONE, address=ADDRESS, consent=consent)
    assert {name: props(move)[name] for name in ("$raw_user_agent", "$ip", "$consent")} == {
        "$raw_user_agent": PHONE,
        "$ip": ADDRESS,
        "$consent": {"categoryPreferences": {"Analytics": True}},
    }
    kept = desk.one(move, agent=SERVER, address="10.0.0.1")
    assert kept.visitor_id == desk.one(page("")).visitor_id
    assert [name for name in props(kept) if name.startswith("$")] == []


def test_a_format_with_nothing_to_tell_leaves_the_properties(desk):
    move = page(props='{"a":1}')
    tell(move)
    assert bytes(move.props) == b'{"a":1}'


# Time


def test_late_and_future_moves_are_kept_and_counted(desk):
    late, future, now = desk.send(page(ts=NOON - 8 * DAY), page(ts=NOON + 60), page(ts=NOON + 0.5))
    assert (late.ts, props(late)["late"]) == (NOON - 8 * DAY, True)
    assert (future.ts, now.ts) == (NOON, NOON + 0.5)
    assert desk.counts == Counts(late=1, clamped=1)


# Privacy


@pytest.mark.parametrize("addresses", ["drop", "truncate"])
@pytest.mark.parametrize("consent", ["off", "opt-in"])
@pytest.mark.parametrize("agent", [PHONE, SERVER])
def test_neither_address_nor_agent_is_written_down(tmp_path, addresses, consent, agent):
    desk = Desk(tmp_path, addresses=addresses, consent=consent)
    deep = json.dumps({
        "$ip": ADDRESS, "$raw_user_agent": PHONE, "$set_once": {"$initial_ip": ADDRESS, "ua": PHONE}, "list": [ADDRESS],
    })  # fmt: skip
    for text in (deep, deep.replace("/", "\\/"), deep.replace('": "', '":"')):
        kept = desk.one(page("", props=text), agent=agent)
        line = msgspec.json.encode(kept).decode()
        assert ADDRESS not in line
        assert "Mozilla" not in line
        assert ("188.49.12.0" in line) == (addresses == "truncate")
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert ADDRESS.encode() not in stored


# Properties as bytes

objects = st.dictionaries(
    st.sampled_from(["a", "$ip", "$raw_user_agent", "$consent", "os", "شيء", '"', "$x"]),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5),
)


@given(objects, st.booleans())
def test_taking_and_adding_leave_all_else_as_it_was(value, spaced):
    raw = msgspec.Raw(json.dumps(value, indent=1 if spaced else None).encode())
    _, rest = take(raw)
    left = {name: held for name, held in value.items() if name not in ("$ip", "$raw_user_agent", "$consent")}
    assert json.loads(bytes(rest)) == left
    assert tells(raw) or left == value
    added = json.loads(bytes(add(rest, {"browser": "Chrome", "late": True, "empty": ""})))
    assert added == {"browser": "Chrome", "late": True} | left or b'"browser"' in bytes(rest)


def test_numbers_keep_their_digits():
    raw = msgspec.Raw(
        b'{"$ip":"1.1.1.1","big":123456789012345678901234567890,"exact":0.10000000000000000001}'
    )
    assert bytes(take(raw)[1]) == b'{"big":123456789012345678901234567890,"exact":0.10000000000000000001}'


@pytest.mark.parametrize("raw", [b"", b"[1]", b'{"$ip":', b'{"$ip":1}', b"{" * 5000, b'{"a":' * 5000])
def test_odd_properties_break_nothing(desk, raw):
    assert without(msgspec.Raw(raw), ["a"]) is not None
    assert blank(msgspec.Raw(raw), [ADDRESS]) == msgspec.Raw(raw)
    move = page()
    move.props = msgspec.Raw(raw)
    assert len(desk.send(move)) == 1


def test_what_is_remembered_does_not_grow_with_what_is_sent(desk):
    """Addresses, agents and tags are looked up again, but nobody can fill the memory with long ones."""
    long = "x" * 50_000
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for n in range(200):
            told = {"url": f"https://shop.sa/?{n}={long}", "referrer": f"https://{n}.sa/{long}"}
            move = page(f"anon:{n}", **told, utm_source=f"{n}{long}", utm_medium=f"{n}{long}")
            tell(move, agent=f"Mozilla/5.0 {n}{long}", address=f"{n}{long}")
            desk.send(move, agent=f"{n}{long}", address=f"{n}{long}")
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept < 200 * 20_000  # of 200 × 350,000 letters
