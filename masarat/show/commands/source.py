"""masarat source: where events may come from, and the keys they come with."""

from __future__ import annotations

import click

from masarat.collect import keys
from masarat.errors import UnknownName
from masarat.records.secrets import seal
from masarat.shop import Shop


@click.group("source")
def command() -> None:
    """Make write keys for sites, apps and servers; list, rotate, revoke them."""


@command.command("add")
@click.argument("name")
@click.option(
    "--origin", "origins", multiple=True, help="A site that may use the key, like https://shop.sa; none: any."
)
@click.option(
    "--limit", default=0, type=click.IntRange(0), help="Events a second; 0: the server's own limit."
)
@click.option(
    "--webhook", help="The shop whose webhooks come with this key: salla, zid, shopify, woocommerce."
)
@click.option(
    "--secret", default="", help="The secret with which it signs them; asked for where it is left out."
)
@click.option("--key", default="", help="A key that an old SDK already carries; empty: a new one.")
@click.pass_obj
def add(
    shop: Shop,
    name: str,
    origins: tuple[str, ...],
    limit: int,
    webhook: str | None,
    secret: str,
    key: str,
) -> None:
    """Make a write key for a source, and say how a page or a shop uses it."""
    address = _address(webhook) if webhook else ""
    if webhook and not secret:
        secret = click.prompt("Secret of the webhooks", hide_input=True, err=True)
    sealed = seal(secret, shop.settings)
    made = keys.add(shop.records, name, origins=origins, events_a_second=limit, key=key, secret=sealed)
    click.echo(made)
    if webhook:
        click.echo(f"Send the webhooks to: https://YOUR-SERVER{address}/{made}", err=True)
    else:
        tag = f'<script async src="https://YOUR-SERVER/m.js" data-key="{made}"></script>'
        click.echo(f"In your pages: {tag}", err=True)


def _address(webhook: str) -> str:
    from masarat.collect.webhooks import BY_NAME, PREFIX  # here, because reading them takes its time

    if webhook not in BY_NAME:
        raise UnknownName("shop with webhooks", webhook, list(BY_NAME))
    return f"{PREFIX}{webhook}"


@command.command("list")
@click.pass_obj
def list_(shop: Shop) -> None:
    """Every key with its source, the sites that may use it and its limit."""
    for key in keys.every(shop.records):
        sites = " ".join(key.origins) or "any site"
        limit = f"{key.events_a_second:,}/s" if key.events_a_second else "usual limit"
        gone = f"  revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else ""
        click.echo(f"{key.source}  {key.key}  {sites}  {limit}{gone}")


@command.command("rotate")
@click.argument("name")
@click.pass_obj
def rotate(shop: Shop, name: str) -> None:
    """Make a new key for a source; the old ones work until they are revoked."""
    click.echo(keys.rotate(shop.records, name))


@command.command("revoke")
@click.argument("key")
@click.pass_obj
def revoke(shop: Shop, key: str) -> None:
    """End a key; it is refused within two seconds."""
    keys.revoke(shop.records, key)
    click.echo("Revoked.")


@command.command("origins")
@click.argument("name")
@click.argument("origins", nargs=-1)
@click.pass_obj
def origins(shop: Shop, name: str, origins: tuple[str, ...]) -> None:
    """Say which sites may use a source's keys; none: any site."""
    changed = keys.set_origins(shop.records, name, origins)
    click.echo(f"Set for {changed} key{'s' * (changed != 1)}.")
