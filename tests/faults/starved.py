"""The data directory of a serving server becomes full, and read-only: it refuses with 503 and a time, lives, and goes on after."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults.forked import Forked, new_shop
from tests.faults.kill_server import last
from tests.faults.mounts import command, in_own_mounts
from tests.faults.result import Result
from tests.faults.sender import Answer, Sender, ask, body_of

PATIENCE_SECONDS = 60.0


def run(options) -> list[Result]:
    return in_own_mounts("the disk of the server", lambda place: _both(place, options.seed))


def _both(place: Path, seed: int) -> list[Result]:
    command("mount", "-t", "tmpfs", "-o", "size=300m", "none", place)
    full, read_only = place / "full" / "shop", place / "read-only" / "shop"
    ballast = place / "ballast"
    return [
        _starve("a full disk under the server", full, seed, lambda: _fill(ballast), ballast.unlink),
        _starve(
            "a read-only disk under the server",
            read_only,
            seed,
            lambda: _make_read_only(read_only),
            lambda: command("umount", "-l", read_only),
        ),
    ]


def _starve(
    fault: str, data: Path, seed: int, starve: Callable[[], None], feed: Callable[[], None]
) -> Result:
    sender = Sender(new_shop(data), Random(seed))
    server = Forked(data, before=lambda: os.environ.update(MASARAT_RESERVE="1M"))
    port = server.port()
    sender.load(port, 0.5, sender.hang_up)
    starve()
    refused = _until(503, port, sender)
    sender.load(port, 0.5, sender.hang_up)
    feed()
    back = _until(200, port, sender)
    sender.load(port, 0.5, server.end)
    last(data, sender)
    found = sender.judge(data)
    held = found.holds and bool(refused and refused.headers.get("retry-after")) and back is not None
    says = f"refused with {refused and refused.status}, then taken again: {back is not None}; {found}"
    return Result(fault, held, says)


def _until(status: int, port: int, sender: Sender) -> Answer | None:
    """The first answer of this status; None where none comes. A segment that is open may still grow for a second."""
    until = time.monotonic() + PATIENCE_SECONDS
    body = body_of([], sender.key).replace(
        b"[]", b'[{"type":"track","event":"X","userId":"u","messageId":"probe"}]'
    )
    sender.sent.add("probe")
    while time.monotonic() < until:
        answer = ask(port, body)
        if answer.status == status:
            return answer
        time.sleep(0.05)
    return None


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 12)):
                pass
        except OSError:
            return


def _make_read_only(data: Path) -> None:
    """Whatever is opened from now on; what is open stays so."""
    command("mount", "--bind", data, data)
    command("mount", "-o", "remount,bind,ro", data)
