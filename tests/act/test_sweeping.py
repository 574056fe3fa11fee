"""How long data are kept: what is older goes, of its source alone, once a day, and the register says so."""

import json
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from masarat.act.privacy import Privacy
from masarat.act.sweeping import sweep
from masarat.errors import BadParameter
from masarat.records import Records
from masarat.records.audit import Filter, entries
from masarat.records.retention import keep, periods
from masarat.resolve.identity import Identity
from masarat.settings import Settings
from masarat.show.register import register
from tests.support.inside import inside
from tests.support.people import trait
from tests.support.shop import event, order, when, write

NOW = datetime(2025, 6, 30, tzinfo=UTC)
YEAR = 365


@pytest.fixture
def kept(tmp_path):
    records = Records(Settings(data=tmp_path / "kept"))
    yield records
    records.close()


@pytest.fixture
def filled(store):
    moves = [
        event("Page Viewed", "user:1", "2024-06-29 23:59", source="web"),  # a minute too old
        event("Page Viewed", "user:1", "2024-06-30", source="web"),
        order("user:1", "2020-01-01", 50, source="salla"),
    ]
    write(store, [{"props": "{}", **move} for move in moves])
    trait(store, "user:1", "name", "نورة", ts="2020-01-01")
    rows = {
        "row_key": ["a", "b"],
        "source": ["web"] * 2,
        "raw": ["{}"] * 2,
        "ts": [when("2024-01-01"), when("2025-01-01")],
    }
    store.insert("quarantine", pl.DataFrame(rows))
    return store


def names(store):
    return [
        (row["source"], row["ts"].year) for row in store.select("SELECT source, ts FROM events ORDER BY ts")
    ]


def test_what_is_older_goes_and_nothing_else(filled, kept):
    keep(kept, "web", YEAR, "cli")
    would = sweep(filled, kept, dry_run=True, now=NOW)
    assert [(one.source, one.events, one.traits, one.quarantine) for one in would] == [("web", 1, 0, 1)]
    assert len(names(filled)) == 3
    assert sweep(filled, kept, now=NOW) == would
    assert names(filled) == [("salla", 2020), ("web", 2024)]
    assert filled.select("SELECT row_key FROM quarantine") == [{"row_key": "b"}]
    assert filled.select("SELECT value FROM traits") == [{"value": "نورة"}]
    assert [one.events for one in sweep(filled, kept, now=NOW)] == [0]
    entry = entries(kept, Filter(action="erased"))
    assert [(one.actor, one.whom, one.details["events"]) for one in entry] == [("rules", ["web"], 1)]


def test_facts_go_with_their_source(filled, kept):
    keep(kept, "test", 30, "cli")
    assert [one.traits for one in sweep(filled, kept, now=NOW)] == [1]
    assert filled.select("SELECT count() AS n FROM traits")[0]["n"] == 0


def test_without_a_period_all_is_kept(filled, kept):
    keep(kept, "web", 1, "cli")
    keep(kept, "web", None, "cli")
    assert (sweep(filled, kept, now=NOW), len(names(filled)), periods(kept)) == ([], 3, {})


@pytest.mark.parametrize("days", [0, -1, 40_000])
def test_periods_are_bounded(kept, days):
    with pytest.raises(BadParameter, match="out of bounds"):
        keep(kept, "web", days, "cli")


def test_once_a_day(filled, kept):
    privacy = Privacy(filled, kept, Identity(filled, filled.settings), lambda: None)
    privacy.daily()
    keep(kept, "web", 1, "cli")
    privacy.daily()  # the same day once more
    assert len(names(filled)) == 3
    Privacy(filled, kept, privacy.identity, lambda: None).sweep()
    assert len(names(filled)) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "يُحذف بعد 365 يومًا"), ("en", "Deleted after 365 days")]
)
def test_the_register_says_so(filled, kept, language, said):
    assert said not in register(filled, kept, "txt", language).decode()
    keep(kept, "web", YEAR, "cli")
    assert said in register(filled, kept, "txt", language).decode()
    assert json.loads(register(filled, kept, "json", language))["keeping_days"] == {"web": YEAR}


def test_over_http_for_owners_alone(filled, tmp_path):
    with inside(filled, tmp_path) as server:
        owner, analyst = (server.accounts.add_key(role, role) for role in ("owner", "analyst"))
        with server.client(analyst) as client:
            assert client.get("/v1/privacy/retention").status_code == 403
            assert client.post("/v1/privacy/sweep", json={}).status_code == 403
        with server.client(owner) as client:
            assert client.post("/v1/privacy/retention", json={"source": "salla", "days": 30}).json() == {
                "retention": {"salla": 30}
            }
            assert (
                client.post("/v1/privacy/retention", json={"source": "salla", "days": "x"}).status_code == 422
            )
            would = client.post("/v1/privacy/sweep", json={"dry_run": True}).json()["swept"]
            assert [(one["source"], one["events"]) for one in would] == [("salla", 1)]
            assert client.post("/v1/privacy/sweep", json={}).json()["swept"][0]["events"] == 1
            assert client.post("/v1/privacy/retention", json={"source": "salla", "days": None}).json() == {
                "retention": {}
            }
        assert ("salla", 2020) not in names(filled)


def test_on_either_database(records):
    keep(records, "web", 30, "cli")
    keep(records, "web", 60, "cli")
    assert periods(records) == {"web": 60}
    assert timedelta(days=periods(records)["web"]).days == 60
