"""masarat key: which programs may ask."""

from __future__ import annotations

import click

from masarat.records.models import ROLES
from masarat.shop import Shop
from masarat.show.accounts import Accounts


@click.group("key")
def command() -> None:
    """Make keys for programs, list them, revoke one."""


@command.command("add")
@click.argument("name")
@click.option("--role", default="viewer", show_default=True, metavar="|".join(ROLES), help="What it may do.")
@click.pass_obj
def add(shop: Shop, name: str, role: str) -> None:
    """Make a key. It is shown now and never again."""
    click.echo(Accounts(shop.records).add_key(name, role))
    click.echo("Keep it: it is not shown again. Send it as: Authorization: Bearer msr_…", err=True)


@command.command("list")
@click.pass_obj
def list_(shop: Shop) -> None:
    """Every key by its name and beginning."""
    for key in Accounts(shop.records).all_keys():
        gone = f"  revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else ""
        click.echo(f"{key.name}  {key.role}  {key.prefix}…{gone}")


@command.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke(shop: Shop, name: str) -> None:
    """End a key, by its name or its beginning, at once."""
    click.echo(f"Revoked: {Accounts(shop.records).revoke_key(name)}.")
