"""masarat consent: who agreed to what, on which channel, with the evidence."""

from __future__ import annotations

import json
from pathlib import Path

import click

from masarat.collect.consents import read_file, read_identifier, read_statements
from masarat.records.audit import mark, note, operator
from masarat.records.consent import ANY, CHANNELS, PURPOSES, STATUSES, standings, to_json
from masarat.records.models import now
from masarat.shop import Shop
from masarat.show.commands.report import save
from masarat.show.listing import JSON, print_lines, to_csv
from masarat.show.moments import read_moment

HEADS = ("identifier", "purpose", "channel", "status", "at", "source", "evidence")
PURPOSE = click.option("--purpose", default="", metavar="|".join((*PURPOSES, ANY)), help="What it is for.")
CHANNEL = click.option("--channel", default="", metavar="|".join((*CHANNELS, ANY)), help="By which way.")


@click.group("consent")
def command() -> None:
    """Who agreed to what: set, show, import, export."""


@command.command("set")
@click.argument("identifier")
@PURPOSE
@CHANNEL
@click.option("--status", default="", metavar="|".join(STATUSES), help="What they said.")
@click.option("--source", required=True, help="Where they said it: a form, a branch, a call.")
@click.option("--at", "at", metavar="DATE", help="When they said it [now].")
@click.option("--evidence", default="", help="The words they agreed to, or where these are kept.")
@click.pass_obj
def set_(shop: Shop, /, identifier: str, at: str | None, **told: str) -> None:
    """Record what somebody said. IDENTIFIER is an e-mail, a phone, or one like user:17."""
    when = read_moment(at, shop.settings.zone) if at else now()
    said = read_statements({"identifier": identifier, **told}, when, shop.settings)
    added = shop.records.consent.add(said, operator())
    click.echo(f"{said[0].identifier}: {said[0].status}." if added else "That is known already.")


@command.command("show")
@click.argument("identifiers", nargs=-1, required=True)
@JSON
@click.pass_obj
def show(shop: Shop, identifiers: tuple[str, ...], as_json: bool) -> None:
    """Show what a customer agreed to: what stands, and all that was said. Give all identifiers of one customer."""
    asked = [read_identifier(text, shop.settings.country) for text in identifiers]
    with shop.records.transaction() as t:
        note(t, operator(), "looked", "consent", map(mark, asked))
    said = shop.records.consent.of(asked)
    stand = [{"purpose": p, "channel": c, "status": status} for (p, c), status in standings(said).items()]
    if as_json:
        found = {"standing": stand, "statements": [to_json(each) for each in said]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif not said:
        click.echo("Nothing was said: that is no consent.")
    else:
        print_lines(stand, ("purpose", "channel", "status"))
        print_lines([to_json(each) for each in said], HEADS)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@PURPOSE
@CHANNEL
@click.option("--source", default="", help="Where it was said, for rows that do not say it.")
@click.pass_obj
def import_(shop: Shop, /, file: Path, **usual: str) -> None:
    """Take in a file of consents: email or phone, purpose, channel, status, date, source, evidence. Options fill in what its rows leave out."""
    added = shop.records.consent.add(read_file(file, shop.settings, usual), operator())
    click.echo(f"{added:,} new statement{'s' * (added != 1)}.")


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(shop: Shop, file: Path) -> None:
    """Write all that was ever said to a CSV file, which can be imported again."""
    lines = [to_json(said) for said in shop.records.consent.every()]
    with shop.records.transaction() as t:
        note(t, operator(), "exported", "consent", statements=len(lines))
    save(file, to_csv(lines, HEADS).encode())
    click.echo(f"Wrote {file}: {len(lines):,} statement{'s' * (len(lines) != 1)}.")
