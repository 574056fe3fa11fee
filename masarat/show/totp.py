"""Codes that change every half minute, as apps on phones show them: TOTP (RFC 6238) over HMAC-SHA1 (RFC 4226), six digits."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
AROUND = 1  # steps before and after now that are taken: clocks differ, and people type slowly
SECRET_BYTES = 20  # as long as the hash, as RFC 4226 wishes
ISSUER = "Masarat"


def new_secret() -> str:
    """160 random bits in base32, as apps take them."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(seconds: float) -> int:
    """The number of the half minute, from seconds since 1970."""
    return int(seconds) // STEP_SECONDS


def code(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a half minute."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = mac[-1] & 15
    number = struct.unpack(">I", mac[place : place + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(given: str, secret: str, seconds: float) -> int | None:
    """The half minute around now whose code was given; None where it is of none. All are compared, whichever fits."""
    now, found = step_at(seconds), None
    for step in range(now - AROUND, now + AROUND + 1):
        if hmac.compare_digest(code(secret, step).encode(), digits_of(given).encode()):
            found = step
    return found


def digits_of(given: str) -> str:
    """Six digits however they were typed, with spaces or as ٠–٩; empty where it is something else."""
    text = "".join(given.split())
    if len(text) != DIGITS or not text.isdecimal():
        return ""
    return "".join(str(int(digit)) for digit in text)


def link(secret: str, account: str) -> str:
    """What an app on the phone opens to take the secret in."""
    given = urlencode({"secret": secret, "issuer": ISSUER, "digits": DIGITS, "period": STEP_SECONDS})
    return f"otpauth://totp/{ISSUER}:{quote(account)}?{given}"
