"""The second factor at the door: turned on by who knows the password and shows a first code, asked after the password, turned off with a code.

Whoever lost the phone uses one of ten recovery codes, or an owner (or the command line) turns it off for them.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from masarat.errors import BadParameter, NotAllowed, UnknownName
from masarat.records import Records, Transaction, second_factor
from masarat.records.audit import note, operator
from masarat.records.models import User, now
from masarat.records.secrets import seal, unseal
from masarat.show import totp

RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz"  # none that look alike
GROUPS, GROUP = 4, 4  # 72 bits: as good as random, so a plain hash will do
LONGEST_CODE = 40  # with the spaces that people type


@dataclass(frozen=True, slots=True)
class State:
    """Whether somebody is asked for codes, and how many recovery codes they have left."""

    on: bool
    recovery_left: int


class SecondFactor:
    """The second factors of one shop. `clock` gives seconds since 1970."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.time) -> None:
        self._records, self._clock = records, clock

    def state(self, email: str) -> State:
        with self._records.transaction() as t:
            user = _known(t, email)
            return State(self.asked_of(t, user.id), second_factor.recovery_left(t, user.id))

    def everybody(self) -> set[int]:
        """The numbers of the users of whom codes are asked."""
        with self._records.transaction() as t:
            return second_factor.confirmed(t)

    def asked_of(self, t: Transaction, user_id: int) -> bool:
        """Whether this user signs in with a code beside the password."""
        kept = second_factor.of(t, user_id)
        return bool(kept and kept.confirmed_at)

    def begin(self, email: str) -> str:
        """A secret for the app on the phone; it is asked of nobody until `confirm`. BadParameter where one is asked already."""
        secret = totp.new_secret()
        with self._records.transaction() as t:
            user = _known(t, email)
            if self.asked_of(t, user.id):
                raise BadParameter("Codes are asked of you already.", "Turn them off first.")
            second_factor.keep(t, user.id, seal(secret, self._records.settings))
        return secret

    def confirm(self, email: str, code: str) -> list[str]:
        """From now on codes are asked. Back come the recovery codes, this once. NotAllowed where the code is wrong."""
        with self._records.transaction() as t:
            user = _known(t, email)
            kept = second_factor.of(t, user.id)
            if not kept or kept.confirmed_at:
                raise BadParameter("There is nothing to confirm.", "Begin anew.")
            if not self._spend(t, user.id, code):
                raise _wrong()
            t.refresh(kept)
            kept.confirmed_at = now()
            note(t, f"user:{user.email}", "changed", "user", [user.email], deed="codes on")
            return _renewed(t, user.id)

    def renew(self, email: str, code: str) -> list[str]:
        """Ten other recovery codes; those before open nothing any more. NotAllowed where the code is wrong."""
        with self._records.transaction() as t:
            user = _known(t, email)
            self._refuse_wrong(t, user.id, code)
            note(t, f"user:{user.email}", "changed", "user", [user.email], deed="recovery codes")
            return _renewed(t, user.id)

    def remove(self, email: str, code: str) -> None:
        """Codes are asked no more. NotAllowed where the code is wrong."""
        with self._records.transaction() as t:
            user = _known(t, email)
            self._refuse_wrong(t, user.id, code)
            second_factor.forget(t, user.id)
            note(t, f"user:{user.email}", "changed", "user", [user.email], deed="codes off")

    def reset(self, email: str, *, actor: str = "") -> None:
        """Codes are asked of somebody no more, whose phone is lost: the password alone opens."""
        with self._records.transaction() as t:
            user = _known(t, email)
            second_factor.forget(t, user.id)
            note(t, actor or operator(), "changed", "user", [user.email], deed="codes off")

    def opens(self, t: Transaction, user: User, code: str) -> bool:
        """Whether a code of the phone, or a recovery code, lets this user in; it is spent then."""
        if self._spend(t, user.id, code):
            return True
        if second_factor.spend_recovery(t, user.id, _hashed(code)):
            left = second_factor.recovery_left(t, user.id)
            note(t, f"user:{user.email}", "changed", "user", [user.email], deed="recovery code", left=left)
            return True
        return False

    def _refuse_wrong(self, t: Transaction, user_id: int, code: str) -> None:
        if not self.asked_of(t, user_id):
            raise BadParameter("No codes are asked of you.", "Turn them on first.")
        user = t.get_one(User, user_id)
        if not self.opens(t, user, code):
            raise _wrong()

    def _spend(self, t: Transaction, user_id: int, code: str) -> bool:
        kept = second_factor.of(t, user_id)
        if not kept or len(code) > LONGEST_CODE:
            return False
        step = totp.step_of(code, unseal(kept.sealed, self._records.settings), self._clock())
        return step is not None and second_factor.spend_step(t, user_id, step)


def _wrong() -> NotAllowed:
    return NotAllowed("The code is wrong, or was used before.", "Wait for the next one, and check the clock.")


def _known(t: Transaction, email: str) -> User:
    if user := t.scalar(select(User).where(User.email == email.strip().lower())):
        return user
    raise UnknownName("user", email, list(t.scalars(select(User.email))))


def _renewed(t: Transaction, user_id: int) -> list[str]:
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    second_factor.renew_recovery(t, user_id, [_hashed(each) for each in codes])
    return codes


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def _hashed(code: str) -> str:
    """However it was typed: with or without hyphens and spaces, in capitals or not."""
    letters = "".join(letter for letter in code[:LONGEST_CODE].lower() if letter.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
