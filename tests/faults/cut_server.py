"""Power cuts through the whole server: its data lie on an ext4 of their own, which is shut down without flushing while it works.

What the store has taken must survive as well as what waits in the journal: the journal lets go of a segment only when the engine's
files are synced. The control leaves that sync out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from masarat.store import Store
from tests.faults.forked import Forked, log_of, new_shop
from tests.faults.kill_server import last
from tests.faults.mounts import command, in_own_mounts
from tests.faults.power_cut import shut_down
from tests.faults.result import Result
from tests.faults.sender import Judgement, Sender


def run(options) -> list[Result]:
    fault = "power cut of the server"
    return in_own_mounts(fault, lambda place: _real_and_control(fault, place, options))


def _real_and_control(fault: str, place: Path, options) -> list[Result]:
    cuts = max(1, options.rounds // 10)
    real = _shop(place / "real", cuts, Random(options.seed))
    control = _shop(place / "control", 4, Random(options.seed), _never_settle)
    return [
        Result(fault, real.holds, f"{cuts} cuts: {real}"),
        Result(f"{fault}, control", control.lost > 0, f"must lose: {control}"),
    ]


def _never_settle() -> None:
    """The control: what the engine wrote is taken for durable, as if it synced by itself."""
    Store.settle = lambda self: None


def _shop(place: Path, cuts: int, random: Random, before: Callable[[], None] | None = None) -> Judgement:
    mount, image = place / "mount", place / "image"
    mount.mkdir(parents=True)
    with image.open("wb") as file:
        file.truncate(1 << 30)
    command("mkfs.ext4", "-q", "-F", image)
    command("mount", "-o", "loop", image, mount)
    sender = Sender(new_shop(mount / "shop"), random)
    command("umount", mount)  # the shop itself is there for good
    for _ in range(cuts):
        command("mount", "-o", "loop", image, mount)
        _life(Forked(mount / "shop", before=before), sender, mount)
        command("umount", mount)
    command("mount", "-o", "loop", image, mount)
    last(mount / "shop", sender)
    found = sender.judge(mount / "shop")
    command("umount", mount)
    return found


def _life(server: Forked, sender: Sender, mount: Path) -> None:
    """Up to the cut: what the server says while its disk dies is not heard, as on a machine without power nobody would."""

    def cut() -> None:
        sender.hang_up()
        shut_down(mount)
        server.end()

    port = server.port()
    assert port, f"it does not start: {log_of(server.data).read_text()[-2000:]}"
    sender.load(port, sender.random.uniform(0.5, 4), cut)
