"""masarat segments: customers kept under a name, to ask every question of them alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from masarat.analyse import find
from masarat.analyse.found_segments import FoundSegments
from masarat.records.audit import operator
from masarat.records.segments import RULE
from masarat.shop import Shop
from masarat.show.auditing import is_ours, note_answer
from masarat.show.commands.ask import parameters
from masarat.show.commands.ask import show as show_answer
from masarat.show.fields import to_text
from masarat.show.listing import JSON, print_lines

HEADS = ("name", "title", "kind", "size", "question", "parameters", "made_at")
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


@command.command("rule", short_help="Keep whom a rule is true of.")
@click.argument("name")
@click.argument("rule")
@click.option("--title", default="", help="What people call it [the name].")
@DRY_RUN
@click.pass_obj
def rule(shop: Shop, name: str, rule: str, title: str, dry_run: bool) -> None:
    """Keep whom a rule is true of: rule lapsed "did Order Completed at least 3 times and recency more than 90"

    The server makes it anew once a day.
    """
    found = shop.segments.save(name, RULE, title=title, actor=operator(), dry_run=dry_run, rule=rule)
    done = NOTHING if dry_run else f"Saved. Ask about them: masarat ask revenue --segment in={name}"
    click.echo(f"{_customers(found['size'])}. {done}")


@command.command("try")
@click.argument("rule")
@click.option("--limit", default=10, help="How many customers to show.", show_default=True)
@click.option(
    "--lang", "language", type=click.Choice(["", "ar", "en"]), default="", help="ar or en [the shop's]."
)
@click.pass_obj
def try_(shop: Shop, rule: str, limit: int, language: str) -> None:
    """Whom a rule would be true of now, without saving: try "city is Riyadh and revenue in top 20%"."""
    found = shop.ask(RULE, rule=rule, limit=limit, language=language)
    if is_ours(shop):
        note_answer(shop.records, operator(), found)
    show_answer(found)


@command.command("found", context_settings={"ignore_unknown_options": True})
@click.option("--save", "name", default="", help="Keep the groups as NAME_1, NAME_2 and so on.")
@DRY_RUN
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF found_segments]")
@click.pass_obj
def found(shop: Shop, name: str, dry_run: bool, words: tuple[str, ...]) -> None:
    """Which groups of customers there are by how they buy; with --save they become segments."""
    given = parameters(FoundSegments, list(words))
    if not name:
        show_answer(shop.ask(FoundSegments.name, **given))
        return
    kept = shop.segments.save_found(name, actor=operator(), dry_run=dry_run, **given)
    for each in kept:
        click.echo(f"{each['name']}: {_customers(each['size'])}, {each['title']}")
    click.echo(
        "There are no clear groups; nothing was saved." if not kept else NOTHING if dry_run else "Saved."
    )


@command.command("refresh")
@click.argument("names", nargs=-1)
@click.pass_obj
def refresh(shop: Shop, names: tuple[str, ...]) -> None:
    """Make the segments of rules anew, these or all; lists stand until you renew them."""
    found = shop.segments.refresh(names, actor=operator())
    for each in found:
        after = f"stays as it was. {each['error']}" if "error" in each else f"{each['was']:,} before."
        click.echo(f"{each['name']}: {_customers(each['size'])}, {after}")
    if not found:
        click.echo('No segment follows a rule yet. Try: masarat segments rule best "revenue in top 20%"')


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
