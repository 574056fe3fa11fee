"""Saved segments through every door: the command line, HTTP and pages; who may, what is written down, and who is erased."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from masarat.records import segments as known
from masarat.records.audit import Filter, entries
from masarat.records.segments import check_name, name_of
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from tests.support.inside import inside
from tests.support.shop import order, write

ORDERS = [
    order("user:1", "2025-01-05", 100),
    order("user:2", "2025-01-06", 50),
    order("user:3", "2025-02-07", 20),
]
BEST = {
    "name": "best",
    "title": "أفضل العملاء",
    "question": "top_customers",
    "parameters": {"period": "2025-01"},
}


def net(answer):
    return next(number["value"] for number in answer["numbers"] if number["name"] == "net")


def test_on_the_command_line(store, tmp_path, monkeypatch):
    write(store, ORDERS)
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)
    monkeypatch.setattr(shop, "close", lambda: None)

    def say(*words):
        return CliRunner().invoke(main, ["segments", *words]).output

    assert "No segment is saved yet" in say()
    january = ("best", "--from", "top_customers", "--period", "2025-01", "--limit", "1")
    assert "2 customers. Nothing was changed" in say("save", *january, "--dry-run")
    assert shop.segments.every() == []
    assert "2 customers. Saved" in say("save", *january, "--title", "Best of January")
    assert "already" in say("save", *january)
    assert "cannot name a segment" in say("save", "a|b", "--from", "top_customers")
    assert "no customers" in say("save", "days", "--from", "revenue")
    assert "No such option" in say("save", "days", "--from", "top_customers", "--perio", "x")
    (listed,) = json.loads(say("--json"))
    assert (listed["size"], listed["title"], listed["parameters"]) == (
        2,
        "Best of January",
        {"period": "2025-01", "limit": 1},
    )
    assert net(shop.ask("revenue", segment="in=best").model_dump()) == 150
    assert net(shop.ask("revenue", segment="in!=best").model_dump()) == 20

    write(store, [order("user:3", "2025-01-09", 5, event_id="late", order_id="late")])
    assert net(shop.ask("revenue", segment="in=best").model_dump()) == 150, (
        "a list stands until it is renewed"
    )
    assert "3 customers, 2 before. Nothing was changed" in say("renew", "best", "--dry-run")
    assert "3 customers, 2 before. Renewed" in say("renew", "best")
    assert net(shop.ask("revenue", segment="in=best").model_dump()) == 175
    assert len(store.select("SELECT DISTINCT making FROM segment_members")) == 1, "the old list is gone"
    assert "3 customers. Nothing was changed" in say("remove", "best", "--dry-run")
    assert "the customers stay" in say("remove", "best")
    assert store.select("SELECT * FROM segment_members") == []
    assert "'best'" in say("renew", "best")
    told = [entry.details["deed"] for entry in entries(shop.records, Filter(action="changed"))]
    assert told == ["remove", "renew", "save"]
    shop.records.close()


@pytest.fixture
def server(store, tmp_path):
    write(store, ORDERS)
    with inside(store, tmp_path) as running:
        yield running


def test_over_http(server):
    keys = {role: server.accounts.add_key(role, role) for role in ("viewer", "marketer")}
    with server.client(keys["viewer"]) as viewer, server.client(keys["marketer"]) as marketer:
        assert viewer.post("/v1/segments", json=BEST).status_code == 403
        assert marketer.post("/v1/segments", json=BEST | {"dry_run": True}).json()["segment"]["size"] == 2
        assert viewer.get("/v1/segments").json() == {"segments": []}
        assert marketer.post("/v1/segments", json=BEST).json()["segment"]["name"] == "best"
        (seen,) = viewer.get("/v1/segments").json()["segments"]
        assert (seen["size"], seen["question"], seen["parameters"]) == (
            2,
            "top_customers",
            {"period": "2025-01"},
        )
        assert net(viewer.post("/v1/ask/revenue", json={"segment": "in=best"}).json()) == 150
        unknown = viewer.post("/v1/ask/revenue", json={"segment": "in=bets"})
        assert (unknown.status_code, "best" in unknown.text) == (404, True)
        assert marketer.post("/v1/segments/best/renew").json()["segment"]["was"] == 2
        for wrong in ({"name": 1}, {"parameters": []}, {"dry_run": 1}, {"more": 1}):
            assert marketer.post("/v1/segments", json=BEST | wrong).status_code == 422
        assert marketer.request("DELETE", "/v1/segments/best", json={"dry_run": True}).status_code == 200
        assert marketer.request("DELETE", "/v1/segments/best", json={"dry": True}).status_code == 422
        assert marketer.delete("/v1/segments/best").json()["segment"]["size"] == 2
        assert viewer.get("/v1/segments").json() == {"segments": []}
        searched = {"name": "who", "question": "customers", "parameters": {"search": "نورة"}}
        assert marketer.post("/v1/segments", json=searched).json()["segment"]["parameters"] == {
            "search": "•••"
        }


def test_on_pages(server):
    owner = server.accounts.add_first(
        "owner@example.com", "a long enough password", name="نورة", language="ar"
    )
    with server.client() as browser:
        browser.cookies.set("masarat", server.accounts.open_session(owner, agent=""))
        asked = browser.get("/ask/top_customers?period=2025-01")
        assert "احفظ هؤلاء العملاء شريحةً باسم" in asked.text
        assert "شريحةً باسم" not in browser.get("/ask/revenue").text
        saved = browser.post(
            "/ask/top_customers/segment?period=2025-01&language=ar", data={"title": "أفضل العملاء"}
        )
        assert (saved.status_code, saved.headers["location"]) == (303, "/segments")
        page = browser.get("/segments").text
        assert "in=أفضل_العملاء" in page
        assert "/ask/top_customers?period=2025-01" in page
        assert (
            "There is a segment"
            in browser.post("/ask/top_customers/segment", data={"title": "أفضل العملاء"}).text
        )
        assert browser.post("/ask/top_customers/segment", data={"title": " "}).status_code == 422
        assert browser.post("/segments/أفضل_العملاء", data={"do": "renew"}).status_code == 303
        assert browser.post("/segments/أفضل_العملاء", data={"do": "burn"}).status_code == 422
        assert net(server.shop.ask("revenue", segment="in=أفضل_العملاء").model_dump()) == 150
        assert browser.post("/segments/أفضل_العملاء", data={"do": "remove"}).status_code == 303
        assert "لم تُحفظ شريحة بعد" in browser.get("/segments").text
        assert "Nothing is saved yet" in browser.get("/segments?lang=en").text


def test_whoever_is_erased_is_in_no_segment(store, tmp_path):
    write(store, [*ORDERS, order("email:noura@example.com", "2025-01-08", 30)])
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    shop.segments.save("buyers", "top_customers", title="طلب noura@example.com")
    shop.segments.save("two", "customers", search="user:2")
    plan = shop.privacy.plan("noura@example.com")
    assert plan.found["segments"] == 2, "a member of one list, and named by its title"
    shop.privacy.erase("noura@example.com")
    (row,) = store.select("SELECT count() AS n FROM segment_members")
    assert row["n"] == 4, "three others in the first, user:2 in the second"
    assert (known.find(shop.records, "buyers").title, known.find(shop.records, "two").title) == (
        "buyers",
        "two",
    )
    assert net(shop.ask("revenue", segment="in=buyers").model_dump()) == 170
    shop.records.close()


def test_names():
    assert name_of("  عملاء الرياض! ") == "عملاء_الرياض"
    assert check_name("vip-2025") == "vip-2025"
    assert name_of("!!") == ""
