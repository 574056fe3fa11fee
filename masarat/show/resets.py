"""New passwords by letter: a link that is good for half an hour and once, only while the password is the old one.

Nothing of it is kept: it is signed with the shop's own secret, over the hash of the password that it replaces (as Django's
`PasswordResetTokenGenerator` does), so it ends with that password, and for who is set aside.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from sqlalchemy import select

from masarat.errors import NotSignedIn
from masarat.records.models import User
from masarat.records.secrets import keyed
from masarat.settings import Settings
from masarat.show.accounts import Accounts, check_password

MINUTES = 30


class Resets:
    """The links of one shop."""

    def __init__(
        self, accounts: Accounts, settings: Settings, clock: Callable[[], float] = time.time
    ) -> None:
        self._accounts, self._settings, self._clock = accounts, settings, clock

    def link(self, email: str) -> tuple[User, str] | None:
        """Whose password it is and the secret part of the link; None where nobody signs in with this address."""
        with self._accounts.records.transaction() as t:
            user = t.scalar(
                select(User).where(User.email == email.strip().lower(), User.disabled_at.is_(None))
            )
        if user is None:
            return None
        until = int(self._clock()) + MINUTES * 60
        return user, f"{user.id}.{until}.{self._sign(user, until)}"

    def user(self, token: str) -> User:
        """Whose link it is. NotSignedIn where it is none of ours, too old, or used."""
        number, _, rest = token.partition(".")
        until, _, signed = rest.partition(".")
        if all(part.isascii() and part.isdecimal() and len(part) < 16 for part in (number, until)):
            with self._accounts.records.transaction() as t:
                user = t.get(User, int(number))
            good = user and hmac.compare_digest(self._sign(user, int(until)).encode(), signed.encode())
            if user and good and user.disabled_at is None and self._clock() < int(until):
                return user
        raise NotSignedIn("This link is no longer good.", "Ask for another one.")

    def use(self, token: str, password: str) -> User:
        """Change the password of whose link it is; every browser is signed out. BadParameter where the new one will not do."""
        user = self.user(token)
        check_password(password)
        self._accounts.change_password(
            user.email, password, actor=f"user:{user.email}", before=user.password_hash
        )
        return user

    def _sign(self, user: User, until: int) -> str:
        text = f"reset\0{user.id}\0{user.email}\0{until}\0{user.password_hash}"
        return keyed(self._settings)(text).hex()
