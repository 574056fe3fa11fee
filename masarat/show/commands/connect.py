"""masarat connect: a program that is asked for what it has, again and again."""

from __future__ import annotations

import click

from masarat.collect import connections
from masarat.collect.connectors import CONNECTORS, connector_of
from masarat.errors import BadParameter
from masarat.records.audit import operator
from masarat.shop import Shop


@click.command("connect")
@click.argument("program", default="")
@click.option(
    "--name", default="", help="Name of the connection, and of the source it brings; else the program's."
)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="What the program needs; secrets are asked for.",
)
@click.option(
    "--every", type=click.IntRange(0), help="Minutes between two syncs of the server; 0: only when you ask."
)
@click.option("--insecure", is_flag=True, help="Send keys over http:// too, where nobody else can read them.")
@click.option("--remove", is_flag=True, help="Forget the connection with its secrets; what it brought stays.")
@click.pass_obj
def command(
    shop: Shop,
    program: str,
    name: str,
    given: tuple[str, ...],
    every: int | None,
    insecure: bool,
    remove: bool,
) -> None:
    """Connect a program: masarat connect qoyod. Alone, it lists what can be connected, and what each needs."""
    if not program:
        _list()
        return
    if remove:
        connections.disconnect(shop.records, name or program, actor=operator())
        click.echo("Removed. What it brought stays.")
        return
    known = connector_of(program)
    told = dict(_pair(text) for text in given)
    for ask in known.asks:
        if ask.secret and ask.name not in told:
            default = "" if ask.optional else None
            told[ask.name] = click.prompt(
                ask.title, hide_input=True, err=True, default=default, show_default=False
            )
    made = connections.connect(
        shop.records, name or program, program, told, every_minutes=every, insecure=insecure, actor=operator()
    )
    often = f"every {made.every_minutes} minutes by the server" if made.every_minutes else "when you ask"
    click.echo(f"Connected as {made.name!r}; it is asked {often}. Now: masarat sync {made.name}")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadParameter(f"--set {text} is not name=value.", "Write it like --set api_key=….")
    return name, value


def _list() -> None:
    for known in CONNECTORS:
        click.echo(f"{known.name:<16} {known.title}: {', '.join(ask.title for ask in known.asks)}")
        click.echo(f"{'':<16} {known.about}")
