"""A door with a key, for the packages of others; Chromium as the browser tests have it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from masarat.collect import keys
from tests.browser.conftest import base_url, browser_type_launch_args, page, wrong  # noqa: F401
from tests.sdks.said import NODE_MODULES, REMEDY, Stored
from tests.support.inside import Inside, inside

KEY = "phc_web"


@pytest.fixture
def door(store, tmp_path) -> Iterator[Inside]:
    """A real server on a port of its own, which knows one key."""
    with inside(store, tmp_path) as served:
        keys.add(served.shop.records, "web", key=KEY)
        yield served


@pytest.fixture
def stored(door: Inside):
    """What came in; the door is shut then."""

    def look() -> Stored:
        found = Stored.of(door.stored())
        assert door.shop.store.select("SELECT reason, raw FROM quarantine") == []
        return found

    return look


@pytest.fixture(scope="session")
def node_modules():
    """Where the packages of npm are; they must be there."""
    if not (NODE_MODULES / ".ready").exists():
        pytest.fail(REMEDY, pytrace=False)
    return NODE_MODULES
