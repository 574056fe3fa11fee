"""masarat identity: who is who, why, and how to put it right."""

from __future__ import annotations

import click

from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show import identities
from masarat.show.identities import do
from masarat.show.listing import CSV, JSON, print_json, print_lines

WHY = click.option("--why", default="", help="The reason, for the record.")
LINKS = ("one", "other", "ts", "source", "event_id")
DECISIONS = ("what", "one", "other", "why", "actor", "at")
RECORDS = ("at", "what", "identifier", "was", "owner", "why", "event_id", "actor")


@click.group("identity")
def command() -> None:
    """Which identifiers are one customer, and why; merge two, tell two apart, take it back."""


@command.command("show")
@click.argument("identifier")
@JSON
@click.pass_obj
def show(shop: Shop, identifier: str, as_json: bool) -> None:
    """The customer of an identifier: user:17, phone:+966501234567, email:a@b.sa, anon:…, salla:77."""
    found = identities.look(shop, identifier, operator())
    if as_json:
        print_json(found.to_json())
        return
    click.echo(f"{found.customer}: {', '.join(found.identifiers)}")
    for rows, heads in ((found.links, LINKS), (found.decisions, DECISIONS)):
        if rows:
            print_lines(rows, heads)


@command.command("merge")
@click.argument("one")
@click.argument("other")
@WHY
@click.pass_obj
def merge(shop: Shop, one: str, other: str, why: str) -> None:
    """Make one customer of the two whom these identifiers belong to."""
    pair = sorted((shop.identity.owner(one), shop.identity.owner(other)))
    _say(do(shop, "merge", operator(), one=one, other=other, why=why), f"{pair[0]} {pair[1]}")


@command.command("never")
@click.argument("one")
@click.argument("other")
@WHY
@click.pass_obj
def never(shop: Shop, one: str, other: str, why: str) -> None:
    """Tell two identifiers apart for good, whatever links them."""
    _say(do(shop, "never", operator(), one=one, other=other, why=why), f"{one} {other}")


@command.command("split")
@click.argument("identifier")
@WHY
@click.pass_obj
def split(shop: Shop, identifier: str, why: str) -> None:
    """Let an identifier stand alone: it joins nobody any more (a phone that several people use)."""
    _say(do(shop, "split", operator(), one=identifier, why=why), identifier)


@command.command("undo")
@click.argument("one")
@click.argument("other", default="")
@WHY
@click.pass_obj
def undo(shop: Shop, one: str, other: str, why: str) -> None:
    """Take back a merge, a never or a split: all is as if it had not been said."""
    _say(do(shop, "undo", operator(), one=one, other=other, why=why))


@command.command("log")
@click.argument("identifier", default="")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many records.")
@JSON
@CSV
@click.pass_obj
def log(shop: Shop, identifier: str, limit: int, as_json: bool, as_csv: bool) -> None:
    """What was merged, split and refused, the newest first; of one customer where an identifier is given."""
    rows = identities.log(shop, identifier, operator(), limit=limit)
    if rows or as_json or as_csv:
        print_lines(rows, RECORDS, as_json=as_json, as_csv=as_csv)
    else:
        click.echo("Nothing has been merged yet.")


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
