"""The fields that any file of a shop can be mapped to, whatever its columns are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from masarat.events import TIME

FieldKind = Literal["text", "time", "number", "money", "phone", "email", "currency", "status"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind decides how cells are read; `meaning` is shown when a person corrects the mapping."""

    name: str
    kind: FieldKind
    meaning: str


FIELDS: tuple[Field, ...] = (
    Field("order_id", "text", "Order or invoice number; lines with the same number are one order"),
    Field("ts", "time", "When the order was made"),
    Field("time", "time", "Time of day, where it stands in a column of its own"),
    Field("customer_id", "text", "The shop's own number of the customer"),
    Field("name", "text", "Customer's name"),
    Field("email", "email", "Customer's e-mail"),
    Field("phone", "phone", "Customer's phone"),
    Field("city", "text", "Customer's city"),
    Field("country", "text", "Customer's country"),
    Field("product_id", "text", "SKU or product code"),
    Field("product_name", "text", "Product name"),
    Field("category", "text", "Product category"),
    Field("quantity", "number", "How many; negative where returned"),
    Field("unit_price", "money", "Price of one"),
    Field("line_total", "money", "Amount of the line, after its discount"),
    Field("order_total", "money", "Amount of the whole order, repeated on its lines or on the first only"),
    Field("discount", "money", "Discount of the order"),
    Field("tax", "money", "VAT of the order"),
    Field("shipping", "money", "Shipping of the order"),
    Field("refunded", "money", "Amount given back on the order"),
    Field("currency", "currency", "Currency of the amounts"),
    Field("status", "status", "State of the order: completed, cancelled, refunded, pending"),
    Field("coupon", "text", "Coupon code"),
    Field("payment", "text", "Payment method"),
    Field("branch", "text", "Branch, till or shop"),
    Field("channel", "text", "Channel the order came through"),
)
FIELD_NAMES: dict[str, Field] = {field.name: field for field in FIELDS}

# A canonical row, as `mapping` hands it to `orders`. Fields that a file lacks are absent, not null columns.
DTYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "time": TIME,  # UTC; local times were read in the source's zone
    "number": pl.Float64(),
    "money": pl.Float64(),
    "phone": pl.String(),  # E.164; empty where it is no phone, the cell then stands in props
    "email": pl.String(),  # trimmed, lower case
    "currency": pl.String(),  # ISO 4217
    "status": pl.String(),  # one of STATUSES
}
LINKING = ("customer_id", "phone", "email")  # what names a customer, strongest first; a name does not
STATUSES = ("completed", "cancelled", "refunded", "pending")
ROW_NUMBER = "row_number"  # UInt64, as a person counts: the header is row 1
