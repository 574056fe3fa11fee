"""Boards over HTTP: who may, what is refused, whose change counts, what is written down, and who is forgotten."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from masarat.errors import BadParameter
from masarat.records import Records, boards
from masarat.records.audit import Filter, entries
from masarat.records.boards import BoardChanged, BoardsFull, Card, card
from masarat.records.models import BoardRecord
from tests.support.inside import inside
from tests.support.shop import order, write

REVENUE = {"question": "revenue", "parameters": {"period": "2025", "by": "week"}}
PRODUCTS = {"question": "products", "parameters": {}, "title": "ما يُباع", "wide": True}


@pytest.fixture(scope="module")
def server(engine, tmp_path_factory):
    store = engine.store()
    write(store, [order("user:1", "2025-01-05", 100)])
    with inside(store, tmp_path_factory.mktemp("boards")) as running:
        yield running


@pytest.fixture(scope="module")
def ask(server):
    keys = {role: server.accounts.add_key(role, role) for role in ("owner", "analyst", "viewer")}

    def call(method, path="", body=None, role="owner"):
        with server.client(keys[role]) as client:
            return client.request(method, f"/v1/boards{path}", json=body)

    return call


def test_a_board_is_made_seen_changed_and_removed(server, ask):
    made = ask("POST", body={"title": "  صباح   الاثنين ", "cards": [REVENUE]}, role="analyst").json()
    assert made["title"] == "صباح الاثنين"
    assert made["cards"] == [{**REVENUE, "title": "", "wide": False}]
    at = f"/{made['id']}"
    assert ask("GET", at, role="viewer").json() == made
    assert made in ask("GET", role="viewer").json()["boards"]
    wanted = {"title": "Monday", "cards": [PRODUCTS, REVENUE], "version": made["version"]}
    changed = ask("PUT", at, wanted).json()
    assert changed["version"] == made["version"] + 1
    assert [one["question"] for one in changed["cards"]] == ["products", "revenue"]
    assert changed["cards"][0] == PRODUCTS
    late = ask("PUT", at, wanted)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "board_changed")
    assert "anew" in late.json()["error"]["remedy"]
    assert ask("GET", at).json() == changed
    assert ask("DELETE", at).json() == changed
    assert ask("GET", at).status_code == ask("DELETE", at).status_code == 404
    told = entries(server.shop.records, Filter(whom=str(made["id"])))
    assert {entry.details["deed"] for entry in told if entry.what == "board"} == {"make", "change", "remove"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_who_only_looks_changes_nothing(ask, method):
    at = "" if method == "POST" else "/1"
    assert ask(method, at, {"title": "x"}, role="viewer").status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"title": " "}, 422, "title is needed"),
        ({"title": "x" * 201}, 422, "200"),
        ({"title": "x", "card": []}, 404, "cards"),
        ({"title": "x", "cards": {}}, 422, "list"),
        ({"title": "x", "cards": ["revenue"]}, 422, "object"),
        ({"title": "x", "cards": [{"question": "revenu"}]}, 404, "revenue"),
        ({"title": "x", "cards": [{"question": "revenue", "parameters": {"by": "fortnight"}}]}, 422, "by"),
        ({"title": "x", "cards": [{"question": "revenue", "parameters": {"perid": "2025"}}]}, 404, "period"),
        ({"title": "x", "cards": [{"question": "revenue", "parameters": {"by": 7}}]}, 422, "no text"),
        ({"title": "x", "cards": [{"question": "revenue", "widh": True}]}, 404, "wide"),
        ({"title": "x", "cards": [{"question": "revenue", "wide": 1}]}, 422, "true or false"),
        ({"title": "x", "cards": [REVENUE, REVENUE]}, 422, "already"),
        ({"title": "x", "cards": [{"question": "customers", "parameters": {"search": "نورة"}}]}, 422, "looked for"),
    ],
)  # fmt: skip
def test_what_is_no_board(ask, body, status, said):
    answer = ask("POST", body=body)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert said in f"{error['message']} {error['remedy']}"
    assert error["remedy"]


@pytest.mark.parametrize("version", [None, "1", True])
def test_a_change_names_its_version(ask, version):
    assert ask("PUT", "/1", {"title": "x", "version": version}).status_code == 422


def test_a_card_that_cannot_be_asked_any_more_stays_until_it_is_taken_off(server, ask):
    old = boards.add(server.shop.records, "old", [Card("gone", {"by": "moon"})], "cli")
    cards = [{"question": "gone", "parameters": {"by": "moon"}}, REVENUE]
    kept = ask("PUT", f"/{old.id}", {"title": "old", "cards": cards, "version": old.version}).json()
    assert [one["question"] for one in kept["cards"]] == ["gone", "revenue"]


def test_there_are_only_so_many(records):
    with pytest.raises(BadParameter, match="24 cards"):
        boards.check_cards(Card("revenue", {"period": str(2000 + n)}) for n in range(25))
    for n in range(boards.MOST_BOARDS):
        boards.add(records, str(n), [], "cli")
    with pytest.raises(BoardsFull, match="50 boards"):
        boards.add(records, "one more", [], "cli")


def test_of_two_changes_at_once_one_counts(records_settings):
    records = Records(records_settings)
    board = boards.add(records, "both", [], "cli")
    start, done = Barrier(2), []

    def change(title):
        start.wait()
        try:
            boards.change(records, board.id, board.version, title, [], "cli")
        except BoardChanged:
            done.append("late")
        else:
            done.append("first")

    both = [Thread(target=change, args=(title,)) for title in ("one", "other")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(done) == ["first", "late"]
    assert boards.find(records, board.id).version == board.version + 1
    records.close()


def test_who_is_erased_is_on_no_board():
    theirs = {
        "question": "revenue",
        "parameters": {"segment": "email=noura@example.com"},
        "title": "",
        "wide": False,
    }
    other = {"question": "revenue", "parameters": {"period": "2025"}, "title": "", "wide": False}
    board = BoardRecord(id=7, title="noura@example.com", cards=[theirs, other], version=1, author="cli")

    def names_them(text):
        return b"noura@example.com" in text

    assert boards.is_about(board, names_them)
    boards.forget(board, names_them)
    assert (board.title, board.cards) == ("7", [other])
    assert not boards.is_about(board, names_them)


def test_blank_parameters_are_not_kept():
    assert card({"question": "revenue", "parameters": {"by": " ", "search": ""}}).parameters == {}
