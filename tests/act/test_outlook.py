"""What lies ahead with one customer, by hand: as the lists say it, by whatever they are called, and not asked anew for every profile."""

from datetime import date, timedelta

import pytest

from masarat.act.outlook import FRESH_SECONDS, Outlook
from masarat.analyse import ask
from tests.support.shop import order, write

FIRST = date(2025, 1, 1)


def day(number):
    return f"{FIRST + timedelta(days=number)} 12:00"


def bought(who, on, *products):
    return order(who, day(on), 50, items=[(one, 1, 50 / len(products)) for one in products])


EVENTS = [
    *(bought(f"user:{who}", on, "beans", "papers") for who in range(12) for on in range(who % 10, 100, 10)),
    *(bought("user:quiet", on, "beans") for on in range(0, 70, 10)),
    bought("user:once", 95, "beans"),
]


class Asked:
    """A store that is asked, and how often of what."""

    def __init__(self, store):
        self.store, self.names, self.time = store, [], 0.0

    def __call__(self, question):
        self.names.append(question.name)
        return ask(self.store, question, today=date(2025, 4, 11))

    def clock(self):
        return self.time


@pytest.fixture
def asked(store):
    write(store, EVENTS)
    return Asked(store)


def test_who_is_about_to_leave_is_told_with_reason_money_and_deed(asked):
    found = Outlook(asked, asked.clock).of(["user:quiet"], "en")
    assert found["risk"]["because"] == ["buys every 10 days, silent for 40"]
    assert found["risk"]["action"] == "Call in person"
    assert found["risk"]["chance_text"].endswith("%")
    assert found["risk"]["at_stake_text"].startswith("SAR ")
    assert found["risk"]["days"] > 0
    assert [each["offer"] for each in found["offers"]] == [
        "beans",
        "papers",
    ]  # the usual basket, and what goes with it
    arabic = Outlook(asked, asked.clock).of(["user:quiet"], "ar")
    assert arabic["risk"]["because"] == ["يشتري كل 10 أيام، وهو ساكت منذ 40 يومًا"]


def test_who_is_not_listed_has_no_risk(asked):
    found = Outlook(asked, asked.clock).of(["user:once"], "en")
    assert found["risk"] is None
    assert "papers" in [each["offer"] for each in found["offers"]]


def test_somebody_is_found_by_any_of_their_identifiers(asked):
    outlook = Outlook(asked, asked.clock)
    alone = outlook.of(["user:quiet"], "en")["risk"]
    assert alone
    assert outlook.of(["email:q@example.sa", "user:quiet"], "en")["risk"] == alone


def test_the_lists_are_asked_once_a_while_and_offers_each_time(asked):
    outlook = Outlook(asked, asked.clock)
    for who in ("user:quiet", "user:1", "user:once"):
        outlook.of([who], "en")
    assert [asked.names.count(name) for name in ("at_risk", "customer_value", "next_product")] == [1, 1, 3]
    asked.time = FRESH_SECONDS
    outlook.of(["user:1"], "en")
    assert [asked.names.count(name) for name in ("at_risk", "customer_value", "next_product")] == [2, 2, 4]


def test_a_shop_without_data_says_nothing(store):
    assert Outlook(Asked(store)).of(["user:1"], "ar") == {"risk": None, "value": None, "offers": []}
