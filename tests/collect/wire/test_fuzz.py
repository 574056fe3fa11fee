"""Whatever is sent, on every address of every language: moves or one clear refusal, never another error."""

import base64
import json
import math
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from masarat.collect.wire import ROUTES, Request, Taken
from masarat.collect.wire.base import BadBody

NOW = 1_750_000_000.0
WORDS = ["batch", "event", "events", "type", "track", "userId", "distinct_id", "properties", "params", "name", "payload", "website",
         "domain", "url", "requests", "client_id", "products", "items", "data", "props", "revenue", "timestamp", "sent_at", "uuid",
         "context", "page", "n", "u", "d", "p", "$", "?idsite=1&rec=1&url=x", "purchase", "identify", "alias", "traits"]  # fmt: skip

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.sampled_from(
        [10**400, -1, 0, 1e308, 5e-324, "1e999", "NaN", "inf", "http://[", "\ud800", "\x00", "9" * 400]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(WORDS),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner, max_size=5),
    ),
    max_leaves=12,
)
likely = st.fixed_dictionaries({}, optional=dict.fromkeys(WORDS, values))
bodies = st.one_of(
    st.binary(max_size=60),
    (values | likely | st.lists(likely, max_size=3)).map(
        lambda value: json.dumps(value).encode("utf-8", "replace")
    ),
    likely.map(lambda value: b"data=" + base64.b64encode(json.dumps(value).encode())),
    likely.map(
        lambda value: urlencode({key: str(one) for key, one in value.items()}, errors="replace").encode()
    ),
)
ONCE = {handler: path for path, handler in ROUTES.items()}.values()  # a path for each handler
DEEP = [
    b"[" * 100_000,
    b'{"batch":' * 50_000,
    b'{"events":' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"event":"x","userId":"u","distinct_id":"u","properties":'
    + b'{"a":' * 3000
    + b"1"
    + b"}" * 3000
    + b"}",
    b'[{"type":"event","payload":{"website":"w","data":' + b"[" * 2000 + b"]" * 2000 + b"}}]",
    b'{"n":"x","u":"https://x.sa","d":"x.sa","p":"' + b"[" * 9000 + b'"}',
    b'{"userId":"u","event":"x","properties":{"revenue":1e999,"a":"\xff\xfe"}}',
    '{"userId":"u","event":"x"}'.encode("utf-16"),
    '{"userId":"u","event":"شكرًا"}'.encode("cp1256"),
    b"\x00" * 1000,
]


def survives(path, body, query, headers):
    """Only Taken or BadBody, and what is taken can go to the journal."""
    real = path.replace("{key}", "k").replace("{token}", "k")
    try:
        taken = ROUTES[path](Request("POST", real, query, headers, body, NOW))
    except BadBody:
        return
    assert isinstance(taken, Taken)
    assert all(rejected.reason for rejected in taken.rejected)
    for move in taken.moves:
        assert move.event_id
        assert move.name
        assert math.isfinite(move.ts)
        line = msgspec.json.encode(move)
        assert b"\n" not in line
        assert json.loads(line)["name"]


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("body", DEEP, ids=range(len(DEEP)))
def test_deep_and_wrongly_encoded_bodies(path, body):
    survives(path, body, {}, {})


@seed(1)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    body=bodies,
    query=st.dictionaries(st.sampled_from([*WORDS, "rec", "idsite"]), st.text(max_size=6), max_size=4),
    form=st.booleans(),
)
@pytest.mark.parametrize("path", ONCE)
def test_any_body(path, body, query, form):
    survives(path, body, query, {"content-type": "application/x-www-form-urlencoded"} if form else {})
