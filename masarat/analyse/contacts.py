"""What is known of every customer by which two of them may be found to be one: names, phones, e-mails, tax numbers, birthday, city."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from masarat.analyse.kinds import ITEMS
from masarat.analyse.people import OWNER_OF_FACT
from masarat.events import hash_of
from masarat.store import Query, Store

MOST = 5  # values of one kind that are looked at, the newest first
LISTS = ("names", "phones", "emails", "tax_numbers")

TRAITS = {item.name: list(item.traits) for item in ITEMS}
GIVEN, FAMILY = ["first_name", "firstName"], ["last_name", "lastName"]
# Names of facts, and under `tax` the kind of identifier by which tax numbers are told.
WANTED = {
    "name": [trait for trait in TRAITS["name"] if trait not in GIVEN + FAMILY],
    "given": GIVEN,
    "family": FAMILY,
    "phone": TRAITS["phone"],
    "email": TRAITS["email"],
    "tax": ["vat"],
    "birthday": [trait for trait in TRAITS["birthday"] if trait != "age"],
    "city": TRAITS["city"],
}
WHEN = "(ts, source, value)"


def contacts(store: Store, customers: Collection[str] = ()) -> pl.DataFrame:
    """One row a customer of whom any such fact is known: `customer` (the identifier they are called by), the lists of `LISTS`, newest first,
    `birthday` and `city`, which may be empty. Of all customers, or of those who are called so."""
    query = question([hash_of(name) for name in customers] if customers else None)
    return store.frame(query.sql(), query.values)


def as_they_came(store: Store) -> pl.DataFrame:
    """The same of everybody before any were merged: one row an identifier with which such a fact came."""
    query = question(None, owner="traits.customer_id", of="facts")
    return store.frame(query.sql(), query.values)


def question(
    some: list[int] | None,
    owner: str = OWNER_OF_FACT,
    of: str = "(SELECT * FROM facts UNION ALL SELECT * FROM identifiers)",
) -> Query:
    """Facts and identifiers are put together and grouped once, so that the engine may do it on disk."""
    of_some = "" if some is None else "WHERE owner IN {some:Array(UInt64)}"
    members = (
        "SELECT arrayJoin({some:Array(UInt64)}) UNION DISTINCT SELECT from_id FROM identity_overrides "
        + of_some
    )
    whose = "" if some is None else f"AND traits.customer_id GLOBAL IN ({members})"
    known = [trait for traits in WANTED.values() for trait in traits]
    return Query(
        steps={
            "facts": f"""
SELECT {owner} AS owner, if(xxHash64(visitor_id) = owner, visitor_id, '') AS called, 1 AS told, trait, value,
       toDateTime64(ts, 6, 'UTC') AS ts, source
FROM traits WHERE trait IN {{known:Array(String)}} AND value != '' {whose}""",
            "identifiers": f"""
SELECT owner, owner_name AS called, 0 AS told, substringIndex(identifier, ':', 1) AS trait,
       substring(identifier, length(trait) + 2) AS value, at AS ts, '' AS source
FROM identity_overrides {of_some}""",
            "grouped": f"""
SELECT max(called) AS customer,
       trimBoth({_latest("given")} || ' ' || {_latest("family")}) AS in_parts,
       arrayFilter(name -> name != '', arrayDistinct(arrayConcat({_newest("name")}, [in_parts]))) AS names,
       {_newest("phone")} AS phones, {_newest("email")} AS emails, {_newest("tax")} AS tax_numbers,
       {_latest("birthday")} AS birthday, {_latest("city")} AS city
FROM {of}
GROUP BY owner HAVING max(told) = 1 AND customer != ''""",
            "contacts": f"SELECT customer, {', '.join(LISTS)}, birthday, city FROM grouped ORDER BY customer",
        },
        values={"known": known, **WANTED, **({} if some is None else {"some": some})},
    )


def _newest(wanted: str) -> str:
    """The values of these facts, each once, the newest first."""
    told = f"groupArrayIf({WHEN}, trait IN {{{wanted}:Array(String)}})"
    return f"arraySlice(arrayDistinct(arrayMap(fact -> fact.3, arrayReverseSort({told}))), 1, {MOST})"


def _latest(wanted: str) -> str:
    return f"argMaxIf(value, {WHEN}, trait IN {{{wanted}:Array(String)}})"
