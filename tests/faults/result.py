"""What one fault showed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`ok` is None where the machine cannot make this fault; `says` then tells why."""

    fault: str
    ok: bool | None
    says: str

    def __str__(self) -> str:
        return f"{ {True: 'held', False: 'FAILED', None: 'cannot'}[self.ok]:7} {self.fault:50} {self.says}"
