"""Noted days over HTTP: seen by whoever may ask, noted by those who put boards together."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request

from masarat.records.annotations import read_day
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters


async def show(request: Request) -> dict[str, Any]:
    """What people noted of days, in the order of time: all, or what touches `?from=2025-03-01&to=2025-03-31`."""
    state, given = request.app.state, request.query_params
    first = read_day(given["from"], "from") if given.get("from") else date.min
    last = read_day(given["to"], "to") if given.get("to") else date.max
    found = await state.work.run(lambda: state.shop.annotations(first, last))
    return {"annotations": [one.to_json() for one in found]}


async def add(request: Request) -> dict[str, Any]:
    """Note what happened on a day: `{"day": "2025-09-13", "text": "new prices"}`; with `last`, until a day. Back comes it, with its id."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    made: dict[str, Any] = (await state.work.run(lambda: state.shop.annotate(body, actor))).to_json()
    return made


async def change(request: Request, number: int) -> dict[str, Any]:
    """Note it otherwise: day, text, and maybe a last day, as for a new one."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    noted = await state.work.run(lambda: state.shop.annotate(body, actor, number=number))
    told: dict[str, Any] = noted.to_json()
    return told


async def remove(request: Request, number: int) -> dict[str, Any]:
    """Away with a noted day; back comes what it was, from which it can be noted again."""
    state, actor = request.app.state, actor_of(caller(request))
    gone: dict[str, Any] = (
        await state.work.run(lambda: state.shop.remove_annotation(number, actor))
    ).to_json()
    return gone
