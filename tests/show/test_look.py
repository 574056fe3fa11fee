"""What the app in the browser is told: who is there, every question in its section, answers as they look."""

from __future__ import annotations

import pytest

from masarat.analyse import ANALYSES
from masarat.show.http.browser import page as app_page
from masarat.show.sections import SECTIONS
from tests.support.inside import inside
from tests.support.shop import order, write


@pytest.fixture(scope="module")
def owner(engine, tmp_path_factory):
    store = engine.store()
    write(store, [order("a", "2025-01-05", 100), order("b", "2025-02-20", 50)])
    with (
        inside(store, tmp_path_factory.mktemp("look")) as server,
        server.client(server.accounts.add_key("owner", "owner")) as client,
    ):
        yield client


def test_every_question_stands_in_one_section():
    placed = [name for names in SECTIONS.values() for name in names]
    assert len(placed) == len(set(placed))
    assert set(placed) == {kind.name for kind in ANALYSES}


@pytest.mark.parametrize(("language", "title"), [("ar", "الإيرادات"), ("en", "Revenue")])
def test_the_start_is_told_in_the_readers_language(owner, language, title):
    told = owner.get(f"/v1/start?lang={language}").json()
    assert (told["role"], told["language"], told["currency"]) == ("owner", language, "SAR")
    assert "segments" in told["may"]
    sales = next(one for one in told["sections"] if one["name"] == "sales")
    assert sales["questions"][0]["title"] == title


def test_an_answer_looks_as_its_page_does(owner):
    look = owner.get("/v1/look/revenue?by=month&period=2025&lang=en").json()
    asked = owner.post("/v1/ask/revenue", json={"by": "month", "period": "2025", "language": "en"}).json()
    assert look["sentence"] == asked["sentence"]
    assert [head["name"] for head in look["headings"]] == [column["name"] for column in asked["columns"]]
    assert len(look["rows"]) == len(asked["rows"]) == len(look["sorts"])
    assert look["sorts"][0][1] == float(asked["rows"][0][look["headings"][1]["name"]])
    assert look["picture"].startswith("<svg")
    by = next(one for one in look["controls"] if one["name"] == "by")
    assert (by["value"], [one["value"] for one in by["options"]]) == ("month", ["day", "week", "month"])
    assert owner.get("/v1/look/revenue?rows=0").json()["rows"] == []


def test_what_cannot_be_asked_is_said_and_its_controls_are_there(owner):
    refused = owner.get("/v1/look/revenue?by=fortnight")
    assert refused.status_code == 422
    assert refused.json()["error"]["remedy"]
    controls = owner.get("/v1/controls/revenue?by=fortnight").json()["controls"]
    assert any(one["name"] == "by" for one in controls)
    assert owner.get("/v1/look/revenue?rows=many").status_code == 422
    assert owner.get("/v1/look/nothing").status_code == 404


def test_how_it_is_computed(owner):
    told = owner.get("/v1/how/revenue?period=2025-01").json()
    assert "SELECT" in "".join(told["steps"].values())
    assert told["values"]


def test_the_page_allows_only_its_own_scripts(owner):
    assert app_page  # served below /app
    one, other = owner.get("/app/ask/revenue"), owner.get("/app")
    policy = one.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert policy != other.headers["content-security-policy"]  # a new word each time
    assert '<script type="module"' in one.text


@pytest.mark.parametrize("name", ["..%2findex.html", "nothing.js", ".ready"])
def test_parts_that_are_none_are_refused(owner, name):
    assert owner.get(f"/assets/{name}").status_code == 404
