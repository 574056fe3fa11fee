"""masarat review: who may be one customer, for a person to decide."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from masarat import words
from masarat.analyse.contacts import LISTS
from masarat.records.audit import operator
from masarat.records.review import STATES, WAITING
from masarat.settings import Language
from masarat.shop import Shop
from masarat.show.listing import CSV, JSON, to_csv
from masarat.words import Speaker, Words, speaker

FACTS = ("customer", *LISTS, "birthday", "city")
HEADS = (
    "id",
    "probability",
    "state",
    *(f"{side}_{fact}" for side in ("one", "other") for fact in FACTS),
    "reasons",
)
WORDS = Path(words.__file__).parent
LANGUAGE = click.option("--lang", "language", type=click.Choice(["ar", "en"]), help="Language [the shop's].")
WHY = click.option("--why", default="", help="The reason, for the record.")


@click.group("review")
def command() -> None:
    """Who may be one customer under two names: look for pairs, and decide."""


@command.command("refresh")
@click.option("--dry-run", is_flag=True, help="Only tell who would be merged, and how many would wait.")
@LANGUAGE
@JSON
@click.pass_obj
def refresh(shop: Shop, dry_run: bool, language: Language | None, as_json: bool) -> None:
    """Look at all customers anew. Those of whom there is no doubt are merged (MASARAT_MERGE_ABOVE; 1 merges nobody), the rest waits for you."""
    chosen = language or shop.settings.language
    with Console(stderr=True).status("Comparing customers …"):
        found = shop.review.refresh(chosen, dry_run=dry_run, actor=operator())
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    says = _speaker(chosen)
    for merge in found.merges:
        click.echo(f"{merge['one']} = {merge['other']}: {merge['reasons'][0]}")
    click.echo(says.say("merged", merged=found.merged, customers=found.customers, waiting=found.waiting))
    if found.left_out:
        click.echo(says.say("left-out", left=found.left_out))
    if found.skipped:
        click.echo(says.say("skipped", skipped=found.skipped))


@command.command("list")
@click.option("--state", default=WAITING, show_default=True, metavar="|".join(STATES), help="Which pairs.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500), help="How many to show.")
@click.option("--offset", default=0, type=click.IntRange(0), help="How many to pass over.")
@LANGUAGE
@JSON
@CSV
@click.pass_obj
def list_(
    shop: Shop, state: str, limit: int, offset: int, language: Language | None, as_json: bool, as_csv: bool
) -> None:
    """Show pairs, those that share a phone, e-mail or tax number first, each with both sides beside one another and the reasons."""
    chosen = language or shop.settings.language
    found = shop.review.page(chosen, state=state, limit=limit, offset=offset, actor=operator())
    if as_json:
        click.echo(json.dumps(found, default=str, ensure_ascii=False, indent=2))
    elif as_csv:
        click.echo(to_csv([_line(pair) for pair in found["pairs"]], HEADS).encode(), nl=False)
    else:
        _print(found, state, _speaker(chosen))


def _answer(name: str, about: str) -> None:
    @command.command(name, help=about)
    @click.argument("number", type=click.IntRange(1))
    @WHY
    @click.pass_obj
    def answer(shop: Shop, number: int, why: str) -> None:
        changed = shop.review.answer(number, name, why=why, actor=operator())
        click.echo(f"{changed:,} identifier{'' if changed == 1 else 's'} changed owners.")
        if name != "undo":
            click.echo(f"Take it back with: masarat review undo {number}")


_answer("accept", "They are one customer: merge them.")
_answer("reject", "They are two: nothing links them any more.")
_answer("leave", "Leave them as they are, and never ask again.")
_answer("undo", "Take an answer back: all is as before, and the pair waits again.")


def _line(pair: Mapping[str, Any]) -> dict[str, Any]:
    """A pair on one line: the facts of both sides, several of a kind with spaces between."""
    sides = {f"{side}_{fact}": pair[side][fact] for side in ("one", "other") for fact in FACTS}
    return {name: pair[name] for name in ("id", "probability", "state", "reasons")} | sides


def _print(found: Mapping[str, Any], state: str, says: Speaker) -> None:
    console = Console(highlight=False)
    for pair in found["pairs"]:
        probability = says.percent(int(pair["probability"] * 100) / 100)  # never rounded up to certainty
        console.print(f"[bold]{escape(says.say('pair', id=pair['id'], probability=probability))}[/]")
        console.print(_beside(pair, says))
        for reason in pair["reasons"]:
            console.print(f"  {escape(reason)}")
        console.print()
    if not found["pairs"]:
        console.print(escape(says.say("none" if state == WAITING else "no-such")))
        return
    console.print(escape(says.say("shown", shown=len(found["pairs"]), count=found["count"])))
    if state == WAITING:
        console.print(escape(says.say("answer")))
        if found["left_out"]:
            console.print(escape(says.say("left-out", left=found["left_out"])))


def _beside(pair: Mapping[str, Any], says: Speaker) -> Table:
    """What is known of both sides, fact by fact; what neither has is left out."""
    table = Table(box=SIMPLE_HEAD)
    for head in ("", says.say("one"), says.say("other")):
        table.add_column(head, overflow="fold")
    for fact in FACTS:
        if pair["one"][fact] or pair["other"][fact]:
            sides = (_cell(pair[side][fact]) for side in ("one", "other"))
            table.add_row(says.say(fact), *(escape(says.text(side)) for side in sides))
    return table


def _cell(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _speaker(language: Language) -> Speaker:
    return speaker(
        Words(*((WORDS / f"review.{each}.ftl").read_text("utf-8") for each in ("en", "ar"))), language
    )
