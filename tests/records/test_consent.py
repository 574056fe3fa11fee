"""Consent: what stands of what was said, through Python, files, command line and server."""

import itertools
import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from masarat.collect.consents import read_file, read_identifier, read_statements
from masarat.errors import BadFile, BadParameter, UnknownName
from masarat.records import Records
from masarat.records.audit import Filter, entries, mark
from masarat.records.consent import ANY, STATUSES, Heard, standing, standings
from masarat.records.models import Consent
from masarat.settings import Settings
from masarat.show.cli import main
from tests.support.inside import inside

NOURA, PHONE = "email:noura@example.com", "phone:+966501234567"


def said(status, day, identifier=NOURA, source="web", purpose="marketing", channel="email"):
    at = datetime(2025, 1, day, tzinfo=UTC)
    return Consent(identifier=identifier, purpose=purpose, channel=channel, status=status, at=at,
                   source=source, evidence="أوافق على الرسائل")  # fmt: skip


STATEMENTS = st.lists(
    st.builds(
        said,
        st.sampled_from(STATUSES),
        st.integers(1, 4),
        st.sampled_from([NOURA, PHONE]),
        st.sampled_from(["web", "branch"]),
    ),
    max_size=6,
)


# What stands


@pytest.mark.parametrize(
    ("statements", "stands"),
    [
        ([], ""),
        ([said("granted", 1)], "granted"),
        ([said("granted", 1), said("withdrawn", 2)], "withdrawn"),
        ([said("withdrawn", 1), said("granted", 2)], "granted"),  # the same form, and a change of mind
        ([said("withdrawn", 1), said("granted", 2, source="branch")], "withdrawn"),  # two systems disagree
        ([said("withdrawn", 1), said("granted", 2, PHONE)], "withdrawn"),  # merged: the strictest survives
        ([said("granted", 1), said("granted", 2, PHONE)], "granted"),
        ([said("denied", 1), said("withdrawn", 1, PHONE)], "withdrawn"),
        ([said("granted", 1), said("denied", 1)], "denied"),  # at the same moment
    ],
)
def test_what_stands(statements, stands):
    for order in itertools.permutations(statements):
        assert standing(order) == stands


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(statements, random):
    shuffled = list(statements)
    random.shuffle(shuffled)
    assert standing(shuffled) == standing(statements)


@given(STATEMENTS)
def test_a_merge_never_loosens(statements):
    ours = [each for each in statements if each.identifier == NOURA]
    theirs = [each for each in statements if each.identifier == PHONE]
    alone = [status for part in (ours, theirs) if (status := standing(part))]
    assert standing(statements) == max(alone, key=STATUSES.index, default="")


def test_a_word_about_all_channels_counts_for_each():
    everything = said("withdrawn", 2, channel="any", purpose="any")
    stands = standings([said("granted", 1), everything, said("granted", 3, channel="sms")])
    assert stands["marketing", "email"] == "withdrawn"
    assert stands["marketing", "sms"] == "granted"
    assert stands["profiling", "web"] == "withdrawn"


# Many customers at once

PEOPLE = [f"user:{n}" for n in range(8)]
ABOUT = st.builds(
    said,
    st.sampled_from(STATUSES),
    st.integers(1, 4),
    st.sampled_from(PEOPLE),
    st.sampled_from(["web", "branch"]),
    st.sampled_from(["marketing", "analytics", ANY]),
    st.sampled_from(["email", "sms", ANY]),
)


@given(
    st.lists(st.lists(ABOUT, max_size=12), max_size=3), st.lists(st.sets(st.sampled_from(PEOPLE)), max_size=6)
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_are_allowed_as_each_alone(records, batches, customers):
    consent = records.consent
    with records.transaction() as t:
        t.query(Consent).delete()
    for batch in batches:
        consent.add(batch, "cli")
    for purpose, channel in itertools.product(("marketing", "analytics", ANY), ("email", "sms", ANY)):
        alone = {place for place, whose in enumerate(customers) if consent.allowed(whose, purpose, channel)}
        assert consent.allowed_among(dict(enumerate(customers)), purpose, channel) == alone


def test_ten_thousand_identifiers_are_one_query(records):
    consent = records.consent
    consent.add([said("granted", 1, f"user:{n}") for n in range(0, 2000, 2)], "cli")
    asked = []
    event.listen(records.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    customers = {n: [f"user:{n}", f"phone:+{n}"] for n in range(5000)}
    assert consent.allowed_among(customers, "marketing", "email") == set(range(0, 2000, 2))
    assert len([sql for sql in asked if "FROM consents" in sql]) == 1
    assert consent.allowed_among({}, "marketing", "email") == set()
    with pytest.raises(UnknownName, match="Did you mean 'email'"):
        consent.allowed_among({}, "marketing", "emial")


# What events say


def heard(records, *statements, again=False):
    return records.consent.hear([Heard(each, again) for each in statements], "event")


def stands(records):
    return [(each.at.day, each.status) for each in records.consent.of([NOURA])]


def test_a_no_after_a_yes_is_a_withdrawal(records):
    assert heard(records, said("denied", 1)) == 1
    assert heard(records, said("denied", 3), said("granted", 2)) == 2
    assert stands(records) == [(1, "denied"), (2, "granted"), (3, "withdrawn")]
    assert heard(records, said("granted", 2), said("denied", 3), said("denied", 1)) == 0, "a replay"
    assert heard(records, said("denied", 4)) == 1, "said once more, and still withdrawn"
    assert stands(records)[-1] == (4, "withdrawn")
    assert entries(records, Filter()) == [], "each tells by itself who recorded it"


def test_what_is_only_repeated_adds_nothing(records):
    assert heard(records, said("granted", 1), said("granted", 2), said("granted", 3), again=True) == 1
    assert heard(records, said("granted", 4, source="branch"), said("granted", 4, PHONE), again=True) == 2
    assert heard(records, said("denied", 5), again=True) == 1
    assert heard(records, said("denied", 6), again=True) == 0
    assert heard(records, said("granted", 7), again=True) == 1
    assert stands(records) == [(1, "granted"), (4, "granted"), (5, "withdrawn"), (7, "granted")]


# What is kept


def test_only_a_standing_yes_allows(records):
    consent = records.consent
    assert not consent.allowed([NOURA], "marketing", "email"), "silence is no consent"
    assert consent.add([said("granted", 1)], "cli") == 1
    assert consent.allowed([NOURA], "marketing", "email")
    assert not consent.allowed([NOURA], "marketing", "sms")
    assert not consent.allowed([NOURA], "profiling", "email")
    assert not consent.allowed([PHONE], "marketing", "email")
    assert not consent.allowed([], "marketing", "email")
    consent.add([said("withdrawn", 1, PHONE)], "cli")
    assert consent.allowed([NOURA], "marketing", "email")
    assert not consent.allowed([PHONE, NOURA], "marketing", "email"), "they are one customer now"


def test_what_is_told_again_adds_nothing(records):
    assert records.consent.add([said("granted", 1), said("granted", 1), said("withdrawn", 2)], "cli") == 2
    assert records.consent.add([said("granted", 1)], "user:x") == 0
    first, second = records.consent.of([NOURA])
    assert (first.status, first.evidence, first.actor) == ("granted", "أوافق على الرسائل", "cli")
    assert second.at == datetime(2025, 1, 2, tzinfo=UTC)
    (entry,) = entries(records, Filter())
    assert (entry.action, entry.what, entry.whom) == ("changed", "consent", [mark(NOURA)])


def test_many_identifiers_are_asked_at_once(records):
    records.consent.add([said("granted", 1, f"user:{n}") for n in range(1200)], "cli")
    assert len(records.consent.of(f"user:{n}" for n in range(2000))) == 1200
    assert sum(1 for _ in records.consent.every()) == 1200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"status": "grantd"}, "no status of consent called 'grantd'"),
        ({"purpose": "spam"}, "no purpose called 'spam'"),
        ({"channel": "fax"}, "no channel called 'fax'"),
        ({"identifier": "noura"}, "no identifier with its kind"),
        ({"source": ""}, "not said where"),
        ({"at": datetime.now(UTC) + timedelta(days=1)}, "lies in the future"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_kept_is_refused_with_all_beside_it(records, wrong, sentence):
    bad = said("granted", 2)
    for name, value in wrong.items():
        setattr(bad, name, value)
    with pytest.raises((BadParameter, UnknownName), match=sentence):
        records.consent.add([said("granted", 1), bad], "cli")
    assert list(records.consent.every()) == []


def test_allowed_does_not_guess_a_misspelt_channel(records):
    with pytest.raises(UnknownName, match="Did you mean 'email'"):
        records.consent.allowed([NOURA], "marketing", "emial")


# As people write it


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (" Noura@Example.com ", NOURA),
        ("email:NOURA@example.com", NOURA),
        ("0501234567", PHONE),
        ("٠٥٠ ١٢٣ ٤٥٦٧", PHONE),
        ("phone:00966501234567", PHONE),
        ("user:17", "user:17"),
        ("salla:88:1", "salla:88:1"),
    ],
)
def test_identifiers_are_brought_to_the_stores_form(written, known):
    assert read_identifier(written, "SA") == known


@pytest.mark.parametrize("written", ["", "noura", "920001234", "user:", ":17"])
def test_what_names_nobody_is_refused(written):
    with pytest.raises(BadParameter):
        read_identifier(written, "SA")


def test_arabic_words_are_understood():
    told = {"phone": "0501234567", "email": "noura@example.com", "purpose": "التسويق", "channel": "واتساب",
            "status": "موافق", "source": "فرع العليا"}  # fmt: skip
    found = read_statements(told, datetime(2025, 1, 1, tzinfo=UTC), Settings())
    assert [each.identifier for each in found] == [NOURA, PHONE]
    assert {(each.purpose, each.channel, each.status) for each in found} == {
        ("marketing", "whatsapp", "granted")
    }


@pytest.mark.parametrize("missing", ["purpose", "channel", "status"])
def test_what_a_consent_is_for_is_never_guessed(missing):
    told = {"identifier": NOURA, "purpose": "marketing", "channel": "sms", "status": "granted", "source": "x"}
    with pytest.raises(BadParameter, match=f"The {missing} is not said"):
        read_statements({**told, missing: ""}, datetime(2025, 1, 1, tzinfo=UTC), Settings())


FILE = """البريد الإلكتروني,الجوال,الغرض,القناة,الموافقة,التاريخ,الدليل
noura@example.com,0501234567,تسويق,البريد,نعم,13/01/2025,مربع الموافقة في صفحة الدفع
sami@example.com,,تسويق,sms,لا,2025-01-14 10:30,
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "موافقات.csv"
    path.write_text(FILE, "utf-8")
    return path


def test_a_file_is_read_whole(file, tmp_path):
    found = list(read_file(file, Settings(data=tmp_path), {"source": "متجر سلة"}))
    assert [(each.identifier, each.channel, each.status) for each in found] == [
        (NOURA, "email", "granted"),
        (PHONE, "email", "granted"),
        ("email:sami@example.com", "sms", "denied"),
    ]
    assert found[0].at == datetime(2025, 1, 12, 21, tzinfo=UTC), "midnight in Riyadh"
    assert found[0].evidence == "مربع الموافقة في صفحة الدفع"
    assert {each.source for each in found} == {"متجر سلة"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("email,status\na@b.sa,yes\n", "no column that says when"),
        ("email,date\na@b.sa,2025-01-01\n", "no column that says yes or no"),
        ("email,mail,status,date,date\n", "header and no rows"),
        ("email,status,consent,date\na@b.sa,yes,no,2025-01-01\n", "two columns for status"),
        ("email,status,date\na@b.sa,yes,03/04/2025\n", "day first or month first"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(text, sentence, tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(text)
    with pytest.raises(BadFile, match=sentence):
        list(read_file(path, Settings(data=tmp_path), {}))


def test_wrong_rows_are_named_and_nothing_is_taken(file, records, tmp_path):
    file.write_text(FILE + "nobody,,تسويق,البريد,نعم,2025-01-14,\nx@y.sa,,تسويق,البريد,ربما,2025-01-14,\n")
    with pytest.raises(BadFile, match="2 of 4 rows") as refused:
        records.consent.add(read_file(file, Settings(data=tmp_path), {"source": "s"}), "cli")
    assert "Row 4: 'nobody' is neither" in refused.value.remedy
    assert "Row 5: There is no status of consent called 'ربما'" in refused.value.remedy
    assert list(records.consent.every()) == []


# At the command line, and through the server


def run(data, *words):
    return CliRunner().invoke(main, ["--data", str(data), *words], catch_exceptions=False)


def test_the_command_line_sets_shows_takes_in_and_gives_out(tmp_path, file):
    data = tmp_path / "data"
    words = ("--purpose", "marketing", "--channel", "email", "--source", "branch")
    done = run(
        data, "consent", "set", "Noura@example.com", *words, "--status", "granted", "--at", "2025-01-01"
    )
    assert done.output == f"{NOURA}: granted.\n"
    again = run(data, "consent", "set", NOURA, *words, "--status", "granted", "--at", "2025-01-01")
    assert again.output == "That is known already.\n"
    assert run(data, "consent", "import", str(file), "--source", "سلة").output == "3 new statements.\n"
    assert run(data, "consent", "import", str(file), "--source", "سلة").output == "0 new statements.\n"
    run(data, "consent", "set", NOURA, *words, "--status", "withdrawn", "--at", "2025-01-02")
    found = json.loads(run(data, "consent", "show", "noura@example.com", "0501234567", "--json").output)
    assert found["standing"] == [{"purpose": "marketing", "channel": "email", "status": "withdrawn"}]
    assert len(found["statements"]) == 4
    assert "withdrawn" in run(data, "consent", "show", NOURA).output
    assert "no consent" in run(data, "consent", "show", "user:1").output
    out = tmp_path / "out.csv"
    assert "5 statements" in run(data, "consent", "export", str(out)).output
    other = tmp_path / "other"
    assert run(other, "consent", "import", str(out)).output == "5 new statements.\n"
    here, there = Records(Settings(data=data)), Records(Settings(data=other))
    assert [each.id for each in here.consent.every()] == [each.id for each in there.consent.every()]
    here.close()
    there.close()
    bad = run(data, "consent", "set", NOURA, *words, "--status", "grantd")
    assert (bad.exit_code, "Did you mean 'granted'" in bad.stderr) == (1, True)


@pytest.fixture
def server(store, tmp_path):
    with inside(store, tmp_path) as running:
        yield running


def test_the_server_takes_and_tells(server):
    key = server.accounts.add_key("chat", "support")
    one = {"email": "noura@example.com", "purpose": "marketing", "channel": "email", "status": "granted",
           "source": "chat", "at": "2025-01-01"}  # fmt: skip
    with server.client(key) as client:
        assert client.post("/v1/consents", json=one).json() == {"added": 1}
        both = {"statements": [one, {**one, "status": "withdrawn", "at": "2025-01-02"}]}
        assert client.post("/v1/consents", json=both).json() == {"added": 1}
        found = client.get("/v1/consents", params={"identifier": ["NOURA@example.com", "user:1"]}).json()
    assert found["standing"] == [{"purpose": "marketing", "channel": "email", "status": "withdrawn"}]
    assert [each["status"] for each in found["statements"]] == ["granted", "withdrawn"]
    records = server.shop.records
    assert not records.consent.allowed([NOURA], "marketing", "email")
    assert [(e.action, e.what) for e in entries(records, Filter(whom=NOURA, actor="key:"))] == [
        ("looked", "consent"), ("changed", "consent"), ("changed", "consent"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"statements": []},
        {"statements": "all"},
        {"statements": [1]},
        {"identifier": 7},
        {"identifier": NOURA, "colour": "red"},
        {"identifier": NOURA, "purpose": "marketing", "channel": "email", "status": "granted"},
        {"identifier": NOURA, "purpose": "marketing", "channel": "email", "status": "ok", "source": "x"},
        {"identifier": NOURA, "at": "sometime"},
    ],
    ids=str,
)
def test_the_server_refuses_what_says_nothing(server, body):
    with server.client(server.token) as client:
        refused = client.post("/v1/consents", json=body)
        assert refused.status_code in (404, 422)
        assert refused.json()["error"]["remedy"]
        assert client.get("/v1/consents").status_code == 422
    assert list(server.shop.records.consent.every()) == []
