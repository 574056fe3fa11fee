"""masarat annotations: what happened on a day, shown by every picture over time."""

from __future__ import annotations

import click

from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show.listing import JSON, print_json, print_lines

HEADS = ("id", "day", "last", "text")


@click.group("annotations", invoke_without_command=True)
@JSON
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """What people noted of days: alone, it lists it."""
    if ctx.invoked_subcommand:
        return
    found = [one.to_json() for one in ctx.obj.annotations()]
    if as_json:
        print_json(found)
        return
    print_lines(found, HEADS)


@command.command("add")
@click.argument("day")
@click.argument("text")
@click.option("--last", default="", help="The last day, of what took more than one.")
@click.pass_obj
def add(shop: Shop, day: str, text: str, last: str) -> None:
    """Note what happened on a day: `masarat annotations add 2025-09-13 "new prices"`."""
    made = shop.annotate({"day": day, "last": last, "text": text}, operator())
    click.echo(f"Noted as {made.id}: {made.day} {made.text}")


@command.command("remove")
@click.argument("number", type=int)
@click.pass_obj
def remove(shop: Shop, number: int) -> None:
    """Take back what was noted, by its number in the list."""
    gone = shop.remove_annotation(number, operator())
    click.echo(f"Removed: {gone.day} {gone.text}")
