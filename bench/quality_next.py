"""How good baskets and next products are on real shops: writes docs/quality/next.md.

    .venv/bin/python -m bench.quality_next

Reads ../shared/data; says so where it is absent. Online Retail: learnt from all but the last 90 days, judged on them. Groceries: the rules.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl
from scipy import sparse

from masarat.analyse import ask
from masarat.analyse.baskets import Baskets
from masarat.models.recommend import Bought, best, ease, filled, item_item, popular, recall, same_for_all
from masarat.store import Store
from tests.support.online_retail import events
from tests.support.shop import SHARED, Engine

TO = Path(__file__).parents[1] / "docs" / "quality" / "next.md"
DAYS = 90
TOP = 10


def main() -> None:
    if not SHARED.is_dir():
        print(f"The real data sets are not at {SHARED}: nothing is written.")
        return
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store(timezone="UTC", remembered=0)
        text = "\n".join([HEAD, retail(), groceries(store)])
    TO.parent.mkdir(exist_ok=True)
    TO.write_text(text)
    print(text)


HEAD = """# Next product and baskets: how good they are

Written by `python -m bench.quality_next` from real data (see the README of the data sets).
"""


def retail() -> str:
    """Recall of ten offers for the customers who bought before and in the last days."""
    lines = pl.read_parquet(SHARED / "online_retail" / "online_retail.parquet")
    bought = (
        events(lines)
        .filter(
            (pl.col("name") == "Order Completed") & (pl.col("visitor_id") != "") & (pl.col("revenue") > 0)
        )
        .select(pl.col("ts").dt.date().alias("day"), who="visitor_id", what="product_ids")
        .explode("what")
        .unique()
    )
    last = bought["day"].max()
    cut = last - timedelta(days=DAYS - 1)  # type: ignore[operator]
    bought = bought.with_columns(
        who=pl.col("who").rank("dense").cast(pl.Int64) - 1,
        what=pl.col("what").rank("dense").cast(pl.Int64) - 1,
    )
    shape = (bought["who"].max() + 1, bought["what"].max() + 1)  # type: ignore[operator]
    before = (
        bought.filter(pl.col("day") < cut)
        .group_by("who", "what")
        .agg(times=pl.len(), last=pl.col("day").max())
        .sort("who", "what")
    )
    ago = before.select(ago=(pl.lit(cut) - pl.col("last")).dt.total_days())["ago"]
    after = bought.filter(pl.col("day") >= cut).select("who", "what").unique().sort("who", "what")
    known = Bought(
        before["who"].to_numpy(),
        before["what"].to_numpy(),
        before["times"].cast(pl.Int64).to_numpy(),
        ago.to_numpy(),
        shape,
    )  # type: ignore[arg-type]
    weights = known.weights()
    later = sparse.csr_matrix(
        (np.ones(len(after), dtype=np.float32), (after["who"].to_numpy(), after["what"].to_numpy())), shape
    )
    has = (weights > 0).astype(np.float32)
    new = sparse.csr_matrix(later - later.multiply(has))
    new.eliminate_zeros()
    there = np.diff(weights.indptr) > 0
    score, near, linear = popular(known), item_item(weights), ease(weights)
    table = ["| ten offers | newly bought | all that was bought |", "|---|---|---|"]
    for name, model in (
        ("popular", None),
        ("repeat, then popular", "own"),
        ("item to item", near),
        ("linear (EASEʳ)", linear),
    ):
        told = []
        for wanted, own in ((new, False), (later, True)):
            who = np.flatnonzero(there & (np.diff(wanted.indptr) > 0))
            mine, common = weights[who], same_for_all(weights[who], score, TOP, own=own)
            if model is None:
                offered = common
            elif isinstance(model, str):
                offered = filled(
                    best(mine, sparse.identity(shape[1], dtype=np.float32, format="csr"), TOP, own=own)[0],
                    common,
                )
            else:
                offered = filled(best(mine, model, TOP, own=own)[0], common)
            told.append(f"{recall(offered, wanted[who]) or 0:.4f} of {len(who)}")
        table.append(f"| {name} | {told[0]} | {told[1]} |")
    return (
        f"""## Online Retail, the last {DAYS} days

Recall of ten (of what each customer bought in these days, the share among ten offers made from before; of at most ten), on average over so
many customers. {shape[0]} customers, {shape[1]} products, {before.height} pairs of both before {cut}. "All that was bought" lets what they have be offered again.

"""
        + "\n".join(table)
        + "\n"
    )


def groceries(store: Store) -> str:
    """One month of a grocery's receipts."""
    write_groceries(store)
    pairs = ask(store, Baskets(size=2, least=1, sure=False, limit=10_000, language="en"))
    three = ask(store, Baskets(language="en"))
    milk = next(
        row for row in pairs.rows if {row["first"], row["second"]} == {"whole milk", "other vegetables"}
    )
    told = {number.name: number.value for number in three.numbers}
    lines = "\n".join(
        f"| {row['first']} | {row['second']} | {row['together']} | {row['confidence']:.3f} | {row['lift']:.2f} ({row['lift_least']:.2f} at least) |"
        for row in three.rows[:8]
    )
    return f"""## Groceries

{told["orders"]} baskets. Whole milk with other vegetables: {milk["together"]} baskets, support {milk["support"]:.4f}, lift {milk["lift"]:.4f} (the data sets' README:
736, 0.0748, 1.5136). Rules that are more than chance, pairs and threes in nine baskets or more: {told["found"]}. Those with most extra baskets:

| who buys | also buys | together | confidence | lift |
|---|---|---|---|---|
{lines}
"""


def write_groceries(store: Store) -> None:
    lines = pl.read_csv(SHARED / "baskets" / "groceries_long.csv.gz")
    baskets = lines.group_by("basket_id", maintain_order=True).agg(product_ids=pl.col("item").cast(pl.String))
    ones = pl.col("product_ids").list.len()
    money = pl.Decimal(18, 4)
    store.append(
        baskets.select(
            event_id=pl.format("basket {}", "basket_id"),
            ts=pl.lit("2003-01-15 12:00").str.to_datetime("%Y-%m-%d %H:%M", time_unit="ms", time_zone="UTC"),
            name=pl.lit("Order Completed"),
            source=pl.lit("groceries"),
            visitor_id=pl.lit(""),
            order_id=pl.col("basket_id").cast(pl.String),
            revenue=ones.cast(money),
            currency=pl.lit("EUR"),
            product_ids="product_ids",
            product_names="product_ids",
            product_categories=pl.col("product_ids").list.eval(pl.lit("")),
            product_quantities=pl.col("product_ids").list.eval(pl.lit(1).cast(money)),
            product_revenues=pl.col("product_ids").list.eval(pl.lit(1).cast(money)),
        )
    )


if __name__ == "__main__":
    main()
