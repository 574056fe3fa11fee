"""Noted days in the records, over HTTP, on the command line, in answers and reports: who may, what is refused, what is written down, who is forgotten."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

import masarat.records.annotations as noted_days
from masarat.act.privacy import Privacy
from masarat.analyse.noted import SHOWN
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.annotations import AnnotationRecord, read
from masarat.records.audit import Filter, entries
from masarat.resolve.identity import Identity
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.certificate import write as write_certificate
from masarat.show.cli import main
from tests.support.inside import inside
from tests.support.people import trait
from tests.support.shop import order, write

PRICES = {"day": "2025-03-13", "text": "  أسعار   جديدة "}
HOSTILE = '</title><script>alert("1")</script>'


@pytest.fixture(scope="module")
def server(engine, tmp_path_factory):
    store = engine.store()
    write(store, [order("user:1", "2025-01-05", 100), order("user:2", "2025-03-20", 50)])
    with inside(store, tmp_path_factory.mktemp("annotations")) as running:
        yield running


@pytest.fixture(scope="module")
def ask(server):
    keys = {role: server.accounts.add_key(role, role) for role in ("owner", "marketer", "viewer")}

    def call(method, path="/v1/annotations", body=None, role="owner", **given):
        with server.client(keys[role]) as client:
            return client.request(method, path, json=body, params=given or None)

    return call


def test_kept_in_both_databases(records):
    one = noted_days.add(records, *read(PRICES), "user:a")
    two = noted_days.add(
        records, *read({"day": "2025-02-01", "last": "2025-02-10", "text": "تخفيضات"}), "user:b"
    )
    assert one.to_json() == {"id": one.id, "day": "2025-03-13", "last": "2025-03-13", "text": "أسعار جديدة"}
    assert noted_days.between(records) == [two, one]
    assert noted_days.between(records, date(2025, 2, 10), date(2025, 3, 12)) == [two]
    assert noted_days.between(records, date(2025, 2, 11), date(2025, 3, 12)) == []
    assert noted_days.between(records, date(2025, 3, 13), date(2025, 3, 13)) == [one]
    assert noted_days.remove(records, two.id, "user:c") == two
    for number in (two.id, 0, -1, 2**70):
        with pytest.raises(UnknownName, match="annotation"):
            noted_days.remove(records, number, "user:c")
    assert noted_days.between(records) == [one]
    told = [(entry.actor, entry.details["deed"]) for entry in entries(records, Filter(whom=str(two.id)))]
    assert set(told) == {("user:b", "make"), ("user:c", "remove")}


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"day": "2025-03-13"}, {"text": "x"}, {"day": "13 March", "text": "x"}, {"day": "2025-02-30", "text": "x"}, {"day": 5, "text": "x"},
        {"day": "20250313", "text": "x"}, {"day": "1900-01-01", "text": "x"}, {"day": "2025-03-13", "text": " "}, {"day": "2025-03-13", "text": "x" * 201},
        {"day": "2025-03-13", "text": 5}, {"day": "2025-03-13", "text": "\0\x1b"}, {"day": "2025-03-13", "text": "x", "last": "2025-03-12"},
        {"day": "2025-03-13", "text": "x", "last": "2027-03-13"}, {"day": "2025-03-13", "text": "x", "more": 1},
        {"day": "2025-03-13", "text": "called noura@example.com"}, {"day": "2025-03-13", "text": "called +966501234567"},
    ],
)  # fmt: skip
def test_what_is_no_annotation_is_refused_with_the_remedy(wrong):
    with pytest.raises((BadParameter, UnknownName)) as caught:
        read(wrong)
    assert caught.value.remedy


def test_what_nobody_sees_is_taken_off_a_text():
    *_, text = read({"day": "2025-03-13", "text": "\u202enew\x1b[31m\nprices\ud800"})
    assert text == "new [31m prices"


def test_there_are_only_so_many(records, monkeypatch):
    monkeypatch.setattr(noted_days, "MOST", 2)
    for _ in range(2):
        noted_days.add(records, *read(PRICES), "cli")
    with pytest.raises(BadParameter, match="noted already"):
        noted_days.add(records, *read(PRICES), "cli")


def test_whoever_is_erased_is_in_no_annotation():
    found = AnnotationRecord(
        day=date(2025, 3, 13), last=date(2025, 3, 13), text="زارتنا نورة العتيبي", made_by="cli"
    )

    def names_them(text):
        return "نورة".encode() in text

    assert noted_days.is_about(found, names_them)
    noted_days.forget(found, names_them)
    assert (found.text, found.day) == ("–", date(2025, 3, 13))
    assert not noted_days.is_about(found, names_them)


def test_over_http(server, ask):
    made = ask("POST", body=PRICES, role="marketer").json()
    assert ask("POST", body=PRICES, role="viewer").status_code == 403
    assert ask("POST", body={"day": "soon", "text": "x"}).status_code == 422
    later = ask("POST", body={"day": "2025-06-01", "text": "x"}).json()
    assert ask("GET", role="viewer").json() == {"annotations": [made, later]}
    assert ask("GET", **{"from": "2025-03-01", "to": "2025-03-31"}).json() == {"annotations": [made]}
    assert ask("GET", **{"from": "yesterday"}).status_code == 422
    assert ask("DELETE", f"/v1/annotations/{made['id']}", role="viewer").status_code == 403
    otherwise = {"day": "2025-03-11", "text": "prices were raised"}
    assert ask("PUT", f"/v1/annotations/{made['id']}", body=otherwise, role="viewer").status_code == 403
    assert ask("PUT", f"/v1/annotations/{made['id']}", body={"day": "soon", "text": "x"}).status_code == 422
    assert ask("PUT", "/v1/annotations/999", body=otherwise).status_code == 404
    changed = ask("PUT", f"/v1/annotations/{made['id']}", body=otherwise).json()
    assert changed == {**otherwise, "id": made["id"], "last": "2025-03-11"}
    back = {part: made[part] for part in ("day", "last", "text")}
    assert ask("PUT", f"/v1/annotations/{made['id']}", body=back).json() == made
    assert ask("DELETE", f"/v1/annotations/{made['id']}").json() == made
    assert ask("DELETE", f"/v1/annotations/{made['id']}").status_code == 404
    assert ask("DELETE", f"/v1/annotations/{later['id']}", role="marketer").json() == later
    told = [entry.details["deed"] for entry in entries(server.shop.records, Filter(whom=str(made["id"])))
            if entry.what == "annotation"]  # fmt: skip
    assert sorted(told) == ["change", "change", "make", "remove"]


def test_answers_pages_and_reports_show_them_and_their_words_stay_words(ask):
    made = ask("POST", body={"day": "2025-03-13", "text": HOSTILE}).json()
    outside = ask("POST", body={"day": "2024-03-13", "text": "before all"}).json()
    given = {"period": "2025-03", "by": "day", "lang": "en"}
    look = ask("GET", "/v1/look/revenue", **given).json()
    assert look["noted"] == [
        {
            "id": made["id"],
            "day": "2025-03-13",
            "last": "2025-03-13",
            "when": "13 March 2025",
            "text": HOSTILE,
        }
    ]
    assert look["over"] == ["2025-03-01", "2025-03-31"]
    for picture in (look["picture"], look["small"]):
        assert "<script" not in picture
        assert "&lt;script" in picture
        assert "Ramadan" in picture
    assert "رمضان" in ask("GET", "/v1/look/revenue", **{**given, "lang": "ar"}).json()["picture"]
    page = ask("GET", "/ask/revenue", **given).text
    assert "<script>alert" not in page
    assert '<ol class="noted">' in page
    for format, holds in (("html", "&lt;script"), ("json", "before all")):
        told = ask(
            "GET", "/v1/report", format=format, question="revenue", period="2025-03", language="en", by="day"
        ).text
        assert (holds in told) == (format == "html")
        assert "<script>alert" not in told or format == "json"
    assert (
        ask("GET", "/v1/report", format="pdf", question="revenue", period="2025-03", by="day").content[:5]
        == b"%PDF-"
    )
    assert (
        ask("GET", "/v1/report", format="xlsx", question="revenue", period="2025-03", by="day").content[:2]
        == b"PK"
    )
    assert ask("GET", "/v1/look/products", period="2025", lang="en").json()["over"] is None
    whole = ask("GET", "/v1/look/revenue", lang="en").json()
    assert [one["id"] for one in whole["noted"]] == [made["id"]]  # the year before is not in the picture
    for one in (made, outside):
        ask("DELETE", f"/v1/annotations/{one['id']}")
    assert ask("GET", "/v1/look/revenue", **given).json()["noted"] == []


def test_of_many_the_latest_are_told_and_that_it_is_so(ask):
    made = [
        ask("POST", body={"day": f"2025-01-{n % 28 + 1:02}", "text": str(n)}).json() for n in range(SHOWN + 1)
    ]
    look = ask("GET", "/v1/look/revenue", period="2025-01", by="day", lang="en").json()
    assert len(look["noted"]) == SHOWN
    assert [one["day"] for one in look["noted"]] == sorted(one["day"] for one in made)[1:]
    assert any("only the latest" in note for note in look["notes"])
    ask("DELETE", f"/v1/annotations/{made[0]['id']}")
    look = ask("GET", "/v1/look/revenue", period="2025-01", by="day", lang="en").json()
    assert not any("only the latest" in note for note in look["notes"])
    for one in made[1:]:
        ask("DELETE", f"/v1/annotations/{one['id']}")


def test_an_erasure_counts_them_and_takes_their_words(store, tmp_path):
    records = Records(Settings(data=tmp_path))
    write(store, [order("user:1", "2025-01-05", 100)])
    trait(store, "user:1", "name", "نورة العتيبي")
    theirs = noted_days.add(records, *read({"day": "2025-03-13", "text": "زارتنا نورة العتيبي"}), "cli")
    other = noted_days.add(records, *read(PRICES), "cli")
    privacy = Privacy(store, records, Identity(store, store.settings), lambda: None)
    assert privacy.plan("user:1").found["annotations"] == 1
    certificate = privacy.erase("user:1")
    assert [one.text for one in noted_days.between(records)] == ["–", other.text]
    assert theirs.day == noted_days.between(records)[0].day
    for language, words in (("ar", "أيام مدوّنة"), ("en", "Noted days")):
        assert words in write_certificate(certificate, "txt", language, store.settings).decode()
    records.close()


def test_on_the_command_line(store, tmp_path, monkeypatch):
    shop = Shop(Settings(data=tmp_path))
    shop.__dict__["store"] = store
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)
    monkeypatch.setattr(shop, "close", lambda: None)

    def say(*words):
        return CliRunner().invoke(main, ["annotations", *words])

    assert "2025-09-13 new prices" in say("add", "2025-09-13", "new prices").output
    found = json.loads(say("--json").output)
    assert [(one["day"], one["text"]) for one in found] == [("2025-09-13", "new prices")]
    assert "new prices" in say().output
    write(store, [order("user:1", "2025-08-05", 100), order("user:1", "2025-10-05", 100)])
    asked = CliRunner().invoke(main, ["ask", "revenue", "--period", "2025", "--lang", "en"])
    assert "1. 13 September 2025 — new prices" in asked.output
    assert "Removed: 2025-09-13" in say("remove", str(found[0]["id"])).output
    assert json.loads(say("--json").output) == []
    assert say("remove", "7").exit_code == 1
    assert say("add", "2025-09-13", "x" * 201).exit_code == 1
    shop.records.close()
