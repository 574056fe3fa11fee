import math
from datetime import date, timedelta

import polars as pl
import pytest

from masarat.analyse import explain
from masarat.analyse.at_risk import AtRisk
from masarat.analyse.habits import COUNTED
from masarat.analyse.segments import customers_of
from masarat.events import hash_of
from masarat.store import identities
from tests.support.shop import answer, event, order, refund, when, write

FIRST = date(2025, 1, 1)


def day(number, clock="12:00"):
    return f"{FIRST + timedelta(days=number)} {clock}"


def regulars(count=12, every=10, until=100, begin=0):
    """Customers who order every ten days, to the end."""
    return [
        order(f"user:{who}", day(on), 50)
        for who in range(count)
        for on in range(begin + who % every, until, every)
    ]


QUIET = [order("user:quiet", day(on), 80) for on in range(0, 70, 10)]  # forty days silent by the end


def numbers(row):
    return dict(zip(COUNTED, row["counted"], strict=True))


def at(store, question, who, *, now=False):
    """What is known of a customer, at the latest earlier date or now."""
    rows = store.rows(explain(store, question, today=date(2025, 6, 30)))
    return numbers(
        max((r for r in rows if r["customer"] == who and r["is_now"] == now), key=lambda r: r["cut"])
    )


def test_who_is_silent_longer_than_usual_is_named_with_the_reason(store):
    write(store, [*regulars(), *QUIET])
    found = answer(store, AtRisk(days=14, language="en"))
    first = found.rows[0]
    assert [row["customer"] for row in found.rows] == ["user:quiet"]
    assert first["why"] == ["buys every 10 days, silent for 40"]
    assert (first["orders"], first["revenue"], first["gap"], first["recency"]) == (7, 560, 10, 40)
    assert 0.8 < first["chance"] < 1
    assert first["action"] == "Call in person"
    # Six orders after the first in sixty days, joined with one at everybody's pace: somewhat more than 80 for each of ten days.
    assert 80 < first["at_stake"] / first["chance"] < 14 / 10 * 80 * 1.1
    assert found.sentence.startswith("One of 13 regular customers is about to leave: SAR ")
    assert "buys every 10 days, silent for 40. Call in person." in found.sentence
    arabic = answer(store, AtRisk(days=14, language="ar"))
    assert "يوشك أن يرحل عميل واحد من عملائك المنتظمين" in arabic.sentence
    assert arabic.rows[0]["why"] == ["يشتري كل 10 أيام، وهو ساكت منذ 40 يومًا"]


def test_decline_in_visits_is_seen_before_the_orders_stop(store):
    visits = [
        event("Page Viewed", "user:fading", day(on), session_id=f"s{on}", url="https://a.sa/")
        for on in range(0, 70, 5)
    ]
    write(store, [*regulars(), *(order("user:fading", day(on), 80) for on in range(0, 80, 10)), *visits])
    found = at(store, AtRisk(days=14), "user:fading", now=True)
    assert (found["visits_30"], found["visits_90"], found["visits_older"]) == (0, 12, 14)
    rows = {row["customer"]: row["why"] for row in answer(store, AtRisk(days=14, language="en")).rows}
    assert "visits fell from 6 to 0 in 30 days" in rows["user:fading"]


def test_troubles_are_reasons_and_come_first(store):
    told = [
        event("Ticket Opened", "user:quiet", day(65), props='{"topic": "late delivery"}'),
        event("Order Delivered", "user:quiet", day(64), props='{"late_days": 3}'),
        event("Delivery Refused", "user:quiet", day(66)),
        event("Survey Answered", "user:quiet", day(67), props='{"survey": "csat", "score": 1}'),
    ]
    write(store, [{"props": "{}", **row} for row in [*regulars(), *QUIET, *told]])
    found = at(store, AtRisk(days=14), "user:quiet", now=True)
    assert (found["tickets_90"], found["late"], found["refused"], found["score"]) == (1, 1, 1, 0)
    first = answer(store, AtRisk(days=14, language="en")).rows[0]
    assert first["why"][0] == "buys every 10 days, silent for 40"
    assert "a ticket in 90 days, the last about late delivery" in first["why"]
    assert first["action"] == "Call and put right what went wrong"


def test_a_date_knows_nothing_of_what_came_later(store):
    question = AtRisk(days=14)
    write(store, [*regulars(), *QUIET])
    before = at(store, question, "user:quiet")
    later = [
        event("Ticket Opened", "user:quiet", day(95), event_id="x1"),
        event("Page Viewed", "user:quiet", day(96), event_id="x2", session_id="late"),
        # It happened before, and came in after the date.
        event("Ticket Opened", "user:quiet", day(80), event_id="x3", received_at=when(day(92))),
        refund("user:quiet", day(97), 10, event_id="x4"),
    ]  # fmt: skip
    write(store, later)
    assert at(store, question, "user:quiet") == before
    assert at(store, question, "user:quiet", now=True)["tickets_90"] == 2


def test_counts_by_hand(store):
    write(
        store,
        [
            *regulars(),
            order("user:a", day(80), 100, coupon="X", channel="email"),
            order("user:a", day(80), 60),  # in the same millisecond: another order, no gap
            order("user:a", day(90), 40),
            order("user:a", day(95), 0),  # free: no order
            refund("user:a", day(96), 50),
        ],
    )
    found = at(store, AtRisk(days=14), "user:a", now=True)
    assert (found["orders"], found["money"], found["gaps"], found["coupons"], found["refunds"]) == (
        3,
        150,
        1,
        1,
        1,
    )
    assert found["gap_logs"] == pytest.approx(math.log(10))
    assert (found["recency"], found["tenure"]) == (10, 20)


def test_merged_customers_are_one(store):
    write(
        store,
        [
            *regulars(),
            *QUIET[:4],
            *(order("phone:1", row["ts"].strftime("%Y-%m-%d %H:%M"), 80) for row in QUIET[4:]),
        ],
    )
    identities.change_owners(store, pl.DataFrame({"identifier": ["phone:1"], "owner": ["user:quiet"]}))
    found = answer(store, AtRisk(days=14))
    assert [(row["customer"], row["orders"]) for row in found.rows] == [("user:quiet", 7)]


def test_gone_is_not_leaving(store):
    gone = [order("user:gone", day(on), 80) for on in range(0, 24, 4)]  # four days each, eighty silent
    write(store, [*regulars(), *gone])
    found = answer(store, AtRisk(days=14, language="en"))
    assert {number.name: number.value for number in found.numbers}["gone"] == 1
    assert "None of 13 regular customers looks about to leave in the next 14 days." in found.sentence
    assert "لا يبدو أن أحدًا" in answer(store, AtRisk(days=14, language="ar")).sentence


def test_all_at_risk_can_be_saved_however_few_are_shown(store):
    other = [{**row, "visitor_id": "user:other"} for row in QUIET]
    write(store, [*regulars(), *QUIET, *other])
    found = customers_of(store, AtRisk(days=14, limit=1), today=date(2025, 6, 30))
    assert sorted(found) == sorted(map(hash_of, ["user:quiet", "user:other"]))


@pytest.mark.parametrize(
    "events",
    [
        [],
        [order("user:1", day(0), 50)],
        [order("user:1", day(n), 50) for n in range(5)],
        [order(f"user:{n}", day(n), 50) for n in range(10)],
        [row for n in range(30) for row in (order("user:1", day(n), 50), refund("user:1", day(n), 50))],
        [order("user:1", day(n), 0) for n in range(30)],
        [order("", day(n), 10) for n in range(30)],
        [*regulars(3, 20, 100), *(order("user:big", day(n), 1_000_000) for n in range(0, 60, 2))],
    ],
    ids=["empty", "one", "few", "ten customers", "all returned", "free", "nobody", "wholesaler"],
)  # fmt: skip
def test_edges_are_sentences_and_never_nan(store, events):
    write(store, events) if events else None
    found = answer(store, AtRisk(language="en"))
    assert found.sentence
    values = [number.value for number in found.numbers] + [
        value for row in found.rows for value in row.values()
    ]
    assert all(math.isfinite(value) for value in values if isinstance(value, float))


def test_too_little_says_what_is_needed(store):
    write(store, [order("user:1", day(n), 50) for n in range(5)])
    assert (
        "it takes 20 gaps between orders of the same customers (there are 4)"
        in answer(store, AtRisk(language="en")).sentence
    )
    assert "البيانات لا تكفي" in answer(store, AtRisk(language="ar")).sentence


@pytest.mark.shared
def test_online_retail_is_foreseen_better_than_by_recency(retail):
    found = answer(retail, AtRisk(days=90, language="en"), today=date(2011, 12, 9))
    values = {number.name: number.value for number in found.numbers}
    assert values["auc"] > 0.72 > values["auc_recency"]
    assert values["held"] == 3370  # who had bought by then
    drawn = [(row["said"], row["came"]) for row in found.picture.rows]
    assert max(abs(said - came) for said, came in drawn) < 0.1
    assert all(row["why"] and row["chance"] >= 0.5 for row in found.rows)
