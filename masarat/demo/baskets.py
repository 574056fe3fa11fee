"""What is in each basket: one row a line, with what was on the shelf on that day."""

from __future__ import annotations

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.catalogue import PRODUCT_INDEX, PRODUCTS
from masarat.demo.choice import Bools, Choice, Floats, Ints, pick_by_row
from masarat.demo.truths import DAYS

MORE_LINES, MORE_PIECES = 0.88, 0.26  # beyond the first, on average, of a customer with an ordinary appetite
FAVOURITE = 0.45  # of the returning customer's baskets begin with what they always buy


def baskets(choice: Choice, intents: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """Lines of the intentions; columns: intent, product (rows of both tables), quantity, price, in_stock."""
    appetite = _appetite(intents, everyone)
    wanted = _wanted(choice, intents, everyone, appetite)
    lines = pl.concat([wanted, _companions(choice, wanted)]).unique(
        ["intent", "product"], keep="first", maintain_order=True
    )
    days = intents["day"].to_numpy()[lines["intent"].to_numpy()]
    wholesale = intents["wholesale"].to_numpy()[lines["intent"].to_numpy()]
    products = lines["product"].to_numpy()
    return lines.with_columns(
        quantity=pl.Series(_quantities(choice, products, wholesale, appetite[lines["intent"].to_numpy()])),
        price=pl.Series(prices(choice)[days, products]),
        in_stock=pl.Series(in_stock(choice)[days, products]),
    ).sort("intent", "product")


def _appetite(intents: pl.DataFrame, everyone: pl.DataFrame) -> Floats:
    """How full this customer's baskets are against the ordinary; 1 where nobody is named."""
    own = everyone["appetite"].to_numpy()[intents["customer"].fill_null(0).to_numpy()]
    return np.where(intents["customer"].is_null().to_numpy(), 1.0, own)


def _wanted(choice: Choice, intents: pl.DataFrame, everyone: pl.DataFrame, appetite: Floats) -> pl.DataFrame:
    """What each intention was about, by what is asked for on its day; a favourite first."""
    dice = choice.dice("wanted")
    wholesale = intents["wholesale"].to_numpy()
    count = 1 + dice.poisson(MORE_LINES * appetite) + 4 * wholesale
    intent = np.repeat(np.arange(len(intents)), count)
    product = pick_by_row(dice, calendar.asked(choice.truths), intents["day"].to_numpy()[intent])
    leading = np.concatenate([[0], np.cumsum(count)[:-1]])
    again = (intents["nth"].fill_null(0).to_numpy() > 1) & (dice.random(len(intents)) < FAVOURITE)
    customers = intents["customer"].fill_null(0).to_numpy()[again]
    product[leading[again]] = everyone["favourite"].to_numpy()[customers]
    return pl.DataFrame({"intent": intent, "product": product})


def _companions(choice: Choice, wanted: pl.DataFrame) -> pl.DataFrame:
    """What goes with what is in the basket already."""
    dice = choice.dice("companions")
    found = [wanted.clear()]
    for pair in choice.truths.pairs:
        buying = wanted.filter(pl.col("product").is_in([PRODUCT_INDEX[id_] for id_ in pair.first]))
        chosen = buying.filter(pl.Series(dice.random(len(buying)) < pair.probability))
        found.append(chosen.with_columns(product=pl.lit(PRODUCT_INDEX[pair.second], pl.Int64)))
    return pl.concat(found)


def _quantities(choice: Choice, products: Ints, wholesale: Bools, appetite: Floats) -> Ints:
    """One of most things; wholesalers take cases, though not of machines."""
    dice = choice.dice("quantities")
    dear = np.array([product.price > 150 for product in PRODUCTS])[products]
    few = 1 + dice.poisson(MORE_PIECES * appetite)
    cases = dice.integers(3, 9, len(products))
    return np.where(dear, 1, np.where(wholesale, cases, few)).astype(np.int64)


def prices(choice: Choice) -> Floats:
    """List price of each product (column) on each day (row)."""
    table = np.tile([product.price for product in PRODUCTS], (DAYS, 1)).astype(np.float64)
    change = choice.truths.price_change
    day = (change.day - choice.truths.first).days
    table[:day, PRODUCT_INDEX[change.product]] = change.before
    table[day:, PRODUCT_INDEX[change.product]] = change.after
    return table


def in_stock(choice: Choice) -> Bools:
    """Whether each product (column) could be bought on each day (row)."""
    table = np.ones((DAYS, len(PRODUCTS)), dtype=np.bool_)
    for product, window in choice.truths.stock_outs:
        table[calendar.window_days(choice.truths, window), PRODUCT_INDEX[product]] = False
    return table
