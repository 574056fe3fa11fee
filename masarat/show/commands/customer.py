"""masarat customer: one customer, whoever they were merged from, and what people add to what is known."""

from __future__ import annotations

import click


@click.group("customer")
def command() -> None:
    """One customer: who they are, what they did, what we know of them, and what we add."""
