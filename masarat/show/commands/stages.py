"""masarat stages: the stages of the customer's journey, seen and changed."""

from __future__ import annotations

from pathlib import Path

import click

from masarat.collect.connectors.plain_yaml import read_yaml
from masarat.errors import BadFile
from masarat.records.audit import operator
from masarat.records.stages import PRESETS, Journey, preset, read
from masarat.shop import Shop
from masarat.show.listing import JSON, print_json, print_lines

HEADS = ("key", "en", "ar", "times", "when", "after", "lapses_days")
SIZES = ("stage", "before", "after")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only show who would be where.")


@click.group("stages", invoke_without_command=True)
@JSON
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """The stages of the customer's journey: alone, it lists those that hold now."""
    if ctx.invoked_subcommand:
        return
    journey = ctx.obj.stages()
    if as_json:
        print_json(journey.to_json())
        return
    lines = [{head: getattr(stage, head) or "" for head in HEADS} for stage in journey.stages]
    print_lines([line | {"when": " · ".join(line["when"])} for line in lines], HEADS)
    click.echo(f"Dormant after {journey.dormant_days:,} days of silence, lost after {journey.lost_days:,}.")


@command.command("set")
@click.argument("file", type=click.Path(path_type=Path))
@DRY_RUN
@click.pass_obj
def set_(shop: Shop, file: Path, dry_run: bool) -> None:
    """Let the stages of a YAML or JSON file hold, for the past too. Begin with: masarat stages --json > stages.json"""
    try:
        given = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadFile(
            f"{file} cannot be read: {error}.", "Give a file like that of masarat stages --json."
        ) from None
    _set(shop, read(given), dry_run)


@command.command("preset")
@click.argument("name", metavar="|".join(PRESETS))
@DRY_RUN
@click.pass_obj
def preset_(shop: Shop, name: str, dry_run: bool) -> None:
    """Let ready-made stages hold: six, five (without interest), or plain (six in everyday words)."""
    _set(shop, preset(name), dry_run)


def _set(shop: Shop, journey: Journey, dry_run: bool) -> None:
    print_lines(shop.set_stages(journey, operator(), dry_run=dry_run), SIZES)
    click.echo("Nothing was changed." if dry_run else "These stages hold now, for the past too.")
