"""What each line of an order comes to: exact, signed as it moves, its share of the order's discount taken off.

Amounts are counted in whole ten-thousandths (Int64) until they are written, so that sums are exact and fast.
"""

from __future__ import annotations

import polars as pl

from masarat.events import MONEY

SCALE = 10_000
QUANTITY, AMOUNT = "line_quantity", "line_amount"
ORDER_MONEY = ("order_total", "discount", "tax", "shipping", "refunded")
HALALA = SCALE // 100
RATES = (0.05, 0.1, 0.14, 0.15, 0.16, 0.18, 0.19, 0.2, 0.21, 0.23, 0.25)  # of VAT


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
    if "line_tax" in has and "tax" not in has:
        of_shipping = pl.col("shipping_tax").max() if "shipping_tax" in has else pl.lit(0.0)
        rows = rows.with_columns(tax=(pl.col("line_tax").sum() + of_shipping.fill_null(0)).over(order))
        has.add("tax")
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
    return _taken_off(rows, order, orders)


def _taken_off(rows: pl.DataFrame, order: str, orders: pl.DataFrame) -> pl.DataFrame:
    """Lines less their part of `off`, in proportion to what they come to (`sold`); the rounding falls on the largest.

    `orders` have the columns of ORDER, `sold` and `off`; only lines that go the way of `sold` bear it.
    """
    size = pl.col(AMOUNT).abs()
    lines = rows.select(order, AMOUNT).with_row_index("line").join(orders, on=order)
    lines = lines.filter(pl.col(AMOUNT) * pl.col("sold").sign() > 0)
    share = (pl.col(AMOUNT) * (pl.col("off") / pl.col("sold"))).round().cast(pl.Int64)
    largest = size == size.max().over(order)
    first = largest & (pl.col("line") == pl.col("line").filter(largest).min().over(order))
    rest = pl.col("off") - pl.col("share").sum().over(order)
    lines = lines.with_columns(share=share)
    lines = lines.select("line", share=pl.col("share") + pl.when(first).then(rest).otherwise(0))
    return (
        rows.with_row_index("line")
        .join(lines, on="line", how="left", maintain_order="left")
        .with_columns(pl.col(AMOUNT) - pl.col("share").fill_null(0))
        .drop("line", "share")
    )


def as_charged(rows: pl.DataFrame, order: str) -> pl.DataFrame:
    """Lines of documents brought to what the document's total says once VAT and shipping are off it, each in proportion.

    That settles discounts and charges of the whole document, and prices that hold their VAT. Documents that tell no total or no VAT stay,
    and so do those of which more than a third is missing: their lines are shown in part.
    """
    if not {"order_total", "tax"} <= set(rows.columns):
        return rows
    amount, size = pl.col(AMOUNT), pl.col(AMOUNT).sum()
    extras = [once(name).abs().fill_null(0) for name in ("tax", "shipping") if name in rows.columns]
    net = once("order_total").abs() - pl.sum_horizontal(*extras)
    orders = rows.group_by(order).agg(
        sold=amount.filter(amount.sign() == size.sign()).sum(),
        off=size - net * size.sign(),
        slack=HALALA + amount.count().cast(pl.Int64) * (HALALA // 2),
        told=once("order_total").is_not_null()
        & once("tax").is_not_null()
        & (net >= 0)
        & (net <= 1.5 * size.abs()),
    )
    apart = orders.filter("told", pl.col("sold") != 0, pl.col("off").abs() > pl.col("slack"))
    return _taken_off(rows, order, apart.select(order, "sold", "off")) if apart.height else rows


def without_vat(rows: pl.DataFrame, order: str) -> pl.DataFrame:
    """Lines and delivery of orders whose prices hold their VAT, without it.

    These are the orders whose lines and delivery come to the total as they are. So do those whose total leaves VAT out: there VAT is one of
    RATES of the total itself, and they stay.
    """
    if not {"order_total", "tax"} <= set(rows.columns):
        return rows
    delivery = once("shipping").fill_null(0) if "shipping" in rows.columns else pl.lit(0, pl.Int64)
    orders = rows.group_by(order).agg(
        sold=pl.col(AMOUNT).filter(pl.col(AMOUNT) > 0).sum(),
        size=pl.col(AMOUNT).sum(),
        delivery=delivery,
        total=once("order_total"),
        tax=once("tax"),
        slack=HALALA + pl.len().cast(pl.Int64) * (HALALA // 2),
    )
    orders = orders.filter(
        pl.col("tax") > 0,
        pl.col("size") > 0,
        pl.col("tax") < pl.col("total"),
        (pl.col("size") + pl.col("delivery") - pl.col("total")).abs() <= pl.col("slack"),
    )
    on_top = [(pl.col("tax") - pl.col("total") * rate).abs() for rate in RATES]
    inside = [(pl.col("tax") - pl.col("total") * (rate / (1 + rate))).abs() for rate in RATES]
    beside = (pl.min_horizontal(on_top) <= HALALA) & (pl.min_horizontal(inside) > HALALA)
    share = pl.col("tax") / pl.col("total")
    orders = orders.filter(~beside).with_columns(
        (pl.col("size") * share).round().cast(pl.Int64).alias("off"), share.alias("share")
    )
    if orders.is_empty():
        return rows
    rows = _taken_off(rows, order, orders.select(order, "sold", "off"))
    if "shipping" not in rows.columns:
        return rows
    rows = rows.join(orders.select(order, "share"), on=order, how="left", maintain_order="left")
    less = (pl.col("shipping") * pl.col("share").fill_null(0)).round().cast(pl.Int64)
    return rows.with_columns(pl.col("shipping") - less).drop("share")


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
