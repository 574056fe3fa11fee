"""Whom an order names: the strongest identifier it gives, and the facts it tells about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import polars as pl

from masarat.collect.fields import LINKING
from masarat.events import TIME, Move
from masarat.store import Store
from masarat.words.folding import fold

IDENTIFIERS = (*LINKING, "name")  # strongest first
LONGEST_FACT = 1_000
TOLD: dict[str, pl.DataType] = {
    **dict.fromkeys(("visitor_id", "trait", "value", "source"), pl.String()),
    "ts": TIME,
}
FACTS = ("name", "email", "phone", "city", "country")  # that an order tells
TOLD_FACTS = (
    *FACTS,
    "gender",
    "birthday",
    "company",
    "vat_number",
    "language",
    "tags",
)  # and a list of people


def unidentified(rows: pl.DataFrame) -> int:
    """How many rows give no identifier at all."""
    given = [_usable(name).is_null() for name in IDENTIFIERS if name in rows.columns]
    return int(rows.select(pl.all_horizontal(given).sum()).item()) if given else rows.height


def visitors(rows: pl.DataFrame, source: str) -> pl.Series:
    """The identifier of each row with its kind; '' where nobody is named.

    A customer number means something only within its source, and so does a bare name: the same name elsewhere may be another person.
    """
    forms = _forms(source)
    if "name" in rows.columns:
        rows = rows.with_columns(folded=_folded(rows["name"]))
    given = [forms[name] for name in IDENTIFIERS if name in rows.columns]
    return (
        rows.select(visitor_id=pl.coalesce(*given, pl.lit(""))).to_series() if given else _nobody(rows.height)
    )


def identifiers(rows: pl.DataFrame, source: str) -> list[pl.Series]:
    """Every identifier of each row, for the resolver: a column `identifiers`, where there may be more than one. A name is none."""
    given = [name for name in LINKING if name in rows.columns]
    if len(given) < 2:
        return []
    forms = _forms(source)
    return [
        rows.select(identifiers=pl.concat_list(forms[name] for name in given).list.drop_nulls()).to_series()
    ]


def _forms(source: str) -> dict[str, pl.Expr]:
    """How an identifier is written with its kind."""
    return {
        "customer_id": pl.lit(f"{source}:") + pl.col("customer_id"),
        "phone": pl.lit("phone:") + _usable("phone"),
        "email": pl.lit("email:") + pl.col("email"),
        "name": pl.lit(f"{source}:name:") + pl.col("folded"),
    }


def traits(people: pl.DataFrame, source: str, import_id: str) -> pl.DataFrame:
    """Rows of the table `traits`: of each customer and fact the one that stood on their latest order."""
    facts = [name for name in TOLD_FACTS if name in people.columns]
    return (
        people.filter(pl.col("visitor_id") != "")
        .unpivot(facts, index=["visitor_id", "ts"], variable_name="trait", value_name="value")
        .filter(pl.col("value").is_not_null())
        .sort("ts", "value")
        .group_by("visitor_id", "trait")
        .agg(pl.col("value", "ts").last())
        .sort("visitor_id", "trait")
        .select(
            "visitor_id",
            "trait",
            "value",
            pl.lit(source).alias("source"),
            pl.lit(import_id).alias("import_id"),
            pl.col("ts").cast(TIME),
        )
    )


def keep_told(store: Store, lines: Sequence[bytes]) -> None:
    """Facts that lines of the journal tell of customers, into the store; lines that identify nobody tell none."""
    if lines:
        store.insert("traits", told_traits(lines))


def told_traits(lines: Sequence[bytes]) -> pl.DataFrame:
    """Rows of the table `traits` from lines of the journal in which customers were identified: each property is a fact.

    Of `address` and other objects each member is one (`address.city` is the city); what is empty or a list tells nothing.
    """
    rows = []
    for line in lines:
        move = msgspec.json.decode(line, type=Move)
        told = msgspec.json.decode(move.props)
        at = datetime.fromtimestamp(move.ts, UTC)
        rows += [(move.visitor_id, trait, value, move.source, at) for trait, value in _flat(told)]
    frame = pl.DataFrame(rows, schema=TOLD, orient="row")
    return frame.filter(pl.col("visitor_id") != "")


def _flat(told: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, dict) and not within:
            yield from _flat(value, "" if name == "address" else f"{name}.")
        elif isinstance(value, str | int | float) and value != "":
            yield within + name, str(value)[:LONGEST_FACT]


def _usable(name: str) -> pl.Expr:
    """A phone names somebody only in its international form; digits that are no number do not."""
    column = pl.col(name)
    return pl.when(column.str.starts_with("+")).then(column) if name == "phone" else column


def _folded(names: pl.Series) -> pl.Series:
    """Each name in the one form in which it is compared; worked out once a name, not once a row."""
    known = names.drop_nulls().unique().to_list()
    forms = {name: fold(name) or None for name in known}
    return names.replace_strict(forms, default=None, return_dtype=pl.String) if forms else names


def _nobody(height: int) -> pl.Series:
    return pl.Series("visitor_id", [""] * height, dtype=pl.String)
