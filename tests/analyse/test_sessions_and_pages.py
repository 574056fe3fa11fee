"""Visits and the pages that they saw, in one small shop whose figures can be counted on fingers."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, datetime

import polars as pl
import pytest

from masarat.analyse.pages import Pages
from masarat.analyse.sessions import Sessions
from masarat.store import identities
from tests.support.shop import answer, event, order, write

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def on(page, name, who, ts, visit, **props):
    return event(
        name,
        who,
        ts,
        session_id=visit,
        url=f"https://shop.sa{page}?utm=1",
        props=json.dumps(props),
        device="mobile",
    )


@pytest.fixture(scope="module")
def shop(engine):
    """Four visits of March: two that came to nothing, one that bought, one of somebody who signed in on the way."""
    store = engine.store(timezone="UTC")
    write(
        store,
        [
            on("/", "Page Viewed", "user:1", "2025-03-01 10:00", "s1"),
            on("/", "Page Left", "user:1", "2025-03-01 10:01", "s1", engaged_ms=5000, scroll_depth=40),
            on("/", "Page Viewed", "user:1", "2025-03-02 10:00", "s2"),
            on("/p", "Page Viewed", "user:1", "2025-03-02 10:02", "s2"),
            on("/", "Page Left", "user:1", "2025-03-02 10:02:01", "s2", engaged_ms=4000, scroll_depth=20),
            on("/p", "Web Vitals Measured", "user:1", "2025-03-02 10:03", "s2", lcp=2000, inp=150, cls=0.02),
            on("/p", "Web Vitals Measured", "user:1", "2025-03-02 10:04", "s2", lcp=3000),
            on("/p", "Page Left", "user:1", "2025-03-02 10:05", "s2", engaged_ms=15_000, scroll_depth=60),
            order("user:1", "2025-03-02 10:06", 50, session_id="s2", props="{}"),
            on("/p", "Page Left", "user:1", "2025-03-02 10:07", "s2", engaged_ms=5000, scroll_depth=80),
            on("/p", "Page Viewed", "user:2", "2025-03-01 11:00", "s3"),
            on("/", "Page Viewed", "anon:3", "2025-03-01 12:00", "s4"),
            on("/p", "Product Viewed", "user:3", "2025-03-01 12:00:05", "s4"),
            on("/p", "Page Reloaded", "user:3", "2025-03-01 12:00:06", "s4", times=1),
            on("/p", "Error Seen", "user:3", "2025-03-01 12:00:07", "s4"),
            on("/p", "Rage Clicked", "user:3", "2025-03-01 12:00:08", "s4"),
            on("/p", "Page Viewed", "user:4", "2025-03-01 13:00", ""),  # of no visit
            *_fast_and_slow(),
        ],
    )
    identities.change_owners(store, pl.DataFrame({"identifier": ["anon:3"], "owner": ["user:3"]}))
    return store


def _fast_and_slow():
    """In May thirty fast visits, of which fifteen buy, and thirty slow ones, of which three do."""
    for number in range(60):
        visit, who, slow = f"m{number}", f"user:m{number}", number >= 30
        yield on("/p", "Page Viewed", who, "2025-05-01 10:00", visit)
        yield on("/p", "Web Vitals Measured", who, "2025-05-01 10:01", visit, lcp=2501 if slow else 2500)
        if number < 15 or number >= 57:
            yield order(who, "2025-05-01 10:02", 10, session_id=visit, props="{}")


def numbers(found):
    return {each.name: each.value for each in found.numbers}


def test_visits_by_day_and_device(shop):
    found = answer(
        shop, Sessions(period="2025-03-01..2025-03-03", breakdown="device", language="en", compare="none")
    )
    assert numbers(found) == {
        "visits": 4, "visitors": 3, "page_views": 5, "pages_per_visit": 1.25, "bounce_rate": 0.5, "conversion": 0.25,
        "length": 34.0, "engaged": 14.5,
    }  # fmt: skip
    assert [
        (row["start"].day, row["breakdown"], row["visits"], row["bounce_rate"]) for row in found.rows
    ] == [
        (1, "mobile", 3, pytest.approx(2 / 3)),
        (2, "mobile", 1, 0),
        (3, "mobile", 0, None),
    ]
    assert found.sentence == "4 visits by 3 visitors: 50% came to nothing, and 25% ended in an order."
    assert found.notes == ["There are only 4 visits: rates are rough."]
    arabic = answer(shop, Sessions(period="2025-03-02", language="ar"))
    assert "زيارة واحدة من زائر واحد" in arabic.sentence
    assert "browser SDK" in answer(shop, Sessions(period="2025-04", language="en")).sentence


def test_pages_with_their_ends_and_their_troubles(shop):
    found = answer(shop, Pages(period="2025-03", language="en", compare="none", rank_by="exits"))
    product, home = found.rows
    assert home == {
        "page": "/", "visits": 3, "visitors": 2, "views": 3, "entries": 3, "exits": 1, "exit_rate": pytest.approx(1 / 3),
        "bounce_rate": pytest.approx(1 / 3), "dwell": 4.5, "scroll": pytest.approx(0.3), "reloads": 0, "rage_clicks": 0, "errors": 0,
        "lcp": None, "inp": None, "cls": None, "conversion": pytest.approx(1 / 3), "conversion_fast": None, "conversion_slow": None,
    }  # fmt: skip
    assert product == {
        "page": "/p", "visits": 3, "visitors": 3, "views": 2, "entries": 1, "exits": 3, "exit_rate": 1.0, "bounce_rate": 1.0,
        "dwell": 20.0, "scroll": 0.8, "reloads": 1, "rage_clicks": 1, "errors": 1, "lcp": 3000.0, "inp": 150.0, "cls": 0.02,
        "conversion": pytest.approx(1 / 3), "conversion_fast": None, "conversion_slow": None,
    }  # fmt: skip
    assert found.sentence == "2 pages were visited; most visits end at /p."
    assert [row["ranked"] for row in found.picture.rows] == [3, 1]
    assert [row["page"] for row in answer(shop, Pages(period="2025-03", limit=1)).rows] == ["/"]


def test_speed_stands_beside_conversion(shop):
    found = answer(shop, Pages(period="2025-05", language="en", compare="none"))
    assert [(row["conversion_fast"], row["conversion_slow"], row["conversion"]) for row in found.rows] == [
        (0.5, 0.1, 0.3)
    ]
    assert found.rows[0]["lcp"] == 2501.0
    assert found.sentence.endswith("Where a page was slow, 10% of the visits bought, where it was fast, 50%.")


@pytest.mark.shared
def test_a_year_of_real_visits_converts_as_published(engine, shared_data):
    """Sessions of a real shop: each becomes a visit, with an order where it ended in a purchase."""
    with gzip.open(
        shared_data / "online_shoppers" / "online_shoppers_intention.csv.gz", "rt", encoding="utf-8"
    ) as file:
        rows = list(csv.DictReader(file))
    told = [
        ("Page Viewed" if move == 0 else "Order Completed", number, row)
        for number, row in enumerate(rows)
        for move in range(1 + (row["Revenue"] == "True"))
    ]
    store = engine.store(timezone="UTC")
    store.append(
        pl.DataFrame(
            {
                "event_id": [f"{name}{number}" for name, number, _ in told],
                "ts": [
                    datetime(2025, MONTHS.index(row["Month"]) + 1, 1 + (name != "Page Viewed"), tzinfo=UTC)
                    for name, _, row in told
                ],
                "name": [name for name, _, _ in told],
                "source": "web",
                "visitor_id": [f"user:{number}" for _, number, _ in told],
                "session_id": [str(number) for _, number, _ in told],
                "device": [row["VisitorType"] for _, _, row in told],
            }
        ).with_columns(ts=pl.col("ts").cast(pl.Datetime("ms", "UTC")))
    )
    found = answer(store, Sessions(by="month", breakdown="device", language="en"))
    assert (numbers(found)["visits"], numbers(found)["conversion"]) == (12_330, 1_908 / 12_330)
    kinds = {"New_Visitor": (1694, 422), "Returning_Visitor": (10551, 1470), "Other": (85, 16)}
    for kind, (visits, bought) in kinds.items():
        of_kind = [row for row in found.rows if row["breakdown"] == kind and row["visits"]]
        assert sum(row["visits"] for row in of_kind) == visits
        assert sum(row["visits"] * row["conversion"] for row in of_kind) == pytest.approx(bought)
