"""masarat identity: who is who, why, and how to put it right."""

from __future__ import annotations

import getpass
import json
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from masarat.records.audit import COMMAND_LINE
from masarat.shop import Shop
from masarat.show.identities import do, look

WHY = click.option("--why", default="", help="The reason, for the record.")
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


@click.group("identity")
def command() -> None:
    """Which identifiers are one customer, and why; merge two, tell two apart, take it back."""


@command.command("show")
@click.argument("identifier")
@JSON
@click.pass_obj
def show(shop: Shop, identifier: str, as_json: bool) -> None:
    """The customer of an identifier: user:17, phone:+966501234567, email:a@b.sa, anon:…, salla:77."""
    found = look(shop, identifier, COMMAND_LINE)
    if as_json:
        click.echo(json.dumps(found.to_json(), default=str, ensure_ascii=False))
        return
    click.echo(f"{found.customer}: {', '.join(found.identifiers)}")
    _table(found.links, "one", "other", "ts", "source", "event_id")
    _table(found.decisions, "what", "one", "other", "why", "actor", "at")


@command.command("merge")
@click.argument("one")
@click.argument("other")
@WHY
@click.pass_obj
def merge(shop: Shop, one: str, other: str, why: str) -> None:
    """Make one customer of the two whom these identifiers belong to."""
    pair = sorted((shop.identity.owner(one), shop.identity.owner(other)))
    _say(do(shop, "merge", _actor(), one=one, other=other, why=why), f"{pair[0]} {pair[1]}")


@command.command("never")
@click.argument("one")
@click.argument("other")
@WHY
@click.pass_obj
def never(shop: Shop, one: str, other: str, why: str) -> None:
    """Tell two identifiers apart for good, whatever links them."""
    _say(do(shop, "never", _actor(), one=one, other=other, why=why), f"{one} {other}")


@command.command("split")
@click.argument("identifier")
@WHY
@click.pass_obj
def split(shop: Shop, identifier: str, why: str) -> None:
    """Let an identifier stand alone: it joins nobody any more (a phone that several people use)."""
    _say(do(shop, "split", _actor(), one=identifier, why=why), identifier)


@command.command("undo")
@click.argument("one")
@click.argument("other", default="")
@WHY
@click.pass_obj
def undo(shop: Shop, one: str, other: str, why: str) -> None:
    """Take back a merge, a never or a split: all is as if it had not been said."""
    _say(do(shop, "undo", _actor(), one=one, other=other, why=why))


@command.command("log")
@click.argument("identifier", default="")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many records.")
@JSON
@click.pass_obj
def log(shop: Shop, identifier: str, limit: int, as_json: bool) -> None:
    """What was merged, split and refused, the newest first; of one customer where an identifier is given."""
    rows = shop.identity.log(identifier, limit=limit)
    if as_json:
        click.echo(json.dumps(rows, default=str, ensure_ascii=False))
    elif not rows:
        click.echo("Nothing has been merged yet.")
    else:
        _table(rows, "at", "what", "identifier", "was", "owner", "why", "event_id", "actor")


@command.command("rebuild")
@click.pass_obj
def rebuild(shop: Shop) -> None:
    """Resolve everything anew, after limits or the shop's own contacts have changed."""
    _say(shop.identity.rebuild())


@command.command("fold")
@click.pass_obj
def fold(shop: Shop) -> None:
    """Write merges of more than an hour ago into the events. No answer changes; later questions look up less."""
    click.echo(f"{shop.identity.fold():,} merges folded into the events.")


def _say(changed: int, decision: str = "") -> None:
    click.echo(f"{changed:,} identifier{'' if changed == 1 else 's'} changed owners.")
    if decision:
        click.echo(f"Take it back with: masarat identity undo {decision}")


def _actor() -> str:
    """Who sits at the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without names
        return "cli"


def _table(rows: list[dict[str, Any]], *columns: str) -> None:
    if not rows:
        return
    table = Table(box=SIMPLE_HEAD)
    for name in columns:
        table.add_column(name.replace("_", " ").capitalize())
    for row in rows:
        table.add_row(*(escape(_cell(row[name])) for name in columns))
    Console().print(table)


def _cell(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value)
