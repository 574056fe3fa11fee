"""Merged customers in every question: at once, on one process and on two shards, before and after folding."""

from datetime import date, timedelta

import pytest

from masarat.analyse import ANALYSES, ask
from masarat.analyse.abandoned_carts import AbandonedCarts
from masarat.analyse.customers import Customers
from masarat.analyse.new_and_returning import NewAndReturning
from masarat.analyse.revenue import Revenue
from masarat.analyse.top_customers import TopCustomers
from masarat.resolve import Decision, Resolver, Rules
from masarat.store import identities
from tests.resolve.test_resolver import seen
from tests.support.shop import answer, event, order, refund, write

NOW = timedelta(0)


@pytest.fixture
def shop(store):
    """One person: browsed as anon:a, ordered online as user:1, bought by phone; somebody else ordered once."""
    write(
        store,
        [
            event("Product Viewed", "anon:a", "2025-01-01", product_ids=["k"]),
            event("Product Added", "anon:a", "2025-01-02", product_ids=["k"], product_names=["k"],
                  product_quantities=[1], product_revenues=[80]),
            order("user:1", "2025-01-02 01:00", 80),
            order("phone:+1", "2025-02-01", 120),
            refund("phone:+1", "2025-02-02", 20),
            order("user:2", "2025-02-03", 50),
        ],
    )  # fmt: skip
    return store


@pytest.fixture
def resolver(shop):
    found = Resolver(shop, Rules())
    found.take(seen(("anon:a", "user:1"), ("phone:+1", "user:1")))
    return found


def figures(store):
    revenue = answer(store, Revenue())
    carts = answer(store, AbandonedCarts())
    people = answer(store, Customers())
    top = answer(store, TopCustomers())
    returning = answer(store, NewAndReturning())
    return {
        "customers": next(n.value for n in revenue.numbers if n.name == "customers"),
        "carts": [row["customer"] for row in carts.rows],
        "people": [(row["customer"], row["orders"], row["revenue"]) for row in people.rows],
        "top": [(row["customer"], row["orders"]) for row in top.rows],
        "repeat": next(n.value for n in returning.numbers if n.name == "repeat_rate"),
    }


ONE = {
    "customers": 2,
    "carts": [],
    "people": [("user:1", 2, 180.0), ("user:2", 1, 50.0)],
    "top": [("user:1", 2), ("user:2", 1)],
}


def test_before_they_are_three(shop):
    found = figures(shop)
    assert found["customers"] == 3
    assert found["carts"] == ["anon:a"], "nobody knew that the visitor bought it"


def test_questions_see_a_merge_at_once(shop, resolver):
    found = figures(shop)
    assert ONE.items() <= found.items()
    assert found["repeat"] == 0.5


def test_taken_apart_they_are_as_before(shop):
    before = figures(shop)
    resolver = Resolver(shop, Rules())
    resolver.decide(Decision("merge", "anon:a", "user:1"), "", "huda")
    resolver.decide(Decision("merge", "phone:+1", "user:1"), "", "huda")
    assert ONE.items() <= figures(shop).items()
    resolver.decide(Decision("withdrawn", "phone:+1", "user:1"), "", "huda")
    resolver.decide(Decision("withdrawn", "user:1", "anon:a"), "", "huda")
    assert figures(shop) == before


def test_folding_changes_no_answer(shop, resolver):
    before = [ask(shop, kind.example, today=date(2025, 6, 30)) for kind in ANALYSES]
    assert identities.fold(shop, NOW) == 2
    assert shop.select("SELECT count() AS n FROM identity_overrides WHERE folded = 0") == [{"n": 0}]
    assert shop.select("SELECT uniqExact(owner) AS n FROM events") == [{"n": 2}]
    assert [answer(shop, kind.example) for kind in ANALYSES] == before
    assert identities.fold(shop, NOW) == 0


def test_who_was_folded_can_be_taken_apart_and_comes_again(shop, resolver):
    identities.fold(shop, NOW)
    write(shop, [order("phone:+1", "2025-03-01", 10, event_id="late")])
    assert answer(shop, Customers()).rows[0]["orders"] == 3, "what comes after the fold is theirs as well"
    resolver.decide(Decision("alone", "phone:+1"), "", "huda")
    apart = {row["customer"]: row["orders"] for row in answer(shop, Customers()).rows}
    assert apart == {"user:1": 1, "phone:+1": 2, "user:2": 1}
    identities.fold(shop, NOW)
    assert {row["customer"]: row["orders"] for row in answer(shop, Customers()).rows} == apart


def test_fresh_overrides_wait_for_the_fold(shop, resolver):
    assert identities.fold(shop, timedelta(hours=1)) == 0


def test_somebody_is_found_by_any_identifier(shop, resolver):
    found = answer(shop, Customers(search="anon:a")).rows
    assert [row["customer"] for row in found] == ["user:1"]
