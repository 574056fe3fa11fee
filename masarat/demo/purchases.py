"""When each customer means to buy, where and by which way: one row an intention, whether or not it becomes an order.

Customers follow BG/NBD on a clock that runs fast in busy seasons and slowly in quiet ones: exponential gaps at a rate of one's own,
and after each purchase a chance of one's own to leave for good.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.choice import Choice, Floats, Ints, pick
from masarat.demo.names import BRANCHES, CITIES
from masarat.demo.people import ALL_CHANNELS, CHANNELS
from masarat.demo.truths import DAYS

UNIDENTIFIED = 0.18  # of the orders at a till name nobody
DEVICES = ("desktop", "mobile", "tablet", "till")
# How a returning customer comes: as at first, or by one of these.
RETURNING = {"as at first": 0.24, "direct": 0.34, "email": 0.15, "whatsapp": 0.12, "organic search": 0.15}


def purchases(choice: Choice, everyone: pl.DataFrame) -> pl.DataFrame:
    """Intentions in order of time.

    Columns: customer (null: nobody named), nth (1 = first), day, second, ts, branch (row of BRANCHES, −1 = web), city, channel (row
    of ALL_CHANNELS, −1 = store), device (row of DEVICES), stays (whether the customer has not left for good).
    """
    customer, day, stays = _moments(choice, everyone)
    known = pl.DataFrame({"customer": customer, "day": day, "stays": stays}).join(
        everyone.select(
            "customer", "city", "at_branch", "mobile", "consent_email", "wholesale", first="channel"
        ),
        on="customer",
        maintain_order="left",
    )
    named = known.with_columns(branch=_places(choice, known))
    both = pl.concat([named, _nameless(choice, named)], how="diagonal")
    timed = _timed(choice, both).sort("ts", "customer", nulls_last=True)
    timed = timed.with_columns(
        nth=pl.when(pl.col("customer").is_not_null()).then(pl.int_range(pl.len()).over("customer") + 1)
    )
    return timed.with_columns(channel=_channels(choice, timed), device=_devices(choice, timed)).drop(
        "at_branch", "mobile", "first"
    )


def _moments(choice: Choice, everyone: pl.DataFrame) -> tuple[Ints, Ints, list[bool]]:
    """Customer and day of every intention, first purchases included."""
    dice = choice.dice("moments")
    clock = np.concatenate([[0.0], np.cumsum(calendar.demand(choice.truths))])
    rate, leaving = everyone["rate"].to_numpy(), everyone["leaving"].to_numpy()
    who = np.arange(len(everyone))
    at = np.interp(everyone["arrived"].to_numpy(), np.arange(DAYS + 1), clock)
    left = np.zeros(len(everyone), dtype=bool)
    rounds: list[tuple[Ints, Floats]] = []
    while len(who):
        rounds.append((who, at))
        goes = dice.random(len(who)) < leaving[who]
        left[who[goes]] = True
        who, at = who[~goes], at[~goes]
        at = at + dice.exponential(1 / rate[who])
        who, at = who[at < clock[-1]], at[at < clock[-1]]
    customer = np.concatenate([who for who, _ in rounds])
    moment = np.interp(np.concatenate([at for _, at in rounds]), clock, np.arange(DAYS + 1))
    return customer, moment.astype(np.int64), (~left[customer]).tolist()


def _places(choice: Choice, known: pl.DataFrame) -> Ints:
    """The branch of each purchase, −1 for the web shop."""
    dice = choice.dice("places")
    keys = list(BRANCHES)
    branch_of = np.array([keys.index(city.branch) if city.branch else -1 for city in CITIES])[
        known["city"].to_numpy()
    ]
    likes = np.where(known["at_branch"].to_numpy(), 0.85, 0.04)
    found: Ints = np.where(dice.random(len(known)) < likes, branch_of, -1)
    return found


def _nameless(choice: Choice, named: pl.DataFrame) -> pl.DataFrame:
    """Purchases at a till by nobody in particular, spread as those of known customers are."""
    dice = choice.dice("nameless")
    at_till = named.filter(pl.col("branch") >= 0).select("day", "branch", "city")
    count = round(len(at_till) * UNIDENTIFIED / (1 - UNIDENTIFIED))
    chosen = at_till[dice.integers(0, max(len(at_till), 1), count if len(at_till) else 0)]
    return chosen.with_columns(customer=pl.lit(None, pl.Int64), stays=pl.lit(False), wholesale=pl.lit(False))


def _timed(choice: Choice, intents: pl.DataFrame) -> pl.DataFrame:
    day = intents["day"].to_numpy()
    at_branch = intents["branch"].to_numpy() >= 0
    second = np.where(
        at_branch,
        calendar.seconds_of_day(choice, "hours of branches", day, branch=True),
        calendar.seconds_of_day(choice, "hours of the web", day),
    )
    return intents.with_columns(
        second=pl.Series(second), ts=pl.Series(calendar.milliseconds(choice.truths, day, second))
    )


def _channels(choice: Choice, intents: pl.DataFrame) -> Ints:
    dice, count = choice.dice("channels"), len(intents)
    names = [channel.name for channel in CHANNELS]
    known = [names.index(way) if way in names else -2 for way in RETURNING]
    way = np.array(known)[pick(dice, list(RETURNING.values()), count)]
    way = np.where((way == names.index("email")) & ~intents["consent_email"].fill_null(False).to_numpy(),
                   names.index("direct"), way)  # fmt: skip
    first = intents["first"].fill_null(-1).to_numpy()
    flash = first == len(ALL_CHANNELS) - 1
    way = np.where((way == -2) & ~flash, first, np.where(way == -2, names.index("direct"), way))
    way = np.where(intents["nth"].fill_null(0).to_numpy() == 1, first, way)
    found: Ints = np.where(intents["branch"].to_numpy() >= 0, -1, way)
    return found


def _devices(choice: Choice, intents: pl.DataFrame) -> Ints:
    """Nearly always the customer's own kind of device; a tablet now and then."""
    dice, count = choice.dice("devices"), len(intents)
    own = intents["mobile"].fill_null(True).to_numpy().astype(np.int64)
    other = np.where(dice.random(count) < 0.3, DEVICES.index("tablet"), 1 - own)
    device = np.where(dice.random(count) < 0.10, other, own)
    found: Ints = np.where(intents["branch"].to_numpy() >= 0, DEVICES.index("till"), device)
    return found
