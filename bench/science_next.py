"""Baskets and recommendations against the libraries people take for them, on the same made data.

    .venv/bin/python -m bench.science_next [--peer-python /path/to/python] [--baskets 100000] [--customers 100000] [--products 5000]

The peer (mlxtend for item sets, implicit for recommendations) runs in a process of its own, by a Python that has it. Processor time
counts, of all threads; making the data and starting processes do not. The item sets must be the same, and the recall no worse.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from masarat.analyse import explain
from masarat.analyse.baskets import Baskets
from masarat.analyse.together import WIDE
from masarat.models.recommend import best, item_item, recall
from masarat.store import Store
from tests.support.shop import Engine

SUPPORT = 0.0005
SOLD = 2_000  # products in the baskets
TOP = 10
SETS_FASTER, TOP_FASTER = 10, 3
ROUNDS = 2

PEER_SETS = """
import json, sys, time
import pandas as pd
from mlxtend.preprocessing import TransactionEncoder
from mlxtend.frequent_patterns import apriori, fpgrowth
baskets = json.load(open(sys.argv[1]))
took, kept = {}, []
for name, way in (("fpgrowth", fpgrowth), ("apriori", apriori)):
    start = time.process_time()
    encoder = TransactionEncoder()
    frame = pd.DataFrame(encoder.fit_transform(baskets), columns=encoder.columns_)
    low = {"low_memory": True} if name == "apriori" else {}
    sets = way(frame, min_support=float(sys.argv[2]), max_len=int(sys.argv[3]), use_colnames=True, **low)
    took[name] = time.process_time() - start
    kept = sorted([sorted(items), round(support * len(baskets))] for items, support in zip(sets["itemsets"], sets["support"]))
print(json.dumps({"took": took, "sets": kept}))
"""

PEER_TOP = """
import json, sys, time
import numpy as np
from scipy import sparse
from implicit.nearest_neighbours import CosineRecommender, BM25Recommender
m = sparse.load_npz(sys.argv[1]).tocsr()
for name, kind in (("cosine", CosineRecommender), ("bm25", BM25Recommender)):
    t = time.process_time()
    model = kind(K=50, num_threads=1)
    model.fit(m, show_progress=False)
    ids, _ = model.recommend(np.arange(m.shape[0]), m, N=10, filter_already_liked_items=True)
    took = time.process_time() - t
    np.save(sys.argv[2] + "/" + name + ".npy", ids)
    print(json.dumps({"name": name, "took": took}), flush=True)
"""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--peer-python", default=sys.executable)
    given.add_argument("--baskets", type=int, default=100_000)
    given.add_argument("--customers", type=int, default=100_000)
    given.add_argument("--products", type=int, default=5_000)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        good = [
            *sets(Path(scratch), asked.peer_python, asked.baskets),
            top(Path(scratch), asked.peer_python, asked.customers, asked.products),
        ]
    sys.exit(not all(good))


def made(rows: int, products: int, each: float, seed: int) -> sparse.csr_matrix:
    """Rows of products: some asked for far more than others, within fifty tastes."""
    random = np.random.default_rng(seed)
    lengths = np.minimum(1 + random.poisson(each, rows), 60)
    row = np.repeat(np.arange(rows), lengths)
    taste = np.repeat(random.integers(0, 50, rows), lengths)
    rank = (products * random.power(0.35, len(row))).astype(np.int64)
    own = (taste * 97 + rank // 50 * 50) % products
    column = np.where(random.random(len(row)) < 0.5, own, rank) % products
    whole = sparse.csr_matrix((np.ones(len(row), dtype=np.float32), (row, column)), (rows, products))
    whole.data[:] = 1
    return whole


def sets(scratch: Path, peer: str, baskets: int) -> list[bool]:
    """Pairs, then pairs and threes, of so many baskets; both sides begin with lists of product codes (ours in the store)."""
    whole = made(baskets, SOLD, 6, 1)
    items = [[f"p{one}" for one in basket] for basket in np.split(whole.indices, whole.indptr[1:-1])]
    (scratch / "baskets.json").write_text(json.dumps(items))
    store = Engine(scratch).store(timezone="UTC", remembered=0)
    write(store, items)
    return [_sets(store, scratch, peer, baskets, size) for size in (2, 3)]


def _sets(store: Store, scratch: Path, peer: str, baskets: int, size: int) -> bool:
    query = explain(store, Baskets(size=size, least=int(np.ceil(SUPPORT * baskets))))
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        frequent, rows = store.rows(query, "frequent"), store.rows(query)
        took.append(time.process_time() - start)
    known = [row for row in frequent if row["product"]]
    ours = [[[row["product"]], row["orders"]] for row in known]
    for row in rows:
        code = int(row["code"])
        places = [part for part in (code // WIDE**2, code // WIDE % WIDE, code % WIDE) if part]
        ours.append([sorted(known[place - 1]["product"] for place in places), row["orders"]])
    said = json.loads(_peer(peer, PEER_SETS, scratch / "baskets.json", str(SUPPORT), str(size)))
    same, ratio = sorted(ours) == said["sets"], min(said["took"].values()) / min(took)
    theirs = ", ".join(f"{name} {spent:.2f} s" for name, spent in said["took"].items())
    print(f"item sets of up to {size} in {baskets:,} baskets: {min(took):.2f} s; mlxtend {theirs}")
    wanted = f", at least {SETS_FASTER}×" if size == 2 else ""
    print(
        f"  {ratio:.1f}× the quicker{wanted}; {len(ours)} sets, {'the same' if same else 'DIFFERENT'}",
        flush=True,
    )
    return same and (ratio >= SETS_FASTER or size > 2)


def write(store: Store, items: list[list[str]]) -> None:
    products = pl.Series(items)
    money = pl.Decimal(18, 4)
    ones = pl.col("product_ids").list.eval(pl.lit(1).cast(money))
    frame = pl.DataFrame({"product_ids": products}).with_row_index("place").select(
        event_id=pl.format("e{}", "place"),
        ts=pl.lit("2025-01-15 12:00").str.to_datetime("%Y-%m-%d %H:%M", time_unit="ms", time_zone="UTC"),
        name=pl.lit("Order Completed"),
        source=pl.lit("made"),
        visitor_id=pl.format("user:{}", "place"),
        order_id=pl.format("o{}", "place"),
        revenue=pl.col("product_ids").list.len().cast(money),
        currency=pl.lit("SAR"),
        product_ids="product_ids",
        product_names="product_ids",
        product_categories=pl.col("product_ids").list.eval(pl.lit("")),
        product_quantities=ones,
        product_revenues=ones,
    )  # fmt: skip
    store.append(frame)


def top(scratch: Path, peer: str, customers: int, products: int) -> bool:
    """Ten offers for each of so many customers; a fifth of what each bought is held out."""
    whole = made(customers, products, 20, 2).tocoo()
    held = np.random.default_rng(3).random(whole.nnz) < 0.2
    shown, later = (
        sparse.csr_matrix((whole.data[part], (whole.row[part], whole.col[part])), whole.shape)
        for part in (~held, held)
    )
    sparse.save_npz(scratch / "shown.npz", shown)
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        offered, _ = best(shown, item_item(shown), TOP)
        took.append(time.process_time() - start)
    ours = recall(offered, later) or 0.0
    print(
        f"ten offers for {customers:,} customers of {products:,} products: {min(took):.2f} s, recall {ours:.4f}"
    )
    good = True
    for line in _peer(peer, PEER_TOP, scratch / "shown.npz", str(scratch)).splitlines():
        said = json.loads(line)
        theirs: npt.NDArray[np.int64] = np.load(scratch / f"{said['name']}.npy").astype(np.int64)
        found = recall(theirs, later) or 0.0
        ratio = said["took"] / min(took)
        print(
            f"  implicit {said['name']}: {said['took']:.2f} s, recall {found:.4f}: {ratio:.1f}×, at least {TOP_FASTER}×"
        )
        good = good and ratio >= TOP_FASTER and ours >= found - 0.0005
    return good


def _peer(python: str, code: str, *given: object) -> str:
    done = subprocess.run([python, "-c", code, *map(str, given)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The peer did not run; give --peer-python one that has it.\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
