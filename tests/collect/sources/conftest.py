"""What tests of sources look at: the events of a file, and what the tables say."""

from __future__ import annotations

import json

import pytest

COLUMNS = (
    "name, toString(ts, 'Asia/Riyadh') AS at, visitor_id, order_id, revenue, tax, shipping, currency, payment, branch, channel,"
    " product_ids, product_names, product_quantities, product_revenues, toString(props) AS props"
)


@pytest.fixture
def seen(store):
    """The events of the log, oldest first; `props` as an object, times without their empty thousandths."""

    def seen(*names):
        rows = store.select(
            f"SELECT {COLUMNS} FROM events ORDER BY ts, order_id, name, visitor_id, props, product_ids, branch"
        )
        rows = [
            {**row, "at": row["at"].removesuffix(".000"), "props": json.loads(row["props"])} for row in rows
        ]
        return [tuple(row[name] for name in names) for row in rows] if names else rows

    return seen


@pytest.fixture
def described(store):
    """Products as they stand: code → name, name in Arabic, category, price, cost."""

    def described():
        rows = store.select(
            "SELECT product_id, name, name_ar, category, price, cost FROM products FINAL ORDER BY product_id"
        )
        return {
            row["product_id"]: (row["name"], row["name_ar"], row["category"], row["price"], row["cost"])
            for row in rows
        }

    return described


@pytest.fixture
def facts(store):
    """What is told of people: (whom, what) → value."""

    def facts():
        rows = store.select("SELECT visitor_id, trait, value FROM traits ORDER BY ALL")
        return {(row["visitor_id"], row["trait"]): row["value"] for row in rows}

    return facts


@pytest.fixture
def waiting(store):
    """Rows in quarantine: number and reason."""

    def waiting():
        rows = store.select("SELECT row_number, reason FROM quarantine ORDER BY row_number")
        return [(row["row_number"], row["reason"]) for row in rows]

    return waiting
