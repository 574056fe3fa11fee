"""masarat backup: the whole shop as it stands, in a directory."""

from __future__ import annotations

import click

from masarat.act.backups import backups, remove
from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show.listing import JSON, print_json, print_lines


@click.group("backup", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Back up the whole shop as it stands, while it goes on: store, records, files and the key of stored secrets."""
    if ctx.invoked_subcommand:
        return
    made = ctx.obj.backup(operator())
    click.echo(
        f"{ctx.obj.settings.backups_directory.resolve() / made.name}: {made.events:,} events, {made.bytes:,} bytes"
    )
    click.echo("It lies on the same disk unless MASARAT_BACKUPS says otherwise: copy it elsewhere.")


@command.command("list")
@JSON
@click.pass_obj
def list_(shop: Shop, as_json: bool) -> None:
    """The backups, newest first."""
    found = [one.to_json() for one in backups(shop.settings)]
    if as_json:
        print_json(found)
    else:
        print_lines(found, ("name", "events", "bytes", "version"))


@command.command("remove")
@click.argument("name")
@click.pass_obj
def remove_(shop: Shop, name: str) -> None:
    """Delete a backup for good."""
    remove(shop.settings, shop.records, name, operator())
    click.echo(f"Removed: {name}")
