"""Qoyod as its documentation describes it: key in a header, pages, 404 for an empty list, amounts as texts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from masarat.collect import connections
from masarat.collect.connectors import qoyod
from masarat.collect.connectors.api import Refused, Stopped, Unanswered
from masarat.collect.syncing import sync, sync_due
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show import remote
from masarat.show.cli import main
from masarat.show.http.work import SYNCING
from masarat.store.silence import silent_since
from tests.support.cutting import Broken
from tests.support.inside import inside
from tests.support.programs import Said, program
from tests.support.shop import order, standing, write

INVOICES = [
    {
        "id": n, "reference": f"INV-{n}", "contact_id": 7 + n % 2, "contact_name": "سارة", "issue_date": f"2025-03-{n:02}", "status": "Paid",
        "total": "230.0",
        "line_items": [
            {"product_id": 31, "product_name": "قهوة", "quantity": "2.0", "unit_price": "50.00", "discount_percent": "0.0", "tax_percent": "15.0"},
            {"product_id": 32, "product_name": "دلة", "quantity": "1.0", "unit_price": "125.00", "discount_percent": "20.0", "tax_percent": "15.0"},
        ],
    }
    for n in range(1, 6)
]  # fmt: skip
LISTS = {
    "customers": [{"id": 7, "name": "نورة", "phone_number": "0551234567", "email": "n@example.com"}],
    "products": [
        {"id": 31, "sku": "CF-1", "name_ar": "قهوة", "selling_price": "50.0", "buying_price": "20.0"}
    ],
    "invoices": [*INVOICES, {**INVOICES[0], "id": 99, "reference": "INV-99", "status": "Draft"}],
    "credit_notes": [
        {
            **INVOICES[0],
            "reference": "CN-1",
            "issue_date": "2025-03-20",
            "total": "115.0",
            "line_items": INVOICES[0]["line_items"][:1],
        }
    ],
    "receipts": [{"id": 5, "reference": "RCT-5", "date": "2025-03-02", "amount": "230.0", "contact_id": 7}],
    "invoice_payments": [
        {"id": 9, "reference": "RCT-5", "date": "2025-03-02", "amount": "230.0", "contact_id": 7}
    ],
}


def answer(call):
    if call.headers.get("api-key") != "right":
        return Said({"error": "no"}, 401)
    items = LISTS[call.path.rpartition("/")[2]]
    first = call.query.get("q[issue_date_gteq]", "")
    items = [item for item in items if item.get("issue_date", "9") >= first]
    start = (int(call.query["page"]) - 1) * int(call.query["per_page"])
    found = items[start : start + int(call.query["per_page"])]
    return Said({call.path.rpartition("/")[2]: found}) if found else Said({"error": "found nothing"}, 404)


@pytest.fixture
def books():
    with program(answer) as served:
        yield served


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    monkeypatch.setattr(qoyod, "A_PAGE", 2)


def log(store):
    return store.select("SELECT name, order_id, toFloat64(revenue) AS revenue, toFloat64(tax) AS tax, visitor_id FROM events ORDER BY name, order_id")  # fmt: skip


def test_everything_comes_in_and_once(books, ask, store, records):
    run = ask("qoyod", api_key="right", address=books.url)
    assert (run.error, run.rejected) == ("", 0)
    rows = log(store)
    sold = [row for row in rows if row["name"] == "Order Completed"]
    assert [(row["order_id"], row["revenue"], row["tax"]) for row in sold] == [
        (f"INV-{n}", 200, 30) for n in range(1, 6)
    ]
    assert [
        (row["order_id"], row["revenue"], row["tax"]) for row in rows if row["name"] == "Order Refunded"
    ] == [("CN-1", -100, -15)]
    assert [row["revenue"] for row in rows if row["name"] == "Payment Received"] == [230]
    assert "/invoice_payments" not in books.paths()
    # Under the number that invoices name, and under the code that shops do.
    assert store.select("SELECT product_id, cost FROM products ORDER BY product_id") == [
        {"product_id": "31", "cost": 20.0},
        {"product_id": "CF-1", "cost": 20.0},
    ]
    again = ask("qoyod", again=True)
    assert (again.added, again.restated, log(store)) == (0, 0, rows)


def test_the_next_time_only_what_may_have_changed(books, listen, records):
    listen("qoyod", api_key="right", address=books.url)
    books.calls.clear()
    listen("qoyod")
    asked = [call.query for call in books.calls if call.path == "/invoices"]
    assert all("q[issue_date_gteq]" in query for query in asked)
    assert connections.find(records, "qoyod").cursor.keys() == {"since"}


def test_cut_off_at_any_request_it_goes_on_and_ends_the_same(books, engine, records, waits, monkeypatch):
    """Of one connector as far as the store; of the others, what they tell."""
    monkeypatch.setattr(qoyod, "ASKED", ("invoices", "credit_notes", "receipts"))
    monkeypatch.setattr(qoyod, "A_PAGE", 5)

    def ask(store):
        books.calls.clear()
        return sync(store, records, "qoyod", list, sleep=waits.append)

    given = {"api_key": "right", "address": books.url}
    connections.connect(records, "qoyod", "qoyod", given)
    whole = engine.store()
    ask(whole)
    wanted, asked = standing(whole), len(books.calls)
    assert asked == 4
    for cut in range(asked):
        made = len(engine.made)
        store = engine.store()
        connections.disconnect(records, "qoyod")
        connections.connect(records, "qoyod", "qoyod", given)
        books.first = Broken(cut)
        with pytest.raises(Unanswered):
            ask(store)
        books.first = []
        assert (ask(store).error, standing(store)) == ("", wanted), cut
        assert len(books.calls) == asked - cut, "it goes on from where it was"
        engine.drop_since(made)


def test_too_many_requests_are_waited_for(books, listen, waits):
    books.first = [
        Said({}, 429, {"retry-after": "7"}),
        Said({}, 503),
        Said({}, 502, {"x-ratelimit-reset": "3000"}),
    ]
    assert listen("qoyod", api_key="right", address=books.url).error == ""
    assert waits == [7, 2, 4]


def test_who_must_wait_too_long_comes_again(books, listen, records, waits):
    books.first = [Said({}, 429, {"retry-after": "5000"})]
    with pytest.raises(Unanswered, match="wait 83 minutes"):
        listen("qoyod", api_key="right", address=books.url)
    assert waits == []
    assert "wait 83 minutes" in connections.runs(records, "qoyod")[0].error


def test_a_wrong_key_is_said_and_noted(books, ask, records):
    with pytest.raises(Refused, match="refuses the key"):
        ask("qoyod", api_key="wrong", address=books.url)
    assert "refuses" in connections.runs(records, "qoyod")[0].error


def test_secrets_are_not_kept_in_clear(books, listen, records):
    listen("qoyod", api_key="right", address=books.url)
    found = connections.find(records, "qoyod")
    assert "right" not in found.sealed + str(found.given)
    assert connections.given_to(found, records)["api_key"] == "right"


def test_the_server_asks_what_is_due(books, records, engine, tmp_path, waits):
    store = engine.store()
    connections.connect(
        records, "books", "qoyod", {"api_key": "right", "address": books.url}, every_minutes=60
    )
    connections.connect(
        records, "asleep", "qoyod", {"api_key": "right", "address": books.url}, every_minutes=0
    )
    asked = []
    sync_due(store, records, list, threading.Event(), asked.append)
    assert (asked, connections.due(records)) == (["books"], [])
    assert connections.runs(records, "books")[0].state == "done"


def test_a_server_that_ends_stops_a_sync_where_it_is(books, records, store):
    connections.connect(records, "qoyod", "qoyod", {"api_key": "right", "address": books.url})
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        sync(store, records, "qoyod", list, stop=stop)
    assert connections.runs(records, "qoyod")[0].state == "failed"


def test_silence_is_seen_against_its_habit(store):
    now = datetime(2025, 3, 31, tzinfo=UTC)
    days = [now - timedelta(days=n) for n in (30, 29, 28, 27, 26, 25, 24)]
    write(store, [order("a", "2025-03-01", 10, received_at=day, source="shop") for day in days])
    assert silent_since(store, "shop", now) == days[-1]
    assert silent_since(store, "shop", now - timedelta(days=22)) is None
    assert silent_since(store, "another", now) is None


def test_over_http_and_by_the_program(books, engine, tmp_path):
    with inside(engine.store(), tmp_path) as server:
        key = server.accounts.add_key("sync", "owner")
        connections.connect(server.shop.records, "books", "qoyod", {"api_key": "right", "address": books.url})
        with server.client(key) as client:
            before = client.get("/v1/connections").json()
            run = client.post("/v1/connections/books/sync", json={}).json()
            after = client.get("/v1/connections").json()
            assert client.post("/v1/connections/boks/sync", json={}).status_code == 404
        with server.client(server.accounts.add_key("looks", "viewer")) as client:
            assert client.get("/v1/connections").status_code == 403
    assert (before[0]["last"], run["state"], run["added"]) == (None, "done", 8)
    assert after[0]["last"]["rows"] == run["rows"]
    assert "right" not in str(after)


def test_syncs_that_wait_leave_the_server_awake(engine, tmp_path):
    asked, gate = threading.Semaphore(0), threading.Event()

    def waiting(call):
        asked.release()
        gate.wait(30)
        return answer(call)

    names = [f"books{number}" for number in range(SYNCING + 1)]
    with program(waiting) as slow, inside(engine.store(), tmp_path) as server:
        for name in names:
            connections.connect(server.shop.records, name, "qoyod", {"api_key": "wrong", "address": slow.url})
        with (
            server.client(server.accounts.add_key("sync", "owner")) as client,
            ThreadPoolExecutor() as threads,
        ):
            done = [threads.submit(client.post, f"/v1/connections/{name}/sync", json={}) for name in names]
            assert all(asked.acquire(timeout=30) for _ in range(SYNCING))
            assert not asked.acquire(timeout=0.3), "no more than these at once"
            states = [each["last"]["state"] for each in client.get("/v1/connections").json() if each["last"]]
            gate.set()
            assert states == ["running"] * SYNCING
            assert [one.result().status_code for one in done] == [424] * len(names)


def test_by_hand(books, store, tmp_path, monkeypatch):
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    monkeypatch.setattr(shop, "close", lambda: None)  # until all was asked
    monkeypatch.setattr(remote, "open_shop", lambda settings: shop)

    def run(*words, text=""):
        return CliRunner().invoke(main, words, input=text).output

    assert "Qoyod" in run("connect")
    assert "masarat sync" in run("connect", "qoyod", "--set", f"address={books.url}", text="right\n")
    assert "new 8, known 0" in run("sync")
    assert "new 0, known 8" in run("sync", "qoyod", "--again")
    assert run("connections", "qoyod", "--json").count('"done"') == 2
    assert "Did you mean 'qoyod'" in run("sync", "qoyd")
    assert "Removed" in run("connect", "qoyod", "--remove")
    assert "Nothing is connected" in run("connections")
