"""Visits: where one ends and the next begins."""

from __future__ import annotations

import random
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.collect.enrich.rules import RIYADH, Rules
from masarat.collect.enrich.session import Sessions, new_id, visitor_of
from masarat.events import Move

MINUTE = 60.0
NOON = datetime(2026, 3, 2, 12, tzinfo=RIYADH).timestamp()


def move(minute, visitor="anon:a", session="", source="web", **more):
    return Move(
        event_id="e", ts=NOON + minute * MINUTE, name="X", source=source, visitor_id=visitor,
        session_id=session, **more,
    )  # fmt: skip


def visits(moves, campaigns=None, **rules):
    """The number of the visit of each move, in order of first sight."""
    sessions = Sessions(Rules(**rules))
    ids = [sessions.place(m, c).id for m, c in zip(moves, campaigns or [""] * len(moves), strict=True)]
    return [list(dict.fromkeys(ids)).index(one) for one in ids]


def test_thirty_minutes_of_silence_end_a_visit():
    assert visits([move(0), move(30), move(60), move(90.1)]) == [0, 0, 0, 1]
    assert visits([move(0), move(6)], session_gap_minutes=5) == [0, 1]


def test_visitors_and_sources_are_apart():
    assert visits([move(0), move(1, "anon:b"), move(2, source="app"), move(3)]) == [0, 1, 2, 0]


def test_signing_in_does_not_end_a_visit():
    signed_in = move(1, "user:17", identifiers=["user:17", "anon:a"])
    assert visitor_of(signed_in) == "anon:a"
    assert visits([move(0, identifiers=["anon:a"]), signed_in]) == [0, 0]


def test_the_sdks_own_visit_stands():
    sessions = Sessions(Rules())
    assert [sessions.place(move(m, session=s)).id for m, s in ((0, "s1"), (1, "s2"), (500, "s1"))] == [
        "s1",
        "s2",
        "s1",
    ]


@pytest.mark.parametrize(("ends", "expected"), [(True, [0, 0, 1, 1, 0, 2]), (False, [0, 0, 0, 0, 0, 0])])
def test_another_campaign_is_another_visit_and_one_alive_in_another_tab_goes_on(ends, expected):
    moves = [move(minute) for minute in range(6)]
    campaigns = ["snap", "", "mail", "", "snap", "sms"]
    assert visits(moves, campaigns, session_ends_with_campaign=ends) == expected


@pytest.mark.parametrize(("ends", "expected"), [(True, [0, 1]), (False, [0, 0])])
def test_midnight_is_the_shops(ends, expected):
    around = [move(12 * 60 - 1), move(12 * 60 + 1)]  # Riyadh's midnight, 21:00 in UTC
    assert visits(around, session_ends_at_midnight=ends) == expected
    utc_midnight = [move(15 * 60 - 1), move(15 * 60 + 1)]
    assert visits(utc_midnight, session_ends_at_midnight=True) == [0, 0]


def test_a_late_move_joins_the_visit_it_falls_into():
    assert visits([move(0), move(10), move(60), move(5), move(61)]) == [0, 0, 1, 0, 1]
    # An offline queue that comes after the newer visit: a visit of its own, in one piece.
    assert visits([move(600), move(0), move(2), move(4), move(601)]) == [0, 1, 1, 1, 0]


def test_the_first_move_that_tells_a_channel_gives_it_to_the_visit():
    sessions = Sessions(Rules())
    assert [sessions.place(move(m), "", c).channel for m, c in enumerate(("", "email", "referral"))] == [
        "",
        "email",
        "email",
    ]


def test_the_same_first_move_gives_the_same_id():
    assert Sessions(Rules()).place(move(0)).id == Sessions(Rules()).place(move(0)).id == new_id(move(0), "")
    assert new_id(move(0), "") != new_id(move(0), "snap")


def test_memory_is_bounded_by_the_visitors_seen_last():
    sessions = Sessions(Rules(session_memory=2))
    first = sessions.place(move(0, "anon:a")).id
    for minute, who in enumerate(("anon:b", "anon:a", "anon:c"), 1):
        sessions.place(move(minute, who))
    assert len(sessions) == 2
    assert sessions.place(move(4, "anon:a")).id == first
    again = sessions.place(move(5, "anon:b"))
    assert again.started == NOON + 5 * MINUTE  # forgotten, so it begins anew


def test_one_visitor_with_a_thousand_visits_takes_no_room():
    sessions = Sessions(Rules())
    for number in range(1000):
        sessions.place(move(number, session=f"s{number}"))
    assert len(sessions._visitors["web", "anon:a"]) == 4


def test_a_visit_goes_on_after_a_restart():
    row = {
        "source": "web", "visitor": "anon:a", "session_id": "s1", "started": NOON, "ended": NOON + 600, "campaign": "snap",
        "channel": "paid social",
    }  # fmt: skip
    sessions = Sessions(Rules())
    sessions.remember([row, row])
    gone_on = sessions.place(move(20), "snap", "direct")
    assert (gone_on.id, gone_on.started, gone_on.channel) == ("s1", NOON, "paid social")
    assert sessions.place(move(70)).id != "s1"


minutes = st.lists(st.integers(0, 600), min_size=1, max_size=60)


@given(minutes)
def test_visits_are_cut_exactly_where_the_gap_is(marks):
    marks.sort()
    expected = [0]
    for before, after in pairwise(marks):
        expected.append(expected[-1] + (after - before > 30))
    assert visits([move(mark) for mark in marks]) == expected


@given(minutes, st.randoms(use_true_random=False))
def test_in_any_order_every_move_is_within_its_visit_and_visits_have_no_gap(marks, dice: random.Random):
    dice.shuffle(marks)
    sessions = Sessions(Rules(session_memory=10))
    found: dict[str, list[int]] = {}
    for mark in marks:
        session = sessions.place(move(mark))
        assert session.started <= NOON + mark * MINUTE <= session.ended
        found.setdefault(session.id, []).append(mark)
    for inside in found.values():
        inside.sort()
        assert all(after - before <= 30 for before, after in pairwise(inside))
