"""Enrichment behind the real door and in front of the real store: what is acknowledged, what is written, what a restart takes up."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import polars as pl
import pytest

from masarat.collect import keys
from masarat.collect.door import Door
from masarat.collect.enrich import Enricher, Rules, Sessions
from masarat.collect.keys import Keys
from masarat.events import COLUMNS, Move
from masarat.journal import Journal, Shelf
from masarat.records import Records
from masarat.settings import Settings
from masarat.store.visits import recent_visits
from tests.support.loops import run

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)


class Desk:
    """A door with its journal and its enricher."""

    def __init__(self, folder, **rules):
        self.folder = folder
        self.records = Records(Settings(data=folder))
        self.key = keys.add(self.records, "web")
        self.journal = Journal(folder / "journal", reserve_bytes=0)
        self.enricher = Enricher(Rules(**rules), folder / "salts", NOON.timestamp)
        self.door = Door(
            journal=self.journal,
            rejected=self.journal,
            keys=Keys(keys.load(self.records)),
            enrich=self.enricher,
            settings=Settings(data=folder),
            clock=NOON.timestamp,
        )

    def post(self, path, body, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def app(scope, receive, send):
            await self.door(scope, receive, send)

        async def call():
            transport = httpx.ASGITransport(app, client=("188.49.12.34", 1234))
            async with httpx.AsyncClient(transport=transport, base_url="http://door") as client:
                return await client.post(
                    path, content=json.dumps(body), headers={"user-agent": PHONE} | named
                )

        return run(call())

    def lines(self):
        self.journal.close()
        shelf = Shelf(self.folder / "journal")
        shelf.recover()
        return [bytes(line) for segment in shelf.sealed() for line in segment.lines()]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path, consent="opt-out", addresses="drop")
    yield desk
    desk.journal.close()
    desk.records.close()


def track(desk, **more):
    context = {"page": {"url": "https://shop.sa/?ttclid=1"}, "userAgent": PHONE, "ip": "188.49.12.34"}
    return {"writeKey": desk.key, "anonymousId": "a", "event": "Product Viewed", "context": context} | more


def test_what_is_written_says_how_and_on_what_but_not_from_where(desk):
    assert desk.post("/v1/track", track(desk)).status_code == 200
    (line,) = desk.lines()
    move = msgspec.json.decode(line)
    assert (move["source"], move["device"], move["channel"]) == ("web", "mobile", "paid social")
    assert b"188.49" not in line
    assert b"Mozilla" not in line


def test_who_may_not_be_kept_is_answered_all_the_same(desk):
    said = desk.post("/v1/identify", {"writeKey": desk.key, "userId": "7"}, sec_gpc="1")
    assert (said.status_code, said.json()) == (200, {"success": True})
    assert desk.post("/v1/track", track(desk), user_agent="Googlebot/2.1 (Mozilla/5.0)").status_code == 200
    bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    assert desk.post("/v1/track", track(desk), user_agent=bot).status_code == 200
    assert (desk.enricher.counts.refused, desk.enricher.counts.bots) == (1, 1)
    assert len(desk.lines()) == 1


def test_a_door_that_cannot_keep_its_key_takes_nothing(desk):
    (desk.folder / "salts").write_text("in the way")
    event = {"domain": desk.key, "name": "pageview", "url": "https://shop.sa/"}
    answer = desk.post("/api/event", event)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert desk.lines() == []


# After a restart


def stored(store, minute, visitor, session, **more):
    row = {
        "event_id": f"{visitor}{minute}", "ts": NOON + timedelta(minutes=minute), "name": "Page Viewed", "source": "web",
        "visitor_id": visitor, "session_id": session, "props": "{}",
    } | more  # fmt: skip
    store.append(pl.DataFrame([row], schema_overrides={name: COLUMNS[name] for name in row}))


def test_visits_go_on_after_a_restart(store):
    stored(store, -90, "anon:old", "gone")
    stored(store, -20, "anon:a", "s1", utm_source="snap", utm_medium="cpc", channel="paid social")
    stored(store, -10, "user:7", "s1", identifiers=["user:7", "anon:a"])
    stored(store, -5, "anon:b", "s2", channel="direct")
    stored(store, -1, "anon:c", "")
    rows = recent_visits(store, NOON - timedelta(minutes=60), 100)
    assert [(row["visitor"], row["session_id"], row["campaign"], row["channel"]) for row in rows] == [
        ("anon:a", "s1", "snap\0cpc\0", "paid social"),
        ("anon:b", "s2", "", "direct"),
    ]
    assert (rows[0]["started"], rows[0]["ended"]) == (NOON.timestamp() - 1200, NOON.timestamp() - 600)
    sessions = Sessions(Rules())
    sessions.remember(rows)
    move = Move(
        event_id="e",
        ts=NOON.timestamp(),
        name="Page Viewed",
        source="web",
        visitor_id="anon:a",
        identifiers=["anon:a"],
    )
    assert sessions.place(move, "snap\0cpc\0", "direct").channel == "paid social"
    assert move.session_id == ""
    assert sessions.place(move).id == "s1"
