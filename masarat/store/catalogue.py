"""What stands of products already, so that a file that tells little of them does not take away what another has told."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from masarat.store.store import Store

CHUNK = 5_000  # ids in one statement


def described(store: Store, source: str, product_ids: Sequence[str]) -> pl.DataFrame:
    """The newest row of each of these products from one source: columns of the table `products`."""
    found = [
        store.frame(
            "SELECT product_id, name, name_ar, category, price, cost, currency FROM products"
            " WHERE source = {source:String} AND product_id IN {ids:Array(String)}"
            " ORDER BY product_id, ts DESC LIMIT 1 BY product_id",
            {"source": source, "ids": list(product_ids[start : start + CHUNK])},
        )
        for start in range(0, len(product_ids), CHUNK)
    ]
    return pl.concat(found) if found else pl.DataFrame()
