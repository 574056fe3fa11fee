"""A mail server on this machine that keeps the letters it is given, for tests: SMTP as far as a sender needs it (RFC 5321)."""

from __future__ import annotations

import email
import email.policy
import queue
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage


class Postbox(socketserver.ThreadingTCPServer):
    """Its address, the letters as they come, and the reply to each recipient."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.letters: queue.Queue[EmailMessage] = queue.Queue()
        self.recipient = "250 good"
        self.login = "235 come in"

    def address(self, user: str = "") -> str:
        return f"smtp://{user}127.0.0.1:{self.server_address[1]}?from=shop@example.com"

    def letter(self) -> EmailMessage:
        return self.letters.get(timeout=20)


class Talk(socketserver.StreamRequestHandler):
    """One sender."""

    server: Postbox

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                self._say("250-here", "250 AUTH PLAIN")
            elif word == b"AUTH":
                self._say(self.server.login)
            elif word == b"RCPT":
                self._say(self.server.recipient)
            elif word == b"DATA":
                self._say("354 go on")
                self.server.letters.put(self._read())
                self._say("250 taken")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 good")

    def _read(self) -> EmailMessage:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        found = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def postbox() -> Iterator[Postbox]:
    with Postbox() as box:
        thread = threading.Thread(target=box.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            box.shutdown()
            thread.join(20)
