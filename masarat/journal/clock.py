"""The clock the journal reads: wall time for names, a steady one for ages."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    def wall_ms(self) -> int:
        """Milliseconds since 1970; may jump."""
        ...

    def steady(self) -> float:
        """Seconds since some moment; never jumps."""
        ...


class RealClock:
    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def steady(self) -> float:
        return time.monotonic()
