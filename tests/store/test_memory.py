"""Answers kept in memory: right after every kind of write, bounded, and each caller's own."""

from __future__ import annotations

from masarat.analyse import ask
from masarat.analyse.breakdown import Breakdown
from masarat.store.lines import insert_text
from masarat.store.memory import Memory
from masarat.store.query import Query
from tests.support.shop import order, write

ORDERS = Query(steps={"found": "SELECT count() AS orders FROM events WHERE name = 'Order Completed'"})


def counting(store, monkeypatch):
    asked, select = [], store.select
    monkeypatch.setattr(
        store, "select", lambda sql, *given, **more: (asked.append(sql), select(sql, *given, **more))[1]
    )
    return asked


def test_asked_again_the_engine_is_left_alone(store, monkeypatch):
    write(store, [order("a", "2025-03-01", 10)])
    asked = counting(store, monkeypatch)
    first = store.rows(ORDERS)
    first[0]["orders"] = 99
    assert store.rows(ORDERS) == [{"orders": 1}]
    assert len(asked) == 1
    answers = [ask(store, Breakdown.example) for _ in range(2)]
    assert answers[0] == answers[1]
    questions = [sql for sql in asked if sql.startswith("WITH")]
    assert len(questions) == len(set(questions)) > 0, "each once"


def test_whatever_is_written_is_seen(store):
    write(store, [order("a", "2025-03-01", 10)])
    assert store.rows(ORDERS) == [{"orders": 1}]
    write(store, [order("b", "2025-03-02", 10, event_id="second")])
    assert store.rows(ORDERS) == [{"orders": 2}]
    line = b'{"event_id":"third","name":"Order Completed","visitor_id":"c","ts":"2025-03-03 00:00:00.000","source":"s"}\n'
    insert_text(store, line, token="third")
    assert store.rows(ORDERS) == [{"orders": 3}]
    store.delete("events", "visitor_id = {who:String}", {"who": "b"})
    assert store.rows(ORDERS) == [{"orders": 2}]
    store.command("TRUNCATE TABLE events")
    assert store.rows(ORDERS) == [{"orders": 0}]


def test_values_are_part_of_what_is_asked(store):
    query = {"found": "SELECT {n:Int64} AS n"}
    assert [store.rows(Query(steps=query, values={"n": n})) for n in (1, 2, 1)] == [
        [{"n": 1}],
        [{"n": 2}],
        [{"n": 1}],
    ]


def test_an_answer_begun_before_a_write_is_not_kept():
    memory = Memory(1000)

    def overtaken():
        with memory.writing():
            pass
        return [{"n": "old"}]

    assert memory.recall("q", overtaken) == [{"n": "old"}]
    assert memory.recall("q", lambda: [{"n": "new"}]) == [{"n": "new"}]
    assert memory.recall("q", lambda: [{"n": "newer"}]) == [{"n": "new"}]


def test_a_write_that_fails_may_have_written():
    memory = Memory(1000)
    memory.recall("q", lambda: [{"n": 1}])
    try:
        with memory.writing():
            raise OSError
    except OSError:
        pass
    assert memory.recall("q", lambda: [{"n": 2}]) == [{"n": 2}]


def test_room_is_kept_for_those_asked_last():
    memory, read = Memory(2000), []

    def ask_for(name, size):
        return memory.recall(name, lambda: (read.append(name), [{"text": "x" * size}])[1])

    for name in "abcdefghijkl":  # each of some 230 bytes
        ask_for(name, 180)
        ask_for("a", 180)
    assert read == list("abcdefghijkl"), "a was asked all along"
    ask_for("b", 180)
    assert read[-1] == "b", "b had to go"
    for _ in range(2):
        ask_for("large", 400)
    assert read[-2:] == ["large", "large"], "too large to be kept"


def test_none_is_kept_where_others_write(engine):
    store = engine.store(remembered=0)
    write(store, [order("a", "2025-03-01", 10)])
    assert store.rows(ORDERS) == [{"orders": 1}]
    store.client.command("TRUNCATE TABLE events")  # as another process would
    assert store.rows(ORDERS) == [{"orders": 0}]
