"""The races of `bench.behaviour` still compare equal figures, so that what they tell is worth reading; nothing is timed."""

from __future__ import annotations

import pytest

from bench.behaviour import compare, fill, merge
from bench.races import RACES
from bench.umami import ASKED
from masarat.analyse import ask

EVENTS = 4_000


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store()
    fill(store, EVENTS)
    merge(store, EVENTS)
    return store


@pytest.mark.parametrize("make", RACES, ids=lambda make: make.__name__)
def test_sql_by_hand_comes_to_the_figures_of_the_question(shop, make):
    compare(shop, make())


@pytest.mark.parametrize(("name", "theirs", "question"), ASKED, ids=[name for name, _, _ in ASKED])
def test_what_is_compared_with_others_has_an_answer(shop, name, theirs, question):
    assert ask(shop, question).rows
