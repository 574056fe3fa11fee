"""Links, decisions and owners as they stand in the store: read for a few identifiers, or whole; written so that writing again adds nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
import xxhash

from masarat.events import hash_of
from masarat.store.store import Row, Store

AT_ONCE = 5_000  # names in one statement


# Reading


def links_of(store: Store, identifiers: Collection[str]) -> pl.DataFrame:
    """Every link of these identifiers: one (of these), other, ts."""
    sql = "SELECT one, other, ts FROM identity_links WHERE one IN {some:Array(String)}"
    return _of_each(store, sql, sorted(identifiers))


def all_links(store: Store) -> pl.DataFrame:
    """Every link once."""
    return store.frame("SELECT one, other, ts FROM identity_links WHERE one < other")


def evidence(store: Store, identifiers: Collection[str]) -> list[Row]:
    """The links within these identifiers, each with where it was seen."""
    return store.select(
        """
        SELECT one, other, ts, event_id, source FROM identity_links
        WHERE one IN {some:Array(String)} AND other IN {some:Array(String)} AND one < other ORDER BY ts, one, other""",
        {"some": sorted(identifiers)},
    )


def crowded(store: Store, more_than: int) -> pl.DataFrame:
    """Every link of identifiers that are seen with more than so many others."""
    return store.frame(
        """
        SELECT one, other, ts FROM identity_links WHERE one IN (
            SELECT one FROM identity_links GROUP BY one HAVING count() > {more_than:UInt32}
        )""",
        {"more_than": more_than},
    )


def owners_of(store: Store, identifiers: Collection[str]) -> pl.DataFrame:
    """By which identifier the customer of each of these is called: identifier, owner, since; those who own themselves are left out."""
    sql = """
        SELECT identifier, owner_name AS owner, at AS since FROM identity_overrides
        WHERE from_id IN (SELECT arrayJoin(arrayMap(one -> xxHash64(one), {some:Array(String)})))"""
    return _of_each(store, sql, sorted(identifiers))


def all_owners(store: Store) -> pl.DataFrame:
    return store.frame("SELECT identifier, owner_name AS owner, at AS since FROM identity_overrides")


def is_known(store: Store, identifier: str) -> bool:
    """Whether anything was ever heard of it."""
    seen = "SELECT 1 FROM {table} WHERE {column} = {{id:{type}}} LIMIT 1"
    places = (
        ("identity_links", "one", "String", identifier),
        ("events", "customer_id", "UInt64", hash_of(identifier)),
        ("traits", "customer_id", "UInt64", hash_of(identifier)),
    )
    return any(
        store.select(seen.format(table=table, column=column, type=kind), {"id": value})
        for table, column, kind, value in places
    )


def like(store: Store, text: str) -> list[str]:
    """A few identifiers in which this stands."""
    rows = store.select(
        "SELECT DISTINCT one FROM identity_links WHERE positionCaseInsensitive(one, {text:String}) > 0 ORDER BY one LIMIT 5",
        {"text": text},
    )
    return [row["one"] for row in rows]


def decisions(store: Store) -> list[Row]:
    """What people decided, as it stands."""
    return store.select(
        "SELECT one, other, what, why, actor, at FROM identity_decisions WHERE what != 'withdrawn' ORDER BY one, other"
    )


def taken_back(store: Store) -> list[tuple[str, str]]:
    """The pairs of whom somebody took back what was decided."""
    rows = store.select(
        "SELECT one, other FROM identity_decisions WHERE what = 'withdrawn' ORDER BY one, other"
    )
    return [(row["one"], row["other"]) for row in rows]


def log(store: Store, identifiers: Collection[str], limit: int) -> list[Row]:
    """The newest records first: of these identifiers, or of all where none are given."""
    return store.select(
        """
        SELECT * FROM identity_log
        WHERE empty({some:Array(String)}) OR identifier IN {some:Array(String)} OR was IN {some:Array(String)}
        ORDER BY at DESC, identifier LIMIT {limit:UInt32}""",
        {"some": sorted(identifiers), "limit": limit},
    )


def tell_waiting(store: Store, pairs: int) -> None:
    """Say how many pairs wait for a person, for the questions."""
    store.command("INSERT INTO identity_queue (waiting) VALUES ({pairs:UInt64})", {"pairs": pairs})


def pairs_in_events(store: Store, source: str) -> Iterator[pl.DataFrame]:
    """Identifiers that stand together in the imported events of a source (of all where none is given) and are not linked yet, in batches."""
    several = "length(identifiers) > 1 AND ({source:String} = '' OR source = {source:String})"
    values = {"source": source}
    if not store.select(f"SELECT 1 FROM events WHERE {several} LIMIT 1", values):
        return
    fresh = store.frame(
        f"""
        WITH seen AS (
            SELECT source, pair.1 AS one, pair.2 AS other, min(ts) AS ts, argMin(event_id, (events.ts, event_id)) AS event_id
            FROM (
                SELECT source, ts, event_id, arraySort(arrayDistinct(arrayPushFront(arraySlice(identifiers, 1, 10), visitor_id))) AS names
                FROM events WHERE {several}
            ) AS events
            ARRAY JOIN arrayFlatten(arrayMap((a, i) -> arrayMap(b -> (a, b), arraySlice(names, i + 1)), names, arrayEnumerate(names))) AS pair
            WHERE pair.1 != ''
            GROUP BY source, one, other
        )
        SELECT source, one, other, ts, event_id FROM seen LEFT JOIN (
            SELECT one, other, min(ts) AS stood, 1 AS stands FROM identity_links WHERE one IN (SELECT one FROM seen) GROUP BY one, other
        ) AS known USING (one, other)
        WHERE known.stands = 0 OR ts < known.stood
        ORDER BY ts, one, other""",
        values,
    )
    yield from fresh.iter_slices(1_000_000)


# Writing


def add_links(store: Store, links: pl.DataFrame) -> None:
    """Links from both their ends; one that stands already is kept at its earliest."""
    turned = links.rename({"one": "other", "other": "one"}).select(links.columns)
    store.insert("identity_links", pl.concat([links, turned]))


def add_decisions(store: Store, said: Sequence[tuple[str, str, str]], why: str, actor: str) -> None:
    """What somebody decided of pairs (one, other, what), all for one reason."""
    rows = pl.DataFrame(list(said), schema=["one", "other", "what"], orient="row")
    named = {"why": pl.lit(why), "actor": pl.lit(actor), "at": pl.lit(_now(), MICROS)}
    store.insert("identity_decisions", rows.with_columns(**named))


def record(store: Store, rows: pl.DataFrame) -> None:
    """Add to the log, and only once what a crash makes us say again: the token tells from which state on it was said."""
    if rows.height:
        said = rows.drop("since")
        token = xxhash.xxh3_128_hexdigest(rows.write_ndjson().encode())
        store.insert("identity_log", said.with_columns(at=pl.lit(_now(), MICROS)), token=token)


def change_owners(store: Store, changes: pl.DataFrame) -> None:
    """Give identifiers to customers: identifier, owner. Questions see it at once."""
    if changes.is_empty():
        return
    names = pl.concat([changes["identifier"], changes["owner"]]).unique()
    hashes = {name: hash_of(name) for name in names}
    store.insert(
        "identity_overrides",
        changes.select(
            "identifier",
            from_id=pl.col("identifier").replace_strict(hashes, return_dtype=pl.UInt64),
            owner=pl.col("owner").replace_strict(hashes, return_dtype=pl.UInt64),
            owner_name=pl.col("owner"),
            at=pl.lit(_now(), MICROS),
        ),
    )
    look_up_anew(store)


def look_up_anew(store: Store, *dictionaries: str) -> None:
    """Let dictionaries (none named: those of the overrides) read again; a shard that does not hear of it does so within a minute."""
    everywhere = f" ON CLUSTER {store.settings.cluster}" if store.settings.cluster else ""
    for name in dictionaries or ("identity", "identity_known"):
        store.command(f"SYSTEM RELOAD DICTIONARY{everywhere} {store.database}.{name}")


def fold(store: Store, older: timedelta) -> int:
    """Write owners into the events, so that queries need not look them up: of overrides that stand longer than this. How many they were.

    At every moment in between the answers are the same: an event that says its owner already is told so once more. Whoever began to
    insert before the override must have ended, or his event would keep its old owner: therefore the hour.
    """
    until = {"until": _now() - older}
    waiting = "folded = 0 AND at <= {until:DateTime64(6, 'UTC')}"
    count = store.select(f"SELECT count() AS n FROM identity_overrides WHERE {waiting}", until)[0]["n"]
    if not count:
        return 0
    cluster = store.settings.cluster
    target = f"events_local ON CLUSTER {cluster}" if cluster else "events"
    look_up_anew(store)
    store.command(
        f"ALTER TABLE {target} UPDATE owner = dictGetOrDefault('{store.database}.identity', 'owner', customer_id, owner)"
        f" WHERE dictHas('{store.database}.identity', customer_id) SETTINGS mutations_sync = 2"
    )
    store.command(
        "INSERT INTO identity_overrides SELECT from_id, identifier, owner, owner_name, 1, at + toIntervalMicrosecond(1)"
        f" FROM identity_overrides WHERE {waiting} SETTINGS final = 1",
        until,
    )
    look_up_anew(store)
    return int(count)


MICROS = pl.Datetime("us", "UTC")


def _now() -> datetime:
    return datetime.now(UTC)


def _of_each(store: Store, sql: str, names: Sequence[str]) -> pl.DataFrame:
    """The rows of a question about many names, asked in parts."""
    parts = [list(names[start : start + AT_ONCE]) for start in range(0, max(len(names), 1), AT_ONCE)]
    return pl.concat([store.frame(sql, {"some": part}) for part in parts])
