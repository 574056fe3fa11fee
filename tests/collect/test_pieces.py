"""Pieces of requests that could not be taken: shown once, set right in the exported CSV, taken in."""

import csv
import io
import json

import pytest

from masarat.collect import quarantine
from masarat.collect.consenting import Consenting
from masarat.collect.pieces import Piece, keep
from masarat.records import Records
from masarat.resolve.identity import Identity
from masarat.settings import Settings

AT = 1_790_000_000.0


@pytest.fixture
def records(tmp_path):
    found = Records(Settings(data=tmp_path))
    yield found
    found.close()


def piece(raw, again="/v1/track"):
    return Piece(source="web", raw=raw, reason="It is bad.", remedy="Mend it.", again=again, at=AT)


def exported(store):
    return list(csv.DictReader(io.StringIO(quarantine.export(store).removeprefix("\ufeff"))))


def replayed(store, records, tmp_path, rows, hear=len):
    path = tmp_path / "fixed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return quarantine.replay(store, records, path, hear)


def test_the_same_piece_stands_once(store):
    for _ in range(2):
        keep(store, [piece("{"), piece("["), piece("{")])
    assert [row["event"] for row in exported(store)] == ["{", "["]


def test_a_piece_set_right_is_taken_in_and_one_still_wrong_stays(store, records, tmp_path):
    keep(store, [piece('{"type":"track"}'), piece("{")])
    rows = exported(store)
    for row in rows:
        if row["event"] != "{":
            row["event"] = json.dumps({"type": "track", "event": "طلب", "userId": "7", "messageId": "m1"})
    report = replayed(store, records, tmp_path, rows)
    assert (report.replayed, report.still_wrong) == (1, 1)
    assert "not valid JSON" in report.reasons[0] or "JSON" in report.reasons[0]
    assert store.select("SELECT event_id, name, source, visitor_id FROM events") == [
        {"event_id": "m1", "name": "طلب", "source": "web", "visitor_id": "user:7"}
    ]
    assert [row["event"] for row in exported(store)] == ["{"]


def test_a_line_that_the_engine_refuses_is_mended_too(store, records, tmp_path):
    line = {"event_id": "m2", "ts": AT, "name": "X", "visitor_id": "user:7", "revenue": 1e30}
    keep(store, [piece(json.dumps(line), "")])
    rows = exported(store)
    assert replayed(store, records, tmp_path, rows).still_wrong == 1
    rows[0]["event"] = json.dumps(line | {"revenue": 12.5})
    for _ in range(2):
        replayed(store, records, tmp_path, rows)
    assert store.select("SELECT event_id, revenue FROM events") == [{"event_id": "m2", "revenue": 12.5}]


def test_what_is_replayed_keeps_no_address_and_replaces_no_order(store, records, tmp_path):
    """A piece goes through enrichment as at the door, and may not pass for a webhook's snapshot."""
    keep(store, [piece('{"type":"track"}'), piece('{"type":"identify"}')])
    rows = exported(store)
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
    context = {"ip": "188.49.12.34", "userAgent": agent}
    snapshot = "0" * 32 + "-completed@" + "0" * 16
    for row in rows:
        track = {"type": "track", "event": "X", "messageId": snapshot, "properties": {"snapshot": {}}}
        told = {"type": "identify", "messageId": "m9", "traits": {"email": "a@b.sa"}}
        call = track if "track" in row["event"] else told
        row["event"] = json.dumps(call | {"userId": "7", "context": context})
    assert replayed(store, records, tmp_path, rows).still_wrong == 0
    found = store.select("SELECT event_id, toString(props) AS props FROM events ORDER BY event_id")
    assert [row["event_id"] for row in found] == ["m9", f"sent:{snapshot}"]
    assert not any("188.49" in row["props"] or "Mozilla" in row["props"] for row in found)
    assert store.select("SELECT trait, value FROM traits") == [{"trait": "email", "value": "a@b.sa"}]


def test_what_is_replayed_tells_who_is_who_and_who_agreed(store, records, tmp_path):
    identity, consenting = Identity(store, Settings(data=tmp_path)), Consenting(records.consent)
    keep(store, [piece('{"type":"identify"}'), piece('{"type":"track"}')])
    rows = exported(store)
    told = {"type": "identify", "messageId": "m1", "traits": {"phone": "0501234567"}}
    agreed = {
        "type": "track", "event": "X", "messageId": "m2",
        "context": {"consent": {"categoryPreferences": {"email": True}}},
    }  # fmt: skip
    for row in rows:
        row["event"] = json.dumps((told if "identify" in row["event"] else agreed) | {"userId": "7"})

    def hear(lines):
        identity.take_lines(lines)
        consenting.take_lines(lines)

    assert replayed(store, records, tmp_path, rows, hear).still_wrong == 0
    assert identity.owner("phone:+966501234567") == "user:7"
    (said,) = records.consent.of(["user:7"])
    assert (said.purpose, said.channel, said.status) == ("marketing", "email", "granted")
