"""Questions over HTTP: the catalogue, answers as JSON and CSV, and how they are computed."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from masarat.analyse import Analysis, Answer, find, read
from masarat.errors import BadParameter
from masarat.show.auditing import actor_of, names_customers, note_answer
from masarat.show.catalogue import catalogue as entries
from masarat.show.fields import from_texts
from masarat.show.http.door import caller
from masarat.show.http.masking import rows_mask, seen_as
from masarat.show.tables import to_csv
from masarat.words import speaker


async def catalogue(request: Request) -> list[dict[str, Any]]:
    """Every question: titles, manual, parameters as JSON Schema, columns with their definitions, an example."""
    return entries()


def answerer(kind: type[Analysis]) -> Callable[[Request], Awaitable[Any]]:
    """What answers `POST /v1/ask/<name>`: parameters as a JSON object, the answer back."""

    async def answer(request: Request) -> Response:
        found = await ask(request, read(kind, await parameters(request)))
        return Response(found.model_dump_json(), media_type="application/json")

    answer.__doc__ = kind.__doc__
    return answer


def describe(kind: type[Analysis]) -> dict[str, Any]:
    """What OpenAPI says of a question."""
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    body = {"content": {"application/json": {"schema": schema}}}
    return {
        "name": kind.name,
        "summary": speaker(kind.words, "en").say("title"),
        "openapi_extra": {"requestBody": body},
    }


async def unknown(request: Request, name: str) -> None:
    """A question that is not in the catalogue: the nearest name is offered."""
    find(name)


async def as_csv(request: Request, name: str) -> Response:
    """The rows of an answer as CSV (UTF-8 with BOM); parameters in the URL."""
    question = read(find(name), from_texts(find(name), request.query_params))
    text = to_csv(await ask(request, question, action="exported"))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


async def explain(request: Request, name: str) -> Response:
    """How a question is computed: its SQL in named steps, and the values they bind."""
    question = read(find(name), await parameters(request))
    query = await request.app.state.work.run(lambda: request.app.state.shop.explain(question))
    return JSONResponse({"steps": dict(query.steps), "values": dict(query.values), "rows": query.last})


async def ask(request: Request, question: Analysis, *, action: str = "looked") -> Answer:
    """The answer, computed off the event loop; cancelled when the client leaves. Whom it names is written down first."""
    state = request.app.state
    mask, seen = rows_mask(request), seen_as(request)
    fresh = request.query_params.get("fresh") == "1"
    found, age = await state.work.ask(
        request, lambda tag: state.kept.ask(question, tag=tag, mask=mask, seen=seen, fresh=fresh)
    )
    found = cast(Answer, found.model_copy(update={"age": age}))
    if names_customers(question.name):
        actor = actor_of(caller(request))
        await state.work.run(lambda: note_answer(state.shop.records, actor, found, action))
    return found


async def parameters(request: Request) -> dict[str, Any]:
    """The body as parameters; an empty body takes every default."""
    body = await request.body()
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadParameter("The body is not a JSON object.", 'Send the parameters, like {"period": "2025"}.')
    return found
