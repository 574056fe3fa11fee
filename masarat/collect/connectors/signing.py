"""Requests signed as S3 wants them: Signature Version 4, for requests without a body.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html; held to the signatures published there.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Generator
from datetime import UTC, datetime
from functools import reduce

import httpx

ALGORITHM = "AWS4-HMAC-SHA256"
NOTHING = hashlib.sha256(b"").hexdigest()  # the hash of an empty body


class Signed(httpx.Auth):
    """Signs each request anew, also one that is sent again: a signature is good for some minutes."""

    def __init__(self, key: str, secret: str, region: str) -> None:
        self.key, self.secret, self.region = key, secret, region

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        self.sign(request, datetime.now(UTC))
        yield request

    def sign(self, request: httpx.Request, now: datetime) -> None:
        """Put time, hash and signature into the headers of a request."""
        request.headers["x-amz-date"] = f"{now:%Y%m%dT%H%M%SZ}"
        request.headers["x-amz-content-sha256"] = NOTHING
        scope = f"{now:%Y%m%d}/{self.region}/s3/aws4_request"
        names = ["host", "x-amz-content-sha256", "x-amz-date"]
        wanted = _canonical(request, names)
        text = "\n".join(
            [ALGORITHM, request.headers["x-amz-date"], scope, hashlib.sha256(wanted.encode()).hexdigest()]
        )
        key = reduce(_hmac, scope.split("/"), f"AWS4{self.secret}".encode())
        request.headers["authorization"] = (
            f"{ALGORITHM} Credential={self.key}/{scope},SignedHeaders={';'.join(names)},Signature={_hmac(key, text).hex()}"
        )


def _canonical(request: httpx.Request, names: list[str]) -> str:
    """The request as both sides write it down. Its path and query are percent-encoded already, as they are sent."""
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    pairs = sorted(pair if "=" in pair else f"{pair}=" for pair in query.split("&") if pair)
    headers = [f"{name}:{request.headers[name].strip()}" for name in names]
    return "\n".join([request.method, path, "&".join(pairs), *headers, "", ";".join(names), NOTHING])


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
