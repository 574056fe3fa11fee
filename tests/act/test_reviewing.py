"""Who may be one: merged where there is no doubt, asked otherwise, answered once, taken back whole."""

import polars as pl
import pytest

from masarat.act import renewing
from masarat.act.reviewing import Refreshing, Review
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.audit import Filter, entries, mark
from masarat.records.models import ReviewPair, ReviewRun, now
from masarat.records.review import forget
from masarat.resolve.graph import Decision
from masarat.resolve.identity import Identity
from masarat.settings import Settings
from tests.support.shop import when

PHONE, OTHER = "+966501234567", "+966559876543"


def tell(store, facts):
    """Who has which name, phone, …: {"user:1": {"name": …}}."""
    rows = [(who, trait, value) for who, its in facts.items() for trait, value in its.items()]
    frame = pl.DataFrame(rows, schema=["visitor_id", "trait", "value"], orient="row")
    store.insert("traits", frame.with_columns(source=pl.lit("test"), ts=pl.lit(when("2025-01-01"))))


@pytest.fixture
def told(store):
    """Three accounts of Mohammed, a father with his son, and a stranger."""
    tell(
        store,
        {
            "user:1": {"name": "محمد العتيبي", "phone": PHONE},
            "user:2": {"name": "Mohammed Al-Otaibi", "phone": "0501234567"},
            "user:3": {"name": "محمّد عتيبي", "phone": PHONE},
            "user:4": {"name": "سعد القحطاني", "phone": OTHER},
            "user:5": {"name": "أحمد سعد القحطاني", "phone": OTHER},
            "user:6": {"name": "نورة الشهري", "email": "noura@example.sa"},
        },
    )
    return store


@pytest.fixture
def in_file(tmp_path):
    """Records in a file: what the databases have no part in need not be tried on both."""
    opened = Records(Settings(data=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def review(told, in_file):
    return reviewing(told, in_file)


def reviewing(store, records, **settings):
    chosen = Settings(data=store.settings.data, **settings)
    return Review(Identity(store, chosen), records, chosen)


def waiting(review, language="en"):
    return review.page(language)["pairs"]


def sides(pair):
    return {pair["one"]["customer"], pair["other"]["customer"]}


def test_one_person_is_merged_and_father_and_son_are_asked(review):
    found = review.refresh()
    assert (found.customers, found.merged, found.waiting, found.left_out) == (6, 2, 1, 0)
    assert review.identity.show("user:3").identifiers == ["user:1", "user:2", "user:3"]
    (pair,) = waiting(review)
    assert sides(pair) == {"user:4", "user:5"}
    assert pair["one"]["names"] == ["سعد القحطاني"]
    assert pair["other"]["phones"] == [OTHER]
    assert pair["probability"] < 0.95


def test_the_log_says_by_whom_and_why(review):
    review.refresh()
    merged = [row for row in review.identity.log() if row["what"] == "merged"]
    assert {row["actor"] for row in merged} == {"rules"}
    assert {row["identifier"] for row in merged} == {"user:2", "user:3"}
    assert all(row["why"].startswith("One customer, with a probability of 9") for row in merged)
    assert all("Phone: the same" in row["why"] for row in merged)
    accepted = review.page("en", state="accepted")
    assert {each["actor"] for each in accepted["pairs"]} == {"rules"}
    assert accepted["count"] == 2


def test_a_dry_run_tells_the_same_and_does_nothing(review):
    would = review.refresh("ar", dry_run=True)
    assert review.page("en") == {"pairs": [], "count": 0, "refreshed_at": None, "left_out": 0}
    assert review.identity.log() == []
    did = review.refresh("ar")
    assert would == did
    assert {(each["one"], each["other"]) for each in did.merges} == {
        ("user:1", "user:2"),
        ("user:1", "user:3"),
    }
    assert did.merges[0]["reasons"][0].startswith("عميل واحد باحتمال")


def test_who_wants_to_be_asked_always_is_asked(told, in_file):
    review = reviewing(told, in_file, merge_above=1)
    assert (review.refresh().merged, len(waiting(review))) == (0, 4)
    first = waiting(review)[0]
    assert sides(first) < {"user:1", "user:2", "user:3"}
    assert review.answer(first["id"], "accept", why="she called", actor="cli:huda") == 1
    assert review.identity.log()[0]["actor"] == "cli:huda"
    assert review.identity.log()[0]["why"] == "she called"


def test_reasons_are_told_in_both_languages(review):
    review.refresh()
    (english,), (arabic,) = (waiting(review, language) for language in ("en", "ar"))
    assert "Perhaps a family phone" in english["reasons"][0]
    assert "جوال العائلة" in arabic["reasons"][0]
    assert any(line.startswith("رقم الجوال: تطابق تام") for line in arabic["reasons"])


def test_accepting_merges_and_taking_back_restores(told, records):
    review = reviewing(told, records)
    review.refresh()
    (pair,) = waiting(review)
    before = [review.identity.show(who).to_json() for who in ("user:4", "user:5")]
    assert review.answer(pair["id"], "accept") == 1
    assert review.identity.owner("user:5") == "user:4"
    assert (waiting(review), review.refresh().waiting) == ([], 0)
    assert review.answer(pair["id"], "undo") == 1
    assert [review.identity.show(who).to_json() for who in ("user:4", "user:5")] == before
    assert [each["id"] for each in waiting(review)] == [pair["id"]]


def test_the_store_is_told_how_many_wait(review, told):
    def waits():
        return told.select("SELECT waiting FROM identity_queue")[0]["waiting"]

    review.refresh()
    (pair,) = waiting(review)
    assert waits() == 1
    review.answer(pair["id"], "leave")
    assert waits() == 0
    review.answer(pair["id"], "undo")
    assert waits() == 1


def test_rejected_is_rejected(review, told):
    """Not asked again, whatever comes to link them; until that is taken back."""
    review.refresh()
    (pair,) = waiting(review)
    review.answer(pair["id"], "reject")
    tell(told, {"user:4": {"name": "أحمد سعد القحطاني"}})
    found = review.refresh()
    assert (found.merged, found.waiting) == (0, 0)
    review.identity.undo("user:4", "user:5")
    review.answer(pair["id"], "undo")
    review.refresh()
    assert len(waiting(review)) == 1, "it was taken back: they are asked about, not merged"


def test_left_alone_means_never_asked_again_and_nothing_decided(review):
    review.refresh()
    (pair,) = waiting(review)
    assert review.answer(pair["id"], "leave") == 0
    assert (review.refresh().waiting, waiting(review)) == (0, [])
    assert review.identity.show("user:4").decisions == []
    assert review.identity.merge("user:4", "user:6") == 1
    assert review.refresh().waiting == 0, "nor when one of them has been merged with somebody else"
    review.answer(pair["id"], "undo")
    review.refresh()
    assert len(waiting(review)) == 1


def test_what_somebody_took_apart_is_not_merged_again_but_asked(review):
    review.refresh()
    review.identity.undo("user:1", "user:2")
    found = review.refresh()
    assert found.merged == 0
    assert {"user:1", "user:2"} in [sides(each) for each in waiting(review)]
    assert review.identity.show("user:2").identifiers == ["user:2"]


def test_pairs_that_became_one_otherwise_drop_out(review):
    review.refresh()
    (pair,) = waiting(review)
    review.identity.merge("user:4", "user:5")
    assert waiting(review) == [], "not even before the next look"
    with pytest.raises(BadParameter, match="one customer already"):
        review.answer(pair["id"], "accept")
    assert review.refresh().waiting == review.page("en")["count"] == 0


def test_a_pair_keeps_its_number_and_hears_what_is_new(review, told):
    review.refresh()
    (before,) = waiting(review)
    tell(told, {"user:4": {"city": "جدة"}, "user:5": {"city": "جدة"}})
    more = [Decision("merge", "user:5", "vat:300"), Decision("merge", "user:4", "user:0017")]
    review.identity.resolver.decide_all(more, "", "huda")
    review.refresh()
    (after,) = waiting(review)
    assert after["id"] == before["id"]
    assert any(line.startswith("City: the same") for line in after["reasons"])
    assert sides(after) == {"user:0017", "user:5"}, "the father is called otherwise now"
    assert after["other"]["city"] == "جدة"
    assert after["other"]["tax_numbers"] == ["300"]


def test_two_brothers_and_a_name_that_may_be_either_wait(store, in_file):
    names = ("عمر الحربي", "Omar Alharbi", "عمار الحربي")
    tell(store, {f"user:{place}": {"name": name, "phone": PHONE} for place, name in enumerate(names, 1)})
    review = reviewing(store, in_file)
    assert review.refresh().merged == 0
    asked = [sides(each) for each in waiting(review)]
    assert {"user:1", "user:2"} in asked
    assert {"user:2", "user:3"} in asked


def test_a_name_alone_waits_at_most(store, in_file):
    tell(store, {f"user:{number}": {"name": "سارة الحربي", "city": "جدة"} for number in range(1, 11)})
    assert reviewing(store, in_file).refresh().merged == 0


def test_a_phone_that_somebody_split_off_is_no_evidence(review, told):
    tell(told, {f"phone:{PHONE}": {"city": "الرياض"}})
    review.identity.split(f"phone:{PHONE}")
    assert review.refresh().merged == 0


def test_the_queue_has_an_end_and_tells_what_it_left_out(told, in_file, monkeypatch):
    monkeypatch.setattr(renewing, "QUEUE", 2)
    review = reviewing(told, in_file, merge_above=1)
    found = review.refresh()
    assert (found.waiting, found.left_out) == (2, 2)
    assert (review.page("en")["count"], review.page("en")["left_out"]) == (2, 2)
    for pair in waiting(review):
        review.answer(pair["id"], "leave")
    assert review.refresh().waiting == 2, "whoever has answered gets the next"
    assert [len(review.page("en", limit=1, offset=n)["pairs"]) for n in range(3)] == [1, 1, 0]


def test_what_cannot_be_answered(review):
    review.refresh()
    (pair,) = waiting(review)
    with pytest.raises(UnknownName, match="no answer called 'maybe'"):
        review.answer(pair["id"], "maybe")
    with pytest.raises(UnknownName, match="no pair called '999'"):
        review.answer(999, "accept")
    with pytest.raises(BadParameter, match="not answered"):
        review.answer(pair["id"], "undo")
    review.answer(pair["id"], "leave")
    with pytest.raises(BadParameter, match="was left already"):
        review.answer(pair["id"], "accept")
    with pytest.raises(UnknownName, match="state"):
        review.page("en", state="lost")
    with pytest.raises(BadParameter, match="no page"):
        review.page("en", limit=0)


def test_one_look_at_a_time(review):
    with review._looking, pytest.raises(Refreshing, match="already"):
        review.refresh()
    assert review.refresh().customers == 6


def test_it_is_kept_fresh_once_a_day(told, records):
    review = reviewing(told, records)
    review.keep_fresh()
    review.keep_fresh()
    with records.transaction() as t:
        (run,) = t.query(ReviewRun)
        assert (run.customers, run.merged, run.waiting) == (6, 2, 1)
        run.at = now().replace(year=2024)
    review.keep_fresh()
    with records.transaction() as t:
        assert t.query(ReviewRun).count() == 2


def test_records_keep_identifiers_only_and_forget_them(told, records):
    reviewing(told, records).refresh()
    for text in ("القحطاني", OTHER, "noura@"):
        assert text not in whole(records)
    with records.transaction() as t:
        assert forget(t, ["user:4", "user:99"]) == 1
    assert "user:4" not in whole(records)
    with records.transaction() as t:
        assert forget(t, [f"user:{number}" for number in range(1200)]) == 2
        assert forget(t, []) == 0


def whole(records):
    """All that the queue keeps, as one text."""
    with records.transaction() as t:
        return str(
            [
                {name: value for name, value in vars(each).items() if name[0] != "_"}
                for each in t.query(ReviewPair)
            ]
        )


def test_who_looked_and_answered_is_written_down(review, in_file):
    review.refresh(actor="user:huda@b.sa")
    (pair,) = waiting(review)
    review.page("en", actor="user:huda@b.sa")
    review.answer(pair["id"], "reject", actor="user:huda@b.sa")
    said = entries(in_file, Filter(actor="huda"))
    assert [(each.action, each.what, each.details.get("deed")) for each in said] == [
        ("changed", "review", "reject"),
        ("looked", "review", None),
        ("changed", "review", "refresh"),
    ]
    assert said[0].whom == sorted([mark("user:4"), mark("user:5")])
