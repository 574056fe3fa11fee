"""masarat segments: customers kept under a name, to ask every question of them alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from masarat.analyse import find
from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show.commands.ask import parameters
from masarat.show.fields import to_text
from masarat.show.listing import JSON, print_lines

HEADS = ("name", "title", "size", "question", "parameters", "made_at")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what would be done.")
NOTHING = "Nothing was changed."


@click.group("segments", invoke_without_command=True)
@JSON
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Customers kept under a name; alone, it lists them. Ask about them: masarat ask revenue --segment in=NAME"""
    if ctx.invoked_subcommand:
        return
    found = ctx.obj.segments.every()
    if not found and not as_json:
        click.echo("No segment is saved yet. Try: masarat segments save best --from top_customers")
        return
    print_lines(found if as_json else list(map(_line, found)), HEADS, as_json=as_json)


@command.command("save", context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.option("--from", "question", required=True, help="The question whose customers to keep.")
@click.option("--title", default="", help="What people call it [the name].")
@DRY_RUN
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF THE QUESTION]")
@click.pass_obj
def save(shop: Shop, name: str, question: str, title: str, dry_run: bool, words: tuple[str, ...]) -> None:
    """Keep all customers of an answer, not only those that it shows: save lapsed --from funnel_dropped --steps … --period 2025"""
    given = parameters(find(question), list(words))
    found = shop.segments.save(name, question, title=title, actor=operator(), dry_run=dry_run, **given)
    done = NOTHING if dry_run else f"Saved. Ask about them: masarat ask revenue --segment in={name}"
    click.echo(f"{_customers(found['size'])}. {done}")


@command.command("renew")
@click.argument("name")
@DRY_RUN
@click.pass_obj
def renew(shop: Shop, name: str, dry_run: bool) -> None:
    """Make a segment anew from its question, as that is answered now."""
    found = shop.segments.renew(name, actor=operator(), dry_run=dry_run)
    click.echo(f"{_customers(found['size'])}, {found['was']:,} before. {NOTHING if dry_run else 'Renewed.'}")


@command.command("remove")
@click.argument("name")
@DRY_RUN
@click.pass_obj
def remove(shop: Shop, name: str, dry_run: bool) -> None:
    """Forget a segment; its customers, and what is known of them, stay."""
    found = shop.segments.remove(name, actor=operator(), dry_run=dry_run)
    click.echo(
        f"{name}: {_customers(found['size'])}. {NOTHING if dry_run else 'Removed; the customers stay.'}"
    )


def _line(saved: dict[str, Any]) -> dict[str, Any]:
    given = {name: to_text(value) for name, value in saved["parameters"].items()}
    return saved | {"parameters": given, "made_at": datetime.fromisoformat(saved["made_at"])}


def _customers(n: int) -> str:
    return "1 customer" if n == 1 else f"{n:,} customers"
