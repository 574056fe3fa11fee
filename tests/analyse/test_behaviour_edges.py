"""Every question about behaviour, at its edges: nothing, one customer, one millisecond, things told twice, a merge in mid-way, very many parts."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from masarat.analyse import ANALYSES, ask
from masarat.events import COLUMNS
from masarat.resolve import Resolver, Rules
from masarat.resolve.links import SEEN
from tests.support.shop import event, order, when, write

BEHAVIOUR = (
    "funnel", "funnel_trend", "funnel_times", "funnel_dropped", "funnel_drivers", "journey", "journey_moves", "journey_history", "journey_drivers",
    "journey_customers", "paths", "flow_graph", "sessions", "pages", "retention", "lifecycle", "stickiness", "growth", "breakdown",
)  # fmt: skip
KINDS = [kind for kind in ANALYSES if kind.name in BEHAVIOUR]
STEPS = ("Page Viewed", "Product Added", "Order Completed")
TODAY = date(2025, 6, 30)
PARTS = 10_000

every = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def question(kind, **more):
    """The question with nothing compared, over the steps of these shops."""
    given = {"compare": "none", "steps": STEPS, "period": "2025", "stage": "retention", **more}
    return kind(**{name: value for name, value in given.items() if name in kind.model_fields})


def visit(who, day, session, **more):
    """A customer's visit that ends in an order; `more` is told of every move."""
    told = {"session_id": session, "url": "https://shop.example/", "props": "{}", **more}
    return [
        event("Page Viewed", who, f"{day} 10:00", **told),
        event("Product Viewed", who, f"{day} 10:01", **told),
        event("Product Added", who, f"{day} 10:02", **told),
        event("Checkout Started", who, f"{day} 10:03", **told),
        order(who, f"{day} 10:05", 80, **told),
    ]


def counted(found):
    """All that an answer says of how much there was."""
    figures = {number.name: number.value for number in found.numbers}
    return {name: figures[name] for name in ("customers", "entered", "visitors") if name in figures}


@pytest.fixture(scope="module")
def single(engine):
    store = engine.store(timezone="UTC")
    write(store, [*visit("user:1", "2025-03-03", "s1"), *visit("user:1", "2025-04-07", "s2")])
    return store


@pytest.fixture(scope="module")
def merged(engine):
    """The same customer, who was somebody else until the middle of the first visit."""
    store = engine.store(timezone="UTC")
    moves = [*visit("user:1", "2025-03-03", "s1"), *visit("user:1", "2025-04-07", "s2")]
    write(store, [move | {"visitor_id": "anon:7"} if place < 3 else move for place, move in enumerate(moves)])
    seen = {"one": ["anon:7"], "other": ["user:1"], "ts": [when("2025-03-03")], "event_id": ["m"], "source": ["web"]}  # fmt: skip
    Resolver(store, Rules()).take(pl.DataFrame(seen).cast(SEEN))
    return store


@pytest.fixture(scope="module")
def moment(engine):
    """A whole visit in one millisecond, all of it told twice but for the order."""
    store = engine.store(timezone="UTC")
    moves = [move | {"ts": when("2025-03-03 12:00")} for move in visit("user:1", "2025-03-03", "s1")]
    write(store, [*moves, *moves[:-1]])
    return store


@pytest.fixture(scope="module")
def many(engine):
    """Ten thousand visitors of as many cities, one of whom goes on."""
    store = engine.store(timezone="UTC")
    number = pl.int_range(PARTS).cast(pl.String)
    told = pl.select(
        event_id="e" + number, visitor_id="user:" + number, session_id="s" + number, city="city " + number,
        name=pl.lit("Page Viewed"), source=pl.lit("test"), url=pl.lit("https://shop.example/"), props=pl.lit("{}"),
        ts=pl.lit(when("2025-03-01")),
    )  # fmt: skip
    store.append(told.cast({name: COLUMNS[name] for name in told.columns}))
    write(store, visit("user:0", "2025-03-01", "s0", city="city 0")[1:])
    return store


@every
def test_nothing_is_said_in_a_sentence(single, kind):
    found = ask(single, question(kind, period="2019-05", language="ar"), today=TODAY)
    assert found.sentence
    assert found.sample == 0
    assert not any(number.value for number in found.numbers if number.kind == "count")


@every
def test_one_millisecond_is_one_customer(moment, kind):
    found = ask(moment, question(kind, stage="purchase"), today=TODAY)
    assert found.sample > 0
    assert set(counted(found).values()) <= {1}, counted(found)


@every
def test_a_single_customer_is_one_merged_in_mid_way_or_not(single, merged, kind):
    """The answer is the one to a customer who was known all along."""
    alone, found = (ask(store, question(kind), today=TODAY) for store in (single, merged))
    assert alone.sample > 0
    assert set(counted(alone).values()) <= {1}, counted(alone)
    assert found.sentence == alone.sentence
    assert found.numbers == alone.numbers
    assert found.rows == alone.rows


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if kind.breaks_down or kind.name == "breakdown"],
    ids=lambda kind: kind.name,
)
def test_ten_thousand_parts_add_up_to_the_whole(many, kind):
    split = {"dimension": "city", "measure": "customers", "step": "Page Viewed"} if kind.name == "breakdown" else {"breakdown": "city"}  # fmt: skip
    found = ask(many, question(kind, period="2025-03", **split), today=TODAY)
    assert found.sentence
    assert set(counted(found).values()) <= {1 if kind.name == "retention" else PARTS}, counted(found)
    assert len(found.rows) <= 8 * PARTS  # no silent days of all of them
