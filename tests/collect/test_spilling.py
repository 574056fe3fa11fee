"""Rows put by on disk come back once each, and every order whole."""

import os
import subprocess
import sys

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.spilling import Bundles, halves


@settings(max_examples=25)
@given(
    orders=st.lists(st.sampled_from([*"abcdefghij", None]), min_size=1, max_size=80),
    batch=st.integers(1, 30),
    most=st.integers(1, 60),
)
def test_every_row_once_and_every_order_whole(tmp_path_factory, orders, batch, most):
    rows = pl.DataFrame({"order_id": pl.Series(orders, dtype=pl.String), "name": ["x"] * len(orders)})
    rows = rows.with_row_index(ROW_NUMBER, 2).cast({ROW_NUMBER: pl.UInt64})
    with Bundles(tmp_path_factory.mktemp("spill"), "shop", most) as bundles:
        for part in rows.iter_slices(batch):
            bundles.add(part)
        found = list(bundles)
    assert pl.concat(found).sort(ROW_NUMBER).equals(rows)
    homes = [set(bundle["order_id"].fill_null("-")) for bundle in found]
    assert sum(map(len, homes)) == len(set.union(*homes))


def test_what_the_dead_left_is_cleared(tmp_path):
    dead = int(
        subprocess.run(
            [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True
        ).stdout
    )
    for name in (f"spill-{dead}-1", f"spill-{os.getpid()}-2"):
        (tmp_path / name).mkdir()
    with Bundles(tmp_path, "shop", 10):
        assert [path.name for path in tmp_path.iterdir()] == [f"spill-{os.getpid()}-2"]


@given(orders=st.lists(st.sampled_from([*"abcdefghij", None]), max_size=80))
def test_halves_keep_every_row_and_every_order_whole(orders):
    rows = pl.DataFrame({"order_id": pl.Series(orders, dtype=pl.String), "place": range(len(orders))})
    parts = halves(rows)
    assert sorted(pl.concat(parts)["place"]) == list(range(len(orders)))
    homes = [set(part["order_id"].fill_null("-")) for part in parts]
    assert sum(map(len, homes)) == len(set.union(*homes))


def test_rows_in_order_are_cut_between_two_orders():
    rows = pl.DataFrame({"order_id": [f"{n // 4}" for n in range(4002)], "place": range(4002)})
    assert [part.height for part in halves(rows)] == [2004, 1998]
