"""The pages of sources: files brought in, what came in so far, and the programs that are asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from masarat.collect.connectors import CONNECTORS, Connector, connector_of
from masarat.collect.reports import ImportReport
from masarat.collect.sources import SOURCES
from masarat.errors import BadParameter, MasaratError
from masarat.settings import Language
from masarat.show.auditing import actor_of, note_sync
from masarat.show.http import files
from masarat.show.http.connections import connected, forget
from masarat.show.http.door import caller
from masarat.show.http.form import fields_of
from masarat.show.http.render import language, render, says
from masarat.show.http.sample import not_meanwhile
from masarat.show.http.uploads import receive

WATCHED = "/sources?watch=yes"  # renews itself while a program is asked, without the forms that somebody may be filling in
log = logging.getLogger(__name__)


async def page(request: Request) -> Response:
    """What came in, what is connected, and the place to bring more."""
    return await _page(request)


async def bring(request: Request) -> Response:
    """Take in the files of the form, and show what came of it."""
    try:
        not_meanwhile(request)
        upload, actor = await receive(request), actor_of(caller(request))
        found = await request.app.state.work.run(lambda: files.take(request.app.state.shop, upload, actor))
    except MasaratError as error:
        return await _page(request, error=error)
    return await _page(request, reports=found)


async def _page(
    request: Request, *, reports: list[ImportReport] | None = None, error: MasaratError | None = None
) -> Response:
    shop, work, spoken = request.app.state.shop, request.app.state.work, language(request)
    going = bool(
        request.app.state.going
    )  # looked at first: a run just wished for may not have begun to be written down
    came, linked = await asyncio.gather(work.run(shop.sources), work.run(shop.connections))
    asked = going or any(each.last and each.last.state == "running" for each in linked)
    return render(
        request,
        "sources.html",
        error.status if error else 200,
        sources=came,
        connections=[(each, _title(connector_of(each.connector), spoken)) for each in linked],
        asked=asked,
        watched=asked and "watch" in request.query_params,
        programs=[(each.name, _title(each, spoken)) for each in CONNECTORS if not each.here],
        presets=[(each.name, each.arabic if spoken == "ar" else each.title) for each in SOURCES],
        reports=reports or [],
        error=error,
        speak=says(request),
        zone=shop.settings.zone,
    )


def _title(connector: Connector, spoken: Language) -> str:
    return connector.arabic if spoken == "ar" else connector.title


# Programs that are asked


async def program(request: Request, name: str) -> Response:
    """The form of what a program must be given."""
    return _program(request, connector_of(name), {})


async def connect(request: Request, name: str) -> Response:
    """Connect it as the form says, ask it at once, and go and see how that goes."""
    known, given = connector_of(name), await fields_of(request)
    own, every = given.pop("connection-name", "").strip(), given.pop("connection-every", "")
    try:
        made = await connected(request, known.name, own, _filled(given), _minutes(every))
        await _ask(request, made.name)
    except MasaratError as error:
        kept = {ask.name: given.get(ask.name, "") for ask in known.asks if not ask.secret}
        kept |= {"connection-name": own, "connection-every": every}
        return _program(request, known, kept, error)
    return RedirectResponse(WATCHED, 303)


def _program(
    request: Request, known: Connector, given: Mapping[str, str], error: MasaratError | None = None
) -> Response:
    spoken = language(request)
    return render(
        request,
        "connect.html",
        error.status if error else 200,
        program=known,
        title=_title(known, spoken),
        about=known.arabic_about if spoken == "ar" else known.about,
        asks=[(ask, ask.arabic if spoken == "ar" else ask.title) for ask in known.asks],
        given=given,
        error=error,
    )


def _filled(given: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields; an empty one is as if it were not there."""
    return {name: text.strip() for name, text in given.items() if text.strip()}


def _minutes(text: str) -> int | None:
    if not text.strip():
        return None
    if not (text.isdecimal() and len(text) < 7):
        raise BadParameter(
            f"{text!r} is no number of minutes.", "Write 60, or 0 to ask only when you say so."
        )
    return int(text)


async def ask_now(request: Request) -> Response:
    """Have a connection asked; the page shows how far it is."""
    try:
        await _ask(request, (await fields_of(request)).get("name", ""))
    except MasaratError as error:
        return await _page(request, error=error)
    return RedirectResponse(WATCHED, 303)


async def let_go(request: Request) -> Response:
    """Forget a connection; what it brought stays."""
    try:
        await forget(request, (await fields_of(request)).get("name", ""))
    except MasaratError as error:
        return await _page(request, error=error)
    return RedirectResponse("/sources", 303)


async def _ask(request: Request, name: str) -> None:
    """Have a connection asked beside the server's other work; what comes of it stands with its runs."""
    not_meanwhile(request)
    state, actor = request.app.state, actor_of(caller(request))
    shop = state.shop
    await state.work.run(lambda: note_sync(shop.records, actor, name, again=False))
    going = asyncio.ensure_future(state.syncing.run(lambda: _sync(shop, name)))
    state.going.add(going)
    going.add_done_callback(state.going.discard)


def _sync(shop: Any, name: str) -> None:
    try:
        shop.sync(name, stop=shop.stopping)
    except MasaratError as error:  # noted with the run already
        log.info("%s was not asked to its end: %s", name, error.sentence)
