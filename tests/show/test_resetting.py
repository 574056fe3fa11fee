"""A forgotten password: the letter, its link, and what neither tells."""

import re
from datetime import UTC, datetime

import pytest

from masarat.errors import BadParameter, NotSignedIn
from masarat.records.audit import Filter, entries
from masarat.records.models import User
from masarat.settings import Settings
from masarat.show.accounts import Accounts
from masarat.show.mail import Letter, MailFailed, mail_server
from masarat.show.resets import MINUTES, Resets
from tests.support.inside import inside
from tests.support.postbox import postbox

NOURA, PASSWORD, NEW = "noura@example.com", "three small words", "four other small words"
OPEN = "https://masarat.example.com"


@pytest.fixture
def box():
    with postbox() as found:
        yield found


@pytest.fixture
def server(engine, tmp_path, box):
    with inside(engine.store(), tmp_path, mail=box.address(), url=OPEN) as running:
        running.accounts.add(NOURA, "owner", PASSWORD, language="ar")
        yield running


@pytest.fixture
def now():
    return [datetime(2026, 1, 1, tzinfo=UTC).timestamp()]


@pytest.fixture
def resets(records, tmp_path, now):
    accounts = Accounts(records)
    accounts.add(NOURA, "owner", PASSWORD)
    return Resets(accounts, Settings(data=tmp_path), clock=lambda: now[0])


def ask(client, email=NOURA):
    return client.post("/forgotten", data={"email": email})


def link_in(letter):
    (found,) = set(re.findall(rf"{OPEN}/reset/(\S+)", letter.get_body(("plain",)).get_content()))
    return found


# Links


def test_a_link_is_good_once(resets):
    user, token = resets.link(" NOURA@example.com")
    assert user.email == NOURA
    resets.use(token, NEW)
    assert resets._accounts.sign_in(NOURA, NEW)
    with pytest.raises(NotSignedIn, match="no longer good"):
        resets.use(token, "and five more small words")


def test_another_link_ends_with_the_password_too(resets):
    (_, one), (_, other) = resets.link(NOURA), resets.link(NOURA)
    resets.use(one, NEW)
    with pytest.raises(NotSignedIn):
        resets.user(other)


def test_a_link_ends_after_half_an_hour(resets, now):
    _, token = resets.link(NOURA)
    now[0] += MINUTES * 60 - 1
    assert resets.user(token).email == NOURA
    now[0] += 1
    with pytest.raises(NotSignedIn):
        resets.user(token)


def test_who_is_set_aside_has_no_link(resets):
    accounts = resets._accounts
    accounts.add("sara@example.com", "viewer", PASSWORD)
    _, token = resets.link("sara@example.com")
    accounts.disable("sara@example.com")
    assert resets.link("sara@example.com") is None
    with pytest.raises(NotSignedIn):
        resets.user(token)


def test_a_link_is_of_one_user_and_one_hour(resets):
    accounts = resets._accounts
    accounts.add("sara@example.com", "viewer", PASSWORD)
    _, token = resets.link("sara@example.com")
    number, until, signed = token.split(".")
    for made in (f"1.{until}.{signed}", f"{number}.{int(until) + 1}.{signed}", f"{number}.{until}.", f"{number}.{until}.{'0' * 32}",
                 "", "..", "٢.3.4", f"{'9' * 40}.{until}.{signed}", f"-{number}.{until}.{signed}"):  # fmt: skip
        with pytest.raises(NotSignedIn):
            resets.user(made)


def test_another_shops_link_is_none_of_ours(records, tmp_path, resets):
    _, token = resets.link(NOURA)
    other = Resets(resets._accounts, Settings(data=tmp_path, secret="another"))
    with pytest.raises(NotSignedIn):
        other.user(token)


def test_nothing_of_a_link_is_kept(resets):
    with resets._accounts.records.transaction() as t:
        before = t.query(User).one().password_hash
    resets.link(NOURA)
    with resets._accounts.records.transaction() as t:
        assert t.query(User).one().password_hash == before


# The mail server


@pytest.mark.parametrize(
    "given",
    ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://h:port?from=a@b.sa", "smtp://mail.example.com", "smtp://h?from=nobody",
     "smtp://h?from=a@b.sa%0aBcc:all@b.sa"],
)  # fmt: skip
def test_what_is_no_mail_server_is_told_without_its_password(tmp_path, given):
    given = given.replace("://", "://shop:very-secret@") if "://" in given else given
    with pytest.raises(BadParameter) as told:
        mail_server(Settings(data=tmp_path, mail=given, url=OPEN))
    assert "very-secret" not in str(told.value)


def test_letters_need_to_know_where_masarat_is(tmp_path):
    with pytest.raises(BadParameter, match="where people open"):
        mail_server(Settings(data=tmp_path, mail="smtp://localhost?from=a@b.sa"))
    with pytest.raises(BadParameter, match="MASARAT_URL"):
        Settings(data=tmp_path, url="javascript:alert(1)")


def test_a_letter_is_text_and_html(tmp_path, box):
    server = mail_server(Settings(data=tmp_path, mail=box.address("shop:a%20b@"), url=OPEN + "/"))
    assert (server.user, server.password, server.sender) == ("shop", "a b", "shop@example.com")
    assert "a b" not in repr(server)
    server.send(NOURA, Letter("كلمة", "سطر\n.سطر", "<p>سطر</p>"))
    letter = box.letter()
    assert (letter["subject"], letter["to"]) == ("كلمة", NOURA)
    assert letter.get_body(("plain",)).get_content().split() == ["سطر", ".سطر"]
    assert letter.get_body(("html",)).get_content().strip() == "<p>سطر</p>"


@pytest.mark.parametrize(
    ("what", "reply", "told"),
    [("recipient", "550 nobody here", "does not send to"), ("login", "535 no", "refused the user name")],
)
def test_a_mail_server_that_refuses_is_told_in_a_sentence(tmp_path, box, what, reply, told):
    setattr(box, what, reply)
    server = mail_server(Settings(data=tmp_path, mail=box.address("shop:secret@"), url=OPEN))
    with pytest.raises(MailFailed, match=told) as error:
        server.send(NOURA, Letter("", "", ""))
    assert "secret" not in str(error.value)


def test_a_mail_server_that_is_not_there_is_told_in_a_sentence(tmp_path, box):
    address = box.address()
    box.server_close()
    with pytest.raises(MailFailed, match="did not take the letter"):
        mail_server(Settings(data=tmp_path, mail=address, url=OPEN)).send(NOURA, Letter("", "", ""))


def test_nothing_is_said_in_the_open_to_another_machine(tmp_path, box, monkeypatch):
    monkeypatch.setattr("masarat.show.mail.HERE", ())
    with pytest.raises(MailFailed, match="does not encrypt"):
        mail_server(Settings(data=tmp_path, mail=box.address("a:b@"), url=OPEN)).send(
            NOURA, Letter("", "", "")
        )
    assert box.letters.empty()


# Over HTTP


def test_from_the_letter_to_the_new_password(server, box):
    with server.client() as client:
        before = server.accounts.sign_in(NOURA, PASSWORD)
        assert "/forgotten" in client.get("/signin").text
        assert "If somebody signs in" in ask(client).text
        letter = box.letter()
        assert letter["to"] == NOURA
        assert letter["subject"] == "كلمة مرور جديدة لمسارات"
        plain, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert plain.index("مسارات") < plain.index("Masarat")  # the reader's language first
        assert 'dir="rtl"' in html
        token = link_in(letter)
        assert f'href="{OPEN}/reset/{token}"' in html
        page = client.get(f"/reset/{token}")
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        assert (
            page.headers["referrer-policy"] == "strict-origin"
        )  # the link is told to nobody, ourselves included
        assert client.post(f"/reset/{token}", data={"password": NEW, "again": "another"}).status_code == 422
        assert client.post(f"/reset/{token}", data={"password": "short", "again": "short"}).status_code == 422
        done = client.post(f"/reset/{token}", data={"password": NEW, "again": NEW}, follow_redirects=False)
        assert done.headers["location"] == "/signin?changed=1"
        assert "masarat" not in done.cookies  # they sign in themselves, with a code where one is asked
        assert server.accounts.by_session(before) is None
        assert server.accounts.sign_in(NOURA, NEW)
        again = client.post(f"/reset/{token}", data={"password": PASSWORD, "again": PASSWORD})
        assert (again.status_code, "no longer good" in again.text) == (401, True)
        deeds = [each.details.get("deed") for each in entries(server.shop.records, Filter())]
        assert {"link sent", "new password"} <= set(deeds)
        assert token not in str(deeds)


def test_nobody_learns_who_has_an_account(server, box):
    with server.client() as client:
        known, unknown = ask(client).text, ask(client, "stranger@example.com").text
    assert known == unknown
    assert box.letter()["to"] == NOURA
    assert box.letters.empty()


def test_a_link_leads_where_the_shop_is_and_not_where_the_request_says(server, box):
    host = {"host": "evil.example.com", "origin": "http://evil.example.com"}
    with server.client() as client:
        client.post("/forgotten", data={"email": NOURA}, headers=host)
    assert "evil" not in box.letter().as_string()


def test_another_site_asks_for_no_letter(server, box):
    with server.client() as client:
        answer = client.post(
            "/forgotten", data={"email": NOURA}, headers={"origin": "https://evil.example.com"}
        )
    assert answer.status_code == 403
    assert box.letters.empty()


def test_nobody_is_flooded(server, box):
    with server.client() as client:
        assert [ask(client).status_code for _ in range(4)] == [200, 200, 200, 429]
    for _ in range(3):
        box.letter()
    assert box.letters.empty()


def test_without_a_mail_server_the_page_says_whom_to_ask(engine, tmp_path):
    with inside(engine.store(), tmp_path) as running, running.client() as client:
        assert "masarat user password" in client.get("/forgotten").text
        assert ask(client).status_code == 422


def test_a_letter_to_oneself(server, box):
    with server.client() as client:
        client.cookies.set("masarat", server.accounts.sign_in(NOURA, PASSWORD))
        assert client.get("/v1/mail").json() == {
            "on": True,
            "host": "127.0.0.1",
            "sender": "shop@example.com",
        }
        assert client.post("/v1/mail/test").json() == {"to": NOURA}
        assert box.letter()["to"] == NOURA
        box.recipient = "550 nobody here"
        failed = client.post("/v1/mail/test")
    assert failed.status_code == 502
    assert "does not send to" in failed.text
