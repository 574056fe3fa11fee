"""Paths of a few visits that can be followed with a finger."""

from __future__ import annotations

import polars as pl
import pytest

from masarat.analyse.paths import Paths
from masarat.errors import UnknownName
from masarat.store import identities
from tests.support.shop import answer, event, order, write

VISITS = {
    # who, visit: (minute, page) …
    ("user:1", "v1"): ["/", "/c/tea", "/c/tea", "/p/1", "/cart"],  # and buys
    ("user:1", "v2"): ["/", "/c/oud"],
    ("user:2", "v3"): ["/", "/c/tea", "/p/2"],
    ("anon:3", "v4"): ["/c/tea", "/p/1"],  # signs in on the way
    ("user:3", "v4"): [None, None, "/cart"],  # and buys
    ("user:4", ""): ["/", "/cart"],  # of no visit
}


def viewed():
    for (who, visit), pages in VISITS.items():
        for minute, page in enumerate(pages):
            if page:
                yield event(
                    "Page Viewed",
                    who,
                    f"2025-03-0{visit[1:] or 9} 10:0{minute}",
                    session_id=visit,
                    url=f"https://shop.sa{page}?x=1",
                )


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store(timezone="UTC")
    write(
        store,
        [
            *viewed(),
            event("Page Left", "user:1", "2025-03-01 10:06", session_id="v1", url="https://shop.sa/exit"),
            order("user:1", "2025-03-01 10:07", 50, session_id="v1"),
            order("user:3", "2025-03-04 10:07", 70, session_id="v4"),
        ],
    )
    identities.change_owners(store, pl.DataFrame({"identifier": ["anon:3"], "owner": ["user:3"]}))
    return store


def asked(shop, **parameters):
    return answer(shop, Paths(language="en", compare="none", **parameters))


def listed(found, part):
    return [
        (" ".join(row["path"]), row["visits"], round(row["share"], 3))
        for row in found.rows
        if row["part"] == part
    ]


def number(found, name):
    return next(each.value for each in found.numbers if each.name == name)


def test_whole_paths_fold_repeats_and_end_with_the_goal(shop):
    found = asked(shop)
    assert sorted(listed(found, "Whole path")) == [
        ("/ /c/oud", 1, 0.25),
        ("/ /c/tea /p/1 /cart Order Completed", 1, 0.25),
        ("/ /c/tea /p/2", 1, 0.25),
        ("/c/tea /p/1 /cart Order Completed", 1, 0.25),
    ]
    assert [number(found, name) for name in ("visits", "customers", "followed", "different", "left")] == [
        4,
        3,
        4,
        4,
        2,
    ]
    assert listed(found, "Abandoned at") == [("/c/oud", 1, 0.5), ("/p/2", 1, 0.5)]
    assert "most common path of 4 visits is / → /c/oud (25%)" in found.sentence
    assert found.notes == ["Only 4 paths: shares are rough."]
    assert ("/ /c/tea /c/tea /p/1 /cart", 1, 0.25) in listed(asked(shop, folded=False), "Whole path")


def test_links_come_to_what_went_through(shop):
    rows = [tuple(row.values()) for row in asked(shop, depth=3).picture.rows]
    assert rows == [
        ("/", "/c/tea", 2, 0.5, 1),
        ("/", "/c/oud", 1, 0.25, 1),
        ("/c/tea", "/p/1", 1, 0.25, 1),
        ("/c/tea", "/p/1", 1, 0.25, 2),
        ("/c/tea", "/p/2", 1, 0.25, 2),
        ("/c/oud", "", 1, 0.25, 2),
        ("/p/1", "/cart", 1, 0.25, 2),
        ("/p/2", "", 1, 0.25, 3),
    ]


def test_from_a_step_to_a_step_and_between(shop):
    start, end = "Page Viewed where path=/c/tea", "Page Viewed where path=/cart"
    onward = asked(shop, start=start)
    assert listed(onward, "Next") == [("/p/1", 2, 0.667), ("/p/2", 1, 0.333)]
    assert number(onward, "followed") == 3
    back = asked(shop, end=end, depth=2)
    assert listed(back, "Whole path") == [("/p/1 /cart", 2, 1.0)]
    assert [(row["place"], row["next"], row["paths"]) for row in back.picture.rows] == [("/p/1", "/cart", 2)]
    assert listed(back, "Abandoned at") == [("/c/oud", 1, 0.5), ("/p/2", 1, 0.5)]
    between = asked(shop, start=start, end=end)
    assert listed(between, "Whole path") == [("/c/tea /p/1 /cart", 2, 1.0)]
    assert listed(between, "Abandoned at") == [("/p/2", 1, 1.0)]
    long = asked(shop, start="Page Viewed where path=/", end="Order Completed", depth=3)
    assert listed(long, "Whole path") == [("/ /c/tea Order Completed", 1, 1.0)]
    assert asked(shop, start=end, end=start).sentence == "None of 4 visits went that way."


def test_a_whole_period_events_and_groups(shop):
    whole = asked(shop, within="period", of="group", depth=10)
    assert ("/ /c /p /cart Order Completed / /c", 1, 0.25) in listed(whole, "Whole path")
    assert ("/ /cart", 1, 0.25) in listed(whole, "Whole path")
    events = asked(shop, of="event")
    assert listed(events, "Whole path") == [("Page Viewed", 2, 0.5), ("Page Viewed Order Completed", 2, 0.5)]
    arabic = answer(shop, Paths(language="ar", of="event", compare="none"))
    assert arabic.rows[1]["path"] == ["شاهد صفحة", "أتم طلبًا"]


def test_small_places_are_one_and_steps_must_be_known(shop):
    rows = asked(shop, depth=2, min_share=0.5).picture.rows
    assert [(row["place"], row["next"], row["paths"]) for row in rows] == [
        ("/", "/c/tea", 2),
        ("/", "others", 1),
    ]
    with pytest.raises(UnknownName, match="Did you mean 'Page Viewed'"):
        asked(shop, start="Page Viwed")


def test_no_visit_is_said(shop):
    assert "within=period" in asked(shop, period="2025-03-09").sentence
