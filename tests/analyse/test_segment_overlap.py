"""Saved segments side by side, by hand."""

from __future__ import annotations

import polars as pl
import pytest

from masarat.analyse.segment_overlap import SegmentOverlap
from masarat.analyse.told import SavedSegment, Told
from masarat.events import hash_of
from masarat.store import identities
from masarat.store.segments import write_members
from tests.support.shop import answer, order, write

HELD = {"vip": ("user:1", "user:2"), "big": ("user:2", "user:3", "user:9"), "nobody": ()}
SAVED = [SavedSegment(name, f"the {name}", f"making of {name}") for name in HELD]
TOLD = Told(saved=lambda: SAVED)


@pytest.fixture
def shop(store):
    write(store, [
        order("user:1", "2025-01-05", 100), order("user:1", "2025-02-05", 100), order("user:2", "2025-01-06", 50),
        order("user:3", "2025-01-07", 50), order("user:4", "2025-01-08", 100), order("", "2025-01-08", 7),
    ])  # fmt: skip
    for name, who in HELD.items():
        write_members(store, f"making of {name}", pl.Series(list(map(hash_of, who)), dtype=pl.UInt64))
    return store


def test_each_and_every_two(shop):
    found = answer(shop, SegmentOverlap(language="en"), told=TOLD)
    assert {number.name: number.value for number in found.numbers} == {
        "segments": 3, "customers": 4, "in_several": 1, "revenue": 300, "share": 0.75,
    }  # fmt: skip
    vip, big, nobody = found.rows
    assert (vip["customers"], vip["buyers"], vip["orders_each"], vip["revenue"], vip["monetary"]) == (2, 2, 1.5, 250, 125)  # fmt: skip
    assert vip["share"] == pytest.approx(0.625)
    assert (vip["alone"], vip["nearest"], vip["shared"], vip["overlap"]) == (1, "the big", 1, 0.25)
    assert (big["customers"], big["buyers"], big["revenue"], big["alone"]) == (3, 2, 100, 2)
    assert (nobody["customers"], nobody["monetary"], nobody["nearest"]) == (0, None, "")
    grid = {(row["segment_title"], row["other"]): row["overlap"] for row in found.picture.rows}
    assert len(grid) == 9
    assert grid["the vip", "the vip"] == 1
    assert grid["the vip", "the big"] == grid["the big", "the vip"] == 0.25
    assert found.sentence == (
        "3 segments hold 4 customers, who bring 75% of revenue; one of them is in two or more. No two segments are nearly the same."
    )
    assert found.notes[-1] == "3 segments have fewer than 30 customers: read their averages as a hint."
    arabic = answer(shop, SegmentOverlap(language="ar"), told=TOLD).sentence
    assert arabic.startswith("3 شرائح تضم ⁦4⁩ من العملاء")
    assert arabic.endswith("وواحد منهم في أكثر من شريحة. ولا شريحتين تكادان تتطابقان.")


def test_the_merged_are_one_and_the_period_counts(shop):
    identities.change_owners(shop, pl.DataFrame({"identifier": ["user:3", "user:9"], "owner": ["user:2", "user:2"]}))  # fmt: skip
    vip, big, _ = answer(shop, SegmentOverlap(language="en", period="2025-01"), told=TOLD).rows
    assert (big["customers"], big["revenue"], vip["overlap"], vip["revenue"]) == (1, 100, 0.5, 200)
    assert "nearly the same customers: 50% overlap" in answer(shop, SegmentOverlap(language="en"), told=TOLD).sentence  # fmt: skip


def test_no_segments_and_no_data(shop, engine):
    found = answer(shop, SegmentOverlap(language="en"))
    assert found.sentence.startswith("No segment is saved yet")
    assert found.rows == found.picture.rows == []
    assert answer(engine.store(), SegmentOverlap(), told=TOLD).rows == []
