"""Run every bench: `python -m bench`."""

from __future__ import annotations

import runpy
import sys

BENCHES = (
    "bench.importing",
    "bench.merchant_day",
    "bench.report",
    "bench.journal",
    "bench.identity",
    "bench.customer",
    "bench.door",
    "bench.behaviour",
)

for name in BENCHES:
    print(f"\n== {name}", flush=True)
    sys.argv = [name]
    runpy.run_module(name, run_name="__main__")
