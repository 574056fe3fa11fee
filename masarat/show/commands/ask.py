"""masarat ask: every question a command of its own, its options made from its parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from masarat.analyse import ANALYSES, Analysis, Answer, find
from masarat.records.audit import operator
from masarat.show.auditing import is_ours, names_customers, note_answer
from masarat.show.catalogue import manual
from masarat.show.fields import Input, inputs, to_text
from masarat.show.noted import told
from masarat.show.tables import FIGURES, cell, heading, to_csv, voice
from masarat.store import Query
from masarat.words import speaker

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))  # terminals show them as boxes
WIDTH_OF_A_FILE = 160


class Questions(click.Group):
    """A command is made when its question is asked: reading the words of all takes a person's time.

    Offers the nearest name for one it does not know; alone it lists what there is.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [kind.name for kind in ANALYSES]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return next((_question(kind) for kind in ANALYSES if kind.name == name), None)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-"):
            find(args[0])
        return super().resolve_command(ctx, args)


@click.group("ask", cls=Questions, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Ask a question: masarat ask revenue --period 2025. Alone, it lists them all."""
    if ctx.invoked_subcommand is None:
        language = ctx.obj.settings.language
        for kind in ANALYSES:
            about = speaker(kind.words, language).say("about")
            click.echo(f"{kind.name:<20} {about}")


def _question(kind: type[Analysis]) -> click.Command:
    """The command of one question."""

    def run(as_json: bool, as_csv: bool, show_steps: bool, **given: Any) -> None:
        ctx = click.get_current_context()
        question = {name: value for name, value in given.items() if value not in (None, ())}
        if show_steps:
            click.echo(explained(ctx.obj.explain(kind.name, **question)))
            return
        answer = ctx.obj.ask(kind.name, **question)
        if names_customers(kind.name) and is_ours(ctx.obj):
            note_answer(ctx.obj.records, operator(), answer, "exported" if as_json or as_csv else "looked")
        if as_json:
            click.echo(answer.model_dump_json(indent=2))
        elif as_csv:
            click.echo(to_csv(answer).encode(), nl=False)
        else:
            show(answer)

    return click.Command(
        kind.name,
        params=[*map(_option, inputs(kind)), *_outputs()],
        callback=run,
        help=manual(kind),
        short_help=speaker(kind.words, "en").say("about"),
    )


def parameters(kind: type[Analysis], words: list[str]) -> dict[str, Any]:
    """The parameters of a question from words as they are typed after `masarat ask`: --period 2025 --limit 10."""
    command = click.Command(kind.name, params=list(map(_option, inputs(kind))), add_help_option=False)
    given = command.make_context(kind.name, words, parent=click.get_current_context()).params
    return {name: value for name, value in given.items() if value not in (None, ())}


def _option(item: Input) -> click.Option:
    """Texts only: what they mean is checked in one place, by the question itself."""
    names = [f"--{item.name.replace('_', '-')}", item.name]
    if item.name == "language":
        names.insert(0, "--lang")
    if item.type == "flag":
        return click.Option(
            [f"{names[0]}/--no-{names[0][2:]}", item.name], default=None, help=item.description
        )
    shown = "|".join(filter(None, item.choices)) if item.choices else item.type.upper()
    default = to_text(item.default)
    about = f"{item.description} [{default}]" if default else item.description
    return click.Option(names, metavar=shown, multiple=item.type == "list", help=about)


def _outputs() -> Iterable[click.Option]:
    yield click.Option(["--json", "as_json"], is_flag=True, help="One JSON object, for programs.")
    yield click.Option(["--csv", "as_csv"], is_flag=True, help="The rows as CSV.")
    yield click.Option(
        ["--explain", "show_steps"], is_flag=True, help="The SQL in its steps, with the values bound."
    )


def explained(query: Query) -> str:
    """A query for people to read: its steps by name, then what they bind."""
    steps = [f"-- {name}\n{sql.strip()}" for name, sql in query.steps.items()]
    values = [
        f"--   {name} = {json.dumps(value, ensure_ascii=False)}" for name, value in query.values.items()
    ]
    return "\n\n".join([*steps, "\n".join(["-- values", *values])])


def show(answer: Answer) -> None:
    """The answer in a terminal: the sentence, the numbers, the rows, what to keep in mind."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    side: Any = "right" if answer.language == "ar" and console.is_terminal else None
    console.print(f"\n[bold]{_plain(answer.sentence)}[/]\n", justify=side)
    for table in (_numbers(answer), _rows(answer)):
        if table.row_count:
            console.print(table, justify=side)
    for number, one in enumerate(told(answer), 1):
        console.print(f"{number}. {_plain(one.line)}", justify=side)
    for note in answer.notes:
        if note != answer.sentence:
            console.print(f"[yellow]•[/] {_plain(note)}", justify=side)


def _numbers(answer: Answer) -> Table:
    speak = voice(answer)
    table = Table(box=None, show_header=False, padding=(0, 2))
    for number in answer.numbers:
        change = "" if number.change is None else speak.percent(abs(number.change))
        arrow = "▲ " if (number.change or 0) > 0 else "▼ " if number.change else ""
        line = [number.title, speak.value(number.kind, number.value, answer.currency), f"{arrow}{change}"]
        table.add_row(*map(_plain, line[::-1] if answer.language == "ar" else line))
    for column in table.columns:
        column.justify = "right"
    return table


def _rows(answer: Answer) -> Table:
    """The rows; in Arabic the first column stands at the right."""
    columns = answer.columns[::-1] if answer.language == "ar" else answer.columns
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        to_right = column.kind in FIGURES or answer.language == "ar"
        table.add_column(
            _plain(heading(answer, column)), justify="right" if to_right else "left", overflow="fold"
        )
    for row in answer.rows:
        table.add_row(*(_plain(cell(answer, column, row[column.name])) for column in columns))
    return table


def _plain(text: str) -> str:
    """Text of any origin for a terminal: no marks of direction, no control characters, no markup of rich."""
    clean = "".join(c if c.isprintable() else " " for c in text.translate(ISOLATES))
    return clean.replace("[", r"\[")
