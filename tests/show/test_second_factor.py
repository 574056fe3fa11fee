"""Codes beside the password: computed as RFC 6238 says, opening once, guessed not often, and lost phones."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from masarat.errors import BadParameter, NotAllowed, NotSignedIn
from masarat.records.audit import Filter, entries
from masarat.records.models import User
from masarat.records.second_factor import RecoveryCode, SecondFactorRecord
from masarat.show import totp
from masarat.show.accounts import Accounts, CodeNeeded
from masarat.show.http.halfway import MOST, SECONDS, Halfway
from masarat.show.second_factor import RECOVERY_CODES, SecondFactor
from tests.support.inside import inside

NOURA, PASSWORD = "noura@example.com", "three small words"
NOW = 1_800_000_015.0


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(records, clock):
    found = Accounts(records)
    found.second = SecondFactor(records, clock)
    found.add(NOURA, "owner", PASSWORD)
    return found


@pytest.fixture
def server(engine, tmp_path, clock):
    with inside(engine.store(), tmp_path) as running:
        running.accounts.second = SecondFactor(running.shop.records, clock)
        running.accounts.add(NOURA, "viewer", PASSWORD)
        yield running


def now_code(secret, clock, steps=0):
    return totp.code(secret, totp.step_at(clock.now) + steps)


def turned_on(accounts, clock):
    """The secret and recovery codes of Noura, half a minute after she turned codes on."""
    secret = accounts.second.begin(NOURA)
    recovery = accounts.second.confirm(NOURA, now_code(secret, clock))
    clock.now += totp.STEP_SECONDS
    return secret, recovery


def half(accounts, password=PASSWORD):
    with pytest.raises(CodeNeeded) as needed:
        accounts.sign_in(NOURA, password)
    return needed.value.user


# The arithmetic


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_codes_are_those_of_rfc_6238(seconds, code):
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert totp.code(secret, totp.step_at(seconds), 8) == code


def test_codes_of_the_half_minutes_around_are_taken_and_no_others():
    secret, step = totp.new_secret(), totp.step_at(NOW)
    taken = [totp.step_of(totp.code(secret, step + away), secret, NOW) for away in (-2, -1, 0, 1, 2)]
    assert taken == [None, step - 1, step, step + 1, None]


@pytest.mark.parametrize(
    ("given", "digits"),
    [("123 456", "123456"), ("١٢٣٤٥٦", "123456"), ("12345", ""), ("1234567", ""), ("²23456", ""), ("-12345", ""), ("", "")],
)  # fmt: skip
def test_codes_are_read_however_they_are_typed(given, digits):
    assert totp.digits_of(given) == digits
    assert totp.step_of(given, totp.new_secret(), NOW) is None or digits


def test_every_secret_is_another_and_long():
    first, second = totp.new_secret(), totp.new_secret()
    assert first != second
    assert len(base64.b32decode(first)) == 20
    assert totp.link(first, "نورة").startswith("otpauth://totp/Masarat:%D9")


# As it is kept


def test_nothing_is_asked_until_a_first_code_was_right(accounts, clock):
    secret = accounts.second.begin(NOURA)
    assert accounts.sign_in(NOURA, PASSWORD)
    with pytest.raises(NotAllowed, match="wrong"):
        accounts.second.confirm(NOURA, "000000" if now_code(secret, clock) != "000000" else "111111")
    assert accounts.sign_in(NOURA, PASSWORD)
    accounts.second.confirm(NOURA, now_code(secret, clock))
    assert half(accounts).email == NOURA


def test_neither_secret_nor_recovery_codes_are_kept_as_they_are(accounts, clock):
    secret, recovery = turned_on(accounts, clock)
    with accounts.records.transaction() as t:
        kept = t.scalars(select(SecondFactorRecord)).one().sealed
        hashes = t.scalars(select(RecoveryCode.code_hash)).all()
    assert secret not in kept
    assert len(set(hashes)) == RECOVERY_CODES == len(set(recovery))
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in hashes)
    log = repr([(one.whom, one.details) for one in entries(accounts.records, Filter())])
    assert "codes on" in log
    assert not any(each in log for each in (secret, *recovery))


def test_a_code_opens_once(accounts, clock):
    secret, _ = turned_on(accounts, clock)
    user, code = half(accounts), now_code(secret, clock)
    assert accounts.by_session(accounts.sign_in_coded(user, code)).role == "owner"
    with pytest.raises(NotSignedIn):
        accounts.sign_in_coded(user, code)
    with pytest.raises(NotSignedIn):  # nor does one that is older than the last
        accounts.sign_in_coded(user, now_code(secret, clock, -1))
    clock.now += totp.STEP_SECONDS
    assert accounts.sign_in_coded(user, now_code(secret, clock))


def test_the_code_that_turned_codes_on_opens_nothing_more(accounts, clock):
    secret = accounts.second.begin(NOURA)
    code = now_code(secret, clock)
    accounts.second.confirm(NOURA, code)
    with pytest.raises(NotSignedIn):
        accounts.sign_in_coded(half(accounts), code)


def test_of_many_with_the_same_code_one_is_let_in(accounts, clock):
    secret, recovery = turned_on(accounts, clock)
    user = half(accounts)

    def come(code):
        try:
            return bool(accounts.sign_in_coded(user, code))
        except NotSignedIn:
            return False

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(come, [now_code(secret, clock)] * 6)) == 1
        assert sum(threads.map(come, [recovery[0]] * 6)) == 1


def test_recovery_codes_open_once_each_however_typed(accounts, clock):
    _, recovery = turned_on(accounts, clock)
    user = half(accounts)
    for typed in (recovery[0], recovery[1].upper(), recovery[2].replace("-", " ")):
        assert accounts.sign_in_coded(user, typed)
        with pytest.raises(NotSignedIn):
            accounts.sign_in_coded(user, typed)
    assert accounts.second.state(NOURA).recovery_left == RECOVERY_CODES - 3


def test_other_recovery_codes_end_those_before(accounts, clock):
    secret, old = turned_on(accounts, clock)
    new = accounts.second.renew(NOURA, now_code(secret, clock))
    with pytest.raises(NotSignedIn):
        accounts.sign_in_coded(half(accounts), old[0])
    assert accounts.sign_in_coded(half(accounts), new[0])


def test_codes_are_of_one_user_alone(accounts, clock):
    secret, recovery = turned_on(accounts, clock)
    accounts.add("sami@example.com", "viewer", PASSWORD)
    other = accounts.second.begin("sami@example.com")
    accounts.second.confirm("sami@example.com", now_code(other, clock))
    clock.now += totp.STEP_SECONDS
    with accounts.records.transaction() as t:
        sami = t.scalars(select(User).where(User.email == "sami@example.com")).one()
    for code in (now_code(secret, clock), recovery[0]):
        with pytest.raises(NotSignedIn):
            accounts.sign_in_coded(sami, code)


def test_codes_are_turned_off_with_a_code_or_by_an_owner(accounts, clock):
    secret, recovery = turned_on(accounts, clock)
    with pytest.raises(BadParameter, match="already"):
        accounts.second.begin(NOURA)
    with pytest.raises(NotAllowed):
        accounts.second.remove(NOURA, "")
    accounts.second.remove(NOURA, recovery[0])
    assert accounts.sign_in(NOURA, PASSWORD)
    secret = accounts.second.begin(NOURA)
    accounts.second.confirm(NOURA, now_code(secret, clock))
    accounts.second.reset(NOURA, actor="user:other@example.com")
    assert accounts.sign_in(NOURA, PASSWORD)
    assert accounts.second.state(NOURA).recovery_left == 0
    assert accounts.second.everybody() == set()


def test_what_changed_between_password_and_code_shuts_the_door(accounts, clock):
    secret, _ = turned_on(accounts, clock)
    user = half(accounts)
    accounts.change_password(NOURA, "four quite small words")
    with pytest.raises(NotSignedIn):
        accounts.sign_in_coded(user, now_code(secret, clock))
    user = half(accounts, "four quite small words")
    accounts.add("other@example.com", "owner", PASSWORD)
    accounts.disable(NOURA)
    with pytest.raises(NotSignedIn):
        accounts.sign_in_coded(user, now_code(secret, clock))


def test_who_is_halfway_is_forgotten_in_time():
    now = [0.0]
    halfway, user = Halfway(lambda: now[0]), User(email=NOURA)
    first = halfway.wait(user)
    assert halfway.who(first) is user
    assert halfway.who("guess") is None
    now[0] = SECONDS
    assert halfway.who(first) is None
    last = [halfway.wait(user) for _ in range(MOST + 1)]
    assert halfway.who(last[0]) is None
    assert halfway.who(last[-1]) is user


# Through the door


def give_password(client, path="/signin"):
    page = client.post(path, data={"email": NOURA, "password": PASSWORD})
    assert "set-cookie" not in page.headers, "the password alone lets nobody in"
    return re.search(r'name="waiting" value="([\w-]+)"', page.text)[1]


def give_code(client, waiting, code, path="/signin/code"):
    return client.post(path, data={"waiting": waiting, "code": code})


def test_the_code_is_asked_after_the_password(server, clock):
    secret, _ = turned_on(server.accounts, clock)
    with server.client() as client:
        waiting = give_password(client)
        assert client.get("/questions").status_code == 303
        wrong = give_code(client, waiting, "no code")
        assert wrong.status_code == 401
        assert "code is wrong" in wrong.text
        came = give_code(client, waiting, now_code(secret, clock), "/signin/code?next=/questions")
        assert (came.status_code, came.headers["location"]) == (303, "/questions")
        assert client.get("/questions").status_code == 200
    with server.client() as other:
        assert give_code(other, waiting, now_code(secret, clock, 1)).status_code == 401, "its form is spent"
        assert give_code(other, "", "").status_code == 401
        assert other.post("/signin/code", headers={"Origin": "https://evil.example"}).status_code == 403


def test_codes_are_not_guessed_often_and_the_password_forgives_nothing(server, clock):
    turned_on(server.accounts, clock)
    with server.client() as client:
        for _ in range(5):
            assert give_code(client, give_password(client), "no code").status_code == 401
        refused = client.post("/signin", data={"email": NOURA, "password": PASSWORD})
        assert refused.status_code == 429
        assert "waiting" not in refused.text
    with server.client() as client:
        assert client.post("/signin", data={"email": NOURA, "password": PASSWORD}).status_code == 429


def test_a_form_that_was_opened_before_cannot_guess_on(server, clock):
    secret, _ = turned_on(server.accounts, clock)
    with server.client() as client:
        waiting = give_password(client)
        for _ in range(5):
            assert give_code(client, waiting, "no code").status_code == 401
        assert give_code(client, waiting, now_code(secret, clock)).status_code == 429


def test_ones_own_codes_over_http(server, clock):
    with server.client() as client:
        client.post("/signin", data={"email": NOURA, "password": PASSWORD})
        client.headers["Accept"] = "application/json"
        path = "/v1/account/codes"
        assert client.get(path).json() == {"on": False, "recovery_left": 0}
        assert client.post(path, json={"password": "not the password"}).status_code == 403
        begun = client.post(path, json={"password": PASSWORD}).json()
        secret = begun["secret"]
        assert begun["link"].startswith(f"otpauth://totp/Masarat:noura?secret={secret}&issuer=Masarat")
        assert client.post(f"{path}/confirm", json={"code": "no code"}).status_code == 403
        recovery = client.post(f"{path}/confirm", json={"code": now_code(secret, clock)}).json()["recovery"]
        assert len(recovery) == RECOVERY_CODES
        assert client.get(path).json() == {"on": True, "recovery_left": 10}
        clock.now += totp.STEP_SECONDS
        renewed = client.post(f"{path}/recovery", json={"code": now_code(secret, clock)}).json()["recovery"]
        assert not set(recovery) & set(renewed)
        off = client.request("DELETE", path, json={"code": renewed[0]})
        assert off.json() == {"on": False, "recovery_left": 0}
        assert client.request("DELETE", path, json={"code": renewed[1]}).status_code == 422


def test_an_owner_helps_who_lost_the_phone_but_not_himself(server, clock):
    turned_on(server.accounts, clock)
    server.accounts.add("owner@example.com", "owner", PASSWORD)
    with server.client() as client:
        client.post("/signin", data={"email": "owner@example.com", "password": PASSWORD})
        users = client.get("/v1/users").json()["users"]
        assert {one["email"]: one["codes"] for one in users} == {NOURA: True, "owner@example.com": False}
        assert (
            client.post("/v1/users/owner@example.com", json={"do": "codes off"}).json()["error"]["code"]
            == "not_allowed"
        )
        users = client.post(f"/v1/users/{NOURA}", json={"do": "codes off"}).json()["users"]
        assert not any(one["codes"] for one in users)
    assert server.accounts.sign_in(NOURA, PASSWORD)


def test_a_program_has_no_codes(server):
    with server.client(server.accounts.add_key("till", "owner")) as client:
        assert client.get("/v1/account/codes").status_code == 403
