"""Plain lists on the command line: as a table, as JSON, as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from masarat.show.tables import BOM, disarmed

Line = Mapping[str, Any]

JSON = click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
CSV = click.option("--csv", "as_csv", is_flag=True, help="Print them as CSV.")


def print_lines(
    lines: Sequence[Line], heads: Sequence[str], *, as_json: bool = False, as_csv: bool = False
) -> None:
    """Each line is a mapping with the heads as keys."""
    if as_json:
        print_json(lines)
    elif as_csv:
        click.echo(to_csv(lines, heads).encode(), nl=False)
    else:
        Console().print(_table(lines, heads))


def print_json(found: Any) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))


def to_csv(lines: Sequence[Line], heads: Sequence[str]) -> str:
    """UTF-8 with a byte-order mark; texts that a spreadsheet would run as formulas are disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for line in lines:
        writer.writerow([disarmed(_text(line[head])) for head in heads])
    return BOM + out.getvalue()


def _table(lines: Sequence[Line], heads: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for head in heads:
        table.add_column(head.replace("_", " ").capitalize(), overflow="fold")
    for line in lines:
        table.add_row(*(escape(_text(line[head])) for head in heads))
    return table


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={part}" for name, part in value.items())
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
