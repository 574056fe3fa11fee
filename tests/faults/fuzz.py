"""Malformed, huge, deep and wrongly encoded bodies on every address of a running server: no 5xx, no crash, and nothing stuck behind them."""

from __future__ import annotations

import base64
import gzip
import json
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import httpx

from masarat.collect.webhooks import BY_NAME, PREFIX
from masarat.collect.wire import ROUTES
from tests.faults.result import Result
from tests.support.served import masarat, select, serving

KEY = "k"
FAULT = "malformed bodies"
LARGEST = 25 << 20  # of a body; the door takes 20 MB
GOOD = (
    {"writeKey": KEY, "batch": [{"type": "track", "userId": "u", "event": "Order Completed", "properties": {"revenue": 5, "products": [{"sku": "A", "price": 1}]}}]},
    {"writeKey": KEY, "type": "identify", "userId": "u", "traits": {"email": "a@b.sa", "اسم": "سارة"}},
    {"api_key": KEY, "batch": [{"event": "$pageview", "distinct_id": "u", "properties": {"$current_url": "https://x.sa/?utm_source=g"}}]},
    {"api_key": KEY, "event": "$identify", "distinct_id": "u", "properties": {"$anon_distinct_id": "a", "$set": {"email": "a@b.sa"}}},
    {"client_id": "1.2", "events": [{"name": "purchase", "params": {"value": 3, "currency": "SAR", "transaction_id": "T1", "items": [{"item_id": "A"}]}}]},
    {"requests": [f"?idsite={KEY}&rec=1&url=https://x.sa&_id=0123456789abcdef", {"idsite": KEY, "rec": 1, "idgoal": 0, "ec_id": "7", "revenue": 9}]},
    {"type": "event", "payload": {"website": KEY, "url": "/", "hostname": "x.sa", "name": "buy", "data": {"a": [1, {"b": None}]}}},
    {"n": "pageview", "u": "https://x.sa/", "d": KEY, "p": "{\"a\":1}", "$": {"currency": "SAR", "amount": "12.5"}},
    {"id": 1, "event": "order.created", "merchant": 1, "data": {"id": 5, "amounts": {"total": {"amount": 5, "currency": "SAR"}}}},
)  # fmt: skip
STRANGE = ("null", "true", "-1", "1e999", "9" * 500, '"\\ud800"', '"\\u0000"', "[]", "{}", '"٣٫٥"', '"2026-99-99"', '"' + "ا" * 5000 + '"', "[" * 3000)  # fmt: skip
CODINGS = ("utf-16", "utf-32", "cp1256", "utf-8-sig")


def run(options) -> list[Result]:
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        masarat(data, "source", "add", "web", "--key", KEY, "--limit", "1000000")
        said: Counter[int] = Counter()
        with serving(data) as served, served.client(follow_redirects=False) as client:
            bad = _send(client, random.Random(options.seed), options.seconds, said)
            alive = served.process.poll() is None and client.get("/ready").status_code == 200
            served.drained(120)
        rows = select(data, "SELECT count() AS n, uniqExact(event_id) AS ids FROM events")[0]
    told = f"{sum(said.values()):,} requests in {options.seconds:,} s, {dict(sorted(said.items()))}; {rows['n']:,} events stored"
    return [
        Result(FAULT, alive and not bad and rows["n"] == rows["ids"], f"{told}{'; ' + bad if bad else ''}")
    ]


def _send(client: httpx.Client, dice: random.Random, seconds: float, said: Counter[int]) -> str:
    """What was wrong first, empty where nothing was."""
    paths = [path.replace("{key}", KEY).replace("{token}", KEY) for path in ROUTES]
    paths += [f"{PREFIX}{name}/{KEY}" for name in BY_NAME]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        path, body, headers, query = dice.choice(paths), *_request(dice)
        method = dice.choice(("POST", "POST", "POST", "POST", "GET", "PUT", "OPTIONS", "HEAD"))
        try:
            answer = client.request(method, path + query, content=body, headers=headers)
        except httpx.HTTPError as error:
            return f"{method} {path}: {error!r} after {body[:200]!r}"
        said[answer.status_code] += 1
        if answer.status_code >= 500 and not (answer.status_code == 503 and "retry-after" in answer.headers):
            return f"{method} {path}: {answer.status_code} after {body[:200]!r}"
    return ""


def _request(dice: random.Random) -> tuple[bytes, dict[str, str], str]:
    """A body of one of the languages, broken in one or more ways; headers and a query that may not fit it."""
    body = json.dumps(dice.choice(GOOD), ensure_ascii=dice.random() < 0.5).encode()
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        body = dice.choice(BREAKS)(dice, body)[:LARGEST]
    headers = {
        "content-type": dice.choice(
            ("application/json", "text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data")
        )
    }
    if dice.random() < 0.2:
        body = gzip.compress(body)[: dice.choice((None, None, 20))]
    if dice.random() < 0.2:
        headers["content-encoding"] = dice.choice(("gzip", "deflate", "br", "none"))
    if dice.random() < 0.1:
        headers["authorization"] = dice.choice(("Basic azo=", "Basic !!", "Bearer k", "Bearer"))
    query = dice.choice(
        (
            "",
            "",
            f"?api_secret={KEY}",
            f"?idsite={KEY}&rec=1",
            f"?data={quote(base64.b64encode(body[:300]))}",
            "?beacon=1&compression=gzip-js",
            "?%ff=%00",
        )
    )
    return body, headers, query


def _flip(dice: random.Random, body: bytes) -> bytes:
    changed = bytearray(body or b"x")
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(dice: random.Random, body: bytes) -> bytes:
    return body[: dice.randrange(len(body) + 1)]


def _twice(dice: random.Random, body: bytes) -> bytes:
    return body * dice.choice((2, 3, 50))


def _strange(dice: random.Random, body: bytes) -> bytes:
    """A value becomes another."""
    parts = body.split(b":")
    if len(parts) > 1:
        place = dice.randrange(1, len(parts))
        end = min(
            (at for at in (parts[place].find(mark) for mark in (b",", b"}", b"]")) if at >= 0), default=0
        )
        parts[place] = dice.choice(STRANGE).encode() + parts[place][end:]
    return b":".join(parts)


def _nested(dice: random.Random, body: bytes) -> bytes:
    depth = dice.choice((5, 300, 2000, 60_000))
    return b'{"properties":' * depth + body + b"}" * depth


def _coded(dice: random.Random, body: bytes) -> bytes:
    return body.decode("utf-8", "replace").encode(dice.choice(CODINGS), "replace")


def _huge(dice: random.Random, body: bytes) -> bytes:
    return body.replace(b'"u"', b'"' + b"x" * dice.choice((1000, 100_000, 2_000_000)) + b'"', 1)


def _noise(dice: random.Random, body: bytes) -> bytes:
    return dice.randbytes(dice.choice((0, 1, 50, 5000)))


BREAKS = (_flip, _flip, _cut, _twice, _strange, _strange, _strange, _nested, _coded, _huge, _noise)
