"""What every SDK is made to say, and how the store must tell it: one order in Arabic, of somebody who has a name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
ORDER: dict[str, Any] = json.loads((HERE / "order.json").read_text("utf-8"))
REMEDY = "The SDKs of others are not installed: make tests/sdks/node_modules/.ready"

# The same as a purchase of GA4, and as Umami and Plausible write it.
PURCHASE: dict[str, Any] = {
    "transaction_id": ORDER["order_id"],
    "value": ORDER["revenue"],
    "currency": ORDER["currency"],
    "items": [
        {
            "item_id": product["product_id"],
            "item_name": product["name"],
            "item_category": product["category"],
            "price": product["price"],
            "quantity": product["quantity"],
        }
        for product in ORDER["products"]
    ],
    "gift_note": ORDER["gift_note"],
}
AN_HOUR_AGO = datetime.now(UTC).replace(microsecond=123_000) - timedelta(hours=1)
NEAR = timedelta(seconds=60)
Row = dict[str, Any]


@dataclass
class Stored:
    """The rows of the store, found by what happened."""

    rows: list[Row]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Stored:
        rows = list(rows)
        assert {row["source"] for row in rows} <= {"web"}
        return cls(rows)

    def names(self) -> list[str]:
        return sorted(row["name"] for row in self.rows)

    def one(self, name: str) -> Row:
        """The only row of that name."""
        found = [row for row in self.rows if row["name"] == name]
        assert len(found) == 1, f"{len(found)} × {name} among {self.names()}"
        return found[0]


def check_order(row: Row, *, products: bool = True, at: datetime | None = None) -> None:
    """The order, in its columns; `at` is when the SDK was told that it happened, now where nothing was told."""
    assert row["name"] == "Order Completed"
    assert (row["revenue"], row["currency"]) == (Decimal(250), "SAR")
    assert props(row)["gift_note"] == ORDER["gift_note"]
    if products:
        assert row["order_id"] == ORDER["order_id"]
        assert row["product_ids"] == ["P-1", "P-2"]
        assert row["product_names"] == ["قهوة هرري", "دلّة نحاس"]
        assert row["product_categories"] == ["قهوة", "أوانٍ"]
        assert row["product_quantities"] == [2, 1]
        assert row["product_revenues"] == [190, 60]
    check_time(row, at)


def check_amounts(row: Row) -> None:
    """What only Segment's own words tell."""
    assert (row["tax"], row["shipping"], row["discount"]) == (Decimal("37.5"), 20, 10)
    assert (row["coupon"], row["payment"]) == ("عيد", "mada")


def check_time(row: Row, at: datetime | None = None) -> None:
    """To the millisecond where a time was told, but for what the clocks of two machines may differ."""
    told, ts = at or datetime.now(UTC), row["ts"]
    ts = ts if ts.tzinfo else ts.replace(tzinfo=UTC)
    assert abs(ts - told) < NEAR, f"{row['name']}: {ts}, not {told}"


def props(row: Row) -> dict[str, Any]:
    found = row["props"]
    return json.loads(found) if isinstance(found, str) else found
