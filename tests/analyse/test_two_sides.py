from datetime import date

import pytest

from masarat import analyse
from masarat.analyse.reconcile import Reconcile
from masarat.collect import connections
from masarat.settings import Settings
from masarat.shop import Shop
from tests.support.shop import answer, order, refund, write


def sold(who, ts, net, number, source="salla", **columns):
    return order(who, ts, net, order_id=number, source=source, **{"props": "{}"} | columns)


def booked(who, ts, net, number, tax=None, source="qoyod", **columns):
    return sold(who, ts, net, number, source, tax=net * 0.15 if tax is None else tax, **columns)


def given_back(who, ts, amount, number, source, **columns):
    return refund(who, ts, amount, order_id=number, source=source, **{"props": "{}"} | columns)


def ask(store, **parameters):
    return answer(store, Reconcile(language="en", **parameters))


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def rows(found):
    return [
        (row["order"], row["invoice"], row["shop_net"], row["books_net"], row["status"]) for row in found.rows
    ]


def test_numbers_are_the_same_however_they_are_written(store):
    alike = [("#00 12-A", "12a"), ("٤٢-أ", "42أ"), ("0013", "#13"), ("INV–7", "inv-7"), ("SO 7", "so7")]
    shops = [sold("", "2025-01-05", 100, shop) for shop, _ in alike]
    write(store, [*shops, *(booked("", "2025-02-05", 100, books) for _, books in alike)])
    found = ask(store)
    assert found.rows == []
    assert numbers(found) == {
        "matched": 5,
        "by_reference": 5,
        "different": 0,
        "only_shop": 0,
        "only_books": 0,
        "shop_net": 500,
        "books_net": 500,
        "difference": 0,
        "vat_wrong": 0,
        "vat_zero": 0,
    }
    assert found.sentence == (
        "The books and the shop agree: all 5 orders and refunds meet, SAR 500 on both sides."
    )


def test_the_books_may_name_the_shops_number(store):
    told = [("reference", '"#1001"'), ("reference", "1002"), ("original", '"1003"'), ("order_ref", "1004")]
    shops = [sold("", "2025-01-05", 100, f"100{number}") for number in range(1, 5)]
    props = [f'{{"{name}": {value}}}' for name, value in told]
    write(store, [*shops, *(booked("", "2025-01-06", 100, f"INV-{each}", props=each) for each in props)])
    assert numbers(ask(store))["by_reference"] == 4


def test_a_number_that_stands_again_a_year_later_is_another(store):
    write(store, [sold("", "2024-01-05", 100, "7"), booked("", "2025-01-05", 100, "7")])
    assert rows(ask(store)) == [
        ("7", "", 100, None, "only in the shop"),
        ("", "7", None, 100, "only in the books"),
    ]


def test_of_two_with_one_number_the_same_amount_meets_then_the_nearest_day(store):
    write(
        store,
        [
            sold("", "2025-01-01", 100, "1"),
            sold("", "2025-01-05", 60, "1"),
            sold("", "2025-01-09", 60, "1"),
            booked("", "2025-01-05", 100, "1"),
            booked("", "2025-01-08", 60, "1"),
        ],
    )
    found = ask(store)
    assert numbers(found)["matched"] == 2
    assert [(row["order"], row["day"]) for row in found.rows] == [("1", date(2025, 1, 5))]


def test_an_order_of_the_books_with_two_numbers_meets_one(store):
    """It is known as 5 and names 9: the closer amount stays, the other stands alone, and may still meet by customer and amount."""
    write(
        store,
        [
            sold("", "2025-01-05", 100, "5"),
            sold("a", "2025-01-05", 40, "9"),
            booked("", "2025-01-05", 100, "5", props='{"reference": "9"}'),
            booked("a", "2025-01-06", 40, "INV-2"),
        ],
    )
    found = ask(store)
    assert (numbers(found)["by_reference"], numbers(found)["matched"], found.rows) == (1, 2, [])


def test_customer_and_amount_meet_within_days(store):
    write(
        store,
        [
            sold("a", "2025-01-05", 200, "1001"),
            booked("a", "2025-01-07", 201.5, "INV-1"),  # 0.75 % more
            sold("b", "2025-01-05", 200, "1002"),
            booked("b", "2025-01-08", 200, "INV-2"),  # three days
            sold("c", "2025-01-05", 200, "1003"),
            booked("c", "2025-01-05", 203, "INV-3"),  # 1.5 %
            sold("d", "2025-01-05", 10, "1004"),
            booked("d", "2025-01-05", 11, "INV-4"),  # one riyal
            sold("", "2025-01-05", 50, "1005"),
            booked("", "2025-01-05", 50, "INV-5"),  # nobody is no customer
        ],
    )
    found = ask(store)
    assert (numbers(found)["matched"], numbers(found)["by_reference"]) == (2, 0)
    met = [(row["order"], row["invoice"], row["difference"]) for row in found.rows if row["met"]]
    assert met == [("1001", "INV-1", 1.5), ("1004", "INV-4", 1)]
    assert {row["met"] for row in found.rows} == {"customer and amount", ""}
    wider = numbers(ask(store, days=3, tolerance=1.5))
    assert (wider["matched"], wider["only_shop"], wider["only_books"]) == (4, 1, 1)


def test_an_order_that_could_meet_two_meets_the_nearest_and_each_meets_once(store):
    """Both invoices are nearest to the order of the 5th: it takes the one of its own day, and the other goes on to the 4th."""
    write(
        store,
        [
            sold("a", "2025-01-04", 100, "1"),
            sold("a", "2025-01-05 20:00", 100, "2"),
            booked("a", "2025-01-05", 100, "INV-1"),
            booked("a", "2025-01-06", 100, "INV-2", tax=10),  # seen, since its VAT is wrong
            sold("a", "2025-01-20", 100, "3"),
            booked("a", "2025-01-21", 100, "INV-3"),
            booked("a", "2025-01-21", 100, "INV-4"),
        ],
    )
    found = ask(store)
    assert rows(found) == [
        ("", "INV-4", None, 100, "only in the books"),
        ("1", "INV-2", 100, 100, "VAT wrong"),
    ]


def test_one_side_only_and_different_money(store):
    write(
        store,
        [
            sold("a", "2025-01-05", 100, "1"),
            booked("a", "2025-01-05", 100, "1"),
            sold("b", "2025-01-06", 300, "2", source="foodics"),
            booked("c", "2025-01-07", 50, "3"),
            sold("d", "2025-01-08", 80, "4"),
            booked("d", "2025-01-08", 70, "4"),
            sold("e", "2025-01-09", 33.33, "5", items=[("x", 1, 33.33)]),
            booked("e", "2025-01-09", 33.37, "5", items=[("x", 1, 33.37)]),  # rounding
            sold("f", "2025-01-09", 0, "6"),  # a sample
        ],
    )
    found = ask(store)
    assert rows(found) == [
        ("2", "", 300, None, "only in the shop"),
        ("", "3", None, 50, "only in the books"),
        ("4", "4", 80, 70, "different money"),
    ]
    assert [row["difference"] for row in found.rows] == [-300, 50, -10]
    assert [row["sources"] for row in found.rows] == [["foodics"], ["qoyod"], ["salla", "qoyod"]]
    assert numbers(found) == pytest.approx(
        {
            "matched": 3,
            "by_reference": 3,
            "different": 1,
            "only_shop": 1,
            "only_books": 1,
            "shop_net": 513.33,
            "books_net": 253.37,
            "difference": -259.96,
            "vat_wrong": 0,
            "vat_zero": 0,
        }
    )
    assert found.sentence == (
        "The books have SAR 260 less than the shop, and 3 of 5 orders and refunds need a look. "
        "First look at what is only in the shop: one entry, SAR 300."
    )
    assert [(row["status"], row["amount"]) for row in found.picture.rows] == [
        ("both agree", pytest.approx(133.37)),
        ("different money", 80),
        ("only in the shop", 300),
        ("only in the books", 50),
    ]
    assert len(ask(store, limit=1).rows) == 1


def test_delivery_counts_on_both_sides(store):
    write(
        store,
        [
            sold("", "2025-01-05", 100, "1", shipping=20),
            booked("", "2025-01-05", 120, "1"),  # delivery is a line of the invoice
            sold("", "2025-01-05", 100, "2", shipping=20),
            booked("", "2025-01-05", 100, "2", shipping=20, tax=18),
        ],
    )
    assert ask(store).sentence == (
        "The books and the shop agree: all 2 orders and refunds meet, SAR 240 on both sides."
    )


def test_vat_is_right_wrong_or_not_there(store):
    write(
        store,
        [
            sold("", "2025-01-05", 100, "1"),
            booked("", "2025-01-05", 100, "1", tax=15.04),  # rounding
            sold("", "2025-01-05", 200, "2"),
            booked("", "2025-01-05", 200, "2", tax=10),  # 5 percent
            sold("", "2025-01-05", 300, "3"),
            booked("", "2025-01-05", 300, "3", tax=0),  # exempt
            sold("", "2025-01-05", 100, "4"),
            booked("", "2025-01-05", 90, "4", tax=5),
        ],
    )
    found = ask(store)
    assert [(row["order"], row["books_vat"], row["vat_expected"], row["status"]) for row in found.rows] == [
        ("2", 10, 30, "VAT wrong"),
        ("4", 5, 13.5, "different money, VAT wrong"),
    ]
    assert (numbers(found)["vat_wrong"], numbers(found)["vat_zero"]) == (2, 1)
    assert found.sentence.endswith("First look at the wrong VAT: 2 entries, SAR 28.50.")
    assert numbers(ask(store, vat=5))["vat_wrong"] == 2


def test_refunds_meet_refunds(store):
    write(
        store,
        [
            sold("a", "2025-01-05", 100, "1"),
            booked("a", "2025-01-05", 100, "1"),
            given_back("a", "2025-01-06", 100, "1", "salla"),
            given_back("a", "2025-01-07", 100, "CN-1", "qoyod", tax=-15, props='{"original": "1"}'),
            given_back("b", "2025-01-06", 30, "2", "salla"),
            given_back("b", "2025-01-07", 30, "CN-2", "qoyod", tax=-1),
            given_back("c", "2025-01-06", 70, "3", "salla"),
            booked("c", "2025-01-06", 70, "3"),  # a sale is no refund
        ],
    )
    found = ask(store)
    assert [
        (row["order"], row["invoice"], row["document"], row["difference"], row["status"])
        for row in found.rows
    ] == [
        ("", "3", "sale", 70, "only in the books"),
        ("3", "", "refund", 70, "only in the shop"),
        ("2", "CN-2", "refund", 0, "VAT wrong"),
    ]
    assert (numbers(found)["matched"], numbers(found)["by_reference"]) == (3, 2)
    assert (numbers(found)["shop_net"], numbers(found)["books_net"]) == (-100, 40)


def test_a_credit_note_finds_the_order_through_its_invoice(store):
    """By the invoice's number, or by the key that the program has for it; other customers and amounts do not matter then."""
    write(
        store,
        [
            sold("", "2025-01-05", 100, "1001"),
            booked("", "2025-01-06", 100, "INV-1", props='{"reference": "1001"}'),
            given_back("", "2025-01-08", 40, "1001", "salla"),
            given_back("", "2025-01-09", 38, "CN-1", "zoho_books", tax=-5.7, props='{"original": "INV-1"}'),
            given_back("", "2025-01-20", 38, "CN-2", "qoyod", tax=-5.7, props='{"original": "INV-1"}'),
            sold("", "2025-01-05", 70, "1002"),
            booked("", "2025-01-06", 70, "INV-2", props='{"order_ref": "1002", "invoice_id": "9"}'),
            given_back("", "2025-01-08", 70, "R-7", "salla", props='{"original": "1002"}'),
            given_back("", "2025-01-30", 65, "CN-3", "qoyod", tax=-9.75, props='{"invoice_id": "9"}'),
        ],
    )
    assert rows(ask(store)) == [
        ("", "CN-1", None, -38, "only in the books"),  # another program's invoice of that number
        ("R-7", "CN-3", -70, -65, "different money"),
        ("1001", "CN-2", -40, -38, "different money"),
    ]


def test_a_pair_belongs_to_the_day_of_the_shop(store):
    write(
        store,
        [
            sold("a", "2025-01-31", 100, "1"),
            booked("a", "2025-02-01", 100, "INV-1"),
            sold("b", "2025-02-03", 10, "2"),
            booked("b", "2025-02-03", 10, "2"),
        ],
    )
    assert numbers(ask(store, period="2025-01"))["matched"] == 1
    february = ask(store, period="2025-02")
    assert (february.rows, numbers(february)["matched"]) == ([], 1)
    assert next(number.before for number in february.numbers if number.name == "matched") == 1


def test_other_books_and_a_segment(store):
    write(
        store,
        [
            sold("a", "2025-01-05", 100, "1"),
            booked("a", "2025-01-05", 100, "1", source="Dafater"),
            booked("a", "2025-01-05", 100, "1", source="zatca"),
        ],
    )
    assert rows(ask(store)) == [("1", "", 100, None, "only in the shop")]  # as if sold twice
    named = ask(store, books=("dafater",), segment="source!=zatca")
    assert (named.rows, numbers(named)["matched"]) == ([], 1)


def test_books_are_known_by_the_program_they_are_connected_to(store, tmp_path):
    """One rule for what reconcile compares and for what counts once: neither is told the name."""
    write(
        store,
        [
            sold("a", "2025-01-05", 100, "1001"),
            booked("a", "2025-01-05", 90, "1001", source="My books"),
        ],
    )
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    assert shop.ask("reconcile").rows == []
    connections.connect(
        shop.records, "My books", "qoyod", {"api_key": "right", "address": "http://localhost"}
    )
    assert [(row["order"], row["difference"]) for row in shop.ask("reconcile").rows] == [("1001", -10)]
    assert "my books" in shop.explain("reconcile").values["books"]
    assert '"difference":-10.0' in shop.report("json", question="reconcile").decode().replace(" ", "")
    shop.meet_sales()
    assert [number.value for number in shop.ask("revenue").numbers if number.name == "net"] == [90]
    shop.records.close()


def test_nothing_to_compare(store):
    write(store, [sold("a", "2025-01-05", 100, "1"), booked("a", "2025-02-05", 100, "9")])
    january, february = ask(store, period="2025-01"), ask(store, period="2025-02")
    assert january.sentence == (
        "None of your sources in this period is an accounting program (salla). Import your invoices from it, or name "
        "the source that is the books with the parameter books."
    )
    assert february.sentence == (
        "In this period there are only books (qoyod), and nothing to compare them with. Import the orders of the shop "
        "or the till, or name the sources that are the books with the parameter books."
    )
    assert january.rows == january.picture.rows == february.rows == []
    assert set(numbers(january).values()) == {None}
    assert "5 January 2025" in ask(store, period="2025-03").sentence
    assert (
        "برنامج محاسبة (\u2068salla\u2069)"
        in answer(store, Reconcile(language="ar", period="2025-01")).sentence
    )


def test_notes_on_what_cannot_be_seen(store):
    write(
        store,
        [
            sold("", "2025-01-05", 115, "1"),
            booked("", "2025-01-05", 100, "1", tax=0),
            sold("", "2025-01-06", 200, "2"),
            booked("", "2025-01-06", 230, "2", tax=0),
            sold("", "2025-03-05", 80, "3"),
        ],
    )
    assert ask(store).notes == [
        "The shop has orders from 5 January 2025 to 5 March 2025, the books from 5 January 2025 to 6 January 2025: "
        "what lies outside either cannot meet.",
        "No order of the books tells its VAT, so it is not checked: import them with their VAT column.",
        "2 differences are just the VAT: one side was imported with VAT in its amounts. Name its VAT column, "
        "so that it is taken off.",
    ]


def test_a_name_under_which_everybody_buys_is_nobody(store):
    crowd = [sold("walk-in", "2025-01-05", 15, "") for _ in range(1_001)]
    write(store, [*crowd, booked("walk-in", "2025-01-05", 15, "INV-1")])
    found = numbers(ask(store))
    assert (found["matched"], found["only_shop"], found["only_books"]) == (0, 1_001, 1)


def test_arabic(store):
    """In each month so many orders that nothing meets, and one that meets."""
    said = {
        1: "وعملية واحدة تحتاج إلى نظر من أصل 2. ابدأ بما في المتجر وحده: عملية واحدة",
        2: "وعمليتان تحتاجان إلى نظر من أصل 3. ابدأ بما في المتجر وحده: عمليتان",
        3: "و3 عمليات تحتاج إلى نظر من أصل 4. ابدأ بما في المتجر وحده: 3 عمليات",
        11: "و11 عملية تحتاج إلى نظر من أصل 12. ابدأ بما في المتجر وحده: 11 عملية",
    }
    days = {count: f"2025-{month:02}-05" for month, count in enumerate(said, 1)}
    lone = [sold("", day, 10, f"A{day}-{nth}") for count, day in days.items() for nth in range(count)]
    both = [told("a", day, 100, day) for day in days.values() for told in (sold, booked)]
    write(store, [*lone, *both])
    for count, words in said.items():
        question = Reconcile(language="ar", period=days[count][:7], compare="none")
        sentence = analyse.ask(store, question).sentence
        assert sentence.startswith("في الدفاتر أقل مما في المتجر بمقدار ")
        assert words in sentence


def test_arabic_where_all_agree(store):
    write(store, [sold("a", "2025-01-05", 100, "1"), booked("a", "2025-01-05", 100, "1")])
    sentence = answer(store, Reconcile(language="ar")).sentence
    assert sentence == "الدفاتر والمتجر متفقان في العملية الوحيدة، والمجموع \u2066100\u2069 ر.س في كلٍّ منهما."
