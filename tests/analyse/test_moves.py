"""Moves and steps: whom and what a question about behaviour follows."""

from __future__ import annotations

from datetime import date

import pytest

from masarat.analyse.frame import Facts, Frame
from masarat.analyse.moves import Step, bound, moves, read_step, seen
from masarat.analyse.period import read_period
from masarat.errors import BadParameter, UnknownName
from masarat.store import Query
from tests.support.shop import event, order, write

SPAN = (date(2025, 1, 1), date(2025, 6, 30))


@pytest.fixture
def shop(store):
    write(
        store,
        [
            event("Page Viewed", "anon:a", "2025-03-01 10:00", url="https://shop.sa/%D8%B9%D9%88%D8%AF?q=1", device="mobile"),
            event("Page Viewed", "anon:a", "2025-03-01 10:01", url="https://shop.sa/checkout/pay", device="mobile"),
            event("Page Viewed", "anon:b", "2025-03-01 10:02", url="https://shop.sa/checkout", device="desktop"),
            order("anon:a", "2025-03-01 10:03", 90, payment="mada", items=[("عود كمبودي", 1, 60), ("Musk", 1, 30)]),
            order("anon:b", "2025-03-01 10:04", 50, payment="cash", items=[("Coffee", 1, 50)]),
            event("Page Viewed", "", "2025-03-01 10:05", url="https://shop.sa/"),
            event("Page Viewed", "anon:a", "2025-02-01 10:05", url="https://shop.sa/"),
        ],
    )  # fmt: skip
    return store


def frame_of(store, period="2025-03"):
    return Frame(
        period=read_period(period, date(2025, 6, 30), SPAN),
        before=None,
        currency="SAR",
        calendar="gregorian",
        language="en",
        settings=store.settings,
        facts=Facts({}, {}, {}),
    )


def counted(store, *texts, period="2025-03"):
    """How many moves of the period each step names."""
    steps, frame = [read_step(text) for text in texts], frame_of(store, period)
    more = {f"is_{place}": step.sql(place) for place, step in enumerate(steps)}
    counts = ", ".join(f"countIf({name}) AS {name}" for name in more)
    query = Query(
        steps={"moves": moves(frame, more=more), "found": f"SELECT {counts} FROM moves"},
        values=frame.values | bound(steps),
        rows="found",
    )
    return list(store.rows(query)[0].values())


def test_a_step_is_told_by_its_event_and_what_must_be_true_of_it(shop):
    assert counted(
        shop,
        "Page Viewed",
        "Page Viewed where path=/checkout*",
        "Page Viewed where path=/checkout",
        "Page Viewed where path=/عود and device=mobile",
        "Page Viewed where device!=mobile|tablet",
        "Order Completed where payment!=cash|cod and product=عود*",
        "Order Completed where product!=Musk",
        "Order Completed where product=coffee",
    ) == [3, 2, 1, 1, 1, 1, 1, 0]


def test_what_nobody_did_and_what_was_before_is_left_out(shop):
    assert counted(shop, "Page Viewed", period="all") == [4]
    frame = frame_of(shop)
    rows = shop.rows(
        Query(
            steps={"moves": moves(frame, history=True), "found": "SELECT page, in_period FROM moves ORDER BY ts, event_id"},
            values=frame.values,
            rows="found",
        )
    )  # fmt: skip
    assert [(row["page"], row["in_period"]) for row in rows][:2] == [("/", 0), ("/عود", 1)]


def test_a_property_is_looked_up_by_its_name_however_it_is_spelt(store):
    props = ['{"score": 9}', '{"score": 3, "it\'s": "so"}', '{"a": {"b": "x y"}}']
    at = "2025-03-01 10:00"
    write(store, [event("Survey Answered", "user:1", at, props=each) for each in props])
    found = counted(
        store,
        "Survey Answered where props.score=9|10",
        "Survey Answered where props.score!=9",
        "Survey Answered where props.a.b=x*",
    )
    assert found == [1, 2, 1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no event"),
        ("Page Viewed where path", "not a condition"),
        ("A where paht=/x", "Did you mean 'path'"),
    ],
)
def test_a_step_that_cannot_be_read_says_why(text, says):
    with pytest.raises((BadParameter, UnknownName), match=says):
        read_step(text)


def test_a_step_that_nobody_did_is_a_name_misspelt():
    facts = Facts({"Page Viewed": 3}, {}, {})
    seen([read_step("Page Viewed")], facts)
    with pytest.raises(UnknownName, match="Did you mean 'Page Viewed'"):
        seen([Step("Page View", "Page View")], facts)
