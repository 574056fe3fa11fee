"""The company and the keys of programs over HTTP: what is told, what is only shown, and keys that are seen once."""

import pytest

from masarat.records.audit import Filter, entries
from tests.support.inside import inside
from tests.support.served import EVENTS
from tests.support.shop import write


@pytest.fixture
def server(engine, tmp_path):
    with inside(engine.store(), tmp_path, currency="KWD") as running:
        yield running


@pytest.fixture
def owner(server):
    with server.client(server.accounts.add_key("owner", "owner")) as client:
        yield client


def test_settings_are_shown_with_what_sets_them(owner):
    found = {one["name"]: one for one in owner.get("/v1/company").json()["settings"]}
    assert found["currency"] == {
        "name": "currency",
        "value": "KWD",
        "variable": "MASARAT_CURRENCY",
        "usual": False,
        "open": False,
    }
    assert found["timezone"]["usual"]
    assert not {"secret", "records", "store", "data"} & set(found), "places and secrets are not told"


def test_what_the_company_tells_is_kept_and_logged(server, owner):
    told = owner.post("/v1/company", json={"controller": " متجر نورة ", "contact": "a"}).json()["told"]
    assert (told["controller"], told["contact"], told["officer"]) == ("متجر نورة", "a", "")
    assert owner.post("/v1/company", json={"contact": ""}).json()["told"]["controller"] == "متجر نورة"
    log = entries(server.shop.records, Filter(whom="controller"))
    assert [(one.action, one.what) for one in log] == [("changed", "register")]
    assert log[0].actor.startswith("key:")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"contact": "b", "controler": "x"}, 404),
        ({"contact": "b", "officer": 1}, 422),
        ({"contact": "b", "officer": "x" * 2001}, 422),
    ],
)
def test_what_cannot_be_kept_changes_nothing(owner, body, status):
    owner.post("/v1/company", json={"contact": "a"})
    assert owner.post("/v1/company", json=body).status_code == status
    assert owner.get("/v1/company").json()["told"]["contact"] == "a"


def test_a_programs_key_is_seen_once_and_ended(server, owner):
    made = owner.post("/v1/api-keys", json={"name": "till", "role": "viewer"}).json()
    key, till = made["key"], made["keys"][-1]
    assert (till["name"], till["role"], till["beginning"]) == ("till", "viewer", key[:10])
    assert key not in owner.get("/v1/api-keys").text
    with server.client(key) as program:
        assert program.get("/v1/catalogue").status_code == 200
        left = owner.delete(f"/v1/api-keys/{till['beginning']}").json()["keys"]
        assert left[-1]["revoked_at"]
        assert program.get("/v1/catalogue").status_code == 401
    assert owner.delete(f"/v1/api-keys/{till['beginning']}").status_code == 404
    log = entries(server.shop.records, Filter(whom="till"))
    assert [one.details["deed"] for one in log] == ["revoked", "added"]
    assert all(one.actor.startswith("key:") for one in log)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": " ", "role": "viewer"}, 422),
        ({"name": "x" * 201, "role": "viewer"}, 422),
        ({"name": "till"}, 422),
        ({"name": "till", "role": "ownr"}, 404),
        ({"name": 1, "role": "viewer"}, 422),
    ],
)
def test_what_is_no_key_is_refused(server, owner, body, status):
    assert owner.post("/v1/api-keys", json=body).status_code == status
    assert len(server.accounts.all_keys()) == 1


def test_how_the_shop_is_understood_is_chosen(server, owner):
    told = owner.post(
        "/v1/company", json={"timezone": "Asia/Kuwait", "weekend": "fri", "controller": "متجر نورة"}
    ).json()
    found = {one["name"]: one for one in told["settings"]}
    assert (found["timezone"]["value"], found["timezone"]["usual"], found["timezone"]["open"]) == (
        "Asia/Kuwait",
        False,
        True,
    )
    assert server.shop.settings.timezone == "Asia/Kuwait"
    assert owner.get("/v1/start").json()["timezone"] == "Asia/Kuwait"
    assert owner.post("/v1/company", json={"currency": "AED"}).status_code == 422, "it was set at the start"
    assert owner.post("/v1/company", json={"controller": "x", "timezone": "Mars"}).status_code == 422
    assert owner.get("/v1/company").json()["told"]["controller"] == "متجر نورة"


def test_figures_in_the_digits_that_were_chosen(engine, server, owner):
    write(server.shop.store, EVENTS)
    assert "790" in owner.get("/v1/look/revenue?lang=ar").text
    owner.post("/v1/company", json={"digits": "arabic"})
    assert "٧٩٠" in owner.get("/v1/look/revenue?lang=ar").json()["sentence"]
    assert "790" in owner.get("/v1/look/revenue?lang=en").json()["sentence"]


def test_rates_of_the_shop_are_kept_used_and_logged(server, owner):
    server.shop.store.settings = server.shop.settings  # one object, as where a shop opens its store itself
    write(server.shop.store, EVENTS)
    chosen = {"parcel_cost": "12.5", "payment_fees": "mada=1%, *=2%+1", "vat_percent": "15"}
    told = owner.post("/v1/company", json=chosen).json()
    found = {one["name"]: one["value"] for one in told["settings"]}
    assert (found["parcel_cost"], found["payment_fees"], found["minute_cost"]) == (
        12.5,
        chosen["payment_fees"],
        None,
    )
    assert [
        one.details["parcel_cost"] for one in entries(server.shop.records, Filter(whom="parcel_cost"))
    ] == ["12.5"]
    asked = owner.post(
        "/v1/ask/profitability", json={"period": "all", "language": "en", "vat_percent": 5}
    ).json()
    assert (asked["parameters"]["parcel_cost"], asked["parameters"]["vat_percent"]) == (12.5, 5)
    assert any(note.startswith("As the shop’s settings say: Payment fees mada=1%") for note in asked["notes"])
    owner.post("/v1/company", json={"parcel_cost": ""})
    asked = owner.post("/v1/ask/profitability", json={"period": "all"}).json()
    assert asked["parameters"]["parcel_cost"] is None, "taken back, and no kept answer says otherwise"
    for wrong in ({"parcel_cost": "-1"}, {"vat_percent": "101"}, {"minute_cost": "much"}, {"point_value": "nan"}, {"payment_fees": "mada"}):  # fmt: skip
        assert owner.post("/v1/company", json=wrong).status_code == 422
    assert server.shop.settings.payment_fees == chosen["payment_fees"]
