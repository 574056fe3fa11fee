"""What every test may use: an empty store, and the real data sets where they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from masarat.store import Store
from tests.support.shop import SHARED, Engine

os.environ["OPENBLAS_NUM_THREADS"] = "1"
for name in [name for name in os.environ if name.startswith("MASARAT_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One embedded engine a process: it cannot open a second path."""
    return Engine(tmp_path_factory.mktemp("engine"))


@pytest.fixture
def store(engine: Engine) -> Store:
    """An empty store; the shop is in Riyadh and sells in riyals."""
    return engine.store()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `shared` skip, saying why, where a stranger's clone has no ../shared."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason=f"the real data sets are not at {SHARED}"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The directory of real data sets; use together with @pytest.mark.shared."""
    return SHARED
