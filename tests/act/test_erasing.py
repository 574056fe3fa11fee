"""Erasing a customer: nothing of them stays, byte for byte; their sales stay without them; what was cut off is completed; they stay erased."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from masarat.act.privacy import Privacy
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.audit import Filter, entries, mark
from masarat.records.models import Consent
from masarat.resolve.identity import Identity
from masarat.settings import Settings
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
            event("Signed In", NOURA, "2025-01-01 09:00", source="web", identifiers=["anon:b1", EMAIL]),
            order(NOURA, "2025-01-05 10:00", 100, source="web", identifiers=[PHONE], order_id="A-1", coupon="NOURA10",
                  city="حوطة سدير", url="https://s.sa/thanks", props='{"note": "اتركوه عند أم خالد", "as_of": 7}', revision=42),
            order(NOURA, "2025-02-05 10:00", 50, source="web", identifiers=[PHONE], order_id="A-2", revision=43),
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
