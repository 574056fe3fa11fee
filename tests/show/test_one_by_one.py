"""One customer through the running server, a real file and the program: one timeline of a whole life, and what people add to it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from masarat.analyse.profile.timeline import Asked
from masarat.collect.keys import add
from masarat.records import Records
from masarat.records.audit import Filter, entries
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from masarat.show.remote import Refused, RemoteShop, open_shop
from tests.support.inside import inside
from tests.support.people import trait
from tests.support.served import masarat, serving
from tests.support.shop import event, order, write

PHONE, LAPTOP = (
    {"User-Agent": f"Mozilla/5.0 ({system}) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"}
    for system in ("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Windows NT 10.0; Win64; x64")
)
SUNDAY = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=4)


def after(hours):
    return (SUNDAY + timedelta(hours=hours)).isoformat()


# She looks on her phone, signs in on a laptop and buys, buys in the branch, and writes a review.
ON_HER_PHONE = [
    {"type": "page", "anonymousId": "her-phone", "timestamp": after(0), "properties": {"url": "https://shop.sa/coffee"}},
    {"type": "track", "event": "Product Viewed", "anonymousId": "her-phone", "timestamp": after(1),
     "properties": {"sku": "k1", "name": "بن هرري", "category": "قهوة", "price": 80}},
    {"type": "identify", "anonymousId": "her-phone", "timestamp": after(2), "traits": {"phone": "050 123 4567"}},
]  # fmt: skip
ON_A_LAPTOP = [
    {"type": "track", "event": "Product Added", "anonymousId": "laptop", "timestamp": after(24),
     "properties": {"sku": "k1", "name": "بن هرري", "price": 80, "currency": "SAR"}},
    {"type": "identify", "anonymousId": "laptop", "userId": "17", "timestamp": after(25),
     "traits": {"name": "سارة العتيبي", "phone": "+966501234567", "email": "Sara@Example.SA", "city": "الرياض"}},
    {"type": "track", "event": "Order Completed", "userId": "17", "timestamp": after(26),
     "properties": {"order_id": "A1", "revenue": 160, "currency": "SAR", "payment_method": "mada",
                    "products": [{"sku": "k1", "name": "بن هرري", "category": "قهوة", "price": 80, "quantity": 2}]}},
    {"type": "track", "event": "Product Reviewed", "userId": "17", "timestamp": after(90),
     "properties": {"sku": "k1", "name": "بن هرري", "rating": 5, "review_body": "طازج"}},
]  # fmt: skip
IN_THE_BRANCH = (
    "رقم الفاتورة,التاريخ,الجوال,رقم العميل,المدينة,المنتج,الكمية,الإجمالي\n"
    f"B7,{SUNDAY + timedelta(days=2):%Y-%m-%d} 18:00,٠٥٠١٢٣٤٥٦٧,C-9,جدة,كوب,3,120\n"
    f"B8,{SUNDAY + timedelta(days=2):%Y-%m-%d} 19:00,0559999999,C-2,جدة,كوب,1,45\n"
)
STORY = [
    "قيّم منتجًا: بن هرري، 5 من 5: «طازج»",
    "اشترى 3 منتجات بـ120.00 ر.س من branch: كوب",
    "اشترى منتجين بـ160.00 ر.س من web: بن هرري",
    "عرّف بنفسه",
    "أضاف إلى السلة: بن هرري",
    "عرّف بنفسه",
    "شاهد منتجًا: بن هرري",
    "شاهد صفحة (/coffee)",
]


def program(data, *words):
    done = masarat(data, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_phone_a_laptop_a_branch_and_a_review_are_one_timeline(tmp_path):
    settings, file = Settings(data=tmp_path), tmp_path / "branch.csv"
    file.write_text(IN_THE_BRANCH, "utf-8")
    records = Records(settings)
    key = add(records, "web")
    records.close()
    with serving(tmp_path) as server, server.client() as client:
        for agent, calls in ((PHONE, ON_HER_PHONE), (LAPTOP, ON_A_LAPTOP)):
            batch = [{**call, "messageId": call["timestamp"]} for call in calls]
            sent = client.post("/v1/batch", json={"batch": batch, "writeKey": key}, headers=agent)
            assert sent.status_code == 200, sent.text
        server.drained()
        with open_shop(settings) as there:
            assert isinstance(there, RemoteShop)
            there.import_files([file], source="branch")
            for identifier in ("anon:her-phone", "0501234567", "sara@example.sa", "branch:C-9", "user:17"):
                _is_her(there.customers.show(identifier, language="ar"))
            there.customers.write_fact("user:17", "city", "الدمام", "cli:huda")
            there.customers.tag("user:17", ["VIP"], "cli:huda")
        kinds = ("--kind", "orders", "--kind", "surveys")
        shown = program(tmp_path, "customer", "timeline", "user:17", "--lang", "ar", *kinds)
        assert [line[18:].split("  [")[0] for line in shown.splitlines()] == STORY[:3]
    told = program(tmp_path, "customer", "show", "user:17", "--lang", "ar")  # and without a server
    for words in ("الدمام  (مكتوب باليد)", "الرياض [web]", "جدة [branch]", "#vip", "280.00 ر.س"):
        assert words in told, told


def _is_her(found):
    value = {fact["name"]: fact["value"] for fact in found["facts"]}
    expected = {"name": "سارة العتيبي", "phone": "+966501234567", "orders": 2, "net": 280.0, "stage": "advocacy", "rating": 5.0,
                "payment": "mada", "interests": ["قهوة"]}  # fmt: skip
    assert {name: value[name] for name in expected} == expected
    assert found["customer"] == "user:17"
    assert set(found["identifiers"]) == {
        "user:17", "anon:her-phone", "anon:laptop", "phone:+966501234567", "email:sara@example.sa", "branch:C-9",
    }  # fmt: skip
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
    told = [
        line["sentence"].translate(marks)
        for line in found["timeline"]
        if line["kind"] != "identity" or line["name"] == "Customer Identified"
    ]
    assert told == STORY


# What people add, through the server inside this process


@pytest.fixture
def shop(store, tmp_path):
    write(
        store,
        [
            order("user:1", "2025-01-02", 100),
            order("phone:+966501234567", "2025-01-03", 50),
            order("user:2", "2025-01-04", 5),
        ],
    )
    with inside(store, tmp_path) as server:
        yield server


@pytest.fixture
def client(shop):
    with shop.client(shop.accounts.add_key("owner", "owner")) as client:
        client.base_url = shop.url
        yield client


ONE = "/v1/customers/user:1"


def done(answer, status=200):
    assert answer.status_code == status, answer.text
    return answer.json()


def test_what_is_added_follows_a_merge_and_its_undoing(shop, client):
    other = "/v1/customers/0501234567"
    note = done(client.post(f"{ONE}/notes", json={"text": "called"}))
    assert done(client.post(f"{other}/tags", json={"tag": "هديّة"})) == {"tags": ["هديّة"]}
    done(client.post(f"{other}/facts", json={"fact": "city", "value": "جدة"}))
    assert (
        done(client.post(f"{ONE}/relations", json={"with": "user:2", "kind": "household", "role": "أخ"}))[
            "role"
        ]
        == "أخ"
    )
    shop.shop.identity.merge("user:1", "phone:+966501234567")
    both = done(client.get(other))
    assert (both["customer"], both["tags"], [each["id"] for each in both["notes"]]) == (
        "user:1",
        ["هديّة"],
        [note["id"]],
    )
    assert next(fact for fact in both["facts"] if fact["name"] == "city")["rule"] == "manual"
    (theirs,) = done(client.get("/v1/customers/user:2"))["relations"]
    assert (theirs["with"], theirs["side"]) == ("user:1", "other")
    assert done(client.post(f"{ONE}/tags", json={"tag": "هديه"}))["tags"] == ["هديّة"], "the same tag"
    assert done(client.get("/v1/tags")) == {"tags": [{"tag": "هديّة", "customers": 1}]}
    shop.shop.identity.undo("user:1", "phone:+966501234567")
    assert (done(client.get(ONE))["tags"], done(client.get(other))["notes"]) == ([], [])
    assert done(client.delete(f"{ONE}/relations", params={"with": "user:2"})) == {"removed": 1}


def test_notes_are_put_aside_and_brought_back(client):
    number = done(client.post(f"{ONE}/notes", json={"text": "called"}))["id"]
    done(client.delete(f"{ONE}/notes/{number}"))
    assert done(client.get(ONE))["notes"] == []
    done(client.post(f"{ONE}/notes/{number}/restore"))
    assert [note["text"] for note in done(client.get(ONE))["notes"]] == ["called"]
    assert done(client.get(f"{ONE}/timeline", params={"kind": "notes"}))["lines"][0]["name"] == "note"
    done(client.delete(f"/v1/customers/user:2/notes/{number}"), 404)


def test_facts_by_hand_win_until_they_are_taken_back(shop, client):
    trait(shop.shop.store, "user:1", "city", "الرياض", "2030-01-01")  # told later than it is written

    def city():
        found = done(client.get(ONE, params={"language": "en"}))["facts"]
        return next(fact for fact in found if fact["name"] == "city")

    done(client.post(f"{ONE}/facts", json={"fact": "city", "value": "جدة"}))
    assert (city()["value"], city()["how"]) == ("جدة", "written by hand")
    assert done(
        client.post("/v1/fact-rules", json={"fact": "city", "rule": "most_trusted", "trusted": ["test"]})
    )["rules"]
    assert (city()["value"], city()["how"]) == ("الرياض", "most trusted of 2 sources: test")
    done(client.post("/v1/fact-rules", json={"fact": "city", "rule": ""}))
    assert city()["value"] == "جدة"
    done(client.delete(f"{ONE}/facts", params={"fact": "city"}))
    assert (city()["value"], city()["how"]) == ("الرياض", "as test told it")
    done(client.delete(f"{ONE}/facts", params={"fact": "city"}), 404)
    done(client.post("/v1/fact-rules", json={"fact": "city", "rule": "newest"}), 404)
    done(client.post("/v1/fact-rules", json={"fact": "city", "rule": "latest", "trusted": ["test"]}), 422)


PAGE = b"<script>alert(1)</script>"


def test_files_come_back_as_they_were_and_are_never_shown(shop, client, tmp_path):
    (kept,) = done(client.post(f"{ONE}/files", files={"file": ("../عقد «1».html", PAGE, "text/html")}))
    assert (kept["name"], kept["size"]) == ("عقد «1».html", len(PAGE))
    answer = client.get(f"{ONE}/files/{kept['id']}")
    assert answer.content == PAGE
    expected = {
        "content-type": "application/octet-stream",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "attachment; filename*=UTF-8''%D8%B9%D9%82%D8%AF%20%C2%AB1%C2%BB.html",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    assert done(client.get(f"/v1/customers/user:2/files/{kept['id']}"), 404)["error"]["remedy"]
    assert done(client.get(ONE))["files"][0]["author"].endswith(" owner")
    done(client.delete(f"{ONE}/files/{kept['id']}"))
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_file_that_is_too_large_is_refused(client):
    assert client.post(f"{ONE}/files", files={"file": ("a", b"x" * ((10 << 20) + 1))}).status_code == 413
    assert client.post(f"{ONE}/files", files={"file": ("a", b"x" * (12 << 20))}).status_code == 413
    assert done(client.post(f"{ONE}/files", files={"file": ("a", b"x" * (2 << 20))}))
    done(client.post(f"{ONE}/files", content=b"x"), 422)


WRONG = (
    ("GET", "/v1/customers/user:99", {}, 404),
    ("GET", "/v1/customers/nobody", {}, 422),
    ("GET", ONE, {"params": {"language": "fr"}}, 404),
    ("GET", f"{ONE}/timeline", {"params": {"kind": "order"}}, 404),
    ("GET", f"{ONE}/timeline", {"params": {"limit": "many"}}, 422),
    ("GET", f"{ONE}/timeline", {"params": {"limit": "0"}}, 422),
    ("GET", f"{ONE}/timeline", {"params": {"before": "x"}}, 422),
    ("GET", f"{ONE}/timeline", {"params": {"since": "soon"}}, 422),
    ("POST", f"{ONE}/notes", {"json": {}}, 422),
    ("POST", f"{ONE}/notes", {"json": {"text": "a\0b"}}, 422),
    ("DELETE", f"{ONE}/notes/{10**30}", {}, 404),
    ("GET", f"{ONE}/files/{10**30}", {}, 404),
    ("GET", f"/v1/customers/user:{'x' * 3000}", {}, 404),
    ("POST", f"{ONE}/notes", {"json": {"text": 1}}, 422),
    ("POST", f"{ONE}/notes", {"json": {"text": "a", "more": "b"}}, 422),
    ("POST", f"{ONE}/tags", {"json": {"tag": "  "}}, 422),
    ("DELETE", f"{ONE}/tags", {"params": {"tag": "gold"}}, 404),
    ("DELETE", f"{ONE}/tags", {}, 422),
    ("POST", f"{ONE}/relations", {"json": {"with": "user:2", "kind": "rivals"}}, 404),
    ("POST", f"{ONE}/relations", {"json": {"with": "user:1", "kind": "family"}}, 422),
    (
        "POST",
        f"{ONE}/relations",
        {"json": {"with": "user:2", "kind": "family", "since": "long ago"}},
        422,
    ),
    ("POST", f"{ONE}/facts", {"json": {"fact": "city", "value": " "}}, 422),
)


def test_what_cannot_be_understood_is_said_with_a_remedy(client):
    for method, path, given, status in WRONG:
        error = done(client.request(method, path, **given), status)["error"]
        assert error["message"]
        assert error["remedy"], path


def test_whoever_looks_or_changes_stands_in_the_audit_log(shop, client):
    done(client.get(ONE))
    done(client.get(f"{ONE}/timeline"))
    done(client.post(f"{ONE}/tags", json={"tag": "vip"}))
    done(client.post(f"{ONE}/facts", json={"fact": "city", "value": "جدة"}))
    found = [
        (entry.action, entry.details.get("deed"))
        for entry in entries(shop.shop.records, Filter(whom="user:1"))
    ]
    assert found == [("changed", "fact"), ("changed", "tag"), ("looked", None), ("looked", None)]
    assert "جدة" not in json.dumps(
        [entry.details for entry in entries(shop.shop.records, Filter())], ensure_ascii=False
    )


def test_a_viewer_may_not_look(shop):
    with shop.client(shop.accounts.add_key("viewer", "viewer")) as viewer:
        assert viewer.get(ONE).status_code == 403
        assert viewer.post(f"{ONE}/notes", json={"text": "x"}).status_code == 403


def test_the_same_words_beside_a_server(shop, tmp_path):
    settings = shop.shop.settings
    with RemoteShop(settings, shop.url, shop.token) as there:
        customers, here = there.customers, shop.shop.customers
        note = customers.note("user:1", "called", "cli:huda")
        customers.write_fact("user:1", "city", "جدة", "cli:huda")
        file = tmp_path / "a.txt"
        file.write_text("x")
        kept = customers.attach("user:1", file, "cli:huda")
        assert customers.file("user:1", kept["id"], "cli:huda")[1].read_text() == "x"
        assert customers.tag("user:1", ["Gold", "vip"], "cli:huda") == ["gold", "vip"]
        assert customers.untag("user:1", ["gold"], "cli:huda") == ["vip"]
        assert customers.tags() == here.tags()
        theirs, ours = customers.show("user:1", language="ar"), here.show("user:1", language="ar")
        assert theirs == json.loads(json.dumps(ours, default=str))
        assert [each["id"] for each in theirs["notes"]] == [note["id"]]
        page = customers.timeline("user:1", _asked(), language="en")
        assert page == here.timeline("user:1", _asked(), language="en")
        assert page["next"]
        customers.remove_fact("user:1", "city", "cli:huda")
        with pytest.raises(Refused, match="There is no identifier"):
            customers.show("user:99")


def _asked():
    return Asked(kinds=["notes", "orders"], limit=1, since=datetime(2025, 1, 1, tzinfo=UTC), text="a")


# The program


@pytest.fixture
def run(store, tmp_path, monkeypatch):
    """`masarat customer …` over the test's own store."""
    write(store, [order("user:1", "2025-01-01", 10), order("user:2", "2025-01-02", 20)])
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    monkeypatch.setattr(shop, "close", lambda: None)
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)

    def run(*words, code=0):
        found = CliRunner().invoke(main, ["customer", *words])
        assert found.exit_code == code, found.output
        return found.output

    yield run
    shop.records.close()


def test_the_program_adds_and_takes_back(run, tmp_path, monkeypatch):
    (tmp_path / "عقد.txt").write_text("contract")
    assert run("note", "user:1", "called") == "Note 1.\n"
    assert "--restore 1" in run("note", "user:1", "--delete", "1")
    assert "is back" in run("note", "user:1", "--restore", "1")
    assert "household" in run("relate", "user:1", "user:2", "--kind", "household", "--since", "2024-01-01")
    assert "عقد.txt, 8 bytes" in run("attach", "user:1", str(tmp_path / "عقد.txt"))
    assert "latest" in run("rule", "all", "latest")
    assert run("tag", "user:1", "VIP", "هدية") == "#vip #هدية\n"
    assert run("untag", "user:1", "هديه") == "#vip\n"
    shown = run("show", "user:1", "--lang", "en")
    for words in (
        "Without a name: one order, SAR 10.00 net",
        "user:2: same household (2024-01-01)",
        "1. called",
        "Orders                       1",
    ):
        assert words in shown
    assert json.loads(run("show", "user:1", "--json"))["customer"] == "user:1"
    assert "Bought something for SAR 10.00 from test" in run(
        "timeline", "user:1", "--kind", "orders", "--lang", "en"
    )
    assert "--before" in run("timeline", "user:1", "--limit", "1")
    assert (
        run("timeline", "user:1", "--kind", "surveys", "--lang", "ar")
        == "لم يحدث شيء في هذا الجزء من السجل.\n"
    )
    monkeypatch.chdir(tmp_path / "files")
    assert "Wrote عقد.txt" in run("attach", "user:1", "--save", "1")
    assert "cannot be written: File exists" in run("attach", "user:1", "--save", "1", code=1)
    assert "deleted" in run("attach", "user:1", "--delete", "1")
    assert "1 relation taken back" in run("unrelate", "user:1", "user:2")
    assert "There is no identifier called 'user:9'" in run("show", "user:9", code=1)
    assert "Name a file" in run("attach", "user:1", code=2)


def test_a_terminal_is_not_steered_by_somebodys_text(run, store):
    write(store, [event("Page Viewed", "user:1", "2025-02-01", url="https://x.sa/\x1b[2J", event_id="esc")])
    assert "\x1b" not in run("timeline", "user:1")
