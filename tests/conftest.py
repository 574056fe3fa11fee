"""What every test may use: an empty store, and the real data sets where they are there."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from masarat.records import Records
from masarat.settings import Settings
from masarat.store import Store
from tests.support.postgres import Postgres, running
from tests.support.records import Opener, made_once
from tests.support.served import Served, fill, serving
from tests.support.shop import SHARED, Engine

os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Four thousand tests are kept in memory: looking for garbage among them took a fifth of the time.
gc.set_threshold(50_000, 50, 50)
# How long an example takes says more of the machine than of us.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
for name in [name for name in os.environ if name.startswith("MASARAT_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One embedded engine a process: it cannot open a second path."""
    return Engine(tmp_path_factory.mktemp("engine"))


@pytest.fixture(autouse=True)
def _only_what_is_needed() -> Iterator[None]:
    """The stores that a test made go with it; those of its file or of all stay."""
    before = len(Engine.made)
    yield
    Engine.drop_since(before)


@pytest.fixture(scope="session")
def records_made(tmp_path_factory: pytest.TempPathFactory) -> Opener:
    return made_once(tmp_path_factory.mktemp("records"))


@pytest.fixture(autouse=True)
def _records_made_once(
    request: pytest.FixtureRequest, records_made: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the tests of the records make them from nothing."""
    if request.path.name != "test_records.py":
        monkeypatch.setattr("masarat.records.open_engine", records_made)


@pytest.fixture
def store(engine: Engine) -> Store:
    """An empty store; the shop is in Riyadh and sells in riyals."""
    return engine.store()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL of the tests' own."""
    with running() as server, server.database() as address:
        Records(Settings(data=tmp_path_factory.mktemp("postgres"), records=address)).close()
        yield replace(server, made=address.rpartition("/")[2])


@pytest.fixture(params=["sqlite", "postgresql"])
def records_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A data directory whose records are empty: in a file, and once more on a PostgreSQL."""
    if request.param == "sqlite":
        yield Settings(data=tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    made = "" if request.path.name == "test_records.py" else server.made
    with server.database(made) as address:
        yield Settings(data=tmp_path, records=address)


@pytest.fixture
def records(records_settings: Settings) -> Iterator[Records]:
    """Empty records; whatever is done with them is tried on both databases."""
    opened = Records(records_settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small shop behind `masarat serve`, in a process of its own."""
    data = tmp_path_factory.mktemp("served")
    fill(data)
    with serving(data) as server:
        yield server
        said = server.stop(signal.SIGINT)
    assert (server.process.returncode, said) == (0, ""), "the server did not end well"


@pytest.fixture(scope="session")
def served_records(served: Served) -> Iterator[Records]:
    """The served shop's users and keys, opened beside the server."""
    records = Records(Settings(data=served.data))
    yield records
    records.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest file first, so that no process ends alone with it; tests marked `shared` skip, saying why, in a stranger's clone."""
    items.sort(key=lambda item: item.path.parent.name != "faults")
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason=f"the real data sets are not at {SHARED}"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The directory of real data sets; use together with @pytest.mark.shared."""
    return SHARED
