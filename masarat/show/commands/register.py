"""masarat register: the register of personal data processing that the law asks for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from masarat.errors import BadParameter
from masarat.records.audit import note, operator
from masarat.records.register import NAMES, tell
from masarat.settings import Language
from masarat.shop import Shop
from masarat.show.auditing import is_ours
from masarat.show.commands.report import save


@click.group("register", invoke_without_command=True)
@click.option("--lang", "language", type=click.Choice(["ar", "en"]), help="Language [the shop's].")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    help="File to write: .pdf, .json or .txt [here].",
)
@click.pass_context
def command(ctx: click.Context, language: Language | None, file: Path | None) -> None:
    """Say what personal data are held, what for, from where, for how long, and who receives them (PDPL, article 31)."""
    if ctx.invoked_subcommand is not None:
        return
    shop: Shop = ctx.obj
    form = file.suffix.lower().lstrip(".") if file else "txt"
    if form not in ("pdf", "json", "txt"):
        raise BadParameter(f"{str(file)!r} does not say what to write.", "End it with .pdf, .json or .txt.")
    content = shop.register(form, language or shop.settings.language)
    if is_ours(shop):
        with shop.records.transaction() as t:
            note(t, operator(), "exported", "register", format=form)
    if file is None:
        sys.stdout.buffer.write(content)
        return
    save(file, content)
    click.echo(f"Wrote {file}.")


@command.command("set")
@click.argument("name", metavar="|".join(NAMES))
@click.argument("text")
@click.pass_obj
def set_(shop: Shop, name: str, text: str) -> None:
    """Tell what only you know: who is responsible, who receives data, how long they are kept."""
    tell(shop.records, name, text, operator())
    click.echo("Written down.")
