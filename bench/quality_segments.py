"""Groups of customers in real shops, into docs/quality/segments.md: `python -m bench.quality_segments` (needs ../shared/data)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from masarat.analyse import ask, explain
from masarat.analyse.answer import Answer
from masarat.analyse.found_model import fitted
from masarat.analyse.found_segments import FoundSegments
from masarat.analyse.rule_customers import RuleCustomers
from masarat.models.clusters import adjusted_rand, nearest
from masarat.store import Store
from tests.support.cdnow import write_cdnow
from tests.support.online_retail import write_online_retail
from tests.support.shop import SHARED, Engine

OUT = Path(__file__).parents[1] / "docs" / "quality" / "segments.md"
SHOPS: dict[str, Callable[[Store, Path], object]] = {
    "Online Retail": write_online_retail,
    "CDNOW": write_cdnow,
}


def main() -> None:
    if not SHARED.is_dir():
        print(f"There is no {SHARED}: nothing was measured.")
        return
    engine = Engine(Path(mkdtemp()))
    parts = ["# Groups of customers in real shops", "", "Written by `python -m bench.quality_segments`."]
    for name, write in SHOPS.items():
        store = engine.store(timezone="UTC", remembered=0)
        write(store, SHARED)
        parts += ["", f"## {name}", "", *_groups(ask(store, FoundSegments(language="en")))]
        parts += ["", f"Two halves of the customers, each grouped alone, agree about everybody: adjusted Rand index {_halves(store):.2f}."]  # fmt: skip
        top = ask(store, RuleCustomers(rule="revenue in top 20%", language="en"))
        parts += ["", f"By a rule: {top.sentence}"]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(parts) + "\n", "utf-8")
    print(OUT.read_text("utf-8"))


def _groups(found: Answer) -> list[str]:
    table = ["| group | customers | share of revenue | orders each | average order | days since |", "|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    table += [
        f"| {row['group']} | {row['customers']:,} | {row['share']:.1%} | {row['orders_each']:.2f} | {row['aov']:.2f} | {row['recency']:.0f} |"
        for row in found.rows
    ]
    stability = next(number.value for number in found.numbers if number.name == "stability")
    return [
        found.sentence,
        "",
        *table,
        "",
        f"Came again (mean adjusted Rand index of ten pairs): {stability or 0:.2f}.",
    ]


def _halves(store: Store) -> float:
    """Whether what is learnt from one half of the customers holds for the other."""
    query = explain(store, FoundSegments())
    rows, totals = store.rows(query), store.rows(query, query.totals)[0]
    features = np.array([row["features"] for row in rows])
    placed = []
    for half in (0, 1):
        model, _ = fitted(rows[half::2], totals, 8)
        placed.append(nearest(model.scale(features), model.centres))
    return adjusted_rand(*placed)


if __name__ == "__main__":
    main()
