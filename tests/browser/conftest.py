"""A real Chromium, which must be there: these tests never skip. It may speak to this machine only, and must not complain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from masarat.show.http.door import COOKIE
from tests.support import chromium
from tests.support.inside import Inside, inside
from tests.support.served import EVENTS
from tests.support.shop import write

QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HERE = ("127.0.0.1", "localhost")
expect.set_options(timeout=20_000)  # machines that do much else are slow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def base_url() -> None:
    """Ours are given in full; the plugin's own fixture is deprecated by pytest."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    path = chromium.find()
    if not path:
        pytest.fail(f"The browser tests need a Chromium, and there is none. {chromium.REMEDY}", pytrace=False)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path, "args": [*QUIET, *(["--no-sandbox"] if root else [])]}


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong on the page; a test takes out what it meant to happen."""
    return []


@pytest.fixture
def page(page: Page, wrong: list[str]) -> Iterator[Page]:
    """A page that fails the test when the console complains or anything leaves this machine."""

    def console(message: ConsoleMessage) -> None:
        slow = "preload but not used within a few seconds" in message.text  # says how slow the machine is
        if message.type in ("error", "warning") and not slow:
            wrong.append(f"console: {message.text}")

    def request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.hostname not in HERE:
            wrong.append(f"left this machine: {request.url}")

    def response(response: Response) -> None:
        if response.status >= 500:
            wrong.append(f"{response.status}: {response.url}")

    page.on("response", response)
    page.on("console", console)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", request)
    page.set_default_timeout(20_000)
    yield page
    assert not wrong


@pytest.fixture
def new_shop(engine, tmp_path) -> Iterator[Inside]:
    """A server over the small shop, to which nobody has an account yet."""
    with _server(engine, tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def shop(engine, tmp_path_factory) -> Iterator[Inside]:
    """The same with an owner; tests share it and change nothing."""
    with _server(engine, tmp_path_factory.mktemp("shop")) as server:
        yield server


@pytest.fixture
def owner(shop: Inside, page: Page) -> Page:
    """A page on which the owner of `shop` is signed in."""
    return sign_in(shop, page)


def sign_in(server: Inside, page: Page) -> Page:
    """Give the page a session; the form itself has its own test."""
    accounts = server.accounts
    if accounts.is_empty():
        accounts.add("noura@example.com", "owner", "three small words", name="نورة")
    secret = accounts.open_session(accounts.users()[0])
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": server.url}])
    return page


def _server(engine, data: Path) -> AbstractContextManager[Inside]:
    store = engine.store()
    write(store, EVENTS)
    return inside(store, data)


def empty_shop(engine, data: Path) -> AbstractContextManager[Inside]:
    """A server over a shop in which nothing happened yet, and to which nobody has an account."""
    return inside(engine.store(), data)
