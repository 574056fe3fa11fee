"""A visitor without identifiers, for one day: a keyed hash of source, shortened address and agent, whose key is thrown away at midnight.

The same visitor has the same name all day and another one tomorrow; nobody can compute yesterday's name again, because its key is
gone. Two people with one kind of telephone behind one network are one visitor, so such visitors are a lower bound. The address itself
is never kept whole. (The way is that of Plausible, https://plausible.io/data-policy, with the address shortened before.)
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import date
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

from masarat.journal import Unavailable

KIND = "daily"
SALT_BYTES = 32
KEPT_BITS = {4: 24, 6: 48}
LONGEST = 64  # letters of an address that are read


class Salt:
    """The key of the day, one file shared by all door processes; older files are removed as soon as a day begins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._day: date | None = None
        self._key = b""

    def of(self, day: date) -> bytes:
        """The key of this day. Raises Unavailable where the disk neither has it nor takes it."""
        if day != self._day:
            try:
                self._key = self._share(day)
            except OSError as error:
                raise Unavailable(
                    f"The key of the day could not be kept: {error}.", "Give the data directory room."
                ) from None
            self._day = day
        return self._key

    def _share(self, day: date) -> bytes:
        """The key that whichever process came first has written: whole at once, since a link appears with its content."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"salt-{day.isoformat()}"
        mine = self._folder / f".salt-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(SALT_BYTES))
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink(missing_ok=True)
        self._forget(path.name)
        return path.read_bytes()

    def _forget(self, today: str) -> None:
        for old in self._folder.glob("salt-*"):
            if old.name < today:
                old.unlink(missing_ok=True)


def shortened(address: str) -> str:
    """The network of an address, a /24 or a /48; empty where it is no address."""
    return _shortened(address[:LONGEST])


@lru_cache(10_000)
def _shortened(address: str) -> str:
    try:
        found = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = KEPT_BITS[found.version]
    return str(ip_network((found.packed, bits), strict=False).network_address)


def daily_id(key: bytes, source: str, network: str, agent: str) -> str:
    """'daily:…', the visitor's name for today."""
    told = "\0".join((source, network, agent)).encode("utf-8", "surrogatepass")
    return f"{KIND}:{hashlib.blake2b(told, key=key, digest_size=12).hexdigest()}"
