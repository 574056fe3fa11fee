"""What stands on the shelves: every product counted each Saturday night, and the list of products itself."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.baskets import in_stock
from masarat.demo.catalogue import CATEGORIES, PRODUCT_INDEX, PRODUCTS
from masarat.demo.choice import Choice, Ints
from masarat.demo.moves import moves
from masarat.demo.orders import Orders
from masarat.demo.truths import DAYS


def counts(choice: Choice, made: Orders) -> pl.DataFrame:
    """`Stock Counted`, one event a product and week: what the next three weeks will sell and a reserve; nothing in a stock-out."""
    truths, dice = choice.truths, choice.dice("stock")
    saturdays = np.array([d for d in range(DAYS) if (truths.first + timedelta(days=d)).weekday() == 5])
    level = _needed(choice, made, saturdays) + dice.integers(2, 30, (len(saturdays), len(PRODUCTS)))
    over = PRODUCT_INDEX[truths.overstocked]
    level[:, over] = 400 + _left_to_sell(made, saturdays, over)
    level = np.where(in_stock(choice)[saturdays], level, 0)
    week, product = np.divmod(np.arange(level.size), len(PRODUCTS))
    day = saturdays[week]
    counted = pl.DataFrame(
        {
            "visitor_id": [""] * level.size,
            "ts": calendar.milliseconds(truths, day, np.full(level.size, 23 * 3600 + 1800)),
            "product": product,
            "day": day,
            "level": level.ravel().astype(np.float64),
        }
    )
    ids = pl.Series([p.id for p in PRODUCTS])
    names = pl.Series([p.name(choice.language) for p in PRODUCTS])
    categories = pl.Series([CATEGORIES[p.category][choice.language] for p in PRODUCTS])
    arrays = counted.with_columns(
        product_ids=pl.concat_list(ids[product]),
        product_names=pl.concat_list(names[product]),
        product_categories=pl.concat_list(categories[product]),
        product_quantities=pl.concat_list("level"),
        product_revenues=pl.concat_list(pl.lit(0.0)),
    )
    key = pl.col("product").cast(pl.String) + "-" + pl.col("day").cast(pl.String)
    return moves(arrays, "Stock Counted", "stock", key)


def _sold(made: Orders) -> Ints:
    """Pieces sold, by day and product."""
    days = made.orders.select("intent", "day")
    sold = made.lines.join(days, on="intent").group_by("day", "product").agg(pl.col("quantity").sum())
    table = np.zeros((DAYS, len(PRODUCTS)), dtype=np.int64)
    table[sold["day"].to_numpy(), sold["product"].to_numpy()] = sold["quantity"].to_numpy()
    return table


def _needed(choice: Choice, made: Orders, saturdays: Ints) -> Ints:
    """Pieces that the three weeks after each count will sell; the last weeks are taken for as good as those before."""
    sold = _sold(made)
    padded = np.concatenate(
        [np.zeros((1, len(PRODUCTS)), dtype=np.int64), np.cumsum(np.vstack([sold, sold[-21:]]), axis=0)]
    )
    found: Ints = padded[saturdays + 22] - padded[saturdays + 1]
    return found


def _left_to_sell(made: Orders, saturdays: Ints, product: int) -> Ints:
    sold = np.cumsum(_sold(made)[:, product])
    found: Ints = sold[-1] - sold[saturdays]
    return found


def products(choice: Choice) -> pl.DataFrame:
    """Rows of the table `products`, as the shop describes them today."""
    return pl.DataFrame(
        {
            "product_id": [product.id for product in PRODUCTS],
            "name": [product.english for product in PRODUCTS],
            "name_ar": [product.arabic for product in PRODUCTS],
            "category": [CATEGORIES[product.category][choice.language] for product in PRODUCTS],
            "price": [product.price for product in PRODUCTS],
            "cost": [product.cost for product in PRODUCTS],
        }
    ).with_columns(source=pl.lit("web"), currency=pl.lit("SAR"))
