"""The live answer as a stream of events, and as a page that renews itself.

However many watch, it is asked once a tick: whoever wants the newest answer gets the one that all others get, and makes a new one
begin only where that is old. Nobody watching, nobody asks.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from masarat.analyse import Answer
from masarat.analyse.answer import Picture
from masarat.analyse.live import Live
from masarat.collect import keys
from masarat.errors import MasaratError
from masarat.settings import Language
from masarat.show.http.door import caller
from masarat.show.http.face import NARROW, face
from masarat.show.http.render import language, render, says
from masarat.show.http.work import Work
from masarat.show.pictures import draw
from masarat.show.roles import may

T = TypeVar("T")

EVERY_SECONDS = 2.0  # between two answers
REST = 4  # times as long as an answer took, the store is left in peace
ALIVE_SECONDS = 5.0  # a stream is never silent for longer
LONGEST_SECONDS = (
    600.0  # of one stream; then whoever watches comes again, and his permission is looked at again
)
MOST_LISTENERS = 200
RETRY_SECONDS = 5
PAGE_SECONDS = 10  # after which the page renews itself

ALIVE = b":\n\n"


class TooManyListeners(MasaratError):
    """The stream has as many listeners as it takes."""

    status = 503
    code = "too_many_listeners"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One answer, or why there is none; the same as a stream carries it; and until when it is the newest."""

    found: Answer | MasaratError
    message: bytes
    due: float


class Watching:
    """The newest answer in each language, for all who watch."""

    def __init__(self, work: Work) -> None:
        self.listeners = 0
        self._work = work
        self._newest: dict[Language, asyncio.Future[Snapshot]] = {}
        self._over = asyncio.Event()

    def close(self) -> None:
        """End all streams: the server is going down, and waits for them."""
        self._over.set()

    async def newest(self, language: Language) -> Snapshot:
        known = self._newest.get(language)
        if known is None or _is_old(known):
            known = self._newest[language] = asyncio.ensure_future(self._ask(language))
        return await asyncio.shield(known)

    async def stream(self, language: Language) -> AsyncIterator[bytes]:
        """The answer at once, then each new one; a sign of life where none comes for long."""
        self.listeners += 1
        try:
            yield f"retry: {RETRY_SECONDS * 1000}\n\n".encode()
            until, sent = _now() + LONGEST_SECONDS, None
            while not self._over.is_set() and _now() < until:
                newest = await _within(ALIVE_SECONDS, self.newest(language))
                yield newest.message if newest and newest is not sent else ALIVE
                sent = newest or sent
                if newest:
                    await _within(min(newest.due - _now(), ALIVE_SECONDS), self._over.wait())
        finally:
            self.listeners -= 1

    async def _ask(self, language: Language) -> Snapshot:
        began, shop = _now(), self._work.shop
        found: Answer | MasaratError
        try:
            found = await self._work.run(lambda: shop.ask(Live(language=language)))
            message = f"event: live\ndata: {found.model_dump_json()}\n\n"
        except MasaratError as error:
            found = error
            message = f"event: trouble\ndata: {json.dumps(error.to_json(), ensure_ascii=False)}\n\n"
        return Snapshot(found, message.encode(), max(began + EVERY_SECONDS, _now() + REST * (_now() - began)))


def _now() -> float:
    return asyncio.get_running_loop().time()


def _is_old(known: asyncio.Future[Snapshot]) -> bool:
    """Whether it has been made and is not the newest any more; what broke is tried again."""
    if not known.done():
        return False
    return known.cancelled() or known.exception() is not None or known.result().due <= _now()


async def _within(seconds: float, work: Coroutine[Any, Any, T]) -> T | None:
    """The result, where it comes in time."""
    try:
        return await asyncio.wait_for(work, seconds)
    except TimeoutError:
        return None


async def stream(request: Request) -> Response:
    """What is going on now, as server-sent events.

    An event `live` at once and then every two seconds, its data the answer of `POST /v1/ask/live` in the language of `?lang=`; an
    event `trouble` with an error where there is none. A stream ends after ten minutes; EventSource comes again by itself.
    """
    watching: Watching = request.app.state.watching
    if watching.listeners >= MOST_LISTENERS:
        error = TooManyListeners(f"{MOST_LISTENERS} are listening already.", "Try again in a minute.")
        return JSONResponse(error.to_json(), error.status, {"Retry-After": "60"})
    headers = {"X-Accel-Buffering": "no"}  # a proxy must not hold events back
    return StreamingResponse(
        watching.stream(language(request)), media_type="text/event-stream", headers=headers
    )


@dataclass(frozen=True, slots=True)
class List:
    """One list of the answer: its title, and its names as bars."""

    title: str
    picture: Markup


async def page(request: Request) -> Response:
    """What is going on now. It renews itself by a header, since no page of ours runs scripts; `?still` holds it."""
    newest = await request.app.state.watching.newest(language(request))
    answer, still = newest.found, "still" in request.query_params
    if isinstance(answer, MasaratError):
        return render(request, "live.html", answer.status, error=answer, look=None, lists=[], still=still)
    response = render(
        request,
        "live.html",
        error=None,
        look=face(answer, says(request), rows=0),
        lists=_lists(answer),
        still=still,
        snippet="" if answer.sample else await _snippet(request),
    )
    if not still:
        response.headers["Refresh"] = str(PAGE_SECONDS)
    return response


def _lists(answer: Answer) -> list[List]:
    """The lists of the answer, each a ranking by visitors."""
    columns = [column for column in answer.columns if column.name in ("name", "visitors")]
    found = []
    for title, rows in groupby(answer.rows, lambda row: row["part"]):
        picture = Picture(view="ranking", columns=columns, rows=list(rows))
        drawn = answer.model_copy(update={"title": title, "view": "ranking", "picture": picture})
        found.append(List(title, Markup(draw(drawn, theme="page", width=NARROW))))
    return found


async def _snippet(request: Request) -> str:
    """The line for the shop's pages: with its newest key for whoever may see keys, where there is one."""
    key, who = "", caller(request)
    if who and may(who.role, "sources"):
        records = request.app.state.shop.records
        known = await asyncio.to_thread(keys.load(records))
        key = max(known, key=lambda each: each.created_at).key if known else ""
    base = str(request.base_url).rstrip("/")
    return f'<script async src="{base}/m.js" data-key="{key or "…"}"></script>'
