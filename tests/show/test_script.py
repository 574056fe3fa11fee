"""The browser SDK as a page of a shop gets it."""

import gzip

import httpx
import pytest
from fastapi import FastAPI

from masarat.show.http import errors, script
from tests.support.loops import run


@pytest.fixture
def get():
    """Ask for a path as a browser does."""
    app = FastAPI()
    for name in script.FILES:
        app.add_api_route(f"/{name}", script.script)
    errors.install(app)

    def get(path, method="GET", **headers) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://masarat.example") as client:
                given = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers={"accept-encoding": "identity"} | given)

        return run(ask())

    return get


@pytest.mark.parametrize("name", script.FILES)
def test_any_site_may_load_it(get, name):
    got = get(f"/{name}", origin="https://shop.example")
    assert got.status_code == 200
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"
    assert got.content == (script.SDK / name).read_bytes()


def test_it_is_sent_again_only_when_it_has_changed(get):
    first = get("/m.js")
    assert "max-age=3600" in first.headers["cache-control"]
    again = get("/m.js", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert get("/m.js", if_none_match='W/"another"').status_code == 200


def test_it_is_packed_where_the_browser_can_unpack_it(get):
    plain = get("/m.js").content
    packed = get("/m.js", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain))


def test_where_it_was_not_built_the_remedy_is_told(get, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "SDK", tmp_path)
    refused = get("/m.js", accept="application/json")
    assert refused.status_code == 503
    assert "make setup" in refused.text
