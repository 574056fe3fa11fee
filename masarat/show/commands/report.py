"""masarat report: the answers as a designed document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from masarat.errors import BadParameter
from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show.auditing import is_ours, note_report
from masarat.show.reports import FORMATS


@click.command("report")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write; - for standard output.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="What to write [the file's ending].")
@click.option("--period", default="all", show_default=True, help="Which days, as in masarat ask.")
@click.option(
    "--compare", type=click.Choice(["previous", "last_year", "none"]), help="What to compare with [previous]."
)
@click.option("--lang", "language", type=click.Choice(["ar", "en"]), help="Language [the shop's].")
@click.option(
    "--calendar", type=click.Choice(["gregorian", "hijri"]), help="Calendar of months [the shop's]."
)
@click.option("--currency", help="Currency to answer in [the one most orders are in].")
@click.option("--question", default="", help="Only this question, by its name.")
@click.pass_obj
def command(shop: Shop, /, file: Path, form: str | None, question: str, **given: Any) -> None:
    """Write a report of the shop: cover, key numbers, every question with its sentence, picture and rows, definitions."""
    chosen = form or _format_of(file)
    parameters = {name: value for name, value in given.items() if value}
    console = Console(stderr=True)
    with console.status("Asking and writing…"):
        content = shop.report(chosen, question=question, **parameters)
    if is_ours(shop):
        note_report(shop.records, operator(), question, chosen)
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        return
    save(file, content)
    console.print(f"[green]✓[/] {file} ({len(content) / 1000:,.0f} kB)", highlight=False)


def _format_of(file: Path) -> str:
    ending = file.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise BadParameter(
            f"{file.name!r} does not say what to write.",
            f"End it with .{', .'.join(FORMATS)}, or give --format.",
        )
    return ending


def save(file: Path, content: bytes) -> None:
    """Write the file; BadParameter where its place cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadParameter(f"{file} cannot be written: {error.strerror}.", "Choose another file.") from None
