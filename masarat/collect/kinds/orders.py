"""Rows become orders, and orders become events.

Lines with the same order number are one order; a row without a number is an order of its own. An order gives up to four events:
what was bought (`Order Completed`), given back (`Order Refunded`, negative), called off (`Order Cancelled`) and not yet paid
(`Order Pending`); the last two have no revenue, and say in their properties what they would have come to. Where rows say which document
they are of, an invoice is a sale, paid or not, and a credit note a refund (see `documents`).
"""

from __future__ import annotations

import operator
from functools import reduce

import polars as pl

from masarat.collect.amounts import AMOUNT, ORDER_MONEY, QUANTITY, SCALE, money, once, with_amounts
from masarat.collect.fields import FIELDS
from masarat.collect.identity import ORDER, number_of, order_keys, with_order
from masarat.collect.kinds.base import Kind, Need, Origin, Stranger, Told, named, with_codes
from masarat.collect.kinds.documents import DOCUMENT, IS_CREDIT, issued, told
from masarat.collect.people import FACTS, IDENTIFIERS, identifiers, unidentified, visitors
from masarat.collect.states import NO_SALES
from masarat.events import COLUMNS

KIND, VALUE = "kind", "value"
NAMES = {
    "completed": "Order Completed",
    "refunded": "Order Refunded",
    "cancelled": "Order Cancelled",
    "pending": "Order Pending",
}
UNDONE = "undone"  # bought, then given back in full
KINDS = pl.Enum([*NAMES, UNDONE])
PRODUCTS = ("product_id", "product_name", "category")
PRODUCT_LISTS = tuple(name for name in COLUMNS if name.startswith("product_"))
TEXTS = ("coupon", "payment", "branch", "channel", "city", "country")
CANCELLATION = r"^[Cc][-#]?\d+$"  # an order number that says it takes an order back


def read_orders(rows: pl.DataFrame, *, source: str, currency: str) -> Told:
    """The orders that typed rows (see `mapping.read_batch`) make up; all rows of an order must be given together.

    `currency` is of the amounts that name none.
    """
    rows = rows.rechunk()  # copied once, rather than walked in pieces at every step
    lines = issued(with_amounts(with_order(blank_is_null(with_codes(rows)), source), ORDER))
    lines = told(lines, "reference").with_columns(_kind(lines).alias(KIND))
    orders = _valued(_grouped(_both_ways(lines)))
    orders = orders.with_columns(
        visitors(orders, source), *identifiers(orders, source), event_id=_event_ids(orders, source)
    )
    events = orders.select(**_columns(orders, source, currency))
    events = events.with_columns(revision=_revision(orders, events))
    people = orders.select(
        "event_id", "visitor_id", "ts", *(name for name in FACTS if name in orders.columns)
    )
    return Told(events, people, *_counts(lines))


def blank_is_null(rows: pl.DataFrame) -> pl.DataFrame:
    """Empty texts as nulls, which is what the rest of this module skips; names of products stay as they are."""
    names = [f.name for f in FIELDS if f.name in rows.columns and f.name not in PRODUCTS]
    texts = [name for name in names if rows.schema[name] == pl.String]
    blank = rows.select((pl.col(texts) == "").any()).row(0) if texts else ()
    found = [name for name, any_blank in zip(texts, blank, strict=True) if any_blank]
    return rows.with_columns(pl.when(pl.col(name) != "").then(name).alias(name) for name in found)


def _kind(lines: pl.DataFrame) -> pl.Expr:
    """What became of a line, by its sign and its status.

    A negative amount of something not returned is a discount line and stays with its order, unless the order as a whole is negative.
    """
    returned = (pl.col(QUANTITY) < 0).fill_null(False)
    amount = pl.col(AMOUNT)
    if "order_total" in lines.columns:
        amount = pl.coalesce(AMOUNT, "order_total")
    less = lines.filter((amount < 0) & ~returned)[ORDER].unique()
    if len(less):
        kept = lines.filter(pl.col(ORDER).is_in(less.implode()) & ~returned)
        totals = kept.group_by(ORDER).agg(amount.sum().alias("total"))
        negative = totals.filter(pl.col("total") < 0)[ORDER]
        returned |= pl.col(ORDER).is_in(negative.implode())
    status = pl.lit("completed", KINDS)
    if "status" in lines.columns:
        status = pl.col("status").fill_null("completed").replace("refunded", UNDONE).cast(KINDS)
    if DOCUMENT in lines.columns:
        returned = (returned | IS_CREDIT) & (status != "cancelled")
    return pl.when(returned).then(pl.lit("refunded", KINDS)).otherwise(status)


def _counts(lines: pl.DataFrame) -> tuple[int, int, int]:
    """Rows that name no customer, rows of orders called off, and rows whose goods or money came back."""
    of_kind = dict(lines[KIND].value_counts().iter_rows())
    undone = of_kind.get(UNDONE, 0)
    back = lines.filter(pl.col(KIND) == "refunded")
    marked = back["order_id"].str.contains(CANCELLATION).sum() if "order_id" in lines.columns else 0
    cancelled = of_kind.get("cancelled", 0) + undone + marked
    return unidentified(lines), cancelled, back.height + undone


def _both_ways(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of an order that was undone stand once each way."""
    undone = pl.col(KIND) == UNDONE
    if not lines.select(undone.any()).item():
        return lines
    signed = [name for name in (QUANTITY, AMOUNT, "order_total", "tax", "shipping") if name in lines.columns]
    back = lines.filter(undone).with_columns(-pl.col(signed), pl.lit("refunded", KINDS).alias(KIND))
    return pl.concat([lines.with_columns(pl.col(KIND).replace(UNDONE, "completed")), back])


def _grouped(lines: pl.DataFrame) -> pl.DataFrame:
    """One row for each order and kind; and currency, where one file has several."""
    has = set(lines.columns)
    by = [ORDER, KIND]
    if "currency" in has and lines["currency"].n_unique() > 1:
        by.append("currency")
    names = dict.fromkeys((*IDENTIFIERS, *FACTS, *TEXTS, "currency", DOCUMENT))
    texts = [name for name in names if name in has]
    entries = _entries(lines)
    return (
        lines.with_columns(_hash(lines).alias("lines_hash"), **entries)
        .group_by(by, maintain_order=True)
        .agg(
            pl.col("ts").min(),
            pl.col(name for name in texts if name not in by).first(ignore_nulls=True),
            pl.col(AMOUNT, QUANTITY, "lines_hash").sum(),
            pl.col(AMOUNT).count().alias("amounts"),
            *(once(name).alias(name) for name in ORDER_MONEY if name in has),
            *entries,
            *_props(lines),
        )
    )


def _hash(lines: pl.DataFrame) -> pl.Expr:
    """A hash of what a line says of its goods."""
    said = [name for name in (*PRODUCTS, QUANTITY, AMOUNT, "props") if name in lines.columns]
    return reduce(
        operator.add, (pl.col(name).hash(seed) * (2 * seed + 1) for seed, name in enumerate(said))
    ).hash()


def _entries(lines: pl.DataFrame) -> dict[str, pl.Expr]:
    """What goes into the arrays of an event, one entry a line; nothing where the file names no products."""
    named = {name: pl.col(name) for name in PRODUCTS if name in lines.columns}
    if not named:
        return {}
    arrays = {"product_names": "product_name", "product_categories": "category"}
    return {
        "product_ids": _code(lines),
        **{array: named.get(name, pl.lit("")) for array, name in arrays.items()},
        "product_quantities": money(pl.col(QUANTITY).fill_null(SCALE)),
        "product_revenues": money(pl.col(AMOUNT).fill_null(0)),
    }


def _code(lines: pl.DataFrame) -> pl.Expr:
    """The product's code, or its name where it has none."""
    given = [name for name in ("product_id", "product_name") if name in lines.columns]
    if len(given) == 2 and (lines["product_id"] == "").any():
        return pl.when(pl.col("product_id") != "").then("product_id").otherwise("product_name")
    return pl.col(given[0]) if given else pl.lit("")


def _props(lines: pl.DataFrame) -> list[pl.Expr]:
    """The other columns of an order: as they are where all its lines agree, else line by line."""
    props = pl.col("props")
    if "props" not in lines.columns or not lines.select((props != "{}").any()).item():
        return []
    each = pl.lit('{"lines":[') + props.str.join(",") + pl.lit("]}")
    return [pl.when(props.n_unique() == 1).then(props.first()).otherwise(each).alias("props")]


def _valued(orders: pl.DataFrame) -> pl.DataFrame:
    """Orders with VALUE: the sum of the lines, else the order's total without tax and shipping; negative where given back.

    What is said to have been refunded of an order becomes a refund of its own, of at most what was counted as sold.
    """
    has = set(orders.columns)
    sold = pl.col(KIND) != "refunded"
    alone = pl.len().over(ORDER) == 1
    total = pl.lit(0, pl.Int64)
    if "order_total" in has:
        extras = [pl.col(name).abs().fill_null(0) for name in ("tax", "shipping") if name in has]
        net = pl.col("order_total").abs() - pl.sum_horizontal(pl.lit(0, pl.Int64), *extras)
        of_refund = pl.when(alone | (pl.col("order_total") < 0)).then(-net).otherwise(0)
        total = pl.when(sold).then(net * pl.col("order_total").sign()).otherwise(of_refund).fill_null(0)
    orders = orders.with_columns(pl.when(pl.col("amounts") > 0).then(AMOUNT).otherwise(total).alias(VALUE))
    extras_of_refunds = [
        pl.when(sold).then(name).otherwise(pl.min_horizontal(name, 0)).alias(name)
        for name in ("tax", "shipping", "discount")
        if name in has
    ]
    orders = orders.with_columns(extras_of_refunds)
    return _with_refunds(orders) if "refunded" in has else orders


def _with_refunds(orders: pl.DataFrame) -> pl.DataFrame:
    back, vat = _given_back(orders)
    untouched = ~(pl.col(KIND) == "refunded").any().over(ORDER)
    paid_back = orders.filter(
        untouched, pl.col(KIND) == "completed", pl.col("refunded").abs() > 0, pl.col(VALUE) > 0
    ).with_columns(
        -pl.min_horizontal(back, VALUE).alias(VALUE),
        pl.lit("refunded", KINDS).alias(KIND),
        *(-vat.alias("tax") for name in ("tax",) if name in orders.columns),
        *(pl.lit(0, pl.Int64).alias(name) for name in ("shipping", "discount") if name in orders.columns),
        *(pl.col(name).list.head(0) for name in PRODUCT_LISTS if name in orders.columns),
    )
    return pl.concat([orders, paid_back])


def _given_back(orders: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """What was refunded, and the VAT in it: where VAT was on top of what was sold, it was given back with it."""
    back, none = pl.col("refunded").abs(), pl.lit(0, pl.Int64)
    if not {"tax", "order_total"} <= set(orders.columns):
        return back, none
    total, tax = pl.col("order_total").fill_null(0), pl.col("tax").fill_null(0)
    without = total - pl.col(VALUE) - (pl.col("shipping").fill_null(0) if "shipping" in orders.columns else 0)
    on_top = (tax > 0) & (total > 0) & ((without - tax).abs() < without.abs())
    vat = pl.when(on_top).then((back * (tax / total)).round().cast(pl.Int64)).otherwise(none)
    return back - vat, vat


def _event_ids(orders: pl.DataFrame, source: str) -> pl.Series:
    """The order's key and the kind; where an order names two currencies, each but the first has its own name too."""
    ids = order_keys(orders[ORDER], source) + "-" + orders[KIND].cast(pl.String)
    if "currency" not in orders.columns or not ids.is_duplicated().any():
        return ids
    nth = orders.select(pl.col("currency").fill_null("").rank("ordinal").over(ORDER, KIND)).to_series()
    return ids.zip_with(nth == 1, ids + "-" + orders["currency"].fill_null(""))


def _columns(orders: pl.DataFrame, source: str, currency: str) -> dict[str, pl.Expr]:
    """The columns of the log, from those of the orders."""
    has = set(orders.columns)
    counts = pl.col(KIND).is_in(["completed", "refunded"])
    return {
        "event_id": pl.col("event_id"),
        "ts": pl.col("ts"),
        "name": pl.col(KIND).cast(pl.String).replace_strict(NAMES),
        "source": pl.lit(source),
        "visitor_id": pl.col("visitor_id"),
        **({"identifiers": pl.col("identifiers")} if "identifiers" in has else {}),
        **{name: pl.col(name).fill_null("") for name in TEXTS if name in has},
        "order_id": number_of(pl.col(ORDER), of_documents=DOCUMENT in has),
        "revenue": money(pl.when(counts).then(VALUE).otherwise(0)),
        "currency": pl.col("currency").fill_null(currency) if "currency" in has else pl.lit(currency),
        **{name: money(pl.col(name).fill_null(0)) for name in ("tax", "shipping") if name in has},
        **({"discount": money(pl.col("discount").abs().fill_null(0))} if "discount" in has else {}),
        **{name: pl.col(name) for name in PRODUCT_LISTS if name in has},
        **_more(orders, counts),
    }


def _more(orders: pl.DataFrame, counts: pl.Expr) -> dict[str, pl.Expr]:
    """Properties: what an order without revenue would have come to, and how many pieces where no products are named."""
    has = set(orders.columns)
    given = pl.col("props") if "props" in has else pl.lit("{}")
    worth = pl.when(~counts).then(pl.format('"order_amount":{}', pl.col(VALUE) / SCALE))
    pieces = pl.lit(None, pl.String)
    if "product_ids" not in has and (orders[QUANTITY] != 0).any():
        pieces = pl.format('"order_quantity":{}', pl.col(QUANTITY) / SCALE)
    if "props" not in has and not orders.select(~counts.all()).item() and "product_ids" in has:
        return {}
    inside = pl.when(given != "{}").then(given.str.strip_prefix("{").str.strip_suffix("}"))
    return {
        "props": pl.lit("{")
        + pl.concat_str(inside, worth, pieces, separator=",", ignore_nulls=True)
        + pl.lit("}")
    }


def _revision(orders: pl.DataFrame, events: pl.DataFrame) -> pl.Series:
    """A fingerprint of all that an event rests on, whatever the order of its lines: equal means surely unchanged."""
    scalars = [name for name in events.columns if name not in (*PRODUCT_LISTS, "props")]
    facts = [name for name in FACTS if name in orders.columns]
    own = events.select(scalars).hash_rows() + orders["lines_hash"]
    return own + orders.select(facts).hash_rows(seed=1) if facts else own


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    return read_orders(named(rows), source=origin.source, currency=origin.currency)


_SUMS = ("line_total", "order_total", "unit_price")

ORDERS = Kind(
    "orders",
    "orders, invoices and what came back, a row each or a row a line",
    (
        *("order_id", "ts", "time", "business_day", "customer_id", "name", "first_name", "last_name"),
        *("email", "phone", "city", "country"),
        *("product_id", "product_name", "category", "quantity", "unit_price", "line_total", "order_total"),
        *("discount", "tax", "line_tax", "shipping", "shipping_tax", "refunded", "currency", "status", "document", "coupon", "payment"),
        *("branch", "channel", "reference"),
    ),
    (
        Need(("ts",), "no column with dates", "Say which one holds the date of the order: --map ts=COLUMN."),
        Need(
            _SUMS,
            "no column with amounts",
            "Say which one holds them: --map order_total=COLUMN, or line_total, or quantity and unit_price.",
        ),
    ),
    _read,
    each=Need(_SUMS, "The row has no amount.", "Fill in its price or its total."),
    strangers=(
        Stranger(
            DOCUMENT,
            lambda documents: documents.is_in(NO_SALES),
            "is no sale",
            "Nothing to do: sales are invoices, credit notes and debit notes.",
        ),
    ),
)  # fmt: skip
