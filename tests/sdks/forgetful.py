"""A proxy before the door that once takes a request, lets it be stored, and says 503: the SDK must send it again, and the store must not care."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.support.collector import Quiet, _serving

OWN = ("host", "connection", "content-length", "transfer-encoding", "content-encoding", "date")


@dataclass
class Forgetful:
    """`lapses` POSTs are still to be forgotten; `bodies` are as they came, by path."""

    door: str
    url: str = ""
    lapses: int = 1
    bodies: list[tuple[str, bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def status(self, method: str, path: str, body: bytes, told: int) -> int:
        """What is answered, where the door told its own."""
        with self.lock:
            if method == "POST":
                self.bodies.append((path.partition("?")[0], body))
            if method != "POST" or not self.lapses:
                return told
            self.lapses -= 1
            return 503

    def packed(self) -> list[bool]:
        return [body.startswith(b"\x1f\x8b") for _, body in self.bodies]


@contextmanager
def forgetful(door: str, lapses: int = 1) -> Iterator[Forgetful]:
    proxy = Forgetful(door, lapses=lapses)
    client = httpx.Client(base_url=door, trust_env=False)

    class Handler(Quiet):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in OWN[1:4]}
            reply = client.request(self.command, self.path, content=body, headers=headers)
            status = proxy.status(self.command, self.path, body, reply.status_code)
            back = {name: value for name, value in reply.headers.items() if name not in OWN}
            self.answer(status, back.pop("content-type", "text/plain"), reply.content, back)

        do_GET = do_POST = do_OPTIONS = pass_on  # noqa: N815

    with client, _serving(Handler) as port:
        proxy.url = f"http://127.0.0.1:{port}"
        yield proxy
