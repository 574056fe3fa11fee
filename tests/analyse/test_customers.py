from datetime import date

import pytest

from masarat.analyse.customers import Customers
from tests.support.people import trait
from tests.support.shop import answer, event, order, refund, write

MOVES = [
    order("user:1", "2025-01-05", 100),
    order("user:1", "2025-02-01", 50),
    refund("user:1", "2025-02-03", 30),
    order("user:2", "2025-03-01", 200),
    event("Page Viewed", "user:3", "2025-03-02"),  # looked, said nothing
    order("", "2025-03-03", 40),  # nobody named
    order("user:2", "2025-03-04", 7, currency="USD"),
]


@pytest.fixture
def shop(store):
    write(store, MOVES)
    for who, name, phone, email in [
        ("user:1", "مُحمَّد العُتيبي", "+966501234567", "moh@example.com"),
        ("user:2", "إيمان القحطانى", "0551112222", "Eman.Q@Example.com"),
        ("user:4", "Sara Ali", "", "sara@example.com"),  # only a fact is known
    ]:
        trait(store, who, "name", name)
        trait(store, who, "phone", phone)
        trait(store, who, "email", email)
    trait(store, "user:1", "city", "جدة")
    trait(store, "user:1", "city", "الرياض", ts="2025-02-01")  # moved
    return store


def who(found):
    return [row["customer"] for row in found.rows]


def found_by(shop, search):
    return sorted(who(answer(shop, Customers(search=search))))


def test_one_row_a_customer(shop):
    found = answer(shop, Customers())
    assert who(found) == ["user:2", "user:1", "user:4"]
    assert found.rows[1] == {
        "name": "مُحمَّد العُتيبي",
        "customer": "user:1",
        "email": "moh@example.com",
        "phone": "+966501234567",
        "city": "الرياض",
        "orders": 2,
        "revenue": 120,
        "aov": 75,
        "first_order": date(2025, 1, 5),
        "last_order": date(2025, 2, 1),
    }
    assert (found.rows[2]["orders"], found.rows[2]["aov"], found.rows[2]["first_order"]) == (0, None, None)
    assert {n.name: n.value for n in found.numbers} == {
        "customers": 3,
        "buyers": 2,
        "orders": 3,
        "revenue": 320,
    }
    assert found.sentence == "3 customers, 2 of whom bought, for SAR 320 net."
    assert any("USD" in note for note in found.notes)


@pytest.mark.parametrize("search", ["محمد", "العتيبى محمد", "مـحـمـد", "MOH@", "user:1", "501234567", "0501234567", "٠٥٠ ١٢٣ ٤٥٦٧", "+966 50 123 4567", "00966501234567"])  # fmt: skip
def test_search_finds_however_it_is_written(shop, search):
    assert found_by(shop, search) == ["user:1"]


def test_search_finds_part_of_many_or_nothing(shop):
    assert found_by(shop, "ايمان القحطاني") == ["user:2"]
    assert found_by(shop, "sara") == ["user:4"]
    assert found_by(shop, "EXAMPLE.com") == ["user:1", "user:2", "user:4"]
    nothing = answer(shop, Customers(search="100%_'\\"))
    assert (nothing.rows, nothing.sentence) == ([], "No customer matches “100%_'\\”.")


def test_a_period_holds_only_those_who_moved_in_it(shop):
    assert who(answer(shop, Customers(period="2025-02"))) == ["user:1"]
    assert answer(shop, Customers(period="2025-02")).rows[0]["revenue"] == 20


def test_sorting_and_pages(shop):
    assert who(answer(shop, Customers(sort="orders")))[:2] == ["user:1", "user:2"]
    assert who(answer(shop, Customers(sort="first_order")))[:2] == ["user:2", "user:1"]
    assert who(answer(shop, Customers(sort="name"))) == ["user:4", "user:2", "user:1"]
    assert who(answer(shop, Customers(limit=2, offset=1))) == ["user:1", "user:4"]


def test_arabic(shop):
    assert answer(shop, Customers(language="ar")).sentence.startswith("3 عملاء، اشترى منهم اثنان")
    assert "عميل واحد يوافق" in answer(shop, Customers(search="sara", language="ar")).sentence


@pytest.mark.shared
def test_online_retail(retail):
    found = answer(retail, Customers(limit=1))
    numbers = {number.name: number.value for number in found.numbers}
    assert (numbers["customers"], numbers["buyers"], numbers["orders"]) == (4_372, 4_338, 18_532)
