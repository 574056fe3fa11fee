"""masarat sources: what came in, when, and what became of it."""

from __future__ import annotations

import json

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

WIDTH_OF_A_FILE = 160
COLUMNS = ("Source", "File", "When", "Rows", "New", "Restated", "Rejected", "First", "Last", "State")


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List what came in, newest first: rows, first and last day, and how many rows were rejected."""
    found = ctx.obj.sources()
    if as_json:
        click.echo(json.dumps([run.model_dump(mode="json") for run in found], ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("Nothing has come in yet. Try: masarat import FILE")
        return
    zone = ctx.obj.settings.zone
    table = Table(box=SIMPLE_HEAD)
    for name in COLUMNS:
        right = name in ("Rows", "New", "Restated", "Rejected")
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for run in found:
        first, last = (
            time.astimezone(zone).strftime("%Y-%m-%d") if time else "" for time in (run.first, run.last)
        )
        when = run.started_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        counts = (f"{count:,}" for count in (run.rows, run.added, run.restated, run.rejected))
        state = f"{run.state}: {run.error}" if run.error else run.state
        table.add_row(escape(run.source), escape(run.file), when, *counts, first, last, escape(state))
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    console.print(table)
