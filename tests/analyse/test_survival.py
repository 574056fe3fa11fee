import json
import math
from datetime import date, timedelta

import polars as pl
import pytest

from masarat.analyse.survival import Survival
from masarat.store import identities
from tests.support.shop import answer, order, refund, write

FIRST = date(2025, 1, 1)


def day(number, clock="12:00"):
    return f"{FIRST + timedelta(days=number)} {clock}"


# To day 100; forty days of silence mean to have left: known up to day 61.
FIVE = [
    *(order("stays", day(n), 10, channel="email") for n in (0, 30, 60, 95)),  # followed for 61 days
    order("once", day(0), 10, channel="social"),  # left after 0
    *(order("twice", day(n), 10, channel="social") for n in (1, 21)),  # left after 20
    *(order("late", day(n), 10, channel="email") for n in (50, 90)),  # followed for 11 days
    order("new", day(100), 10, channel="email"),  # too new
]


def value(found, name):
    return next(number.value for number in found.numbers if number.name == name)


def test_by_hand(store):
    write(store, FIVE)
    found = answer(store, Survival(days=40, language="en"))
    # Of four, one left at once: 3/4. After eleven days one is out of sight; then one of two: 3/8.
    assert (value(found, "customers"), value(found, "too_new"), value(found, "once")) == (4, 1, 0.25)
    first = found.rows[0]
    assert (first["gone"], first["after_30"], first["median"]) == (2, 0.375, 20)
    assert first["after_90"] is None  # nobody was followed so long
    assert [(row["nth"], row["share"], row["there"]) for row in found.picture.rows] == [(0, 0.75, 4), (1, 0.375, 1), (2, 0.375, 1)]  # fmt: skip
    assert found.sentence == "Of 4 customers 25% never came back after the day of the first order."
    assert "Only 4 customers: read the shares with care." in found.notes
    arabic = answer(store, Survival(days=40, language="ar"))
    assert "من 4 عملاء لم يعد بعد يوم أول طلب" in arabic.sentence


def test_parts_are_of_the_first_order(store):
    write(store, [*FIVE, order("once", day(0, "12:01"), 5, channel="email")])
    found = answer(store, Survival(days=40, by="channel", language="en"))
    assert {row["part"]: (row["customers"], row["gone"]) for row in found.rows} == {"email": (2, 0), "social": (2, 2)}  # fmt: skip
    assert "By channel no part differs by more than chance." in found.sentence


def test_a_part_that_loses_customers_is_named(store):
    events = [
        order(f"good{n}", day(on), 10, utm_campaign="good") for n in range(40) for on in (0, 30, 60, 90)
    ]
    events += [order(f"bad{n}", day(n % 9), 10, utm_campaign="flash") for n in range(40)]
    write(store, events)
    found = answer(store, Survival(days=40, by="campaign", language="en"))
    assert "Soonest gone: flash (100% never came back); longest there: good (0%)." in found.sentence
    assert all(row["chance"] < 1e-9 for row in found.rows)
    assert "وأسرعهم رحيلًا: ⁨flash⁩" in answer(store, Survival(days=40, by="campaign", language="ar")).sentence


def test_own_rhythm_tells_sooner(store):
    quick = [
        order("quick", day(on), 10) for on in range(0, 30, 5)
    ]  # every five days; fourteen silent are enough
    slow = [order(f"slow{n}", day(on), 10) for n in range(5) for on in (0, 50, 100)]
    write(store, [*quick, *slow])
    found = answer(store, Survival())
    assert value(found, "silence") == 50
    assert found.rows[0]["gone"] == 1


@pytest.mark.parametrize(
    ("gaps", "said"), [((30, 60, 90, 120), "look like renewals"), ((3, 40, 70, 120), "No subscription")]
)
def test_renewals_are_told_by_equal_gaps(store, gaps, said):
    write(store, [order(f"c{n}", day(n + on), 10) for n in range(20) for on in (0, *gaps)])
    found = answer(store, Survival(days=40, language="en"))
    assert any(said in note for note in found.notes)


def test_merged_same_moment_and_refunds(store):
    events = [
        order("user:1", day(0), 10),
        order("user:1", day(0), 10),  # in the same millisecond
        order("phone:1", day(20), 10),  # the same customer, as we learn
        refund("user:1", day(60), 5),  # no order
        order("user:2", day(0), 0),  # free: no customer
        order("", day(100), 10),
    ]
    write(store, events)
    identities.change_owners(store, pl.DataFrame({"identifier": ["phone:1"], "owner": ["user:1"]}))
    row = answer(store, Survival(days=40)).rows[0]
    assert (row["customers"], row["gone"], row["median"]) == (1, 1, 20)


@pytest.mark.parametrize("by", ["all", "cohort", "product", "city"])
@pytest.mark.parametrize(
    "events",
    [[], FIVE[:1], [order("a", day(0), 10)], [order("a", day(0), 0)]],
    ids=["empty", "one", "first", "free"],
)
def test_edges_without_nan(store, events, by):
    write(store, events) if events else None
    found = answer(store, Survival(by=by, language="en"))
    assert found.sentence
    said = json.dumps(found.model_dump(mode="json"), allow_nan=False)  # refuses what is not a number
    assert "nan" not in said.lower().split()
    assert all(math.isfinite(n.value) for n in found.numbers if isinstance(n.value, float))


def test_ten_thousand_products_are_twelve_parts_and_the_rest(store):
    events = [order(f"c{n}", day(n % 50), 10, items=[(f"p{n // 3}", 1, 10)]) for n in range(3_000)]
    write(store, [*events, order("end", day(200), 10, items=[("p0", 1, 10)])])
    found = answer(store, Survival(days=40, by="product", language="en"))
    assert len(found.rows) == 13
    assert found.rows[0]["part"] == "The rest"
    assert sum(row["customers"] for row in found.rows) == 3_000


def test_too_early(store):
    write(store, [order("a", day(0), 10), order("b", day(5), 10)])
    assert "Too early to tell" in answer(store, Survival(days=40, language="en")).sentence
    assert "لم يحن الحكم بعد" in answer(store, Survival(days=40, language="ar")).sentence
