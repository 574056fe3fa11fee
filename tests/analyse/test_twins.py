"""A sale that the shop, the till and the books tell is one sale: the shop's, with the money of the books."""

import pytest

from masarat.analyse import twins
from masarat.analyse.products import Products
from masarat.analyse.reconcile import Reconcile
from masarat.analyse.revenue import Revenue
from masarat.analyse.top_customers import TopCustomers
from masarat.analyse.twins import meet
from tests.support.shop import answer, order, refund, write


def told(source, who, ts, net, number, **columns):
    return order(who, ts, net, order_id=number, source=source, **{"props": "{}"} | columns)


def taken_back(source, who, ts, amount, number, **columns):
    return refund(who, ts, amount, order_id=number, source=source, **{"props": "{}"} | columns)


def revenue(store, **parameters):
    found = answer(store, Revenue(language="en", **parameters))
    return {number.name: number.value for number in found.numbers}["net"]


def day_by_day(store):
    return {
        str(row["start"]): row["net"]
        for row in answer(store, Revenue(by="day", language="en")).rows
        if row["net"]
    }


def test_the_books_win_for_money_and_the_shop_for_the_rest(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05 10:00", 100, "1001", channel="email"),
            told("qoyod", "b", "2025-01-07", 90, "INV-1", props='{"reference": "1001"}'),
            told("salla", "c", "2025-01-10", 40, "1002"),  # without an invoice
            told("qoyod", "d", "2025-01-12", 7, "INV-2"),  # without an order
        ],
    )
    assert revenue(store) == 237
    assert meet(store) == 2
    assert day_by_day(store) == {"2025-01-05": 90, "2025-01-10": 40, "2025-01-12": 7}
    who = answer(store, TopCustomers(language="en")).rows
    assert [(row["customer"], row["revenue"]) for row in who] == [("a", 90), ("c", 40), ("d", 7)]
    assert revenue(store, segment="channel=email") == 90
    assert meet(store) == 0


def test_without_a_number_customer_amount_and_day_tell(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05 10:00", 100, "1001"),
            told("qoyod", "a", "2025-01-06", 100.5, "INV-1"),
            told("qoyod", "a", "2025-01-06", 50, "INV-2"),
            told("qoyod", "z", "2025-01-05", 100, "INV-3"),
        ],
    )
    meet(store)
    assert day_by_day(store) == {"2025-01-05": 100.5 + 100, "2025-01-06": 50}


def test_what_is_given_back_is_given_back_once(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, "1001"),
            told("qoyod", "a", "2025-01-05", 100, "1001"),
            taken_back("salla", "a", "2025-01-08", 30, "1001"),
            taken_back("qoyod", "a", "2025-01-08", 28, "CN-1", props='{"original": "1001"}'),
        ],
    )
    assert meet(store) == 4
    assert day_by_day(store) == {"2025-01-05": 100, "2025-01-08": -28}


def test_delivery_among_the_lines_of_an_invoice_is_no_revenue(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, "1001", shipping=15),
            told("qoyod", "a", "2025-01-05", 115, "1001"),
            told("salla", "a", "2025-01-06", 100, "1002", shipping=15),
            told("qoyod", "a", "2025-01-06", 98, "1002", shipping=15),
            told("salla", "a", "2025-01-07", 100, "1003", shipping=15),
            told("qoyod", "a", "2025-01-07", 99, "1003"),  # forgotten altogether
        ],
    )
    meet(store)
    assert day_by_day(store) == {"2025-01-05": 100, "2025-01-06": 98, "2025-01-07": 99}


def test_lines_are_what_the_books_say_in_proportion(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, "1", product_ids=["cup", "pot"], product_revenues=[25, 75],
                 product_quantities=[1, 1], product_names=["cup", "pot"], product_categories=["", ""]),
            told("qoyod", "a", "2025-01-05", 80, "1"),
        ],
    )  # fmt: skip
    meet(store)
    found = answer(store, Products(language="en"))
    assert {row["product"]: row["net"] for row in found.rows} == {"cup": 20, "pot": 60}


@pytest.mark.parametrize(
    ("number", "ts", "amount", "left"),
    [
        ("1001", "2025-01-05 10:20", 100, 1),
        ("1001", "2025-01-05 10:20", 60, 2),  # two tills count from 1001 as well
        ("1001", "2025-01-09 10:20", 100, 2),
        ("88", "2025-01-05 10:01", 100, 2),  # the same again, in the shop itself
    ],
)
def test_a_till_tells_the_shops_order_by_number_amount_and_day(store, number, ts, amount, left):
    write(
        store,
        [
            told("salla", "a", "2025-01-05 10:00", 100, "1001"),
            told("foodics", "a", ts, amount, number),
        ],
    )
    meet(store)
    assert revenue(store) == 100 + amount * (left - 1)


def test_three_tell_one_sale(store):
    """The invoice names the till's number: the shop's order stands, with the money of the invoice."""
    write(
        store,
        [
            told("salla", "a", "2025-01-05 10:00", 100, "#1001"),
            told("foodics", "", "2025-01-05 10:05", 100, "1001", props='{"reference": "1001"}'),
            told("qoyod", "", "2025-01-05", 97, "1001"),
        ],
    )
    meet(store)
    assert [(row["customer"], row["revenue"]) for row in answer(store, TopCustomers()).rows] == [("a", 97)]
    assert revenue(store) == 97


def test_what_goes_leaves_the_other_alone(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, "1001"),
            told("qoyod", "a", "2025-01-05", 90, "1001"),
        ],
    )
    meet(store)
    store.command("DELETE FROM events WHERE source = 'salla'")
    assert meet(store) == 2
    assert revenue(store) == 90


def test_tellings_of_one_moment_and_number_are_nobodys_twins(store):
    """Two orders without a number at midnight of a day: nothing tells which is which, so both count."""
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, ""),
            told("salla", "b", "2025-01-05", 50, ""),
            told("qoyod", "a", "2025-01-05", 100, "INV-1"),
        ],
    )
    assert meet(store) == 0
    assert revenue(store) == 250


def test_books_of_another_name_and_every_currency(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, "1", currency="SAR"),
            told("our-books", "a", "2025-01-05", 90, "1", currency="SAR"),
            told("salla", "a", "2025-01-05", 10, "2", currency="USD"),
            told("our-books", "a", "2025-01-05", 9, "2", currency="USD"),
        ],
    )
    assert meet(store) == 0
    assert meet(store, ("our-books",)) == 4
    assert (revenue(store, currency="SAR"), revenue(store, currency="USD")) == (90, 9)


def test_reconcile_still_sees_both(store):
    write(
        store,
        [
            told("salla", "a", "2025-01-05", 100, "1001"),
            told("qoyod", "a", "2025-01-05", 90, "1001", tax=13.5),
        ],
    )
    meet(store)
    found = answer(store, Reconcile(language="en"))
    assert [(row["shop_net"], row["books_net"]) for row in found.rows] == [(100, 90)]


def test_where_nothing_changed_nothing_is_done(store, monkeypatch):
    write(store, [told("salla", "a", "2025-01-05", 100, "1"), told("qoyod", "b", "2025-01-05", 90, "1")])
    assert meet(store) == 2
    sought = []
    monkeypatch.setattr(twins, "_found", lambda *_: sought.append(1) or twins._NOBODY)
    assert (meet(store), sought) == (0, [])
    monkeypatch.undo()
    later = {"event_id": "e8"}, {"event_id": "e9"}
    write(
        store,
        [
            told("qoyod", "c", "2025-01-06", 7, "2", **later[0]),
            told("salla", "c", "2025-01-06", 8, "2", **later[1]),
        ],
    )
    assert meet(store) == 2
    assert revenue(store) == 97
