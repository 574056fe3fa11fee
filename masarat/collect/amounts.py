"""What each line of an order comes to: exact, signed as it moves, its share of the order's discount taken off.

Amounts are counted in whole ten-thousandths (Int64) until they are written, so that sums are exact and fast.
"""

from __future__ import annotations

import polars as pl

from masarat.events import MONEY

SCALE = 10_000
QUANTITY, AMOUNT = "line_quantity", "line_amount"
ORDER_MONEY = ("order_total", "discount", "tax", "shipping", "refunded")


def units(amount: pl.Expr) -> pl.Expr:
    """A float as whole ten-thousandths."""
    return (amount * SCALE).round().cast(pl.Int64)


def money(amount: pl.Expr) -> pl.Expr:
    """Ten-thousandths as the log keeps them."""
    return (amount / SCALE).cast(MONEY)


def with_amounts(rows: pl.DataFrame, order: str) -> pl.DataFrame:
    """Rows with LINE_QUANTITY and LINE_AMOUNT (null where the row names none), and the order's money in ten-thousandths.

    The amount is the line's total, else quantity × price. Prices are before the order's discount, line totals after it: the discount
    is shared out over lines that are only priced, unless the order's total shows that it was taken off already.
    """
    has = set(rows.columns)
    quantity = pl.col("quantity") if "quantity" in has else pl.lit(None, pl.Float64)
    price, total = pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)
    if "unit_price" in has:
        price = quantity.fill_null(1) * pl.col("unit_price") if "quantity" in has else pl.col("unit_price")
    if "line_total" in has:
        total = pl.col("line_total")
        if "quantity" in has:  # some write what was returned as −1 piece for +25
            total = pl.when(quantity < 0).then(-total.abs()).otherwise(total)
    amount = price if "line_total" not in has else pl.coalesce(total, price)
    found = rows.with_columns(
        units(quantity).alias(QUANTITY),
        units(amount).alias(AMOUNT),
        *(units(pl.col(name)) for name in ORDER_MONEY if name in has),
    )
    if "discount" in has and "unit_price" in has and "line_total" not in has:
        found = _less_discount(found, order)
    return found


def _less_discount(rows: pl.DataFrame, order: str) -> pl.DataFrame:
    """Take each order's discount off its lines, in proportion; the rounding falls on the largest."""
    sold = pl.col(AMOUNT).filter(pl.col(AMOUNT) > 0)
    orders = (
        rows.group_by(order)
        .agg(sold.sum().alias("sold"), *(once(name) for name in ORDER_MONEY if name in rows.columns))
        .filter(pl.col("discount").abs() > 0, pl.col("sold") > 0)
        .with_columns(pl.min_horizontal(pl.col("discount").abs(), "sold").alias("off"))
    )
    orders = orders.filter(_is_before_discount(orders)).select(order, "sold", "off")
    if orders.is_empty():
        return rows
    share = (pl.col(AMOUNT) * (pl.col("off") / pl.col("sold"))).round().cast(pl.Int64)
    lines = rows.select(order, AMOUNT).with_row_index("line").join(orders, on=order)
    lines = lines.filter(pl.col(AMOUNT) > 0).with_columns(share=share)
    largest = pl.col(AMOUNT) == pl.col(AMOUNT).max().over(order)
    first = largest & (pl.col("line") == pl.col("line").filter(largest).min().over(order))
    rest = pl.col("off") - pl.col("share").sum().over(order)
    lines = lines.select("line", share=pl.col("share") + pl.when(first).then(rest).otherwise(0))
    return (
        rows.with_row_index("line")
        .join(lines, on="line", how="left", maintain_order="left")
        .with_columns(pl.col(AMOUNT) - pl.col("share").fill_null(0))
        .drop("line", "share")
    )


def _is_before_discount(orders: pl.DataFrame) -> pl.Expr:
    """Whether the lines still hold the discount: yes, unless the order's total fits them better as they are."""
    if "order_total" not in orders.columns:
        return pl.lit(True)
    extras = [pl.lit(0, pl.Int64)]
    for name in ("shipping", "tax"):
        if name in orders.columns:
            extras += [extra + pl.col(name).fill_null(0) for extra in extras]

    def miss(lines: pl.Expr) -> pl.Expr:
        return pl.min_horizontal([(lines + extra - pl.col("order_total")).abs() for extra in extras])

    after = miss(pl.col("sold") - pl.col("off")) < miss(pl.col("sold"))
    return pl.col("order_total").is_null() | after


def once(name: str) -> pl.Expr:
    """An order's own amount, which stands on its first line or is repeated on all; different ones are parts, and add up."""
    column = pl.col(name)
    return pl.when(column.min() != column.max()).then(column.sum()).otherwise(column.max())
