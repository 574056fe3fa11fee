"""Published logs of moves, taken in as files are and asked about: what their README says of them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from masarat.analyse import ask
from masarat.analyse.breakdown import Breakdown
from masarat.analyse.flow_graph import FlowGraph
from masarat.analyse.funnel import Funnel
from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.events import COLUMNS
from masarat.records import Records
from masarat.settings import Settings

pytestmark = pytest.mark.shared

UNTIL = date(2021, 2, 28)
GOAL = {"visit_to_cart": "Product Added", "visit_to_checkout": "Checkout Started", "visit_to_purchase": "Order Completed"}  # fmt: skip


def numbers(found):
    return {number.name: number.value for number in found.numbers}


@pytest.fixture(scope="module")
def onlineshop(engine, shared_data, tmp_path_factory):
    """The log of the on-line shop, through the importer; of its three columns none is said."""
    store = engine.store(timezone="UTC")
    records = Records(Settings(data=tmp_path_factory.mktemp("records")))
    report = import_files(store, records, [shared_data / "simple_onlineshop" / "simple_onlineshop.csv.gz"], Choices())[0]  # fmt: skip
    records.close()
    return store, report


def test_every_move_of_the_file_is_taken_in(onlineshop):
    store, report = onlineshop
    assert (report.rows, report.added, report.rejected) == (32_283, 32_283, 0)
    found = numbers(ask(store, FlowGraph(compare="none"), today=UNTIL))
    assert (found["customers"], found["moves"], found["transitions"]) == (3751, 32_283, 32_283 - 3751)


@pytest.mark.parametrize(
    ("name", "events", "customers"),
    [("catalog", 14_518, 3611), ("main", 5635, None), ("cart", 2842, 1924), ("payment_done", 706, 653)],
)
def test_who_did_what_how_often(onlineshop, name, events, customers):
    store, _ = onlineshop
    assert numbers(ask(store, Breakdown(step=name, measure="events", compare="none"), today=UNTIL))["events"] == events  # fmt: skip
    if customers:
        found = ask(store, Breakdown(step=name, measure="customers", compare="none"), today=UNTIL)
        assert numbers(found)["customers"] == customers


def test_the_way_through_the_shop(onlineshop, shared_data):
    """Counted again, customer by customer: the first catalogue, a cart after it, a payment after that cart."""
    store, _ = onlineshop
    steps = ("catalog", "cart", "payment_done")
    came = dict.fromkeys(steps, 0)
    log = pl.read_csv(shared_data / "simple_onlineshop" / "simple_onlineshop.csv.gz").sort("timestamp")
    for moves in log.group_by("user_id", maintain_order=True).agg("event")["event"].to_list():
        rest = iter(moves)
        for step in steps:
            if step not in rest:  # looks on from where the step before was found
                break
            came[step] += 1
    found = ask(store, Funnel(steps=steps, within="365d", compare="none"), today=UNTIL)
    assert [row["customers"] for row in found.rows] == list(came.values())
    assert came["catalog"] == 3611


def test_the_daily_funnel_of_googles_sample(engine, shared_data):
    """Rates times sessions, as visits again: a visitor a session, the steps in it at their rates, whichever of them it had."""
    told = pl.read_csv(shared_data / "ga4_reference" / "ga4_sample_funnel_daily.csv", try_parse_dates=True)
    assert len(told) == 917
    sessions = pl.col("user_sessions_count")
    counts = told.with_row_index("row").select(
        "row", "event_date", sessions.alias("Page Viewed"), *((pl.col(rate) * sessions).round().cast(pl.Int64).alias(step) for rate, step in GOAL.items()),
    )  # fmt: skip
    moves = counts.unpivot(index=["row", "event_date"], variable_name="name", value_name="n")
    minute = pl.col("name").replace_strict(["Page Viewed", *GOAL.values()], range(4), return_dtype=pl.Int64)
    events = (
        moves.with_columns(number=pl.int_ranges(0, "n"))
        .explode("number")
        .drop_nulls()
        .select(
            event_id=pl.format("{}-{}-{}", "row", "name", "number"),
            ts=pl.col("event_date").cast(pl.Datetime("ms", "UTC")) + pl.duration(minutes=minute),
            name="name",
            source=pl.lit("ga4"),
            visitor_id=pl.format("user:{}-{}", "row", "number"),
        )
    )
    store = engine.store(timezone="UTC")
    store.append(events.cast({name: COLUMNS[name] for name in events.columns}))
    steps = ("Page Viewed", *GOAL.values())
    reached = ask(store, Funnel(steps=steps, optional=(2, 3), within="1h", compare="none"), today=UNTIL)
    assert [row["customers"] for row in reached.rows] == [355_453, 15_225, 11_123, 4851]
    daily = counts.group_by("event_date").sum().sort("event_date")
    for step in steps:
        found = ask(store, Breakdown(step=step, measure="events", by="day", dimension="source", compare="none"), today=UNTIL)  # fmt: skip
        shown = {row["start"]: row["events"] for row in found.rows if row["events"]}
        assert shown == {day: n for day, n in daily.select("event_date", step).iter_rows() if n}
