"""Segments that follow a rule through every door: tried, saved, made anew in the right order, and never from themselves."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from masarat.errors import BadParameter, UnknownName
from masarat.records.segments import RULE
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from tests.analyse.test_found_segments import planted
from tests.support.inside import inside
from tests.support.shop import order, write

ORDERS = [
    order("user:1", "2025-01-05", 100, city="Riyadh"),
    order("user:2", "2025-01-06", 50, city="Jeddah"),
    order("email:noura@example.com", "2025-02-07", 20, city="Riyadh"),
]
RIYADH = "city is Riyadh"


@pytest.fixture
def shop(store, tmp_path):
    write(store, ORDERS)
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    yield shop
    shop.records.close()


def sizes(shop):
    return {one["name"]: one["size"] for one in shop.segments.every()}


def test_rules_are_made_anew_lists_stand(shop, store):
    shop.segments.save("riyadh", RULE, rule=RIYADH)
    shop.segments.save("a_big", RULE, rule="in riyadh and revenue at least 50")
    shop.segments.save("list", "top_customers", segment="in=riyadh")
    assert {one["name"]: one["kind"] for one in shop.segments.every()} == {"riyadh": "rule", "a_big": "rule", "list": "list"}  # fmt: skip
    write(store, [order("user:4", "2025-02-09", 70, city="Riyadh", event_id="l", order_id="l")])
    assert shop.segments.refresh(older_than=timedelta(days=1)) == []
    done = shop.segments.refresh()
    assert [(one["name"], one["was"], one["size"]) for one in done] == [("riyadh", 2, 3), ("a_big", 1, 2)]
    assert sizes(shop) == {"riyadh": 3, "a_big": 2, "list": 2}
    assert [one["name"] for one in shop.segments.refresh(["a_big"])] == ["riyadh", "a_big"]
    with pytest.raises(BadParameter, match="no rule"):
        shop.segments.refresh(["list"])
    with pytest.raises(UnknownName, match="riyadh"):
        shop.segments.refresh(["riyad"])
    assert len(store.select("SELECT DISTINCT making FROM segment_members")) == 3


def test_no_segment_is_made_from_itself(shop):
    with pytest.raises(BadParameter, match="from itself"):
        shop.segments.save("a", RULE, rule="in a")
    shop.segments.save("a", RULE, rule=RIYADH)
    shop.segments.save("b", RULE, rule="not in a")
    shop.segments.save("c", "top_customers", segment="in=b")
    with pytest.raises(BadParameter, match="Other segments are made from a: b"):
        shop.segments.remove("a")
    with pytest.raises(UnknownName, match="'d'"):
        shop.segments.save("e", RULE, rule="in d")
    shop.segments.remove("c")
    shop.segments.remove("b")
    shop.segments.remove("a")
    assert shop.segments.every() == []


def test_on_the_command_line(shop, monkeypatch):
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)
    monkeypatch.setattr(shop, "close", lambda: None)

    def say(*words):
        return CliRunner().invoke(main, ["segments", *words]).output

    assert "No segment follows a rule yet" in say("refresh")
    tried = say("try", RIYADH, "--lang", "en")
    assert "The rule is true of 2 people: city is Riyadh." in tried
    assert "user:1" in tried
    assert "character 1" in say("try", "ctiy is Riyadh")
    assert "2 customers. Nothing was changed" in say("rule", "riyadh", RIYADH, "--dry-run")
    assert "2 customers. Saved" in say("rule", "riyadh", RIYADH)
    assert "riyadh: 2 customers, 2 before." in say("refresh")
    (listed,) = json.loads(say("--json"))
    assert (listed["kind"], listed["parameters"]) == ("rule", {"rule": RIYADH})


def test_over_http_and_on_the_page(store, tmp_path):
    write(store, ORDERS)
    with inside(store, tmp_path) as server:
        viewer, marketer = (server.accounts.add_key(role, role) for role in ("viewer", "marketer"))
        with server.client(viewer) as client:
            tried = client.post("/v1/segments/try", json={"rule": RIYADH}).json()
            assert (tried["customers"], tried["buyers"], tried["revenue"]) == (2, 2, 120)
            assert tried["rule"]["en"] == RIYADH
            assert tried["rule"]["ar"].startswith("المدينة: ")
            assert "noura@" not in json.dumps(tried), "masked as the role may see them"
            wrong = client.post("/v1/segments/try", json={"rule": "revenu in top 20%"})
            assert (wrong.status_code, "'revenue'" in wrong.text) == (422, True)
            assert client.post("/v1/segments/try", json={"rule": 1}).status_code == 422
            assert client.post("/v1/segments/refresh").status_code == 403
        with server.client(marketer) as client:
            client.post("/v1/segments", json={"name": "riyadh", "question": RULE, "parameters": {"rule": RIYADH}})  # fmt: skip
            (done,) = client.post("/v1/segments/refresh", json={"names": ["riyadh"]}).json()["segments"]
            assert (done["was"], done["size"]) == (2, 2)
            assert client.post("/v1/segments/refresh", json={"names": "x"}).status_code == 422
        owner = server.accounts.add_first("owner@example.com", "a long enough password", name="نورة", language="ar")  # fmt: skip
        with server.client() as browser:
            browser.cookies.set("masarat", server.accounts.open_session(owner, agent=""))
            page = browser.get("/segments", params={"rule": "revenue at least 60"}).text
            assert "تصدق القاعدة على شخص واحد" in page
            assert "/ask/rule_customers/segment?rule=revenue+at+least+60" in page
            assert "Did you mean" in browser.get("/segments", params={"rule": "revenu 3"}).text
            kept = browser.post("/ask/rule_customers/segment", params={"rule": "revenue at least 60"}, data={"title": "كبار"})  # fmt: skip
            assert kept.headers["location"] == "/segments"
            assert "revenue at least 60" in browser.get("/segments").text


def test_groups_that_are_found_become_segments(store, tmp_path):
    write(store, planted())
    with inside(store, tmp_path) as server, server.client(server.accounts.add_key("m", "marketer")) as client:
        dry = client.post("/v1/segments/found", json={"name": "kinds", "dry_run": True}).json()["segments"]
        assert [one["size"] for one in dry] == [40, 40]
        saved = client.post(
            "/v1/segments/found", json={"name": "kinds", "parameters": {"language": "en"}}
        ).json()
        assert [one["name"] for one in saved["segments"]] == ["kinds_1", "kinds_2"]
        assert any("large orders" in one["title"] for one in saved["segments"])
        both = client.post("/v1/ask/revenue", json={"segment": "in=kinds_1 and in=kinds_2"}).json()
        assert both["sample"] == 0
        assert client.post("/v1/segments/kinds_1/renew").json()["segment"]["size"] == 40
        assert client.post("/v1/segments/found", json={"name": "kinds"}).status_code == 422, "taken"
        assert client.post("/v1/segments/found", json={"name": 1}).status_code == 422
