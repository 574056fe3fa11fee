"""Syncs that are cut off at every request in turn, and go on: together they must tell the pages of an undisturbed one, each once.

No store is needed for that; what it makes of a page that comes twice is tried in tests/collect/test_syncing.py.
"""

from __future__ import annotations

import msgspec
import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Unanswered
from masarat.collect.syncing import sync
from tests.support.programs import Said


class Broken(list):
    """Answers for a Program: the request of this number is answered with nonsense."""

    def __init__(self, number):
        super().__init__()
        self.number, self.seen = number, -1

    def __bool__(self):
        self.seen += 1
        return self.seen == self.number

    def pop(self, _=0):
        return Said(b"<html>", 200)


def told_the_same_wherever_cut(served, told, records, connector, given):
    """Sync whole, then once for every request it took, cut off there and gone on with; yields of each cut how many requests that took."""

    def fresh():
        if any(one.name == connector for one in connections.every(records)):
            connections.disconnect(records, connector)
        connections.connect(records, connector, connector, given)
        served.calls.clear()
        told.clear()

    def ask():
        return sync(None, records, connector, list, sleep=lambda seconds: None)

    fresh()
    assert ask().error == ""
    wanted, asked = _said(told), len(served.calls)
    assert wanted
    assert asked > 1
    for cut in range(asked):
        fresh()
        served.first = Broken(cut)
        with pytest.raises(Unanswered):
            ask()
        before = len(served.calls)
        assert ask().error == ""
        assert _said(told) == wanted, f"cut off at request {cut}"
        yield cut, len(served.calls) - before
    served.first = []


def _said(pages):
    """All that was told, page by page; when a move was received is another moment each time."""
    return [
        (
            page.kind,
            page.guessed,
            page.rows,
            [msgspec.structs.replace(move, received_at=0.0) for move in page.moves],
        )
        for page in pages
        if page.rows or page.moves
    ]
