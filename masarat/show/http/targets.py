"""Targets of metrics over HTTP: seen by whoever may ask, changed by few."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters


async def show(request: Request) -> dict[str, Any]:
    """What metrics should come to, since when or in which period, and who said so."""
    state = request.app.state
    found = await state.work.run(state.shop.targets)
    return {"targets": [target.to_json() for target in found]}


async def change(request: Request) -> dict[str, Any]:
    """Set a target: `{"metric": "conversion", "goal": 0.03, "alert": 0.02, "since": "2026-01-01"}`, or the goal of a period:
    `{"metric": "revenue", "goal": 500000, "period": "ramadan_1447"}`. Back come all targets."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    await state.work.run(lambda: state.shop.set_target(body, actor))
    return await show(request)


async def remove(request: Request) -> dict[str, Any]:
    """Take back all targets of a metric: `?metric=conversion`. Back come those that stay."""
    state, actor, metric = (
        request.app.state,
        actor_of(caller(request)),
        request.query_params.get("metric", ""),
    )
    if not metric:
        raise BadParameter("A metric is needed.", "Name it: ?metric=conversion.")
    await state.work.run(lambda: state.shop.remove_targets(metric, actor))
    return await show(request)
