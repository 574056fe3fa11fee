"""Connecting programs over HTTP: what it needs, who may, and what is said when it is wrong."""

from __future__ import annotations

import pytest

from masarat.collect.connectors import CONNECTORS
from tests.collect.connectors.test_qoyod import answer
from tests.support.inside import inside
from tests.support.programs import program


@pytest.fixture(scope="module")
def server(engine, tmp_path_factory):
    with inside(engine.store(), tmp_path_factory.mktemp("connecting")) as served:
        yield served


@pytest.fixture(scope="module")
def owner(server):
    with server.client(server.accounts.add_key("owner", "owner")) as client:
        yield client


def connect(client, connector="qoyod", **body):
    return client.post("/v1/connections", json={"connector": connector, **body})


def test_connect_ask_and_disconnect(owner):
    with program(answer) as books:
        given = {"api_key": "right", "address": books.url}
        made = connect(owner, name="books", given=given, every_minutes=0).json()
        assert made == {"name": "books", "connector": "qoyod", "every_minutes": 0}
        assert owner.post("/v1/connections/books/sync", json={}).json()["added"] == 8
    assert "right" not in owner.get("/v1/connections").text
    assert owner.delete("/v1/connections/books").json() == {"disconnected": "books"}
    assert owner.get("/v1/connections").json() == []
    assert owner.delete("/v1/connections/books").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"connector": "qoyod"}, 422, "needs: API key"),
        ({"connector": "qoyd", "given": {}}, 404, "qoyod"),
        ({"connector": "qoyod", "given": {"api_key": 7}}, 422, "no connection"),
        ({"connector": "qoyod", "given": {"api_key": "k"}, "often": 1}, 422, "no connection"),
        ({"connector": "qoyod", "given": {"api_key": "k"}, "every_minutes": True}, 422, "no connection"),
        ({"connector": "qoyod", "given": {"api_key": "k", "address": "http://books.example"}}, 422, "not encrypted"),
        ({"connector": "folder", "given": {"path": "/etc"}}, 403, "masarat connect folder"),
        ({"connector": "database", "given": {"address": "sqlite:////etc/x", "query": "SELECT 1"}}, 403, "there"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(owner, body, status, said):
    found = owner.post("/v1/connections", json=body)
    assert (found.status_code, said in found.text) == (status, True), found.text
    assert owner.get("/v1/connections").json() == []


def test_only_an_owner_connects(server, owner):
    for role in ("analyst", "finance", "marketer"):
        with server.client(server.accounts.add_key(role, role)) as client:
            assert connect(client, given={"api_key": "k"}).status_code == 403
            assert "/sources/qoyod" not in client.get("/sources", headers={"Accept": "text/html"}).text
            assert client.get("/sources/qoyod").status_code == 403


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_program_has_its_form(owner, language):
    page = owner.get(f"/sources?lang={language}").text
    for each in CONNECTORS:
        assert (f"/sources/{each.name}" in page) != each.here
        form = owner.get(f"/sources/{each.name}?lang={language}").text
        assert (each.arabic if language == "ar" else each.title) in form
        assert all(f'name="{ask.name}"' in form for ask in each.asks)
        assert each.about
        assert any("\u0600" < letter < "\u06ff" for letter in each.arabic_about), each.name


def test_a_form_that_is_wrong_is_shown_again_without_its_secret(owner):
    given = {"api_key": "very-secret", "address": "http://books.example", "connection-name": "mine"}
    again = owner.post("/sources/qoyod?lang=ar", data=given)
    assert again.status_code == 422
    assert "very-secret" not in again.text
    assert "http://books.example" in again.text
    assert 'value="mine"' in again.text
    wrong = owner.post("/sources/qoyod", data={"api_key": "k", "connection-every": "soon"})
    assert "soon" in wrong.text
    for path in ("/sources/sync", "/sources/disconnect"):
        assert owner.post(path, data={"name": "nothing"}).status_code == 404
    assert owner.get("/sources/nothing").status_code == 404
