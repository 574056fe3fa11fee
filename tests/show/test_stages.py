"""The stages of the journey on the command line and over HTTP: seen by whoever may ask, changed by few, written down."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from masarat.records.audit import Filter, entries
from masarat.records.stages import FIVE, PRESETS, SIX
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from tests.support.inside import inside


def shop_of(store, folder):
    shop = Shop(Settings(data=folder))
    shop.__dict__["store"] = store
    return shop


def test_on_the_command_line(store, tmp_path, monkeypatch):
    shop = shop_of(store, tmp_path)
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)
    monkeypatch.setattr(shop, "close", lambda: None)

    def say(*words):
        return CliRunner().invoke(main, ["stages", *words])

    assert "Dormant after 90 days" in say().output
    file = Path(tmp_path / "stages.json")
    file.write_text(say("--json").output.replace("الوعي", "سمع بنا"), encoding="utf-8")
    assert "Nothing was changed" in say("set", str(file), "--dry-run").output
    assert shop.stages() == SIX
    assert "hold now" in say("set", str(file)).output
    assert shop.stages().stages[0].ar == "سمع بنا"
    assert "hold now" in say("preset", "five").output
    assert shop.stages() == FIVE
    wrong = say("preset", "fife")
    assert (wrong.exit_code, "'five'" in wrong.output) == (1, True)
    file.write_text("stages: [", encoding="utf-8")
    assert "cannot be" in say("set", str(file)).output
    told = [(entry.what, entry.whom[0]) for entry in entries(shop.records, Filter(action="changed"))]
    assert told == [("stages", "advocacy")] * 2
    shop.records.close()


def test_over_http(store, tmp_path):
    with inside(store, tmp_path) as server:
        clients = {
            role: server.client(server.accounts.add_key(role, role)) for role in ("viewer", "marketer")
        }

        def change(role, **body):
            return clients[role].post("/v1/stages", json=body)

        def now():
            return clients["viewer"].get("/v1/stages").json()

        assert now() == {"stages": json.loads(json.dumps(SIX.to_json())), "presets": list(PRESETS)}
        assert change("viewer", preset="five").status_code == 403
        dry = change("marketer", preset="five", dry_run=True).json()
        assert {"stage": "interest", "before": 0, "after": None} in dry["sizes"]
        assert now()["stages"]["stages"][1]["key"] == "interest"
        assert change("marketer", stages=FIVE.to_json()).status_code == 200
        assert now()["stages"]["stages"][1]["key"] == "consideration"
        for wrong in (
            {"preset": "five", "stages": {}},
            {"stages": {"stages": 1}},
            {"dry_run": 1},
            {"preset": 5},
        ):
            assert change("marketer", **wrong).status_code == 422
        for client in clients.values():
            client.close()
