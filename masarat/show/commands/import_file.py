"""masarat import: files in, with what was understood, how far it is, and what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from masarat.collect.kinds import KINDS
from masarat.collect.reports import ImportReport, Preview
from masarat.collect.sources import SOURCES
from masarat.errors import BadParameter
from masarat.records.audit import operator
from masarat.show.auditing import is_ours, note_import

Watch = Callable[[str, int, int | None], None]


def _mapping(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    for text in given:
        if "=" not in text:
            raise BadParameter(f"--map {text} is not field=column.", "Write it like --map ts='Order date'.")
    return dict(text.split("=", 1) for text in given)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "preset",
    metavar="NAME",
    default="",
    help=f"Whose export it is, where its columns do not show it: {', '.join(source.name for source in SOURCES)}.",
)
@click.option(
    "--kind",
    default="",
    help=f"What it is about, where that is not seen: {', '.join(kind.name for kind in KINDS)}.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_mapping,
    help="Read a field from this column.",
)
@click.option(
    "--source", default="", help="Name of where it comes from; found by its columns where it came before."
)
@click.option("--currency", default="", help="Currency of amounts that name none, like SAR.")
@click.option("--timezone", default="", help="Time zone of times that name none, like Asia/Riyadh.")
@click.option("--dates", default="", help="Order of dates like 3/4/2025: dmy or mdy.")
@click.option("--dry-run", is_flag=True, help="Read and compare, write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
def command(files: tuple[Path, ...], as_json: bool, yes: bool, dry_run: bool, **given: Any) -> None:
    """Take in files: orders, contacts, costs, tickets and more, from CSV, TSV, XLSX, JSON, JSON lines, Parquet, also gzipped or zipped; or a directory of them."""
    ctx = click.get_current_context()
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (yes or as_json)
    if asks:
        given["dates"] = _agree(ctx.obj.preview(files, **given), given["dates"])
    with _progress(quiet=as_json) as watch:
        reports = ctx.obj.import_files(files, dry_run=dry_run, progress=watch, **given)
    if is_ours(ctx.obj):
        note_import(ctx.obj.records, operator(), reports)
    if as_json:
        click.echo(
            json.dumps([report.model_dump(mode="json") for report in reports], ensure_ascii=False, indent=2)
        )
    else:
        zone = ctx.obj.settings.zone
        for report in reports:
            _show(report, zone, mapping=not asks)
    if any(report.error for report in reports):
        ctx.exit(1)


def _agree(previews: list[Preview], dates: str) -> str:
    """Show how the files are understood and ask whether that is right; returns the order of dates, asked for where it is open."""
    console = Console(stderr=True)
    for found in previews:
        console.print(f"[bold]{escape(found.file)}[/]", highlight=False)
        console.print(mapping_table(found))
    if any(found.dates == "ambiguous" for found in previews):
        dates = click.prompt("Dates are written", type=click.Choice(["dmy", "mdy"]), err=True)
    click.confirm("Take it in like this?", default=True, abort=True, err=True)
    return dates


def mapping_table(found: Preview) -> Table:
    """Field, column, how sure, and what stands in it."""
    table = Table(box=SIMPLE_HEAD)
    for name in ("Field", "Column", "Sure", "Because", "Samples"):
        table.add_column(name, justify="right" if name == "Sure" else "left")
    for column in found.columns:
        samples = " · ".join(column.samples[:3])
        table.add_row(
            column.field, escape(column.column), f"{column.confidence:.0%}", column.why, escape(samples)
        )
    if found.unmapped:
        table.add_row("(kept)", escape(", ".join(found.unmapped)), "", "as properties", "")
    return table


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "", style="dim")


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Watch | None]:
    """A bar on the terminal with rate and time left; nothing where nobody looks."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} rows"),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def watch(file: str, done: int, total: int | None) -> None:
            if file not in tasks:
                tasks[file] = bar.add_task(escape(file), total=total)
            bar.update(tasks[file], completed=done, total=total)

        yield watch


def _show(report: ImportReport, zone: Any, *, mapping: bool) -> None:
    console = Console(highlight=False)
    console.print(
        f"[bold]{escape(report.file)}[/]" + (f" → {escape(report.source)}" if report.source else "")
    )
    if report.error:
        console.print(f"  [red]✗[/] {escape(report.error)} {escape(report.remedy)}")
        return
    if mapping and report.preview:
        console.print(mapping_table(report.preview))
    for name, value in _summary(report, zone) if report.kind else ():
        console.print(f"  {name:<22}{value}")
    for note in report.notes:
        console.print(f"  [yellow]![/] {escape(note)}")
    if report.rejected:
        console.print("  [yellow]![/] See the rejected rows with: masarat quarantine export FILE.csv")


def _summary(report: ImportReport, zone: Any) -> Iterator[tuple[str, str]]:
    yield "Rows read", f"{report.rows:,}"
    if report.orders:
        yield "Orders", f"{report.orders:,}"
    yield "Customers", f"{report.customers:,}"
    for name, count in (
        ("Rows without customer", report.unidentified),
        ("Of erased customers", report.erased),
        ("Rows cancelled", report.cancelled),
        ("Rows returned", report.returned),
        ("Rows rejected", report.rejected),
    ):
        if count:
            yield name, f"{count:,}"
    would = "would be " if report.dry_run else ""
    yield "Events", f"{would}new {report.added:,}, known {report.known:,}, restated {report.restated:,}"
    for table, rows in report.written.items():
        yield table.capitalize(), f"{rows:,}"
    if report.first and report.last:
        first, last = (
            time.astimezone(zone).strftime("%Y-%m-%d %H:%M") for time in (report.first, report.last)
        )
        yield "From – to", f"{first} – {last}"
    for currency, net in report.net.items():
        yield "Net", f"{currency} {net:,.2f}"
