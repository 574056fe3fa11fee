"""The server's end: whoever watches live is let go first, for the server waits until everybody has left."""

from __future__ import annotations

import socket

import uvicorn

from masarat.show.http.live import Watching


class Server(uvicorn.Server):
    """uvicorn, which tells the streams that it is going down."""

    def __init__(self, config: uvicorn.Config, watching: Watching) -> None:
        super().__init__(config)
        self._watching = watching

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._watching.close()
        await super().shutdown(sockets)
