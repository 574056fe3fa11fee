"""The fourteen metrics, each on a few events that can be counted on fingers, and against the questions that say the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from masarat.analyse import ask
from masarat.analyse.abandoned_carts import AbandonedCarts
from masarat.analyse.metric import Metric
from masarat.analyse.metrics import METRICS
from masarat.analyse.new_and_returning import NewAndReturning
from masarat.analyse.retention import Retention
from masarat.analyse.scorecard import Scorecard
from masarat.analyse.sessions import Sessions
from masarat.analyse.told import Told
from masarat.errors import UnknownName
from masarat.models.proportions import interval
from masarat.records.targets import Target
from masarat.show.pictures.scale import series
from masarat.store import identities
from tests.support.shop import answer, event, order, refund, when, write

YEAR = "2025-01-01..2025-06-30"


def view(who, ts, visit="", **columns):
    return event("Page Viewed", who, ts, session_id=visit, **columns)


def said(survey, score, who="", ts="2025-03-05"):
    return event("Survey Answered", who, ts, props=json.dumps({"survey": survey, "score": score}))


def found(store, name, period="2025-03", **more):
    return answer(
        store, Metric(**{"metric": name, "period": period, "language": "en", "compare": "none"} | more)
    )


def figure(store, name, period="2025-03", **more):
    return next(each.value for each in found(store, name, period, **more).numbers if each.name == name)


def figures(store, period="2025-03", **more):
    """All of them at once."""
    rows = answer(store, Scorecard(period=period, language="en", compare="none", **more)).rows
    return {row["key"]: row["value"] for row in rows}


def test_visits(store):
    write(
        store,
        [
            view("anon:1", "2025-03-01 10:00", "a"),  # bounced
            view("user:1", "2025-03-01 10:00", "b"),
            view("user:1", "2025-03-01 10:05", "b"),  # looked around
            view("user:2", "2025-03-02 10:00", "c"),
            event("Product Viewed", "user:2", "2025-03-02 10:01", session_id="c"),
            view("user:3", "2025-03-03 10:00", "d"),
            event("Product Added", "user:3", "2025-03-03 10:01", session_id="d"),
            order("user:3", "2025-03-03 10:02", 50, session_id="d"),
        ],
    )
    got = figures(store)
    assert [got[name] for name in ("bounce_rate", "conversion", "engagement", "intent")] == [
        1 / 4,
        1 / 4,
        2 / 4,
        1 / 4,
    ]
    assert figure(store, "bounce_rate") == 1 / 4


def test_surveys(store):
    scores = {
        "nps": (10, 8, 6, 11),
        "NPS-after-delivery": (9,),
        "csat": (5, 4, 3, 1),
        "ces": (7, 4, 0),
        "effort": (1,),
        "satisfaction": (9,),
    }
    write(store, [said(survey, score) for survey, given in scores.items() for score in given])
    got = figures(store)
    assert [got[name] for name in ("promoter_score", "satisfaction", "effort_score")] == [25.0, 0.5, 5.5]


def test_an_answer_beside_no_scale_counts_for_nothing(store):
    write(store, [said("csat", "none"), said("csat", 5), said("open", 1)])
    assert figure(store, "satisfaction") == 1.0
    gap = found(store, "promoter_score")
    assert (gap.sentence, gap.rows) == (
        "Nothing in this period. Your data runs from 5 March 2025 to 5 March 2025: choose a period within it.",
        [{"start": date(2025, 3, 1), "promoter_score": None, "low": None, "high": None, "sample": 0, "target": None, "alert": None}],
    )  # fmt: skip


def buyers(engine):
    store = engine.store(timezone="UTC")
    write(
        store,
        [
            order("user:1", "2025-01-10", 100, channel="email"),
            order("user:1", "2025-02-10", 50, channel="store"),
            order("phone:1", "2025-03-10", 50, channel="store"),  # the same as user:1
            order("user:2", "2025-01-31 23:59:59", 40, channel="email"),
            order("user:2", "2025-03-01", 60, channel="email"),
            refund("user:2", "2025-03-02", 20, channel="email"),
            order("user:3", "2025-02-15", 30, channel="email"),
            order("user:3", "2025-02-15", 30, channel="email"),  # in the same moment
            order("", "2025-03-20", 500, channel="store"),
            event("Email Delivered", "user:4", "2025-03-20", channel="email"),
        ],
    )
    identities.change_owners(store, pl.DataFrame({"identifier": ["phone:1"], "owner": ["user:1"]}))
    spent = {"source": "ads", "currency": "SAR", "ts": when("2025-03-01")}
    days = [(date(2025, 1, 5), Decimal(60)), (date(2025, 2, 5), Decimal(30))]
    costs = [
        {"day": day, "channel": "email", "campaign": "", "amount": amount, **spent} for day, amount in days
    ]
    store.insert("costs", pl.DataFrame(costs))
    return store


@pytest.fixture(scope="module")
def shop(engine):
    return buyers(engine)


def test_customers_of_half_a_year(shop):
    got = figures(shop, YEAR)
    assert (got["acquisition"], got["acquisition_cost"], got["loyalty"]) == (3, 30, 1.0)
    assert got["reach"] == 3  # what was sent to user:4 is no move of theirs
    assert got["lifetime_value"] == pytest.approx((200 + 80 + 60) / 3)
    assert figure(shop, "loyalty", "2025-02") == 1.0  # user:1, and user:3 who ordered twice


def test_retention_by_month(shop):
    # January: user:1 came in February, user:2 did not; February: user:1 came in March, user:3 did not.
    assert figure(shop, "retention", "2025-02-01..2025-03-31") == 0.5
    running = found(shop, "retention", "2025-02-10..2025-03-15")  # March is not over
    assert [(row["start"].month, row["retention"]) for row in running.rows] == [(2, 0.5), (3, None)]


def test_lifetime_value_runs_on(shop):
    rows = found(shop, "lifetime_value", "2025-02-01..2025-03-31").rows
    assert [row["lifetime_value"] for row in rows] == [pytest.approx(250 / 3), pytest.approx(340 / 3)]
    by = found(shop, "lifetime_value", YEAR, breakdown="channel").rows
    assert {row["breakdown"] for row in by} == {"email"}  # all three began there


def test_where_another_question_says_it_they_agree(shop):
    of = {each.name: each.value for each in ask(shop, NewAndReturning(period=YEAR, compare="none")).numbers}
    got = figures(shop, YEAR)
    for own, theirs in (
        ("acquisition", "new_customers"),
        ("acquisition_cost", "acquisition_cost"),
        ("loyalty", "repeat_rate"),
    ):
        assert got[own] == of[theirs] == figure(shop, own, YEAR)
    for calendar, period in (("gregorian", "2025-01-01..2025-04-30"), ("hijri", "2024-12-02..2025-04-28")):
        kept = ask(shop, Retention(begins="recurring", period=period, calendar=calendar))
        rate = next(each.value for each in kept.numbers if each.name == "next_rate")
        assert figure(shop, "retention", period, calendar=calendar) == pytest.approx(rate)


def test_carts_are_those_of_abandoned_carts(store):
    events = [event("Product Added", f"user:{n}", f"2025-03-0{n} 10:00", channel="email" if n % 2 else "sms",
                    product_ids=["k"], product_names=["k"], product_quantities=[1], product_revenues=[5])
              for n in (1, 2, 3, 4)]  # fmt: skip
    write(
        store, [*events, order("user:1", "2025-03-01 11:00", 9, channel="sms"), view("user:9", "2025-03-09")]
    )
    theirs = {
        each.name: each.value for each in ask(store, AbandonedCarts(period="2025-03", compare="none")).numbers
    }
    got = found(store, "cart_abandonment", breakdown="channel")
    assert got.numbers[0].value == theirs["abandonment_rate"] == 0.75
    rows = got.rows
    assert [(row["breakdown"], row["cart_abandonment"]) for row in rows] == [("email", 0.5), ("sms", 1.0)]


def test_place_in_search_weighs_by_impressions(store):
    shown = [
        (3, {"position": 2, "impressions": 300}),
        (4, {"position": 10, "impressions": 100}),
        (5, {"position": 4}),
    ]
    write(
        store,
        [
            event("Search Result Shown", "", f"2025-03-0{day}", props=json.dumps(props))
            for day, props in shown
        ],
    )
    assert figure(store, "search_position") == pytest.approx((600 + 1000 + 4) / 401)


def test_visits_are_those_of_sessions_with_their_parts(store):
    visits = [
        view(f"user:{n}", f"2025-03-01 10:0{n}", f"v{n}", device="mobile" if n < 3 else "desktop")
        for n in range(5)
    ]
    write(store, [*visits, order("user:0", "2025-03-01 10:01", 5, session_id="v0")])
    theirs = ask(store, Sessions(period="2025-03", breakdown="device", by="month", compare="none"))
    of = {each.name: each.value for each in theirs.numbers}
    for name in ("bounce_rate", "conversion"):
        own = found(store, name, breakdown="device")
        assert own.numbers[0].value == pytest.approx(of[name])
        assert sorted((row["breakdown"], row[name]) for row in own.rows) == sorted(
            (row["breakdown"], row[name]) for row in theirs.rows
        )
    assert (own.numbers[1].value, own.numbers[2].value) == pytest.approx(interval(1, 5))


def test_ten_thousand_values(store):
    write(store, [view(f"user:{n}", "2025-03-01 10:00", f"v{n}", city=f"city {n}") for n in range(10_000)])
    many = found(store, "bounce_rate", breakdown="city")
    assert len(many.rows) == 12
    assert "Of 10,000 different values the largest 12 are shown." in many.notes


def test_it_is_said_in_both_languages(shop):
    assert found(shop, "loyalty", "2025-03", compare="previous").sentence == (
        "Loyalty: 100%, unchanged on the period before."
    )
    assert ask(shop, Metric(metric="loyalty", period="2025-03", language="ar")).sentence.startswith(
        "الولاء: "
    )
    no_costs = found(shop, "acquisition_cost", "2025-03", breakdown="city")
    assert "What a new customer costs is not known here" in no_costs.notes[-1]


def test_what_was_never_seen_is_asked_for(store):
    write(store, [order("user:1", "2025-03-01", 5)])
    assert "Survey Answered" in ask(store, Metric(metric="promoter_score", language="en")).sentence


def weeks(more, days=28):
    """Visits of two times four weeks, a tenth (then a tenth and more) of which buy."""
    for half, share in ((0, 10), (1, 10 + more)):
        for n in range(1000):
            at = f"2025-{3 + half:02}-{n % days + 1:02} 10:00"
            yield view(f"user:{half}-{n}", at, f"{half}-{n}")
            if n % 100 < share:
                yield order(f"user:{half}-{n}", at, 5, session_id=f"{half}-{n}")


def test_scorecard_tells_change_from_chance(store):
    write(store, weeks(8))
    card = answer(store, Scorecard(period="2025-04-01..2025-04-30", language="en"))
    rows = {row["key"]: row for row in card.rows}
    assert list(rows) == [metric.name for metric in METRICS]
    assert (rows["conversion"]["value"], rows["conversion"]["before"]) == (0.18, 0.1)
    assert (rows["conversion"]["verdict"], rows["conversion"]["state"]) == ("better", "no target")
    assert rows["reach"]["verdict"] == "may be chance"
    assert (rows["promoter_score"]["figure"], rows["promoter_score"]["state"]) == ("—", "not enough data")
    assert "beyond chance" in card.sentence
    few = ask(store, Scorecard(period="2025-04-01..2025-04-30", stage="purchase", language="ar")).rows
    assert {row["key"] for row in few} == {
        "cart_abandonment", "acquisition", "acquisition_cost", "conversion", "effort_score", "satisfaction"
    }  # fmt: skip
    with pytest.raises(UnknownName):
        ask(store, Scorecard(stage="purchas"))


def test_targets_judge(store):
    write(store, weeks(8))
    targets = [
        Target("conversion", 0.2, 0.15),
        Target("bounce_rate", 0.5, 0.8, since=date(2025, 4, 10)),
        Target("reach", 500),
    ]
    told = Told(targets=lambda: targets)
    card = ask(store, Scorecard(period="2025-04", language="en"), told=told)
    states = {row["key"]: (row["target"], row["state"]) for row in card.rows if row["target"]}
    assert states == {
        "conversion": ("20%", "watch"),
        "bounce_rate": ("50%", "alert"),
        "reach": ("500", "good"),
    }
    assert "Look at: Bounce rate (82%)" in card.sentence
    one = ask(store, Metric(metric="bounce_rate", by="week", period="2025-04", language="en"), told=told)
    assert [row["target"] for row in one.rows] == [None, 0.5, 0.5, 0.5, 0.5]
    assert "It has reached the alert level of 80%; the target is 50%." in one.sentence


def test_one_visitor_does_not_pass_for_many(store):
    """Two visitors, a thousand visits each: that one buys and the other does not is no change of the shop."""
    rows = []
    for half in (0, 1):
        for n in range(200):
            at = f"2025-{3 + half:02}-{n % 28 + 1:02} 10:{n // 28:02}"
            rows += [view(f"user:{half}", at, f"{half}-{n}"), view("user:9", at, f"9-{half}-{n}")]
            rows += [order("user:1", at, 5, session_id=f"1-{n}")] if half else []
    write(store, rows)
    card = ask(store, Scorecard(period="2025-04-01..2025-04-30", language="en"))
    row = next(row for row in card.rows if row["key"] == "conversion")
    assert (row["value"], row["before"], row["verdict"]) == (0.5, 0.0, "may be chance")


def test_the_target_is_a_line_of_the_picture(shop):
    told = Told(targets=lambda: [Target("loyalty", 0.6)])
    with_it = ask(shop, Metric(metric="loyalty", period=YEAR, language="en"), told=told)
    assert [line.title for line in series(with_it, with_it.picture.rows)] == ["Loyalty", "Target"]
    without = ask(shop, Metric(metric="loyalty", period=YEAR, language="en"))
    assert [line.title for line in series(without, without.picture.rows)] == ["Loyalty"]
