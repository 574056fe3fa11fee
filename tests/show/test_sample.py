"""The sample shop over HTTP: who may have it loaded, into what, how its progress is told, and what is left of a load that was cut off."""

from __future__ import annotations

import time
from datetime import date

import pytest

from masarat.demo import Choice, interrupted
from masarat.records.audit import Filter, entries
from masarat.show.http import sample
from tests.support.inside import inside
from tests.support.shop import order, write

PATIENCE = 120  # s, on a machine with other work


@pytest.fixture
def few(monkeypatch):
    """A sample of few customers, for speed."""
    monkeypatch.setattr(sample, "CUSTOMERS", 30)


@pytest.fixture
def server(engine, tmp_path, few):
    with inside(engine.store(), tmp_path) as running:
        yield running


@pytest.fixture
def owner(server):
    with server.client(server.accounts.add_key("owner", "owner")) as client:
        yield client


def ended(server, client):
    """What is told once the load is over."""
    until = time.monotonic() + PATIENCE
    while not server.app.state.sampling.going.done():
        assert time.monotonic() < until, "the sample shop is not loaded"
        client.get("/v1/sample")  # the wait itself
    return client.get("/v1/sample").json()


def test_an_empty_shop_is_filled_and_it_is_written_down_who_did(server, owner):
    assert owner.get("/v1/sample").json() == {"state": "none", "done": 0.0, "error": "", "remedy": ""}
    begun = owner.post("/v1/sample", headers={"Accept-Language": "ar"})
    assert begun.status_code == 200, begun.text
    assert begun.json()["state"] == "running"
    assert ended(server, owner) == {"state": "there", "done": 1.0, "error": "", "remedy": ""}
    assert owner.get("/v1/look/journey?period=all&rows=0").json()["sample"] > 0
    noted = [one for one in entries(server.shop.records, Filter()) if one.what == "source"]
    assert [(one.action, one.whom, one.details) for one in noted] == [
        ("changed", ["demo"], {"deed": "sample", "customers": 30})
    ]
    assert noted[0].actor.startswith("key:msr_")
    (cities,) = server.shop.store.select("SELECT countIf(city = 'الرياض') AS here FROM events")
    assert cities["here"] > 0  # in the reader's language
    again = owner.post("/v1/sample")
    assert again.status_code == 409
    assert again.json()["error"]["message"] == "The sample shop is there already."


def test_a_shop_with_data_is_left_alone(server, owner):
    write(server.shop.store, [order("user:1", "2025-01-05", 80)])
    refused = owner.post("/v1/sample")
    assert refused.status_code == 409
    assert "would mix" in refused.json()["error"]["message"]
    assert "--data" in refused.json()["error"]["remedy"]
    assert owner.get("/v1/sample").json()["state"] == "none"
    (stored,) = server.shop.store.select("SELECT count() AS n FROM events")
    assert stored["n"] == 1
    assert [one for one in entries(server.shop.records, Filter()) if one.what == "source"] == []


def test_one_at_a_time_with_its_progress(server, owner, monkeypatch):
    def two_thirds(shop, choice, sampling):
        sampling.progress(2, 3)

    monkeypatch.setattr(sample, "_load", two_thirds)  # and never ends
    assert owner.post("/v1/sample").status_code == 200
    until = time.monotonic() + PATIENCE
    while (told := owner.get("/v1/sample").json())["done"] == 0:
        assert time.monotonic() < until
    assert told["state"] == "running"
    assert told["done"] == pytest.approx(sample.LOADED * 2 / 3)
    orders = {"file": ("orders.csv", b"order,date,customer,total\n1,2025-03-01,user:9,80\n")}
    for refused in (
        owner.post("/v1/import", files=orders),
        owner.post("/v1/quarantine", files=orders),
        owner.post("/v1/connections", json={"connector": "qoyod", "given": {"api_key": "x"}}),
        owner.post("/v1/connections/qoyod/sync", json={}),
    ):
        assert refused.status_code == 409
        assert "would mix" in refused.json()["error"]["message"]
    second = owner.post("/v1/sample")
    assert second.status_code == 422
    assert second.json()["error"]["message"] == "The sample shop is being loaded already."


def test_a_load_cut_off_is_told_and_finished_by_the_same_choice(server, owner, monkeypatch):
    def cut(*_, **__):
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr("masarat.resolve.Resolver.catch_up", cut)
        owner.post("/v1/sample")
        told = ended(server, owner)
    assert (told["state"], told["error"]) == ("failed", "The sample shop could not be loaded.")
    server.app.state.sampling.error = None  # as after the server was begun anew
    assert owner.get("/v1/sample").json()["state"] == "interrupted"
    begun = interrupted(server.shop.records)
    (before,) = server.shop.store.select("SELECT count() AS n FROM events")
    monkeypatch.setattr(
        sample, "_yesterday", lambda shop: date(2024, 1, 1)
    )  # another day: the choice is the old one
    assert owner.post("/v1/sample").status_code == 200
    assert ended(server, owner)["state"] == "there"
    (after,) = server.shop.store.select("SELECT count() AS n FROM events")
    assert after == before
    assert begun is not None
    assert begun.customers == 30


def test_a_choice_is_known_by_its_id():
    for choice in (Choice(date(2025, 11, 22), 500, language="ar"), Choice(date(2024, 2, 29), 30, 7, "en")):
        assert Choice.of(choice.id) == choice
