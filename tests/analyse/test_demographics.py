"""Who the customers are: groups that are counted by hand, facts in any words, and what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.analyse.customers import Customers
from masarat.analyse.demographics import FEWEST, Demographics
from masarat.analyse.described import EDGES, born_by, countries, genders, languages
from masarat.resolve import Decision, Resolver, Rules
from tests.support.people import trait
from tests.support.shop import answer, order, refund, write


def groups(found):
    return [(row["group"], row["customers"], row["orders"], row["revenue"]) for row in found.rows]


def numbers(found):
    return {number.name: number.value for number in found.numbers}


@pytest.fixture
def told(store):
    """A shop with one order, of nobody: what is known of others is asked on its day."""
    write(store, [order("", "2025-06-30", 10)])
    return store


@pytest.fixture
def shop(store):
    """Six buyers: five of Riyadh in whatever spelling, one of Jeddah; one more known, one of nowhere."""
    places = ("Riyadh", "riyadh ", "RIYADH", "Riyadh", "Riyadh", "Jeddah")
    write(store, [order(f"user:{n}", "2025-01-05", 10 * n, city=city) for n, city in enumerate(places, 1)])
    trait(store, "user:7", "email", "g@b.sa")
    return store


def test_by_city(shop):
    found = answer(shop, Demographics())
    assert groups(found) == [
        ("Riyadh", 5, 5, 150.0),
        ("groups of fewer than 5", 1, 1, 60.0),
        ("not known", 1, 0, 0.0),
    ]
    assert [row["share_of_customers"] for row in found.rows] == [
        pytest.approx(5 / 6),
        pytest.approx(1 / 6),
        None,
    ]
    assert (found.rows[0]["aov"], found.rows[0]["each"], found.rows[2]["aov"]) == (30.0, 30.0, None)
    assert numbers(found) == {
        "customers": 7, "known": 6, "unknown": 1, "unknown_share": pytest.approx(1 / 7), "groups": 2,
        "revenue": 210.0, "each": 30.0,
    }  # fmt: skip
    assert found.sentence == (
        "The city is known of 6 of 7 customers (86%)."
        " The largest group is Riyadh: 5 customers (83% of those known), who brought SAR 150 net."
    )
    assert found.notes == ["It is known of few customers (6): read its shares as a hint."]


def test_what_they_said_counts_before_where_they_ordered(shop):
    trait(shop, "user:1", "city", "Abha")
    assert groups(answer(shop, Demographics()))[0] == ("groups of fewer than 5", 6, 6, 210.0)


def test_in_a_period_only_who_bought(shop):
    write(
        shop,
        [
            order("user:1", "2025-02-01", 5, city="Riyadh", event_id="f"),
            refund("user:6", "2025-02-02", 60, event_id="r"),
        ],
    )
    found = answer(shop, Demographics(period="2025-02"))
    assert groups(found) == [("groups of fewer than 5", 1, 1, 5.0), ("not known", 1, 0, -60.0)]
    assert found.numbers[0].before == 6


def test_everybody_is_in_the_list_of_customers_too(shop):
    assert (
        numbers(answer(shop, Demographics()))["customers"] == numbers(answer(shop, Customers()))["customers"]
    )


def test_gender_in_any_words(told):
    for place, word in enumerate(
        ("female", "F", "أنثى", "انثى", "Woman", "male", "m", "ذكر", "MALE", "رجل", "unsure")
    ):
        trait(told, f"user:{place}", "gender" if place % 2 else "sex", word)
    found = answer(told, Demographics(by="gender"))
    assert [row[:2] for row in groups(found)] == [("women", 5), ("men", 5), ("groups of fewer than 5", 1)]
    arabic = answer(told, Demographics(by="gender", language="ar"))
    assert [row["group"] for row in arabic.rows] == ["نساء", "رجال", "مجموعات أقل من 5 عملاء"]


def test_countries_and_languages_are_understood(told):
    for place, word in enumerate(("SA", "ksa", "السعودية", "Saudi Arabia", "المملكة العربية السعودية")):
        trait(told, f"user:{place}", "country", word)
    for place, word in enumerate(("ar", "ar-SA", "Arabic", "العربية", "AR_eg")):
        trait(told, f"user:{place}", "locale", word)
    assert groups(answer(told, Demographics(by="country")))[0][:2] == ("Saudi Arabia", 5)
    assert groups(answer(told, Demographics(by="language", language="ar")))[0][:2] == ("العربية", 5)


@pytest.mark.parametrize(
    ("by", "calendar", "said", "band"),
    [
        ("birthday", "gregorian", "2007-06-30", "18 to 24"),
        ("birthday", "gregorian", "2007-07-01", "under 18"),
        # The day is 5 Muharram 1447: of age are those born by 5 Muharram 1429.
        ("birthday", "hijri", "2008-01-14", "18 to 24"),
        ("birthday", "hijri", "2008-01-15", "under 18"),
        ("dob", "gregorian", "1960/01/05", "65 and over"),
        ("birthday", "gregorian", "1990-01-01 00:00:00", "35 to 44"),
        ("birthday", "gregorian", "١٩٩٠-٠١-٠١", "35 to 44"),
        ("age", "gregorian", "24", "18 to 24"),  # told half a year ago
        ("birthday", "gregorian", "1900-01-01", "not known"),
        ("birthday", "gregorian", "2026-01-01", "not known"),
        ("birthday", "gregorian", "in May", "not known"),
    ],
)
def test_age_bands(told, by, calendar, said, band):
    for place in range(FEWEST):
        trait(told, f"user:{place}", by, said, ts="2025-01-01")
    found = answer(told, Demographics(by="age", calendar=calendar))
    assert groups(found) == [(band, FEWEST, 0, 0.0)]


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["gregorian", "hijri"]))
def test_the_older_were_born_before(as_of, calendar):
    days = [born_by(as_of, age, calendar) for age in (0, *EDGES, 110)]
    assert days[0] == as_of
    assert days == sorted(days, reverse=True)
    if calendar == "gregorian":
        assert born_by(as_of, 18, "gregorian").year == as_of.year - 18


def test_words_of_one_meaning():
    assert (genders()["ذكر"], countries()["الامارات"], countries()["uk"]) == ("male", "AE", "GB")
    assert (languages()["العربيه"], languages()["en"]) == ("ar", "en")


def test_any_other_fact_and_what_there_is(told):
    for place in range(6):
        trait(told, f"user:{place}", "business", "true" if place else "false")
    found = answer(told, Demographics(by="business"))
    assert [row[:2] for row in groups(found)] == [("true", 5), ("groups of fewer than 5", 1)]
    nothing = answer(told, Demographics(by="shoe size"))
    assert nothing.sentence == (
        "Of none of the 6 customers is the “shoe size” known. Of 100% it is not known: ask for it in the account or at"
        " checkout, and send it with identify. You keep: business."
    )


def test_more_groups_than_asked_for(store):
    write(store, [order(f"user:{city}{n}", "2025-01-05", 10, city=city) for city in "abc" for n in range(6)])
    found = answer(store, Demographics(limit=1))
    assert [row[:2] for row in groups(found)] == [("a", 6), ("others", 12)]


def test_two_identifiers_are_one_customer_with_the_newest_fact(store):
    write(store, [order("user:1", "2025-01-05", 10)])
    trait(store, "user:1", "city", "Abha", ts="2025-01-01")
    trait(store, "phone:+1", "city", "Jazan", ts="2025-02-01")
    Resolver(store, Rules()).decide(Decision("merge", "user:1", "phone:+1"), "", "huda")
    found = answer(store, Demographics())
    assert (numbers(found)["customers"], numbers(found)["known"]) == (1, 1)


def test_worth_most_where_groups_are_large(store):
    many = [
        order(f"user:{city}{n}", "2025-01-05", pay, city=city)
        for city, pay in (("a", 10), ("b", 30))
        for n in range(30)
    ]
    write(store, many)
    sentence = answer(store, Demographics()).sentence
    assert "Per customer, most comes from b: SAR 30.00, against SAR 20.00 from all who are known." in sentence
    assert "وأكثر ما يجلبه العميل" in answer(store, Demographics(language="ar")).sentence


@pytest.mark.parametrize(
    ("known", "said"), [(1, "لدى عميل واحد"), (2, "لدى عميلين"), (3, "لدى 3 عملاء"), (11, "لدى 11 عميلًا")]
)
def test_arabic(store, known, said):
    write(store, [order(f"user:{n}", "2025-01-05", 10, city="أبها") for n in range(known)])
    assert said in answer(store, Demographics(language="ar")).sentence
