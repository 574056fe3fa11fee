"""A shop's site and the door it sends to, as two small servers: what the browser SDK sends is kept, and read as the real door reads it."""

from __future__ import annotations

import gzip
import io
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from masarat.collect.wire import Request, segment
from masarat.events import Move
from masarat.show.http.script import SDK

Page = tuple[str, bytes, dict[str, str]]  # type, content, further headers
Call = dict[str, Any]
PATIENCE = 15.0  # seconds


@dataclass
class Collector:
    """What came in since the last `clear`, which also moves it to another address: the last words of pages now closed are not ours."""

    origin: str = ""
    turn: int = 0
    bodies: list[bytes] = field(default_factory=list)  # unpacked
    packed: int = 0
    calls: dict[str, Call] = field(default_factory=dict)  # by messageId, as the store keeps them
    moves: dict[str, Move] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)  # statuses for the next requests
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"{self.origin}/{self.turn}"

    def clear(self) -> None:
        with self.changed:
            self.turn += 1
            self.bodies, self.packed, self.calls, self.moves, self.refusals = [], 0, {}, {}, []

    def take(self, path: str, body: bytes) -> int:
        """Keep a request; the status it is answered with."""
        if path != f"/{self.turn}/v1/b":
            return 200
        plain = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
        with self.changed:
            self.bodies.append(plain)
            self.packed += plain != body
            status = self.refusals.pop(0) if self.refusals else 200
            if status == 200:
                self._read(plain)
            self.changed.notify_all()
            return status

    def _read(self, plain: bytes) -> None:
        taken = segment.batch(Request("POST", "/v1/b", {}, {}, plain, time.time()))
        assert not taken.rejected, taken.rejected
        assert taken.key == "msw_test"
        self.calls |= {call["messageId"]: call for call in msgspec.json.decode(plain)["batch"]}
        self.moves |= {move.event_id: move for move in taken.moves}

    def named(self, name: str) -> list[Call]:
        """The calls of one event, in the order they happened; "Page Viewed" is the page call."""
        found = [call for id_, call in self.calls.items() if self.moves[id_].name == name]
        return sorted(found, key=lambda call: call["timestamp"])

    def wait(self, name: str, count: int = 1) -> list[Call]:
        """The calls of one event, as soon as there are so many."""
        self.until(lambda: len(self.named(name)) >= count, f"{count} × {name}")
        return self.named(name)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        with self.changed:
            came = self.changed.wait_for(holds, PATIENCE)
            names = [self.moves[id_].name for id_ in self.calls]
        assert came, f"waited for {what}; came: {names}"

    def text(self) -> str:
        """All that went over the wire."""
        return b"\n".join(self.bodies).decode()


@dataclass
class Site:
    """The shop's pages by path; `url` is theirs, `elsewhere` the same server under a foreign name."""

    url: str
    elsewhere: str
    pages: dict[str, Page]


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()

    class Handler(Quiet):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].rpartition("/")[2]
            self.answer(
                200, "text/javascript", (SDK / name).read_bytes(), {"Access-Control-Allow-Origin": "*"}
            )

        def do_POST(self) -> None:
            status = collector.take(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            cors = {"Access-Control-Allow-Origin": self.headers.get("Origin", "*")}
            self.answer(status, "application/json", b'{"success":true}', cors)

    with _serving(Handler) as port:
        collector.origin = f"http://127.0.0.1:{port}"
        yield collector


@contextmanager
def site(pages: dict[str, Page]) -> Iterator[Site]:
    class Handler(Quiet):
        def do_GET(self) -> None:
            kind, content, headers = pages.get(self.path.partition("?")[0], ("text/plain", b"", {}))
            self.answer(200, kind, content, headers)

    with _serving(Handler) as port:
        yield Site(f"http://127.0.0.1:{port}", f"http://localhost:{port}", pages)


class Quiet(BaseHTTPRequestHandler):
    """Answers without a word on the terminal."""

    protocol_version = "HTTP/1.1"

    def answer(self, status: int, kind: str, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Browsers close connections as they like: that is no error here."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def silence(seconds: float) -> bytes:
    """A sound that a video element plays, and nobody hears."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    return file.getvalue()
