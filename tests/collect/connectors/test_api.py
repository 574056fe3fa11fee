"""Answers that come slowly: who stops a sync, or has waited long enough, does not wait for their end."""

from __future__ import annotations

import threading

import httpx
import pytest

from masarat.collect.connectors import api as connecting
from masarat.collect.connectors.api import Api, Stopped, Unanswered


class Slow(httpx.SyncByteStream):
    """An answer in a thousand parts; something happens after the first."""

    def __init__(self, after_first):
        self.after_first, self.parts = after_first, 0

    def __iter__(self):
        for self.parts in range(1, 1001):
            yield b" "
            if self.parts == 1:
                self.after_first()


def api_of(stream, **options):
    made = Api("Till", "http://till.example", **options)
    made._client = httpx.Client(
        base_url="http://till.example",
        transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=stream)),
    )
    return made


def test_who_stops_waits_for_no_answers_end():
    stop = threading.Event()
    slow = Slow(stop.set)
    with api_of(slow, stop=stop) as api, pytest.raises(Stopped):
        api.get("/orders")
    assert slow.parts < 5


def test_an_answer_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(connecting, "LONGEST_ANSWER", -1.0)
    waits = []
    slow = Slow(lambda: None)
    with api_of(slow, sleep=waits.append) as api, pytest.raises(Unanswered, match="takes too long"):
        api.get("/orders")
    assert (len(waits), slow.parts) == (6, 1)
