"""The words by which a customer is found, taken out of the store's search."""

from __future__ import annotations

from masarat.store.erasing import AS_STORED, Whom, remove
from masarat.store.store import Store

TABLES = ("search", "search_words")
OWN = "customer_id IN {ids:Array(UInt64)}"
# Words that are theirs alone, also where others are found by them: a phone, an e-mail, a number; not a name, nor the domain of an e-mail.
ALONE = "kind NOT IN ('name', 'email') OR (kind = 'email' AND position(word, '@') > 0)"
WORDS = f"SELECT word FROM search WHERE {OWN} AND word != ''"
OF_OTHERS = f"NOT ({OWN}) AND ({ALONE}) AND (word, kind) IN (SELECT word, kind FROM search WHERE {OWN})"
SHARED = f"SELECT word FROM search WHERE word IN ({WORDS}) AND NOT ({OWN}) AND NOT ({OF_OTHERS})"
LONE = f"word IN ({WORDS}) AND word NOT IN ({SHARED})"


def count_words(store: Store, whom: Whom) -> int:
    sql = f"SELECT count() AS n FROM search WHERE {OWN}"
    return int(store.select(sql, whom.values, settings=AS_STORED)[0]["n"])


def remove_words(store: Store, whom: Whom) -> None:
    """Words that only they have go first, then where others have theirs, and last their own, by which the rest is found."""
    for table, where in (("search_words", LONE), ("search", OF_OTHERS)):
        hashes = store.select(
            f"SELECT DISTINCT xxHash64(word) AS hash FROM {table} WHERE {where}",
            whom.values,
            settings=AS_STORED,
        )
        words = {"words": [row["hash"] for row in hashes], **whom.values}
        kinds = f" AND ({ALONE})" if table == "search" else ""
        remove(store, table, f"xxHash64(word) IN {{words:Array(UInt64)}}{kinds}", words)
    remove(store, "search", OWN, whom.values)
