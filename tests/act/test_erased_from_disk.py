"""A whole shop on disk, with somebody in every corner of it: before the erasure every one of their texts is found there, afterwards none."""

import json
import signal

import pytest

from masarat.collect import keys
from masarat.records import Records, attachments, notes
from masarat.records.models import Relation, ReviewPair
from masarat.settings import Settings
from masarat.show.accounts import Accounts
from tests.support.bytes_on_disk import holding
from tests.support.served import masarat, select, serving

# All that Noura left. Each stands somewhere on the disk, packed or not.
TEXTS = [
    "نورة العتيبي", "noura@example.com", "noura-account-17", "5012345", "٠٥٠ ١٢٣ ٤٥٦٧", "050 123 4567", "anon-browser-4711",
    "حي النرجس شارع ٩", "اتركوه عند أم خالد", "قهوة لا تُنسى يا جماعة", "NOURA10", "متصفحة ليلية", "أوافق على العروض من فرع حطين",
    "بريد قديم: noura.old@example.net", "اتصلت بنا نورة وطلبت الدمج",
    "شريحة noura@example.com", "نورة تحب القهوة المختصة", "عقد نورة.txt", "نص العقد مع نورة", "عميلة ذهبية جدًا", "أخت سامي",
]  # fmt: skip
OTHERS = "سامي الحربي"
BRANCH = """التاريخ,رقم الطلب,الاسم,رقم الجوال,البريد الإلكتروني,المدينة,المنتج,الكمية,الإجمالي
2025-03-01,B-1,نورة العتيبي,050 123 4567,noura@example.com,حوطة بني تميم,قهوة,1,80
2025-03-02,B-2,سامي الحربي,0509876543,sami@example.com,الرياض,قهوة,2,160
ليس تاريخًا,B-3,نورة العتيبي,٠٥٠ ١٢٣ ٤٥٦٧,NOURA@example.com,الرياض,قهوة,1,80
"""


def moves(**more):
    """What Noura does on the web: looks anonymously, signs in, orders, writes a review."""
    anonymous = {"anonymousId": "anon-browser-4711", "timestamp": "2025-02-01T10:00:00Z"}
    known = {**anonymous, "userId": "noura-account-17"}
    batch = [
        {"type": "page", "messageId": "m1", **anonymous, "properties": {"url": "https://s.sa/?q=متصفحة ليلية", "title": "متصفحة ليلية"}},
        {"type": "identify", "messageId": "m2", **known, "traits": {
            "name": "نورة العتيبي", "email": "noura@example.com", "phone": "+966501234567", "address": {"street": "حي النرجس شارع ٩"},
            "description": "بريد قديم: noura.old@example.net"}},
        {"type": "track", "event": "Order Completed", "messageId": "m3", **known, "properties": {
            "order_id": "W-1", "revenue": 120, "currency": "SAR", "coupon": "NOURA10", "note": "اتركوه عند أم خالد"}},
        {"type": "track", "event": "Product Reviewed", "messageId": "m4", **known, "properties": {
            "product_id": "k1", "rating": 5, "review_body": "قهوة لا تُنسى يا جماعة"}},
        {"type": "track", "event": "Product Shared", "messageId": "m5", "userId": "sami-2", "timestamp": "2025-02-02T10:00:00Z",
         "properties": {"product_id": "k1", "to": "noura@example.com", "sms": "050 123 4567"}},
        {"type": "identify", "messageId": "m6", "userId": "sami-2", "timestamp": "2025-02-02T10:00:00Z", "traits": {"name": OTHERS}},
        {"type": "track", "messageId": "m7", **known, "properties": {"note": "حدث بلا اسم"}},
    ]  # fmt: skip
    return {"batch": batch, **more}


def by_hand(data):
    """What staff wrote of Noura."""
    records, contract = Records(Settings(data=data)), data.parent / "contract.txt"
    contract.write_text("نص العقد مع نورة")
    with records.transaction() as t:
        notes.add_note(t, "user:noura-account-17", "نورة تحب القهوة المختصة", "cli")
        notes.add_note(t, "user:sami-2", "صديق 0501234567", "cli")
        notes.add_tag(t, "phone:+966501234567", "عميلة ذهبية جدًا", "cli")
        attachments.attach(t, "email:noura@example.com", contract, "عقد نورة.txt", "cli", data)
        t.add(
            Relation(
                one="user:sami-2",
                other="user:noura-account-17",
                kind="household",
                role="أخت سامي",
                author="cli",
            )
        )
        t.add(ReviewPair(one="user:noura-account-17", other="user:sami-2", probability=0.5, strong=False))
    records.close()


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The shop with Noura in it; the server was killed while her last move waited in the journal."""
    data = tmp_path_factory.mktemp("erased") / "data"
    records = Records(Settings(data=data))
    write_key, owner = keys.add(records, "web"), Accounts(records).add_key("tests", "owner")
    records.close()
    with serving(data) as server, server.client(owner) as client:
        ok(client.post("/v1/batch", json=moves(writeKey=write_key)))
        server.drained()
        branch = {"file": ("branch.csv", BRANCH.encode())}
        taken = ok(client.post("/v1/import", files=branch, data={"source": "branch"})).splitlines()
        assert json.loads(taken[-1])["reports"][0]["added"] == 2
        consent = {"email": "noura@example.com", "purpose": "marketing", "channel": "email", "status": "granted",
                   "source": "form", "evidence": "أوافق على العروض من فرع حطين"}  # fmt: skip
        ok(client.post("/v1/consents", json=consent))
        merge = {
            "do": "merge",
            "one": "noura@example.com",
            "other": "user:noura-account-17",
            "why": "اتصلت بنا نورة وطلبت الدمج",
        }
        ok(client.post("/v1/identity", json=merge))
        kept = {
            "name": "noura",
            "title": "شريحة noura@example.com",
            "question": "customers",
            "parameters": {"search": "نورة العتيبي"},
        }
        assert json.loads(ok(client.post("/v1/segments", json=kept)))["segment"]["size"] == 1
        late = {
            "type": "track",
            "event": "Product Viewed",
            "messageId": "m9",
            "userId": "noura-account-17",
            "properties": {},
        }
        ok(client.post("/v1/batch", json={"batch": [late], "writeKey": write_key}))
        server.process.send_signal(signal.SIGKILL)
        server.process.communicate()
    by_hand(data)
    return data


def ok(response):
    assert response.status_code == 200, response.text
    return response.text


def test_before_everything_is_found_and_afterwards_nothing(shop):
    before = holding(shop, [*TEXTS, OTHERS])
    found = {text for here in before.values() for text in here}
    assert found == {*TEXTS, OTHERS}, "the control: what cannot be found proves nothing"

    paper = shop.parent / "certificate.pdf"
    words = [
        "0501234567",
        "--confirm",
        "0501234567",
        "--why",
        "طلب المحو كتابةً",
        "-o",
        str(paper),
        "--lang",
        "ar",
    ]
    done = masarat(shop, "privacy", "erase", *words)
    assert done.returncode == 0, done.stderr
    assert paper.read_bytes()[:5] == b"%PDF-"

    assert holding(shop, TEXTS) == {}
    assert holding(shop, [OTHERS]), "others stay"
    assert select(shop, "SELECT * FROM segment_members") == []
    rows = select(
        shop,
        "SELECT visitor_id, order_id, toFloat64(revenue) AS revenue FROM events WHERE revenue != 0 ORDER BY order_id",
    )
    assert [(row["visitor_id"] == "", row["order_id"], row["revenue"]) for row in rows] == [
        (True, "B-1", 80.0), (False, "B-2", 160.0), (True, "W-1", 120.0),
    ]  # fmt: skip
