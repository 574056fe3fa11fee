"""What is left of sales, by orders that can be counted on the fingers."""

from __future__ import annotations

import polars as pl
import pytest

from masarat.analyse import ask, read
from masarat.analyse.customer_profit import CustomerProfit
from masarat.analyse.profitability import Profitability
from masarat.analyse.segments import customers_of
from masarat.errors import BadParameter
from masarat.events import hash_of
from masarat.records.rates import read_fees
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules
from masarat.resolve.resolver import Resolver
from tests.support.shop import answer, event, order, refund
from tests.support.shop import write as write_rows

CASH = "cash on delivery"
RATES = {
    "payment_fees": "mada=1%, Card=2%+1",
    "parcel_cost": 20,
    "minute_cost": 0.5,
    "point_value": 0.1,
}


def write(store, rows):
    write_rows(store, [{"props": "{}", **row} for row in rows])


def products(store, **costs):
    """Products with what one costs; of what is named `none` nothing is known."""
    rows = [{"product_id": name, "cost": float(cost), "name": name.title()} for name, cost in costs.items()]
    when = pl.lit("2025-01-01").str.to_datetime("%Y-%m-%d", time_unit="ms", time_zone="UTC")
    frame = pl.DataFrame(rows).with_columns(
        pl.col("cost").cast(pl.Decimal(18, 4)), source=pl.lit("sheet"), currency=pl.lit("SAR"), ts=when
    )
    store.insert("products", frame)


EVENTS = [
    # 100 of pot (cost 40) and 50 of cups (2 × 10), 10 off, 15 of delivery, by mada; a ticket of 30 minutes, 100 points
    order("user:a", "2025-03-01", 150, items=[("pot", 1, 100), ("cup", 2, 50)], discount=10, tax=24.75, shipping=15,
          payment="mada", city="Riyadh", channel="email", order_id="1"),
    event("Ticket Solved", "user:a", "2025-03-05", order_id="1", props='{"minutes": 30}'),
    event("Points Spent", "user:a", "2025-03-05", order_id="1", props='{"points": 100}'),
    # the pot comes back
    refund("user:a", "2025-03-09", 100, items=[("pot", -1, -100)], order_id="1", city="Riyadh"),
    # refused at the door: nothing is earned, two parcels are paid for
    order("user:b", "2025-03-02", 80, items=[("pot", 1, 80)], tax=12, shipping=25, payment=CASH, city="Abha", order_id="2"),
    event("Delivery Refused", "user:b", "2025-03-04", order_id="2", props='{"courier": "Sahm"}'),
    refund("user:b", "2025-03-06", 80, items=[("pot", -1, -80)], order_id="2", city="Abha"),
    # by nobody, at the branch: 30 of something that has no cost
    order("", "2025-03-03", 30, items=[("box", 3, 30)], tax=4.5, payment="card", city="Riyadh", branch="Riyadh", order_id="3"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(engine):
    """Only read."""
    store = engine.store()
    write(store, EVENTS)
    products(store, pot=40, cup=10, box=0)
    return store


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def by(found, *names):
    return {row["part"]: tuple(row[name] for name in names) for row in found.rows}


def test_from_the_list_price_to_the_profit(shop):
    found = answer(shop, Profitability(by="city", **RATES))
    told = numbers(found)
    assert told["listed"] == 270
    assert told["gross"] == 260
    assert (told["refused"], told["returned"], told["vat"]) == (80, 100, None)
    assert told["cost"] == 20  # two cups; both pots are back
    # parcels: one out and back, one refused: out and back; the 15 that user:a paid for delivery is kept
    assert told["shipping"] == 4 * 20 - 15
    # 1 % of 150 + 24.75 + 15, and 2 % of 34.50 + 1 at the till; what was refused has no fee
    assert told["fees"] == pytest.approx(1.8975 + 1.69)
    assert (told["service"], told["points"]) == (15, 10)
    profit = 260 - 180 - 20 - 65 - 3.5875 - 25
    assert told["profit"] == pytest.approx(profit)
    assert told["margin"] == pytest.approx(profit / 80)
    assert told["cost_known"] == pytest.approx(230 / 260)
    rows = by(found, "gross", "returned", "refused", "cost", "shipping", "service", "profit")
    assert rows["Abha"] == (80, 0, 80, 0, 40, 0, -40)
    assert rows["Riyadh"][:6] == (180, 100, 0, 20, 25, 15)
    assert found.sentence == (
        "Of SAR 260 sold SAR -33.59 is left, -42% of net revenue. Riyadh leaves most: SAR 6.41. "
        "One of the listed loses money: Abha, SAR -40.00."
    )
    assert "The cost of goods is not known for 12% of revenue" in " ".join(found.notes)
    assert "Goods of SAR 40.00 that were sent back are counted as sold again" in " ".join(found.notes)


@pytest.mark.parametrize("split", ["product", "month"])
def test_parts_come_to_the_whole_to_the_halala(shop, split):
    asked = answer if split == "month" else ask
    found = asked(shop, Profitability(by=split, vat_percent=15, **RATES))
    told = numbers(found)
    for name in ("gross", "discounts", "refused", "returned", "vat", "cost", "shipping", "fees", "service", "points", "profit"):  # fmt: skip
        assert sum(row[name] or 0 for row in found.rows) == pytest.approx(told[name], abs=1e-6), name
    if split == "product":
        rows = by(found, "gross", "refused", "returned", "cost", "orders")
        assert rows["Pot"] == (180, 80, 100, 0, 2)
        assert rows["Cup"] == (50, 0, 0, 20, 1)
        assert (
            next(row for row in found.rows if row["part"] == "Box")["margin"] is None
        )  # no cost is known of it
    if split == "month":
        assert [row["part"] for row in found.rows] == ["March 2025"]


def test_what_is_not_told_is_not_known(shop):
    found = ask(shop, Profitability(by="city", language="ar"))
    told = numbers(found)
    assert {name for name, value in told.items() if value is None} == {
        "vat",
        "shipping",
        "fees",
        "service",
        "points",
    }
    assert told["profit"] == 260 - 180 - 20
    assert "shipping" not in [column.name for column in found.columns]
    assert found.sentence.startswith("من ⁦260⁩ ر.س مبيعات يبقى ⁦60.00⁩ ر.س، أي ⁦75٪⁩ من صافي الإيرادات.")
    left = next(note for note in found.notes if "parcel_cost" in note)
    assert "30 دقيقة خدمة" in left
    assert "100 نقطة مصروفة" in left
    assert "payment_fees" in left


def test_goods_that_came_back_and_cannot_be_sold_again(shop):
    assert (
        numbers(ask(shop, Profitability(by="city", resold=0)))["cost"] == 60
    )  # the pot is lost; the refused one is not
    assert numbers(ask(shop, Profitability(by="product", resold=0.5)))["cost"] == 40


def test_customers_and_those_who_cost_money(shop):
    found = ask(shop, CustomerProfit(**RATES))
    told = numbers(found)
    assert [row["customer"] for row in found.rows] == ["user:a", "user:b"]
    assert (told["customers"], told["losing"], told["loss"]) == (2, 2, pytest.approx(-40 - 21.8975))
    assert told["unnamed"] == pytest.approx(30 - 1.69)
    assert sum(row["profit"] for row in found.rows) + told["unnamed"] == pytest.approx(told["profit"])
    assert told["profit"] == pytest.approx(numbers(ask(shop, Profitability(by="city", **RATES)))["profit"])
    assert (told["peak"], found.picture.rows) == (None, [])
    assert "No curve" in found.sentence
    assert found.rows[1]["why"] == ["refused at the door SAR 80.00", "delivery SAR 40.00"]
    losing = CustomerProfit(show="losing", limit=1, language="ar", **RATES)
    arabic = ask(shop, losing)
    assert [row["customer"] for row in arabic.rows] == ["user:b"]
    assert arabic.sentence.startswith("عميلان يُبقيان ⁦-61.90⁩ ر.س. لا منحنى")
    assert "وعميلان يكلّفان مالًا" in arabic.sentence
    assert set(customers_of(shop, losing)) == {hash_of("user:a"), hash_of("user:b")}


def test_the_whale_rises_above_the_whole(store):
    """40, 10 and 0 are left of three customers, the fourth costs 25: 160 %, 200 %, 200 %, 100 %."""
    sold = [("a", 80), ("b", 50), ("c", 40)]
    write(
        store,
        [
            *(
                order(f"user:{who}", "2025-03-01", worth, items=[("pot", 1, worth)], tax=1)
                for who, worth in sold
            ),
            order("user:d", "2025-03-01", 15, items=[("pot", 1, 15)], tax=1),
        ],
    )
    products(store, pot=40)
    found = ask(store, CustomerProfit())
    assert [(row["share_of_customers"], row["share"]) for row in found.picture.rows] == [
        (0, 0),
        (0.25, 1.6),
        (0.5, 2),
        (0.75, 2),
        (1, 1),
    ]
    assert (numbers(found)["peak"], numbers(found)["top_20"]) == (2, 1.6)
    assert found.sentence == (
        "4 customers leave SAR 25.00, 14% of net revenue. The top 20% bring 160% of it; at its peak the curve stands at 200%, "
        "then customers who cost money take it down. One customer costs money: SAR -25.00."
    )
    assert found.rows[-1]["why"] == ["sold below cost SAR 40.00"]


def test_without_any_cost_there_is_no_profit(store):
    write(
        store,
        [order("user:a", "2025-03-01", 100, items=[("pot", 1, 100)]), order("user:b", "2025-03-01", 50)],
    )
    for question in (Profitability(), CustomerProfit()):
        found = ask(store, question)
        assert "not enough is known to tell a profit" in found.sentence
        assert (numbers(found)["cost"], numbers(found)["margin"], numbers(found)["cost_known"]) == (
            None,
            None,
            0,
        )
        assert any("No cost is known of anything sold" in note for note in found.notes)
    assert any("100% of revenue tells no VAT" in note for note in found.notes)
    assert numbers(ask(store, Profitability(vat_percent=15)))["vat"] == pytest.approx(150 * 15 / 115)


def test_all_returns_and_nothing_but_free_orders(store):
    write(
        store,
        [
            refund("user:a", "2025-03-09", 100, items=[("pot", -1, -100)], order_id="1"),
            refund(
                "user:a", "2025-03-09", 100, items=[("pot", -1, -100)], order_id="1"
            ),  # in the same millisecond
        ],
    )
    products(store, pot=40)
    write(
        store,
        [{**order("user:b", "2025-04-01", 0, items=[("pot", 2, 0)]), "event_id": "free", "order_id": "9"}],
    )
    found = ask(store, Profitability(period="2025-03", resold=0))
    assert (numbers(found)["returned"], numbers(found)["profit"], numbers(found)["margin"]) == (
        200,
        -200,
        None,
    )
    given = ask(store, CustomerProfit(period="2025-04"))
    assert (numbers(given)["cost"], numbers(given)["profit"], numbers(given)["peak"]) == (80, -80, None)
    assert given.rows[0]["why"] == ["sold below cost SAR 80.00"]


def test_whoever_was_merged_is_one_and_another_currency_is_apart(store):
    write(
        store,
        [
            order("user:a", "2025-03-01", 100, items=[("pot", 1, 100)], order_id="1"),
            refund("phone:+966501234567", "2025-03-05", 100, items=[("pot", -1, -100)], order_id="1"),
            order("user:k", "2025-03-01", 9, items=[("pot", 1, 9)], currency="KWD", order_id="k"),
            event("Ticket Solved", "user:a", "2025-03-05", order_id="1", props='{"minutes": 10}'),
        ],
    )
    products(store, pot=40)
    Resolver(store, Rules()).decide(Decision("merge", "user:a", "phone:+966501234567"), "", "noura")
    found = ask(store, CustomerProfit(minute_cost=1))
    assert [(row["customer"], row["profit"]) for row in found.rows] == [("user:a", -10)]
    gulf = ask(store, CustomerProfit(minute_cost=1, currency="KWD"))
    assert [(row["customer"], row["profit"], row["cost_known"]) for row in gulf.rows] == [("user:k", 9, 0)]
    assert numbers(gulf)["service"] == 0  # that ticket is of an order in riyals


def test_a_wholesaler_ten_thousand_products_and_a_segment(store):
    items = [(f"p{n:05}", 1, 1) for n in range(10_000)]
    write(
        store,
        [
            order("user:w", "2025-03-01", 10_000, items=items, channel="store", tax=1500, payment="mada"),
            order("user:x", "2025-03-01", 10, items=[("p00001", 1, 10)], channel="email", tax=1),
            event("Ticket Solved", "user:x", "2025-03-01 09:00", order_id="o1", props='{"minutes": 4}'),
        ],
    )
    products(store, **{f"p{n:05}": 0.9 for n in range(10_000)})
    found = ask(store, Profitability(limit=10_000, payment_fees="mada=1%"))
    assert sum(row["profit"] for row in found.rows) == pytest.approx(numbers(found)["profit"], abs=0.005)
    assert numbers(found)["profit"] == pytest.approx(1000 + 9.1 - 115)
    one = ask(store, Profitability(by="channel", segment="channel=email", minute_cost=1))
    assert [(row["part"], row["service"]) for row in one.rows] == [("email", 4)]


def test_fees_are_read_as_people_write_them():
    assert read_fees("mada=0.8%، بطاقة=2.5٪+1; cash=0\n*=+2") == {
        "mada": (0.8, 0), "بطاقه": (2.5, 1), "cash": (0, 0), "*": (0, 2),
    }  # fmt: skip
    for wrong in ("mada", "mada=cheap", "=1%", "mada=1%2"):
        with pytest.raises(BadParameter):
            read(Profitability, {"payment_fees": wrong})


def test_rates_of_the_shop_count_where_the_question_has_none(engine):
    store = engine.store(timezone="UTC", payment_fees="mada=1%", parcel_cost=20, vat_percent="")
    write_rows(store, [order("user:1", "2025-05-02", 100, payment="mada")])
    found = answer(store, Profitability(language="en"))
    figures = {number.name: number.value for number in found.numbers}
    assert (figures["fees"], figures["shipping"], figures["vat"]) == (1, 20, None)
    assert "As the shop’s settings say: Payment fees mada=1%, Cost of a parcel 20." in found.notes
    assert (found.parameters["parcel_cost"], found.parameters["point_value"]) == (20, None)
    own = answer(store, Profitability(parcel_cost=0, payment_fees="*=5%", language="ar"))
    figures = {number.name: number.value for number in own.numbers}
    assert (figures["fees"], figures["shipping"]) == (5, 0)
    assert not any("إعدادات المتجر" in note for note in own.notes)
    assert any("بحسب إعدادات المتجر: تكلفة الشحنة" in note for note in answer(store, CustomerProfit(payment_fees="*=5%", language="ar")).notes)  # fmt: skip
