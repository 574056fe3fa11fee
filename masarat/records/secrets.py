"""Secrets of others that we must be able to use again (of webhooks, of connectors): encrypted wherever they are kept.

The key is MASARAT_SECRET, or lies in the data directory, readable by its owner alone: a copy of the records without it tells nothing.
Fernet: AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from threading import get_ident

from cryptography.fernet import Fernet, InvalidToken

from masarat.errors import BadParameter
from masarat.settings import Settings

FILE = "secret.key"


def seal(secret: str, settings: Settings) -> str:
    """The secret as it may be kept; an empty one stays empty."""
    return _fernet(settings).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str, settings: Settings) -> str:
    """The secret again. Raises BadParameter where it was sealed with another key."""
    try:
        return _fernet(settings).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise BadParameter(
            "A stored secret cannot be read: it was encrypted with another key.",
            f"Set MASARAT_SECRET, or put {FILE} back into the data directory; else give the secret again.",
        ) from None


def keyed(settings: Settings) -> Callable[[str], bytes]:
    """A hash that only this shop can compute: 16 bytes of BLAKE2b under a key drawn from the secret."""
    key = hashlib.sha256(b"marks\0" + _key(settings)).digest()
    return lambda text: hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), key=key, digest_size=16
    ).digest()


def _fernet(settings: Settings) -> Fernet:
    return Fernet(_key(settings))


def _key(settings: Settings) -> bytes:
    chosen = settings.secret.get_secret_value()
    if not chosen:
        return _kept(settings.data)
    return base64.urlsafe_b64encode(hashlib.sha256(chosen.encode()).digest())


def _kept(directory: Path) -> bytes:
    """The key in the data directory, made the first time; who make it at once, processes or threads, end with the same."""
    path = directory / FILE
    if not path.exists():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{FILE}.{os.getpid()}.{get_ident()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
