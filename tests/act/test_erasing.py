"""Erasing a customer: nothing of them stays, byte for byte; their sales stay without them; what was cut off is completed; they stay erased."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from masarat.act.places import PLACES
from masarat.act.privacy import Privacy
from masarat.collect.choosing import Choices
from masarat.collect.erased import sift
from masarat.collect.importing import import_files
from masarat.collect.intake import Intake
from masarat.errors import BadParameter, UnknownName
from masarat.journal import RealDisk, Segment
from masarat.records import Records
from masarat.records.audit import Filter, entries, mark
from masarat.records.models import Consent, SyncRun, Tombstone
from masarat.records.tombstones import Gone
from masarat.resolve.identity import Identity
from masarat.settings import Settings
from masarat.show.certificate import write as write_certificate
from tests.support.people import trait
from tests.support.shop import event, order, write

PHONE, EMAIL, NOURA = "phone:+966501234567", "email:noura@example.com", "user:noura-17"
SAMI = "phone:+966509999999"


class Stopped(Exception):
    """A power cut, at a step."""


@pytest.fixture
def kept(tmp_path):
    records = Records(Settings(data=tmp_path))
    yield records
    records.close()


@pytest.fixture
def privacy(store, kept):
    return privacy_of(store, kept)


def privacy_of(store, kept, stop_at=""):
    def failpoint(step):
        if step == stop_at:
            raise Stopped(step)

    found = Privacy(store, kept, Identity(store, store.settings), lambda: None)
    found.erasing.failpoint = failpoint
    return found


def fill(store, kept):
    """Noura, known by three identifiers and a browser, beside Sami."""
    moves = [
            event("Page Viewed", "anon:b1", "2025-01-01 08:00", source="web", url="https://s.sa/?e=noura%40example.com"),
            event("Signed In", NOURA, "2025-01-01 09:00", source="web", identifiers=[NOURA, "anon:b1", EMAIL]),
            order(NOURA, "2025-01-05 10:00", 100, source="web", identifiers=[NOURA, PHONE], order_id="A-1", coupon="NOURA10",
                  city="حوطة سدير", url="https://s.sa/thanks", props='{"note": "اتركوه عند أم خالد", "as_of": 7}', revision=42),
            order(NOURA, "2025-02-05 10:00", 50, source="web", identifiers=[NOURA, PHONE], order_id="A-2", revision=43),
            event("Product Reviewed", EMAIL, "2025-02-09", source="web", props='{"review_body": "قهوة لا تُنسى يا جماعة"}'),
            order(SAMI, "2025-01-06 10:00", 70, source="web", identifiers=[SAMI, PHONE], order_id="B-1",
                  props='{"gift": {"to": "٠٥٠ ١٢٣ ٤٥٦٧", "mail": "Noura@Example.com"}, "wrap": true}'),
            event("Page Viewed", SAMI, "2025-01-07", source="web"),
    ]  # fmt: skip
    write(store, [{"props": "{}", **move} for move in moves])
    trait(store, NOURA, "name", "نورة العتيبي")
    trait(store, NOURA, "email", "noura@example.com")
    trait(store, SAMI, "name", "سامي الحربي")
    trait(store, SAMI, "phone_of_wife", "0501234567")
    identity = Identity(store, store.settings)
    identity.take_imported([""])
    identity.never(SAMI, PHONE, why="زوجته نورة")
    identity.merge(NOURA, PHONE, why="اتصلت نورة")
    kept.consent.add([said(EMAIL), said(SAMI)], "cli")
    return identity


def said(who):
    return Consent(identifier=who, purpose="marketing", channel="email", status="granted",
                   at=datetime(2025, 1, 1, tzinfo=UTC), source="form", evidence="أوافق على استلام العروض")  # fmt: skip


def test_the_plan_tells_and_erases_nothing(store, kept, privacy):
    fill(store, kept)
    plan = privacy.plan("0501234567")
    assert set(plan.identifiers) == {NOURA, PHONE, EMAIL, "anon:b1"}
    assert plan.found["events"] == 5
    assert plan.found["mentions"] == 1
    assert plan.found["consents"] == 1
    assert plan.found["facts"] == 3  # and where Sami told her phone
    assert privacy.plan("0501234567") == plan
    assert privacy.certificates() == []


def test_their_sales_stay_without_them(store, kept, privacy):
    fill(store, kept)
    certificate = privacy.erase("noura@example.com", why="طلبت ذلك بالهاتف", actor="user:owner@s.sa")
    rows = store.select("SELECT * EXCEPT (props), toString(props) AS props FROM events ORDER BY ts")
    assert [
        (row["name"], row["visitor_id"], row["revenue"], row["order_id"], row["revision"]) for row in rows
    ] == [
        ("Order Completed", "", 100, "A-1", 42),
        ("Order Completed", SAMI, 70, "B-1", 0),
        ("Page Viewed", SAMI, 0, "o6", 0),
        ("Order Completed", "", 50, "A-2", 43),
    ]
    assert {
        (row["city"], row["coupon"], row["url"], row["identifiers"] == [])
        for row in rows
        if not row["visitor_id"]
    } == {("", "", "", True)}
    assert certificate["found"]["events"] == 5


def test_others_stay_whole_but_for_the_mention(store, kept, privacy):
    fill(store, kept)
    privacy.erase(EMAIL)
    gift = store.select("SELECT toString(props) AS props, identifiers FROM events WHERE order_id = 'B-1'")[0]
    assert json.loads(gift["props"]) == {"gift": {"to": "0", "mail": "0"}, "wrap": True}
    assert gift["identifiers"] == [SAMI]
    assert store.select("SELECT visitor_id, value FROM traits") == [
        {"visitor_id": SAMI, "value": "سامي الحربي"}
    ]
    assert [said.identifier for said in kept.consent.every()] == [SAMI]
    assert Identity(store, store.settings).show(SAMI).identifiers == [SAMI]
    with pytest.raises(UnknownName):
        privacy.plan(EMAIL)


def test_everything_takes_the_sales_too(store, kept, privacy):
    fill(store, kept)
    privacy.erase(NOURA, everything=True)
    assert [row["order_id"] for row in store.select("SELECT order_id FROM events ORDER BY ts")] == [
        "B-1",
        "o6",
    ]


STEPS = ("tombstones", "journal", *(place.name for place in PLACES), "old files")


def state(store, kept):
    """All that stands afterwards, but for when."""
    events = "SELECT event_id, visitor_id, identifiers, revenue, toString(props) AS props, received_at FROM events ORDER BY event_id"
    facts, owners = "SELECT visitor_id, trait, value FROM traits", "SELECT identifier FROM identity_overrides"
    found = [store.select(sql, settings={"final": 0}) for sql in (events, facts, owners)]
    return [*found, [said.identifier for said in kept.consent.every()]]


def test_what_is_cut_off_at_any_step_is_completed(engine, tmp_path):
    """Also where it is cut off again and again: at the first step, then at the second, …"""
    store, records = engine.store(), Records(Settings(data=tmp_path / "whole"))
    fill(store, records)
    privacy_of(store, records).erase(EMAIL)
    expected = state(store, records)
    records.close()
    store, records = engine.store(), Records(Settings(data=tmp_path / "cut"))
    fill(store, records)
    for step in STEPS:
        with pytest.raises(Stopped):
            privacy_of(store, records, stop_at=step).erase(EMAIL, why="الأول")
        assert privacy_of(store, records).certificates() == []
    done = privacy_of(store, records).erase(EMAIL, why="لا يُقرأ")
    assert (done["number"][4:], done["ground"], done["found"]["events"]) == ("-0001", "الأول", 5)
    moved = [{**row, "received_at": None} for row in state(store, records)[0]]
    assert moved == [{**row, "received_at": None} for row in expected[0]]
    assert state(store, records)[1:] == expected[1:]
    records.close()


def test_the_certificate_names_nobody_and_its_hash_holds(store, kept, privacy):
    fill(store, kept)
    with pytest.raises(BadParameter, match="names whom"):
        privacy.erase(EMAIL, why="طلبته نورة العتيبي بالهاتف")
    done = privacy.erase(EMAIL, why="طلب كتابي", actor="user:owner@s.sa")
    assert done == privacy.certificate(done["number"]) == privacy.certificates()[0]
    told = {name: value for name, value in done.items() if name != "sha256"}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert done["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for language in ("ar", "en"):
        said = write_certificate(done, "txt", language, store.settings).decode()
        assert done["sha256"] in said
        assert not [name for name in ("نورة", "noura", "50123") if name in said]
        assert write_certificate(done, "pdf", language, store.settings)[:5] == b"%PDF-"
    entry = entries(kept, Filter(action="erased"))[0]
    assert (entry.actor, entry.details) == ("user:owner@s.sa", {"certificate": done["number"]})
    assert mark(EMAIL) in entry.whom
    with pytest.raises(UnknownName, match="certificate"):
        privacy.certificate("2020-0001")


def test_files_that_were_called_like_them_are_told_without_them(store, kept, privacy):
    fill(store, kept)
    with kept.transaction() as t:
        told = {
            "connection": "inbox",
            **dict.fromkeys(("pages", "rows", "rejected", "events", "known", "restated"), 0),
        }
        t.add(
            SyncRun(
                id="1",
                notes=["0501234567.pdf is a PDF.", "a.pdf is a PDF."],
                error="noura@example.com?",
                **told,
            )
        )
        t.add(SyncRun(id="2", notes=["b.pdf is a PDF."], error="", **told))
    assert privacy.erase(EMAIL)["found"]["imports"] == 1
    with kept.transaction() as t:
        runs = [(run.notes, run.error) for run in t.scalars(select(SyncRun).order_by(SyncRun.id))]
    assert runs == [(["0.pdf is a PDF.", "a.pdf is a PDF."], "0?"), (["b.pdf is a PDF."], "")]


def test_a_consent_alone_can_be_erased(store, kept, privacy):
    kept.consent.add([said(EMAIL)], "cli")
    assert privacy.erase("Noura@example.com")["found"]["consents"] == 1
    assert list(kept.consent.every()) == []
    with pytest.raises(UnknownName):
        privacy.erase("nobody@example.com")


# They stay erased

FILE = """date,order,customer phone,total,name
2025-01-05,F-1,0501234567,100,نورة العتيبي
2025-01-06,F-2,0509999999,70,سامي الحربي
nonsense,F-3,0501234567,90,نورة العتيبي
"""


def take_in(store, kept, path, content=FILE):
    path.write_text(content)
    return import_files(store, kept, [path], Choices(source="till"))[0]


def orders(store):
    return [
        (row["order_id"], row["visitor_id"])
        for row in store.select("SELECT order_id, visitor_id FROM events ORDER BY order_id")
    ]


def test_an_old_file_does_not_bring_them_back(store, kept, privacy, tmp_path):
    take_in(store, kept, tmp_path / "old.csv")
    privacy.erase("0501234567")
    again = take_in(store, kept, tmp_path / "old.csv")
    assert (again.added, again.known, again.restated, again.erased) == (0, 2, 0, 2)
    assert orders(store) == [("F-1", ""), ("F-2", SAMI)]
    assert store.select("SELECT count() AS n FROM quarantine")[0]["n"] == 0
    assert store.select("SELECT DISTINCT visitor_id FROM traits") == [{"visitor_id": SAMI}]


def test_nor_does_it_into_an_empty_store_and_without_their_sales_where_these_were_erased(
    engine, kept, tmp_path
):
    store = engine.store()
    take_in(store, kept, tmp_path / "old.csv")
    privacy_of(store, kept).erase("0501234567", everything=True)
    empty = engine.store()
    assert take_in(empty, kept, tmp_path / "old.csv").erased == 2
    assert orders(empty) == [("F-2", SAMI)]


def test_who_comes_later_is_a_new_customer(store, kept, privacy, tmp_path):
    take_in(store, kept, tmp_path / "old.csv")
    privacy.erase("0501234567")
    # In the shop's own time zone tomorrow may have begun already.
    later_on = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    later = take_in(
        store,
        kept,
        tmp_path / "new.csv",
        FILE.splitlines()[0] + f"\n{later_on},F-9,0501234567,30,نورة العتيبي\n",
    )
    assert (later.added, later.erased) == (1, 0)
    assert ("F-9", PHONE) in orders(store)
    assert privacy.plan(PHONE).found["events"] == 1


def test_a_backup_does_not_bring_them_back_for_good(engine, kept, tmp_path):
    """The store as it was before, under the records of today."""
    store = engine.store()
    fill(store, kept)
    privacy_of(store, kept).erase(EMAIL)
    assert privacy_of(store, kept).again() == []
    restored = engine.store()
    empty = Records(Settings(data=tmp_path / "elsewhere"))
    fill(restored, empty)
    empty.close()
    done = privacy_of(restored, kept).again()
    assert [(one["actor"], one["found"]["events"]) for one in done] == [("rules", 5)]
    assert state(restored, kept)[1:3] == state(store, kept)[1:3]
    assert privacy_of(restored, kept).again() == []


def test_an_old_file_of_consents_tells_nothing_of_them(store, kept, privacy):
    fill(store, kept)
    privacy.erase(EMAIL)
    assert kept.consent.add([said(EMAIL)], "cli") == 0
    later = said(EMAIL)
    later.at = datetime.now(UTC) + timedelta(minutes=1)
    assert kept.consent.add([later], "cli") == 1


def line(event_id, name, ts, who, **more):
    return msgspec.json.encode(
        {"event_id": event_id, "name": name, "ts": ts, "visitor_id": who, "source": "web", **more}
    )


def test_late_events_stay_out_and_late_sales_come_without_them():
    gone = Gone({mark_of(PHONE): (1000.0, False), mark_of("user:9"): (1000.0, True)}, mark_of)
    lines = [
        line("1", "Page Viewed", 999, PHONE),
        line("2", "Page Viewed", 1000, PHONE),
        line("3", "Page Viewed", 999, "anon:b", identifiers=["user:1", PHONE]),
        line(
            "4",
            "Order Completed",
            999,
            PHONE,
            revenue=5,
            props={"note": "x", "as_of": 3},
            url="https://s.sa/?a=b",
        ),
        line("5", "Order Completed", 999, "user:9", revenue=5),
        line("6", "Page Viewed", 1, "user:2"),
    ]
    kept = [msgspec.json.decode(one) for one in sift(lines, gone)]
    assert [one["event_id"] for one in kept] == ["2", "4", "6"]
    assert kept[1] == {"event_id": "4", "name": "Order Completed", "ts": 999, "source": "web", "visitor_id": "",
                       "revenue": 5.0, "props": {"as_of": 3}}  # fmt: skip
    untouched = lines[5:]
    assert sift(untouched, gone) is untouched


def mark_of(text):
    return hashlib.md5(text.encode()).digest()


def test_the_intake_asks_the_tombstones(store, kept, tmp_path):
    with kept.transaction() as t:
        kept.tombstones.bury(t, [PHONE], datetime.fromtimestamp(1_700_000_000, UTC), False)
    path = tmp_path / "segment.jsonl"
    path.write_bytes(
        b"\n".join(
            [line("1", "Page Viewed", 1_600_000_000, PHONE), line("2", "Page Viewed", 1_600_000_000, SAMI)]
        )
        + b"\n"
    )
    intake = Intake(store, gone=lambda: kept.tombstones.gone)
    intake.take(Segment("t", path, 2, path.stat().st_size, RealDisk()))
    assert (intake.erased, intake.repeated) == (1, 0)
    assert store.select("SELECT visitor_id FROM events") == [{"visitor_id": SAMI}]


def test_tombstones_tell_nobody_and_hold_on_either_database(records):
    at = datetime(2025, 6, 1, tzinfo=UTC)
    with records.transaction() as t:
        records.tombstones.bury(t, [PHONE, EMAIL], at, False)
    assert records.tombstones.gone.takes([PHONE], at.timestamp() - 1) == (at.timestamp(), False)
    assert records.tombstones.gone.takes([PHONE, SAMI], at.timestamp()) is None
    with records.transaction() as t:
        records.tombstones.bury(t, [EMAIL], at + timedelta(days=1), True)
        stones = list(t.scalars(select(Tombstone)))
    assert records.tombstones.gone.of(EMAIL) == (at.timestamp() + 86_400, True)
    assert not [one for one in stones if "noura" in one.mark or len(one.mark) != 32]
