"""The simulation over many seeds, on every core, and the controls that must lose."""

from __future__ import annotations

import multiprocessing
import os
import time

from tests.faults.result import Result
from tests.journal.simulation import World, play


def run(options) -> list[Result]:
    started = time.monotonic()
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        seeds = range(options.seed, options.seed + options.schedules)
        ends = pool.map(end_of, seeds, chunksize=50)
    bad = [seed for seed, (_, wrong) in zip(seeds, ends, strict=True) if wrong]
    events = sum(acknowledged for acknowledged, _ in ends)
    says = f"{len(seeds):,} schedules in {time.monotonic() - started:.0f} s: {len(bad)} wrong (seeds {bad[:5]}) of {events:,} acknowledged events"
    return [Result("simulation", not bad, says)]


def end_of(seed: int) -> tuple[int, int]:
    """(acknowledged, lost or doubled or left behind) of one schedule."""
    world = World(seed)
    play(world)
    world.settle()
    return len(world.acknowledged), len(world.lost()) + len(world.doubled()) + len(world.left_behind())
