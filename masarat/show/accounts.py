"""Who may come in: people with a password, browsers with a session, programs with a key.

Passwords are kept as Argon2 hashes; session secrets and keys, which are random and long, as their SHA-256.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update

from masarat.errors import BadParameter, NotAllowed, NotSignedIn, UnknownName
from masarat.records import Records, Transaction
from masarat.records.audit import note, operator
from masarat.records.models import ApiKey, Session, User, now
from masarat.show.roles import check_role
from masarat.show.second_factor import SecondFactor

SESSION_DAYS = 14
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200  # hashing costs time: nobody may send us a book
KEY_PREFIX = "msr_"
SEEN_MINUTES = 5  # how old the note may be of when a browser was last seen


class CodeNeeded(NotSignedIn):
    """The password is right, and a code of the phone is asked beside it. `user` is who knows the password."""

    def __init__(self, user: User) -> None:
        super().__init__("A code is needed beside the password.", "Open the app on your phone that shows it.")
        self.user = user


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody let in."""

    name: str
    role: str
    language: str = ""
    actor: str = ""  # as the audit log names them


class Accounts:
    """The users, sessions and keys of one shop."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.second = SecondFactor(records)
        self._hasher = PasswordHasher()
        self._first = threading.Lock()

    # People

    def is_empty(self) -> bool:
        with self.records.transaction() as t:
            return not t.scalar(select(func.count()).select_from(User))

    def add(
        self, email: str, role: str, password: str, *, name: str = "", language: str = "", actor: str = ""
    ) -> User:
        """A new user. BadParameter where the address or password will not do, or the address is taken."""
        email, role = check_email(email), check_role(role)
        user = User(email=email, role=role, name=name.strip(), language=language)
        user.password_hash = self._hasher.hash(check_password(password))
        with self.records.transaction() as t:
            if _user(t, email):
                raise BadParameter(f"{email} has an account already.", "Use masarat user password.")
            t.add(user)
            note(t, actor or operator(), "changed", "user", [email], deed="added", role=role)
        return user

    def add_first(self, email: str, password: str, *, name: str = "", language: str = "") -> User:
        """The first owner; refused as soon as anybody has an account."""
        with self._first:
            if not self.is_empty():
                raise NotSignedIn("This shop has an owner already.", "Sign in.")
            actor = f"user:{check_email(email)}"
            return self.add(email, "owner", password, name=name, language=language, actor=actor)

    def users(self) -> list[User]:
        with self.records.transaction() as t:
            return list(t.scalars(select(User).order_by(User.id)))

    def change_own_password(self, email: str, old: str, new: str) -> None:
        """A new password for who knows the old one; every browser is signed out. NotAllowed where it is wrong."""
        self.refuse_wrong_password(email, old)
        self.change_password(email, new, actor=f"user:{email}")

    def refuse_wrong_password(self, email: str, password: str) -> None:
        """NotAllowed where it is not this user's."""
        with self.records.transaction() as t:
            known = self._known(t, email).password_hash
        if not self._matches(known, password):
            raise NotAllowed("The old password is wrong.", "Try again, or ask an owner for a new one.")

    def change_password(self, email: str, password: str, *, actor: str = "", before: str = "") -> None:
        """A new password; every browser signed in with the old one is signed out. NotSignedIn where the old one is not `before` (its hash)
        any more, if that is given."""
        with self.records.transaction() as t:
            user = self._known(t, email)
            if before:
                t.refresh(user, with_for_update=True)  # two uses of one link at the same moment: one waits
            if before and user.password_hash != before:
                raise NotSignedIn("This password was changed meanwhile.", "Sign in with the new one.")
            user.password_hash = self._hasher.hash(check_password(password))
            t.execute(delete(Session).where(Session.user_id == user.id))
            note(t, actor or operator(), "changed", "user", [user.email], deed="new password")

    def disable(self, email: str, *, actor: str = "") -> None:
        """Nobody signs in as this user any more; refused for the last owner."""
        with self.records.transaction() as t:
            user = self._known(t, email)
            _refuse_last_owner(t, user)
            user.disabled_at = now()
            t.execute(delete(Session).where(Session.user_id == user.id))
            note(t, actor or operator(), "changed", "user", [user.email], deed="disabled")

    def enable(self, email: str, *, actor: str = "") -> None:
        """A user who was set aside signs in again, with the password they had."""
        with self.records.transaction() as t:
            user = self._known(t, email)
            user.disabled_at = None
            note(t, actor or operator(), "changed", "user", [user.email], deed="enabled")

    def change_role(self, email: str, role: str, *, actor: str = "") -> None:
        """Another role, from the next request on; refused for the last owner."""
        with self.records.transaction() as t:
            user = self._known(t, email)
            if check_role(role) != "owner":
                _refuse_last_owner(t, user)
            user.role = role
            note(t, actor or operator(), "changed", "user", [user.email], deed="role", role=role)

    def _known(self, t: Transaction, email: str) -> User:
        if user := _user(t, email):
            return user
        raise UnknownName("user", email, list(t.scalars(select(User.email))))

    # Browsers

    def sign_in(self, email: str, password: str, *, agent: str = "") -> str:
        """The secret of a new session. One sentence for every failure, and about the same time. CodeNeeded where a code is asked beside."""
        with self.records.transaction() as t:
            user = _user(t, email)
            coded = user is not None and self.second.asked_of(t, user.id)
        known = user is not None and user.disabled_at is None
        good = self._matches(user.password_hash if user else self._nobody, password)
        if user is None or not known or not good:
            raise NotSignedIn("The e-mail or the password is wrong.", "Try again, or ask an owner.")
        if coded:
            raise CodeNeeded(user)
        return self.open_session(user, agent=agent)

    def sign_in_coded(self, user: User, code: str, *, agent: str = "") -> str:
        """The secret of a new session for who gave the password just now (see CodeNeeded) and gives the code; NotSignedIn where it is
        wrong, or the account changed since."""
        with self.records.transaction() as t:
            found = t.get(User, user.id)
            same = found and not found.disabled_at and found.password_hash == user.password_hash
            if not found or not same or not self.second.opens(t, found, code):
                raise NotSignedIn("The code is wrong, or was used before.", "Wait for the next one.")
        return self.open_session(found, agent=agent)

    def open_session(self, user: User, *, agent: str = "") -> str:
        secret = secrets.token_urlsafe(32)
        expires = now() + timedelta(days=SESSION_DAYS)
        with self.records.transaction() as t:
            t.execute(delete(Session).where(Session.expires_at < now()))
            t.add(
                Session(user_id=user.id, secret_hash=_digest(secret), agent=agent[:300], expires_at=expires)
            )
        return secret

    def by_session(self, secret: str) -> Caller | None:
        with self.records.transaction() as t:
            found = t.execute(
                select(User, Session)
                .join(Session, Session.user_id == User.id)
                .where(Session.secret_hash == _digest(secret), Session.expires_at > now())
                .where(User.disabled_at.is_(None))
            ).one_or_none()
            if found is None:
                return None
            user, session = found
            if not session.seen_at or session.seen_at < now() - timedelta(minutes=SEEN_MINUTES):
                t.execute(update(Session).where(Session.id == session.id).values(seen_at=now()))
        name = user.name or user.email.split("@")[0]
        return Caller(name, user.role, user.language, f"user:{user.email}")

    def sessions(self, email: str, secret: str = "") -> list[tuple[Session, bool]]:
        """The browsers in which somebody is signed in, the newest first, each with whether it is the one with this secret."""
        with self.records.transaction() as t:
            user = self._known(t, email)
            found = t.scalars(
                select(Session)
                .where(Session.user_id == user.id, Session.expires_at > now())
                .order_by(Session.id.desc())
            )
            return [(each, each.secret_hash == _digest(secret)) for each in found]

    def end_sessions(self, email: str, *, number: int = 0, keep: str = "") -> int:
        """Sign somebody's browser out, or all but the one with the secret `keep`. Returns how many."""
        with self.records.transaction() as t:
            user = self._known(t, email)
            which = Session.id == number if number else Session.secret_hash != _digest(keep)
            ended = t.scalars(
                delete(Session).where(Session.user_id == user.id, which).returning(Session.id)
            ).all()
            note(t, f"user:{email}", "changed", "user", [email], deed="signed out", browsers=len(ended))
        return len(ended)

    def sign_out(self, secret: str) -> None:
        with self.records.transaction() as t:
            t.execute(delete(Session).where(Session.secret_hash == _digest(secret)))

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password matches, so that an unknown address takes as long as a known one."""
        return self._hasher.hash(secrets.token_urlsafe(32))

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return len(password) <= LONGEST_PASSWORD and self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    # Programs

    def add_key(self, name: str, role: str, *, actor: str = "") -> str:
        """A new key for a program; this is the only time it is seen."""
        secret = KEY_PREFIX + secrets.token_urlsafe(32)
        with self.records.transaction() as t:
            t.add(ApiKey(name=name, role=check_role(role), prefix=secret[:10], secret_hash=_digest(secret)))
            note(t, actor or operator(), "changed", "key", [name], deed="added", role=role, key=secret[:10])
        return secret

    def all_keys(self) -> list[ApiKey]:
        with self.records.transaction() as t:
            return list(t.scalars(select(ApiKey).order_by(ApiKey.id)))

    def by_key(self, secret: str) -> Caller | None:
        with self.records.transaction() as t:
            key = t.scalar(
                select(ApiKey).where(ApiKey.secret_hash == _digest(secret), ApiKey.revoked_at.is_(None))
            )
        return Caller(key.name, key.role, actor=f"key:{key.prefix} {key.name}") if key else None

    def revoke_key(self, name: str, *, actor: str = "") -> int:
        """End the keys of this name, or of this beginning of the key. Returns how many."""
        with self.records.transaction() as t:
            alive = list(t.scalars(select(ApiKey).where(ApiKey.revoked_at.is_(None))))
            found = [key for key in alive if name in (key.name, key.prefix)]
            if not found:
                raise UnknownName("key", name, [key.name for key in alive])
            for key in found:
                key.revoked_at = now()
                note(t, actor or operator(), "changed", "key", [key.name], deed="revoked", key=key.prefix)
        return len(found)


def check_email(email: str) -> str:
    email = email.strip().lower()
    name, at, domain = email.rpartition("@")
    if not (name and at and domain) or len(email) > 320 or any(c.isspace() for c in email):
        raise BadParameter(f"{email!r} is not an e-mail address.", "Write it like noura@example.com.")
    return email


def check_password(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadParameter(
            f"The password is shorter than {SHORTEST_PASSWORD} characters.",
            "A few words in a row make a good one.",
        )
    if len(password) > LONGEST_PASSWORD:
        raise BadParameter(
            f"The password is longer than {LONGEST_PASSWORD} characters.", "Choose a shorter one."
        )
    return password


def _refuse_last_owner(t: Transaction, user: User) -> None:
    owners = t.scalars(select(User.id).where(User.role == "owner", User.disabled_at.is_(None))).all()
    if list(owners) == [user.id]:
        raise BadParameter(f"{user.email} is the only owner.", "Add another owner first.")


def _user(t: Transaction, email: str) -> User | None:
    return t.scalar(select(User).where(User.email == email.strip().lower()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
