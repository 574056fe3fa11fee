"""A door in a process of its own: `masarat serve --workers N` starts N of them on one port, each with journals of its own.

They hold no store: the server that started them brings what they wrote down into it, also what one wrote that has died.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from masarat.settings import Settings

LOOK_SECONDS = 1.0


class Doorkeepers:
    """The processes; one that ends is started anew."""

    def __init__(self, settings: Settings, listener: socket.socket, count: int) -> None:
        self._settings, self._listener = settings, listener
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

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            for worker, process in self._processes.items():
                if process.poll() is not None:
                    self._processes[worker] = self._start(worker)

    def _start(self, worker: str) -> subprocess.Popen[bytes]:
        descriptor = self._listener.fileno()
        return subprocess.Popen(
            [sys.executable, "-m", "masarat.show.doorkeeper", str(self._settings.data.resolve()), worker,
             str(descriptor), str(os.getpid())],
            pass_fds=[descriptor],
        )  # fmt: skip


def main(data: str, worker: str, descriptor: str, parent: str) -> None:
    """Take events on an inherited socket until told to stop, or until the server that started us is gone."""
    import uvicorn

    from masarat.collect.receiving import Receiving
    from masarat.records import Records
    from masarat.show.http.front import Front

    settings = Settings(data=Path(data))
    records = Records(settings)
    receiving = Receiving(settings, records, worker=worker)
    config = uvicorn.Config(
        Front(receiving), log_level="warning", server_header=False, access_log=False, lifespan="off"
    )
    server = uvicorn.Server(config)

    def leave_with_parent() -> None:
        while os.getppid() == int(parent):
            if threading.Event().wait(LOOK_SECONDS):
                break
        server.should_exit = True

    threading.Thread(target=leave_with_parent, daemon=True).start()
    with socket.socket(fileno=int(descriptor)) as listener:
        server.run(sockets=[listener])
    receiving.close()
    records.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
