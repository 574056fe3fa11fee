"""Groups of customers: planted ones are found and named, one cloud has none, and who is in one is placed alike everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from masarat.analyse import explain, found_segments
from masarat.analyse.found_customers import FoundCustomers
from masarat.analyse.found_model import fitted, read_model
from masarat.analyse.found_segments import FoundSegments
from masarat.analyse.segments import customers_of
from masarat.errors import BadParameter
from tests.support.shop import answer, order, refund, write


def planted():
    """Forty who buy often and little at full price, forty who came once for much, at a discount, by TikTok."""
    dice = np.random.default_rng(7)
    for who in range(40):
        for month in range(1, 7):
            yield order(f"user:{who}", f"2025-{month:02}-{dice.integers(1, 28):02} 10:00", float(dice.normal(50, 5)), channel="email")  # fmt: skip
    for who in range(40, 80):
        yield order(f"user:{who}", f"2025-01-{dice.integers(1, 28):02} 22:00", float(dice.normal(900, 60)), channel="tiktok", discount=100)  # fmt: skip


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store(timezone="UTC")
    write(store, planted())
    return store


def test_planted_groups_are_found_and_named(shop):
    found = answer(shop, FoundSegments(language="en"))
    assert [number.value for number in found.numbers][:2] == [80, 2]
    assert [row["customers"] for row in found.rows] == [40, 40]
    assert [row["share_of_customers"] for row in found.picture.rows] == [0.5, 0.5]
    often, once = sorted(found.rows, key=lambda row: row["aov"])
    assert (often["orders_each"], once["orders_each"]) == (6, 1)
    assert (often["discounted"], once["discounted"]) == (0, 1)
    assert once["share"] == pytest.approx(40 * 900 / (40 * 900 + 240 * 50), abs=0.02)
    assert found.sentence.startswith("Customers fall into 2 groups. The largest: ")
    words = {"buy often", "small orders", "at full price", "bought lately", "by day", "come by email"}
    assert set(often["group"].split(", ")) <= words
    assert answer(shop, FoundSegments(language="ar")).sentence.startswith("عملاؤك مجموعتان، وأكبرها: ")


def test_of_many_some_are_drawn_and_the_answer_says_so(shop, monkeypatch):
    monkeypatch.setattr(found_segments, "SAMPLE", 70)
    found = answer(shop, FoundSegments(language="en"))
    assert found.notes == [
        "Groups were learnt from 70 customers drawn from 80; sizes and money are reckoned from them."
    ]
    assert sum(row["customers"] for row in found.rows) == pytest.approx(80, abs=1)


def test_everybody_is_placed_as_they_were_found(shop):
    query = explain(shop, FoundSegments())
    rows, totals = shop.rows(query), shop.rows(query, "totals")[0]
    model, placed = fitted(rows, totals, 8)
    text = model.to_text()
    sizes = [len(customers_of(shop, FoundCustomers(model=text, group=group))) for group in (1, 2, 3)]
    assert sizes == [*np.bincount(placed.of), 0]
    found = answer(shop, FoundCustomers(model=text, group=2, limit=5, language="ar"))
    assert len(found.rows) == 5
    assert found.sentence.startswith("في المجموعة 2 ⁦40⁩ عميلًا")
    assert fitted(rows, totals, 8)[0].to_text() == text
    for wrong in ("", "[]", "{}", text.replace("email", "").replace("tiktok", "", 1)[:-3], text.replace("[", "[[", 1)):  # fmt: skip
        with pytest.raises(BadParameter, match="not one that was found"):
            read_model(wrong)


def test_one_cloud_and_few_customers_have_no_groups(store):
    dice = np.random.default_rng(2)
    write(store, [order("user:0", "2025-01-05", 5), refund("user:0", "2025-01-06", 5)])
    few = answer(store, FoundSegments(language="en"))
    assert few.sentence == "One customer is too few to look for groups; it takes 60."
    assert few.rows == []
    write(store, [order(f"user:{n}", f"2025-03-{n % 28 + 1:02} 10:00", float(np.exp(dice.normal(4, 0.5))), event_id=f"c{n}", order_id=f"c{n}") for n in range(1, 300)])  # fmt: skip
    cloud = answer(store, FoundSegments(language="en"))
    assert cloud.rows == []
    assert cloud.sentence.startswith("The 300 customers fall into no clear groups")
    assert "لا تتميز" in answer(store, FoundSegments(language="ar")).sentence
    write(store, [order("user:1", "2025-03-05", 9_000_000, event_id="w", order_id="w")])
    assert answer(store, FoundSegments()).rows == [], "one huge wholesaler makes no groups"


def test_an_empty_store_and_zero_prices(store):
    assert answer(store, FoundSegments()).rows == []
    write(store, [order(f"user:{n}", "2025-01-05", 0) for n in range(5)])
    assert answer(store, FoundSegments()).rows == []
