"""How much names its customer, and what became of the identifiers that do."""

import pytest

from masarat.analyse.identity_health import IdentityHealth
from masarat.resolve import Decision, Resolver, Rules
from masarat.store.identities import tell_waiting
from tests.resolve.test_resolver import seen
from tests.support.shop import answer, order, refund, write


@pytest.fixture
def shop(store):
    """Two at the till without a name, one of three on the web, and one who came with two identifiers."""
    write(
        store,
        [
            order("", "2025-01-05", 50, source="till"),
            order("", "2025-02-05", 30, source="till"),
            refund("", "2025-02-06", 10, source="till"),
            order("phone:+1", "2025-02-07", 20, source="till"),
            order("user:1", "2025-01-06", 80, source="web"),
            order("user:2", "2025-02-08", 70, source="web"),
            order("", "2025-02-09", 10, source="web"),
        ],
    )
    return store


@pytest.fixture
def resolver(shop):
    return Resolver(shop, Rules())


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def rows(found):
    return [(row["matter"], row["part"], row["count"]) for row in found.rows]


def test_orders_that_name_nobody_by_source(shop):
    found = answer(shop, IdentityHealth())
    assert numbers(found) == {
        "orders": 6, "missing": 3, "missing_share": 0.5, "missing_revenue": 80.0, "missing_revenue_share": 0.32,
        "customers": 3, "identifiers": 1.0, "merged": 0, "split": 0, "refused": 0, "shared": 0, "decided": 0,
        "waiting": 0,
    }  # fmt: skip
    assert [(row["part"], row["count"], row["share"], row["revenue"]) for row in found.rows] == [
        ("till", 2, pytest.approx(2 / 3), 70.0),
        ("web", 1, pytest.approx(1 / 3), 10.0),
    ]
    assert found.sentence == (
        "3 of 6 orders (50%) name nobody; they brought SAR 80.00 net."
        " Most came through till: ask for the phone number there, or import a file with a customer column."
        " No identifiers were joined."
    )
    assert found.notes[-1].startswith("No two identifiers ever came together")


def test_the_picture_is_the_share_month_by_month(shop):
    found = answer(shop, IdentityHealth(period="2025-01-01..2025-03-31"))
    assert [row["missing_share"] for row in found.picture.rows] == [0.5, 0.5, None]
    weekly = answer(shop, IdentityHealth(by="week", period="2025-01-05..2025-01-18")).picture.rows
    assert [row["missing_share"] for row in weekly] == [0.5, None]


def test_pairs_that_wait_for_a_person(shop):
    tell_waiting(shop, 3)
    tell_waiting(shop, 2)
    found = answer(shop, IdentityHealth())
    assert numbers(found)["waiting"] == 2
    assert rows(found)[2:] == [("Pairs that wait for a person", "", 2)]
    assert "masarat review list" in found.rows[2]["remedy"]
    assert "2 pairs of customers may be one person and wait for you" in found.sentence
    assert "وزوجان من العملاء" in answer(shop, IdentityHealth(language="ar")).sentence
    tell_waiting(shop, 0)
    assert (numbers(answer(shop, IdentityHealth()))["waiting"], len(rows(found)) - 1) == (0, 2)


def test_what_the_graph_did(shop, resolver):
    resolver.take(seen(("phone:+1", "user:1")))
    resolver.take(seen(("phone:+1", "user:2")))  # a family's phone: it stays with the first
    found = answer(shop, IdentityHealth())
    assert numbers(found) | {"customers": 2, "identifiers": 1.5, "merged": 1, "refused": 1} == numbers(found)
    assert rows(found)[2:] == [
        ("Links that gave way", "accounts", 1),
        ("Identifiers joined", "by the rules", 1),
    ]
    assert found.rows[2]["remedy"].startswith("A family or a typing error")
    assert "One identifier was joined to a customer who had others." in found.sentence
    assert "a customer would have had too many accounts" in found.sentence
    assert not any("No two identifiers" in note for note in found.notes)


def test_what_people_decided(shop, resolver):
    resolver.decide(Decision("never", "user:1", "phone:+1"), "", "huda")
    resolver.take(seen(("phone:+1", "user:1")))
    resolver.decide(Decision("merge", "user:2", "phone:+1"), "", "huda")
    resolver.decide(Decision("withdrawn", "user:2", "phone:+1"), "", "huda")
    found = answer(shop, IdentityHealth())
    assert rows(found)[2:] == [
        ("Links that gave way", "said to be two", 1),
        ("Identifiers joined", "by people", 1),
        ("Identifiers taken apart", "by people", 1),
        ("Decisions of people", "never one", 1),
        ("Decisions of people", "taken back", 1),
    ]
    assert "because somebody said that its two are not one" in found.sentence


def test_a_shared_identifier_is_told(shop, resolver):
    """A till's default phone, seen with six accounts; a customer's number may be seen with more."""
    resolver.take(
        seen(
            *(("phone:+9", f"user:{n}") for n in range(1, 8)),
            *(("salla:1", f"email:{n}@b.sa") for n in range(1, 8)),
        )
    )
    found = answer(shop, IdentityHealth())
    assert ("Shared identifiers", "phones", 1) in rows(found)
    assert numbers(found)["shared"] == 1
    assert resolver.shared == {"phone:+9"}


def test_what_was_done_counts_on_its_day(shop, resolver):
    resolver.take(seen(("phone:+1", "user:1")))
    then = numbers(answer(shop, IdentityHealth(period="2025-01")))
    assert (then["merged"], then["orders"], then["identifiers"]) == (0, 2, 2.0)


def test_where_all_is_well(store):
    write(store, [order("user:1", "2025-01-05", 50)])
    assert answer(store, IdentityHealth()).sentence.startswith("The one order names its customer.")


@pytest.mark.parametrize(
    ("nobody", "said"),
    [
        (0, "الطلبات كلها، وعددها 3، تذكر عملاءها."),
        (1, "طلب واحد من 4"),
        (2, "طلبان من 5"),
        (3, "3 طلبات من 6"),
    ],
)
def test_arabic(store, nobody, said):
    orders = [
        *(order("", "2025-01-05", 10) for _ in range(nobody)),
        *(order(f"user:{n}", "2025-01-05", 5) for n in range(3)),
    ]
    write(store, orders)
    sentence = answer(store, IdentityHealth(language="ar")).sentence
    assert said in sentence
    assert "ولم يُضمّ معرّف إلى عميل." in sentence
