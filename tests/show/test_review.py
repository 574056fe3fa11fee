"""One person under three names, through the real door, a real file, the program and HTTP: merged or asked, as the rules say."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from masarat.collect.keys import add
from masarat.settings import Settings
from masarat.show.cli import main
from masarat.show.remote import Refused, RemoteShop
from tests.support.inside import inside
from tests.support.served import masarat

AGENT = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
}


def identify(user, name, phone="", **facts):
    told = {"name": name, "phone": phone, **facts}
    return {
        "type": "identify",
        "userId": user,
        "traits": {name: value for name, value in told.items() if value},
    }


# Accounts at the shop's own site; father and son have one phone.
CALLS = [
    identify("1", "محمد العتيبي", "050 123 4567"),
    identify("2", "Mohammed Al-Otaibi", "+966501234567"),
    identify("3", "سعد القحطاني", "0559876543"),
    identify("4", "أحمد سعد القحطاني", "0559876543"),
    identify("5", "عبد الرحمن الشهري", email="a.shehri@example.sa"),
    identify("6", "عبدالرحمن الشهري", email="A.Shehri@example.sa"),
]  # fmt: skip
BRANCH = (
    "رقم الفاتورة,التاريخ,الاسم,الجوال,رقم العميل,الإجمالي\nB7,2025-03-02,محمّد عتيبي,٠٥٠١٢٣٤٥٦٧,C-9,120\n"
)
TILLS = (
    "رقم الفاتورة,التاريخ,الاسم,الجوال,رقم العميل,الإجمالي\n"
    "1,2025-03-01,محمد العتيبي,0501234567,C-1,100\n2,2025-03-02,Mohammed Al-Otaibi,+966501234567,C-2,50\n"
    "3,2025-03-03,سعد القحطاني,0559876543,C-3,70\n4,2025-03-04,أحمد سعد القحطاني,0559876543,C-4,80\n"
)


@pytest.fixture
def server(store, tmp_path):
    file = tmp_path / "branch.csv"
    file.write_text(BRANCH, "utf-8")
    with inside(store, tmp_path) as running:
        key = add(running.shop.records, "web")
        with running.client(**AGENT) as client:
            batch = [{**call, "messageId": f"m{number}"} for number, call in enumerate(CALLS)]
            sent = client.post("/v1/batch", json={"batch": batch, "writeKey": key})
            assert sent.status_code == 200, sent.text
        assert len(running.stored()) == len(CALLS)
        running.shop.import_files([file], source="branch")
        yield running


def test_one_person_under_three_names_and_a_family_with_one_phone(server):
    owner = server.accounts.add_key("owner", "owner")
    with server.client(owner) as client:
        would = client.post("/v1/review/refresh", json={"dry_run": True}).json()
        assert client.get("/v1/review").json()["refreshed_at"] is None
        assert client.post("/v1/review/refresh").json() == would
        assert (would["merged"], would["waiting"]) == (2, 1)
        mohammed = client.get("/v1/identity", params={"of": "user:2"}).json()["identifiers"]
        assert mohammed == ["user:1", "branch:C-9", "phone:+966501234567", "user:2"]
        assert client.get("/v1/identity", params={"of": "user:6"}).json()["customer"] == "user:5"
        english, arabic = (
            client.get("/v1/review", params={"language": each}).json() for each in ("en", "ar")
        )
        (pair,) = english["pairs"]
        assert (pair["one"]["customer"], pair["other"]["customer"]) == ("user:3", "user:4")
        assert (pair["one"]["names"], pair["other"]["names"]) == (["سعد القحطاني"], ["أحمد سعد القحطاني"])
        assert "For you to decide" in pair["reasons"][0]
        assert "القرار لك" in arabic["pairs"][0]["reasons"][0]

        with server.client(server.accounts.add_key("analyst", "analyst")) as masked:
            seen = masked.get("/v1/review").text
            assert "For you to decide" in seen
            assert "سعد" not in seen
            assert "559876543" not in seen

        def answer(said):
            return client.post("/v1/review", json={"id": pair["id"], "answer": said, "why": "phoned"})

        assert answer("reject").json() == {"changed": 0}
        assert client.post("/v1/review/refresh").json()["waiting"] == 0
        assert answer("accept").json()["error"]["message"] == f"Pair {pair['id']} was rejected already."
        assert answer("undo").json() == {"changed": 0}
        assert client.get("/v1/review").json()["count"] == 1
        noted = client.get("/v1/audit", params={"whom": "user:4"}).json()["entries"]
        deeds = {(each["action"], each["details"].get("deed")) for each in noted if each["what"] == "review"}
        assert deeds == {("changed", "reject"), ("changed", "undo"), ("looked", None)}


def test_who_may_not_decide_identity_may_not_review(server):
    viewer = server.accounts.add_key("viewer", "viewer")
    with server.client(viewer) as client:
        asked = [client.get("/v1/review"), client.post("/v1/review"), client.post("/v1/review/refresh")]
        assert [each.status_code for each in asked] == [403, 403, 403]


def test_what_makes_no_sense_is_said(server):
    owner = server.accounts.add_key("owner", "owner")
    with server.client(owner) as client:
        asked = [
            client.get("/v1/review", params={"language": "fr"}),
            client.get("/v1/review", params={"limit": "many"}),
            client.get("/v1/review", params={"limit": "501"}),
            client.get("/v1/review", params={"state": "lost"}),
            client.post("/v1/review", json={"id": "1", "answer": "accept"}),
            client.post("/v1/review", json={"id": 1, "answer": "accept", "reason": "x"}),
            client.post("/v1/review", json={"id": 1, "answer": "accept"}),
            client.post("/v1/review/refresh", json={"dry_run": "yes"}),
        ]
        assert [each.status_code for each in asked] == [404, 422, 422, 404, 422, 422, 404, 422]
        assert all(each.json()["error"]["remedy"] for each in asked)


def test_the_same_through_a_server(server, tmp_path):
    with RemoteShop(Settings(data=tmp_path), server.url, server.token) as there:
        here = server.shop.review
        assert there.review.refresh("ar", dry_run=True) == here.refresh("ar", dry_run=True)
        there.review.refresh()
        assert there.review.page("ar", limit=1) == here.page("ar", limit=1)
        (pair,) = there.review.page("en")["pairs"]
        assert there.review.answer(pair["id"], "accept", why="they called") == 1
        assert there.review.page("en", state="accepted") == here.page("en", state="accepted")
        assert server.shop.identity.log(limit=1)[0]["why"] == "they called"
        assert there.review.answer(pair["id"], "undo") == 1
        with pytest.raises(Refused, match="no pair called"):
            there.review.answer(999, "accept")


@pytest.fixture
def program(server, monkeypatch):
    """`masarat review …` over the shop of the test."""
    monkeypatch.setattr(server.shop, "close", lambda: None)
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: server.shop)

    def run(*words, code=0):
        found = CliRunner().invoke(main, ["review", *words])
        assert found.exit_code == code, found.output
        return found.output.translate(dict.fromkeys((0x2066, 0x2068, 0x2069)))

    return run


def test_the_program_answers(program):
    assert "No pair waits" in program("list")
    found = json.loads(program("refresh", "--json"))
    assert (found["customers"], found["merged"], found["waiting"]) == (6, 2, 1)
    (pair,) = json.loads(program("list", "--json", "--lang", "en"))["pairs"]
    number = str(pair["id"])
    assert f"masarat review undo {number}" in program("reject", number, "--why", "father and son")
    (line,) = csv.DictReader(io.StringIO(program("list", "--csv", "--state", "rejected").lstrip("\ufeff")))
    assert (line["one_customer"], line["other_names"], line["state"]) == (
        "user:3",
        "أحمد سعد القحطاني",
        "rejected",
    )
    assert "was rejected already" in program("accept", number, code=1)
    assert "0 identifiers changed" in program("undo", number)
    assert "0 identifiers changed" in program("leave", number)
    assert "There is no pair called '99'" in program("accept", "99", code=1)
    assert "لا حالة تنتظر قرارك" in program("list", "--lang", "ar")
    assert "لا حالات من هذا النوع" in program("list", "--lang", "ar", "--state", "rejected")
    shown = program("list", "--lang", "en", "--state", "accepted")
    assert "2 of 2 shown." in shown
    assert "a strong identifier is the same and the names agree" in " ".join(shown.split())


def test_the_program_as_people_start_it(tmp_path, monkeypatch):
    """A file of tills that give everybody a number of their own: each number a customer."""
    monkeypatch.setenv("MASARAT_IDENTITY_LIMITS", "branch=1")
    file, data = tmp_path / "branch.csv", tmp_path / "data"
    file.write_text(TILLS, "utf-8")
    assert masarat(data, "import", str(file), "--source", "branch").returncode == 0
    done = masarat(data, "review", "refresh", "--lang", "en")
    assert "branch:C-1 = branch:C-2: One customer" in done.stdout, done.stderr
    assert "One pair is merged without asking, of 4 customers; one pair waits for you." in done.stdout
    shown = masarat(data, "review", "list", "--lang", "ar").stdout
    for text in (
        "سعد القحطاني",
        "أحمد سعد القحطاني",
        "+966559876543",
        "branch:C-3",
        "القرار لك",
        "المعروض 1 من 1",
    ):
        assert text in shown.translate(dict.fromkeys((0x2066, 0x2068, 0x2069))), shown
