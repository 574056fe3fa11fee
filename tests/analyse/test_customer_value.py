"""Customers by what they will bring: each against the model asked directly, all together against `lifetime_value`."""

from __future__ import annotations

import pytest

from masarat.analyse.customer_value import CustomerValue
from masarat.analyse.lifetime_value import LifetimeValue
from tests.analyse.test_lifetime_value import customers
from tests.support.shop import answer, order, refund, write


@pytest.fixture(scope="module")
def shop(engine):
    """Only read; one spends ten times as much, another was given back more than they paid."""
    store = engine.store()
    made = customers(1)
    made += [order("user:rich", f"2024-0{month}-10", 1000, visitor_id="user:rich") for month in range(1, 10)]
    made += [order("user:back", "2024-03-01", 50), refund("user:back", "2024-03-05", 90)]
    write(store, made)
    return store


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_the_rows_add_up_to_what_is_expected_of_all(shop):
    found = answer(shop, CustomerValue(limit=10_000))
    values = numbers(found)
    assert len(found.rows) == values["customers"]
    assert sum(row["expected"] for row in found.rows) == pytest.approx(values["expected"], rel=1e-9)
    assert sum(row["alive"] for row in found.rows) == pytest.approx(values["alive"], rel=1e-9)
    assert sum(row["brought"] for row in found.rows) == pytest.approx(values["brought"], rel=1e-9)
    whole = answer(shop, LifetimeValue())
    assert values["expected"] == pytest.approx(
        numbers(whole)["expected"] * numbers(whole)["customers"], rel=1e-9
    )
    assert values["alive"] == pytest.approx(numbers(whole)["alive"], rel=1e-9)


def test_the_best_come_first_and_money_follows_the_customer(shop):
    found = answer(shop, CustomerValue(limit=3))
    assert [row["rank"] for row in found.rows] == [1, 2, 3]
    first = found.rows[0]
    assert (first["customer"], first["bought"], str(first["last_order"])) == ("user:rich", 9, "2024-09-10")
    assert first["value"] == pytest.approx(first["brought"] + first["expected"])
    assert first["expected"] / first["purchases"] > 500, "their own mean, drawn a little to that of all"
    assert 0.2 < numbers(found)["top_20"] <= 1
    shares = [point["share"] for point in found.picture.rows]
    assert shares[0] == 0
    assert shares[-1] == pytest.approx(1)
    assert shares == sorted(shares)
    assert "user:rich" in found.sentence


def test_margin_and_discount_take_their_part(shop):
    plain, half = answer(shop, CustomerValue()), answer(shop, CustomerValue(margin=50))
    assert numbers(half)["expected"] == pytest.approx(numbers(plain)["expected"] / 2)
    later = answer(shop, CustomerValue(discount_rate=20))
    assert numbers(later)["expected"] < numbers(plain)["expected"]


def test_nobody_brings_less_than_nothing(shop):
    rows = answer(shop, CustomerValue(limit=10_000)).rows
    back = next(row for row in rows if row["customer"] == "user:back")
    assert back["brought"] == -40
    assert back["expected"] >= 0


def test_of_few_customers_nothing_is_foretold(store):
    write(store, [order("user:a", "2025-01-01", 10), order("user:a", "2025-02-01", 10)])
    found = answer(store, CustomerValue(language="en"))
    assert [(row["brought"] > 0, row["expected"], row["alive"]) for row in found.rows] == [
        (True, None, None)
    ] * len(found.rows)
    assert numbers(found)["expected"] is None
    assert "cannot be told yet" in found.sentence
    assert "there is one" in found.sentence
