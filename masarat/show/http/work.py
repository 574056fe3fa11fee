"""The shop's work in threads of its own, so that the server stays awake; whoever leaves takes his query with him."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from starlette.requests import Request

from masarat.shop import Shop

T = TypeVar("T")

WORKERS = 8
SYNCING = 2  # syncs at once: each may wait for hours, and nothing else shall wait with it


class Work:
    """A few lasting threads: each keeps its own client of the store."""

    def __init__(self, shop: Shop, workers: int = WORKERS) -> None:
        self.shop = shop
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="masarat")

    async def run(self, call: Callable[[], T]) -> T:
        """The call's result; it is finished even if nobody waits for it any more."""
        context = copy_context()  # it knows the shop's digits
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: context.run(call))

    async def ask(self, request: Request, call: Callable[[str], T]) -> T:
        """The result of a call that tags its queries as told; they are stopped when the client is gone."""
        tag = f"http-{uuid.uuid4().hex}"
        asking = asyncio.ensure_future(self.run(lambda: call(tag)))
        leaving = asyncio.ensure_future(_leaves(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                await self._cancel(asking, tag)
            return await asking
        except asyncio.CancelledError:  # the server is going down
            await self._cancel(asking, tag)
            raise
        finally:
            leaving.cancel()

    async def _cancel(self, asking: asyncio.Future[T], tag: str) -> None:
        """Stop the query; a question has several in a row, so again until it has ended."""
        while not asking.done():
            await asyncio.to_thread(self.shop.store.cancel, tag)
            with contextlib.suppress(Exception):
                await asyncio.wait({asking}, timeout=0.05)

    def close(self) -> None:
        self._threads.shutdown(wait=True)


async def _leaves(request: Request) -> None:
    """Returns when the client has closed the connection; its body must have been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
