"""Every move of the dictionary has its place among the four kinds of data, and one only."""

from masarat.analyse.kinds import (
    ITEMS,
    KINDS,
    OF_NO_KIND,
    item_of_event,
    item_of_trait,
    kind_of_event,
    kind_of_trait,
)
from masarat.events import COLUMNS, EVENT_NAMES


def test_every_move_of_the_dictionary_has_a_place():
    placed = {event for item in ITEMS for event in item.events}
    assert placed | set(OF_NO_KIND) == set(EVENT_NAMES)
    assert not placed & set(OF_NO_KIND)


def test_nothing_is_of_two_kinds():
    for many in (
        [(e, i.kind) for i in ITEMS for e in i.events],
        [(t, i.kind) for i in ITEMS for t in i.traits],
    ):
        assert len(set(many)) == len({name for name, _ in many})
    assert len({item.name for item in ITEMS}) == len(ITEMS)
    assert [kind for kind in KINDS if any(item.kind == kind for item in ITEMS)] == list(KINDS)


def test_items_tell_by_something():
    for item in ITEMS:
        assert item.traits or item.events or item.column
        assert item.column in ("", *COLUMNS)


def test_of_which_kind_something_is():
    assert (item_of_trait("firstName").name, kind_of_trait("gender")) == ("name", "demographic")
    assert kind_of_trait("interests") == "psychographic"
    assert kind_of_trait("shoe size") == "demographic", "a fact that nobody named yet"
    assert item_of_event("Order Completed").name == "orders"
    assert kind_of_event("Survey Answered") == "psychographic"
    assert kind_of_event("Goal Reached") == "behavioural", "a move that nobody named yet"
    assert kind_of_event("Stock Counted") is None
