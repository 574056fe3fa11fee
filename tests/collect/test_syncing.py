"""Syncs of a program that tells three pages: killed anywhere, asked twice at once, with clocks and answers that are wrong."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import islice

import pytest

from masarat.collect import connections, syncing
from masarat.collect.connectors import BY_NAME, Ask, Asked, Connector
from masarat.collect.connectors.api import Unanswered
from masarat.collect.connectors.base import Batch, Stage, staged
from masarat.collect.syncing import sync, sync_due
from masarat.collect.webhooks import Shop
from masarat.errors import BadParameter
from masarat.records import Records
from masarat.records.audit import Filter, entries
from masarat.records.models import Connection, now
from masarat.settings import Settings
from tests.support.shop import standing
from tests.support.webhooks import moves, salla_order

PEOPLE = [{"customer_id": "7", "name": "Sara", "email": "s@x.sa", "ts": "2025-03-01T08:00:00+03:00"}]
SOLD = [{"order_id": f"A{n}", "ts": "2025-03-01T09:00:00+03:00", "product_id": "CUP", "line_total": str(n)} for n in (1, 2)]  # fmt: skip


class Killed(BaseException):
    """What no program can catch and go on."""


class Till:
    """A program with three lists."""

    def __init__(self):
        self.asked = []  # every place that was asked for, with since when
        self.wrong = None  # raised at the second list

    def pages(self, asked):
        def fetch(name, **told):
            def one(place, since):
                self.asked.append((name, since))
                if self.wrong and name == "sales":
                    raise self.wrong
                return Batch(None, **told)

            return one

        return staged(
            asked,
            [
                Stage("people", "contacts", fetch("people", rows=PEOPLE)),
                Stage("sales", "orders", fetch("sales", rows=SOLD)),
                Stage("shop", "orders", fetch("shop", moves=moves("salla", salla_order()))),
            ],
        )


@pytest.fixture
def till(monkeypatch):
    made = Till()
    asks = (Ask("key", "Key", "مفتاح", secret=True), Ask("branch", "Branch", "فرع", default="1"))
    monkeypatch.setitem(BY_NAME, "till", Connector("till", "Till", "صندوق", "Ask it.", asks, made.pages))
    return made


@pytest.fixture
def connected(till, records):
    connections.connect(records, "till", "till", {"key": "hush-hush"})
    return till


def cursor(records, **new):
    with records.transaction() as transaction:
        found = transaction.get_one(Connection, "till")
        found.cursor = new or found.cursor
        return dict(found.cursor)


@pytest.mark.parametrize("before", [True, False], ids=["before the store", "between store and cursor"])
def test_killed_at_any_page_it_goes_on_and_ends_the_same(connected, engine, records, before, monkeypatch):
    whole = engine.store()
    sync(whole, records, "till", list)
    wanted, put = standing(whole), syncing.put_page
    assert [row["name"] for row in wanted] == ["Customer Identified"] + ["Order Completed"] * 3
    for last in range(3):
        made, store = len(engine.made), engine.store()
        connections.disconnect(records, "till")
        connections.connect(records, "till", "till", {"key": "hush-hush"})
        taken = []

        def killing(*given, last=last, taken=taken):
            if len(taken) == last and before:
                raise Killed
            counts = put(*given)
            taken.append(counts)
            if len(taken) > last:
                raise Killed
            return counts

        with monkeypatch.context() as patched:
            patched.setattr(syncing, "put_page", killing)
            with pytest.raises(Killed):
                sync(store, records, "till", list)
        run = sync(store, records, "till", list)
        assert (run.error, run.pages, standing(store)) == ("", 3 - last, wanted)
        engine.drop_since(made)


def test_the_page_is_on_the_disk_before_the_place_behind_it_is_kept(connected, store, records, monkeypatch):
    settle, stood = store.settle, []

    def settling():
        settle()
        stood.append((len(standing(store)), cursor(records).get("stage")))

    monkeypatch.setattr(store, "settle", settling)
    sync(store, records, "till", list)
    assert stood == [(1, None), (3, "sales"), (4, "shop")]


def test_what_changed_while_a_sync_that_was_cut_off_stood_still_is_asked_for_the_next_time(
    connected, records, monkeypatch
):
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    begun = now() - timedelta(hours=5)
    monkeypatch.setattr(syncing, "now", lambda: begun)
    connected.wrong = Unanswered("The line is dead.")
    with pytest.raises(Unanswered):
        sync(None, records, "till", list)
    connected.wrong = None
    monkeypatch.setattr(syncing, "now", lambda: begun + timedelta(hours=3))
    sync(None, records, "till", list)
    connected.asked.clear()
    sync(None, records, "till", list)
    assert [since for _, since in connected.asked] == [begun.isoformat()] * 3


def test_nobody_else_asks_it_removes_it_or_gives_it_anew_meanwhile(connected, records, monkeypatch):
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    beside = Records(records.settings)  # as another program on this machine has them
    tried = []

    def watch(name, rows):
        for deed in (
            lambda: sync(None, beside, name, list),
            lambda: connections.disconnect(beside, name),
            lambda: connections.connect(beside, name, "till", {"key": "another"}),
        ):
            with pytest.raises(BadParameter, match="being asked already"):
                deed()
            tried.append(name)

    sync(None, records, "till", list, watch=watch)
    assert len(tried) == 9
    assert sync(None, beside, "till", list).error == ""
    beside.close()


@pytest.mark.parametrize(
    "wrong", [KeyError("id"), AttributeError("'str' object has no attribute 'get'"), ValueError("x")]
)
def test_an_answer_like_no_other_is_said_and_what_came_before_stays(connected, store, records, wrong):
    connected.wrong = wrong
    with pytest.raises(Unanswered, match="Till answers something that we do not understand"):
        sync(store, records, "till", list)
    assert connections.runs(records, "till")[0].state == "failed"
    assert [row["name"] for row in standing(store)] == ["Customer Identified"]
    connected.wrong = None
    assert sync(store, records, "till", list).pages == 2


def test_one_that_breaks_does_not_keep_the_others_from_being_asked(connected, records, monkeypatch):
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    connections.connect(records, "younger", "till", {"key": "hush-hush"})
    connected.wrong = RuntimeError("a fault of our own")
    heard = []
    sync_due(None, records, list, threading.Event(), heard.append)
    assert heard == ["till", "younger"]
    assert [connections.runs(records, name)[0].error for name in heard] == ["a fault of our own"] * 2


def test_a_program_that_repeats_our_key_makes_it_known_to_nobody(connected, records, monkeypatch):
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    connected.wrong = Unanswered("Till answers 400: no such key: hush-hush", "Look.")
    with pytest.raises(Unanswered) as raised:
        sync(None, records, "till", list)
    assert raised.value.sentence == "Till answers 400: no such key: …"
    assert "hush" not in str(raised.value) + connections.runs(records, "till")[0].error


def test_who_gives_it_a_new_key_goes_on_and_who_asks_another_branch_begins_anew(connected, records):
    cursor(records, since="2025-03-01T00:00:00+00:00")
    connections.connect(records, "till", "till", {"key": "newer"}, every_minutes=5)
    assert cursor(records) == {"since": "2025-03-01T00:00:00+00:00"}
    connections.connect(records, "till", "till", {"key": "newer", "branch": "2"})
    assert cursor(records) == {}
    assert connections.find(records, "till").every_minutes == 5


def test_a_clock_that_was_ahead_leaves_nothing_out(connected, records, monkeypatch):
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    ahead = now() + timedelta(days=365)
    monkeypatch.setattr(syncing, "now", lambda: ahead)
    sync(None, records, "till", list)
    monkeypatch.undo()
    monkeypatch.setitem(BY_NAME, "till", Connector("till", "Till", "صندوق", "", (Ask("key", "Key", "", secret=True),), connected.pages))  # fmt: skip
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    assert connections.due(records) == ["till"]
    connected.asked.clear()
    sync(None, records, "till", list)
    assert [since for _, since in connected.asked] == [""] * 3


@pytest.mark.parametrize("places", [[2, 3, 2, 3, None], [2, 2, None]])
def test_links_that_go_round_in_circles_end_it(records, till, monkeypatch, places):
    coming = iter(places)
    asked = _asked({})
    pages = staged(
        asked, [Stage("rows", "orders", lambda place, since: Batch(next(coming), [{"order_id": str(place)}]))]
    )
    with pytest.raises(Unanswered, match="same page"):
        list(islice(pages, 20))


def test_pages_that_are_always_the_first_end_it():
    pages = staged(_asked({}), [Stage("rows", "orders", lambda place, since: Batch((place or 1) + 1, SOLD))])
    with pytest.raises(Unanswered, match="same page"):
        list(islice(pages, 20))


def test_secrets_stand_in_no_repr():
    assert "hush" not in repr(_asked({"key": "hush-hush"}))


def test_who_connected_and_removed_is_written_down(connected, records):
    connections.disconnect(records, "till")
    noted = entries(records, Filter())
    assert [(one.what, one.whom, one.details["deed"]) for one in noted] == [
        ("connection", ["till"], "forgotten"),
        ("connection", ["till"], "made"),
    ]
    assert "hush" not in str([one.details for one in noted])


def _asked(given):
    return Asked(given, {}, Shop("till"), Settings(), now(), None, None)


def test_the_latest_runs_are_kept(connected, records, monkeypatch):
    monkeypatch.setattr(connections, "KEPT", 2)
    monkeypatch.setattr(syncing, "put_page", lambda *_: syncing.Came())
    first, second, third = (sync(None, records, "till", list) for _ in range(3))
    assert [run.started_at for run in connections.runs(records, "till")] == [
        third.started_at,
        second.started_at,
    ]
    assert first.error == ""


@pytest.mark.parametrize(
    ("branch", "open_"),
    [
        ("http://erp.example.com/api", True),
        ("url: http://erp.example.com", True),
        (" http://erp.example.com", True),
        ("http://localhost.example.com", True),
        ("https://erp.example.com", False),
        ("http://localhost:8069/x", False),
        ("http://127.0.0.1:8069", False),
    ],
)
def test_a_key_goes_over_no_open_line(till, records, branch, open_):
    given = {"key": "hush-hush", "branch": branch}
    if open_:
        with pytest.raises(BadParameter, match="is not encrypted"):
            connections.connect(records, "till", "till", given)
    assert connections.connect(records, "till", "till", given, insecure=open_).given == {"branch": branch}
