"""kill -9 of a door worker under load: the others and its successor go on, and what it had acknowledged is not lost with it."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path
from random import Random

from tests.faults.forked import Forked, new_shop
from tests.faults.kill_server import last
from tests.faults.result import Result
from tests.faults.sender import Judgement, Sender

WORKERS_A_LIFE = 5  # that die before the server does


def run(options) -> list[Result]:
    kills = max(1, options.rounds // 20)
    found = _shop(kills, Random(options.seed))
    return [Result("kill -9 of a worker", found.holds, f"{kills} workers killed: {found}")]


def _shop(kills: int, random: Random) -> Judgement:
    """Lives of a server with one worker, whose worker dies some times before it dies itself."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "shop"
        sender = Sender(new_shop(data), random)
        while kills > 0:
            server = Forked(data, "--workers", "1", "--events-port", "0")
            port = server.port()
            for _ in range(min(kills, WORKERS_A_LIFE)):
                sender.finish(port)  # once there is a worker
                sender.load(port, random.uniform(0.1, 1), lambda server=server: _kill(server, random))
            sender.finish(port)
            sender.load(port, 0.5, server.end)
            kills -= WORKERS_A_LIFE
        last(data, sender)
        return sender.judge(data)


def _kill(server: Forked, random: Random) -> None:
    os.kill(random.choice(server.workers()), signal.SIGKILL)
