"""A connection to a program, asked into an empty store, or only listened to; waits are noted, not waited."""

from __future__ import annotations

import pytest

from masarat.collect import connections, syncing
from masarat.collect.syncing import sync


@pytest.fixture
def waits():
    """How long the connector would have waited, each time."""
    return []


@pytest.fixture
def ask(store, records, waits):
    """Connect a program and sync it; the run."""
    return asking(store, records, waits)


@pytest.fixture
def told(monkeypatch):
    """The pages that programs tell in this test: they are kept here, and put into no store, which takes a fifth of a second for each."""
    pages = []

    def keep(store, records, connection, page, hear, run):
        pages.append(page)
        return syncing.Came()

    monkeypatch.setattr(syncing, "put_page", keep)
    return pages


@pytest.fixture
def listen(told, records, waits):
    """Like `ask`, for what a connector asks, waits for and tells, whatever the store makes of it."""
    return asking(None, records, waits)


def asking(store, records, waits):
    def ask(connector, *, again=False, hear=lambda lines: None, **given):
        if given:
            connections.connect(records, connector, connector, given)
        return sync(store, records, connector, hear, again=again, sleep=waits.append)

    return ask
