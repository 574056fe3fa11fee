from datetime import date
from pathlib import Path

import pytest

from masarat.analyse import ANALYSES, explain
from masarat.show import docs
from masarat.show.docs_sources import sources_page
from tests.support.shop import event, order, write

TODAY = date(2025, 6, 30)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def shop(store):
    moves = [
        order(who, f"2025-0{month}-05", 10 * month, items=[("coffee|tea", 1, 10 * month)])
        for month in (1, 2, 3)
        for who in "ab"
    ]
    cart = {"product_ids": ["coffee"], "product_names": ["coffee"], "product_categories": [""]}
    amounts = {"product_quantities": [1], "product_revenues": [30]}
    write(store, [*moves, event("Product Added", "c", "2025-03-06", **cart, **amounts)])
    return store


@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_a_page_tells_everything(shop, kind):
    page = docs.page(shop, kind, TODAY)
    english = page.partition('<div dir="rtl">\n\n>')[0]
    for name in kind.model_fields.keys() - {"breakdown"}:
        assert f"`{name}`" in english
    for column in (*kind.columns, *kind.numbers):
        assert f"| `{column.name}` |" in english
    query = explain(shop, kind.example, today=TODAY)
    for step in query.steps:
        assert f"### {step}" in page
    assert page.count('<div dir="rtl">') == page.count("</div>") == 2


@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_every_step_runs_alone(shop, kind):
    query = explain(shop, kind.example, today=TODAY)
    for step in query.steps:
        shop.rows(query, step)


def test_tables_bear_any_text(shop):
    assert "coffee\\|tea" in docs.page(
        shop, next(kind for kind in ANALYSES if kind.name == "products"), TODAY
    )


def test_pages_of_questions_that_are_gone_go_too(shop, tmp_path, monkeypatch):
    some = ANALYSES[:3]
    monkeypatch.setattr(docs, "ANALYSES", some)
    (tmp_path / "forgotten.md").write_text("")
    assert docs.write(shop, tmp_path, TODAY) == len(some) + 1
    assert {path.stem for path in tmp_path.iterdir()} == {kind.name for kind in some} | {"README"}


def test_the_page_of_sources_is_as_it_is_now():
    assert (ROOT / "docs/sources.md").read_text("utf-8") == sources_page(), "make docs"
