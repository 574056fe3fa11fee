"""kill -9 under load: at random moments, and at every failpoint."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from tests.faults.lives import FAILPOINTS, Lives
from tests.faults.result import Result


def run(options) -> list[Result]:
    with tempfile.TemporaryDirectory() as directory:
        lives = Lives(Path(directory) / "journal", Random(options.seed))
        for number in range(options.kills):
            if number % 2:
                lives.live(lives.random.uniform(0.005, 0.06))
            else:
                lives.live(
                    2.0, failpoint=FAILPOINTS[number // 2 % len(FAILPOINTS)], hit=lives.random.randint(0, 8)
                )
        lives.settle()
    lost, doubled = lives.lost(), lives.doubled()
    says = f"{options.kills} kills: {lost} lost and {doubled} doubled of {len(lives.acknowledged):,} acknowledged events"
    return [Result("kill -9", not lost and not doubled and bool(lives.acknowledged), says)]
