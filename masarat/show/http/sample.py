"""The sample shop over HTTP: loaded beside the server's other work into a shop without data, its progress told to whoever looks."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from starlette.requests import Request

from masarat.analyse.frame import facts
from masarat.demo import Choice, interrupted, standing
from masarat.demo.load import SOURCE
from masarat.errors import BadParameter, MasaratError, NotEmpty
from masarat.records.alone import alone
from masarat.records.audit import note
from masarat.settings import Language
from masarat.shop import Shop
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.render import language

CUSTOMERS = 500  # enough to see every page filled, and loaded in seconds
LOADED = 0.95  # share of the work that lies in the months; the rest is who is who
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sampling:
    """The load that goes on in this process, if one does, and what went wrong with the last one."""

    going: asyncio.Future[None] | None = None
    done: float = 0.0  # share of the work, from 0 to 1
    busy: bool = False
    error: MasaratError | None = None

    def progress(self, months: int, of: int) -> None:
        self.done = LOADED * months / of


def not_meanwhile(request: Request) -> None:
    """Nothing of one's own comes in while the sample shop is being loaded: the two cannot be taken apart. NotEmpty then."""
    if request.app.state.sampling.busy:
        raise NotEmpty(
            "The sample shop is being loaded: your own data would mix with it.",
            "Bring them into a shop of their own: masarat --data my-shop serve",
        )


async def show(request: Request) -> dict[str, Any]:
    """The sample shop's state: `none`, `running` with the share that is done (0 to 1), `interrupted`, `failed` with why, or `there`."""
    state = request.app.state
    sampling: Sampling = state.sampling
    if sampling.busy:
        return _told("running", sampling.done)
    name = await state.work.run(lambda: _state(state.shop))
    if name != "there" and sampling.error:
        return _told("failed", error=sampling.error)
    return _told(name, 1.0 if name == "there" else 0.0)


async def begin(request: Request) -> dict[str, Any]:
    """Begin to load the sample shop, in the reader's language; GET tells how far it is. Refused where the shop has data, and while one is
    being loaded. A load that was interrupted goes on.
    """
    state, actor, spoken = request.app.state, actor_of(caller(request)), language(request)
    shop, sampling = state.shop, state.sampling
    if sampling.busy:
        raise BadParameter("The sample shop is being loaded already.", "Wait until it is done.")
    sampling.busy, sampling.done, sampling.error = True, 0.0, None
    try:
        choice = await state.work.run(lambda: _allowed(shop, actor, spoken))
    except BaseException:
        sampling.busy = False
        raise
    sampling.going = asyncio.ensure_future(state.work.run(lambda: _load(shop, choice, sampling)))
    return _told("running", 0.0)


def _allowed(shop: Shop, actor: str, spoken: Language) -> Choice:
    """What is to be loaded, written down; raises NotEmpty where it may not be."""
    if standing(shop.records):
        raise NotEmpty("The sample shop is there already.", "Look around on Pulse.")
    begun = interrupted(shop.records)
    if not begun and facts(shop.store, shop.settings.timezone).counts:
        raise NotEmpty(
            "Your shop has data already, and the sample shop would mix with it.",
            "To see the sample, serve it from a directory of its own: masarat --data sample-shop demo --serve",
        )
    choice = begun or Choice(_yesterday(shop), CUSTOMERS, language=spoken)
    with shop.records.transaction() as t:
        note(t, actor, "changed", "source", [SOURCE], deed="sample", customers=choice.customers)
    return choice


def _load(shop: Shop, choice: Choice, sampling: Sampling) -> None:
    try:
        with alone(shop.records, "sample shop") as free:
            if not free:
                raise BadParameter("Another server is loading the sample shop.", "Wait until it is done.")
            shop.load_demo(
                customers=choice.customers, seed=choice.seed, until=choice.until, language=choice.language,
                progress=sampling.progress,
            )  # fmt: skip
    except MasaratError as error:
        sampling.error = error
    except Exception:
        log.exception("The sample shop was not loaded")
        sampling.error = BadParameter(
            "The sample shop could not be loaded.", "Try again: what was begun is finished."
        )
    finally:
        sampling.busy = False


def _yesterday(shop: Shop) -> date:
    return datetime.now(shop.settings.zone).date() - timedelta(days=1)


def _state(shop: Shop) -> str:
    if standing(shop.records):
        return "there"
    return "interrupted" if interrupted(shop.records) else "none"


def _told(name: str, done: float = 0.0, error: MasaratError | None = None) -> dict[str, Any]:
    return {
        "state": name,
        "done": done,
        "error": error.sentence if error else "",
        "remedy": error.remedy if error else "",
    }
