"""The processing register: what it counts, what it says in both languages, and what it leaves for the merchant to say."""

import json
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from click.testing import CliRunner
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from masarat.analyse.holdings import holdings
from masarat.errors import UnknownName
from masarat.records import Records
from masarat.records.audit import Filter, entries
from masarat.records.consent import PURPOSES
from masarat.records.models import Consent
from masarat.records.register import NAMES, tell, told
from masarat.settings import Settings
from masarat.show.accounts import Accounts
from masarat.show.cli import main
from masarat.show.register import register
from masarat.show.register.words import WORDS
from masarat.show.remote import RemoteShop
from tests.support.inside import inside
from tests.support.people import trait
from tests.support.served import HOSTILE
from tests.support.shop import event, in_two_sizes, order, write

NOW = datetime(2025, 6, 30, 9, tzinfo=UTC)
PHONE, NOURA = "phone:+966501234567", "email:noura@example.com"


def agree(identifier, status, purpose="marketing", channel="email"):
    return Consent(identifier=identifier, purpose=purpose, channel=channel, status=status,
                   at=datetime(2025, 1, 1, tzinfo=UTC), source="web")  # fmt: skip


@pytest.fixture
def filled(store):
    write(
        store,
        [
            event("Page Viewed", "anon:b1", "2025-01-01 22:00", source="web"),
            order(PHONE, "2025-01-05 10:00", 100, identifiers=[PHONE, NOURA], source="salla"),
            order("salla:77", "2025-02-06 10:00", 50, source="salla"),
        ],
    )
    trait(store, PHONE, "name", "نورة")
    trait(store, "salla:77", "name", "سامي")
    trait(store, PHONE, "حجم الحذاء", "38")
    return store


def test_what_is_held_is_counted(filled):
    found = holdings(filled)
    assert (found.customers, found.visitors) == (2, 1)
    assert [(row["kind"], row["held"], row["sources"]) for row in found.identifiers] == [
        ("anon", 1, ["web"]),
        ("email", 1, ["salla"]),
        ("phone", 1, ["salla"]),
        ("salla", 1, ["salla"]),
    ]
    assert [(row["trait"], row["held"]) for row in found.facts] == [("name", 2), ("حجم الحذاء", 1)]
    assert [(row["source"], row["held"], row["first"], row["last"]) for row in found.sources] == [
        ("salla", 2, date(2025, 1, 5), date(2025, 2, 6)),
        ("web", 1, date(2025, 1, 2), date(2025, 1, 2)),  # one in the morning in Riyadh
    ]


def test_two_shards_hold_the_same(filled):
    assert holdings(in_two_sizes(filled)) == holdings(filled)


@pytest.fixture
def kept(tmp_path):
    records = Records(Settings(data=tmp_path / "kept"))
    yield records
    records.close()


def test_the_register_as_json_has_every_figure(filled, kept):
    kept.consent.add(
        [
            agree(NOURA, "granted"),
            agree(NOURA, "denied", channel="sms"),
            agree(PHONE, "granted", channel="any"),
            agree("user:1", "withdrawn", purpose="profiling", channel="any"),
        ],
        "cli",
    )
    Accounts(kept).add("noura@example.com", "owner", "three small words")
    tell(kept, "controller", "متجر القهوة", "cli")
    found = json.loads(register(filled, kept, "json", "ar", now=NOW))
    assert found["purposes"]["marketing"] == {"granted": 2, "denied": 1, "withdrawn": 0}
    assert found["purposes"]["profiling"] == {"granted": 0, "denied": 0, "withdrawn": 1}
    assert found["purposes"]["sharing"] == {"granted": 0, "denied": 0, "withdrawn": 0}
    assert found["told"] == {**dict.fromkeys(NAMES, ""), "controller": "متجر القهوة"}
    assert (found["customers"], found["visitors"], found["users"]) == (2, 1, 1)
    assert found["facts"][0]["trait"] == "name"


@pytest.mark.parametrize(("language", "said"), [
    ("ar", ["سجل أنشطة معالجة البيانات الشخصية", "5 محرم 1447", "متجر القهوة", "لم يُذكر بعد", "رقم العميل في", "حجم الحذاء"]),
    ("en", ["Register of personal data processing", "30 June 2025", "متجر القهوة", "Not told yet", "Number of the customer in salla"]),
])  # fmt: skip
def test_the_register_in_words(filled, kept, language, said):
    tell(kept, "controller", "متجر القهوة", "cli")
    text = register(filled, kept, "txt", language, now=NOW).decode()
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("empty", [True, False])
def test_the_register_on_paper(store, request, kept, language, empty):
    data = store if empty else request.getfixturevalue("filled")
    tell(kept, "recipients", HOSTILE + " #set page(width: 1pt) " + "شركة الشحن " * 200, "cli")
    content = register(data, kept, "pdf", language, now=NOW)
    pages = [
        page.render(scale=1, grayscale=True).to_numpy().squeeze() for page in pypdfium2.PdfDocument(content)
    ]
    assert 2 <= len(pages) <= 5
    for page in pages:
        assert page.shape == (842, 596)
        assert (page < 128).mean() > 0.001, "an empty page"
        assert page[:, :30].min() > 200, "nothing touches the edge"
        assert page[:, -30:].min() > 200, "nothing touches the edge"
    assert register(data, kept, "pdf", language, now=NOW) == content


def test_both_languages_say_the_same_things():
    english, arabic = (
        {entry.id.name for entry in FluentParser().parse(text).body if isinstance(entry, Message)}
        for text in (WORDS.en, WORDS.ar)
    )
    assert english == arabic
    needed = {*NAMES, *(f"purpose-{purpose}" for purpose in PURPOSES)}
    assert needed <= english
    for setting, prefix in (("consent", "consent"), ("addresses", "addresses")):
        choices = Settings.model_fields[setting].annotation.__args__
        assert {f"{prefix}-{choice}" for choice in choices} <= english


# What the merchant tells


def test_what_is_told_stands_until_it_is_told_anew(records):
    tell(records, "retention", " خمس سنوات ", "user:noura@example.com")
    tell(records, "retention", "عشر سنوات", "user:noura@example.com")
    assert told(records)["retention"] == "عشر سنوات"
    assert [(e.actor, e.what, e.whom) for e in entries(records, Filter())] == [
        ("user:noura@example.com", "register", ["retention"])
    ] * 2
    with pytest.raises(UnknownName, match="Did you mean 'retention'"):
        tell(records, "retension", "x", "cli")


# Through command line and server


def run(data, *words):
    return CliRunner().invoke(main, ["--data", str(data), *words], catch_exceptions=False)


def test_beside_a_server_and_for_owners_alone(filled, tmp_path):
    with inside(filled, tmp_path) as server:
        with RemoteShop(Settings(data=tmp_path), server.url, server.token) as remote:
            assert "الجوال" in remote.register("txt", "ar").decode()
        owner, analyst = (server.accounts.add_key(role, role) for role in ("owner", "analyst"))
        with server.client(owner) as client:
            assert client.get("/v1/register").json()["customers"] == 2
            paper = client.get("/v1/register", params={"format": "pdf", "language": "ar"})
            assert (paper.headers["content-type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
            assert client.get("/v1/register", params={"format": "doc"}).status_code == 404
            assert client.get("/v1/register", params={"language": "fr"}).status_code == 404
        with server.client(analyst) as client:
            assert client.get("/v1/register").status_code == 403
        asked = entries(server.shop.records, Filter(action="exported"))
        assert [(e.actor.split(":")[0], e.details["format"]) for e in asked] == [
            ("key", "pdf"), ("key", "json"), ("cli", "txt"),
        ]  # fmt: skip


def test_the_command_line_says_what_it_cannot_do(tmp_path):
    assert run(tmp_path, "register", "set", "controller", "متجر القهوة").output == "Written down.\n"
    wrong = run(tmp_path, "register", "-o", "register.doc")
    assert (wrong.exit_code, "End it with .pdf, .json or .txt" in wrong.stderr) == (1, True)
    unknown = run(tmp_path, "register", "set", "controler", "x")
    assert "Did you mean 'controller'" in unknown.stderr
