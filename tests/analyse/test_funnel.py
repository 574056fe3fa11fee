"""The way through steps: who gets how far, in which order, in what time, and by which attempt."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from masarat.analyse import ask
from masarat.analyse.funnel import Funnel
from masarat.errors import BadParameter, UnknownName
from masarat.resolve import Resolver, Rules
from masarat.resolve.links import SEEN
from tests.support.shop import answer, event, order, write

ABC, ABCD = ("A", "B", "C"), ("A", "B", "C", "D")


def told(day, *moves):
    """A customer's moves on a day of March: 'A' at one minute past, 'B' at two, unless a time is said: 'B@10:30:00.000'."""
    for minute, move in enumerate(moves, 1):
        name, _, at = move.partition("@")
        yield event(name, f"user:{day}", f"2025-03-{day:02} {at or f'10:{minute:02}'}")


@pytest.fixture(scope="module")
def days(engine):
    """Each day of March another case, one customer a day."""
    store = engine.store(timezone="UTC")
    moments = ("A@10:00:00.000", "B@10:00:00.000", "C@10:00:00.000", "D@10:00:01.000")
    cases = {
        1: "ABDC",
        2: "ABCBD",
        3: moments,
        4: ("B@10:00", "A@10:00", "A@10:00"),  # told twice, in the same millisecond
        5: ("A@08:00", "B@10:00", "A@11:00", "B@11:10", "C@11:30"),  # the second attempt goes further
        6: "AXBC",
        7: "AXABC",
        8: "AC",
        9: "AOC",
        10: "ACO",
        11: ("A@23:50",),
        13: "CBA",
        14: "AAB",
    }
    rows = [row for day, moves in cases.items() for row in told(day, *moves)]
    rows.append(event("B", "user:11", "2025-03-12 00:10"))
    rows += [event("Z", "user:99", "2025-06-30")]  # where the data ends
    write(store, rows)
    return store


def reached(store, day, steps=ABC, **more):
    """How many customers of that day came to each step."""
    period = f"2025-03-{day:02}"
    return [
        row["customers"]
        for row in ask(store, Funnel(steps=steps, period=period, compare="none", **more)).rows
    ]


@pytest.mark.parametrize(
    ("day", "ordered", "strict"), [(1, 3, 2), (2, 4, 4), (3, 4, 4)], ids=["ABDC", "ABCBD", "one second"]
)
def test_the_levels_of_window_funnel(days, day, ordered, strict):
    assert sum(reached(days, day, ABCD)) == ordered
    assert sum(reached(days, day, ABCD, order="strict")) == strict


def test_one_move_serves_one_step_and_told_twice_is_one(days):
    assert reached(days, 4, ("A", "A")) == [1, 0]
    assert reached(days, 14, ("A", "A", "B")) == [1, 1, 1]
    assert reached(days, 4, ("A", "B")) == [1, 1]  # in the same millisecond, in the order of the steps


def test_a_customer_counts_by_the_attempt_that_went_furthest(days):
    rows = answer(days, Funnel(steps=ABC, within="1h", period="2025-03-05", compare="none")).rows
    assert [row["customers"] for row in rows] == [1, 1, 1]
    assert [row["median"] for row in rows] == [None, 600, 1200]
    assert reached(days, 5, ABC, within="29m") == [1, 1, 0]


def test_what_is_excluded_ends_an_attempt_and_another_may_begin(days):
    assert reached(days, 6, exclude=("X",)) == [1, 0, 0]
    assert reached(days, 6) == [1, 1, 1]
    assert reached(days, 7, exclude=("X",)) == [1, 1, 1]
    assert reached(days, 6, order="any", exclude=("X",)) == [1, 1, 0]  # B and C after it


def test_an_optional_step_keeps_nobody_from_going_on(days):
    steps = ("A", "O", "C")
    rows = answer(
        days, Funnel(steps=steps, optional=(2,), period="2025-03-08..2025-03-10", compare="none")
    ).rows
    assert [row["customers"] for row in rows] == [
        3,
        1,
        3,
    ]  # who did it after the last step did not on the way
    assert [row["left"] for row in rows] == [0, None, None]
    assert [row["from_previous"] for row in rows] == [None, 1 / 3, 1]


def test_a_way_may_end_after_the_period_it_began_in(days):
    assert reached(days, 11, ("A", "B")) == [1, 1]
    assert reached(days, 11, ("A", "B"), within="15m") == [1, 0]
    assert reached(days, 12, ("A", "B")) == []


def test_in_any_order_the_steps_done_are_counted(days):
    assert reached(days, 13) == [1, 0, 0]
    found = answer(days, Funnel(steps=ABC, order="any", period="2025-03-13", compare="none"))
    assert [row["customers"] for row in found.rows] == [1, 1, 1]
    assert [row["median"] for row in found.rows] == [None, 60, 60]
    assert [row["step"] for row in found.rows][1] == "2 of 3 steps"
    assert reached(days, 8, order="any") == [1, 1, 0]


def test_nothing_in_a_period_is_an_answer(days):
    found = answer(days, Funnel(steps=ABC, period="2025-04", compare="none"))
    assert found.rows == []
    assert found.sentence.startswith("Nothing in this period")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Funnel(steps=("A",)), "2 to 12 steps"),
        (Funnel(steps=("A",) * 13), "2 to 12 steps"),
        (Funnel(steps=ABC, exclude=("X",) * 6), "At most 5"),
        (Funnel(steps=ABC, optional=(3,)), "between the first and the last"),
        (Funnel(steps=ABC, optional=(2,), order="any"), "no step is optional"),
        (Funnel(steps=("A", "A"), order="any"), "stands once"),
        (Funnel(steps=ABC, within="2 weeks"), "not a time"),
        (Funnel(steps=ABC, within="366d"), "not a time"),
        (Funnel(steps=("A", "Bb")), "Bb"),
    ],
)
def test_what_cannot_be_asked_says_why(days, question, says):
    with pytest.raises((BadParameter, UnknownName), match=says):
        ask(days, question)


def test_random_journeys_end_where_window_funnel_ends_them(store):
    """400 customers, up to 14 moves each a different millisecond apart, several windows: level by level."""
    chance, rows = random.Random(11), []
    begin = datetime(2025, 3, 1, tzinfo=UTC)
    for customer in range(400):
        at = begin
        for _ in range(chance.randrange(1, 15)):
            at += timedelta(milliseconds=chance.randrange(1, 3_600_000))
            rows.append({**event(chance.choice("ABCDE"), f"user:{customer}", "2025-03-01"), "ts": at})
    write(store, rows)
    steps = ", ".join(f"name = '{name}'" for name in ABCD)
    for minutes in (40, 180, 1440):
        levels = store.select(
            f"""SELECT level FROM (SELECT windowFunnel({minutes * 60_000})(toUInt64(toUnixTimestamp64Milli(ts)), {steps}) AS level
                FROM events GROUP BY customer_id)"""
        )
        expected = [sum(row["level"] >= step for row in levels) for step in range(1, 5)]
        assert [
            row["customers"] for row in ask(store, Funnel(steps=ABCD, within=f"{minutes}m")).rows
        ] == expected


@pytest.fixture(scope="module")
def shop(engine):
    """Two months of a small shop, with a customer who is two visitors until they merge in mid-way."""
    store = engine.store(timezone="UTC")
    write(
        store,
        [
            *(event("Product Viewed", f"user:{n}", f"2025-03-{n:02}", channel=("email", "ads")[n % 2]) for n in range(1, 11)),
            *(event("Product Added", f"user:{n}", f"2025-03-{n:02} 00:10", channel="direct") for n in range(1, 7)),
            *(order(f"user:{n}", f"2025-03-{n:02} 01:00", 100) for n in range(1, 4)),
            order("user:9", "2025-03-20", 70),
            order("user:1", "2025-04-02", 900),
            *(event("Product Viewed", f"user:{n}", f"2025-02-{n:02}") for n in range(1, 21)),
            *(event("Product Added", f"user:{n}", f"2025-02-{n:02} 00:10") for n in range(1, 3)),
            event("Product Viewed", "anon:x", "2025-03-25 10:00", channel="ads"),
            event("Product Added", "user:x", "2025-03-25 10:05", channel="email"),
            event("Page Viewed", "user:1", "2025-06-30"),
        ],
    )  # fmt: skip
    seen = pl.DataFrame(
        {"one": ["anon:x"], "other": ["user:x"], "ts": [datetime(2025, 3, 25, tzinfo=UTC)], "event_id": ["m"], "source": ["web"]}
    ).cast(SEEN)  # fmt: skip
    Resolver(store, Rules()).take(seen)
    return store


WAY = ("Product Viewed", "Product Added", "Order Completed")


def test_shares_money_and_times_by_hand(shop):
    found = answer(shop, Funnel(steps=WAY, period="2025-03"))
    viewed, added, bought = found.rows
    assert [row["customers"] for row in found.rows] == [11, 7, 3]  # the merged customer is one, and has added
    assert (added["from_previous"], bought["from_previous"]) == pytest.approx((7 / 11, 3 / 7))
    assert (viewed["left"], added["left"], bought["left"]) == (4, 4, None)
    assert [row["revenue"] for row in found.rows] == [
        370,
        300,
        300,
    ]  # user:9 bought without adding; April is not March
    assert (added["median"], bought["median"], bought["slow"]) == (600, 3000, 3000)
    assert (bought["at_least"], bought["at_most"]) == pytest.approx(
        (0.0975, 0.5656), abs=1e-4
    )  # Wilson, 3 of 11
    # 7 of 11 against 2 of 20: (7/11 − 1/10) / (1/10)
    assert added["change"] == pytest.approx(5.3636, abs=1e-4)
    assert bought["change"] is None  # nobody bought before
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers["time_to_convert"] == 3600
    assert found.sentence.startswith(
        "3 of 11 customers (27%) got from “Product Viewed” to “Order Completed” in 7 days."
    )


@pytest.mark.parametrize(
    ("credit", "parts"),
    [
        ("first", {"ads": [6, 4, 2], "email": [5, 3, 1]}),  # where they came from
        ("2", {"direct": [6, 6, 3], "ads": [2, 0, 0], "email": [3, 1, 0]}),
        ("last", {"direct": [6, 6, 3], "ads": [2, 0, 0], "email": [3, 1, 0]}),  # orders tell no channel
    ],
)
def test_a_customer_counts_in_one_part(shop, credit, parts):
    found = answer(
        shop, Funnel(steps=WAY, period="2025-03", compare="none", breakdown="channel", credit=credit)
    )
    given = {}
    for row in found.rows:
        given.setdefault(row["breakdown"], []).append(row["customers"])
    assert given == parts
    few = ask(
        shop, Funnel(steps=WAY, period="2025-03", compare="none", breakdown="channel", credit=credit, limit=1)
    )
    rest = [row for row in few.rows if row["breakdown"] == "all others"]
    assert len(few.rows) == 6
    assert [row["customers"] for row in rest] == [11 - few.rows[0]["customers"], 7 - few.rows[1]["customers"], 3 - few.rows[2]["customers"]]  # fmt: skip


def test_who_may_still_come_is_said(shop):
    late = ask(shop, Funnel(steps=("Page Viewed", "Order Completed")))
    assert {number.name: number.value for number in late.numbers}["open"] == 1
    assert any("may still come" in note for note in late.notes)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_ten_thousand_parts_and_a_single_customer(store, language):
    write(
        store, [event("Product Viewed", f"user:{n}", "2025-03-01", city=f"city {n}") for n in range(10_000)]
    )
    store.append(store.frame("SELECT event_id || 'x' AS event_id, ts + 1000 AS ts, 'Product Added' AS name, source, visitor_id FROM events LIMIT 1"))  # fmt: skip
    found = ask(store, Funnel(steps=WAY[:2], breakdown="city", limit=3, language=language))
    assert len(found.rows) == 8
    assert sum(row["customers"] for row in found.rows[::2]) == 10_000
    assert sum(row["customers"] for row in found.rows[1::2]) == 1


@pytest.mark.shared
def test_a_published_log_of_600_users(store, shared_data):
    log = pl.read_csv(shared_data / "simple_onlineshop" / "ecom_journeys.csv.gz").filter(
        pl.col("event").is_in(["catalog", "cart", "payment_details"])
    )
    write(
        store,
        [
            event(name, f"user:{who}", at)
            for who, name, at in log.select("user_id", "event", "timestamp").iter_rows()
        ],
    )
    found = ask(store, Funnel(steps=("catalog", "cart", "payment_details"), within="365d"))
    assert [row["customers"] for row in found.rows] == [600, 482, 334]
