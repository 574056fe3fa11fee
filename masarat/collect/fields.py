"""The fields that any file of a shop can be mapped to, whatever its columns are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from masarat.events import TIME

FieldKind = Literal[
    "text",
    "time",
    "number",
    "count",
    "money",
    "phone",
    "party",
    "email",
    "currency",
    "status",
    "duration",
    "document",
]


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
    Field("business_day", "time", "Day it is counted to, where a till's day ends after midnight"),
    Field("customer_id", "text", "The shop's own number of the customer"),
    Field("name", "text", "Customer's name"),
    Field("email", "email", "Customer's e-mail"),
    Field("phone", "phone", "Customer's phone"),
    Field("city", "text", "Customer's city"),
    Field("country", "text", "Customer's country"),
    Field("product_id", "text", "SKU or product code"),
    Field("product_name", "text", "Product name"),
    Field("arabic_name", "text", "Product name in Arabic, where it stands in a column of its own"),
    Field("category", "text", "Product category"),
    Field("quantity", "count", "How many; negative where returned"),
    Field("unit_price", "money", "Price of one"),
    Field("line_total", "money", "Amount of the line, after its discount"),
    Field("order_total", "money", "Amount of the whole order, repeated on its lines or on the first only"),
    Field("discount", "money", "Discount of the order"),
    Field("tax", "money", "VAT of the order"),
    Field("line_tax", "money", "VAT of the line"),
    Field("shipping", "money", "Shipping of the order"),
    Field("shipping_tax", "money", "VAT of the shipping"),
    Field("refunded", "money", "Amount given back on the order"),
    Field("currency", "currency", "Currency of the amounts"),
    Field("status", "status", "State of the order: completed, cancelled, refunded, pending"),
    Field("document", "document", "Kind of document: invoice, credit note, debit note"),
    Field("coupon", "text", "Coupon code"),
    Field("payment", "text", "Payment method"),
    Field("branch", "text", "Branch, till or shop"),
    Field("reference", "text", "Number of the order in the shop, where the books have one of their own"),
    Field("channel", "text", "Channel it came through"),
    # of contacts
    Field("first_name", "text", "First name"),
    Field("last_name", "text", "Family name"),
    Field("gender", "text", "Gender"),
    Field("birthday", "text", "Birthday"),
    Field("company", "text", "Company they work for or buy for"),
    Field("vat_number", "text", "VAT number of the company"),
    Field("language", "text", "Language they prefer"),
    Field("tags", "text", "Tags, groups or lists they stand in"),
    # of products and stock
    Field("cost", "money", "What one costs us"),
    Field("stock", "count", "How many are there"),
    Field("supplier", "text", "Who supplies it"),
    Field("lead_days", "count", "Days from ordering it to having it"),
    Field("expiry", "time", "When it expires"),
    Field("batch", "text", "Number of the batch or lot"),
    Field("received", "count", "How many of them arrived"),
    Field("expected_at", "time", "When it is to arrive"),
    Field("arrived_at", "time", "When it arrived"),
    # of advertising and search
    Field("campaign", "text", "Campaign"),
    Field("ad_group", "text", "Ad set or ad group"),
    Field("ad", "text", "Ad"),
    Field("spend", "money", "What was spent"),
    Field("until", "time", "Last day that the amount is of"),
    Field("impressions", "number", "How often it was shown"),
    Field("clicks", "number", "How often it was clicked"),
    Field("query", "text", "What was searched for"),
    Field("page", "text", "Address of a page"),
    Field("position", "number", "Average place among the results"),
    # of service
    Field("ticket_id", "text", "Number of the ticket or conversation"),
    Field("subject", "text", "What it is about"),
    Field("priority", "text", "How urgent it is"),
    Field("agent", "text", "Who of us took it"),
    Field("replied_at", "time", "When we first replied"),
    Field("reply_minutes", "number", "Minutes until we first replied, where it is told so and not as a time"),
    Field("solved_at", "time", "When it was solved"),
    Field("outcome", "text", "How it ended: solved, open, missed, …"),
    Field("direction", "text", "Whether they called us or we them"),
    Field("caller", "party", "Who called: a phone, one of us or an extension"),
    Field("called", "party", "Who was called: a phone, one of us or an extension"),
    Field("leg_of", "text", "Number of the call that this is a leg of"),
    Field("seconds", "duration", "How long it took"),
    Field("messages", "number", "How many messages were written"),
    # of surveys
    Field("survey", "text", "Survey"),
    Field("response_id", "text", "Number of the response"),
    Field("question", "text", "Question"),
    Field("answer", "text", "Answer"),
    Field("score", "number", "Score that was given"),
    # of payments
    Field("payment_id", "text", "Number of the payment or receipt"),
    Field("paid", "money", "Amount that was paid"),
    Field("applied", "money", "Part of the payment that went to this order"),
    # of any move
    Field("event", "text", "What happened"),
    Field("move_id", "text", "Number of what happened"),
    Field("browser_id", "text", "Number of the browser or device"),
    Field("visit_id", "text", "Number of the visit"),
    Field("device", "text", "Kind of device"),
    Field("referrer", "text", "Page they came from"),
    Field("move", "text", "All of it, as the door writes it down: JSON with the columns of the log"),
)
FIELD_NAMES: dict[str, Field] = {field.name: field for field in FIELDS}

# A canonical row, as `mapping` hands it to `orders`. Fields that a file lacks are absent, not null columns.
DTYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "time": TIME,  # UTC; local times were read in the source's zone
    "number": pl.Float64(),
    "count": pl.Float64(),  # of pieces or days; the cell may name its unit
    "money": pl.Float64(),
    "phone": pl.String(),  # E.164; empty where it is no phone, the cell then stands in props
    "party": pl.String(),  # E.164 where it is a phone, else as it stands: an extension, a name
    "email": pl.String(),  # trimmed, lower case
    "currency": pl.String(),  # ISO 4217
    "status": pl.String(),  # one of STATUSES
    "duration": pl.Float64(),  # seconds
    "document": pl.String(),  # one of states.DOCUMENTS, or as it came
}
LINKING = ("customer_id", "phone", "email")  # what names a customer, strongest first; a name does not
STATUSES = ("completed", "cancelled", "refunded", "pending")
ROW_NUMBER = "row_number"  # UInt64, as a person counts: the header is row 1
