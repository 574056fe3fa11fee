"""Who looked at or changed what is written down, whichever way they came, and stays as it was written."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from masarat.collect import connections, keys
from masarat.errors import BadParameter, UnknownName
from masarat.records.audit import Filter, entries, mark, note
from masarat.show.accounts import Accounts
from masarat.show.auditing import note_sync
from masarat.show.cli import main
from tests.support.inside import inside
from tests.support.people import trait
from tests.support.served import fill, masarat
from tests.support.shop import order, write

NOURA, PASSWORD = "noura@example.com", "three small words"
PHONE = "phone:+966501234567"


def wrote(records, **asked):
    return [(e.actor, e.action, e.what, e.whom) for e in entries(records, Filter(**asked))]


@pytest.fixture
def server(store, tmp_path):
    write(store, [order(PHONE, "2025-01-05", 100), order("user:7", "2025-01-06", 50)])
    trait(store, PHONE, "name", "نورة")
    with inside(store, tmp_path) as running:
        yield running


def test_the_mark_of_a_customer_is_the_stores_own_number(store):
    assert str(store.select("SELECT xxHash64('phone:+966501234567') AS id")[0]["id"]) == mark(PHONE)


def test_entries_are_found_by_time_actor_action_and_whom(records):
    with records.transaction() as t:
        note(t, "user:noura@example.com", "looked", "customers", [mark(PHONE), mark("user:7")])
        note(t, "key:msr_abc قهوة", "exported", "customers", [mark("user:7")])
        note(t, "cli:100%", "changed", "source", ["متجر"], deed="key added")
    assert [e.what for e in entries(records, Filter(limit=1))] == ["source"], "newest first"
    assert len(wrote(records, actor="NOURA@example.com".lower())) == 1
    assert len(wrote(records, actor="قهوة")) == 1
    assert wrote(records, actor="%") == [("cli:100%", "changed", "source", ["متجر"])]
    assert len(wrote(records, action="looked")) == 1
    assert len(wrote(records, whom=PHONE)) == 1
    assert len(wrote(records, whom="user:7")) == len(wrote(records, whom=mark("user:7"))) == 2
    assert len(wrote(records, whom="متجر")) == 1
    assert wrote(records, whom=mark(PHONE)[:-1]) == [], "a number is whole or not there"
    now = datetime.now(UTC)
    assert len(wrote(records, since=now - timedelta(minutes=1), until=now + timedelta(minutes=1))) == 3
    assert wrote(records, since=now + timedelta(minutes=1)) == wrote(records, until=now - timedelta(1)) == []


def test_what_cannot_be_asked_is_said(records):
    with pytest.raises(UnknownName, match="Did you mean 'looked'"):
        entries(records, Filter(action="look"))
    with pytest.raises(BadParameter, match="out of bounds"):
        entries(records, Filter(limit=0))


@pytest.mark.parametrize("deed", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_no_entry_is_ever_altered(records, deed):
    with records.transaction() as t:
        note(t, "cli", "changed", "user", [NOURA])
    with pytest.raises(DBAPIError, match="only grows"), records.transaction() as t:
        t.execute(text(deed))
    assert wrote(records) == [("cli", "changed", "user", [NOURA])]


def test_a_deed_that_fails_is_not_written_down(records):
    accounts = Accounts(records)
    accounts.add(NOURA, "owner", PASSWORD)
    with pytest.raises(BadParameter, match="only owner"):
        accounts.disable(NOURA)
    with pytest.raises(BadParameter, match="already"):
        accounts.add(NOURA, "owner", PASSWORD)
    assert [e.details["deed"] for e in entries(records, Filter())] == ["added"]


def test_users_keys_and_sources_leave_their_trace(records):
    accounts = Accounts(records)
    accounts.add_first(NOURA, PASSWORD)
    accounts.add("sami@example.com", "sales", PASSWORD)
    accounts.change_password("sami@example.com", PASSWORD + "!")
    accounts.disable("sami@example.com")
    secret = accounts.add_key("till", "viewer")
    accounts.revoke_key("till")
    write_key = keys.add(records, "web")
    keys.set_origins(records, "web", ["https://a.sa"])
    keys.rotate(records, "web")
    keys.revoke(records, write_key)
    found = list(reversed(entries(records, Filter())))
    assert [(e.what, e.whom[0], e.details["deed"]) for e in found] == [
        ("user", NOURA, "added"),
        ("user", "sami@example.com", "added"),
        ("user", "sami@example.com", "new password"),
        ("user", "sami@example.com", "disabled"),
        ("key", "till", "added"),
        ("key", "till", "revoked"),
        ("source", "web", "key added"),
        ("source", "web", "origins set"),
        ("source", "web", "key added"),
        ("source", "web", "key revoked"),
    ]
    assert found[0].actor == f"user:{NOURA}", "the first owner makes their own account"
    assert found[1].actor.startswith("cli")
    kept = json.dumps([(e.whom, e.details) for e in found])
    assert PASSWORD not in kept
    assert secret not in kept


def test_connections_leave_their_trace_without_what_was_given(records):
    given = {"address": "sqlite:////tmp/x?key=s3cret", "query": "SELECT 's3cret'"}
    connections.connect(records, "books", "database", given, actor="cli:sami")
    connections.connect(records, "books", "database", given, every_minutes=5, actor="cli:sami")
    note_sync(records, f"user:{NOURA}", "books", again=True)
    with pytest.raises(UnknownName):
        note_sync(records, "cli", "boks", again=False)
    connections.disconnect(records, "books", actor="cli:sami")
    with pytest.raises(BadParameter):
        connections.connect(records, "books", "database", {}, actor="cli:sami")
    found = list(reversed(entries(records, Filter())))
    assert {(e.action, e.what, e.whom[0]) for e in found} == {("changed", "connection", "books")}
    assert [(e.actor, e.details) for e in found] == [
        ("cli:sami", {"connector": "database", "deed": "made", "every_minutes": 60}),
        ("cli:sami", {"connector": "database", "deed": "renewed", "every_minutes": 5}),
        (f"user:{NOURA}", {"connector": "database", "deed": "sync", "again": True}),
        ("cli:sami", {"connector": "database", "deed": "forgotten"}),
    ]


# Through the server


def test_a_sync_over_http_is_written_down_with_who_asked(server, tmp_path):
    records = server.shop.records
    (tmp_path / "inbox").mkdir()
    connections.connect(records, "inbox", "folder", {"path": str(tmp_path / "inbox")}, actor="cli:sami")
    key = server.accounts.add_key("till", "owner")
    with server.client(key) as client:
        assert client.post("/v1/connections/boks/sync", json={}).status_code == 404
        answer = client.post("/v1/connections/inbox/sync", json={})
    assert (answer.status_code, answer.json()["state"], answer.json()["notes"]) == (200, "done", [])
    told = wrote(records, whom="inbox")
    assert told[0] == (f"key:{key[:10]} till", "changed", "connection", ["inbox"])
    assert len(told) == 2
    assert wrote(records, whom="boks") == []


def test_looking_at_customers_is_written_down_with_whom_but_without_what_was_typed(server):
    key = server.accounts.add_key("till", "viewer")
    with server.client(key) as client:
        assert client.post("/v1/ask/customers", json={"search": "966501234567"}).status_code == 200
        assert client.get("/v1/ask/customers.csv", params={"search": "نورة"}).status_code == 200
        assert client.post("/v1/ask/revenue", json={}).status_code == 200
    records = server.shop.records
    exported, looked = entries(records, Filter(whom=PHONE))
    assert (looked.action, looked.whom) == ("looked", [mark(PHONE)])
    assert looked.actor == f"key:{key[:10]} till"
    assert looked.details == {"question": "customers", "customers": 1, "searched": True}
    assert exported.action == "exported"
    assert wrote(records, whom="user:7") == []
    kept = str([(e.actor, e.whom, e.details) for e in entries(records, Filter())])
    assert [part for part in ("501234567", "نورة") if part in kept] == []


def test_people_are_named_by_their_account(server):
    server.accounts.add(NOURA, "owner", PASSWORD)
    with server.client() as client:
        client.post("/signin", data={"email": NOURA, "password": PASSWORD})
        assert client.get("/ask/customers").status_code == 200
        assert client.get("/v1/report", params={"format": "json"}).status_code == 200
        assert client.get("/v1/report", params={"format": "json", "question": "revenue"}).status_code == 200
        assert client.get("/v1/quarantine").status_code == 200
    assert wrote(server.shop.records, actor=f"user:{NOURA}") == [
        (f"user:{NOURA}", "exported", "quarantine", []),
        (f"user:{NOURA}", "exported", "report", []),
        (f"user:{NOURA}", "looked", "customers", sorted([mark(PHONE), mark("user:7")])),
    ]


def test_rows_that_wait_are_looked_at_where_there_are_some(server):
    key = server.accounts.add_key("books", "finance")
    with server.client(key) as client:
        assert client.get("/v1/quarantine?shown=1").status_code == 200
        assert wrote(server.shop.records, actor=f"key:{key[:10]} books") == []
        never = ("orders.csv", b"order,date,customer,total\n1,2025-03-01,user:9,80\n2,never,user:9,80\n")
        client.post("/v1/import", files={"file": never})
        assert "never" in client.get("/v1/quarantine?shown=1").text
    assert [what[1:3] for what in wrote(server.shop.records) if what[2] == "quarantine"] == [
        ("looked", "quarantine")
    ]


def test_files_that_come_in_are_written_down_with_who_brought_them(server):
    key = server.accounts.add_key("books", "finance")
    file = {
        "file": (
            "orders.csv",
            b"order,date,customer,total\n1,2025-03-01,user:9,80\n2,never,user:9,80\n",
        )
    }
    with server.client(key) as client:
        for dry_run in ("yes", ""):
            sent = client.post("/v1/import", files=file, data={"source": "دفترة", "dry_run": dry_run})
            assert "reports" in sent.text.splitlines()[-1], sent.text
        assert client.delete("/v1/quarantine", params={"source": "دفترة"}).json() == {"dismissed": 1}
    dismissed, taken = entries(server.shop.records, Filter(whom="دفترة"))
    assert (taken.actor, taken.what) == (f"key:{key[:10]} books", "source")
    assert taken.details == {"deed": "import", "file": "orders.csv", "rows": 2, "added": 1}
    assert (dismissed.what, dismissed.details) == ("quarantine", {"deed": "dismissed", "rows": 1})


def test_owners_read_the_log(server):
    owner = server.accounts.add_key("owner", "owner")
    with server.client(owner) as client:
        client.post("/v1/ask/customers", json={})
        found = client.get("/v1/audit", params={"whom": PHONE, "since": "2025-01-01"}).json()["entries"]
        assert [(e["action"], e["what"]) for e in found] == [("looked", "customers")]
        assert client.get("/v1/audit", params={"limit": "1"}).json()["entries"] == found
        for bad in ({"since": "sometime"}, {"limit": "x"}, {"limit": "0"}, {"action": "x"}):
            refused = client.get("/v1/audit", params=bad)
            assert refused.status_code in (404, 422), bad
            assert refused.json()["error"]["remedy"], bad
    analyst = server.accounts.add_key("analyst", "analyst")
    with server.client(analyst) as client:
        assert client.get("/v1/audit").status_code == 403


# At the command line


def run(data, *words):
    """The program in this process; not for what opens the store."""
    return CliRunner().invoke(main, ["--data", str(data), *words], catch_exceptions=False)


def test_the_command_line_writes_down_and_lists(tmp_path):
    fill(tmp_path)
    assert run(tmp_path, "audit").stdout == "Nothing was written down.\n"
    assert run(tmp_path, "key", "add", "=till").exit_code == 0
    assert masarat(tmp_path, "ask", "customers", "--search", "user:1", "--csv").returncode == 0
    listed = json.loads(run(tmp_path, "audit", "--json").stdout)
    assert [(e["action"], e["what"]) for e in listed] == [("exported", "customers"), ("changed", "key")]
    assert all(e["actor"].startswith("cli") for e in listed)
    about = json.loads(run(tmp_path, "audit", "--whom", "user:1", "--json").stdout)
    assert [e["what"] for e in about] == ["customers"]
    assert "=till" in run(tmp_path, "audit", "--action", "changed").stdout
    rows = list(csv.DictReader(io.StringIO(run(tmp_path, "audit", "--csv").stdout.lstrip("\ufeff"))))
    assert [row["whom"] for row in rows][1] == "'=till", "no spreadsheet runs it"
    wrong = run(tmp_path, "audit", "--since", "sometime")
    assert (wrong.exit_code, "'sometime' is not a date" in wrong.stderr) == (1, True)
