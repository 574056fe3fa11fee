"""What the audit log hears when somebody asks: which questions name customers, and which customers an answer named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from masarat.analyse import ANALYSES, Answer, find
from masarat.analyse.segments import can_be_saved
from masarat.collect.connections import find as find_connection
from masarat.collect.reports import ImportReport
from masarat.records import Records
from masarat.records.audit import COMMAND_LINE, mark, note
from masarat.shop import Shop
from masarat.show.remote import RemoteShop

if TYPE_CHECKING:
    from masarat.show.accounts import Caller


MOST_SQL = 2_000  # letters of a statement in the log


def names_customers(question: str) -> bool:
    return can_be_saved(find(question))


def note_answer(records: Records, actor: str, answer: Answer, action: str = "looked") -> None:
    """Write down whom an answer named; the words that were searched for are somebody's data, and are left out."""
    if not names_customers(answer.analysis):
        return
    named = answer.named
    searched = bool(answer.parameters.get("search"))
    details = {"question": answer.analysis, "customers": len(named), "searched": searched}
    with records.transaction() as t:
        note(t, actor, action, "customers", map(mark, named), **details)


def note_report(records: Records, actor: str, question: str, format_: str) -> None:
    """Write down that a report with customers in it was taken out; whom it named is not known any more."""
    asked = [question] if question else [kind.name for kind in ANALYSES]
    if any(map(names_customers, asked)):
        with records.transaction() as t:
            note(t, actor, "exported", "report", question=question or "all", format=format_)


def note_identity(records: Records, actor: str, action: str, identifiers: Iterable[str]) -> None:
    """Write down whose identifiers were looked at, or decided of."""
    with records.transaction() as t:
        note(t, actor, action, "identity", map(mark, identifiers))


def note_quarantine(records: Records, actor: str, action: str, source: str = "", **details: object) -> None:
    """Write down what was done with rows that wait: they hold whatever the file said of customers."""
    with records.transaction() as t:
        note(t, actor, action, "quarantine", [source] if source else [], **details)


def note_sql(records: Records, actor: str, sql: str) -> None:
    """Write down which statement somebody ran."""
    with records.transaction() as t:
        note(t, actor, "looked", "sql", statement=sql[:MOST_SQL])


def note_import(records: Records, actor: str, reports: Iterable[ImportReport]) -> None:
    """Write down which files were taken in; a dry run takes none, nor does a failure."""
    with records.transaction() as t:
        for report in reports:
            if report.import_id and not (report.dry_run or report.error):
                told = {"file": report.file, "rows": report.rows, "added": report.added}
                note(t, actor, "changed", "source", [report.source], deed="import", **told)


def note_sync(records: Records, actor: str, name: str, *, again: bool) -> None:
    """Write down that somebody has a connection asked; the server's own syncs are nobody's deed, and stand with its runs."""
    connector = find_connection(records, name).connector
    with records.transaction() as t:
        note(t, actor, "changed", "connection", [name], connector=connector, deed="sync", again=again)


def actor_of(caller: Caller | None) -> str:
    return caller.actor if caller and caller.actor else COMMAND_LINE


def is_ours(shop: Shop) -> bool:
    """Whether the command line writes down itself what it was shown; beside a server, the server has done so."""
    return not isinstance(shop, RemoteShop)
