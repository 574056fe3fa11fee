"""masarat restore: a new shop made of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from masarat.act import backups
from masarat.shop import Shop


@click.command("restore")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_obj
def command(shop: Shop, directory: Path) -> None:
    """Bring a backup back into a new data directory: `masarat --data NEW restore BACKUP`."""
    found = backups.restore(directory, shop.settings)
    click.echo(
        f"{shop.settings.data} is the shop as it was on {found.at:%Y-%m-%d %H:%M} UTC: {found.events:,} events."
    )
    click.echo(
        "Whoever was erased after that is in it again: erase them once more. Serve it: masarat --data … serve"
    )
