"""Products with their cost and price, and what stands on the shelves: a product sheet, a stock count, a list of suppliers."""

from __future__ import annotations

import polars as pl

from masarat.collect.amounts import money, units
from masarat.collect.fields import ROW_NUMBER
from masarat.collect.kinds.base import (
    NOBODY,
    NOTHING,
    Kind,
    Need,
    Origin,
    Told,
    day_of,
    events_of,
    has,
    keyed,
)
from masarat.events import MONEY, TIME

CODE = "code"
ARABIC = r"\p{Arabic}"


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """Rows of the table `products`; and where pieces are counted, `Stock Counted` by product, branch and day."""
    rows = rows.with_columns(_code(rows).alias(CODE), at=_when(rows, origin))
    described = _described(rows, origin)
    events = _counted(rows, origin) if "stock" in rows.columns else NOTHING
    return Told(events, NOBODY, tables={"products": described} if described.height else {})


def _code(rows: pl.DataFrame) -> pl.Expr:
    """The product's code, or its name where it has none: as lines of orders name it."""
    return pl.coalesce(_told(rows, "product_id"), _told(rows, "product_name"), _told(rows, "arabic_name"))


def _told(rows: pl.DataFrame, name: str) -> pl.Expr:
    """A text column, null where it is empty."""
    return pl.when(has(rows, name).fill_null("") != "").then(has(rows, name))


def _when(rows: pl.DataFrame, origin: Origin) -> pl.Expr:
    return (
        (pl.col("ts") if "ts" in rows.columns else pl.lit(None, TIME)).fill_null(pl.lit(origin.at)).cast(TIME)
    )


def _described(rows: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    """What the table says of each product, over all its rows, the last word of each column; null where it says nothing."""
    if not {"product_name", "arabic_name", "category", "unit_price", "cost"} & set(rows.columns):
        return pl.DataFrame()
    name, arabic = _told(rows, "product_name"), _told(rows, "arabic_name")
    in_arabic = pl.coalesce(arabic, pl.when(name.str.contains(ARABIC)).then(name))
    price, cost = _amount(rows, "unit_price"), _amount(rows, "cost")
    currency = pl.coalesce(_told(rows, "currency"), pl.lit(origin.currency))
    said = rows.select(
        product_id=pl.col(CODE),
        source=pl.lit(origin.source),
        name=pl.coalesce(name, arabic),
        name_ar=in_arabic,
        category=_told(rows, "category"),
        price=price,
        cost=cost,
        currency=pl.when(price.is_not_null() | cost.is_not_null()).then(currency),
        ts=pl.col("at"),
    )
    last = pl.all().exclude("ts").drop_nulls().last()
    return said.group_by("product_id", maintain_order=True).agg(last, pl.col("ts").max()).select(said.columns)


def _amount(rows: pl.DataFrame, name: str) -> pl.Expr:
    return money(units(has(rows, name, None).cast(pl.Float64)))


def _counted(rows: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    counted = rows.filter(pl.col("stock").is_not_null()).with_columns(
        day_of(rows, "at", origin).alias("day"),
        has(rows, "branch").fill_null("").alias("branch"),
        day_of(rows, "expiry", origin).cast(pl.String).fill_null("").alias("expiry"),
        has(rows, "batch").fill_null("").alias("batch"),
        has(rows, "props", "{}").alias("props"),
    )
    if counted.is_empty():
        return NOTHING
    counted = keyed(_together(counted), "stock", origin.source, CODE, "branch", "day")
    return events_of(
        counted,
        origin,
        "Stock Counted",
        "counted",
        ts=pl.col("at"),
        columns={
            "branch": pl.col("branch"),
            "product_ids": pl.concat_list(CODE),
            "product_names": pl.concat_list(has(counted, "product_name").fill_null("")),
            "product_categories": pl.concat_list(has(counted, "category").fill_null("")),
            "product_quantities": pl.concat_list(money(units(pl.col("stock")))),
            "product_revenues": pl.concat_list(pl.lit(0).cast(MONEY)),
        },
        props={
            "supplier": has(counted, "supplier"),
            "lead_days": has(counted, "lead_days", None).cast(pl.Float64),
            "expiry": pl.col("expiry"),
        },
    )


def _together(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each product, branch and day: its batches and shelves added up, and the batches told in `props`.

    A row that stands twice is one; of a batch that was counted again that day the later count holds.
    """
    place = [CODE, "branch", "day"]
    batch = [*place, "batch", "expiry"]
    alone = rows.unique([name for name in rows.columns if name != ROW_NUMBER], maintain_order=True)
    latest = alone.filter(pl.col("at") == pl.col("at").max().over(batch))
    texts = [name for name in ("product_name", "category", "supplier") if name in rows.columns]
    several = (pl.struct("batch", "expiry").n_unique() > 1) | (pl.col("batch") != "").any()
    each = pl.struct("batch", "expiry", quantity="stock").struct.json_encode().str.join(",")
    batches = pl.when(several).then(pl.lit('"batches":[') + each + "]")
    lines = pl.lit('"lines":[') + pl.col("props").str.join(",") + pl.lit("]")
    alike = pl.col("props").n_unique() == 1
    own = pl.when(alike).then(pl.col("props").first().str.slice(1).str.head(-1)).otherwise(lines)
    return latest.group_by(place, maintain_order=True).agg(
        pl.col("stock").sum(),
        pl.col("at").max(),
        pl.when(pl.col("expiry") != "").then("expiry").min().fill_null("").alias("expiry"),
        *(pl.when(pl.col(name) != "").then(name).drop_nulls().last().alias(name) for name in texts),
        *([pl.col("lead_days").drop_nulls().last()] if "lead_days" in rows.columns else []),
        props=pl.lit("{")
        + pl.concat_str(pl.when(own != "").then(own), batches, separator=",", ignore_nulls=True)
        + pl.lit("}"),
    )


_WHAT = ("product_id", "product_name", "arabic_name")

PRODUCTS = Kind(
    "products",
    "products, a row each: code, name, price, cost, how many there are, who supplies them",
    (
        *("product_id", "product_name", "arabic_name", "category", "unit_price", "cost", "currency"),
        *("stock", "branch", "batch", "expiry", "supplier", "lead_days", "ts", "time"),
    ),
    (
        Need(_WHAT, "no column with products", "Say which one holds them: --map product_id=COLUMN."),
        Need(
            ("cost", "unit_price", "stock", "supplier", "expiry"),
            "no column with prices, costs or stock",
            "Say which one holds them: --map cost=COLUMN, unit_price or stock.",
        ),
    ),
    _read,
    each=Need(_WHAT, "The row names no product.", "Fill in its code or its name."),
    telling=("cost", "stock", "supplier", "lead_days", "expiry"),
)  # fmt: skip
