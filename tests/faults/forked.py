"""`masarat serve`, forked from this process, which has paid for the imports: a start costs the engine's time and no more.

The process that forks has no threads and has never touched the engine.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from masarat.collect import keys
from masarat.records import Records
from masarat.settings import Settings


class Forked:
    """One life of the server over a data directory; `before` runs in the child first, to break something in it."""

    def __init__(self, data: Path, *words: str, before: Callable[[], None] | None = None) -> None:
        self.data = data
        self.says, theirs = os.pipe()
        main = _warm()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                os.dup2(theirs, 1)
                os.dup2(os.open(log_of(data), os.O_CREAT | os.O_WRONLY | os.O_APPEND), 2)
                if before is not None:
                    before()
                status = main(["--data", str(data), "serve", "--port", "0", *words], standalone_mode=False)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status or 0)
        os.close(theirs)
        self._sign = "workers take events at" if "--workers" in words else "Masarat is at"

    def port(self) -> int:
        """Where it takes events, once it does; 0 where it died before."""
        said = b""
        while not any(self._sign in line for line in said.decode().split("\n")[:-1]):
            more = os.read(self.says, 1 << 12)
            if not more:
                return 0
            said += more
        line = next(line for line in said.decode().split("\n") if self._sign in line)
        return int(line.rpartition(":")[2])

    def end(self, how: int = signal.SIGKILL) -> int:
        """How it ended: its exit status, or minus the signal that ended it."""
        os.kill(self.pid, how)
        os.close(self.says)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def drained(self, seconds: float = 120) -> bool:
        """Whether the store has taken all that was acknowledged, within this time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not any(_size(path) for path in self.data.glob("journal/*/*.jsonl")):
                return True
            time.sleep(0.05)
        return False

    def workers(self) -> list[int]:
        """The processes that it started."""
        return [
            int(pid)
            for listed in Path(f"/proc/{self.pid}/task").glob("*/children")
            for pid in listed.read_text().split()
        ]

    def memory(self) -> int:
        """Bytes that it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) << 10


def new_shop(data: Path) -> str:
    """A data directory, and the write key of its one source."""
    records = Records(Settings(data=data))
    try:
        return keys.add(records, "web")
    finally:
        records.close()


def log_of(data: Path) -> Path:
    """What the servers of a directory say about themselves."""
    return data.with_name(f"{data.name}.log")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # the store has it
        return 0


def _warm() -> Callable[..., int | None]:
    """The program, with everything read that a server needs; here, as the other faults fork a small process."""
    import uvicorn.loops.uvloop
    import uvicorn.protocols.http.httptools_impl  # noqa: F401

    import masarat.show.doorkeeper
    import masarat.show.http.front  # noqa: F401
    from masarat.show.cli import main
    from masarat.show.commands import serve  # noqa: F401

    return main
