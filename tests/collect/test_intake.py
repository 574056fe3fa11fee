import time

import msgspec
import pytest

from masarat.collect.intake import Intake
from masarat.events import Move
from masarat.journal import Poisoned, RealDisk, Segment
from masarat.store import lines

NOW = 1_790_000_000.123


@pytest.fixture
def intake(store):
    return Intake(store)


def segment(directory, moves, token):
    path = directory / f"{token}.jsonl"
    content = b"".join(msgspec.json.encode(move) + b"\n" for move in moves)
    path.write_bytes(content)
    return Segment(token, path, len(moves), len(content), RealDisk())


def move(one, **columns):
    return Move(
        event_id=one,
        ts=NOW,
        received_at=NOW,
        name="Page Viewed",
        source="web",
        visitor_id="anon:a",
        **columns,
    )


def stored(store):
    return [row["event_id"] for row in store.select("SELECT event_id FROM events ORDER BY event_id")]


def test_a_move_arrives_with_every_column(store, intake, tmp_path):
    full = move(
        "1",
        identifiers=["anon:a", "user:7"],
        revenue=12.3456,
        product_ids=["A"],
        product_quantities=[-1.5],
        props=msgspec.Raw('{"نص":{"a":[1]}}'.encode()),
    )
    intake.take(segment(tmp_path, [full], "s1"))
    row = store.select(
        "SELECT *, toUnixTimestamp64Milli(ts) AS ms, toString(props) AS text, customer_id = xxHash64('anon:a') AS same FROM events"
    )[0]
    assert (row["ms"], row["revenue"], row["identifiers"], row["product_quantities"]) == (
        1_790_000_000_123,
        12.3456,
        ["anon:a", "user:7"],
        [-1.5],
    )
    assert row["same"] == 1
    assert row["text"] == '{"نص":{"a":[1]}}'


def test_a_line_has_the_fields_of_a_move():
    assert set(lines.TYPES) == set(Move.__struct_fields__)


def test_what_was_sent_twice_is_stored_once(store, intake, tmp_path):
    intake.take(segment(tmp_path, [move("1"), move("2"), move("1")], "s1"))
    intake.take(segment(tmp_path, [move("2"), move("3")], "s2"))
    intake.take(segment(tmp_path, [move("2"), move("3")], "s2"))  # after a crash
    assert stored(store) == ["1", "2", "3"]
    assert intake.repeated == 4


def test_what_was_sent_again_by_another_visitor_or_at_another_time_is_known(store, intake, tmp_path):
    nobody = msgspec.structs.replace(move("3"), visitor_id="")
    intake.take(segment(tmp_path, [move("1"), move("2"), nobody], "s1"))
    tomorrow = msgspec.structs.replace(
        move("1"), visitor_id="daily:b", ts=NOW + 86_400
    )  # cookieless: a new salt a day
    later = msgspec.structs.replace(
        move("2"), ts=NOW + 0.25
    )  # the skew of its clock is measured at every sending
    intake.take(segment(tmp_path, [tomorrow, later, nobody, move("4")], "s2"))
    assert stored(store) == ["1", "2", "3", "4"]


def test_a_restart_remembers(store, intake, tmp_path):
    recent = msgspec.structs.replace(move("1"), received_at=time.time())
    intake.take(segment(tmp_path, [recent], "s1"))
    again = Intake(store)
    again.take(segment(tmp_path, [recent, move("2")], "s2"))
    assert stored(store) == ["1", "2"]


def test_a_crash_after_the_insert_adds_nothing(store, intake, tmp_path):
    one = segment(tmp_path, [move("1"), move("2")], "s1")
    lines.insert_lines(store, one.path, token=one.token)
    intake.take(one)  # this intake never saw it
    assert stored(store) == ["1", "2"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"event_id":"x","ts":"never","name":"X","visitor_id":"a"}\n',
        b'{"event_id":"x","ts":1790000000,"name":"X","visitor_id":"a","revenue":1e30}\n',
        b'{"event_id":"x","ts":1790000000,"name":"X","visitor_id":"a","product_quantities":"x"}\n',
    ],
)
def test_poison_is_named_and_nothing_of_its_segment_is_in(store, intake, tmp_path, line):
    path = tmp_path / "p.jsonl"
    path.write_bytes(msgspec.json.encode(move("1")) + b"\n" + line)
    with pytest.raises(Poisoned):
        intake.take(Segment("p", path, 2, 0, RealDisk()))
    assert stored(store) == []


def test_rejected_lines_wait_in_quarantine(store, intake):
    for _ in range(2):
        intake.reject(b'{"source":"web","x":1}', "It is bad.", "s1:0")
    rows = store.select("SELECT source, raw, reason, status FROM quarantine")
    assert rows == [
        {
            "source": "web",
            "raw": '{"event":"{\\"source\\":\\"web\\",\\"x\\":1}"}',
            "reason": "It is bad.",
            "status": "open",
        }
    ]


def test_what_customers_are_identified_with_becomes_facts(store, intake, tmp_path):
    told = {
        "email": "a@b.sa",
        "age": 30,
        "address": {"city": "الرياض"},
        "plan": {"name": "ذهبي"},
        "none": None,
        "tags": ["x"],
    }
    one = msgspec.structs.replace(
        move("1"), name="Customer Identified", props=msgspec.Raw(msgspec.json.encode(told))
    )
    intake.take(segment(tmp_path, [one, move("2")], "s1"))
    rows = store.select("SELECT trait, value, source, visitor_id FROM traits ORDER BY trait")
    assert {row["trait"]: row["value"] for row in rows} == {
        "age": "30",
        "city": "الرياض",
        "email": "a@b.sa",
        "plan.name": "ذهبي",
    }
    assert {(row["source"], row["visitor_id"]) for row in rows} == {("web", "anon:a")}
