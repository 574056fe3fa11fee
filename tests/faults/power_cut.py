"""Power cuts: ext4 on a loop device is shut down without flushing its log while a child appends; unsynced data vanishes."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path
from random import Random

from masarat.journal import RealDisk
from tests.faults.lives import Lives, Unsynced
from tests.faults.mounts import command, in_own_mounts
from tests.faults.result import Result

SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2


def run(options) -> list[Result]:
    return in_own_mounts("power cut", lambda place: _real_and_control(place, options.cuts, options.seed))


def _real_and_control(place: Path, cuts: int, seed: int) -> list[Result]:
    real = _cut(place / "real", cuts, seed, RealDisk())
    control = _cut(place / "control", min(cuts, 10), seed, Unsynced())
    return [
        Result(
            "power cut", not real.lost() and not real.doubled() and bool(real.acknowledged), _says(cuts, real)
        ),
        Result("power cut, control", control.lost() > 0, f"must lose: {_says(min(cuts, 10), control)}"),
    ]


def _says(cuts: int, lives: Lives) -> str:
    return f"{cuts} cuts: {lives.lost():,} lost and {lives.doubled():,} doubled of {len(lives.acknowledged):,} acknowledged events"


def _cut(place: Path, cuts: int, seed: int, disk: RealDisk) -> Lives:
    mount, image = place / "mount", place / "image"
    mount.mkdir(parents=True)
    with image.open("wb") as file:
        file.truncate(64 << 20)
    command("mkfs.ext4", "-q", "-F", image)
    lives = Lives(mount / "journal", Random(seed), disk=disk)
    for _ in range(cuts):
        command("mount", "-o", "loop", image, mount)
        lives.live(lives.random.uniform(0.01, 0.06), end=lambda: shut_down(mount))
        command("umount", mount)
    command("mount", "-o", "loop", image, mount)
    lives.settle()
    command("umount", mount)
    return lives


def shut_down(mount: Path) -> None:
    descriptor = os.open(mount, os.O_RDONLY)
    fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    os.close(descriptor)
