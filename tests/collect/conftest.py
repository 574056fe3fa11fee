"""Files taken into an empty store, one at a time."""

from __future__ import annotations

import pytest

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.records import Records
from masarat.settings import Settings


@pytest.fixture
def records(tmp_path):
    found = Records(Settings(data=tmp_path))
    yield found
    found.close()


@pytest.fixture
def take(store, records, tmp_path):
    """Write a file and take it in; the one report."""

    def take(text, name="orders.csv", *, dry_run=False, watch=None, **choices):
        path = tmp_path / name
        path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text, "utf-8")
        return import_files(store, records, [path], Choices(**choices), dry_run=dry_run, watch=watch)[0]

    return take
