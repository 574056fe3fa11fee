import base64
import json
from urllib.parse import quote

import msgspec
import pytest

from masarat.collect.wire import Request
from masarat.collect.wire.base import BadBody
from masarat.collect.wire.posthog import ROUTES, refuse

NOW = 1_750_000_000.0  # 2025-06-15T15:06:40Z
DEVICE = "01a20100-a7e7-731a-8fca-5207754b6e40"


def post(path, body, query=None, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return ROUTES[path](Request("POST", path, query or {}, headers, raw, NOW))


# As posthog 7.91 (Python) sends it
SERVER_BATCH = {
    "batch": [
        {
            "properties": {"order_id": "o1", "revenue": 25.5, "currency": "SAR", "$session_id": "s1",
                           "$lib": "posthog-python", "$geoip_disable": True, "$is_server": True},
            "timestamp": "2025-06-15T15:00:00+00:00", "distinct_id": "u1", "event": "Order Completed",
            "uuid": "0190f0a0-0000-7000-8000-000000000001",
        },
        {"timestamp": "2025-06-15T15:00:00+00:00", "distinct_id": "u1", "$set": {"email": "a@b.sa"}, "event": "$set",
         "properties": {"$lib": "posthog-python"}, "uuid": "ae5e8682-6acf-4531-beb2-b7637614563d"},
        {"properties": {"distinct_id": DEVICE, "alias": "u1"}, "timestamp": "2025-06-15T15:00:00+00:00",
         "event": "$create_alias", "distinct_id": DEVICE, "uuid": "b26a7580-8b75-49e0-bfe5-41320163196c"},
        {"event": "$groupidentify", "properties": {"$group_type": "company", "$group_key": "c1"}, "distinct_id": "$company_c1",
         "timestamp": "2025-06-15T15:00:00+00:00", "uuid": "69a219ff-2bfe-43ab-a7fa-0964ec6d63db"},
    ],
    "historical_migration": False, "sent_at": "2025-06-15T15:00:10+00:00", "api_key": "phc_k",
}  # fmt: skip

# As posthog-js 1.449 sends it, shortened
BROWSER_BATCH = {
    "api_key": "phc_k",
    "batch": [
        {"uuid": "01a20100-a7f9-7d6d-80b9-bb13a1f1c430", "event": "$pageview",
         "properties": {"$device_type": "Desktop", "$current_url": "https://x.sa/p?utm_source=snap", "distinct_id": DEVICE,
                        "$device_id": DEVICE, "utm_source": "snap", "utm_medium": "cpc", "utm_campaign": None,
                        "$referrer": "$direct", "title": "متجر", "token": "phc_k", "$session_id": "s-1",
                        "$is_identified": False, "$process_person_profile": False},
         "timestamp": "2025-06-15T15:06:30.000Z"},
        {"uuid": "01a20100-a9ea-774b-adb1-39e46f30bc8e", "event": "$identify",
         "properties": {"distinct_id": "u5", "$device_id": DEVICE, "$user_id": "u5", "$anon_distinct_id": DEVICE, "token": "phc_k",
                        "$session_id": "s-1", "$is_identified": True, "$process_person_profile": True},
         "$set": {"email": "a@b.sa"}, "$set_once": {"$initial_referrer": "$direct"}, "timestamp": "2025-06-15T15:06:31.000Z"},
    ],
    "sent_at": "2025-06-15T15:06:40Z",
}  # fmt: skip


def test_what_the_python_library_sends():
    taken = post("/batch", SERVER_BATCH)
    order, person, alias, group = taken.moves
    assert (taken.key, taken.rejected, taken.reply.body) == ("phc_k", [], b'{"status":1}')
    assert (order.event_id, order.name, order.identifiers) == (
        "0190f0a0-0000-7000-8000-000000000001",
        "Order Completed",
        ["user:u1"],
    )
    assert (order.ts, order.order_id, order.revenue, order.currency) == (NOW - 10, "o1", 25.5, "SAR")
    assert order.session_id == "s1"
    assert (person.name, msgspec.json.decode(person.props)["$set"]) == ("$set", {"email": "a@b.sa"})
    assert (alias.name, alias.identifiers) == ("Identity Linked", [f"anon:{DEVICE}", "user:u1"])
    assert (group.name, group.identifiers) == ("$groupidentify", [])


def test_what_the_browser_library_sends():
    page, identify = post("/e", BROWSER_BATCH, content_type="text/plain").moves
    assert (page.name, page.identifiers, page.visitor_id) == (
        "Page Viewed",
        [f"anon:{DEVICE}"],
        f"anon:{DEVICE}",
    )
    assert (page.url, page.referrer, page.session_id, page.device) == (
        "https://x.sa/p?utm_source=snap",
        "",
        "s-1",
        "desktop",
    )
    assert (page.utm_source, page.utm_medium, page.utm_campaign, page.ts) == ("snap", "cpc", "", NOW - 10)
    assert msgspec.json.decode(page.props)["title"] == "متجر"
    assert (identify.name, identify.identifiers) == ("Customer Identified", ["user:u5", f"anon:{DEVICE}"])
    assert msgspec.json.decode(identify.props)["$set"] == {"email": "a@b.sa"}


EVENT = {"event": "Signed Up", "properties": {"distinct_id": "u", "token": "phc_k"}}
AS_BASE64 = base64.b64encode(json.dumps(EVENT).encode())


@pytest.mark.parametrize(
    ("body", "query"),
    [
        (EVENT, {}),
        ([EVENT], {}),
        ({"token": "phc_k", "batch": [EVENT]}, {}),
        (b"data=" + quote(AS_BASE64).encode(), {"compression": "base64"}),
        (b"data=" + quote(json.dumps(EVENT)).encode(), {}),
        (b"ip=1&data=" + quote(json.dumps(EVENT)).encode(), {}),
        (AS_BASE64, {"compression": "base64"}),
        (AS_BASE64.rstrip(b"=").replace(b"+", b"-").replace(b"/", b"_"), {}),
        (b"", {"data": AS_BASE64.decode()}),
        ({"event": "Signed Up", "$token": "phc_k", "$distinct_id": "u"}, {}),
    ],
)
@pytest.mark.parametrize("path", ["/batch", "/e", "/i/v0/e", "/capture", "/track", "/engage"])
def test_every_wrapping_of_an_event(path, body, query):
    taken = post(path, body, query)
    assert taken.key == "phc_k"
    assert [(move.name, move.visitor_id) for move in taken.moves] == [("Signed Up", "user:u")]


def test_a_beacon_is_answered_with_nothing():
    assert post("/e", EVENT, {"beacon": "1"}).reply.status == 204


@pytest.mark.parametrize(
    ("times", "query", "before"),
    [
        ({"timestamp": "2025-06-15T16:00:00Z", "sent_at": "2025-06-15T16:00:05Z"}, {}, 5),  # a clock ahead
        ({"timestamp": "2025-06-15T16:00:00Z"}, {"_": "1750003205000"}, 5),
        ({"timestamp": "2025-06-15T16:00:00Z"}, {"sent_at": "1750003205000"}, 5),
        ({"offset": 3000}, {}, 3),
        ({"timestamp": "2025-06-15T15:06:33Z"}, {}, 7),
        ({"timestamp": "soon"}, {}, 0),
    ],
)
def test_clocks(times, query, before):
    assert post("/e", EVENT | times, query).moves[0].ts == NOW - before


def test_only_the_bad_events_of_a_batch_are_set_aside():
    taken = post("/batch", {"api_key": "k", "batch": [EVENT, {"event": "x"}, {"distinct_id": "u"}, 7]})
    assert len(taken.moves) == 1
    assert [rejected.reason for rejected in taken.rejected][:2] == [
        "The event names nobody.",
        "The event has no name.",
    ]
    assert taken.rejected[2].raw == b"7"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"%%%",
        b'{"batch":7}',
        {"event": "x"},
        EVENT | {"api_key": "phx_secret"},
        {"api_key": "phx_1", "batch": []},
    ],
)
def test_what_is_refused(body):
    with pytest.raises(BadBody):
        post("/e", body)


def test_ids_are_text_of_at_most_200_characters():
    assert post("/e", {"event": "x", "distinct_id": 17}).moves[0].visitor_id == "user:17"
    assert len(post("/e", {"event": "x", "distinct_id": "u" * 999}).moves[0].visitor_id) == 205


def test_a_visitor_without_cookies_is_left_for_the_door_to_name():
    assert post("/e", {"event": "$pageview", "distinct_id": "$posthog_cookieless"}).moves[0].visitor_id == ""


@pytest.mark.parametrize(
    ("who", "properties", "identifiers"),
    [
        (DEVICE, {}, []),  # the Python library makes one up
        ("$company_c1", {}, []),  # as the Node library calls a group
        ("u1", {}, ["user:u1"]),
        (DEVICE, {"$is_identified": False}, [f"anon:{DEVICE}"]),
    ],
)
def test_a_group_is_nobody(who, properties, identifiers):
    move = post("/e", {"event": "$groupidentify", "distinct_id": who, "properties": properties}).moves[0]
    assert move.identifiers == identifiers


def test_too_large_says_413_so_that_the_sdk_halves_its_batch():
    with pytest.raises(BadBody) as caught:
        post("/e", b" " * (2 << 20) + b"{}")
    assert refuse(caught.value).status == 413
    assert msgspec.json.decode(refuse(caught.value).body)["detail"].startswith(
        "The request is larger than 2 MB."
    )


def test_recordings_are_refused_aloud():
    with pytest.raises(BadBody, match="not taken"):
        post("/s", EVENT)


def test_flags_and_config():
    flags = msgspec.json.decode(post("/flags", {"token": "phc_k", "distinct_id": "u"}, {"v": "2"}).reply.body)
    assert (flags["flags"], flags["errorsWhileComputingFlags"]) == ({}, False)
    request = Request("GET", "/array/phc_k/config", {}, {}, b"", NOW)
    config = msgspec.json.decode(ROUTES["/array/{token}/config"](request).reply.body)
    assert (config["token"], config["supportedCompression"]) == ("phc_k", ["gzip", "gzip-js"])
    assert config["autocapture_opt_out"] is False  # unless it is told so, posthog-js captures no clicks
    assert "surveys" not in config  # told anything, even False, it fetches their script


def test_the_config_as_a_script():
    request = Request("GET", '/array/phc_"k</config.js', {}, {}, b"", NOW)
    reply = ROUTES["/array/{token}/config.js"](request).reply
    assert reply.content_type.startswith("text/javascript")
    start, _, value = reply.body.partition(b"]=")
    assert start.endswith(msgspec.json.encode('phc_"k<'))
    assert msgspec.json.decode(value)["config"]["token"] == 'phc_"k<'
