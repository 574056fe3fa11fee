"""How well purchases and their value are foretold on CDNOW, weeks 40 to 78 held out: writes docs/quality/lifetime.md.

    python -m bench.quality_lifetime

Fitted on the first 39 weeks (to 30 September 1997) of all 23,570 customers: the models beside BG/NBD at its published parameters (Fader, Hardie and Lee
2005, from a tenth of these customers) and two baselines. What is foretold is the number of days with a purchase in the 39 weeks after.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from masarat.models.lifetime import buying, pareto, spending
from masarat.models.lifetime.fitting import Floats
from tests.support.shop import SHARED

PAGE = Path(__file__).parents[1] / "docs" / "quality" / "lifetime.md"
CUT, AHEAD, GROUPS = date(1997, 9, 30), 39, 7
PUBLISHED = (0.242593, 4.413532, 0.792886, 2.425752)
HEAD = """# What customers will bring: on a real shop

Written by `python -m bench.quality_lifetime`. CDNOW, {customers:,} customers who first bought in the first quarter of 1997: fitted on the first 39 weeks,
held against the 39 weeks after them. A purchase is a day with one. Off is the sum foretold against the sum that happened; miss is the mean
distance per customer; by group is the mean distance between what each group by earlier repeats (0 to 5, 6 and more) was foretold on average and what it did.

| foretold by | purchases | off | miss | by group |
|---|---|---|---|---|
"""


def main() -> None:
    if not (SHARED / "cdnow").is_dir():
        raise SystemExit(
            "This needs the real data sets in ../shared/data, which are not part of the project."
        )
    people = customers(pl.read_csv(SHARED / "cdnow" / "cdnow_transactions.csv.gz", try_parse_dates=True))
    x, tx, age, after = (people[name].to_numpy().astype(float) for name in ("x", "tx", "age", "after"))
    cells = people.group_by("x", "tx", "age").agg(customers=pl.len()).sort("x", "tx", "age")
    summaries = buying.Summaries.of(*(cells[name] for name in ("x", "tx", "age", "customers")))
    models: dict[str, Callable[[], Floats]] = {
        "BG/NBD": lambda: buying.fitted(summaries).expected(x, tx, age, AHEAD),
        "MBG/NBD": lambda: buying.fitted(summaries, "mbgnbd").expected(x, tx, age, AHEAD),
        "Pareto/NBD": lambda: pareto.fitted(summaries).expected(x, tx, age, AHEAD),
        "BG/NBD at its published parameters": lambda: buying.Buying("bgnbd", *PUBLISHED, 0.0, None).expected(
            x, tx, age, AHEAD
        ),  # type: ignore[arg-type]
        "as often as so far": lambda: x / age * AHEAD,
        "everybody alike": lambda: np.full(len(x), x.mean() / age.mean() * AHEAD),
    }
    lines = [_line(name, foretold(), x, after) for name, foretold in models.items()]
    PAGE.write_text(
        HEAD.format(customers=len(x))
        + "\n".join(lines)
        + "\n"
        + f"\nIt happened: {after.sum():,.0f} purchases.\n"
        + _spending(people),
        "utf-8",
    )
    print(PAGE.read_text("utf-8"))


def customers(bought: pl.DataFrame) -> pl.DataFrame:
    """Repeats, week of the last, weeks observed at the cut, purchases after it, and what one brought before it and after it."""
    days = bought.group_by("customer_id", "date").agg(pl.col("value").sum()).sort("customer_id", "date")
    before, later = (
        days.filter(pl.col("date") <= CUT),
        days.filter((pl.col("date") > CUT) & (pl.col("date") <= CUT + timedelta(weeks=AHEAD))),
    )
    return (
        before.group_by("customer_id")
        .agg(
            x=pl.len() - 1, tx=(pl.col("date").max() - pl.col("date").min()).dt.total_days() / 7,
            age=(CUT - pl.col("date").min()).dt.total_days() / 7, value=pl.col("value").mean(),
        )
        .join(later.group_by("customer_id").agg(after=pl.len(), value_after=pl.col("value").mean()), on="customer_id", how="left")
        .with_columns(pl.col("after").fill_null(0))
        .sort("customer_id")
    )  # fmt: skip


def _line(name: str, foretold: Floats, x: Floats, after: Floats) -> str:
    group = np.minimum(x, GROUPS - 1)
    gaps = [abs(foretold[group == each].mean() - after[group == each].mean()) for each in range(GROUPS)]
    return f"| {name} | {foretold.sum():,.0f} | {foretold.sum() / after.sum() - 1:+.1%} | {np.abs(foretold - after).mean():.3f} | {np.mean(gaps):.3f} |"


def _spending(people: pl.DataFrame) -> str:
    """The value of a purchase after the cut, of those who made one: Gamma–Gamma beside their own mean and that of all."""
    model = spending.fitted(people["x"] + 1, people["value"])
    came = people.filter((pl.col("after") > 0) & (pl.col("value") > 0))
    truth = came["value_after"].to_numpy()
    assert model is not None
    shown = {
        "Gamma–Gamma": model.expected(came["x"] + 1, came["value"]),
        "own mean so far": came["value"].to_numpy(),
        "mean of all": np.full(len(truth), float(people["value"].mean())),  # type: ignore[arg-type]
    }
    rows = "\n".join(
        f"| {name} | {values.mean():.2f} | {np.abs(values - truth).mean():.2f} |"
        for name, values in shown.items()
    )
    return f"\n## The value of a purchase\n\nOf the {len(truth):,} customers who came back after the cut; it was {truth.mean():.2f} on average.\n\n| foretold by | on average | miss |\n|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    main()
