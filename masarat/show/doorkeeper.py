"""A door in a process of its own: `masarat serve --workers N` starts N of them on one port, each with journals of its own.

They hold no store: the server that started them brings what they wrote down into it, also what one wrote that has died.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from masarat.settings import Settings

LOOK_SECONDS = 1.0
GOODBYE_SECONDS = 5  # how long a request may still take when its worker is told to stop


class Doorkeepers:
    """The processes; one that ends is started anew. All hold one end of a pipe, which closes when we end, however we do."""

    def __init__(self, settings: Settings, listener: socket.socket, count: int) -> None:
        self._settings, self._listener = settings, listener
        self._theirs, self._ours = os.pipe()
        self._processes = {f"w{number}": self._start(f"w{number}") for number in range(1, count + 1)}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="doorkeepers", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait()
        os.close(self._theirs)
        os.close(self._ours)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            for worker, process in self._processes.items():
                if process.poll() is not None:
                    self._processes[worker] = self._start(worker)

    def _start(self, worker: str) -> subprocess.Popen[bytes]:
        descriptor = self._listener.fileno()
        return subprocess.Popen(
            [sys.executable, "-m", "masarat.show.doorkeeper", str(self._settings.data.resolve()), worker,
             str(descriptor), str(self._theirs)],
            pass_fds=[descriptor, self._theirs],
        )  # fmt: skip


def main(data: str, worker: str, descriptor: str, pipe: str) -> None:
    """Take events on an inherited socket until told to stop, or until the server that started us is gone."""
    import uvicorn

    from masarat.collect.receiving import Receiving
    from masarat.records import Records
    from masarat.show.http.front import Front, calm, leave_when_told
    from masarat.show.http.patience import Patience, open_many

    open_many()
    settings = Settings(data=Path(data))
    records = Records(settings)
    receiving = Receiving(settings, records, worker=worker)
    config = uvicorn.Config(
        Front(receiving),
        http=Patience,
        log_level="warning",
        server_header=False,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )
    server = uvicorn.Server(config)

    def leave_with_parent() -> None:
        os.read(int(pipe), 1)  # nothing is ever written: it returns when the other end is closed
        server.should_exit = True

    threading.Thread(target=leave_with_parent, daemon=True).start()
    leave_when_told(server)
    calm()
    with socket.socket(fileno=int(descriptor)) as listener, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    receiving.close()
    records.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
