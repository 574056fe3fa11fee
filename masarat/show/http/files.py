"""Files in and out: imports with their progress, what came in so far, and reports."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi.encoders import jsonable_encoder
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from masarat.analyse import find
from masarat.collect.reports import ImportReport
from masarat.errors import BadParameter, MasaratError, UnknownName
from masarat.shop import Shop
from masarat.show.auditing import actor_of, note_import, note_quarantine, note_report
from masarat.show.fields import from_texts
from masarat.show.http.door import caller
from masarat.show.http.masking import mask_of, refuse_masked, rows_mask
from masarat.show.http.sample import not_meanwhile
from masarat.show.http.uploads import Upload, receive

Line = dict[str, Any]
TEXTS = ("source", "preset", "kind", "currency", "timezone", "dates")


async def take_in(request: Request) -> Response:
    """Import uploaded files (multipart, field `file`, repeatable).

    Further fields: source, preset, kind, currency, timezone, dates, dry_run, and mapping as a JSON object of field → column. The response is
    JSON lines: `{"progress": [file, rows, of rows]}` as it goes, and at last `{"reports": […]}` or `{"error": …}`. Once begun, an import goes on to its
    end even if the client leaves.
    """
    not_meanwhile(request)
    state, upload, actor = request.app.state, await receive(request), actor_of(caller(request))
    lines: asyncio.Queue[Line | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def say(line: Line | None) -> None:
        loop.call_soon_threadsafe(lines.put_nowait, line)

    def work() -> None:
        try:
            say({"reports": jsonable_encoder(take(state.shop, upload, actor, _progress(say)))})
        except MasaratError as error:
            say(error.to_json())
        finally:
            say(None)

    running = asyncio.ensure_future(state.work.run(work))
    return StreamingResponse(_stream(lines, running), media_type="application/x-ndjson")


def _progress(say: Callable[[Line], None]) -> Callable[[str, int, int | None], None]:
    return lambda file, done, total: say({"progress": (file, done, total)})


async def _stream(lines: asyncio.Queue[Line | None], running: asyncio.Future[None]) -> AsyncIterator[bytes]:
    while (line := await lines.get()) is not None:
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"
    await running  # a bug in the import comes out here, and is logged


def take(shop: Shop, upload: Upload, actor: str, progress: Any = None) -> list[ImportReport]:
    """Import the files of an upload, write down who did, and remove them whatever happens."""
    try:
        options: dict[str, Any] = {name: upload.fields.get(name, "").strip() for name in TEXTS}
        options["mapping"] = _mapping(upload.fields.get("mapping", ""))
        options["dry_run"] = upload.fields.get("dry_run", "").lower() in ("1", "true", "yes", "on")
        reports = shop.import_files(upload.files, progress=progress, **options)
        note_import(shop.records, actor, reports)
        return reports
    finally:
        upload.remove()


def _mapping(text: str) -> dict[str, str] | None:
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadParameter("The mapping is not a JSON object.", 'Write it like {"date": "Order date"}.')
    return {str(field): str(column) for field, column in found.items()}


async def sources(request: Request) -> Any:
    """What came in: every source with its files, rows, first and last day, and how much was rejected."""
    return jsonable_encoder(await request.app.state.work.run(request.app.state.shop.sources))


async def quarantined(request: Request) -> Response:
    """The rows that could not be taken, with reason and remedy, as CSV; `source` chooses one source's, `shown=1` says that they are only looked at."""
    source, shown = request.query_params.get("source", ""), request.query_params.get("shown") == "1"
    shop, actor = request.app.state.shop, actor_of(caller(request))
    text = await request.app.state.work.run(lambda: shop.quarantined(source))
    if not shown or text.count("\n") > 1:  # a page that shows none has looked at nobody
        action = "looked" if shown else "exported"
        await request.app.state.work.run(lambda: note_quarantine(shop.records, actor, action, source))
    headers = {"Content-Disposition": 'attachment; filename="quarantine.csv"'}
    if mask := mask_of(request, request.app.state.masks):
        text = mask.csv(text)
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


async def replay(request: Request) -> Any:
    """Take in quarantined rows that were set right: the CSV, uploaded in the field `file`."""
    refuse_masked(request, "what is masked must not be taken in")
    not_meanwhile(request)
    shop, upload = request.app.state.shop, await receive(request)
    actor = actor_of(caller(request))
    try:
        found = await request.app.state.work.run(lambda: shop.replay(upload.files[0]))
    finally:
        upload.remove()
    await request.app.state.work.run(
        lambda: note_quarantine(shop.records, actor, "changed", deed="replayed", rows=found.replayed)
    )
    return jsonable_encoder(found)


async def dismiss(request: Request) -> dict[str, int]:
    """Close the quarantined rows that nobody will set right; `source` chooses one source's."""
    source, shop = request.query_params.get("source", ""), request.app.state.shop
    actor = actor_of(caller(request))
    found: int = await request.app.state.work.run(lambda: shop.dismiss(source))
    await request.app.state.work.run(
        lambda: note_quarantine(shop.records, actor, "changed", source, deed="dismissed", rows=found)
    )
    return {"dismissed": found}


TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


async def report(request: Request) -> Response:
    """A report, or one answer (`question`), as pdf, xlsx, html or json (`format`); other parameters as every question takes them."""
    given = {name: text for name, text in request.query_params.items() if text.strip()}
    format_ = given.pop("format", "pdf")
    if format_ not in TYPES:
        raise UnknownName("format", format_, list(TYPES))
    question = given.pop("question", "")
    given = from_texts(find(question), given) if question else given
    shop = request.app.state.shop
    mask = rows_mask(request)
    content = await request.app.state.work.run(
        lambda: shop.report(format_, question=question, mask=mask, **given)
    )
    actor = actor_of(caller(request))
    await request.app.state.work.run(lambda: note_report(shop.records, actor, question, format_))
    name = f"{question or 'masarat'}.{format_}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=TYPES[format_], headers=headers)
