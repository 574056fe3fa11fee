"""Lifetime value: what was brought, by hand; what is to come, against the model asked directly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from masarat.analyse import ask
from masarat.analyse.lifetime_value import LifetimeValue
from masarat.models.lifetime import buying
from tests.oracles.populations import population
from tests.support.shop import answer, order, refund, write

BEGIN = datetime(2024, 1, 1, 9, tzinfo=UTC)


def customers(number):
    """A population as orders of 100 each: repeats on whole days, half of them by mail."""
    x, tx, age = population(number)
    dice, made = np.random.default_rng(1), []
    for one in range(len(x)):
        first = BEGIN + timedelta(days=int(364 - age[one] * 7))
        days = (
            {
                0,
                *(int(day) for day in dice.integers(1, max(2, int(tx[one] * 7) + 1), int(x[one]))),
                int(tx[one] * 7),
            }
            if x[one]
            else {0}
        )
        channel = ("email", "store")[one % 2]
        made += [
            order(f"user:{one}", f"{first + timedelta(days=day):%Y-%m-%d %H:%M}", 100, channel=channel)
            for day in days
        ]
    return made


@pytest.fixture(scope="module")
def shop(engine):
    """Only read."""
    store = engine.store()
    write(store, customers(1))
    return store


def test_what_was_brought_by_hand_and_that_more_cannot_be_told(store):
    write(store, [
        order("user:a", "2025-01-01 10:00", 100, channel="email"), order("user:a", "2025-01-01 12:00", 50, channel="store"),
        order("user:a", "2025-02-01", 50, channel="store"), refund("user:a", "2025-02-02", 20),
        order("user:b", "2025-01-05", 80, channel="store"), order("", "2025-01-06", 999),
    ])  # fmt: skip
    found = answer(store, LifetimeValue())
    rows = {row["part"]: row for row in found.rows}
    assert (rows["email"]["customers"], rows["email"]["brought"], rows["email"]["again"]) == (1, 180, 1)
    assert (rows["store"]["brought"], rows["store"]["expected"]) == (80, None)
    assert found.sentence == (
        "Customers brought SAR 130 each so far. What they will bring cannot be told yet: it needs 100 customers, 30 of them with a second purchase."
    )
    assert ask(store, LifetimeValue(margin=50)).rows[0]["brought"] == 90
    assert "ولا يمكن توقّع" in ask(store, LifetimeValue(language="ar")).sentence
    assert "Nothing in this period" in ask(store, LifetimeValue(period="2024-01")).sentence


def test_what_is_to_come_is_what_the_model_says(shop):
    found = answer(shop, LifetimeValue(by="channel"))
    last = date(found.period.last.year, found.period.last.month, found.period.last.day)
    rows = shop.select(
        "SELECT customer_id, toDate(min(ts), 'Asia/Riyadh') AS a, toDate(max(ts), 'Asia/Riyadh') AS b, uniqExact(toDate(ts, 'Asia/Riyadh')) AS n"
        " FROM events GROUP BY customer_id ORDER BY customer_id"
    )
    x = np.array([row["n"] - 1 for row in rows])
    tx, age = (np.array([(end - row["a"]).days / 7 for row, end in zip(rows, ends, strict=True)])
               for ends in ([row["b"] for row in rows], [last] * len(rows)))  # fmt: skip
    kind = "mbgnbd" if "MBG" in " ".join(found.notes) else "bgnbd"
    model = buying.fitted(buying.Summaries.of(x, tx, age), kind)
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers["expected"] == pytest.approx(100 * model.expected(x, tx, age, 365 / 7).mean(), rel=1e-4)
    assert numbers["alive"] == pytest.approx(model.alive(x, tx, age).sum(), rel=1e-4)
    assert numbers["expected_least"] < numbers["expected"] < numbers["expected_most"]
    assert numbers["value"] == pytest.approx(numbers["brought"] + numbers["expected"])
    assert sum(row["customers"] for row in found.rows) == len(rows)
    weighed = sum(row["customers"] * row["expected"] for row in found.rows) / len(rows)
    assert weighed == pytest.approx(numbers["expected"])
    assert len(found.picture.rows) >= 3


def test_money_to_come_is_worth_less(shop):
    plain, less = (ask(shop, LifetimeValue(by="joined", discount_rate=rate)) for rate in (0, 20))
    of = [
        next(number.value for number in found.numbers if number.name == "expected") for found in (plain, less)
    ]
    assert 0.8 * of[0] < of[1] < 0.95 * of[0]
    assert [row["part"] for row in plain.rows] == sorted(row["part"] for row in plain.rows)
    assert plain.rows[0]["part"] == "2024-01-01"
    assert ask(shop, LifetimeValue(language="ar")).sentence.startswith("جلب كل من")


@pytest.mark.parametrize("money", [0.01, 100_000])
def test_odd_shops_are_no_trouble(store, money):
    """One product, one enormous customer, all returned, prices of next to nothing: figures or a sentence, never a number that is none."""
    made = [order(f"user:{n}", f"2025-01-{1 + n % 28:02}", 1) for n in range(120)]
    made += [order(f"user:{n}", f"2025-03-{1 + n % 28:02}", money) for n in range(40)]
    made += [refund(f"user:{n}", "2025-04-01", 1) for n in range(80, 120)]
    write(store, made)
    found = ask(store, LifetimeValue(horizon=1825))
    numbers = [number.value for number in found.numbers if number.value is not None]
    assert np.isfinite(numbers).all()
    assert "nan" not in found.sentence.lower()


def test_a_model_is_the_best_of_three_or_the_one_asked_for(shop):
    notes = {model: answer(shop, LifetimeValue(model=model, language="en")).notes for model in ("best", "bgnbd", "mbgnbd", "pareto")}  # fmt: skip
    assert any("of three the one that foretold" in note for note in notes["best"])
    for model, title in (("bgnbd", "BG/NBD"), ("mbgnbd", "MBG/NBD"), ("pareto", "Pareto/NBD")):
        assert any(note.startswith(f"The forecast follows {title}, as asked") for note in notes[model])
    assert any("نموذج Pareto/NBD كما طلبت" in note for note in answer(shop, LifetimeValue(model="pareto", language="ar")).notes)  # fmt: skip
    figures = [number.value for number in answer(shop, LifetimeValue(model="pareto")).numbers]
    assert all(figure is None or np.isfinite(figure) for figure in figures)
