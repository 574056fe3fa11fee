"""masarat customer: one customer, whoever they were merged from, and what people add to what is known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from masarat.errors import BadFile
from masarat.models.reconcile import RULES
from masarat.records.audit import operator
from masarat.records.relations import KINDS as RELATIONS
from masarat.settings import Language
from masarat.shop import Shop
from masarat.show.customer_text import FOUND, bare, found_line, nothing, profile_lines, timeline_lines
from masarat.show.listing import print_lines
from masarat.show.moments import maybe_moment

JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
LANGUAGE = click.option("--lang", "language", type=click.Choice(["ar", "en"]), help="Language of the answer.")
WHO = click.argument("identifier")


@click.group("customer")
def command() -> None:
    """One customer: who they are, what they did, what we know of them, and what we add.

    IDENTIFIER is any they ever came with: an e-mail, a phone, or one like user:17.
    """


@command.command("find")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=int, help="How many customers.")
@JSON
@click.pass_obj
def find(shop: Shop, text: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find customers by part of a name in either script, a phone in any form or its last digits, an e-mail, any identifier."""
    found = shop.customers.find(" ".join(text), limit=limit, actor=operator())
    if as_json:
        _json(found)
    elif not found["customers"]:
        click.echo("Nobody is found.")
    else:
        print_lines([found_line(each) for each in found["customers"]], FOUND)
        if found["more"]:
            click.echo("Others match as well: write more of it, or give --limit.")


@command.command("reindex")
@click.pass_obj
def reindex(shop: Shop) -> None:
    """Fill what customers are found by anew from all that stands. It fills itself; this is for repair, with the server stopped."""
    from masarat.store.searching import refill

    click.echo(f"Customers are found by {refill(shop.store):,} words.")


@command.command("show")
@WHO
@JSON
@LANGUAGE
@click.pass_obj
def show(shop: Shop, identifier: str, as_json: bool, language: Language | None) -> None:
    """Everything that is known of a customer: facts of four kinds with where they come from, and the newest of the timeline."""
    found = shop.customers.show(identifier, language=language or shop.settings.language, actor=operator())
    if as_json:
        _json(found)
    else:
        _print(profile_lines(found))


@command.command("timeline")
@WHO
@click.option(
    "--kind", "kinds", multiple=True, help="Only such lines: visits, orders, service, … Repeatable."
)
@click.option("--name", "names", multiple=True, help="Only such events: 'Order Completed'. Repeatable.")
@click.option("--source", "sources", multiple=True, help="Only what came from there. Repeatable.")
@click.option("--since", metavar="DATE", help="From this day on.")
@click.option("--until", metavar="DATE", help="Before this day.")
@click.option("--text", default="", help="What stands in a product, a page, an order number, or was said.")
@click.option("--limit", default=50, show_default=True, type=int, help="How many lines.")
@click.option("--before", default="", help="The place at which the page before ended.")
@JSON
@LANGUAGE
@click.pass_obj
def timeline(
    shop: Shop,
    /,
    identifier: str,
    since: str | None,
    until: str | None,
    as_json: bool,
    language: Language | None,
    **asked: Any,
) -> None:
    """Everything that happened with a customer, over all sources, newest first."""
    from masarat.analyse.profile.timeline import Asked

    zone, spoken = shop.settings.zone, language or shop.settings.language
    wanted = Asked(since=maybe_moment(since, zone), until=maybe_moment(until, zone), **asked)
    found = shop.customers.timeline(identifier, wanted, language=spoken, actor=operator())
    if as_json:
        _json(found)
        return
    _print(timeline_lines(found["lines"]) if found["lines"] else [nothing(spoken)])
    if found["next"]:
        click.echo(f"\nMore: --before '{found['next']}'")


@command.command("note")
@WHO
@click.argument("text", default="")
@click.option("--delete", "deleted", type=int, metavar="NUMBER", help="Put this note aside.")
@click.option("--restore", "restored", type=int, metavar="NUMBER", help="Bring it back.")
@click.pass_obj
def note(shop: Shop, identifier: str, text: str, deleted: int | None, restored: int | None) -> None:
    """Note something about a customer; --delete and --restore take the number of a note."""
    if deleted is not None:
        shop.customers.delete_note(identifier, deleted, operator())
        click.echo(f"Note {deleted} is put aside. Bring it back with --restore {deleted}.")
    elif restored is not None:
        shop.customers.delete_note(identifier, restored, operator(), restore=True)
        click.echo(f"Note {restored} is back.")
    else:
        click.echo(f"Note {shop.customers.note(identifier, text, operator())['id']}.")


@command.command("tag")
@WHO
@click.argument("tags", nargs=-1, required=True)
@click.pass_obj
def tag(shop: Shop, identifier: str, tags: tuple[str, ...]) -> None:
    """Tag a customer."""
    _say_tags(shop.customers.tag(identifier, tags, operator()))


@command.command("untag")
@WHO
@click.argument("tags", nargs=-1, required=True)
@click.pass_obj
def untag(shop: Shop, identifier: str, tags: tuple[str, ...]) -> None:
    """Take tags off a customer."""
    _say_tags(shop.customers.untag(identifier, tags, operator()))


@command.command("tags")
@JSON
@click.pass_obj
def tags_(shop: Shop, as_json: bool) -> None:
    """Every tag, with how many customers carry it."""
    print_lines(shop.customers.tags(), ("tag", "customers"), as_json=as_json)


@command.command("relate")
@WHO
@click.argument("other")
@click.option("--kind", required=True, metavar="|".join(RELATIONS), help="How they belong together.")
@click.option("--role", default="", help="What the other is: mother, buyer, accountant.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Since when.")
@click.pass_obj
def relate(shop: Shop, identifier: str, other: str, kind: str, role: str, since: datetime | None) -> None:
    """Put two customers into a relation, without making them one. Of a company, the company comes first, its contact second."""
    day = since.date() if since else None
    made = shop.customers.relate(identifier, other, kind, operator(), role=role, since=day)
    click.echo(f"{made['kind']}: {identifier} and {made['with']}.")


@command.command("unrelate")
@WHO
@click.argument("other")
@click.option("--kind", default="", metavar="|".join(RELATIONS), help="Only this relation.")
@click.pass_obj
def unrelate(shop: Shop, identifier: str, other: str, kind: str) -> None:
    """Take back the relations between two customers."""
    gone = shop.customers.unrelate(identifier, other, operator(), kind=kind)
    click.echo(f"{gone} relation{'' if gone == 1 else 's'} taken back.")


@command.command("attach")
@WHO
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--delete", "deleted", type=int, metavar="NUMBER", help="Delete this file for good.")
@click.option(
    "--save", "saved", type=int, metavar="NUMBER", help="Write this file into the working directory."
)
@click.pass_obj
def attach(shop: Shop, identifier: str, file: Path | None, deleted: int | None, saved: int | None) -> None:
    """Attach a file to a customer, at most 10 MiB; --save and --delete take the number of a file."""
    if deleted is not None:
        shop.customers.detach(identifier, deleted, operator())
        click.echo(f"File {deleted} is deleted.")
    elif saved is not None:
        name, path = shop.customers.file(identifier, saved, operator())
        _write_new(Path(Path(name).name), path.read_bytes())
        click.echo(f"Wrote {name}.")
    elif file is None:
        raise click.UsageError("Name a file, or give --save or --delete.")
    else:
        kept = shop.customers.attach(identifier, file, operator())
        click.echo(f"File {kept['id']}: {kept['name']}, {kept['size']:,} bytes.")


@command.command("fact")
@WHO
@click.argument("fact")
@click.argument("value", default="")
@click.option("--delete", is_flag=True, help="Take back what was written by hand.")
@click.pass_obj
def fact_(shop: Shop, identifier: str, fact: str, value: str, delete: bool) -> None:
    """Write a fact by hand: it stands before what sources tell. FACT is name, city, birthday, or any other."""
    if delete:
        shop.customers.remove_fact(identifier, fact, operator())
        click.echo(f"{fact}: what sources tell stands again.")
    else:
        shop.customers.write_fact(identifier, fact, value, operator())
        click.echo(f"{fact}: {value}.")


@command.command("rule")
@click.argument("fact", default="")
@click.argument("rule", metavar="|".join(RULES), default="")
@click.option(
    "--trusted", multiple=True, help="Sources for most_trusted, the most trusted first. Repeatable."
)
@click.option("--delete", is_flag=True, help="Take the choice back.")
@click.pass_obj
def rule_(shop: Shop, fact: str, rule: str, trusted: tuple[str, ...], delete: bool) -> None:
    """Choose which value of a FACT stands where sources disagree; 'all' chooses for every fact. Without words, list what was chosen."""
    if fact and not (rule or delete):
        raise click.UsageError(f"Give a rule ({', '.join(RULES)}), or --delete.")
    if fact:
        shop.customers.choose("" if fact == "all" else fact, rule, operator(), trusted=trusted)
    chosen = [{**each, "fact": each["fact"] or "all"} for each in shop.customers.rules()]
    print_lines(chosen, ("fact", "rule", "trusted"))


def _write_new(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as out:
            out.write(content)
    except OSError as error:
        raise BadFile(
            f"{path} cannot be written: {error.strerror}.", "Save it in another directory."
        ) from None


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(bare(line))


def _json(found: Any) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _say_tags(tags: list[str]) -> None:
    click.echo(" ".join(f"#{tag}" for tag in tags) if tags else "No tags.")
