"""Saved segments: whom an answer is about, all of them, kept as a list, and asked about in every question in both sizes."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from masarat.analyse import ANALYSES, ask, explain
from masarat.analyse.abandoned_carts import AbandonedCarts
from masarat.analyse.customers import Customers
from masarat.analyse.data_quality import DataQuality
from masarat.analyse.journey import Journey
from masarat.analyse.live import Live
from masarat.analyse.reconcile import Reconcile
from masarat.analyse.revenue import Revenue
from masarat.analyse.segments import can_be_saved, customers_of
from masarat.analyse.told import Told
from masarat.analyse.top_customers import TopCustomers
from masarat.errors import BadParameter, UnknownName
from masarat.events import hash_of
from masarat.store import identities
from masarat.store.segments import write_members
from tests.support.served import EVENTS
from tests.support.shop import answer, event, order, write

ORDERS = [
    order("user:1", "2025-01-05", 100),
    order("user:2", "2025-01-06", 50),
    order("user:3", "2025-01-07", 20),
    order("phone:+966501234567", "2025-02-05", 7),  # user:1, as we learn later
    order("", "2025-02-06", 1),  # nobody
]
SAVED = [kind for kind in ANALYSES if can_be_saved(kind)]
# Most questions choose customers where sales and moves are read, which others here do; these do it in SQL of their own.
IN_THEIR_OWN_WAY = (AbandonedCarts, DataQuality, Journey, Live, Reconcile)
TOLD = Told(segments=lambda names: [f"making of {name}" for name in names])


@pytest.fixture
def shop(store):
    write(store, ORDERS)
    return store


@pytest.fixture(scope="module")
def served(engine):
    store = engine.store()
    write(store, EVENTS)
    return store


def keep(store, name, *who):
    write_members(store, f"making of {name}", pl.Series([hash_of(one) for one in who], dtype=pl.UInt64))


def revenue(store, segment):
    found = answer(store, Revenue(segment=segment, compare="none", language="en"), told=TOLD)
    return next(number.value for number in found.numbers if number.name == "net")


def test_only_the_segment_or_only_the_others(shop):
    keep(shop, "best", "user:1", "user:2")
    assert [revenue(shop, text) for text in ("in=best", "in!=best", "in=best and country=KW", "")] == [
        150,
        28,
        0,
        178,
    ]
    keep(shop, "last", "user:3", "user:2")
    assert [
        revenue(shop, text) for text in ("in=best|last", "in=best and in=last", "in=best and in!=last")
    ] == [170, 50, 100]


def test_whoever_was_merged_since_counts_and_whoever_was_parted_does_not(shop):
    keep(shop, "best", "user:1")
    identities.change_owners(shop, pl.DataFrame({"identifier": ["phone:+966501234567"], "owner": ["user:1"]}))
    assert revenue(shop, "in=best") == 107
    keep(shop, "phone", "phone:+966501234567")  # as they were called when it was saved
    assert [revenue(shop, "in=phone"), revenue(shop, "in!=phone")] == [107, 71]
    parted = pl.DataFrame({"identifier": ["phone:+966501234567"], "owner": ["phone:+966501234567"]})
    identities.change_owners(shop, parted)
    assert [revenue(shop, "in=best"), revenue(shop, "in=phone")] == [100, 7]


def test_an_empty_segment_holds_nobody(shop):
    assert [revenue(shop, "in=nobody"), revenue(shop, "in!=nobody")] == [0, 178]


def test_a_segment_that_was_never_saved_is_refused(shop):
    with pytest.raises(UnknownName, match="vip"):
        answer(shop, Revenue(segment="in=vip"))
    with pytest.raises(UnknownName, match="no"):
        answer(shop, Revenue(segment="inn=vip"))
    with pytest.raises(UnknownName, match="dimension"):
        answer(shop, Revenue(breakdown="in"))


def test_all_customers_are_kept_not_only_those_shown(shop):
    kept = customers_of(shop, TopCustomers(limit=1))
    assert sorted(kept) == sorted(
        hash_of(name) for name in ("user:1", "user:2", "user:3", "phone:+966501234567")
    )
    with pytest.raises(BadParameter, match="no customers"):
        customers_of(shop, Revenue())


def test_customers_of_whom_only_a_fact_is_known_are_listed_in_a_segment(shop):
    names = {"user:1": "نورة", "user:9": "سامي", "user:8": "Lama"}
    facts = pl.DataFrame({"visitor_id": list(names), "value": list(names.values())})
    when = pl.lit("2025-01-01").str.to_datetime("%Y-%m-%d", time_unit="ms", time_zone="UTC")
    shop.insert("traits", facts.with_columns(trait=pl.lit("name"), source=pl.lit("test"), ts=when))
    keep(shop, "vip", "user:1", "user:9")

    def named(segment):
        found = answer(shop, Customers(segment=segment, compare="none", sort="name"), told=TOLD)
        return [row["name"] for row in found.rows if row["name"]]

    assert [named("in=vip"), named("in!=vip")] == [["سامي", "نورة"], ["Lama"]]


@pytest.mark.parametrize("kind", SAVED, ids=lambda kind: kind.name)
def test_every_question_that_names_customers_says_which_step_has_them_all(kind, served):
    query = explain(served, kind.example)
    assert query.customers in query.steps, (
        f"{kind.name}: give its Query customers=, the step with all of them"
    )
    few = kind.example.model_copy(update={"limit": 1})
    many = ask(
        served, kind.example.model_copy(update={"limit": 1000, "compare": "none"}), today=date(2025, 6, 30)
    )
    everybody = set(customers_of(served, few))
    assert everybody == {hash_of(row["customer"]) for row in many.rows}


@pytest.mark.parametrize("kind", IN_THEIR_OWN_WAY, ids=lambda kind: kind.name)
def test_questions_with_sql_of_their_own_can_be_asked_of_a_segment(kind, served):
    keep(served, "some", "user:1", "user:2")
    question = kind.example.model_copy(update={"segment": "in=some", "compare": "none"})
    answer(served, question, told=TOLD)


def test_only_the_segments_part_of_the_log_is_read(engine):
    """The condition is on the key of the log: parts of it without these customers are passed over."""
    store = engine.store(timezone="UTC")
    write(store, [event("Page Viewed", f"user:{n}", "2025-01-01 10:00") for n in range(60_000)])
    store.command("OPTIMIZE TABLE events FINAL")
    keep(store, "one", "user:17")
    query = explain(store, Revenue(segment="in=one"), told=TOLD)
    where = "SELECT count() FROM events WHERE 1" + _condition(query.sql("sales"))
    plan = store.select(f"EXPLAIN indexes = 1 {where}", query.values)
    text = "\n".join(next(iter(row.values())) for row in plan)
    granules = [line.strip() for line in text.splitlines() if "Granules" in line]
    assert granules[-1] == "Granules: 1/8", text


def _condition(sql):
    start = sql.index(" AND events.customer_id GLOBAL IN")
    return sql[start:]
