"""kill -9 of the whole server under load: at random moments of its work, and of its start; then everything must be in the store once."""

from __future__ import annotations

import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from masarat.journal import Journal
from tests.faults.forked import Forked, log_of, new_shop
from tests.faults.result import Result
from tests.faults.sender import Judgement, Sender

ROUNDS_A_SHOP = 100
CONTROLS = 5
EARLY = 0.2  # of the kills come while it starts


def run(options) -> list[Result]:
    random = Random(options.seed)
    results = []
    for start in range(0, options.rounds, ROUNDS_A_SHOP):
        rounds = min(ROUNDS_A_SHOP, options.rounds - start)
        found = _shop(rounds, random)
        results.append(Result("kill -9 of the server", found.holds, f"{rounds} kills: {found}"))
    control = _control(min(options.rounds, 3), random)
    results.append(Result("kill -9 of the server, control", control.lost > 0, f"must lose: {control}"))
    return results


def acknowledge_first() -> None:
    """The control: a journal that says yes to what it holds in memory, and writes it a moment later, as many do."""
    commit = Journal._commit

    def late(self, group):
        self._answer(group, None)
        time.sleep(0.2)
        commit(self, group)

    Journal._commit = late


def _control(rounds: int, random: Random) -> Judgement:
    """A few deaths may all come before anything was acknowledged, on a slow machine above all: then it dies again."""
    found = _shop(rounds, random, acknowledge_first)
    for _ in range(CONTROLS - 1):
        if found.lost:
            break
        found = _shop(rounds, random, acknowledge_first)
    return found


def _shop(rounds: int, random: Random, before: Callable[[], None] | None = None) -> Judgement:
    """One data directory through as many deaths; a last life takes what was never answered, and ends in peace."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "shop"
        sender = Sender(new_shop(data), random)
        for _ in range(rounds):
            _life(Forked(data, before=before), sender)
        last(data, sender)
        return sender.judge(data)


def _life(server: Forked, sender: Sender) -> None:
    if sender.random.random() < EARLY:
        time.sleep(sender.random.uniform(0, 1.5))
        server.end()
    elif port := server.port():
        sender.load(port, sender.random.uniform(0.01, 1.2), server.end)
    else:
        server.end()
        raise AssertionError(f"it does not start: {log_of(server.data).read_text()[-2000:]}")


def last(data: Path, sender: Sender) -> None:
    server = Forked(data)
    sender.finish(server.port())
    drained = server.drained()
    status = server.end(signal.SIGTERM)
    assert (drained, status) == (True, 0), f"{log_of(data).read_text()[-1500:]}\n{drained=} {status=}"
