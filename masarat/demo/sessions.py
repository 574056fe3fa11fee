"""Visits to the web shop: those that ended in an order, those that failed, and the many that came to look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.baskets import in_stock, prices
from masarat.demo.choice import Choice, Ints, pick, pick_by_row
from masarat.demo.moves import described
from masarat.demo.names import CITIES
from masarat.demo.orders import Orders, named
from masarat.demo.people import CHANNELS
from masarat.demo.truths import DAYS

# How far a visit went.
LEFT, LOOKED, SAW, CART, CHECKOUT, PAYMENT, ORDERED = range(7)
STRANGERS = (0.56, 0.19, 0.14, 0.07, 0.028, 0.012)  # share of visits that end at each depth
CUSTOMERS = (0.30, 0.18, 0.23, 0.19, 0.07, 0.03)
VISITS_STRANGERS = 12.0  # for every customer
VISITS_CUSTOMER, VISITS_ORDER = 1.0, 1.1  # for each customer, and more for each order of theirs
QUICK = 0.35  # of returning customers' orders go straight to what they always buy


@dataclass(frozen=True, slots=True)
class Visits:
    """`sessions`, one row a visit; `lines`, what was seen in it, with `added` where it went into the cart."""

    sessions: pl.DataFrame
    lines: pl.DataFrame


def visits(choice: Choice, everyone: pl.DataFrame, made: Orders) -> Visits:
    looking = _looking(choice, everyone, made)
    ordered, failed = _ordered(choice, made), _failed(choice, made)
    together = pl.concat([ordered, failed, looking], how="diagonal_relaxed")
    opening = calendar.months(choice.truths)[0][0]
    together = described(choice, together).with_columns(
        start=(pl.col("ts") - pl.col("seconds") * 1000).clip(opening),
        jitter=pl.Series(choice.dice("jitter").random(len(together)) * 0.03),
    )
    lines = pl.concat([_bought(made), _wanted(made), _seen(choice, looking)], how="diagonal_relaxed")
    return Visits(together.drop("ts"), lines)


def _ordered(choice: Choice, made: Orders) -> pl.DataFrame:
    web = made.orders.filter(pl.col("branch") < 0)
    dice = choice.dice("ordered visits")
    return web.select(
        "customer", "ts", "channel", "device", "city", "branch", "nth",
        code="coupon",
        session_id=pl.lit("o") + pl.col("intent").cast(pl.String),
        seconds=pl.Series(_seconds(dice, len(web), 420)),
        depth=pl.lit(ORDERED),
        quick=(pl.col("nth") > 1) & pl.Series(dice.random(len(web)) < QUICK),
        failed=pl.Series(dice.random(len(web)) < 0.025),
    )  # fmt: skip


def _failed(choice: Choice, made: Orders) -> pl.DataFrame:
    """Visits whose order could not be paid, or whose product could not be bought."""
    lost, dice = made.lost, choice.dice("failed visits")
    return lost.select(
        "customer", "ts", "channel", "device", "city", "branch", "nth", "failed",
        session_id=pl.lit("o") + pl.col("intent").cast(pl.String),
        seconds=pl.Series(_seconds(dice, len(lost), 540)),
        depth=pl.when("failed").then(PAYMENT).otherwise(SAW),
        quick=pl.lit(False),
    )  # fmt: skip


def _looking(choice: Choice, everyone: pl.DataFrame, made: Orders) -> pl.DataFrame:
    both = pl.concat([_customers(choice, everyone, made), _strangers(choice)], how="diagonal_relaxed")
    dice, count = choice.dice("looking"), len(both)
    day = both["day"].to_numpy()
    second = calendar.seconds_of_day(choice, "hours of visits", day)
    depth = both["depth"].to_numpy()
    seconds = np.where(depth == LEFT, dice.integers(3, 40, count), _seconds(dice, count, 150))
    return both.with_columns(
        session_id=pl.lit("b") + pl.int_range(pl.len()).cast(pl.String),
        ts=pl.Series(calendar.milliseconds(choice.truths, day, second)) + pl.Series(seconds) * 1000,
        seconds=pl.Series(seconds),
        quick=pl.lit(False),
        failed=pl.Series((depth == PAYMENT) & (dice.random(count) < 0.35)),
        branch=pl.lit(-1),
    )


def _customers(choice: Choice, everyone: pl.DataFrame, made: Orders) -> pl.DataFrame:
    """Customers look around from some days before their first order until they leave us; then they are not seen again."""
    dice = choice.dice("customers looking")
    bought = (
        made.orders.drop_nulls("customer")
        .group_by("customer")
        .agg(orders=pl.len(), last=pl.col("day").max(), stays=pl.col("stays").first())
    )
    known = everyone.select("customer", "arrived", "mobile", "city", first="channel").join(
        bought, on="customer"
    )
    known = known.sort("customer")
    count = dice.poisson(VISITS_CUSTOMER + VISITS_ORDER * known["orders"].to_numpy())
    row = np.repeat(np.arange(len(known)), count)
    linger = known["last"].to_numpy() + dice.exponential(16, len(known))
    end = np.where(known["stays"].to_numpy(), DAYS, np.minimum(linger, DAYS))
    start = np.maximum(known["arrived"].to_numpy() - 12, 0)
    day = start[row] + (end - start)[row] * dice.random(len(row))
    mine = known[row]
    way = np.where(dice.random(len(row)) < 0.3, mine["first"].to_numpy(), _ways(dice, len(row)))
    own, luck = mine["mobile"].to_numpy(), dice.random(len(row))
    return mine.select("customer", "city").with_columns(
        day=pl.Series(np.clip(day.astype(np.int64), 0, DAYS - 1)),
        depth=pl.Series(pick(dice, list(CUSTOMERS), len(row))),
        channel=pl.Series(way),
        device=pl.Series(np.where(luck < 0.9, own, ~own).astype(np.int64)),
    )


def _strangers(choice: Choice) -> pl.DataFrame:
    """Visitors who never bought; seven in ten come once."""
    dice = choice.dice("strangers")
    count = round(VISITS_STRANGERS * choice.customers)
    visitor = dice.integers(0, max(round(count * 0.75), 1), count)
    home = choice.dice("strangers' homes")
    cities = pick(home, [city.weight for city in CITIES], int(visitor.max()) + 1)
    devices = pick(home, [0.17, 0.79, 0.04], int(visitor.max()) + 1)
    interest = calendar.demand(choice.truths) * np.linspace(0.8, 1.2, DAYS)
    return pl.DataFrame(
        {
            "visitor_id": pl.Series(visitor).cast(pl.String),
            "day": pick(dice, interest, count),
            "depth": pick(dice, list(STRANGERS), count),
            "channel": _ways(dice, count),
            "city": cities[visitor],
            "device": devices[visitor],
        }
    ).with_columns(visitor_id=pl.lit("anon:") + pl.col("visitor_id"))


def _ways(dice: np.random.Generator, count: int) -> Ints:
    return pick(dice, [channel.share for channel in CHANNELS], count)


def _seconds(dice: np.random.Generator, count: int, median: float) -> Ints:
    return np.clip(dice.lognormal(np.log(median), 0.6, count), 20, 3000).astype(np.int64)


def _bought(made: Orders) -> pl.DataFrame:
    return _session_lines(made.lines).with_columns(added=pl.lit(True))


def _wanted(made: Orders) -> pl.DataFrame:
    """What was in the carts that failed; what was out of stock was seen and could not be added."""
    worth = (pl.col("price") * pl.col("quantity")).round(2)
    return _session_lines(made.lost_lines.with_columns(revenue=worth)).with_columns(added=pl.col("in_stock"))


def _session_lines(lines: pl.DataFrame) -> pl.DataFrame:
    columns = ["product_id", "product_name", "category", "quantity", "in_stock"]
    return lines.select(*columns, amount="revenue", session_id=pl.lit("o") + pl.col("intent").cast(pl.String))


def _seen(choice: Choice, looking: pl.DataFrame) -> pl.DataFrame:
    """Products seen in visits that bought nothing; in those that reached the cart, the first of them and half of the others added."""
    dice = choice.dice("seen")
    deep = looking.filter(pl.col("depth") >= SAW)
    count = 1 + dice.poisson(0.55, len(deep))
    row = np.repeat(np.arange(len(deep)), count)
    leading = np.zeros(len(row), dtype=bool)
    leading[np.concatenate([[0], np.cumsum(count)[:-1]])[: len(deep)]] = True
    day = deep["day"].to_numpy()[row]
    product = pick_by_row(dice, calendar.asked(choice.truths), day)
    there = in_stock(choice)[day, product]
    wanted = (deep["depth"].to_numpy()[row] >= CART) & (leading | (dice.random(len(row)) < 0.5))
    lines = pl.DataFrame(
        {
            "session_id": deep["session_id"][row],
            "product": product,
            "quantity": np.ones(len(row), dtype=np.int64),
            "amount": prices(choice)[day, product],
            "in_stock": there,
            "added": wanted & there,
        }
    ).unique(["session_id", "product"], keep="first", maintain_order=True)
    return named(choice, lines).drop("product")
