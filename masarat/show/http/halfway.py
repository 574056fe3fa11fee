"""Who gave the right password and owes a code yet: kept in memory for a few minutes, under a secret that stands in their form."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from masarat.records.models import User

SECONDS = 300
MOST = 1000  # the oldest give way


class Halfway:
    """Everybody between password and code."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: OrderedDict[str, tuple[User, float]] = OrderedDict()

    def wait(self, user: User) -> str:
        """The secret under which this user may give the code."""
        secret = secrets.token_urlsafe(32)
        self._waiting[secret] = (user, self._clock() + SECONDS)
        while len(self._waiting) > MOST:
            self._waiting.popitem(last=False)
        return secret

    def who(self, secret: str) -> User | None:
        """Who waits under this secret; None where nobody does, or it took them too long."""
        user, until = self._waiting.get(secret, (None, 0.0))
        return user if self._clock() < until else None

    def leave(self, secret: str) -> None:
        self._waiting.pop(secret, None)
