"""Masks: what is shown in part, and that nobody who may not see a phone or an e-mail gets one, on any route, in any form."""

import copy
import io
import json
import re
import zipfile
from urllib.parse import quote

import pytest

from masarat.errors import BadParameter, UnknownName
from masarat.records.masks import FIELDS, Masks, usual
from masarat.records.models import ROLES
from masarat.show.http.app import ROUTES
from masarat.show.masking import Mask, field_of
from masarat.show.roles import may
from tests.act.test_erasing import EMAIL, NOURA, PHONE, fill
from tests.support.inside import inside

PART, NONE = Mask(dict.fromkeys(FIELDS, "part")), Mask(dict.fromkeys(FIELDS, "none"))
SECRETS = re.compile(r"noura(@|%40)|50[ -]?123[ -]?4567|501234567|٥٠ ١٢٣ ٤٥٦٧", re.I)
NAMES = re.compile("العتيبي|الحربي")


@pytest.mark.parametrize(("text", "said"), [
    ("mona@x.sa", "m•••@x.sa"),
    ("to Mona.Ali+1@mail.x.sa, now", "to M•••@mail.x.sa, now"),
    ("e=mona%40x.sa&b", "e=m•••%40x.sa&b"),
    ("+966501234567", "+966•••••4567"),
    ("call +966 50 123 4567!", "call +966•••••4567!"),
    ("0501234567", "•••••4567"),
    ("٠٥٠ ١٢٣ ٤٥٦٧", "•••••٤٥٦٧"),
    ("2025-03-01 10:00:00", "2025-03-01 10:00:00"),
    ("10:00 2025-03-01", "10:00 2025-03-01"),
    ("order 1000512345678, SAR 512345678.50", "order 1000512345678, SAR 512345678.50"),
    ("f1a7-512345678901", "f1a7-512345678901"),
    ("no-at-sign @ all", "no-at-sign @ all"),
])  # fmt: skip
def test_contacts_in_texts(text, said):
    assert PART.text(text) == said
    assert PART.text(said) == said


def test_values_by_their_names():
    person = {"customer": "user:1234", "name": "منى علي", "email": "mona@x.sa", "phone": 966501234567, "city": "الرياض", "orders": 3,
              "facts": [{"trait": "street", "value": "شارع ٩"}, {"trait": "birthday", "value": "1990-05-17"}]}  # fmt: skip
    assert PART.value(person) == {
        "customer": "user:12•••", "name": "م••• ع•••", "email": "m•••@x.sa", "phone": "•••••4567", "city": "الرياض", "orders": 3,
        "facts": [{"trait": "street", "value": "•••"}, {"trait": "birthday", "value": "1990-••-••"}],
    }  # fmt: skip
    assert PART.value(PART.value(person)) == PART.value(person)
    assert NONE.value(person)["name"] == "•••"
    assert PART.value({"name": "قهوة هررية", "orders": 2}) == {"name": "قهوة هررية", "orders": 2}
    assert PART.identifier("shop:name:منى علي") == "shop:name:م••• ع•••"
    assert PART.identifier("order:512345678") == "order:512345678"


def test_names_of_columns():
    assert [field_of(name) for name in ("customer_email", "رقم الجوال", "firstName", "اسم المنتج", "name", "الاسم", "total")] == [
        "email", "phone", "name", "", "", "name", "",
    ]  # fmt: skip


def test_a_table_is_masked_by_its_heads():
    masked = PART.csv("\ufeffmasarat:reason,الاسم,رقم الجوال,المنتج\r\nno date,منى علي,0501234567,قهوة\r\n")
    assert masked == "\ufeffmasarat:reason,الاسم,رقم الجوال,المنتج\r\nno date,م••• ع•••,•••••4567,قهوة\r\n"


def test_owners_choose_and_see_everything(records):
    masks = Masks(records)
    assert masks.of("viewer")["phone"] == "part"
    assert set(masks.of("support").values()) == set(masks.of("owner").values()) == {"whole"}
    masks.choose("viewer", "phone", "none", "cli")
    masks.choose("analyst", "note", "whole", "cli")
    assert (masks.of("viewer")["phone"], Masks(records).of("analyst")["note"]) == ("none", "whole")
    with pytest.raises(UnknownName, match="Did you mean 'viewer'"):
        masks.choose("viewr", "phone", "none", "cli")
    with pytest.raises(BadParameter, match="owner sees"):
        masks.choose("owner", "phone", "none", "cli")


# Over HTTP


@pytest.fixture
def server(engine, tmp_path):
    store = engine.store()
    with inside(store, tmp_path) as running:
        fill(store, running.shop.records)
        yield running


def requests():
    """Every route that shows something, as it may be asked."""
    for route in ROUTES:
        path = route.path.replace("{identifier:path}", quote(EMAIL)).replace("{identifier}", quote(EMAIL))
        path = re.sub(r"\{number(:int)?\}", "1", path).replace("{name}", "customers")
        if "{" in path or route.path in ("/v1/live", "/setup/{token}"):
            continue
        if route.method == "GET":
            yield route, "GET", path
        elif path.startswith(("/v1/ask/", "/v1/explain/")):
            yield route, "POST", path


MORE = {
    "/v1/identity": {"of": EMAIL},
    "/v1/consents": {"identifier": EMAIL},
    "/v1/privacy/export": {"of": EMAIL},
    "/v1/customers": {"search": "noura@example.com"},
    "/v1/report": {"format": "json", "question": "customers"},
}


def shown(server, role):
    """What each route answers this role, by its path."""
    key = server.accounts.add_key(role, role)
    found = {}
    with server.client(key) as client:
        for route, method, path in requests():
            answer = client.request(
                method, path, params=MORE.get(path), json={} if method == "POST" else None
            )
            found[f"{method} {path}"] = (route, answer.status_code, answer.text)
        for form in ("html", "xlsx"):
            made = client.get("/v1/report", params={"format": form, "question": "customers"})
            text = made.text if form == "html" else unzipped(made.content) if made.status_code == 200 else ""
            found[f"report as {form}"] = (None, made.status_code, text)
    return found


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.fixture(scope="module")
def asked(engine, tmp_path_factory):
    """What an owner and the masked roles are answered by every route.

    Every role walks every route to its end; the engine computes each text of SQL with its values once, for masks come after it.
    """
    store = engine.store()
    read, known = store.rows, {}

    def rows(query, step="", *, tag=""):
        key = (query.sql(step), repr(query.values), repr(query.settings))
        if key not in known:
            known[key] = read(query, step, tag=tag)
        return copy.deepcopy(known[key])

    store.rows = rows
    with inside(store, tmp_path_factory.mktemp("masked")) as running:
        fill(store, running.shop.records)
        return {role: shown(running, role) for role in ("owner", "viewer", "analyst")}


def test_nobody_sees_what_their_role_may_not(asked):
    telling = {
        path for path, (_, status, text) in asked["owner"].items() if status == 200 and SECRETS.search(text)
    }
    assert len(telling) >= 8, f"the control: an owner sees contacts, or the test shows nothing: {telling}"
    assert "POST /v1/ask/customers" in telling
    for role in ("viewer", "analyst"):
        for path, (_, status, text) in asked[role].items():
            found = SECRETS.search(text)
            assert not found, (
                f"{role} {path} ({status}): {text[max(0, found.start() - 80) : found.end() + 40]}"
            )
            named = NAMES.search(text)
            assert not named, f"{role} {path}: {text[max(0, named.start() - 80) : named.end() + 40]}"


def test_every_role_is_answered_as_before(asked):
    """Masks change what is told, never whether."""
    for role, found in asked.items():
        for path, (route, status, said) in found.items():
            if route and may(role, route.permission) and "sees customers masked" not in said:
                assert status == asked["owner"][path][1], f"{role} {path}"


def test_masks_over_http(server):
    owner, viewer, finance = (server.accounts.add_key(role, role) for role in ("owner", "viewer", "finance"))
    with server.client(viewer) as client:
        assert client.get("/v1/privacy/masks").status_code == 403
        row = client.post("/v1/ask/customers", json={}).json()["rows"][0]
        assert "•••" in json.dumps(row, ensure_ascii=False)
    with server.client(finance) as client:
        assert SECRETS.search(client.post("/v1/ask/customers", json={}).text)
    with server.client(owner) as client:
        chosen = client.post("/v1/privacy/masks", json={"role": "finance", "field": "phone", "how": "none"})
        client.post("/v1/privacy/masks", json={"role": "finance", "field": "email", "how": "none"})
        client.post("/v1/privacy/masks", json={"role": "finance", "field": "identifier", "how": "none"})
        assert next(one for one in chosen.json()["masks"] if one["role"] == "finance")["phone"] == "none"
        assert [one["role"] for one in chosen.json()["masks"]] == list(ROLES)
        assert (
            client.post(
                "/v1/privacy/masks", json={"role": "finance", "field": "fone", "how": "none"}
            ).status_code
            == 404
        )
    with server.client(finance) as client:
        assert not SECRETS.search(client.post("/v1/ask/customers", json={}).text)
        waiting = client.post("/v1/quarantine", files={"file": ("q.csv", b"masarat:row_key\nx\n")})
        assert (waiting.status_code, "masked" in waiting.text) == (403, True)


def test_usual_masks_name_every_field():
    assert all(set(usual(role)) == set(FIELDS) for role in ROLES)
    assert {NOURA, PHONE}
