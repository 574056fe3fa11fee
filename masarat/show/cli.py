"""The program `masarat`: one command a file in show/commands, listed here in the order people meet them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from masarat.errors import MasaratError
from masarat.settings import Settings
from masarat.version import __version__

# Name → its file in show/commands, in the order people meet them. A file is read only when its command is asked for: most need
# libraries that take their time, and a person waits.
COMMANDS: dict[str, str] = {
    "demo": "demo",
    "import": "import_file",
    "connect": "connect",
    "sync": "sync",
    "connections": "connections",
    "sources": "sources",
    "quarantine": "quarantine",
    "customer": "customer",
    "identity": "identity",
    "review": "review",
    "stages": "stages",
    "segments": "segments",
    "targets": "targets",
    "annotations": "annotations",
    "ask": "ask",
    "report": "report",
    "serve": "serve",
    "source": "source",
    "user": "user",
    "key": "key",
    "consent": "consent",
    "privacy": "privacy",
    "register": "register",
    "audit": "audit",
    "backup": "backup",
    "restore": "restore",
    "schema": "schema",
}


class Masarat(click.Group):
    """Says every error of ours as one sentence with its remedy, and ends with status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"masarat.show.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

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
    from masarat.show.remote import open_shop

    given = {"data": data, "store": store}
    chosen = {key: value for key, value in given.items() if value is not None}
    ctx.obj = open_shop(Settings(**chosen))  # type: ignore[arg-type]
    ctx.call_on_close(ctx.obj.close)


if __name__ == "__main__":
    sys.exit(main())
