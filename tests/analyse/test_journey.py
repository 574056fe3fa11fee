"""The journey: who is in which stage since when, by moves that can be followed with a finger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from masarat.act.staging import set_stages
from masarat.analyse import ask
from masarat.analyse.journey import Journey
from masarat.analyse.journey_customers import JourneyCustomers
from masarat.analyse.journey_drivers import JourneyDrivers
from masarat.analyse.journey_history import JourneyHistory
from masarat.analyse.journey_moves import JourneyMoves
from masarat.analyse.profile.path import read_path
from masarat.analyse.profile.reading import read_rows
from masarat.analyse.stages import Rules
from masarat.analyse.told import Told
from masarat.collect.connectors.plain_yaml import read_yaml
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.stages import FIVE, PRESETS, SIX, Stage, read, standing
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules as Limits
from masarat.resolve.resolver import Resolver
from masarat.settings import Settings
from masarat.words import speaker
from masarat.words.of import words
from tests.support.shop import answer, event, in_two_sizes, order, write

PROPS = {"props": "{}"}
SARA = [
    event("Page Viewed", "user:sara", "2025-01-01 10:00", channel="email", **PROPS),
    event("Product Viewed", "user:sara", "2025-01-01 10:05", channel="direct", **PROPS),
    event("Product Added", "user:sara", "2025-01-01 10:06", **PROPS),
    order("user:sara", "2025-01-01 10:20", 80, **PROPS),
    order("user:sara", "2025-02-01 10:20", 20, **PROPS),
    event("Page Viewed", "user:sara", "2025-06-20 10:40", **PROPS),  # 139 days later
]
OMAR = [
    event("Product Added", "anon:omar", "2025-03-01 10:05", device="mobile", **PROPS),  # straight to the cart
    event("Page Viewed", "anon:omar", "2025-04-20 10:05", **PROPS),  # by then the cart has lapsed
    event("Email Delivered", "anon:omar", "2025-06-19 10:05", **PROPS),  # is no sign of life
]
HUDA = [
    event("Invite Sent", "user:huda", "2025-06-01 10:00", **PROPS),  # before she bought: interest
    order("user:huda", "2025-06-02 10:00", 0, **PROPS),  # a gift is no order
    order("user:huda", "2025-06-03 10:00", 50, **PROPS),
    order("", "2025-06-03 10:00", 500, **PROPS),  # nobody
]
NOW = datetime(2025, 6, 30, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop(engine):
    """Only read."""
    store = engine.store()
    write(store, [*SARA, *OMAR, *HUDA])
    return store


def path(store, who, journey=SIX, language="en"):
    rows = read_rows(store, [who])
    found = read_path(store, [who], rows, journey, NOW, speaker(words("profile"), language))
    return [(stay.key, f"{stay.since:%m-%d %H:%M}") for stay in found]


def one(store, question):
    """The answer of one process; that two shards say the same is shown by the others here."""
    return ask(store, question, today=date(2025, 6, 30))


def sizes(found):
    return {row["stage"]: row["customers"] for row in found.rows if row["customers"]}


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_one_path_is_read_by_key_and_the_same_in_both_sizes(shop):
    hers = [
        ("awareness", "01-01 10:00"), ("interest", "01-01 10:05"), ("consideration", "01-01 10:06"), ("purchase", "01-01 10:20"),
        ("retention", "02-01 10:20"), ("dormant", "05-02 10:00"), ("retention", "06-20 10:00"),
    ]  # fmt: skip
    assert path(shop, "user:sara") == path(in_two_sizes(shop), "user:sara") == hers
    assert path(shop, "anon:omar") == [("consideration", "03-01 10:05"), ("interest", "03-31 10:00")]
    assert path(shop, "user:huda") == [("interest", "06-01 10:00"), ("advocacy", "06-03 10:00")]
    stays = read_path(
        shop, ["user:sara"], read_rows(shop, ["user:sara"]), SIX, NOW, speaker(words("profile"), "ar")
    )
    assert [(stay.title, stay.moved_by) for stay in stays[3:6]] == [
        ("الشراء", ["أتم طلبًا"]), ("الاحتفاظ", ["أتم طلبًا"]), ("خاملون", []),
    ]  # fmt: skip
    assert (stays[0].until, stays[-1].until) == (stays[1].since, None)


def test_who_is_where_who_goes_on_and_how_soon(shop):
    found = answer(shop, Journey(compare="none"))
    assert sizes(found) == {"Interest": 1, "Retention": 1, "Advocacy": 1}
    rows = {row["stage"]: row for row in found.rows}
    assert [row["reached"] for row in found.rows] == [3, 3, 3, 2, 2, 1, None, None]
    assert rows["Consideration"]["went_on"] == pytest.approx(2 / 3)
    assert rows["Consideration"]["days_to_next"] == pytest.approx(14 / 1440)  # Sara's alone: Huda skipped it
    assert rows["Retention"]["brought"] == 100
    assert numbers(found) == {
        "customers": 3,
        "on_the_way": 3,
        "came": 3,
        "forward": 2,
        "silent": 1,
        "returned": 1,
    }
    assert (
        found.sentence == "3 customers have made a move, and 3 are on the way; the fullest stage is Interest."
    )


def test_a_period_is_compared_and_nothing_after_it_is_known(shop):
    found = one(shop, Journey(period="2025-06"))
    assert {number.name: (number.value, number.before) for number in found.numbers} == {
        "customers": (3, 2), "on_the_way": (3, 1), "came": (1, 0), "forward": (1, 0), "silent": (0, 1), "returned": (1, 0),
    }  # fmt: skip
    assert sizes(one(shop, Journey(period="2025-05", compare="none"))) == {"Interest": 1, "Dormant": 1}
    assert "Nothing in this period" in one(shop, Journey(period="2024-05")).sentence


def test_a_segment_says_who_and_a_breakdown_takes_what_is_known_first(shop):
    found = one(shop, Journey(segment="channel=direct", compare="none", language="ar"))
    assert sizes(found) == {"الاحتفاظ": 1}
    assert found.sentence == "تحرّك عميل واحد، ولا يزال في الطريق واحد، وأكثر المراحل عملاءً «الاحتفاظ»."
    parts = one(shop, Journey(breakdown="channel", compare="none")).rows
    assert {(row["breakdown"], row["stage"]) for row in parts if row["customers"]} == {
        ("email", "Retention"), ("", "Interest"), ("", "Advocacy"),
    }  # fmt: skip


def test_moves_between_stages_by_kind(shop):
    found = answer(shop, JourneyMoves(compare="none"))
    got = numbers(found)
    assert got == {"moves": 11, "forward": 4, "leap": 1, "back": 1, "silent": 1, "returned": 1, "new": 3}
    ways = {row["way"]: row for row in found.rows}
    assert ways["Consideration → Interest"]["days_before"] == pytest.approx(30, abs=0.05)
    assert ways["Interest → Advocacy"]["kind"] == "Leap"
    assert ways["Interest → Advocacy"]["part_of_leaving"] == 0.5
    assert ways["New → Awareness"]["days_before"] is None
    drawn = {(row["one"], row["two"]): row for row in found.picture.rows}
    assert {row["times"] for row in drawn.values()} == {row["times"] for row in found.rows}
    assert (drawn["Interest", "Advocacy"]["part_of_leaving"], drawn["New", "Awareness"]["step"]) == (0.5, 1)
    assert numbers(one(shop, JourneyMoves(period="2025-06", compare="none")))["moves"] == 3


def test_sizes_over_time_are_the_running_sums(shop):
    rows = answer(shop, JourneyHistory(compare="none")).rows
    by_month = {}
    for row in rows:
        if row["customers"]:
            by_month.setdefault(row["start"].month, {})[row["stage"]] = row["customers"]
    assert by_month == {
        1: {"Purchase": 1}, 2: {"Retention": 1}, 3: {"Interest": 1, "Retention": 1}, 4: {"Interest": 1, "Retention": 1},
        5: {"Interest": 1, "Dormant": 1}, 6: {"Interest": 1, "Retention": 1, "Advocacy": 1},
    }  # fmt: skip
    later = one(shop, JourneyHistory(period="2025-06", by="week", compare="none"))
    assert {row["start"] for row in later.rows} == {date(2025, 6, day) for day in (1, 8, 15, 22, 29)}
    assert later.rows[0]["came_in"] == 0
    assert sum(row["came_in"] for row in later.rows) == 3


def test_the_customers_of_a_stage(shop):
    found = answer(shop, JourneyCustomers(stage="retention"))
    assert [(row["customer"], row["came_from"], row["brought"]) for row in found.rows] == [
        ("user:sara", "Dormant", 100)
    ]
    assert found.sentence == "One customer is in Retention, and brought SAR 100 so far."
    assert one(shop, JourneyCustomers(stage="lost", language="ar")).sentence == "لا أحد في «مفقودون»."
    with pytest.raises(UnknownName, match="retention"):
        one(shop, JourneyCustomers(stage="retentoin"))


def test_two_who_are_merged_in_the_middle_have_one_path(store):
    write(store, [*OMAR, *HUDA])
    Resolver(store, Limits()).decide(Decision("merge", "anon:omar", "user:huda"), "", "noura")
    rows = answer(store, JourneyMoves(compare="none")).rows
    assert {row["way"]: row["times"] for row in rows} == {
        "New → Consideration": 1, "Consideration → Interest": 1, "Interest → Advocacy": 1,
    }  # fmt: skip


def test_stages_of_ones_own(shop, tmp_path):
    """One stage for a product, with a condition; stages that lapse; other days of silence."""
    own = read(
        {
            "stages": [
                {"key": "all", "en": "All", "ar": "الكل"},
                {"key": "came_by_mail", "en": "By mail", "ar": "بالبريد", "when": ["Page Viewed where channel=email"]},
                {"key": "bought", "en": "Bought", "ar": "اشترى", "when": ["Order Completed"], "lapses_days": 20},
            ],
            "dormant_days": 150, "lost_days": 200,
        }
    )  # fmt: skip
    assert path(shop, "user:sara", own) == [
        ("came_by_mail", "01-01 10:00"), ("bought", "01-01 10:20"), ("came_by_mail", "01-21 10:00"),
        ("bought", "02-01 10:00"), ("came_by_mail", "02-21 10:00"),
    ]  # fmt: skip
    records = Records(Settings(data=tmp_path))
    rows = set_stages(shop, records, own, "cli:noura", dry_run=True)
    assert standing(records) == SIX
    assert [(row["stage"], row["before"], row["after"]) for row in rows[:3]] == [
        ("all", None, 1), ("came_by_mail", None, 1), ("bought", None, 1),
    ]  # fmt: skip
    set_stages(shop, records, own, "cli:noura")
    assert standing(records) == own
    found = ask(
        shop, Journey(compare="none"), today=date(2025, 6, 30), told=Told(stages=lambda: standing(records))
    )
    assert sizes(found) == {"All": 1, "By mail": 1, "Bought": 1}
    records.close()
    broken = msgspec.structs.replace(
        own, stages=(*own.stages[:2], Stage("x", "X", "س", ("Order Completed where colour=red",)))
    )
    with pytest.raises(UnknownName, match="colour"):
        path(shop, "user:sara", broken)


def test_same_moment_single_customer_and_nothing_at_all(store):
    assert "no data" in one(store, Journey()).sentence
    at = "2025-03-01 10:00"
    write(
        store,
        [
            event("Page Viewed", "user:1", at, **PROPS),
            order("user:1", at, 5, **PROPS),
            order("user:1", at, 5, **PROPS),
        ],
    )
    found = answer(store, Journey(compare="none"))
    assert sizes(found) == {"Retention": 1}
    assert any("Fewer than 30" in note for note in found.notes)
    assert [row["way"] for row in one(store, JourneyMoves(compare="none")).rows] == ["New → Retention"]
    few = answer(store, JourneyDrivers())
    assert (few.rows, few.notes[0][:25]) == ([], "No stage has 30 customers")


def test_what_precedes_a_move_is_found_and_what_does_not_is_not(store):
    """Of eighty with a cart, those who searched the day before buy; mobiles are on both sides."""
    moves = []
    for number in range(80):
        who, keen = f"user:{number}", number % 2 or number < 4
        moves += [event("Product Viewed", who, "2025-03-01 10:00", device="mobile", **PROPS)]
        moves += [event("Products Searched", who, "2025-03-02 10:00", **PROPS)] if keen else []
        moves += [event("Product Added", who, "2025-03-03 10:00", **PROPS)]
        moves += [order(who, "2025-03-05 10:00", 10, **PROPS)] if keen and number < 78 else []
    write(store, moves)
    found = answer(store, JourneyDrivers())
    (row,) = found.rows
    assert (row["way"], row["thing"]) == ("From Consideration onwards", "Products Searched")
    assert (row["movers"], row["stayers"], row["movers_share"]) == (41, 39, 1)
    assert row["stayers_share"] == pytest.approx(1 / 39)
    assert row["low"] > 1
    assert numbers(found)["tested"] == 4  # viewed, searched, added, mobile
    short = one(store, JourneyDrivers(days=1, language="ar"))
    assert [row["thing"] for row in short.rows] == [
        "بحث عن منتج"
    ]  # the day up to their last move before the order


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stages": []}, "0 stages"),
        ({"stages": [{"key": "a", "en": "A"}]}, "ar"),
        ({"dormant_days": 400}, "cannot be"),
        ({"stages": [{"key": "a", "en": "A", "ar": "أ"}, {"key": "b", "en": "B", "ar": "ب"}]}, "Nothing leads"),
        ({"stages": [{"key": "a", "en": "A", "ar": "أ"}, {"key": "a", "en": "B", "ar": "ب", "when": ["x"]}]}, "same key"),
        ({"stages": [{"key": "a", "en": "A", "ar": "أ"}, {"key": "b", "en": "B", "ar": "ب", "when": ["x"], "after": "c"}]}, "'c'"),
        ({"colour": 1}, "colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_stages_is_said(change, said):
    with pytest.raises(BadParameter, match=said):
        read(SIX.to_json() | change)


def test_presets_are_whole():
    assert all(read(preset.to_json()) == preset for preset in PRESETS.values())
    assert [stage.key for stage in FIVE.stages] == [
        "awareness",
        "consideration",
        "purchase",
        "retention",
        "advocacy",
    ]


def test_the_example_of_the_manual_is_stages():
    text = (Path(__file__).parents[2] / "docs" / "journey.md").read_text(encoding="utf-8")
    journey = read(read_yaml(text.split("```yaml\n")[1].split("```")[0]))
    assert journey.keys == SIX.keys
    assert Rules(journey).steps["interest"][1].name == "Page Viewed"
