"""masarat schema: the tables, as the engine is told to make them."""

from __future__ import annotations

import click

from masarat.store import schema


@click.command("schema")
@click.option("--cluster", metavar="NAME", help="Print the DDL for the ClickHouse cluster of this name.")
@click.option("--database", default="masarat", show_default=True, help="Database on the cluster.")
def command(cluster: str | None, database: str) -> None:
    """Print the tables of the event store, with what every column means."""
    if cluster:
        click.echo(";\n\n".join(schema.cluster_ddl(cluster, database)) + ";")
    else:
        click.echo(schema.SCHEMA.read_text("utf-8"))
