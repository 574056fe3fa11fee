"""Coming in: the first owner, sign-in, sessions, keys, and what keeps others out."""

import re

import pytest

from masarat.errors import BadParameter, NotSignedIn, TooManyTries, UnknownName
from masarat.records.models import ApiKey, Session, User
from masarat.show.accounts import Accounts
from masarat.show.http.attempts import WINDOW_SECONDS, Attempts
from tests.support.inside import inside

NOURA, PASSWORD = "noura@example.com", "three small words"


@pytest.fixture
def accounts(records):
    return Accounts(records)


@pytest.fixture
def server(engine, tmp_path):
    with inside(engine.store(), tmp_path) as running:
        yield running


def sign_in(client, password=PASSWORD, email=NOURA, path="/signin"):
    return client.post(path, data={"email": email, "password": password})


# People, sessions and keys as they are kept


def test_nothing_secret_is_kept_as_it_is(accounts):
    user = accounts.add(NOURA, "owner", PASSWORD)
    secret, key = accounts.open_session(user), accounts.add_key("till", "viewer")
    with accounts.records.transaction() as t:
        kept = [
            t.query(User).one().password_hash,
            t.query(Session).one().secret_hash,
            t.query(ApiKey).one().secret_hash,
        ]
    assert kept[0].startswith("$argon2id$")
    assert not {PASSWORD, secret, key} & set(kept)


def test_addresses_are_one_whatever_their_case(accounts):
    accounts.add(" Noura@Example.com ", "owner", PASSWORD)
    with pytest.raises(BadParameter, match="already"):
        accounts.add(NOURA, "viewer", PASSWORD)
    assert accounts.sign_in("NOURA@example.com", PASSWORD)


@pytest.mark.parametrize("email", ["", "noura", "@example.com", "a b@example.com", "a" * 320 + "@b.sa"])
def test_what_is_no_address_is_refused(accounts, email):
    with pytest.raises(BadParameter, match="not an e-mail"):
        accounts.add(email, "owner", PASSWORD)


def test_roles_and_passwords_are_checked(accounts):
    with pytest.raises(UnknownName, match="Did you mean 'owner'"):
        accounts.add(NOURA, "ownr", PASSWORD)
    with pytest.raises(BadParameter, match="shorter"):
        accounts.add(NOURA, "owner", "short")
    with pytest.raises(BadParameter, match="longer"):
        accounts.add(NOURA, "owner", "x" * 201)


def test_every_failure_says_the_same(accounts):
    accounts.add(NOURA, "owner", PASSWORD)
    accounts.add("gone@example.com", "owner", PASSWORD)
    accounts.disable("gone@example.com")
    tries = [
        (NOURA, "wrong"),
        ("nobody@example.com", PASSWORD),
        ("gone@example.com", PASSWORD),
        (NOURA, "x" * 5000),
    ]
    said = set()
    for email, password in tries:
        with pytest.raises(NotSignedIn) as refused:
            accounts.sign_in(email, password)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_new_password_signs_old_browsers_out(accounts):
    accounts.add(NOURA, "owner", PASSWORD)
    secret = accounts.sign_in(NOURA, PASSWORD)
    assert accounts.by_session(secret).role == "owner"
    accounts.change_password(NOURA, "four quite small words")
    assert accounts.by_session(secret) is None
    assert accounts.sign_in(NOURA, "four quite small words")


def test_who_is_disabled_is_out_at_once_but_never_the_last_owner(accounts):
    accounts.add(NOURA, "owner", PASSWORD)
    with pytest.raises(BadParameter, match="only owner"):
        accounts.disable(NOURA)
    accounts.add("sami@example.com", "sales", PASSWORD)
    secret = accounts.sign_in("sami@example.com", PASSWORD)
    accounts.disable("sami@example.com")
    assert accounts.by_session(secret) is None


def test_a_revoked_key_opens_nothing(accounts):
    key = accounts.add_key("till", "viewer")
    assert accounts.by_key(key).role == "viewer"
    accounts.revoke_key("till")
    assert accounts.by_key(key) is None
    with pytest.raises(UnknownName):
        accounts.revoke_key("till")


def test_the_first_owner_is_made_once(accounts):
    accounts.add_first(NOURA, PASSWORD)
    with pytest.raises(NotSignedIn):
        accounts.add_first("other@example.com", PASSWORD)


# Tries


def test_tries_are_counted_per_account_and_address_and_forgotten():
    now = [0.0]
    attempts = Attempts(pair=2, address=3, account=4, clock=lambda: now[0])
    for _ in range(2):
        attempts.failed("a", "1.1.1.1")
    with pytest.raises(TooManyTries):
        attempts.check("A ", "1.1.1.1")  # the same account
    attempts.check("a", "2.2.2.2")  # from elsewhere
    attempts.failed("b", "1.1.1.1")
    with pytest.raises(TooManyTries):
        attempts.check("c", "1.1.1.1")  # the address has tried three accounts
    now[0] = WINDOW_SECONDS
    attempts.check("a", "1.1.1.1")


def test_an_account_tried_from_everywhere_is_shut_for_a_while():
    attempts = Attempts(account=3, clock=lambda: 0.0)
    for i in range(3):
        attempts.failed("a", f"10.0.0.{i}")
    with pytest.raises(TooManyTries):
        attempts.check("a", "10.0.0.9")


# Through the door


def test_the_setup_link_makes_the_first_owner_once(server):
    link = f"/setup/{server.app.state.setup}"
    form = {"name": "نورة", "email": NOURA, "password": PASSWORD, "again": PASSWORD}
    with server.client() as client:
        assert client.get("/setup/guess").status_code == 303
        assert "one-time link" in client.get("/signin").text
        assert client.get(link).status_code == 200
        assert "differ" in client.post(link, data=form | {"again": "another one!"}).text
        assert "shorter" in client.post(link, data=form | {"password": "short", "again": "short"}).text
        made = client.post(link, data=form)
        assert (made.status_code, made.headers["location"]) == (303, "/app")
        assert client.get("/questions").status_code == 200
    with server.client() as other:
        assert other.get(link).headers["location"].startswith("/signin")
        assert other.post(link, data=form | {"email": "two@example.com"}).status_code == 303
    assert [user.email for user in server.accounts.users()] == [NOURA]


def test_an_account_made_elsewhere_shuts_the_setup_link(server):
    server.accounts.add(NOURA, "owner", PASSWORD)
    with server.client() as client:
        assert client.get(f"/setup/{server.app.state.setup}").status_code == 303


def test_signing_in_and_out(server):
    server.accounts.add(NOURA, "viewer", PASSWORD)
    with server.client() as client:
        assert client.get("/questions").headers["location"] == "/signin?next=/questions"
        wrong = sign_in(client, "not the password")
        assert wrong.status_code == 401
        assert "e-mail or the password is wrong" in wrong.text
        came = sign_in(client, path="/signin?next=/questions")
        assert (came.status_code, came.headers["location"]) == (303, "/questions")
        cookie = came.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie, "this server speaks plain http"
        assert client.get("/questions").status_code == 200
        assert client.get("/sources").status_code == 403
        stolen = dict(client.cookies)
        assert client.post("/signout").headers["location"] == "/signin"
    with server.client() as thief:
        thief.cookies.update(stolen)
        assert thief.get("/questions").status_code == 303, "the session ended on our side too"


def test_the_cookie_is_secure_behind_https(server):
    server.accounts.add(NOURA, "viewer", PASSWORD)
    with server.client() as client:
        client.headers["X-Forwarded-Proto"] = "https"
        assert "Secure" in sign_in(client).headers["set-cookie"]


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])
def test_signing_in_never_leads_away(server, away):
    server.accounts.add(NOURA, "viewer", PASSWORD)
    with server.client() as client:
        came = client.post("/signin", params={"next": away}, data={"email": NOURA, "password": PASSWORD})
        assert came.headers["location"] == "/app"


def test_forms_of_other_sites_do_nothing(server):
    server.accounts.add(NOURA, "owner", PASSWORD)
    with server.client() as client:
        sign_in(client)
        for origin in ("https://evil.example", "null", ""):
            assert client.post("/signout", headers={"Origin": origin}).status_code == 403
            assert client.post("/signin", headers={"Origin": origin}, data={}).status_code == 403
            assert client.post("/v1/ask/revenue", headers={"Origin": origin}).status_code == 403
        assert client.get("/questions").status_code == 200, "still signed in"


def test_too_many_tries_are_refused_even_with_the_right_password(server):
    server.accounts.add(NOURA, "viewer", PASSWORD)
    with server.client() as client:
        for _ in range(5):
            assert sign_in(client, "not the password").status_code == 401
        refused = sign_in(client)
        assert refused.status_code == 429
        assert "Too many tries" in refused.text


def test_keys_and_the_command_lines_token(server):
    key = server.accounts.add_key("till", "viewer")
    assert re.fullmatch(r"msr_[\w-]{43}", key)
    for bearer, status in ((key, 200), (server.token, 200), (key + "x", 401), ("", 401), ("msr_", 401)):
        with server.client(bearer or "x") as client:
            assert client.get("/v1/catalogue").status_code == status, bearer
    server.accounts.revoke_key("till")
    with server.client(key) as client:
        assert client.get("/v1/catalogue").json()["error"]["code"] == "not_signed_in"
