"""The records keep what they are given, in the same shape and with the same sentences on both databases."""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.ddl.impl import DefaultImpl
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import inspect, text

from masarat.errors import BadParameter
from masarat.records import MIGRATIONS, NEWEST, Records
from masarat.records.models import Record, Source, User, WriteKey
from masarat.records.opening import RecordsMissing, RecordsNewer, open_engine
from masarat.settings import Settings
from masarat.show.cli import main
from tests.support.inside import inside

LONG = "n" * 201


def user(**more):
    return User(**{"email": "a@b.sa", "role": "owner", "password_hash": "x", **more})


def shape(engine):
    """Every table with its columns, keys and indices."""
    found = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            sorted(found.get_pk_constraint(name)["constrained_columns"]),
            sorted(tuple(index["column_names"]) for index in found.get_indexes(name)),
        )
        for name in sorted(found.get_table_names())
    }


def migrate(settings, revision):
    """Bring an empty database as far as an old version of ours did, with a user in it."""
    engine = open_engine(settings.records_url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(
            text(
                "INSERT INTO users (id, email, name, role, password_hash, language, created_at)"
                " VALUES (7, 'old@b.sa', 'نورة', 'owner', 'x', '', '2025-01-05 10:00:00+00:00')"
            )
        )
    engine.dispose()


def test_records_survive_reopening(records_settings):
    first = Records(records_settings)
    with first.transaction() as t:
        t.add(user(name="نورة 🌴"))
        t.add(Source(name="shop", mapping={"التاريخ": ["date", 1, None, True]}))
    first.close()
    again = Records(records_settings)
    with again.transaction() as t:
        found = t.query(User).one()
        assert t.get(Source, "shop").mapping == {"التاريخ": ["date", 1, None, True]}
    assert (found.email, found.name) == ("a@b.sa", "نورة 🌴")
    assert found.created_at.utcoffset().total_seconds() == 0
    again.close()


def add_and_fail(records):
    with records.transaction() as t:
        t.add(user())
        t.flush()
        raise ZeroDivisionError


def test_a_transaction_is_all_or_nothing(records):
    with pytest.raises(ZeroDivisionError):
        add_and_fail(records)
    with records.transaction() as t:
        assert t.query(User).all() == []


def test_migrations_end_where_the_models_are(records):
    with records.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005", "0006"])
def test_old_records_become_like_new_ones_and_keep_what_they_hold(records_settings, tmp_path, revision):
    migrate(records_settings, revision)
    old = Records(records_settings)
    with old.transaction() as t:
        assert t.get(User, 7).name == "نورة"
    if old.engine.dialect.name == "sqlite":
        new = Records(Settings(data=tmp_path / "fresh"))
        assert shape(old.engine) == shape(new.engine)
        new.close()
    with old.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []
    old.close()


@pytest.mark.parametrize("statement", [1, 2, 7, 30])
def test_a_migration_that_is_cut_off_leaves_nothing_behind(records_settings, monkeypatch, statement):
    left, execute = [statement], DefaultImpl._exec

    def cut_off(self, *args, **kwargs):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return execute(self, *args, **kwargs)

    monkeypatch.setattr(DefaultImpl, "_exec", cut_off)
    with pytest.raises(KeyboardInterrupt):
        Records(records_settings)
    engine = open_engine(records_settings.records_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    again = Records(records_settings)
    with again.transaction() as t:
        assert t.query(User).all() == []
    again.close()


def test_programs_that_start_at_once_migrate_once(records_settings):
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: Records(records_settings), range(4)))
    with opened[0].engine.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    assert versions == [(NEWEST,)]
    for each in opened:
        each.close()


def test_records_of_a_newer_version_are_left_alone(records_settings):
    first = Records(records_settings)
    with first.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    first.close()
    with pytest.raises(RecordsNewer, match="newer version"):
        Records(records_settings)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: user(name=LONG), "The name is longer than 200 characters"),
        (lambda: user(name="a\0b"), "character that cannot be kept"),
        (lambda: WriteKey(key="k", source="web", events_a_second=2**31), "larger than 2,147,483,647"),
    ],
    ids=["long", "nul", "large"],
)
def test_what_does_not_fit_is_refused_alike(records, make, said):
    with pytest.raises(BadParameter, match=said), records.transaction() as t:
        t.add(make())
    with records.transaction() as t:
        assert t.query(User).all() == t.query(WriteKey).all() == []


def test_a_dead_connection_is_opened_anew(postgres, tmp_path):
    with postgres.database() as address:
        records = Records(Settings(data=tmp_path, records=address))
        name = address.rpartition("/")[2]
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
        with records.transaction() as t:
            t.add(user())
        records.close()


def test_the_program_keeps_its_records_there(postgres, tmp_path, monkeypatch):
    def run(*words, given=""):
        return CliRunner().invoke(
            main, ["--data", str(tmp_path), *words], input=given, catch_exceptions=False
        )

    with postgres.database() as address:
        monkeypatch.setenv("MASARAT_RECORDS", address)
        added = run("user", "add", "noura@example.com", "--password-stdin", given="three small words")
        assert added.exit_code == 0, added.output
        assert run("user", "list").output.startswith("noura@example.com")
    monkeypatch.setenv("MASARAT_RECORDS", "postgresql://u:secret@127.0.0.1:9/db")
    refused = run("user", "list")
    assert (refused.exit_code, "cannot be opened" in refused.stderr) == (1, True)
    assert not (tmp_path / "records.db").exists()


def test_a_whole_server_keeps_its_records_there(postgres, store, tmp_path):
    with postgres.database() as address, inside(store, tmp_path, records=address) as server:
        form = {
            "name": "نورة",
            "email": "noura@example.com",
            "password": "three small words",
            "again": "three small words",
        }
        with server.client() as client:
            assert client.post(f"/setup/{server.app.state.setup}", data=form).headers["location"] == "/app"
            assert client.get("/ask/customers").status_code == 200
            said = {
                "email": "a@b.sa",
                "purpose": "marketing",
                "channel": "sms",
                "status": "granted",
                "source": "x",
            }
            assert client.post("/v1/consents", json=said).json() == {"added": 1}
            found = client.get("/v1/audit").json()["entries"]
        assert [entry["what"] for entry in found] == ["consent", "customers", "user"]
        assert {entry["actor"] for entry in found} == {"user:noura@example.com"}
    assert not (tmp_path / "records.db").exists()


# Addresses


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "not the address of a database"),
        ("postgresql://u@host:port/db", "not the address of a database"),
        ("nosuch://u@host/db", "'nosuch' is no database"),
    ],
)
def test_what_is_no_address_is_said(address, said):
    with pytest.raises(BadParameter, match=said):
        open_engine(address)


def test_a_missing_driver_is_named_with_the_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordsMissing, match=r"needs the library psycopg.*pip install 'masarat\[postgres\]'"):
        open_engine("postgresql://u@127.0.0.1/db")


def test_a_silent_database_is_named_without_its_password():
    with pytest.raises(RecordsMissing, match="cannot be opened") as refused:
        open_engine("postgresql://u:secret@127.0.0.1:9/db")
    assert "secret" not in str(refused.value)
    assert "127.0.0.1:9" in str(refused.value)


def test_a_wrong_password_is_said_in_the_databases_words(postgres):
    with pytest.raises(RecordsMissing, match="password authentication failed"):
        open_engine(postgres.url(password="wrong"))


def test_encryption_that_the_server_does_not_offer_is_refused(postgres):
    with pytest.raises(RecordsMissing, match="does not support SSL"):
        open_engine(postgres.url() + "?sslmode=require")


def test_what_is_no_database_file_is_said(tmp_path):
    (tmp_path / "records.db").write_bytes(b"x" * 5000)
    with pytest.raises(RecordsMissing, match="not a database"):
        Records(Settings(data=tmp_path))


def test_sqlite_checks_references(tmp_path):
    records = Records(Settings(data=tmp_path))
    with records.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    assert sqlite3.sqlite_version_info >= (3, 37)
    records.close()
