"""masarat privacy: what the law lets a customer ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from masarat.errors import BadParameter
from masarat.records.audit import operator
from masarat.records.masks import FIELDS, Masks
from masarat.records.retention import keep, periods
from masarat.settings import Language
from masarat.shop import Shop
from masarat.show import access
from masarat.show.certificate import FORMATS, write
from masarat.show.commands.report import save
from masarat.show.listing import JSON, print_lines
from masarat.show.privacy import erase as erase_
from masarat.show.privacy import export as export_
from masarat.show.privacy import look

LANGUAGE = click.option("--lang", "language", type=click.Choice(["ar", "en"]), help="Language [the shop's].")
FILE = click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="File to write."
)


@click.group("privacy")
def command() -> None:
    """What the law lets a customer ask for: all that is known of them, and to be erased."""


@command.command("erase")
@click.argument("identifier")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@click.option("--everything", is_flag=True, help="Their sales too, which else stay as sales of nobody.")
@click.option("--why", default="", help="The reason, for the certificate; without naming anybody.")
@click.option("--confirm", default="", help="The identifier again, instead of being asked for it.")
@FILE
@LANGUAGE
@click.pass_obj
def erase(
    shop: Shop,
    identifier: str,
    dry_run: bool,
    everything: bool,
    why: str,
    confirm: str,
    file: Path | None,
    language: Language | None,
) -> None:
    """Erase a customer from everywhere, for good: IDENTIFIER is an e-mail, a phone, or one like user:17."""
    form = _form(file)
    plan = look(shop, identifier, operator(), everything=everything)
    click.echo(f"One customer: {', '.join(plan.identifiers)}")
    print_lines([{"place": name, "rows": n} for name, n in plan.found.items() if n], ("place", "rows"))
    if dry_run:
        click.echo("Nothing was erased.")
        return
    again = confirm or click.prompt("Nothing brings it back. Repeat the identifier to erase it")
    done = erase_(shop, identifier, again, operator(), everything=everything, why=why)
    click.echo(f"Erased. Certificate {done['number']}, SHA-256 {done['sha256']}.")
    _write(shop, done, file, form, language)


@command.command("again")
@click.pass_obj
def again(shop: Shop) -> None:
    """After a backup was brought back: erase once more whoever was erased, and finish what was cut off. A server does so once a day."""
    found = shop.privacy.again()
    if found:
        print_lines(found, ("number", "done_at", "ground", "sha256"))
    else:
        click.echo("Nobody who was erased has come back.")


@command.command("export")
@click.argument("identifier")
@FILE
@LANGUAGE
@click.pass_obj
def export(shop: Shop, identifier: str, file: Path | None, language: Language | None) -> None:
    """Write all that is known of a customer, for themselves: to a .pdf, .json or .txt file."""
    form = _form(file)
    found = access.write(
        export_(shop, identifier, operator()), form, language or shop.settings.language, shop.settings
    )
    if file is None:
        click.echo(found.decode(), nl=False)
        return
    save(file, found)
    click.echo(f"Wrote {file}.")


@command.command("mask")
@click.argument("role", default="")
@click.argument("field", default="")
@click.argument("how", default="")
@click.pass_obj
def mask(shop: Shop, role: str, field: str, how: str) -> None:
    """Show a field of customers to a role whole, in part (m•••@x.sa) or not at all: viewer phone none. Alone, it lists how it is.

    A running server hears of it within seconds.
    """
    masks = Masks(shop.records)
    if role:
        masks.choose(role, field, how, operator())
    print_lines(masks.every(), ("role", *FIELDS))


@command.command("retention")
@click.argument("source", default="")
@click.option("--days", type=int, help="Keep what comes from this source for so many days.")
@click.option("--keep", "forever", is_flag=True, help="Keep it without end.")
@click.pass_obj
def retention(shop: Shop, source: str, days: int | None, forever: bool) -> None:
    """Say how long what comes from a SOURCE is kept. Alone, it lists what was said."""
    if source:
        if (days is None) != forever:
            raise BadParameter("How long is not said.", "Give either --days N or --keep.")
        keep(shop.records, source, days, operator())
    found = [{"source": name, "days": n} for name, n in periods(shop.records).items()]
    if found:
        print_lines(found, ("source", "days"))
    else:
        click.echo("Everything is kept without end.")


@command.command("sweep")
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
@click.pass_obj
def sweep(shop: Shop, dry_run: bool) -> None:
    """Delete what is kept for too long. A server does so once a day."""
    found = shop.privacy.sweep(dry_run=dry_run, actor=operator())
    if found:
        print_lines(found, ("source", "days", "before", "events", "traits", "quarantine"))
    click.echo("Nothing was deleted." if dry_run or not found else "Done.")


@command.command("certificates")
@JSON
@click.pass_obj
def certificates(shop: Shop, as_json: bool) -> None:
    """List the certificates of all erasures."""
    found = shop.privacy.certificates()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif not found:
        click.echo("Nobody was erased yet.")
    else:
        print_lines(found, ("number", "done_at", "actor", "ground", "everything", "sha256"))


@command.command("certificate")
@click.argument("number")
@FILE
@LANGUAGE
@click.pass_obj
def certificate(shop: Shop, number: str, file: Path | None, language: Language | None) -> None:
    """Show a certificate, or write it to a .pdf, .json or .txt file."""
    form = _form(file)
    found = shop.privacy.certificate(number)
    if file is None:
        click.echo(write(found, "txt", language or shop.settings.language, shop.settings).decode(), nl=False)
    _write(shop, found, file, form, language)


def _form(file: Path | None) -> str:
    form = file.suffix.lower().lstrip(".") if file else "txt"
    if form not in FORMATS:
        raise BadParameter(f"{str(file)!r} does not say what to write.", "End it with .pdf, .json or .txt.")
    return form


def _write(
    shop: Shop, found: dict[str, Any], file: Path | None, form: str, language: Language | None
) -> None:
    if file:
        save(file, write(found, form, language or shop.settings.language, shop.settings))
        click.echo(f"Wrote {file}.")
