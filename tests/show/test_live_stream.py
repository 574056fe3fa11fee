"""What is going on now, over real HTTP: one answer for all who watch, streams that begin at once and end when they should."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from masarat.collect import keys
from masarat.errors import QueryTooLong
from masarat.show.http import live
from masarat.show.http.live import Watching
from tests.support.inside import inside
from tests.support.loops import run
from tests.support.served import HOSTILE, serving
from tests.support.shop import event, write

PASSWORD = "three small words"


@pytest.fixture
def server(store, tmp_path):
    with inside(store, tmp_path) as running:
        yield running


@pytest.fixture
def asked(server, monkeypatch):
    """The languages in which the shop was asked, one entry an answer."""
    seen, ask = [], server.shop.ask

    def counting(question, **given):
        seen.append(question.language)
        return ask(question, **given)

    monkeypatch.setattr(server.shop, "ask", counting)
    return seen


def watcher(server):
    return server.client(server.accounts.add_key("watcher", "viewer"))


def events(lines):
    """The events of a stream, as (name, data)."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def values(answer):
    return {number["name"]: number["value"] for number in answer["numbers"]}


def visit(who, minutes_ago, **columns):
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return event("Page Viewed", who, at.isoformat()[:19], url="https://shop.sa/coffee", **columns)


def left(server):
    """Back once nobody listens any more."""
    until = time.monotonic() + 20
    with server.client() as client:
        while server.app.state.watching.listeners:
            assert time.monotonic() < until, "a stream goes on although its listener left"
            client.get("/health")


def test_a_stream_begins_at_once_and_tells_what_came_through_the_door(server):
    key = keys.add(server.shop.records, "web")
    with watcher(server) as client:
        with client.stream("GET", "/v1/live", params={"lang": "ar"}) as response:
            assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert response.headers["cache-control"] == "no-store"
            lines = response.iter_lines()
            assert next(lines) == "retry: 5000"
            coming = events(lines)
            name, first = next(coming)
            assert (name, first["analysis"], first["language"], first["sample"]) == ("live", "live", "ar", 0)
            page = {"type": "page", "anonymousId": "a1", "context": {"page": {"url": "https://shop.sa/قهوة"}}}
            with server.client() as site:
                assert site.post("/v1/page", json=page | {"writeKey": key}).status_code == 200
            server.stored()
            newer = next(found for _, found in coming if found["sample"])
            assert values(newer)["now"] == 1
            assert "/قهوة" in newer["sentence"]
        left(server)


def test_however_many_watch_it_is_asked_once(server, asked, monkeypatch):
    monkeypatch.setattr(live, "EVERY_SECONDS", 3600.0)
    with watcher(server) as client:
        streams = [client.stream("GET", "/v1/live", params={"lang": each}) for each in ["ar", "en"] * 10]
        responses = [stream.__enter__() for stream in streams]
        coming = [events(response.iter_lines()) for response in responses]
        first = [next(each) for each in coming]
        assert server.app.state.watching.listeners == 20
        assert client.get("/live", headers={"Accept": "text/html"}).status_code == 200
        for stream in streams:
            stream.__exit__(None, None, None)
        left(server)
    assert sorted(asked) == ["ar", "en"]
    assert len({json.dumps(found, sort_keys=True) for _, found in first}) == 2


def test_listeners_are_bounded(server, monkeypatch):
    monkeypatch.setattr(live, "MOST_LISTENERS", 1)
    with watcher(server) as client, client.stream("GET", "/v1/live") as response:
        lines = response.iter_lines()
        assert next(lines)
        refused = client.get("/v1/live")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
        assert refused.json()["error"]["code"] == "too_many_listeners"


def test_trouble_is_told_and_the_stream_goes_on(server, monkeypatch):
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.01)
    ask, failures = server.shop.ask, [QueryTooLong("The question took too long.", "Ask for less.")]

    def failing(question):
        if failures:
            raise failures.pop()
        return ask(question)

    monkeypatch.setattr(server.shop, "ask", failing)
    with watcher(server) as client, client.stream("GET", "/v1/live") as response:
        coming = events(response.iter_lines())
        name, trouble = next(coming)
        assert (name, trouble["error"]["remedy"]) == ("trouble", "Ask for less.")
        assert next(coming)[0] == "live"


def test_a_stream_ends_so_that_permission_is_looked_at_again(server, monkeypatch):
    monkeypatch.setattr(live, "LONGEST_SECONDS", 0.2)
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.01)
    with watcher(server) as client:
        assert client.get("/v1/live").text.count("event: live") >= 1


def test_strangers_see_nothing(server):
    with server.client() as client:
        assert client.get("/v1/live", headers={"Accept": "text/event-stream"}).status_code == 401
        assert client.get("/live").headers["location"] == "/signin?next=/live"


def test_a_server_that_stops_lets_its_listeners_go(store, tmp_path):
    with inside(store, tmp_path) as server:
        client = watcher(server)
        stream = client.stream("GET", "/v1/live")
        lines = stream.__enter__().iter_lines()
        coming = events(lines)
        assert next(coming)[0] == "live"
        stopped = time.monotonic()
    assert time.monotonic() - stopped < 5
    assert {name for name, _ in coming} <= {"live"}, "it ends, and ends well"
    stream.__exit__(None, None, None)
    client.close()


def test_so_does_the_program(tmp_path):
    with serving(tmp_path) as served, served.client() as client:
        form = {"email": "noura@example.com", "name": "n", "password": PASSWORD, "again": PASSWORD}
        assert client.post(served.setup, data=form, headers={"Origin": served.url}).status_code == 303
        with client.stream("GET", "/v1/live") as response:
            coming = events(response.iter_lines())
            assert next(coming)[0] == "live"
            stopped = time.monotonic()
            assert served.stop() == ""
            assert time.monotonic() - stopped < 8
            assert {name for name, _ in coming} <= {"live"}
    assert served.process.returncode == 0


class Slow:
    """A shop whose answers come when they are let."""

    def __init__(self):
        self.asked, self.let = 0, asyncio.Event()

    async def run(self, call):
        self.asked += 1
        await self.let.wait()
        raise QueryTooLong("Too long.")

    shop = None


def test_a_slow_answer_is_waited_for_with_signs_of_life_and_asked_once(monkeypatch):
    monkeypatch.setattr(live, "ALIVE_SECONDS", 0.01)

    async def watch():
        slow = Slow()
        watching = Watching(slow)
        one, two = watching.stream("en"), watching.stream("en")
        for stream in (one, two):
            assert (await anext(stream)).startswith(b"retry:")
            assert [await anext(stream), await anext(stream)] == [live.ALIVE] * 2
        slow.let.set()
        for stream in (one, two):
            while (said := await anext(stream)) == live.ALIVE:
                pass
            assert said.startswith(b"event: trouble")
        assert slow.asked == 1
        for stream in (one, two):
            await stream.aclose()
        return watching.listeners, len(asyncio.all_tasks())

    assert run(watch()) == (0, 1), "nobody watches, and nothing runs on"


def test_what_takes_long_is_asked_less_often(monkeypatch):
    async def ask():
        clock = iter([100.0, 110.0, 110.0])
        monkeypatch.setattr(live, "_now", lambda: next(clock))
        slow = Slow()
        slow.let.set()
        return (await Watching(slow)._ask("en")).due

    assert run(ask()) == 110 + live.REST * 10


# The page


@pytest.fixture
def reader(server):
    server.accounts.add("noura@example.com", "owner", PASSWORD)
    with server.client() as client:
        client.post("/signin", data={"email": "noura@example.com", "password": PASSWORD})
        yield client


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_shows_who_is_here_and_renews_itself(server, reader, language):
    write(
        server.shop.store,
        [visit("anon:a", 1, city="الرياض", channel="direct"), visit("anon:b", 7, city=HOSTILE)],
    )
    page = reader.get("/live", params={"lang": language})
    assert page.headers["refresh"] == "10"
    assert "script-src" not in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page.text
    assert {"ar": "في متجرك الآن زائر واحد", "en": "One visitor is here right now"}[language] in page.text
    assert 'href="/live" aria-current="page"' in page.text
    assert page.text.count("<svg") >= 6
    assert "الرياض" in page.text
    assert "refresh" not in reader.get("/live?still=1").headers


def test_an_empty_page_says_what_to_do_next(server, reader):
    page = reader.get("/live?lang=en").text
    assert "masarat source add shop" in page
    assert "data-key=&#34;…&#34;" in page
    key = keys.add(server.shop.records, "web")
    snippet = f"&lt;script async src=&#34;{server.url}/m.js&#34; data-key=&#34;{key}&#34;&gt;&lt;/script&gt;"
    assert snippet in reader.get("/live?lang=en").text
    with watcher(server) as viewer:
        assert key not in viewer.get("/live", headers={"Accept": "text/html"}).text


def test_trouble_is_said_on_the_page(server, reader, monkeypatch):
    def failing(question):
        raise QueryTooLong("The question took too long.", "Ask for less.")

    monkeypatch.setattr(server.shop, "ask", failing)
    page = reader.get("/live")
    assert page.status_code == 408
    assert "Ask for less." in page.text
