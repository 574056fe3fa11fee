"""masarat sync: connections asked for what is new."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from masarat.collect import connections
from masarat.collect.reports import SyncReport
from masarat.errors import BadParameter, MasaratError
from masarat.records.audit import operator
from masarat.shop import Shop
from masarat.show.auditing import is_ours, note_sync


@click.command("sync")
@click.argument("names", nargs=-1)
@click.option("--again", is_flag=True, help="Ask for everything anew; what is known already changes nothing.")
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], again: bool) -> None:
    """Ask connections for what is new: masarat sync qoyod; without a name all of them. Cut off anywhere, the next one goes on from there."""
    shop: Shop = ctx.obj
    asked = names or tuple(each.name for each in connections.every(shop.records))
    if not asked:
        raise BadParameter("There is no connection yet.", "Make one: masarat connect.")
    failed = False
    for name in asked:
        try:
            _show(_sync(shop, name, again))
        except MasaratError as error:
            failed = True
            click.echo(f"{name}: {error.sentence} {error.remedy}".rstrip(), err=True)
    if failed:
        ctx.exit(1)


def _sync(shop: Shop, name: str, again: bool) -> SyncReport:
    if is_ours(shop):
        note_sync(shop.records, operator(), name, again=again)
    console = Console(stderr=True)
    if not console.is_terminal:
        return shop.sync(name, again=again)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True) as bar:
        task = bar.add_task(name)
        return shop.sync(
            name, again=again, progress=lambda _, rows: bar.update(task, description=f"{name}: {rows:,} rows")
        )


def _show(run: SyncReport) -> None:
    click.echo(
        f"{run.connection}: {run.rows:,} rows in {run.pages:,} pages; events new {run.added:,}, known {run.known:,},"
        f" restated {run.restated:,}; rejected {run.rejected:,}"
    )
    for note in run.notes:
        click.echo(f"  ! {note}")
