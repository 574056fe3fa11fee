import gc
import gzip
import json
import tracemalloc
import zlib

import httpx
import msgspec
import pytest

from masarat.collect import keys
from masarat.collect.door import LARGEST_BODY, Door, find, unpack
from masarat.collect.keys import Keys
from masarat.journal import Journal, Shelf
from masarat.records import Records
from masarat.settings import Settings
from tests.support.loops import run

TRACK = {"userId": "u", "event": "Page Viewed", "messageId": "m1", "properties": {"a": 1}}


class Desk:
    """A door with a real journal behind it, and what came through."""

    def __init__(self, directory):
        self.directory = directory
        self.records = Records(Settings(data=directory))
        self.key = keys.add(self.records, "web", origins=["https://shop.sa"])
        self.journal = Journal(directory / "journal", reserve_bytes=0)
        self.refused = Journal(directory / "rejected", reserve_bytes=0)
        self.door = Door(
            self.journal, self.refused, Keys(keys.load(self.records)), self.enrich, Settings(data=directory)
        )

    def enrich(self, moves, request, source):
        for move in moves:
            move.source = source
        return moves

    async def __call__(self, scope, receive, send):
        await self.door(scope, receive, send)

    def accepted(self):
        return self._written(self.journal, "journal")

    def rejected(self):
        return self._written(self.refused, "rejected")

    def _written(self, journal, name):
        journal.close()
        shelf = Shelf(self.directory / name)
        shelf.recover()
        return [msgspec.json.decode(line) for segment in shelf.sealed() for line in segment.lines()]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.journal.close()
    desk.refused.close()
    desk.records.close()


def send(desk, path, body, method="POST", **headers):
    async def call():
        transport = httpx.ASGITransport(desk)
        async with httpx.AsyncClient(transport=transport, base_url="http://door") as client:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return await client.request(method, path, content=content, headers=headers)

    return run(call())


def test_what_is_acknowledged_lies_in_the_journal(desk):
    answer = send(desk, "/v1/track", TRACK | {"writeKey": desk.key})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    (line,) = desk.accepted()
    assert (line["event_id"], line["source"], line["props"]) == ("m1", "web", {"a": 1})


@pytest.mark.parametrize("pack", [gzip.compress, lambda body: body])
@pytest.mark.parametrize("said", ["gzip", ""])
def test_gzip_is_known_by_its_bytes(desk, pack, said):
    body = pack(json.dumps({"batch": [{"type": "track"} | TRACK], "writeKey": desk.key}).encode())
    headers = {"content-encoding": said} if said else {}
    assert send(desk, "/v1/batch/", body, **headers).status_code == 200
    assert len(desk.accepted()) == 1


def test_a_pretty_printed_body_is_one_line(desk):
    body = json.dumps(TRACK | {"writeKey": desk.key, "properties": {"a": {"b": ["\n"]}}}, indent=4).encode()
    assert send(desk, "/v1/track", body).status_code == 200
    assert desk.accepted()[0]["props"] == {"a": {"b": ["\n"]}}


@pytest.mark.parametrize(("properties", "props"), [(None, {}), ([1], {"value": [1]}), ("x", {"value": "x"})])
def test_properties_are_always_an_object(desk, properties, props):
    send(desk, "/v1/track", TRACK | {"writeKey": desk.key, "properties": properties})
    assert desk.accepted()[0]["props"] == props


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"writeKey": "nobody"} | TRACK, {}, 401),
        (TRACK, {}, 401),
        (b"{", {}, 400),
        (b"\x1f\x8b-not-gzip", {}, 400),
        (gzip.compress(b"{}", mtime=0)[:-5], {}, 400),
        (zlib.compress(b"x" * (LARGEST_BODY + 1)), {"content-encoding": "deflate"}, 413),
        (b"x" * (LARGEST_BODY + 1), {}, 413),
    ],
)
def test_what_cannot_be_taken_is_refused_and_not_kept(desk, body, headers, status):
    answer = send(desk, "/v1/track", body, **headers)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert desk.accepted() == []


def test_a_body_that_is_too_large_is_let_go_at_once(desk):
    """Not when the collector of garbage comes by: that may be thousands of requests later."""
    scope = {"type": "http", "method": "POST", "path": "/v1/batch", "query_string": b"", "headers": []}

    async def give_up(message):
        assert message.get("status", 413) == 413

    async def ten_times():
        for _ in range(10):
            left = LARGEST_BODY // (1 << 20) + 2

            async def receive():
                nonlocal left
                left -= 1
                return {"type": "http.request", "body": bytes(1 << 20), "more_body": left > 0}

            await desk.door(dict(scope), receive, give_up)
        return tracemalloc.get_traced_memory()[0]

    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        kept = run(ten_times())
    finally:
        tracemalloc.stop()
        gc.enable()
    assert kept < LARGEST_BODY


def test_only_from_allowed_pages(desk):
    body = TRACK | {"writeKey": desk.key}
    good = send(desk, "/v1/t", body, origin="https://shop.sa")
    assert good.headers["access-control-allow-origin"] == "https://shop.sa"
    assert send(desk, "/v1/t", body, origin="https://evil.example").status_code == 403
    assert len(desk.accepted()) == 1


def test_browsers_may_ask_first(desk):
    answer = send(
        desk,
        "/v1/t",
        b"",
        "OPTIONS",
        origin="https://any.sa",
        **{"access-control-request-headers": "content-type,x-retry-count"},
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "content-type,x-retry-count"


def test_a_batch_keeps_its_good_part_and_shows_the_rest(desk):
    answer = send(
        desk, "/v1/batch", {"writeKey": desk.key, "batch": [{"type": "track"} | TRACK, {"type": "track"}]}
    )
    assert answer.status_code == 200
    assert len(desk.accepted()) == 1
    (piece,) = desk.rejected()
    assert (piece["source"], piece["again"], piece["raw"]) == ("web", "/v1/track", '{"type": "track"}')


def test_a_full_journal_says_when_to_come_again(desk, monkeypatch):
    from masarat.journal import Backlogged

    async def full(lines, count):
        raise Backlogged("Too much waits.", "Later.", retry_after=7)

    monkeypatch.setattr(desk.journal, "append", full)
    answer = send(desk, "/v1/track", TRACK | {"writeKey": desk.key})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


def test_paths():
    assert find("/v1/projects/KEY/settings")
    assert find("/v1/batch/")
    assert find("/v1/projects/a/b/settings") is None
    assert find("/v1/projects//settings") is None
    assert find("/v1/ask/revenue") is None


def test_unpacking_is_bounded():
    assert unpack(gzip.compress(b"a" * 1000), "gzip") == b"a" * 1000
    assert unpack(b"plain", "gzip") == b"plain"  # said but not done
