"""Backups over HTTP: which there are, made while the server goes on, and removed. For owners."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from masarat.act.backups import backups, remove
from masarat.errors import BadParameter, MasaratError, StoreBusy
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Copying:
    """The backup that this server makes: whether it does, and why the last one failed."""

    going: asyncio.Future[None] | None = None
    error: MasaratError | None = None

    @property
    def busy(self) -> bool:
        return self.going is not None and not self.going.done()


async def show(request: Request) -> dict[str, Any]:
    """The backups, newest first, where they lie, whether one is being made, and why the last one failed."""
    state = request.app.state
    copying: Copying = state.copying
    settings = state.shop.settings
    found = await state.work.run(lambda: backups(settings))
    error = copying.error
    return {
        "backups": [one.to_json() for one in found],
        "directory": str(settings.backups_directory.resolve()),
        "making": copying.busy,
        "error": error.sentence if error else "",
        "remedy": error.remedy if error else "",
    }


async def begin(request: Request) -> dict[str, Any]:
    """Begin one; with `{"wait": true}` answer when it is done. 409 where one is being made."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    wait = body.pop("wait", False)
    if body or not isinstance(wait, bool):
        raise BadParameter("Only wait is asked for, true or false.", "Leave the rest out.")
    copying: Copying = state.copying
    if copying.busy:
        raise StoreBusy("A backup is being made already.", "Wait until it is done.")
    copying.error = None

    def work() -> None:
        try:
            state.shop.backup(actor)
        except MasaratError as error:
            copying.error = error
        except Exception:
            log.exception("No backup was made")
            copying.error = BadParameter(
                "The backup could not be made.", "Look at the server's log, and at the space of the disk."
            )

    copying.going = asyncio.ensure_future(state.work.run(work))
    if wait:
        await asyncio.shield(copying.going)
        if copying.error:
            raise copying.error
    return await show(request)


async def delete(request: Request, name: str) -> dict[str, Any]:
    """Delete a backup for good."""
    state, actor = request.app.state, actor_of(caller(request))
    await state.work.run(lambda: remove(state.shop.settings, state.shop.records, name, actor))
    return await show(request)
