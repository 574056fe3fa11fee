"""masarat audit: who looked at or changed what."""

from __future__ import annotations

import click

from masarat.records.audit import ACTIONS, Filter, entries, to_json
from masarat.shop import Shop
from masarat.show.listing import CSV, JSON, print_lines
from masarat.show.moments import maybe_moment

HEADS = ("at", "actor", "action", "what", "whom", "details")


@click.command("audit")
@click.option("--since", metavar="DATE", help="Only from this day or moment on.")
@click.option("--until", metavar="DATE", help="Only before this day or moment.")
@click.option("--actor", default="", help="Only of this user, key or command line; any part of the name.")
@click.option("--action", default="", metavar="|".join(ACTIONS), help="Only deeds of this kind.")
@click.option(
    "--whom", default="", help="Only what was about this: a user, a source, a customer's identifier."
)
@click.option("--limit", default=100, show_default=True, help="How many entries to show, newest first.")
@JSON
@CSV
@click.pass_obj
def command(
    shop: Shop,
    since: str | None,
    until: str | None,
    actor: str,
    action: str,
    whom: str,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List who looked at, changed, took out or erased what, newest first. Customers stand as numbers: --whom finds them."""
    zone = shop.settings.zone
    asked = Filter(maybe_moment(since, zone), maybe_moment(until, zone), actor, action, whom, limit)
    found = [to_json(entry) for entry in entries(shop.records, asked)]
    if not found and not (as_json or as_csv):
        click.echo("Nothing was written down.")
        return
    print_lines(found, HEADS, as_json=as_json, as_csv=as_csv)
