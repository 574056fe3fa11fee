"""What wraps every request: a bound on its body, and headers that keep browsers careful."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masarat.errors import TooLarge
from masarat.records.attachments import MOST_BYTES

BODY_BYTES = 1 << 20  # questions and forms; uploads have a setting of their own
UPLOADS = ("/v1/import", "/v1/quarantine", "/sources")
FILES = re.compile(r"/v1/customers/.+/files")  # one file about a customer, and the form around it

# Nothing is loaded from anywhere but this server; no script runs at all; nobody frames us.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Middleware around the whole app."""

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        self.app = app
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._most(scope["path"])

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message, scope["path"])
            await send(message)

        if int(_number(Headers(scope=scope).get("content-length"))) > most:
            await _refuse(most, scope, receive, answer)
            return
        await self.app(scope, _bounded(receive, most), answer)

    def _most(self, path: str) -> int:
        """How many bytes a request to this path may bring."""
        if path in UPLOADS:
            return self.upload_bytes
        return MOST_BYTES + BODY_BYTES if FILES.fullmatch(path) else BODY_BYTES


def too_large(most: int) -> TooLarge:
    size = f"{most >> 20} MB" if most >> 20 else f"{most} bytes"
    return TooLarge(f"More than {size} were sent.", "Send less, or raise MASARAT_UPLOAD for files.")


def _number(text: str | None) -> str:
    return text if text and text.isdigit() else "0"


def _bounded(receive: Receive, most: int) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise too_large(most)
        return message

    return bounded


async def _refuse(most: int, scope: Scope, receive: Receive, send: Send) -> None:
    error = too_large(most)
    await JSONResponse(error.to_json(), error.status, {"Connection": "close"})(scope, receive, send)


def _add_headers(message: Message, path: str) -> None:
    headers = MutableHeaders(scope=message)
    if path.startswith("/reset/"):
        headers["Referrer-Policy"] = (
            "strict-origin"  # the path is a secret; without any, forms have no origin
        )
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    fixed = path.startswith(("/static/", "/fonts/"))
    headers.setdefault("Cache-Control", "public, max-age=3600" if fixed else "no-store")
