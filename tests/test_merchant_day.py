"""A merchant's day: what they exported everywhere lies in one folder, one command takes it in, and the answers are what is true of it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from masarat.demo.files import GOOGLE, INVOICES, META, NOTES, STOCK, ZENDESK, write_files
from masarat.errors import NotEmpty

ROOT = Path(__file__).parents[1]
UNTIL = date(2026, 11, 20)
SHOPIFY = [f"orders_export_{year}.csv" for year in (2023, 2024, 2025, 2026)]
WHOSE = {
    **dict.fromkeys(SHOPIFY, ("shopify", "orders")),
    INVOICES: ("qoyod", "orders"),
    NOTES: ("qoyod", "orders"),
    META: ("meta_ads", "costs"),
    GOOGLE: ("google_ads", "costs"),
    ZENDESK: ("zendesk", "tickets"),
    STOCK: ("shop", "products"),
}


# The program, several times over in one process: it and its engine are loaded once. What it printed each time, and what stands after it.
PROGRAM = """
import io, json, sys
from contextlib import redirect_stdout
from masarat.settings import Settings
from masarat.show.cli import main
from masarat.store import Store

data, *runs = json.load(sys.stdin)
said = []
for arguments in runs:
    with redirect_stdout(io.StringIO()) as out:
        main.main(["--data", data, *arguments], standalone_mode=False)
    with Store(Settings(data=data)) as store:
        said.append([json.loads(out.getvalue()), store.select(sys.argv[1])[0]])
print(json.dumps(said))
"""
STANDING = """
SELECT (SELECT count() FROM events) AS events, (SELECT count() FROM traits) AS facts,
       (SELECT uniqExact(product_id) FROM products) AS products, (SELECT toFloat64(sum(amount)) FROM costs) AS spend,
       (SELECT countIf(name = 'Ticket Opened') FROM events) AS tickets, (SELECT countIf(name = 'Ticket Solved') FROM events) AS solved,
       (SELECT count() FROM quarantine) AS rejected"""


def python(*arguments, stdin=""):
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], input=stdin, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Day:
    """The folder, what is true of it, what was answered, and what stood then and after the same folder once more."""

    def __init__(self, place):
        self.folder, data = place / "what was exported", place / "data"
        self.truths = write_files(self.folder, 600, until=UNTIL)
        import_, ask = ["import", "--json", str(self.folder)], ["--period", "all", "--lang", "en", "--json"]
        of_shop = ["ask", "revenue", "--segment", "source=shopify", *ask]
        money = [["ask", "profitability", *ask], ["ask", "payments", *ask]]
        runs = [import_, ["ask", "reconcile", *ask], ["ask", "revenue", *ask], of_shop, *money, import_]
        said = json.loads(python("-c", PROGRAM, STANDING, stdin=json.dumps([str(data), *runs])))
        reports, self.stood = said[0]
        self.reports = {report["file"]: report for report in reports}
        self.reconciled, self.sold, self.sold_in_shop = (_numbers(answer) for answer, _ in said[1:4])
        self.profit, self.payments = (_numbers(answer) for answer, _ in said[4:6])
        self.again, self.stands = said[6]


def _numbers(answer):
    return {number["name"]: number["value"] for number in answer["numbers"]}


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    return Day(tmp_path_factory.mktemp("day"))


def test_each_file_is_recognised_by_itself_and_whole(day):
    assert set(day.truths.files) == set(WHOSE)
    assert {name: (one["source"], one["kind"]) for name, one in day.reports.items()} == WHOSE
    assert sum(one["rows"] for one in day.reports.values()) == day.truths.rows
    assert {name: (one["rejected"], one["error"]) for name, one in day.reports.items()} == dict.fromkeys(
        WHOSE, (0, "")
    )
    shop = [day.reports[name] for name in SHOPIFY]
    assert sum(one["orders"] for one in shop) == day.truths.orders
    assert sum(one["net"]["SAR"] for one in shop) == pytest.approx(day.truths.net, abs=1e-6)


def test_spend_tickets_and_products_are_what_the_files_say(day):
    found, truths = day.stood, day.truths
    assert found["spend"] == pytest.approx(truths.spend, abs=1e-6)
    assert (found["tickets"], found["solved"], found["products"], found["rejected"]) == (
        *(truths.tickets, truths.solved, truths.products, 0),
    )


def test_the_books_and_the_shop_meet_as_they_were_made(day):
    found, truths = day.reconciled, day.truths
    counts = ("matched", "by_reference", "different", "only_shop", "only_books", "vat_wrong", "vat_zero")
    assert {name: found[name] for name in counts} == {name: getattr(truths, name) for name in counts}
    assert (found["shop_net"], found["books_net"]) == (
        pytest.approx(truths.shop_net, abs=1e-6),
        pytest.approx(truths.books_net, abs=1e-6),
    )
    assert truths.matched > truths.by_reference > 0, "some meet by reference, some by customer and amount"
    assert min(truths.different, truths.only_shop, truths.only_books, truths.vat_wrong, truths.vat_zero) > 0


def test_what_several_programs_tell_is_sold_once(day):
    found, truths = day.sold, day.truths
    assert (found["orders"], found["net"]) == (truths.sales, pytest.approx(truths.revenue, abs=1e-6))
    assert (day.sold_in_shop["orders"], day.sold_in_shop["customers"]) == (truths.sold, truths.customers)


def test_profit_begins_with_what_was_sold_once_and_nothing_is_owed(day):
    profit, truths = day.profit, day.truths
    assert profit["gross"] - profit["refused"] - profit["returned"] == pytest.approx(truths.revenue, abs=1e-6)
    assert 0.9 < profit["cost_known"] < 1, "what the branch sold names no product"
    assert 0.4 < profit["margin"] < 0.6
    # every invoice that stands is paid; what waits for its payment is no sale yet
    assert (day.payments["orders"], day.payments["at_once"], day.payments["open"]) == (
        truths.sales,
        truths.sales,
        0,
    )


def test_the_same_folder_again_adds_nothing(day):
    assert {(one["added"], one["restated"], one["rejected"]) for one in day.again} == {(0, 0, 0)}
    assert day.stands == day.stood


def test_the_same_choice_writes_the_same_files(day, tmp_path):
    assert write_files(tmp_path, 600, until=UNTIL) == day.truths
    for name in day.truths.files:
        assert (tmp_path / name).read_bytes() == (day.folder / name).read_bytes(), name
    assert write_files(tmp_path, 600, until=UNTIL, seed=2) != day.truths


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(NotEmpty, match=r"mine\.csv"):
        write_files(tmp_path, 100, until=UNTIL)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


def test_the_command_loads_nothing_and_says_what_is_next(tmp_path):
    folder = tmp_path / "exported"
    told = python(
        "-m",
        "masarat.show.cli",
        "--data",
        tmp_path / "data",
        "demo",
        "--files",
        folder,
        "--orders",
        100,
        "--until",
        UNTIL,
    )
    assert f"masarat import {folder}" in told
    assert len(list(folder.iterdir())) == len(WHOSE)
    assert not (tmp_path / "data").exists()
