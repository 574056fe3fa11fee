"""What is known of customers, after merging, in both sizes of the store."""

import pytest

from masarat.analyse.contacts import as_they_came, contacts
from masarat.resolve import Resolver, Rules
from masarat.resolve.graph import Decision
from tests.support.people import trait
from tests.support.shop import in_two_sizes


def found(store, *customers):
    small = contacts(store, customers).rows(named=True)
    assert contacts(in_two_sizes(store), customers).rows(named=True) == small
    return {row.pop("customer"): row for row in small}


@pytest.fixture
def told(store):
    trait(store, "user:1", "name", "محمد العتيبي")
    trait(store, "user:1", "phone", "0501234567")
    trait(store, "user:1", "city", "الرياض")
    trait(store, "user:1", "favourite", "بن")
    trait(store, "anon:x", "name", "Mohammed", ts="2025-03-01")
    trait(store, "anon:x", "dob", "1990-05-01")
    trait(store, "user:2", "firstName", "Noura")
    trait(store, "user:2", "lastName", "Salem")
    trait(store, "user:3", "favourite", "تمر")
    return store


def test_a_customer_has_the_facts_of_all_their_identifiers(told):
    merge = [
        Decision("merge", name, "user:1")
        for name in ("anon:x", "vat:300", "email:m@b.sa", "phone:+966559876543")
    ]
    Resolver(told, Rules()).decide_all(merge, "", "huda")
    everybody = found(told)
    assert everybody == {
        "user:1": {
            "names": ["Mohammed", "محمد العتيبي"],
            "phones": ["+966559876543", "0501234567"],
            "emails": ["m@b.sa"],
            "tax_numbers": ["300"],
            "birthday": "1990-05-01",
            "city": "الرياض",
        },
        "user:2": {
            "names": ["Noura Salem"],
            "phones": [],
            "emails": [],
            "tax_numbers": [],
            "birthday": "",
            "city": "",
        },
    }, "user:3 told nothing by which anybody is found"
    came = as_they_came(told)
    assert came["customer"].to_list() == ["anon:x", "user:1", "user:2"], "before any were merged"
    assert came["phones"].to_list() == [[], ["0501234567"], []]
    assert found(told, "user:1") == {"user:1": everybody["user:1"]}
    assert found(told, "user:9", "user:2") == {"user:2": everybody["user:2"]}


def test_somebody_called_by_an_identifier_that_brought_no_fact(told):
    Resolver(told, Rules()).decide(Decision("merge", "anon:x", "user:17"), "", "huda")
    assert found(told, "user:17")["user:17"]["names"] == ["Mohammed"]


def test_nobody(store):
    assert found(store) == {}
