"""The processing register over HTTP, for owners."""

from __future__ import annotations

from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from masarat.errors import UnknownName
from masarat.records import Records
from masarat.records.audit import note
from masarat.settings import Language
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller

TYPES = {"pdf": "application/pdf", "json": "application/json", "txt": "text/plain; charset=utf-8"}


async def register(request: Request) -> Response:
    """The register of personal data processing (PDPL, article 31) as pdf, json or txt (`format`), in `language` (ar or en)."""
    shop, actor = request.app.state.shop, actor_of(caller(request))
    form = request.query_params.get("format", "json")
    language = request.query_params.get("language", "") or shop.settings.language
    if form not in TYPES:
        raise UnknownName("format", form, list(TYPES))
    if language not in get_args(Language):
        raise UnknownName("language", language, list(get_args(Language)))
    content = await request.app.state.work.run(lambda: shop.register(form, language))
    await request.app.state.work.run(lambda: _note(shop.records, actor, form))
    headers = {"Content-Disposition": f'attachment; filename="register.{form}"'}
    return Response(content, media_type=TYPES[form], headers=headers)


def _note(records: Records, actor: str, form: str) -> None:
    with records.transaction() as t:
        note(t, actor, "exported", "register", format=form)
