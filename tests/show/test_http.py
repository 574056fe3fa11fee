"""The API: who may do what, one shape of error, bounds, and questions that stop when nobody waits."""

import json
import re
import socket
import threading
from contextlib import ExitStack
from dataclasses import replace

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from masarat.collect import keys as write_keys
from masarat.collect.reports import ImportReport
from masarat.errors import QueryTooLong
from masarat.records.models import ROLES, User, now
from masarat.show.http import script
from masarat.show.http.app import ROUTES
from masarat.show.http.door import COOKIE
from masarat.show.http.resetting import reset, reset_page
from masarat.show.http.signing import set_up, setup_page, sign_in, sign_in_code
from masarat.show.roles import MAY, may
from tests.support.inside import inside
from tests.support.shop import order, write

MOVES = [order("a", "2025-01-05", 100), order("b", "2025-02-20", 50, items=[("=HYPERLINK()", 1, 50)])]

# Every way in, and what it takes. A new route must be written down here: that is the moment to think who may use it.
EXPECTED = {
    "GET /health": "open",
    "GET /ready": "open",
    "GET /openapi.json": "member",
    "GET /v1/catalogue": "ask",
    "GET /v1/ask/{name}.csv": "ask",
    "POST /v1/ask/{name}": "ask",
    "POST /v1/explain/{name}": "ask",
    "POST /v1/import": "import",
    "GET /v1/sample": "ask",
    "POST /v1/sample": "import",
    "GET /v1/receiving": "sources",
    "GET /v1/connections": "sources",
    "GET /v1/connectors": "connect",
    "POST /v1/connections": "connect",
    "DELETE /v1/connections/{name}": "connect",
    "GET /v1/keys": "connect",
    "POST /v1/keys": "connect",
    "DELETE /v1/keys/{key}": "connect",
    "POST /v1/connections/{name}/sync": "import",
    "GET /v1/sources": "sources",
    "GET /v1/quarantine": "import",
    "POST /v1/quarantine": "import",
    "DELETE /v1/quarantine": "import",
    "GET /v1/report": "report",
    "GET /v1/account": "member",
    "POST /v1/account/password": "member",
    "DELETE /v1/account/sessions": "member",
    "DELETE /v1/account/sessions/{number:int}": "member",
    "GET /v1/account/codes": "member",
    "POST /v1/account/codes": "member",
    "POST /v1/account/codes/confirm": "member",
    "POST /v1/account/codes/recovery": "member",
    "DELETE /v1/account/codes": "member",
    "GET /v1/company": "privacy",
    "POST /v1/company": "privacy",
    "GET /v1/backups": "users",
    "POST /v1/backups": "users",
    "DELETE /v1/backups/{name}": "users",
    "GET /v1/api-keys": "users",
    "POST /v1/api-keys": "users",
    "DELETE /v1/api-keys/{name}": "users",
    "GET /v1/users": "users",
    "POST /v1/users": "users",
    "POST /v1/users/{email}": "users",
    "GET /v1/sql": "sql",
    "POST /v1/sql": "sql",
    "GET /v1/live": "ask",
    "GET /v1/consents": "consent",
    "POST /v1/consents": "consent",
    "GET /v1/register": "audit",
    "GET /v1/start": "ask",
    "GET /v1/look/{name}": "ask",
    "GET /v1/controls/{name}": "ask",
    "GET /v1/how/{name}": "ask",
    "GET /v1/picture/{name}.png": "ask",
    "GET /v1/offered": "ask",
    "GET /v1/offered/{name}": "ask",
    "GET /v1/stages": "ask",
    "POST /v1/stages": "stages",
    "GET /v1/segments": "ask",
    "POST /v1/segments": "segments",
    "POST /v1/segments/try": "ask",
    "POST /v1/segments/refresh": "segments",
    "POST /v1/segments/found": "segments",
    "POST /v1/segments/{name}/renew": "segments",
    "DELETE /v1/segments/{name}": "segments",
    "GET /v1/maps": "ask",
    "POST /v1/maps": "stages",
    "GET /v1/maps/{number:int}": "ask",
    "PUT /v1/maps/{number:int}": "stages",
    "DELETE /v1/maps/{number:int}": "stages",
    "GET /v1/maps/{number:int}/versions": "ask",
    "GET /v1/boards": "ask",
    "POST /v1/boards": "segments",
    "GET /v1/boards/{number:int}": "ask",
    "PUT /v1/boards/{number:int}": "segments",
    "DELETE /v1/boards/{number:int}": "segments",
    "GET /v1/annotations": "ask",
    "POST /v1/annotations": "segments",
    "PUT /v1/annotations/{number:int}": "segments",
    "DELETE /v1/annotations/{number:int}": "segments",
    "GET /v1/targets": "ask",
    "POST /v1/targets": "stages",
    "DELETE /v1/targets": "stages",
    "GET /v1/audit": "audit",
    "POST /v1/privacy/erase": "privacy",
    "POST /v1/privacy/again": "privacy",
    "GET /v1/privacy/export": "privacy",
    "GET /v1/privacy/retention": "privacy",
    "POST /v1/privacy/retention": "privacy",
    "POST /v1/privacy/sweep": "privacy",
    "GET /v1/privacy/masks": "privacy",
    "POST /v1/privacy/masks": "privacy",
    "GET /v1/privacy/certificates": "privacy",
    "GET /v1/privacy/certificates/{number}": "privacy",
    "GET /v1/identity": "identity",
    "GET /v1/identity/log": "identity",
    "POST /v1/identity": "identity",
    "GET /v1/review": "identity",
    "POST /v1/review": "identity",
    "POST /v1/review/refresh": "identity",
    "GET /v1/customers": "customer",
    "GET /v1/tags": "customer",
    "GET /v1/fact-rules": "customer",
    "POST /v1/fact-rules": "customer",
    "GET /v1/customers/{identifier:path}": "customer",
    "GET /v1/customers/{identifier:path}/timeline": "customer",
    "GET /v1/customers/{identifier:path}/outlook": "customer",
    "POST /v1/customers/{identifier:path}/notes": "customer",
    "DELETE /v1/customers/{identifier:path}/notes/{number:int}": "customer",
    "POST /v1/customers/{identifier:path}/notes/{number:int}/restore": "customer",
    "POST /v1/customers/{identifier:path}/tags": "customer",
    "DELETE /v1/customers/{identifier:path}/tags": "customer",
    "POST /v1/customers/{identifier:path}/relations": "customer",
    "DELETE /v1/customers/{identifier:path}/relations": "customer",
    "POST /v1/customers/{identifier:path}/facts": "customer",
    "DELETE /v1/customers/{identifier:path}/facts": "customer",
    "POST /v1/customers/{identifier:path}/files": "customer",
    "GET /v1/customers/{identifier:path}/files/{number:int}": "customer",
    "DELETE /v1/customers/{identifier:path}/files/{number:int}": "customer",
    "GET /static/colours.css": "open",
    "GET /setup/{token}": "open",
    "POST /setup/{token}": "open",
    "GET /signin": "open",
    "POST /signin": "open",
    "POST /signin/code": "open",
    "GET /forgotten": "open",
    "POST /forgotten": "open",
    "GET /reset/{token}": "open",
    "POST /reset/{token}": "open",
    "GET /v1/mail": "users",
    "POST /v1/mail/test": "users",
    "POST /signout": "member",
    "GET /": "ask",
    "GET /ask/{name}": "ask",
    "POST /ask/{name}/segment": "segments",
    "GET /segments": "ask",
    "POST /segments": "segments",
    "POST /segments/{name}": "segments",
    "GET /app": "ask",
    "GET /app/{path:path}": "ask",
    "GET /assets/{name}": "open",
    "GET /live": "ask",
    "GET /questions": "ask",
    "GET /sources": "sources",
    "POST /sources": "import",
    "POST /sources/sync": "import",
    "POST /sources/disconnect": "connect",
    "GET /sources/{name}": "connect",
    "POST /sources/{name}": "connect",
    "GET /docs": "member",
    **{f"GET /{name}": "open" for name in script.FILES},
}


@pytest.fixture(scope="module")
def server(engine, tmp_path_factory):
    store = engine.store()
    write(store, MOVES)
    with inside(store, tmp_path_factory.mktemp("http")) as running:
        yield running


@pytest.fixture(scope="module")
def keys(server):
    return {role: server.accounts.add_key(role, role) for role in ROLES}


@pytest.fixture(scope="module")
def owner(server, keys):
    with server.client(keys["owner"]) as client:
        yield client


def expected(route):
    asks = route.path.startswith("/v1/ask/") and "{" not in route.path
    return "ask" if asks else EXPECTED.get(f"{route.method} {route.path}")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_opens_only_to_whom_it_should(route, server, keys):
    assert expected(route) == route.permission, (
        f"{route.method} {route.path} is not in EXPECTED: who may use it?"
    )
    path = re.sub(r"\{(\w+)(:\w+)?\}", lambda place: {"name": "revenue"}.get(place[1], "1"), route.path)
    with server.client() as stranger:
        stranger.headers["Accept"] = "application/json"
        if route.answer not in (
            sign_in,
            sign_in_code,
            setup_page,
            set_up,
            reset_page,
            reset,
        ):  # these say 401 themselves: to a guess
            shut = stranger.request(route.method, path).status_code == 401
            assert shut == (route.permission != "open")
    for role, key in keys.items():
        if not may(role, route.permission):
            with server.client(key) as client:
                assert client.request(route.method, path).status_code == 403, role


@pytest.fixture(scope="module")
def doors(engine, tmp_path_factory):
    """The same routes, doors and middleware with nothing behind them, so that every key can be tried in every lock; and every key there is."""

    async def inside_the_door(request: Request) -> Response:
        return Response("in")

    with pytest.MonkeyPatch.context() as patch, ExitStack() as opened:
        stubs = tuple(replace(route, answer=inside_the_door, schema={}) for route in ROUTES)
        patch.setattr("masarat.show.http.app.ROUTES", stubs)
        server = opened.enter_context(inside(engine.store(), tmp_path_factory.mktemp("doors")))
        callers = {("nobody", ""): server.client(), ("guess", ""): server.client("msr_guess")}
        for role in ROLES:
            callers["key", role] = server.client(server.accounts.add_key(role, role))
            user = server.accounts.add(f"{role}@example.com", role, "three small words")
            callers["session", role] = server.client(Accept="application/json")
            callers["session", role].cookies.set(COOKIE, server.accounts.open_session(user))
        callers["write key", ""] = server.client(write_keys.add(server.shop.records, "site"))
        callers["revoked key", ""] = server.client(server.accounts.add_key("gone", "owner"))
        server.accounts.revoke_key("gone")
        gone = server.accounts.add("gone@example.com", "owner", "three small words")
        callers["disabled", ""] = server.client(Accept="application/json")
        callers["disabled", ""].cookies.set(COOKIE, server.accounts.open_session(gone))
        with server.shop.records.transaction() as t:  # set aside, with the session left open
            t.get_one(User, gone.id).disabled_at = now()
        for client in callers.values():
            client.headers["Accept"] = "application/json"
            opened.enter_context(client)
        yield callers


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_key_opens_what_its_role_may_and_nothing_else(route, doors):
    permission = expected(route)
    assert permission, f"{route.method} {route.path} is not in EXPECTED: who may use it?"
    path = re.sub(r"\{\w+(:\w+)?\}", "1", route.path)
    for (kind, role), client in doors.items():
        inside_ = permission == "open" or (role and may(role, permission))
        should = 200 if inside_ else 403 if role else 401
        assert client.request(route.method, path).status_code == should, (kind, role)


def test_there_are_no_other_routes(server):
    paths = {(route.path, *route.methods) for route in server.app.routes if not isinstance(route, Mount)}
    assert paths == {(route.path, route.method) for route in ROUTES}
    assert {route.path for route in server.app.routes if isinstance(route, Mount)} == {"/static", "/fonts"}


def test_every_role_may_something_and_only_roles_do():
    assert set(MAY) == set(ROLES)
    assert all("ask" in MAY[role] for role in ROLES)
    assert not may("nobody", "ask")


def test_health_and_readiness_say_nothing_else(server):
    with server.client() as client:
        assert client.get("/health").json() == {"alive": True}
        assert client.get("/ready").json() == {"ready": True}


def test_an_answer_is_the_shops_own(server, owner):
    found = owner.post("/v1/ask/revenue", json={"period": "2025-01"}).json()
    assert found == server.shop.ask("revenue", period="2025-01").model_dump(mode="json")
    assert found["numbers"][0]["value"] == 100


def test_catalogue_tells_what_is_needed_to_ask(owner):
    revenue = owner.get("/v1/catalogue").json()[0]
    assert revenue["name"] == "revenue"
    assert revenue["title"] == {"ar": "الإيرادات", "en": "Revenue"}
    assert revenue["about"].startswith("How much was sold")
    assert revenue["parameters"]["properties"]["by"]["enum"] == ["day", "week", "month"]
    net = next(column for column in revenue["columns"] if column["name"] == "net")
    assert "refunds" in net["formula"]["en"]
    assert "المرتجعات" in net["formula"]["ar"]
    assert revenue["needs"] == [{"event": "Order Completed", "days": 0}]
    assert owner.post("/v1/ask/revenue", json=revenue["example"]).status_code == 200


def test_openapi_has_a_chapter_for_every_question(owner):
    paths = owner.get("/openapi.json").json()["paths"]
    body = paths["/v1/ask/revenue"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["period"]["description"].startswith("Which days")


def test_csv_is_safe_in_a_spreadsheet(owner):
    response = owner.get("/v1/ask/products.csv", params={"period": "all"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert ",'=HYPERLINK()" in response.text
    assert ",=HYPERLINK()" not in response.text


def test_explain_shows_the_steps_and_what_they_bind(owner):
    found = owner.post("/v1/explain/revenue", json={"segment": "channel=email"}).json()
    assert list(found["steps"]) == ["sales", "totals", "by_time"]
    assert found["values"]["segment_0"] == ["email"]


@pytest.mark.parametrize(
    ("path", "body", "status", "remedy"),
    [
        ("/v1/ask/revenu", {}, 404, "Did you mean 'revenue'?"),
        ("/v1/ask/revenue", {"perid": "2025"}, 404, "Did you mean 'period'?"),
        ("/v1/ask/revenue", {"by": "hour"}, 422, "Choose one of: day, week, month."),
        ("/v1/ask/revenue", {"period": "yesterdy"}, 422, "Did you mean 'yesterday'?"),
        ("/v1/ask/revenue", ["period"], 422, 'Send the parameters, like {"period": "2025"}.'),
    ],
)
def test_a_refusal_has_one_shape_and_a_remedy(owner, path, body, status, remedy):
    response = owner.post(path, json=body)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"code", "message", "remedy"}
    assert response.json()["error"]["remedy"] == remedy


def test_what_is_not_there_is_said_in_the_same_shape(owner):
    for method, path in (("GET", "/nothing"), ("DELETE", "/v1/catalogue"), ("POST", "/v1/ask/revenue")):
        error = owner.request(method, path, content=b"{" if method == "POST" else None).json()["error"]
        assert error["remedy"]


def test_a_bug_shows_no_insides(server, owner, monkeypatch):
    monkeypatch.setattr(server.shop, "ask", lambda *_, **__: 1 / 0)
    response = owner.post("/v1/ask/revenue?fresh=1", json={})
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "broken"
    assert "ZeroDivision" not in response.text


def test_bodies_are_bounded(owner):
    assert owner.post("/v1/ask/revenue", content=b" " * (1 << 20) + b"{}").status_code == 413

    def endless():  # no Content-Length: counted as it comes
        yield from (b" " * 65536 for _ in range(20))

    assert owner.post("/v1/ask/revenue", content=endless()).json()["error"]["code"] == "too_large"


def test_every_response_keeps_browsers_careful(server, owner):
    for path in ("/signin", "/health", "/v1/catalogue", "/nothing", "/static/style.css"):
        headers = owner.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"], "no script runs at all"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers
    foreign = owner.options("/v1/catalogue", headers={"Origin": "https://evil.example"})
    assert not [name for name in foreign.headers if name.startswith("access-control")]


def test_who_leaves_takes_his_query_with_him(server, keys, monkeypatch):
    started, ended, outcome = threading.Event(), threading.Event(), []

    def slow(question, *, tag, mask):
        started.set()
        try:
            server.shop.store.select(
                "SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 1", tag=tag
            )
        except Exception as error:
            outcome.append(error)
            raise
        finally:
            ended.set()

    monkeypatch.setattr(server.shop, "ask", slow)
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as client:
        client.sendall(
            f"POST /v1/ask/revenue?fresh=1 HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {keys['owner']}\r\n"
            "Content-Length: 2\r\n\r\n{}".encode()
        )
        assert started.wait(20)
        assert not ended.wait(0.2), "the query must be running when the client leaves"
    assert ended.wait(20)
    assert isinstance(outcome[0], QueryTooLong)
    assert "cancelled" in outcome[0].sentence


def test_an_upload_is_taken_in_from_the_data_directory(server, owner, monkeypatch):
    seen = {}

    def take(paths, *, progress, **options):
        seen.update(options, names=[path.name for path in paths], texts=[path.read_bytes() for path in paths])
        seen["inside"] = all(path.is_relative_to(server.shop.settings.data) for path in paths)
        progress("orders.csv", 1, 2)
        return [ImportReport(import_id="i", file="orders.csv", source="متجر", dry_run=True, rows=2)]

    monkeypatch.setattr(server.shop, "import_files", take, raising=False)
    files = [("file", ("../../طلبات.csv", b"a,b\r\n1,2\r\n")), ("file", ("c:\\x\\two.csv", b"x" * 3_000_000))]
    data = {"source": "متجر", "mapping": '{"date": "Order date"}', "dry_run": "yes"}
    lines = [json.loads(line) for line in owner.post("/v1/import", files=files, data=data).text.splitlines()]
    assert [list(line) for line in lines] == [["progress"], ["reports"]]
    assert lines[0]["progress"] == ["orders.csv", 1, 2]
    assert [(report["file"], report["rows"]) for report in lines[1]["reports"]] == [("orders.csv", 2)]
    assert seen["names"] == ["طلبات.csv", "two.csv"]
    assert seen["texts"] == [b"a,b\r\n1,2\r\n", b"x" * 3_000_000]
    assert seen["inside"]
    assert (seen["source"], seen["mapping"], seen["dry_run"]) == ("متجر", {"date": "Order date"}, True)
    assert not list((server.shop.settings.data / "uploads").iterdir()), "uploads are removed"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"x", "text/plain"),
        (b"", "multipart/form-data"),
        (b"garbage", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_a_bad_upload_is_refused_in_a_sentence(server, owner, content, content_type):
    response = owner.post("/v1/import", content=content, headers={"Content-Type": content_type})
    assert response.status_code == 422
    assert "multipart/form-data" in response.json()["error"]["remedy"]
    assert not list((server.shop.settings.data / "uploads").glob("*"))
