"""The real data sets in a store, loaded once for all questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from masarat.store import Store
from tests.support.cdnow import write_cdnow
from tests.support.online_retail import write_online_retail
from tests.support.shop import Engine


@pytest.fixture(scope="session")
def retail(engine: Engine, shared_data: Path) -> Store:
    """Online Retail; use together with @pytest.mark.shared, and only read."""
    store = engine.store(timezone="UTC")
    write_online_retail(store, shared_data)
    return store


@pytest.fixture(scope="session")
def cdnow(engine: Engine, shared_data: Path) -> Store:
    """CDNOW; use together with @pytest.mark.shared, and only read."""
    store = engine.store(timezone="UTC")
    write_cdnow(store, shared_data)
    return store
