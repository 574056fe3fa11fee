"""Moves between customer segments, by hand, and the customers behind each."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from masarat.analyse import ask
from masarat.analyse.rfm import SEGMENTS, Rfm
from masarat.analyse.segment_movers import SegmentMovers
from masarat.analyse.segment_moves import PLACES, RANKS, SegmentMoves, place_of
from masarat.analyse.segments import customers_of
from masarat.errors import UnknownName
from masarat.events import hash_of
from masarat.show.closer import behind
from tests.support.shop import answer, order, refund, write

MAY = {"period": "2025-05", "compare": "none", "language": "en"}
FOUR = [
    *(order("best", f"2025-05-0{day}", 100) for day in (1, 2, 3, 4, 5)),
    *(order("best", f"2025-04-0{day}", 100) for day in (1, 2)),
    refund("best", "2025-05-06", 40),
    *(order("gone", f"2025-01-0{day}", 50) for day in (1, 2, 3)),
    order("new", "2025-05-04", 1),
    order("once", "2025-04-01", 2),
    order("", "2025-05-04", 1000),  # nobody
]
# On 30 April three customers: bought later best 0, once ⅓, gone ⅔ → R 5, 4, 2; fewer orders: gone ⅔, best ⅓, once 0 → F 4, 2, 1; net below:
# gone ⅓ → M 2. On 31 May four: later best 0, new ¼, once ½, gone ¾ → R 5, 4, 3, 2; fewer best ¾, gone ½ → F 4, 3; below best ¾ → M 4.
MOVES = {
    ("Not yet a customer", "Promising"): ("First bought", 1, 1, 0),
    ("Potential loyalists", "Champions"): ("Up", 1, 460, 200),
    ("Promising", "About to sleep"): ("Down", 1, 0, 2),
    ("At risk", "At risk"): ("Stayed", 1, 0, 0),
}


@pytest.fixture
def shop(store):
    write(store, FOUR)
    return store


def ways(found):
    return {(row["one"], row["two"]): (row["kind"], row["customers"], row["revenue"], row["revenue_before"])
            for row in found.rows}  # fmt: skip


def test_from_where_to_where(shop):
    found = answer(shop, SegmentMoves(**MAY))
    assert ways(found) == MOVES
    assert all(row["difference"] == row["revenue"] - row["revenue_before"] for row in found.rows)
    assert {number.name: number.value for number in found.numbers} == {
        "customers": 4, "up": 1, "down": 1, "stayed": 1, "arrived": 1, "left": 0, "returned": 0, "down_difference": -2,
    }  # fmt: skip
    assert list(found.picture.rows[0].values())[:3] == ["Not yet a customer", "Promising", 1]
    assert found.sentence == (
        "Of 4 customers, 1 moved up, 1 moved down and 1 stayed; one bought for the first time. "
        "The largest move up: Potential loyalists → Champions (one customer). "
        "The costliest move down: Promising → About to sleep (one customer, SAR 2.00 less than in as many days before)."
    )
    arabic = answer(shop, SegmentMoves(**{**MAY, "language": "ar"})).sentence
    assert arabic.startswith("4 عملاء: ارتقى واحد، وتراجع واحد، وثبت في مكانه واحد، واشترى واحد أول مرة.")
    assert "من «في الطريق إلى الوفاء» إلى «نخبة العملاء» (عميل واحد)" in arabic


def test_the_gone_are_gone_and_may_come_back(shop):
    write(
        shop, [order("back", "2024-11-01", 5, event_id="b1"), order("back", "2025-05-20", 5, event_id="b2")]
    )
    found = answer(shop, SegmentMoves(**MAY, gone_days=60))
    moved = ways(found)
    # 30 April is 117 days after gone's last order and 29 after once's; 31 May is 60 after once's
    assert moved["Gone", "Gone"][:2] == ("Stayed", 1)
    assert moved["Promising", "Gone"][:2] == ("Down", 1)
    assert [way for way in moved if way[0] == "Gone" and way[1] != "Gone"] == [
        ("Gone", "Potential loyalists")
    ]
    numbers = {number.name: number.value for number in found.numbers}
    assert (numbers["left"], numbers["returned"]) == (1, 1)
    half = next(row for row in found.rows if row["one"] == row["two"])
    assert half["share_of_start"] == 0.5  # of the two who were gone


def test_a_move_down_that_costs_nothing_says_so(store):
    write(store, [*FOUR, order("once", "2025-02-01", 9)])
    found = answer(store, SegmentMoves(**{**MAY, "period": "2025-04-15..2025-06-30"}, gone_days=60))
    assert "nan" not in found.sentence.casefold()
    write(store, [order("a", "2023-01-01", 9, event_id="x")])
    found = answer(store, SegmentMoves(**{**MAY, "period": "2023-12-01..2024-01-31"}))
    assert found.sentence.endswith(
        "The largest move down: New → Gone (one customer), which has cost nothing so far."
    )


def test_the_whole_history_one_customer_and_nobody(store):
    write(store, [order("a", "2025-05-02", 10)])
    found = answer(store, SegmentMoves(period="all", language="en"))
    assert ways(found) == {("Not yet a customer", "New"): ("First bought", 1, 10, 0)}
    assert any("choose a period" in note for note in found.notes)
    assert answer(store, SegmentMoves(period="2024")).rows == []
    assert answer(store, SegmentMoves(period="1950")).rows == []
    later = answer(store, SegmentMoves(period="2025-06", compare="previous", language="en"))
    assert ways(later) == {("New", "New"): ("Stayed", 1, 0, 10)}  # 2 to 31 May are thirty days, as June has
    assert next(number for number in later.numbers if number.name == "arrived").before == 1


def test_the_last_ninety_days_are_asked_where_no_period_is(shop):
    for kind in (SegmentMoves, SegmentMovers):
        found, same = answer(shop, kind()), answer(shop, kind(period="last_90_days"))
        assert (found.rows, found.period) == (same.rows, same.period)
    assert {row["one"] for row in answer(shop, SegmentMoves(language="en")).rows} > {"Not yet a customer"}


def test_who_went(shop):
    found = answer(shop, SegmentMovers(**MAY))
    assert [(row["customer"], row["one"], row["two"], row["difference"]) for row in found.rows] == [
        ("once", "Promising", "About to sleep", -2),
        ("new", "Not yet a customer", "Promising", 1),
        ("best", "Potential loyalists", "Champions", 260),
    ]
    assert found.sentence == "3 customers went this way; they brought SAR 461 in the period, SAR 202 in as many days before."  # fmt: skip
    down = SegmentMovers(**MAY, came_from="promising")
    assert list(customers_of(shop, down)) == [hash_of("once")]
    assert list(customers_of(shop, SegmentMovers(**MAY, went_to="نخبة العملاء"))) == [hash_of("best")]
    assert list(customers_of(shop, SegmentMovers(**MAY, limit=1))) == sorted(map(hash_of, ("best", "new", "once")))  # fmt: skip
    stayed = SegmentMovers(**MAY, came_from="At risk", went_to="at_risk")
    assert list(customers_of(shop, stayed)) == [hash_of("gone")]
    nobody = answer(shop, SegmentMovers(**MAY, came_from="champions"))
    assert nobody.sentence == "Nobody went this way in the period."
    assert answer(shop, SegmentMovers(**{**MAY, "language": "ar"}, went_to="champions")).sentence.startswith("سلك هذا الطريق عميل واحد")  # fmt: skip
    with pytest.raises(UnknownName, match="champion"):
        ask(shop, SegmentMovers(came_from="champion"))


def test_each_row_leads_to_its_customers(shop):
    for language in ("en", "ar"):
        question = SegmentMoves(**{**MAY, "language": language})
        found = answer(shop, question)
        for row, way in zip(found.rows, behind(question, found, {"period": "2025-05"}, 50), strict=True):
            assert way.question == "segment_movers"
            assert answer(shop, SegmentMovers(**way.given, language="en")).sample == 4
            assert len(customers_of(shop, SegmentMovers(**way.given))) == row["customers"]


def test_every_place_has_a_rank_and_is_called_by_one_name():
    assert set(RANKS) == {*SEGMENTS, "gone"} == set(PLACES) - {"newcomer"}
    assert [place_of(place) for place in PLACES] == list(PLACES)


def test_places_are_those_of_rfm(store):
    """Sixty customers: how many stand where at either end is what the segments of both days say."""
    dice = random.Random(3)
    write(
        store,
        [
            order(
                f"c{n}", f"2025-{dice.randint(1, 6):02}-{dice.randint(1, 28):02} 0{i}:00", dice.randint(1, 4)
            )
            for n in range(60)
            for i in range(dice.choice([1, 1, 2, 3, 5]))
        ],
    )
    found = answer(store, SegmentMoves(**MAY, gone_days=3650))
    for end, day in (("one", "2025-04-30"), ("two", "2025-05-31")):
        stood = Counter()
        for row in found.rows:
            stood[row[end]] += row["customers"]
        rfm = answer(store, Rfm(period=f"2025-01-01..{day}", compare="none", language="en"))
        assert {row["segment"]: row["customers"] for row in rfm.rows if row["customers"]} == {
            name: count for name, count in stood.items() if name != "Not yet a customer"
        }
