"""The stages of the customer's journey over HTTP: seen by whoever may ask, changed by few."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.records.stages import PRESETS, Journey, preset, read
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters


async def show(request: Request) -> dict[str, Any]:
    """The stages that hold now, with their rules, and the names of ready-made ones."""
    journey: Journey = await request.app.state.work.run(request.app.state.shop.stages)
    return {"stages": journey.to_json(), "presets": list(PRESETS)}


async def change(request: Request) -> dict[str, Any]:
    """Let other stages hold, for the past too: `{"stages": {…}}` as they are shown, or `{"preset": "five"}`; with `"dry_run": true` only look.

    Back come the stages, and how many customers each stage had and has.
    """
    shop, actor, body = request.app.state.shop, actor_of(caller(request)), await parameters(request)
    given, name, dry_run = body.pop("stages", None), body.pop("preset", None), body.pop("dry_run", False)
    if body or not isinstance(dry_run, bool) or (given is None) == (not isinstance(name, str)):
        raise BadParameter(
            "Either stages or the name of a preset is asked for, and dry_run, true or false.",
            "Leave the rest out.",
        )
    journey = preset(name) if given is None else read(given)
    sizes = await request.app.state.work.run(lambda: shop.set_stages(journey, actor, dry_run=dry_run))
    return {"stages": journey.to_json(), "sizes": sizes}
