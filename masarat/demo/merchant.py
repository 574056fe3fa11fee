"""Three years of a merchant who sells with one program and keeps the books in another, as both would tell them.

What the shop sold stands in `orders` and `lines`; what the books have of it in `invoices` and `notes`. Where the two part, an order's
`fate` says how: that is what a reconciliation has to find. Amounts are whole halalas; VAT is on top of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from masarat.demo import calendar
from masarat.demo.baskets import MORE_LINES, MORE_PIECES
from masarat.demo.catalogue import PRODUCTS
from masarat.demo.choice import Choice, Ints, pick, pick_by_row
from masarat.demo.names import CITIES
from masarat.demo.orders import FREE_SHIPPING, SHIPPING
from masarat.demo.people import people
from masarat.demo.truths import DAYS as TWO_YEARS
from masarat.demo.truths import Truths, truths

DAYS = 1096  # three years
GROWTH = (0.75, 1.25)  # of demand, from the first day to the last
ORDERS_EACH = 3  # of a customer, on average
PRICES = np.array([round(product.price * 100) for product in PRODUCTS])
SOLD = ("paid", "refunded", "partially_refunded")
RAISED, LAST_DAYS = 0.15, 14  # of the orders of the last days wait for their payment
ALONE_DAYS = 14  # between orders of a customer: far enough that none is taken for the other
STEP = (
    7_654_321  # between phones of customers; it shares no factor with their number, so that none comes twice
)
WALK_IN = "عميل نقدي"

# What became of an order in the books: a share of all, the first that fits.
FATES = {"missing": 0.09, "unreferenced": 0.13, "different": 0.015, "wrong_vat": 0.005}
NOTED, NOTED_ALONE = 0.85, 0.08  # of what was given back has a credit note with, without the shop's number
BRANCH_SALES = 0.05  # invoices of the branch beside the shop's orders
ROUNDED = 0.03  # of invoices are some halalas off


@dataclass(frozen=True, slots=True)
class Merchant:
    """What happened. `day` counts from `first`; customers are rows of `customers`."""

    first: date
    customers: pl.DataFrame
    orders: pl.DataFrame
    lines: pl.DataFrame
    invoices: pl.DataFrame
    notes: pl.DataFrame


def merchant(choice: Choice, orders: int) -> Merchant:
    """So many orders in the three years up to the choice's last day."""
    customers = _customers(choice)
    sold, lines = _sold(choice, customers, orders)
    made = _told_in_books(choice, _paid(choice, sold, lines))
    notes = _notes(choice, made)
    first = choice.until - timedelta(days=DAYS - 1)
    return Merchant(first, customers, made, lines, _invoices(choice, customers, made), notes)


def over_three_years(choice: Choice, of: Callable[[Truths], NDArray[np.generic]]) -> NDArray[np.generic]:
    """What the calendar tells of each day, a row a day; it knows two years at a time."""
    earlier = truths(choice.until - timedelta(days=TWO_YEARS))
    return np.concatenate([of(earlier), of(choice.truths)])[-DAYS:]


def demand(choice: Choice) -> NDArray[np.float64]:
    days = over_three_years(choice, calendar.demand).astype(np.float64)
    return np.asarray(days * np.linspace(*GROWTH, DAYS))


def _customers(choice: Choice) -> pl.DataFrame:
    """Everybody with a phone of their own: who is whose relative is another story (see `people`)."""
    return people(choice).with_columns(phone=_phone(choice, pl.col("customer")))


def _phone(choice: Choice, number: pl.Expr) -> pl.Expr:
    """Of the customer of this number, and of nobody else."""
    own = (number * STEP + choice.seed) % 10_000_000
    return pl.format("+96652{}", own.cast(pl.String).str.zfill(7))


# The shop


def _sold(choice: Choice, customers: pl.DataFrame, count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Orders with their time and customer, and their lines (`order` is the row of the order)."""
    dice = choice.dice("orders of three years")
    day = np.sort(pick(dice, demand(choice), count))
    hour = pick_by_row(
        dice, calendar.HOURS, over_three_years(choice, calendar.kind_of_day).astype(np.int64)[day]
    )
    orders = pl.DataFrame(
        {
            "day": day,
            "second": hour * 3600 + dice.integers(0, 3600, count),
            "customer": pick(dice, customers["rate"].to_numpy(), count),
        }
    ).sort("day", "second")
    city = customers["city"].to_numpy()[orders["customer"].to_numpy()]
    gulf = np.array([city.zone == "gulf" for city in CITIES])[city]
    orders = orders.with_columns(number=pl.int_range(1001, count + 1001), abroad=pl.Series(gulf))
    return orders, _lines(choice, day)


def _lines(choice: Choice, day: Ints) -> pl.DataFrame:
    """What stands in each order: as in the sample shop's baskets, at the prices of the catalogue."""
    dice = choice.dice("lines of three years")
    order = np.repeat(np.arange(len(day)), 1 + dice.poisson(MORE_LINES, len(day)))
    asked = over_three_years(choice, calendar.asked).astype(np.float64)
    product = pick_by_row(dice, asked, day[order])
    dear = PRICES[product] > 15_000
    quantity = np.where(dear, 1, 1 + dice.poisson(MORE_PIECES, len(order)))
    lines = pl.DataFrame({"order": order, "product": product, "quantity": quantity})
    lines = lines.unique(["order", "product"], keep="first", maintain_order=True)
    price = pl.Series(PRICES[lines["product"].to_numpy()])
    return lines.with_columns(price=price, amount=price * lines["quantity"])


def _paid(choice: Choice, orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Orders with their money and what became of them. Who buys from abroad pays no VAT."""
    dice = choice.dice("money of three years")
    of_lines = lines.group_by("order", maintain_order=True).agg(
        pl.col("amount").sum().alias("goods"),
        pl.col("amount").first().alias("first_line"),
        pl.len().alias("lines"),
    )
    luck = pl.Series(dice.random(len(orders)))
    off = pl.when(luck < 0.15).then(10).when(luck < 0.20).then(15).otherwise(0)
    priced = orders.hstack(of_lines.drop("order")).with_columns(percent=off)
    priced = priced.with_columns(discount=(pl.col("goods") * pl.col("percent") + 50) // 100)
    priced = priced.with_columns(subtotal=pl.col("goods") - pl.col("discount"))
    free = pl.col("subtotal") >= FREE_SHIPPING * 100
    priced = priced.with_columns(shipping=pl.when(free).then(0).otherwise(round(SHIPPING * 100)))
    priced = priced.with_columns(net=pl.col("subtotal") + pl.col("shipping"), status=_status(dice, priced))
    return priced.with_columns(tax=pl.when("abroad").then(0).otherwise(vat(pl.col("net")))).with_columns(
        back=pl.when(pl.col("status") == "refunded")
        .then("net")
        .when(pl.col("status") == "partially_refunded")
        .then("first_line")
        .otherwise(0)
    )


def _status(dice: np.random.Generator, orders: pl.DataFrame) -> pl.Expr:
    """Of what came back in part it was the first line, at its full price."""
    luck, late = pl.Series(dice.random(len(orders))), pl.col("day") >= DAYS - LAST_DAYS
    in_part = (luck < 0.10) & (pl.col("lines") > 1) & (pl.col("discount") == 0)
    return (
        pl.when(luck < 0.03)
        .then(pl.lit("refunded"))
        .when(luck < 0.05)
        .then(pl.lit("voided"))
        .when(in_part)
        .then(pl.lit("partially_refunded"))
        .when(late & (luck > 1 - RAISED))
        .then(pl.lit("pending"))
        .otherwise(pl.lit("paid"))
    )


def vat(amount: pl.Expr, percent: int = 15) -> pl.Expr:
    """VAT of an amount, to the halala."""
    return (amount * percent + 50) // 100


# The books


def _told_in_books(choice: Choice, orders: pl.DataFrame) -> pl.DataFrame:
    """Orders with their fate, the amount the books have (`booked`), its VAT, and the day of the invoice."""
    dice = choice.dice("books")
    count = len(orders)
    luck, edges = pl.Series(dice.random(count)), np.cumsum(list(FATES.values()))
    fate = (
        pl.when(~pl.col("status").is_in(SOLD))
        .then(pl.lit("none"))
        .when(luck < edges[0])
        .then(pl.lit("missing"))
        .when((luck < edges[1]) & _alone())
        .then(pl.lit("unreferenced"))
        .when(luck.is_between(edges[1], edges[2]))
        .then(pl.lit("different"))
        .when(luck.is_between(edges[2], edges[3]) & ~pl.col("abroad"))
        .then(pl.lit("wrong_vat"))
        .otherwise(pl.lit("alike"))
    )
    wrong = pl.Series(dice.integers(5, 60, count) * 100)
    dear = pl.col("subtotal") > 6_000
    halalas = pl.Series(np.where(dice.random(count) < ROUNDED, dice.integers(-4, 5, count), 0))
    told = orders.with_columns(fate=fate, alone=_alone())
    told = told.with_columns(
        booked=pl.when(pl.col("fate") != "different")
        .then(pl.col("net") + pl.when(pl.col("fate") == "alike").then(halalas).otherwise(0))
        .when(~dear)
        .then(pl.col("net") - 500)
        .when(pl.col("shipping") > 0)
        .then("subtotal")  # the delivery was forgotten
        .otherwise(pl.col("net") - wrong),
        invoice_day=_later(dice, orders, pl.when(pl.col("fate") == "unreferenced").then(3).otherwise(6)),
    )
    rate = (
        pl.when(pl.col("fate") == "wrong_vat").then(vat(pl.col("booked"), 5)).otherwise(vat(pl.col("booked")))
    )
    return told.with_columns(booked_tax=pl.when("abroad").then(0).otherwise(rate))


def _alone() -> pl.Expr:
    """Whether the customer ordered nothing else near that day."""
    day = pl.col("day")
    before, after = (day - day.shift(1)).over("customer"), (day.shift(-1) - day).over("customer")
    return pl.min_horizontal(before.fill_null(DAYS), after.fill_null(DAYS)) > ALONE_DAYS


def _later(dice: np.random.Generator, orders: pl.DataFrame, fewer_than: pl.Expr) -> pl.Expr:
    """A day after the order's, sooner than so many; never after the last."""
    days = (pl.Series(dice.random(len(orders))) * fewer_than).floor().cast(pl.Int64)
    return (pl.col("day") + days).clip(upper_bound=DAYS - 1)


def _invoices(choice: Choice, customers: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Everything in the list of invoices, numbered by day: of the shop's orders, those called off, drafts, and the branch's own sales."""
    named = orders.join(_persons(customers), on="customer", how="left", maintain_order="left")
    dice = choice.dice("invoices called off")
    kept = pl.Series(dice.random(len(orders)) < 0.5)
    states = {"voided": "ملغاة", "pending": "مسودة"}
    of_orders = named.filter(
        (pl.col("status").is_in(SOLD) & (pl.col("fate") != "missing"))
        | (kept & pl.col("status").is_in(list(states)))
    )
    of_orders = of_orders.select(
        day="invoice_day",
        name="name",
        phone="phone",
        state=pl.col("status").replace_strict(states, default="مدفوعة"),
        reference=pl.when(pl.col("fate") == "unreferenced").then(pl.lit("")).otherwise(of_shop()),
        net="booked",
        tax="booked_tax",
        of_branch=pl.lit(False),
    )
    both = pl.concat([of_orders, _branch(choice, len(orders))]).sort("day", maintain_order=True)
    return both.with_columns(
        number=pl.format("INV-{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6))
    )


def _branch(choice: Choice, orders: int) -> pl.DataFrame:
    """What the branch sold: to people who are not named, and to regulars of its own."""
    dice, count = choice.dice("branch of three years"), max(round(orders * BRANCH_SALES), 1)
    net = PRICES[dice.integers(0, len(PRICES), count)] * dice.integers(1, 4, count)
    sold = pl.DataFrame(
        {
            "day": pick(dice, demand(choice), count),
            "net": net,
            "regular": dice.integers(0, max(count // 10, 1), count),
            "is_named": dice.random(count) < 0.4,
        }
    )
    name = pl.when("is_named").then(pl.format("زبون الفرع {}", "regular")).otherwise(pl.lit(WALK_IN))
    phone = pl.when("is_named").then(_phone(choice, pl.col("regular") + choice.customers))
    return sold.select(
        "day",
        name=name,
        phone=phone.otherwise(pl.lit("")),
        state=pl.lit("مدفوعة"),
        reference=pl.lit(""),
        net="net",
        tax=vat(pl.col("net")),
        of_branch=pl.lit(True),
    )


def _notes(choice: Choice, orders: pl.DataFrame) -> pl.DataFrame:
    """Credit notes of what was given back, days later; those that could be taken for another's name the shop's number."""
    dice = choice.dice("credit notes")
    luck = pl.Series(dice.random(len(orders)))
    named, alone = luck < NOTED, (luck < NOTED + NOTED_ALONE) & pl.col("alone")
    days = (
        pl.when(named)
        .then(pl.Series(dice.integers(3, 30, len(orders))))
        .otherwise(pl.Series(dice.integers(4, 10, len(orders))))
    )
    booked = pl.col("fate").is_in(["alike", "unreferenced", "wrong_vat"])
    notes = orders.with_columns(note_day=pl.col("day") + days, referenced=named)
    notes = notes.filter((pl.col("back") > 0) & booked & (named | alone) & (pl.col("note_day") < DAYS))
    notes = notes.select(
        "customer",
        "referenced",
        day="note_day",
        reference=pl.when("referenced").then(of_shop()).otherwise(pl.lit("")),
        net="back",
        tax=pl.when("abroad").then(0).otherwise(vat(pl.col("back"))),
    ).sort("day", maintain_order=True)
    return notes.with_columns(
        number=pl.format("CN-{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(5))
    )


def of_shop() -> pl.Expr:
    """The order's number as the shop writes it."""
    return pl.format("#{}", "number")


def _persons(customers: pl.DataFrame) -> pl.DataFrame:
    """As the books know them: by their Arabic names."""
    return customers.select("customer", "phone", name="name_ar")
