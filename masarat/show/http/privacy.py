"""Privacy over HTTP: erasures with their certificates."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from masarat.errors import BadParameter, UnknownName
from masarat.show import certificate as certificates_
from masarat.show import privacy as deeds
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.files import TYPES
from masarat.show.http.questions import parameters

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


async def certificates(request: Request) -> dict[str, Any]:
    """The certificates of all erasures, the newest first."""
    return {"certificates": await request.app.state.work.run(request.app.state.shop.privacy.certificates)}


async def certificate(request: Request, number: str) -> Response:
    """One certificate, as `format` json, pdf or txt, in `language` ar or en."""
    shop, given = request.app.state.shop, request.query_params
    form, language = given.get("format", "json"), given.get("language", shop.settings.language)
    if language not in ("ar", "en"):
        raise UnknownName("language", language, ["ar", "en"])
    content = await request.app.state.work.run(
        lambda: certificates_.write(shop.privacy.certificate(number), form, language, shop.settings)
    )
    headers = {"Content-Disposition": f'attachment; filename="erasure-{number}.{form}"'}
    return Response(content, media_type=TYPES.get(form, TEXT), headers=headers)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.pop(name, "")
    if not isinstance(value, str) or (name == "identifier" and not value.strip()):
        raise BadParameter(f"{name} is no text.", "Name whom: an e-mail, a phone, or one like user:17.")
    return value
