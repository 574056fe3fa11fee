"""Privacy over HTTP: what is known of a customer, erasures with their certificates."""

from __future__ import annotations

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from masarat.errors import BadParameter, UnknownName
from masarat.records import retention
from masarat.settings import Language
from masarat.show import access
from masarat.show import certificate as certificates_
from masarat.show import privacy as deeds
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.files import TYPES
from masarat.show.http.questions import parameters
from masarat.words import LANGUAGES

TEXT = "text/plain; charset=utf-8"


async def erase(request: Request) -> dict[str, Any]:
    """Erase a customer: `{"identifier": "noura@example.com", "everything": false, "why": "…"}` tells what would be erased and erases nothing.

    With `confirm`, the same identifier once more, it is done, and the certificate comes back. Their orders stay as sales of nobody, unless
    `everything` is to go.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    body = await parameters(request)
    identifier, confirm, why = (_text(body, name) for name in ("identifier", "confirm", "why"))
    everything = body.pop("everything", False)
    if body or not isinstance(everything, bool):
        raise BadParameter(
            "Beside identifier, confirm and why there is everything, true or false.", "Leave the rest out."
        )
    work = request.app.state.work
    if not confirm:
        plan = await work.run(lambda: deeds.look(shop, identifier, actor, everything=everything))
        return {"plan": plan.to_json()}
    done = await work.run(
        lambda: deeds.erase(shop, identifier, confirm, actor, everything=everything, why=why)
    )
    return {"certificate": done}


async def again(request: Request) -> dict[str, Any]:
    """After a backup was brought back: erase once more whoever was erased, as is done once a day. Back come the certificates."""
    return {"certificates": await request.app.state.work.run(request.app.state.shop.privacy.again)}


async def export(request: Request) -> Response:
    """All that is known of a customer, for themselves: `?of=` an e-mail, a phone, or one like user:17; `format` json, pdf or txt; `language`."""
    shop, actor, given = request.app.state.shop, actor_of(caller(request)), dict(request.query_params)
    of, (form, language) = _text(given, "of"), _form(request)
    content = await request.app.state.work.run(
        lambda: access.write(deeds.export(shop, of, actor), form, language, shop.settings)
    )
    return _file(content, "customer", form)


async def periods(request: Request) -> dict[str, Any]:
    """For how many days what came from a source is kept; a source that is not named is kept without end."""
    records = request.app.state.shop.records
    return {"retention": await request.app.state.work.run(lambda: retention.periods(records))}


async def keep(request: Request) -> dict[str, Any]:
    """Keep what comes from a source for so many days: `{"source": "web", "days": 730}`; without end: `"days": null`."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    source, days = _text(body, "source"), body.pop("days", None)
    if body or not (days is None or (isinstance(days, int) and not isinstance(days, bool))):
        raise BadParameter(
            "days is no number.", "Send source, and days as a number, or null for without end."
        )
    await state.work.run(lambda: retention.keep(state.shop.records, source, days, actor))
    return await periods(request)


async def sweep(request: Request) -> dict[str, Any]:
    """Delete what is kept for too long now, as is done once a day; with `{"dry_run": true}` tell what it would be."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    dry_run = body.pop("dry_run", False)
    if body or not isinstance(dry_run, bool):
        raise BadParameter("Only dry_run is asked for, true or false.", "Leave the rest out.")
    return {"swept": await state.work.run(lambda: state.shop.privacy.sweep(dry_run=dry_run, actor=actor))}


async def masks(request: Request) -> dict[str, Any]:
    """Each role with how it sees each field of customers: whole, part or none."""
    return {"masks": await request.app.state.work.run(request.app.state.masks.every)}


async def mask(request: Request) -> dict[str, Any]:
    """Show a field to a role otherwise: `{"role": "viewer", "field": "phone", "how": "none"}`."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    role, field, how = (_text(body, name) for name in ("role", "field", "how"))
    await state.work.run(lambda: state.masks.choose(role, field, how, actor))
    return await masks(request)


async def certificates(request: Request) -> dict[str, Any]:
    """The certificates of all erasures, the newest first."""
    return {"certificates": await request.app.state.work.run(request.app.state.shop.privacy.certificates)}


async def certificate(request: Request, number: str) -> Response:
    """One certificate, as `format` json, pdf or txt, in `language` ar or en."""
    shop, (form, language) = request.app.state.shop, _form(request)
    content = await request.app.state.work.run(
        lambda: certificates_.write(shop.privacy.certificate(number), form, language, shop.settings)
    )
    return _file(content, f"erasure-{number}", form)


def _form(request: Request) -> tuple[str, Language]:
    """As what and in which language it is wanted."""
    given, usual = request.query_params, request.app.state.shop.settings.language
    form, language = given.get("format", "json"), given.get("language", usual)
    if language not in LANGUAGES:
        raise UnknownName("language", language, list(LANGUAGES))
    if form not in access.FORMATS:
        raise UnknownName("format", form, list(access.FORMATS))
    return form, cast(Language, language)


def _file(content: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=TYPES.get(form, TEXT), headers=headers)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.pop(name, "")
    if not isinstance(value, str) or (name in ("identifier", "of") and not value.strip()):
        raise BadParameter(f"{name} is no text.", "Name whom: an e-mail, a phone, or one like user:17.")
    return value
