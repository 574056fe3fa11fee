"""Kinds of visits that were planted are found and told by what sets them apart."""

from __future__ import annotations

import polars as pl
import pytest

from masarat.analyse.path_groups import FEW, PathGroups
from masarat.store import identities
from tests.support.shop import answer, event, order, write

LOOKS = ("Page Viewed", "Product List Viewed", "Product Viewed", "Product Viewed", "Product Viewed")
BUYS = ("Page Viewed", "Product Viewed", "Product Added", "Cart Viewed", "Checkout Started")
HELPED = ("Page Viewed", "Products Searched", "Form Submitted")


def visit(number, steps, bought=0.0):
    """One visit of one visitor: its steps a minute apart, an order at the end."""
    who, day = f"anon:{number}", f"2025-03-{1 + number % 20:02}"
    for minute, step in enumerate(steps):
        yield event(
            step, who, f"{day} 10:{minute:02}", session_id=f"v{number}", event_id=f"{number}-{minute}"
        )
    if bought:
        yield order(
            who, f"{day} 10:30", bought, session_id=f"v{number}", event_id=f"{number}-o", order_id=str(number)
        )


def visits():
    """60 that look around, 40 that fill a cart, of whom 10 buy for 50 each, 20 that seek help."""
    for number in range(60):
        yield from visit(number, LOOKS[: 5 - (number % 6 == 0)])
    for number in range(60, 100):
        yield from visit(number, BUYS[: 5 - (number % 5 == 0)], bought=50.0 if number < 70 else 0.0)
    for number in range(100, 120):
        yield from visit(number, HELPED)


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store(timezone="UTC")
    write(store, visits())
    return store


def asked(shop, **parameters):
    return answer(shop, PathGroups(**{"language": "en", "compare": "none", **parameters}))


def test_planted_kinds_are_found_with_what_they_brought(shop):
    found = asked(shop)
    assert [(row["group"], row["visits"]) for row in found.rows] == [
        ("Product List Viewed, Product Viewed ×3+; without Cart Viewed, Product Added", 60),
        ("Cart Viewed, Product Added, Checkout Started; without Product List Viewed", 40),
        ("Form Submitted, Products Searched; without Product Viewed, Product List Viewed", 20),
    ]
    cart = found.rows[1]
    assert (cart["share"], cart["conversion"], cart["revenue"], cart["per_visit"]) == (
        40 / 120,
        0.25,
        500,
        12.5,
    )
    assert (round(cart["conversion_low"], 3), round(cart["conversion_high"], 3)) == (0.142, 0.402)  # Wilson
    assert cart["path"] == list(BUYS)
    assert found.rows[0]["path"] == ["Page Viewed", "Product List Viewed", "Product Viewed"]
    assert {number.name: number.value for number in found.numbers} == {
        "visits": 120,
        "groups": 3,
        "conversion": 10 / 120,
    }
    assert found.sentence == (
        "120 visits fall into 3 kinds. The largest (50%): Product List Viewed, Product Viewed ×3+; without Cart Viewed, Product Added. "
        "Most often bought: Cart Viewed, Product Added, Checkout Started; without Product List Viewed (25% of its visits, against 8.3% of all)."
    )
    assert found.notes == ["One kind has fewer than 30 visits: read the conversion with its interval."]


def test_in_arabic(shop):
    found = asked(shop, language="ar")
    assert (
        found.sentence.replace("\u2068", "")
        .replace("\u2069", "")
        .replace("\u2066", "")
        .startswith(
            "120 زيارة تقع في 3 أنواع. أكبرها (50٪): شاهد قائمة منتجات، شاهد منتجًا ×3+؛ وليس فيها: شاهد السلة، أضاف إلى السلة."
        )
    )


def test_the_order_of_rows_makes_no_difference(shop, engine):
    turned = engine.store(timezone="UTC")
    write(turned, reversed(list(visits())))
    assert asked(turned).rows == asked(shop).rows


def test_merged_visitors_have_one_visit(engine):
    store = engine.store(timezone="UTC")
    write(
        store,
        [*visits(), event("Product Viewed", "user:1", "2025-03-02 10:10", session_id="v1", event_id="late")],
    )
    identities.change_owners(store, pl.DataFrame({"identifier": ["anon:1"], "owner": ["user:1"]}))
    assert asked(store).sample == 120


def test_few_visits_are_no_kinds(engine):
    store = engine.store(timezone="UTC")
    write(store, list(visits())[: 5 * 20])
    found = asked(store)
    assert (found.rows, f"too few to tell kinds of visits apart; {FEW} are needed" in found.sentence) == (
        [],
        True,
    )
    assert "أقل من أن تتبين" in asked(store, language="ar").sentence


def test_where_all_visits_are_alike_there_are_no_kinds(engine):
    store = engine.store(timezone="UTC")
    write(store, [move for number in range(FEW) for move in visit(number, LOOKS)])
    found = asked(store)
    assert (
        found.sentence
        == "100 visits do not fall into kinds: what is done in one says little about what else is."
    )
    assert [row["group"] for row in found.rows] == ["Like most visits"]


def test_an_empty_period_says_so(shop):
    assert "No visit of these days can be followed" in asked(shop, period="2024").sentence


def test_ten_thousand_pages(engine):
    store = engine.store(timezone="UTC")
    pages = [
        event("Page Viewed", f"anon:{n % 5000}", f"2025-03-01 {n // 5000:02}:00", session_id=f"v{n % 5000}",
              event_id=str(n), url=f"https://s.sa/{n}")
        for n in range(10_000)
    ]  # fmt: skip
    write(store, pages)
    found = asked(store, of="page")
    assert (found.sample, len(found.columns)) == (5000, 9)
