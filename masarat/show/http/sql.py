"""The console: SQL that somebody writes, run so that it can only read, for those who see customers unmasked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.show.auditing import actor_of, note_sql
from masarat.show.http.door import caller
from masarat.show.http.masking import refuse_masked
from masarat.show.http.questions import parameters


async def tables(request: Request) -> dict[str, Any]:
    """The tables that can be read, with what each and each of its columns holds."""
    found = await request.app.state.work.run(request.app.state.console.tables)
    return {"tables": [asdict(table) for table in found]}


async def run(request: Request) -> dict[str, Any]:
    """Run one statement that only reads: `{"sql": "SHOW TABLES"}`.

    Back come `columns`, `rows` as texts (null where there is nothing), `more` where there were further ones than may be shown, and what was
    read in which time. SELECT, EXPLAIN, DESCRIBE and SHOW TABLES are run. The statement is written down in the audit log.
    """
    refuse_masked(request, "a statement can show whatever is stored")
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    sql = body.pop("sql", None)
    if body or not isinstance(sql, str):
        raise BadParameter("sql is a text.", 'Send {"sql": "SHOW TABLES"}.')
    await state.work.run(lambda: note_sql(state.shop.records, actor, sql))
    found = await state.work.run(lambda: state.console.run(sql))
    return asdict(found)
