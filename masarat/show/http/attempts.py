"""How often somebody may try to sign in: counted in memory, per account, per address, and per both."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable

from masarat.errors import TooManyTries

WINDOW_SECONDS = 300
MOST_KEYS = 10_000


class Attempts:
    """Failed tries of the last minutes. Beyond a limit the next is refused before the password is looked at."""

    def __init__(
        self, pair: int = 5, address: int = 30, account: int = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = {"pair": pair, "address": address, "account": account}
        self._clock = clock
        self._failures: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    def check(self, account: str, address: str) -> None:
        """Raises TooManyTries where a limit is met."""
        for key in _keys(account, address):
            if len(self._recent(key)) >= self._limits[key[0]]:
                raise TooManyTries("Too many tries to sign in.", "Wait five minutes, then try again.")

    def failed(self, account: str, address: str) -> None:
        if len(self._failures) > MOST_KEYS:
            self._forget()
        for key in _keys(account, address):
            self._failures[key].append(self._clock())

    def succeeded(self, account: str, address: str) -> None:
        self._failures.pop(_keys(account, address)[0], None)

    def _recent(self, key: tuple[str, str]) -> deque[float]:
        tries = self._failures.get(key, deque())
        while tries and tries[0] <= self._clock() - WINDOW_SECONDS:
            tries.popleft()
        return tries

    def _forget(self) -> None:
        """Drop what has passed, so that made-up addresses do not fill the memory."""
        for key in list(self._failures):
            if not self._recent(key):
                del self._failures[key]


def _keys(account: str, address: str) -> tuple[tuple[str, str], ...]:
    account = account.strip().lower()
    return (("pair", f"{account} {address}"), ("address", address), ("account", account))
