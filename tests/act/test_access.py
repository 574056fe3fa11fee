"""What is known of a customer, for themselves: nothing is left out, and nothing of others is in it."""

import json

import pytest

from masarat.errors import UnknownName
from masarat.records import Records, notes
from masarat.records.audit import Filter, entries, mark
from masarat.records.register import tell
from masarat.settings import Settings
from masarat.show.access import write
from tests.act.test_erasing import EMAIL, NOURA, PHONE, SAMI, fill, privacy_of
from tests.support.inside import inside


@pytest.fixture
def kept(tmp_path):
    records = Records(Settings(data=tmp_path / "kept"))
    yield records
    records.close()


def test_everything_is_told_and_nothing_of_others(store, kept):
    fill(store, kept)
    tell(kept, "recipients", "شركة الشحن", "cli")
    with kept.transaction() as t:
        notes.add_note(t, NOURA, "تحب القهوة المختصة", "cli")
    found = privacy_of(store, kept).known("0501234567")
    assert set(found["identifiers"]) == {NOURA, PHONE, EMAIL, "anon:b1"}
    assert {(fact["trait"], fact["value"]) for fact in found["facts"]} == {
        ("name", "نورة العتيبي"),
        ("email", "noura@example.com"),
    }
    assert [event["name"] for event in found["events"]] == [
        "Product Reviewed", "Order Completed", "Order Completed", "Signed In", "Page Viewed",
    ]  # fmt: skip
    assert found["events"][2]["props"] == {"as_of": 7, "note": "اتركوه عند أم خالد"}
    assert found["consents"]["standing"] == [
        {"purpose": "marketing", "channel": "email", "status": "granted"}
    ]
    assert found["notes"][0]["text"] == "تحب القهوة المختصة"
    assert {link["event_id"] for link in found["identity"]["links"]} >= {"e1", "e2"}
    assert [one["why"] for one in found["identity"]["decisions"] if one["what"] == "merge"] == ["اتصلت نورة"]
    assert found["disclosed_to"]["recipients"] == "شركة الشحن"
    assert SAMI not in json.dumps([found["events"], found["facts"], found["consents"]])
    for language, said in (
        ("ar", ["ما نعرفه عنك", "قيّم منتجًا", "العروض", "تحب القهوة"]),
        ("en", ["What we know", "Order Completed"]),
    ):
        text = write(found, "txt", language, store.settings).decode()
        assert [words for words in said if words not in text] == []
        assert write(found, "pdf", language, store.settings)[:5] == b"%PDF-"
    assert json.loads(write(found, "json", "ar", store.settings)) == found
    with pytest.raises(UnknownName):
        privacy_of(store, kept).known("user:nobody")


def test_over_http_for_owners_alone_and_written_down(store, tmp_path):
    with inside(store, tmp_path) as server:
        fill(store, server.shop.records)
        owner, support = (server.accounts.add_key(role, role) for role in ("owner", "support"))
        with server.client(support) as client:
            for method, path in (
                ("GET", "/v1/privacy/export"),
                ("POST", "/v1/privacy/erase"),
                ("GET", "/v1/privacy/certificates"),
            ):
                assert client.request(method, path).status_code == 403
        with server.client(owner) as client:
            told = client.get("/v1/privacy/export", params={"of": "0501234567"})
            assert len(told.json()["events"]) == 5
            paper = client.get("/v1/privacy/export", params={"of": EMAIL, "format": "pdf", "language": "ar"})
            assert (paper.headers["content-type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
            assert client.get("/v1/privacy/export").status_code == 422
            assert client.get("/v1/privacy/export", params={"of": EMAIL, "format": "doc"}).status_code == 404
            entry = entries(server.shop.records, Filter(action="exported"))[0]
            assert (entry.what, mark(EMAIL) in entry.whom) == ("customer", True)
            plan = client.post("/v1/privacy/erase", json={"identifier": EMAIL}).json()["plan"]
            assert plan["found"]["events"] == 5
            wrong = client.post(
                "/v1/privacy/erase", json={"identifier": EMAIL, "confirm": "email:nora@example.com"}
            )
            assert (wrong.status_code, "not confirmed" in wrong.text) == (422, True)
            assert (
                client.post("/v1/privacy/erase", json={"identifier": EMAIL, "everything": "yes"}).status_code
                == 422
            )
            done = client.post(
                "/v1/privacy/erase", json={"identifier": EMAIL, "confirm": EMAIL, "why": "طلب كتابي"}
            ).json()["certificate"]
            listed = client.get("/v1/privacy/certificates").json()["certificates"]
            assert listed == [done]
            assert client.get(f"/v1/privacy/certificates/{done['number']}").json() == done
            shown = client.get(
                f"/v1/privacy/certificates/{done['number']}", params={"format": "txt", "language": "ar"}
            )
            assert done["sha256"] in shown.text
            assert client.get("/v1/privacy/export", params={"of": EMAIL}).status_code == 404
