"""masarat targets: what metrics should come to, and goals of periods."""

from __future__ import annotations

import click

from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show.listing import JSON, print_json, print_lines

HEADS = ("metric", "goal", "alert", "since", "period", "author")


@click.group("targets", invoke_without_command=True)
@JSON
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """What metrics should come to: alone, it lists the targets that were set."""
    if ctx.invoked_subcommand:
        return
    found = [target.to_json() for target in ctx.obj.targets()]
    if as_json:
        print_json(found)
        return
    lines = [{head: "" if line[head] is None else line[head] for head in HEADS} for line in found]
    print_lines(lines, HEADS)


@command.command("set")
@click.argument("metric")
@click.argument("goal")
@click.option("--alert", default="", help="From here on it is alarming.")
@click.option("--since", default="", help="The day from which it holds; left out, it holds for the past too.")
@click.option(
    "--period", default="", help="Of a goal of revenue, orders or customers: 2026-11, ramadan_1447."
)
@click.pass_obj
def set_(shop: Shop, metric: str, goal: str, alert: str, since: str, period: str) -> None:
    """Set a target: `masarat targets set conversion 3% --alert 2%`, or a goal: `masarat targets set revenue 500000 --period ramadan_1447`."""
    given = {"metric": metric, "goal": goal, "alert": alert, "since": since, "period": period}
    target = shop.set_target(given, operator())
    click.echo(
        f"{target.metric} should come to {target.goal:g}{f' in {target.period}' if target.period else ''}."
    )


@command.command("remove")
@click.argument("metric")
@click.pass_obj
def remove(shop: Shop, metric: str) -> None:
    """Take back all targets of a metric."""
    gone = shop.remove_targets(metric, operator())
    click.echo(f"{metric} has no target now." if gone else f"{metric} had no target.")
