"""masarat user: who may sign in."""

from __future__ import annotations

import sys

import click

from masarat.records.models import ROLES
from masarat.shop import Shop
from masarat.show.accounts import Accounts, check_email, check_password
from masarat.show.roles import check_role

from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group("user")
def command() -> None:
    """Add people who may sign in, list them, change a password, shut one out."""


@command.command("add")
@click.argument("email")
@click.option(
    "--role", default="viewer", show_default=True, metavar="|".join(ROLES), help="What they may do."
)
@click.option("--name", default="", help="How they are called.")
@from_stdin
@click.pass_obj
def add(shop: Shop, email: str, role: str, name: str, password_stdin: bool) -> None:
    """Add somebody; the password is asked for."""
    check_email(email)
    check_role(role)
    user = Accounts(shop.records).add(email, role, read_password(password_stdin), name=name)
    click.echo(f"{user.email} may sign in as {user.role}.")


@command.command("list")
@click.pass_obj
def list_(shop: Shop) -> None:
    """Everybody who has an account."""
    for user in Accounts(shop.records).users():
        gone = f"  disabled {user.disabled_at:%Y-%m-%d}" if user.disabled_at else ""
        click.echo(f"{user.email}  {user.role}  {user.name}{gone}")


@command.command("password")
@click.argument("email")
@from_stdin
@click.pass_obj
def password(shop: Shop, email: str, password_stdin: bool) -> None:
    """Give somebody a new password; their browsers are signed out."""
    Accounts(shop.records).change_password(email, read_password(password_stdin))
    click.echo(f"{email} has a new password.")


@command.command("disable")
@click.argument("email")
@click.pass_obj
def disable(shop: Shop, email: str) -> None:
    """Shut somebody out, at once."""
    Accounts(shop.records).disable(email)
    click.echo(f"{email} may not sign in any more.")


@command.command("codes-off")
@click.argument("email")
@click.pass_obj
def codes_off(shop: Shop, email: str) -> None:
    """Ask somebody who lost the phone for no more codes: the password alone lets them in."""
    Accounts(shop.records).second.reset(email)
    click.echo(f"{email} signs in with the password alone.")


def read_password(from_stdin: bool) -> str:
    if from_stdin:
        return check_password(sys.stdin.readline().rstrip("\r\n"))
    return check_password(str(click.prompt("Password", hide_input=True, confirmation_prompt=True)))
