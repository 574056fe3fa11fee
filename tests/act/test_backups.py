"""A backup of a shop that goes on being served, and a new shop made of it; what is no backup is no shop."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import UTC, datetime

import pytest

from masarat.act import backups
from masarat.errors import BadParameter, StoreBusy, UnknownName
from masarat.records import Records
from masarat.records.alone import alone
from masarat.records.audit import Filter, entries
from masarat.records.choices import choose
from masarat.settings import Settings
from masarat.show.accounts import Accounts
from tests.support.served import fill, masarat, select, serving

COUNTED = "SELECT name, count() AS n, sum(revenue) AS revenue FROM events GROUP BY name ORDER BY name"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small shop with a key of secrets, a file of a customer and a choice, backed up by the command line and over HTTP beside its server."""
    data = tmp_path_factory.mktemp("kept")
    fill(data)
    records = Records(Settings(data=data))
    accounts = Accounts(records)
    owner, viewer = accounts.add_key("owner", "owner"), accounts.add_key("viewer", "viewer")
    choose(records, {"currency": "KWD"}, "test")
    (data / "secret.key").write_bytes(b"key")
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "abcd").write_bytes(b"a contract")
    with serving(data) as server:
        said = masarat(data, "backup").stdout
        with server.client(viewer) as client:
            refused = [client.get("/v1/backups").status_code, client.post("/v1/backups", json={}).status_code]
        with server.client(owner) as client:
            answer = client.post("/v1/backups", json={"wait": True})
            assert answer.status_code == 200, answer.text
            told = answer.json()
            gone = client.delete(f"/v1/backups/{told['backups'][1]['name']}").json()
            strange = [
                client.delete(f"/v1/backups/{name}").status_code for name in ("..%2Frecords.db", "none")
            ]
    noted = [(one.action, one.what) for one in entries(records, Filter()) if one.what == "backup"]
    records.close()
    return data, said, refused, told, gone, strange, noted


def test_a_new_shop_is_made_of_it(kept, tmp_path):
    data, _, _, _, gone, _, _ = kept
    (one,) = gone["backups"]
    new = tmp_path / "new"
    said = masarat(new, "restore", f"{gone['directory']}/{one['name']}").stdout
    assert f"{one['events']} events" in said
    assert select(new, COUNTED) == select(data, COUNTED)
    assert (new / "secret.key").read_bytes() == b"key"
    assert (new / "files" / "ab" / "abcd").read_bytes() == b"a contract"
    records = Records(Settings(data=new))
    assert records.settings.currency == "KWD"
    records.close()
    with serving(new) as server, server.client() as client:  # and goes on
        assert client.get("/health").status_code == 200
    with pytest.raises(BadParameter, match="holds a shop already"):
        backups.restore(data / "backups" / one["name"], Settings(data=new))


def test_it_is_told_and_only_owners_may(kept):
    data, said, refused, told, gone, strange, noted = kept
    first = said.split(":")[0].rpartition("/")[2]
    assert said.startswith(str(data / "backups"))
    assert refused == [403, 403]
    assert strange == [404, 404]
    assert told["backups"][1]["name"] == first
    assert (told["making"], told["error"]) == (False, "")
    assert told["backups"][0]["events"] > 0
    assert told["backups"][0]["bytes"] > 1000
    assert [one["name"] for one in gone["backups"]] == [told["backups"][0]["name"]]
    assert noted == [("erased", "backup"), ("exported", "backup"), ("exported", "backup")]


def test_what_is_no_whole_backup_makes_no_shop(kept, tmp_path):
    data, *_, gone, _, _ = kept
    there = data / "backups" / gone["backups"][0]["name"]
    with pytest.raises(BadParameter, match="no backup"):
        backups.restore(tmp_path, Settings(data=tmp_path / "new"))
    torn = tmp_path / "torn"
    shutil.copytree(there, torn)
    (torn / "backup.json").write_text("{")
    with pytest.raises(BadParameter, match="no backup"):
        backups.restore(torn, Settings(data=tmp_path / "new"))
    with pytest.raises(BadParameter, match="data directory alone"):
        backups.restore(there, Settings(data=tmp_path / "new", store="clickhouse://x/y"))
    assert not (tmp_path / "new").exists()
    told = json.loads((there / "backup.json").read_text()) | {"events": 9_999}
    (torn / "backup.json").write_text(json.dumps(told))
    assert "of 9,999 events came back" in masarat(tmp_path / "new", "restore", str(torn)).stderr


def test_one_at_a_time_and_nothing_half_made_is_listed(store, tmp_path, monkeypatch):
    store.settings.__dict__["data"] = tmp_path
    records = Records(store.settings)
    holding, free = threading.Event(), threading.Event()

    def hold() -> None:
        with alone(records, "backup"):
            holding.set()
            free.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait(30)
    with pytest.raises(StoreBusy, match="made already"):
        backups.make(store, records, "test")
    free.set()
    other.join()

    def cut(*_):
        raise RuntimeError("cut off")

    (tmp_path / "backups" / "2020-01-01T00-00-00Z.part").mkdir(parents=True)  # a crash's
    monkeypatch.setattr("masarat.store.snapshots.save", cut)
    with pytest.raises(RuntimeError):
        backups.make(store, records, "test")
    assert list((tmp_path / "backups").iterdir()) == []
    monkeypatch.setattr("masarat.store.snapshots.save", lambda store, directory: 7)
    made = backups.make(store, records, "test")
    assert (made.events, made.at.tzinfo) == (7, UTC)
    assert abs((datetime.now(UTC) - made.at).total_seconds()) < 60
    assert backups.backups(store.settings) == [made]
    with pytest.raises(UnknownName):
        backups.remove(store.settings, records, "../records", "test")
    backups.remove(store.settings, records, made.name, "test")
    assert backups.backups(store.settings) == []
    records.close()


def test_what_postgresql_keeps_is_its_own_to_back_up(postgres, store, tmp_path):
    with postgres.database(postgres.made) as address:
        records = Records(Settings(data=tmp_path, records=address))
        store.settings.__dict__["data"] = tmp_path
        with pytest.raises(BadParameter, match="records are in PostgreSQL"):
            backups.make(store, records, "test")
        records.close()
    assert list((tmp_path / "backups").iterdir()) == []
