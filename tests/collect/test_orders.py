"""Rows → events, by hand: every rule of orders.py on a handful of rows."""

from datetime import UTC, datetime

import polars as pl
import pytest

from masarat.collect.fields import DTYPES, FIELD_NAMES, ROW_NUMBER
from masarat.collect.kinds.orders import read_orders
from masarat.collect.people import traits

DAY = datetime(2025, 3, 1, 9, tzinfo=UTC)


def rows(*given: dict[str, object]) -> pl.DataFrame:
    """Typed rows as `mapping.read_batch` gives them; the time is DAY where none is given."""
    given = tuple({"ts": DAY, **row} for row in given)
    names = list(dict.fromkeys(name for row in given for name in row))
    schema = {name: DTYPES[FIELD_NAMES[name].kind] if name in FIELD_NAMES else pl.String() for name in names}
    frame = pl.DataFrame([{name: row.get(name) for name in names} for row in given], schema=schema)
    texts = [name for name, dtype in schema.items() if dtype == pl.String and name != "props"]
    return frame.with_columns(pl.col(texts).fill_null(""), *_props(frame)).with_row_index(ROW_NUMBER, 2)


def _props(frame):
    return [pl.col("props").fill_null("{}")] if "props" in frame.columns else [pl.lit("{}").alias("props")]


def orders(*given, source="shop", currency="SAR"):
    return read_orders(rows(*given), source=source, currency=currency)


def told(found, *columns):
    """(name, revenue, …) of each event, as plain values."""
    events = found.events
    return [
        (name.removeprefix("Order "), float(revenue), *rest)
        for name, revenue, *rest in events.select("name", "revenue", *columns).iter_rows()
    ]


def test_lines_of_one_number_are_one_order():
    found = orders(
        {"order_id": "1", "customer_id": "7", "product_id": "A", "quantity": 2, "unit_price": 2.55},
        {"order_id": "1", "customer_id": "7", "product_id": "B", "quantity": 1, "unit_price": 3.39},
        {"order_id": "2", "customer_id": "8", "product_id": "A", "quantity": 1, "unit_price": 2.55},
    )
    assert told(found, "order_id", "visitor_id") == [
        ("Completed", 8.49, "1", "shop:7"),
        ("Completed", 2.55, "2", "shop:8"),
    ]
    first = found.events.row(0, named=True)
    assert first["product_ids"] == ["A", "B"]
    assert [float(q) for q in first["product_quantities"]] == [2, 1]
    assert [float(r) for r in first["product_revenues"]] == [5.1, 3.39]
    assert first["currency"] == "SAR"


def test_returned_lines_become_a_refund():
    found = orders(
        {"order_id": "1", "product_id": "A", "quantity": 2, "unit_price": 10},
        {"order_id": "1", "product_id": "B", "quantity": -1, "unit_price": 4},
        {"order_id": "C9", "product_id": "A", "quantity": -2, "unit_price": 10},
    )
    assert told(found) == [("Completed", 20), ("Refunded", -4), ("Refunded", -20)]
    assert (found.returned, found.cancelled) == (2, 1)


def test_a_returned_line_with_a_positive_total_is_negative():
    assert told(orders({"order_id": "1", "quantity": -1, "line_total": 25})) == [("Refunded", -25)]


def test_a_discount_line_stays_and_a_negative_order_is_a_refund():
    found = orders(
        {"order_id": "1", "product_id": "A", "quantity": 1, "line_total": 100},
        {"order_id": "1", "product_id": "gift card", "quantity": 1, "line_total": -30},
        {"order_id": "2", "product_id": "bad debt", "quantity": 1, "line_total": -11},
    )
    assert told(found) == [("Completed", 70), ("Refunded", -11)]


def test_statuses():
    found = orders(
        {"order_id": "1", "product_id": "A", "quantity": 1, "line_total": 10, "status": "completed"},
        {"order_id": "2", "product_id": "A", "quantity": 1, "line_total": 20, "status": "cancelled"},
        {"order_id": "3", "product_id": "A", "quantity": 1, "line_total": 30, "status": "refunded"},
        {"order_id": "4", "product_id": "A", "quantity": 1, "line_total": 40, "status": "pending"},
    )
    assert told(found, "order_id") == [
        ("Completed", 10, "1"),
        ("Cancelled", 0, "2"),
        ("Completed", 30, "3"),
        ("Pending", 0, "4"),
        ("Refunded", -30, "3"),
    ]
    assert found.events["props"].to_list()[1:4:2] == ['{"order_amount":20.0}', '{"order_amount":40.0}']
    assert found.events["product_ids"].to_list()[1] == ["A"]
    assert (found.cancelled, found.returned) == (2, 1)


@pytest.mark.parametrize(("refunded", "back"), [(12, -12), (500, -100)])
def test_an_amount_given_back_is_a_refund_of_at_most_the_order(refunded, back):
    found = orders({"order_id": "1", "product_id": "A", "line_total": 100, "refunded": refunded})
    assert told(found) == [("Completed", 100), ("Refunded", back)]
    assert found.events["product_ids"].to_list() == [["A"], []]


@pytest.mark.parametrize(
    ("total", "refunded", "back", "vat"),
    [
        (115, 46, -40, -6),  # VAT on top: it came back with the goods
        (140, 46, -40, -6),  # with delivery
        (100, 46, -40, -6),  # VAT within the prices
    ],
)
def test_what_is_given_back_is_told_as_what_was_sold(total, refunded, back, vat):
    shipping = {140: 21.74, 115: 0, 100: 0}[total]
    tax = {140: 18.26, 115: 15, 100: 13.04}[total]
    found = orders(
        {
            "order_id": "1", "product_id": "A", "quantity": 1, "unit_price": 100, "order_total": total, "tax": tax,
            "shipping": shipping, "refunded": refunded,
        }
    )  # fmt: skip
    (_, sold, _), (name, *refund) = told(found, "tax")
    assert (sold, name) == (86.96 if total == 100 else 100, "Refunded")
    assert refund == pytest.approx([back, vat], abs=0.005)


@pytest.mark.parametrize(
    ("lines", "shipping", "total", "tax", "revenue", "delivery"),
    [
        ([115], 25, 140, 18.26, 100, 21.74),  # VAT within prices and delivery
        ([60, 55], 0, 115, 15, 100, 0),
        ([100], 25, 125, 18.75, 100, 25),  # a total that leaves VAT out
        ([100], 25, 143.75, 18.75, 100, 25),  # VAT on top
        ([100], 0, 100, 0, 100, 0),
    ],
)
def test_vat_within_the_prices_is_no_revenue(lines, shipping, total, tax, revenue, delivery):
    rows = [
        {"order_id": "1", "product_id": f"P{at}", "line_total": line, "order_total": total, "tax": tax, "shipping": shipping}
        for at, line in enumerate(lines)
    ]  # fmt: skip
    [event] = orders(*rows).events.select("revenue", "shipping", "tax").to_dicts()
    assert list(map(float, event.values())) == pytest.approx([revenue, delivery, tax], abs=0.01)


def test_order_totals_count_once_without_tax_and_shipping():
    found = orders(
        {"order_id": "1", "product_name": "A", "order_total": 130, "tax": 15, "shipping": 15},
        {"order_id": "1", "product_name": "B", "order_total": 130, "tax": 15, "shipping": 15},
        {"order_id": "2", "product_name": "A", "order_total": 50, "tax": 5, "shipping": None},
        {"order_id": "2", "product_name": "B", "order_total": None},
        {"order_id": "3", "product_name": "A", "order_total": 7},
        {"order_id": "3", "product_name": "B", "order_total": 8},  # parts of an order, not its total
    )
    assert told(found, "tax", "shipping")[0] == ("Completed", 100, 15, 15)
    assert [row[1] for row in told(found)] == [100, 45, 15]


def test_lines_decide_over_the_order_total():
    found = orders({"order_id": "1", "quantity": 2, "unit_price": 10, "order_total": 999})
    assert told(found) == [("Completed", 20)]


def test_free_orders_stay():
    assert told(orders({"order_id": "1", "quantity": 1, "unit_price": 0})) == [("Completed", 0)]


def test_an_order_undone_by_its_total():
    found = orders({"order_id": "1", "order_total": 115, "tax": 15, "status": "refunded"})
    assert told(found) == [("Completed", 100), ("Refunded", -100)]


class TestDiscount:
    def test_is_taken_off_prices_to_the_last_halala(self):
        found = orders(
            {"order_id": "1", "product_id": "A", "quantity": 1, "unit_price": 10, "discount": 10},
            {"order_id": "1", "product_id": "B", "quantity": 2, "unit_price": 10, "discount": 10},
        )
        assert told(found, "discount") == [("Completed", 20, 10)]
        assert sum(found.events["product_revenues"].to_list()[0]) == 20

    def test_is_not_taken_off_line_totals(self):
        assert told(orders({"order_id": "1", "line_total": 90, "discount": 10})) == [("Completed", 90)]

    @pytest.mark.parametrize(("total", "revenue"), [(105, 90), (115, 100), (95, 80)])
    def test_the_orders_total_says_whether_prices_were_before_it(self, total, revenue):
        prices = {105: 100, 115: 100, 95: 80}[total]  # with 15 shipping
        found = orders(
            {"order_id": "1", "unit_price": prices, "discount": 10, "shipping": 15, "order_total": total}
        )
        assert told(found) == [("Completed", revenue)]


def test_who_it_was_by_strength():
    everything = {"customer_id": "7", "phone": "+966501234567", "email": "a@b.sa", "name": "أحمد"}
    wanted = ["shop:7", "phone:+966501234567", "email:a@b.sa", "shop:name:احمد", ""]
    for visitor in wanted:
        assert orders({"order_id": "1", "line_total": 1, **everything}).events["visitor_id"].to_list() == [
            visitor
        ]
        if everything:
            everything.pop(next(iter(everything)))
    assert orders({"order_id": "1", "line_total": 1, "phone": "920001234"}).unidentified == 1


def test_rows_that_stand_twice_are_two_but_the_same_every_time():
    row = {"customer_id": "7", "line_total": 5}
    first = orders(row, {"customer_id": "8", "line_total": 5}, row).events
    again = orders({"customer_id": "8", "line_total": 5}, row, row).events
    assert first["event_id"].n_unique() == 3
    assert set(first["event_id"]) == set(again["event_id"])
    assert set(orders(row).events["event_id"]) < set(first["event_id"])


def test_what_an_event_is_called_never_changes():
    """The ids are written in people's stores: a change here would double every order that is imported again."""
    by_number = orders({"order_id": "536365", "line_total": 1}).events
    by_content = orders({"customer_id": "7", "line_total": 5.5}).events
    assert by_number["event_id"].to_list() == ["7c9deb87d83511a968b443a11f2a3611-completed"]
    assert by_content["event_id"].to_list() == ["65aa2209bb1606cae98586a5b85e3ca5-completed"]


def test_revision_sees_every_change_but_not_the_order_of_lines():
    a = {
        "order_id": "1",
        "product_id": "A",
        "quantity": 1,
        "unit_price": 2,
        "city": "Riyadh",
        "email": "a@b.sa",
    }
    b = {**a, "product_id": "B"}
    revision = orders(a, b).events["revision"][0]
    assert orders(b, a).events["revision"][0] == revision
    for change in (
        {"quantity": 2},
        {"city": "Jeddah"},
        {"email": "c@d.sa"},
        {"product_id": "C"},
        {"props": '{"note": 1}'},
    ):
        assert orders({**a, **change}, b).events["revision"][0] != revision


def test_two_currencies():
    found = orders(
        {"order_id": "1", "line_total": 5, "currency": "USD"},
        {"order_id": "2", "line_total": 6, "currency": ""},
        {"order_id": "3", "line_total": 7, "currency": "SAR"},
        {"order_id": "3", "line_total": 8, "currency": "USD"},
        currency="AED",
    )
    assert told(found, "currency") == [
        ("Completed", 5, "USD"),
        ("Completed", 6, "AED"),
        ("Completed", 7, "SAR"),
        ("Completed", 8, "USD"),
    ]
    assert found.events["event_id"].n_unique() == 4


def test_other_columns_are_kept():
    one, two = '{"note":"هدية"}', '{"note":"x"}'
    same = orders(
        {"order_id": "1", "line_total": 1, "props": one}, {"order_id": "1", "line_total": 2, "props": one}
    )
    apart = orders(
        {"order_id": "1", "line_total": 1, "props": one}, {"order_id": "1", "line_total": 2, "props": two}
    )
    assert same.events["props"].to_list() == [one]
    assert apart.events["props"].to_list() == [f'{{"lines":[{one},{two}]}}']


def test_pieces_are_kept_where_no_products_are_named():
    assert orders({"customer_id": "7", "quantity": 3, "line_total": 5}).events["props"].to_list() == [
        '{"order_quantity":3.0}'
    ]


def test_the_latest_order_tells_about_its_customer():
    later = DAY.replace(day=9)
    found = orders(
        {"order_id": "2", "customer_id": "7", "line_total": 1, "city": "جدة", "name": "", "ts": later},
        {"order_id": "1", "customer_id": "7", "line_total": 1, "city": "الرياض", "name": "نورة"},
    )
    facts = traits(found.people, "shop", "run")
    assert facts.select("visitor_id", "trait", "value", "ts").rows() == [
        ("shop:7", "city", "جدة", later),
        ("shop:7", "name", "نورة", DAY),
    ]
