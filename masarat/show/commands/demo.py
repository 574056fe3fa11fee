"""masarat demo: the sample shop, loaded and, where asked for, served."""

from __future__ import annotations

import shlex
from datetime import date, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from masarat.demo import Loaded
from masarat.demo.files import FEWEST, Written, write_files
from masarat.errors import BadParameter
from masarat.settings import Language
from masarat.shop import Shop
from masarat.show.commands.serve import serve
from masarat.words import LANGUAGES

KNOWN_YEARS = range(1950, 2071)  # whose Hijri months are known for certain, with the two years before


@click.command("demo")
@click.option(
    "--customers", default=20_000, show_default=True, type=click.IntRange(100, 200_000), help="How many."
)
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(0, 9999), help="Another seed, another shop."
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The shop's last day [yesterday]; it opened two years before.",
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of its products and cities [the shop's own]."
)
@click.option(
    "--files",
    "folder",
    type=click.Path(path_type=Path),
    help="Load nothing: write into this folder what a merchant of three years would have exported.",
)
@click.option(
    "--orders",
    default=200_000,
    show_default=True,
    type=click.IntRange(FEWEST, 1_000_000),
    help="How many stand in those files.",
)
@click.option("--force", is_flag=True, help="Load it although the store has other data.")
@click.option("--serve", "serving", is_flag=True, help="Then serve it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option(
    "--port", default=8787, show_default=True, type=click.IntRange(0, 65535), help="Port to serve on."
)
@click.pass_obj
def command(
    shop: Shop,
    customers: int,
    seed: int,
    until: datetime | None,
    lang: Language | None,
    folder: Path | None,
    orders: int,
    force: bool,
    serving: bool,
    host: str,
    port: int,
) -> None:
    """Load a sample shop: coffee and home, two years, in Saudi Arabia. What is true of it: docs/demo.md."""
    last = _last_day(until)
    if folder:
        day = last or datetime.now(shop.settings.zone).date() - timedelta(days=1)
        language = lang or shop.settings.language
        click.echo(_listed(folder, write_files(folder, orders, until=day, seed=seed, language=language)))
        return
    with _progress() as bar:
        task = bar.add_task("Making the sample shop", total=None)
        loaded = shop.load_demo(
            customers=customers, seed=seed, until=last, language=lang, force=force,
            progress=lambda done, months: bar.update(task, completed=done, total=months),
        )  # fmt: skip
        bar.remove_task(task)
    click.echo(_told(loaded))
    if serving:
        serve(shop, host, port)


def _last_day(until: datetime | None) -> date | None:
    if until and until.year not in KNOWN_YEARS:
        raise BadParameter(
            f"--until {until:%Y-%m-%d} is too far away: its Hijri months are not known.",
            f"Give a day from {KNOWN_YEARS[0]} to {KNOWN_YEARS[-1]}.",
        )
    return until.date() if until else None


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("months"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _listed(folder: Path, written: Written) -> str:
    """What was written, and the next step."""
    return "\n".join(
        [
            *(f"  {name}" for name in written.files),
            f"{written.orders:,} orders of three years, and the books, advertising, tickets and stock beside them: {written.rows:,} rows.",
            f"Take them in: masarat import {shlex.quote(str(folder))}",
        ]
    )


def _told(loaded: Loaded) -> str:
    if loaded.already:
        return f"The sample shop is there already ({loaded.id}); nothing was added."
    return f"The sample shop is ready: {loaded.events:,} events. Ask it: masarat ask revenue"
