"""Targets on the command line and over HTTP: seen by whoever may ask, changed by few, written down, and told to questions."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from masarat.act.targeting import set_target
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, targets
from masarat.records.audit import Filter, entries
from masarat.records.targets import EVER, Target, standing
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from tests.support.inside import inside
from tests.support.shop import order, write

TODAY = date(2026, 2, 20)


def test_kept_in_both_databases(records_settings):
    records = Records(records_settings)
    for given in ({"metric": "conversion", "goal": "3%", "alert": "2٪"}, {"metric": "conversion", "goal": 0.04, "since": "2026-01-01"},
                  {"metric": "conversion", "goal": 0.05, "since": "2026-01-01"}, {"metric": "revenue", "goal": "500,000", "period": "ramadan_1447"}):  # fmt: skip
        set_target(records, given, "key:owner", TODAY)
    kept = targets.targets(records)
    assert kept == [
        Target("conversion", 0.03, 0.02, EVER, "", "key:owner"),
        Target("conversion", 0.05, None, date(2026, 1, 1), "", "key:owner"),
        Target("revenue", 500_000, None, EVER, "2026-02-18..2026-03-19", "key:owner"),
    ]
    assert standing(kept, "conversion", date(2025, 12, 31)) == kept[0]
    assert standing(kept, "conversion", date(2026, 1, 1)) == kept[1]
    assert standing(kept, "reach", TODAY) is None
    assert targets.remove(records, "conversion", "key:owner") == 2
    assert targets.remove(records, "conversion", "key:owner") == 0
    told = [(entry.what, list(entry.whom)) for entry in entries(records, Filter(action="changed"))]
    assert told == [("targets", ["conversion"]), ("targets", ["revenue"]), *[("targets", ["conversion"])] * 3]
    records.close()


@pytest.mark.parametrize(
    "given",
    [
        {"metric": "conversion", "goal": "3"},
        {"metric": "conversion", "goal": "much"},
        {"metric": "conversion", "goal": True},
        {"metric": "conversion"},
        {"metric": "conversion", "goal": "3%", "alert": "4%"},
        {"metric": "bounce_rate", "goal": "40%", "alert": "30%"},
        {"metric": "conversion", "goal": "3%", "since": "tomorrow"},
        {"metric": "conversion", "goal": "3%", "period": "2026-01"},
        {"metric": "reach", "goal": "3%"},
        {"metric": "revenue", "goal": 5},
        {"metric": "revenue", "goal": 0, "period": "2026-01"},
        {"metric": "revenue", "goal": 5, "period": "all"},
        {"metric": "revenue", "goal": 5, "period": "2026-01", "alert": 4},
    ],
)
def test_what_is_no_target(given):
    with pytest.raises(BadParameter):
        set_target(None, given, "", TODAY)  # nothing is kept


def test_unknown_names_are_met_with_the_nearest():
    with pytest.raises(UnknownName, match="conversion"):
        set_target(None, {"metric": "convertion", "goal": 1}, "", TODAY)
    with pytest.raises(UnknownName, match="alert"):
        set_target(None, {"metric": "conversion", "goal": 1, "alarm": 1}, "", TODAY)


def test_on_the_command_line_and_in_questions(store, tmp_path, monkeypatch):
    write(store, [order("user:1", "2025-03-01", 5), order("user:1", "2025-03-02", 5)])
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)
    monkeypatch.setattr(shop, "close", lambda: None)

    def say(*words):
        return CliRunner().invoke(main, ["targets", *words])

    assert "loyalty should come to 0.5." in say("set", "loyalty", "50%", "--alert", "40%").output
    assert (
        "revenue should come to 20 in 2025-03-01..2025-03-31."
        in say("set", "revenue", "20", "--period", "2025-03").output
    )
    assert [line["goal"] for line in json.loads(say("--json").output)] == [0.5, 20]
    assert "loyalty" in say().output
    asked = shop.ask("metric", metric="loyalty", period="2025-03")
    assert next(each.value for each in asked.numbers if each.name == "target") == 0.5
    paced = shop.ask("pacing", period="2025-03")
    assert next(each.value for each in paced.numbers if each.name == "reached") == 0.5
    assert "loyalty has no target now." in say("remove", "loyalty").output
    assert "loyalty had no target." in say("remove", "loyalty").output
    wrong = say("set", "loyality", "1")
    assert (wrong.exit_code, "'loyalty'" in wrong.output) == (1, True)
    shop.records.close()


def test_over_http(store, tmp_path):
    with inside(store, tmp_path) as server:
        viewer, marketer = (
            server.client(server.accounts.add_key(role, role)) for role in ("viewer", "marketer")
        )
        given = {"metric": "conversion", "goal": 0.03}
        assert viewer.post("/v1/targets", json=given).status_code == 403
        assert viewer.delete("/v1/targets?metric=conversion").status_code == 403
        set_ = marketer.post("/v1/targets", json=given).json()["targets"]
        assert set_ == viewer.get("/v1/targets").json()["targets"]
        assert (set_[0]["metric"], set_[0]["goal"], set_[0]["since"]) == ("conversion", 0.03, None)
        assert marketer.post("/v1/targets", json={"metric": "conversion", "goal": "?"}).status_code == 422
        assert marketer.delete("/v1/targets").status_code == 422
        assert marketer.delete("/v1/targets?metric=conversion").json() == {"targets": []}
        viewer.close()
        marketer.close()
