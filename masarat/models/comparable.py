"""What is known of customers, made comparable: one form of every value, and nothing that names nobody in particular."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from masarat.collect.phones import read_phone
from masarat.resolve.identifiers import REACH, Rules

# Lists of values, the field of `candidates` that each fills, and the kind of identifier that such a value is.
LISTS = (("names", "name", ""), ("phones", "phone", "phone"), ("emails", "email", "email"), ("tax_numbers", "tax_number", "vat"))  # fmt: skip
DAY = r"^(\d{4}-\d{2}-\d{2})"


def comparable(
    contacts: pl.DataFrame, rules: Rules, country: str, apart: Collection[str] = ()
) -> pl.DataFrame:
    """Rows for `candidates`: of each customer one, and one more for every further name, phone, e-mail or tax number.

    `contacts` has `customer`, the lists, `birthday` and `city`. Identifiers that stand `apart` (shared ones, and those that somebody
    split off) speak for nobody, nor does a value that more customers give than one person can be.
    """
    told = rules.describe(contacts["customer"]).select(customer="identifier", usable="usable")
    people = contacts.filter(told["usable"] & ~told["customer"].is_in(list(apart)))
    rows = people.select("customer", place=pl.lit(0, pl.Int64))
    for values, field, kind in LISTS:
        found = _values(people, values, field, country)
        kept = _telling(found, field, kind, rules, apart) if kind else found
        placed = kept.with_columns(place=pl.int_range(pl.len()).over("customer"))
        rows = rows.join(placed, on=["customer", "place"], how="full", coalesce=True)
    fields = [field for _, field, _ in LISTS]
    firsts = [
        pl.col(field).fill_null(pl.col(field).drop_nulls().first().over("customer")) for field in fields
    ]
    more = people.select("customer", "city", birthday=pl.col("birthday").str.extract(DAY, 1))
    rows = (
        rows.sort("customer", "place").with_columns(firsts).join(more, on="customer", maintain_order="left")
    )
    return rows.rename({"customer": "customer_id"}).drop("place")


def _values(people: pl.DataFrame, values: str, field: str, country: str) -> pl.DataFrame:
    """Each value of each customer once, in the order in which they were given."""
    long = people.select("customer", pl.col(values).alias(field)).explode(field).drop_nulls()
    clean = long[field].str.strip_chars()
    if field == "phone":
        clean = read_phone(clean, country)
    elif field == "email":
        clean = clean.str.to_lowercase()
    return long.with_columns(clean.alias(field)).filter(pl.col(field) != "").unique(maintain_order=True)


def _telling(
    found: pl.DataFrame, field: str, kind: str, rules: Rules, apart: Collection[str]
) -> pl.DataFrame:
    """Without values that reach no person, or more than one."""
    named = found.with_columns(identifier=pl.format(f"{kind}:{{}}", field))
    usable = rules.describe(named["identifier"].unique()).filter("usable").select("identifier")
    alone = ~pl.col("identifier").is_in(list(apart)) & (pl.len().over(field) <= REACH)
    return (
        named.filter(alone)
        .join(usable, on="identifier", how="semi", maintain_order="left")
        .drop("identifier")
    )
