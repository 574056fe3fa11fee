"""masarat connections: what is connected, when it was asked last, and what came of it."""

from __future__ import annotations

import click

from masarat.collect import connections
from masarat.collect.reports import ConnectionReport, SyncReport
from masarat.shop import Shop
from masarat.show.listing import JSON, print_lines

HEADS = ("name", "program", "every", "last", "rows", "new", "state")
RUN_HEADS = ("started", "ended", "pages", "rows", "new", "known", "restated", "rejected", "state")


@click.command("connections")
@click.argument("name", default="")
@JSON
@click.pass_obj
def command(shop: Shop, name: str, as_json: bool) -> None:
    """List connections with their last sync; with a name, its latest runs."""
    if name:
        connections.find(shop.records, name)
        runs = connections.runs(shop.records, name)
        print_lines([_run(run) for run in runs], RUN_HEADS, as_json=as_json)
        for run in () if as_json else runs:
            for note in run.notes:
                click.echo(f"{run.started_at:%Y-%m-%d %H:%M}  ! {note}")
        return
    found = [_line(each) for each in shop.connections()]
    if not found and not as_json:
        click.echo("Nothing is connected yet. Try: masarat connect")
        return
    print_lines(found, HEADS, as_json=as_json)


def _line(each: ConnectionReport) -> dict[str, object]:
    silent = f"; silent since {each.silent_since:%Y-%m-%d}" if each.silent_since else ""
    notes = "; with notes" if each.last and each.last.notes else ""
    return {
        "name": each.name,
        "program": each.connector,
        "every": f"{each.every_minutes} min" if each.every_minutes else "when asked",
        "last": each.last.started_at.isoformat(timespec="minutes") if each.last else "",
        "rows": each.last.rows if each.last else 0,
        "new": each.last.added if each.last else 0,
        "state": (_state(each.last) if each.last else "never asked") + notes + silent,
    }


def _run(run: SyncReport) -> dict[str, object]:
    return {
        "started": run.started_at.isoformat(timespec="seconds"),
        "ended": run.ended_at.isoformat(timespec="seconds") if run.ended_at else "",
        "pages": run.pages,
        "rows": run.rows,
        "new": run.added,
        "known": run.known,
        "restated": run.restated,
        "rejected": run.rejected,
        "state": _state(run),
        "notes": run.notes,
    }


def _state(run: SyncReport) -> str:
    return run.error or run.state
