"""The program `masarat`: one command a file in show/commands, listed here in the order people meet them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from masarat.errors import MasaratError
from masarat.settings import Settings
from masarat.show.commands import (
    ask,
    demo,
    import_file,
    key,
    quarantine,
    report,
    schema,
    serve,
    sources,
    user,
)
from masarat.show.remote import open_shop
from masarat.version import __version__


class Masarat(click.Group):
    """Says every error of ours as one sentence with its remedy, and ends with status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MasaratError as error:
            console = Console(stderr=True)
            console.print(f"[bold red]✗[/] {escape(error.sentence)}", highlight=False)
            if error.remedy:
                console.print(f"  {escape(error.remedy)}", highlight=False)
            ctx.exit(1)


@click.group(cls=Masarat, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="masarat")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Directory that holds everything [MASARAT_DATA, ./data]."
)
@click.option("--store", help="Store address [MASARAT_STORE, embedded].")
@click.pass_context
def main(ctx: click.Context, data: Path | None, store: str | None) -> None:
    """Every move a customer makes becomes one story, and the story becomes action."""
    given = {"data": data, "store": store}
    chosen = {key: value for key, value in given.items() if value is not None}
    ctx.obj = open_shop(Settings(**chosen))  # type: ignore[arg-type]
    ctx.call_on_close(ctx.obj.close)


COMMANDS: tuple[click.Command, ...] = (
    demo.command,
    import_file.command,
    sources.command,
    quarantine.command,
    ask.command,
    report.command,
    serve.command,
    user.command,
    key.command,
    schema.command,
)

for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    sys.exit(main())
