"""The server inside the test's own process, over a store of the test: real HTTP, and everything within reach."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.accounts import Accounts
from masarat.show.http import create_app
from masarat.show.http.front import Front
from masarat.show.http.server import Server
from masarat.store import Store


@dataclass
class Inside:
    """A server in a thread."""

    app: FastAPI
    shop: Shop
    url: str
    token: str

    @property
    def accounts(self) -> Accounts:
        return self.app.state.accounts

    def stored(self, sql: str = "SELECT * FROM events ORDER BY ts, event_id") -> list[dict[str, object]]:
        """What came through the door, brought into the store now; the door is shut then."""
        self.app.state.receiving.close()
        draining = self.app.state.draining
        for shelf in draining.shelves:
            shelf.recover()
        draining.events.drain()
        draining.rejected.drain()
        return self.shop.store.select(sql)

    def client(self, key: str = "", **headers: str) -> httpx.Client:
        """A client: with the key of a program, or like a browser that keeps its cookies."""
        given = {"Authorization": f"Bearer {key}"} if key else {"Accept": "text/html", "Origin": self.url}
        return httpx.Client(base_url=self.url, headers=given | headers, trust_env=False, timeout=30)


@contextmanager
def inside(store: Store, data: Path, **settings: object) -> Iterator[Inside]:
    shop = Shop(Settings(data=data, **settings))
    shop.__dict__["store"] = store
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(shop, token="the command line's")
    config = uvicorn.Config(Front(app.state.receiving, app), log_level="critical", server_header=False)
    server = Server(config, app.state.watching)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield Inside(app, shop, f"http://127.0.0.1:{listener.getsockname()[1]}", "the command line's")
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
