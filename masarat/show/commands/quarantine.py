"""masarat quarantine: the rows that could not be taken, out to a spreadsheet and in again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from masarat.records.audit import operator
from masarat.show.auditing import is_ours, note_quarantine
from masarat.show.commands.report import save

SHOWN = ("source", "file", "row_number", "field", "reason", "remedy")
SOURCE = click.option("--source", default="", help="Only rows of this source.")


@click.group("quarantine", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Rows that could not be taken, each with its reason and remedy. Alone, it lists them."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_rows)


@command.command("list")
@SOURCE
@click.option("--limit", default=50, show_default=True, help="How many rows to show.")
@click.pass_context
def list_rows(ctx: click.Context, source: str = "", limit: int = 50) -> None:
    """Show the rows that wait."""
    rows = list(csv.DictReader(io.StringIO(ctx.obj.quarantined(source).lstrip("\ufeff"))))
    if not rows:
        click.echo("No rows are waiting.")
        return
    table = Table(box=SIMPLE_HEAD)
    for name in SHOWN:
        table.add_column(name.replace("_", " ").capitalize())
    for row in rows[:limit]:
        table.add_row(*(escape(row[f"masarat:{name}"]) for name in SHOWN))
    Console().print(table)
    click.echo(f"{len(rows):,} rows are waiting. Set them right: masarat quarantine export FILE.csv")


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@SOURCE
@click.pass_context
def export(ctx: click.Context, file: Path, source: str) -> None:
    """Write the rows that wait to a CSV file, to be set right in a spreadsheet."""
    text = ctx.obj.quarantined(source)
    if is_ours(ctx.obj):
        note_quarantine(ctx.obj.records, operator(), "exported", source)
    save(file, text.encode())
    click.echo(f"Wrote {file}. Set the cells right, keep the columns, then: masarat quarantine replay {file}")


@command.command("replay")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def replay(ctx: click.Context, file: Path) -> None:
    """Take in rows that were set right. What is still wrong stays."""
    found = ctx.obj.replay(file)
    if is_ours(ctx.obj):
        note_quarantine(ctx.obj.records, operator(), "changed", deed="replayed", rows=found.replayed)
    click.echo(
        f"{found.replayed:,} rows taken in, {found.still_wrong:,} still wrong, {found.closed_before:,} were not waiting."
    )
    for reason in found.reasons[:20]:
        click.echo(f"  {reason}")


@command.command("dismiss")
@SOURCE
@click.confirmation_option("--yes", prompt="Close all rows that wait?")
@click.pass_context
def dismiss(ctx: click.Context, source: str) -> None:
    """Close the rows that nobody will set right."""
    closed = ctx.obj.dismiss(source)
    if is_ours(ctx.obj):
        note_quarantine(ctx.obj.records, operator(), "changed", source, deed="dismissed", rows=closed)
    click.echo(f"{closed:,} rows closed.")
