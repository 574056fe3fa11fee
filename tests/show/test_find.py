"""Finding customers through the program and over HTTP: after an import, after the door, as each role may."""

import json

import pytest

from masarat.collect.keys import add
from masarat.show.remote import Refused, RemoteShop
from tests.show.test_review import AGENT, identify
from tests.support.inside import inside
from tests.support.served import masarat

BRANCH = (
    "رقم الفاتورة,التاريخ,الاسم,الجوال,البريد,رقم العميل,الإجمالي\n"
    "B7,2025-03-02,محمّد العتيبي,٠٥٠١٢٣٤٥٦٧,m.otaibi@shop.example,C-9,120\n"
    "B8,2025-03-02,Sara Smith,0559876543,,C-10,80\n"
)


@pytest.fixture(scope="module")
def server(engine, tmp_path_factory):
    """A branch's file, and a sign-up at the site by somebody who bought in the branch."""
    data = tmp_path_factory.mktemp("found")
    file = data / "branch.csv"
    file.write_text(BRANCH, "utf-8")
    with inside(engine.store(), data) as running:
        key = add(running.shop.records, "web")
        with running.client(**AGENT) as client:
            call = {**identify("17", "Mohammed Al-Otaibi", "+966 50 123 4567"), "messageId": "m1"}
            assert client.post("/v1/batch", json={"batch": [call], "writeKey": key}).status_code == 200
        assert len(running.stored()) == 1
        running.shop.import_files([file], source="branch")
        yield running


def found(client, text, **more):
    answer = client.get("/v1/customers", params={"search": text, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["customers"]


def test_found_after_an_import_and_after_the_door(server):
    with server.client(server.accounts.add_key("sales", "sales")) as client:
        for text in ("0501234567", "4567", "عتيبي", "Otaibi", "user:17", "C-9", "m.otaibi@", "shop.example"):
            (hit,) = found(client, text)
            assert hit["customer"] == "user:17", "the account and the number of the branch are one"
        assert hit["because"] == [{"trait": "email", "value": "m.otaibi@shop.example"}]
        assert hit["last_seen"] is not None
        assert [hit["customer"] for hit in found(client, "smith")] == ["branch:C-10"]


def test_whom_a_search_found_is_written_down_and_not_what_it_asked(server):
    with server.client(server.accounts.add_key("owner", "owner")) as client:
        found(client, "otaibi")
        entry, *_ = client.get("/v1/audit", params={"whom": "user:17"}).json()["entries"]
    assert (entry["action"], entry["what"], entry["details"]) == ("looked", "customers", {"searched": True})


def test_roles(server):
    with server.client(server.accounts.add_key("viewer", "viewer")) as client:
        assert client.get("/v1/customers", params={"search": "otaibi"}).status_code == 403
    with server.client() as client:
        assert client.get("/v1/customers", params={"search": "otaibi"}).status_code == 401
    with server.client(server.accounts.add_key("analyst", "analyst")) as client:
        text = json.dumps(found(client, "4567"), ensure_ascii=False)
        assert "Otaibi" not in text
        assert "501234567" not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "at least 2 letters"),
        ({"search": "   "}, "at least 2 letters"),
        ({"search": "x" * 10_000}, "at most 8 words"),
        ({"search": "sara", "limit": "many"}, "a number from 1 to 100"),
        ({"search": "sara", "limit": "٣"}, "a number from 1 to 100"),
        ({"search": "sara", "limit": "0"}, "a number from 1 to 100"),
    ],
)
def test_what_makes_no_sense_is_said(server, asked, said):
    with server.client(server.accounts.add_key("sales", "sales")) as client:
        answer = client.get("/v1/customers", params=asked)
    assert answer.status_code == 422
    assert said in answer.json()["error"]["remedy"]


def test_the_same_through_a_server(server):
    with RemoteShop(server.shop.settings, server.url, server.token) as there:
        assert there.customers.find("otaibi") == server.shop.customers.find("otaibi")
        with pytest.raises(Refused, match="too little"):
            there.customers.find("x")


def test_after_unmerging_they_are_two(server):
    server.shop.identity.split("branch:C-9", actor="huda")
    with server.client(server.accounts.add_key("sales again", "sales")) as client:
        assert {hit["customer"] for hit in found(client, "otaibi")} == {"user:17", "branch:C-9"}
        assert [hit["customer"] for hit in found(client, "C-9")] == ["branch:C-9"]


def test_the_program(tmp_path):
    file = tmp_path / "branch.csv"
    file.write_text(BRANCH, "utf-8")
    data = tmp_path / "data"
    assert masarat(data, "import", str(file), "--source", "branch").returncode == 0
    told = json.loads(masarat(data, "customer", "find", "otaibi", "--json").stdout)
    assert [hit["customer"] for hit in told["customers"]] == ["branch:C-9"]
    shown = masarat(data, "customer", "find", "sara", "6543")
    assert "branch:C-10" in shown.stdout, shown.stderr
    assert "phone: +966559876543" in " ".join(shown.stdout.split()) or "+966559876543" in shown.stdout
    assert masarat(data, "customer", "find", "nobody at all").stdout.strip() == "Nobody is found."
    refused = masarat(data, "customer", "find", "x")
    assert (refused.returncode, "at least 2 letters" in refused.stderr) == (1, True)
