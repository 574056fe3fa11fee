"""kill -9 at any moment of an import; importing again ends in the same store."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from masarat.store import schema

ROOT = Path(__file__).parents[2]
DUMP = """
import json, sys
from masarat.settings import Settings
from masarat.store import Store
with Store(Settings(data=sys.argv[1])) as store:
    found = [store.select(f"SELECT {columns} FROM {table} ORDER BY ALL") for table, columns in json.loads(sys.argv[2]).items()]
    print(json.dumps(found, default=str))
"""


def python(*args: str, stdin: str = "") -> str:
    """What a Python process at the root of the project prints."""
    done = subprocess.run([sys.executable, *args], cwd=ROOT, input=stdin, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def take_in(data: Path, file: Path, *kills: dict[str, float]) -> list[int]:
    """Import a file, killed in each of these ways, and at last to the end; how the runs ended."""
    arguments = ["--data", str(data), "import", "--yes", str(file)]
    runs = [{"arguments": arguments, **kill} for kill in (*kills, {})]
    return json.loads(python("-m", "tests.support.killed", stdin=json.dumps(runs)))


def dump(data: Path) -> list[list[dict[str, object]]]:
    """All that stands, but for when and by which run it came."""
    events = next(table for table in schema.tables() if table.name == "events")
    columns = {
        "events": ", ".join(
            c for c in schema.columns(events) if c not in ("received_at", "import_id", "props")
        ),
        "traits": "visitor_id, trait, value, source, ts",
        "quarantine": "row_key, source, file, row_number, raw, field, reason, status",
    }
    return json.loads(python("-c", DUMP, str(data), json.dumps(columns)))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A file, and a later one that overlaps it, corrects a third of its orders, completes the pending and brings new ones."""
    folder = tmp_path_factory.mktemp("files")
    lines = [
        {
            "order_id": str(n // 3),
            "date": f"{2024 + n % 2}-{1 + n % 12:02}-15 10:00:00",
            "customer_id": f"c{n // 3 % 40}",
            "city": "الرياض" if n % 2 else "جدة",
            "sku": f"p{n % 7}",
            "quantity": "x" if n % 500 == 0 else str(1 + n % 3),
            "unit_price": str(n % 11 + 0.5),
            "status": "pending" if n // 3 % 10 == 0 else "completed",
        }
        for n in range(1_500)
    ]
    later = [{**line, "status": "completed", "city": "مكة", **_corrected(line)} for line in lines[500:]]
    later += [{**line, "order_id": f"n{line['order_id']}"} for line in lines[:300]]
    for name, rows in (("first.csv", lines), ("later.csv", later)):
        pl.DataFrame(rows).write_csv(folder / name)
    return folder / "first.csv", folder / "later.csv"


def _corrected(line: dict[str, str]) -> dict[str, str]:
    return {"unit_price": "9"} if int(line["order_id"]) % 3 == 0 else {}


@pytest.fixture(scope="module")
def begun(files, tmp_path_factory):
    """A store with the first file in it."""
    data = tmp_path_factory.mktemp("begun")
    assert take_in(data, files[0]) == [0]
    return data


@pytest.fixture(scope="module")
def undisturbed(files, begun, tmp_path_factory):
    """What stands after the later file, if nothing happens."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    shutil.copytree(begun, data, symlinks=True)
    assert take_in(data, files[1]) == [0]
    return dump(data)


@pytest.mark.long
def test_at_every_write(files, begun, undisturbed, tmp_path):
    """Killed at one write after another, on one store: every run picks up what the one before has left."""
    data = tmp_path / "data"
    shutil.copytree(begun, data, symlinks=True)
    ended = take_in(data, files[1], *({"at_write": n} for n in (6, 8, 10, 11, 13, 16, 19)))
    assert ended[-1] == 0
    assert ended.count(-signal.SIGKILL) >= 4
    assert dump(data) == undisturbed


def test_at_any_moment(files, begun, undisturbed, tmp_path):
    """Killed by the clock, wherever it happens to be, from an empty store on."""
    moments = [{"after_seconds": random.uniform(0.3, 2)} for _ in range(2)]
    assert take_in(tmp_path, files[0], *moments)[-1] == 0
    assert take_in(tmp_path, files[1], *moments)[-1] == 0
    assert dump(tmp_path) == undisturbed, moments
    assert not [*tmp_path.glob("spill-*"), *tmp_path.glob("*.arrow")]
