"""How long, and how much, a connection may take to say what it wants: uvicorn itself waits for ever, for any number of headers."""

from __future__ import annotations

import asyncio
import resource

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 20.0
LARGEST_HEAD_BYTES = 64 << 10


class Patience(HttpToolsProtocol):
    """HTTP/1.1 whose requests must say what they want in 20 seconds and 64 KiB. Bodies are bounded by whoever reads them."""

    _timer: asyncio.TimerHandle | None = None  # runs while a head is awaited
    _head_bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._timer = self.loop.call_later(HEAD_SECONDS, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._heard()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._timer is None:  # a further request on the same connection
            self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def on_headers_complete(self) -> None:
        self._heard()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._timer is not None:
            self._head_bytes += len(data)
            if self._head_bytes > LARGEST_HEAD_BYTES:
                self.send_400_response("The head of the request is larger than 64 KiB.")

    def _heard(self) -> None:
        self._head_bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def open_many() -> None:
    """Let this process hold as many connections as the system allows; by default it is often only 1,024."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = hard if hard != resource.RLIM_INFINITY else 1 << 20
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):  # macOS has further limits of its own
        return
