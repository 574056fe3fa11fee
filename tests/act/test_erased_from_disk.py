"""A whole shop on disk, with somebody in every corner of it: before the erasure every one of their texts is found there, afterwards none."""

import signal

import pytest

from tests.support.bytes_on_disk import holding
from tests.support.served import masarat, select, serving

# All that Noura left. Each stands somewhere on the disk, packed or not.
TEXTS = [
    "نورة العتيبي", "noura@example.com", "noura-account-17", "5012345", "٠٥٠ ١٢٣ ٤٥٦٧", "050 123 4567", "anon-browser-4711",
    "حي النرجس شارع ٩", "اتركوه عند أم خالد", "قهوة لا تُنسى يا جماعة", "NOURA10", "متصفحة ليلية", "أوافق على العروض من فرع حطين",
    "بريد قديم: noura.old@example.net", "اتصلت بنا نورة وطلبت الدمج",
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


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The shop with Noura in it; the server was killed while her last order waited in the journal."""
    data = tmp_path_factory.mktemp("erased") / "data"
    branch = data.parent / "branch.csv"
    branch.write_text(BRANCH)
    key = masarat(data, "source", "add", "web").stdout.split()[0]
    with serving(data) as server, server.client() as client:
        sent = client.post("/v1/batch", json=moves(writeKey=key))
        assert sent.status_code == 200, sent.text
        server.drained()
        server.stop(signal.SIGINT)
    assert masarat(data, "import", str(branch), "--source", "branch").returncode == 0
    told = masarat(data, "consent", "set", "noura@example.com", "--purpose", "marketing", "--channel", "email",
                   "--status", "granted", "--source", "form", "--evidence", "أوافق على العروض من فرع حطين")  # fmt: skip
    assert told.returncode == 0, told.stderr
    merged = masarat(
        data,
        "identity",
        "merge",
        "noura@example.com",
        "user:noura-account-17",
        "--why",
        "اتصلت بنا نورة وطلبت الدمج",
    )
    assert merged.returncode == 0, merged.stderr
    with serving(data) as server, server.client() as client:
        late = {
            "type": "track",
            "event": "Product Viewed",
            "messageId": "m9",
            "userId": "noura-account-17",
            "properties": {"product_id": "k9"},
        }
        assert client.post("/v1/batch", json={"batch": [late], "writeKey": key}).status_code == 200
        server.process.send_signal(signal.SIGKILL)
        server.process.communicate()
    return data


def test_before_everything_is_found_and_afterwards_nothing(shop):
    before = holding(shop, [*TEXTS, OTHERS])
    found = {text for here in before.values() for text in here}
    assert found == {*TEXTS, OTHERS}, "the control: what cannot be found proves nothing"

    plan = masarat(shop, "privacy", "erase", "0501234567", "--dry-run")
    assert "Nothing was erased." in plan.stdout, plan.stderr
    assert holding(shop, ["noura@example.com"])

    paper = shop.parent / "certificate.pdf"
    done = masarat(
        shop,
        "privacy",
        "erase",
        "0501234567",
        "--confirm",
        "0501234567",
        "--why",
        "طلب المحو كتابةً",
        "-o",
        str(paper),
        "--lang",
        "ar",
    )
    assert done.returncode == 0, done.stderr
    assert paper.read_bytes()[:5] == b"%PDF-"

    assert holding(shop, TEXTS) == {}
    assert holding(shop, [OTHERS]), "others stay"
    rows = select(
        shop,
        "SELECT name, visitor_id, order_id, toFloat64(revenue) AS revenue FROM events WHERE revenue != 0 ORDER BY order_id",
    )
    assert [(row["visitor_id"] == "", row["order_id"], row["revenue"]) for row in rows] == [
        (True, "B-1", 80.0), (False, "B-2", 160.0), (True, "W-1", 120.0),
    ]  # fmt: skip
