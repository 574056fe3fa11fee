"""What goes out to customers and what is said of us: newsletters, loyalty points, invitations, mentions; and what advertising cost."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.choice import Choice, Floats, pick
from masarat.demo.moves import moves, props
from masarat.demo.orders import Orders
from masarat.demo.people import ALL_CHANNELS, CHANNELS, FLASH, INTEREST, visitor
from masarat.demo.texts import MENTIONS
from masarat.demo.truths import DAYS, Truths

RECIPIENTS, OPENS, CLICKS, STOPS = 0.34, 0.31, 0.16, 0.006  # of who consented; of those sent, opened, sent
POINTS = 10  # a point for every ten riyals
LOYALTY = "loyalty"  # the source whose members give account and phone
MENTIONS_A_DAY = 0.6


def outreach(choice: Choice, everyone: pl.DataFrame, made: Orders) -> list[pl.DataFrame]:
    return [
        *_newsletters(choice, everyone),
        *_points(choice, everyone, made),
        _invites(choice, made),
        _mentions(choice),
    ]


def _newsletters(choice: Choice, everyone: pl.DataFrame) -> list[pl.DataFrame]:
    """One on the fifth of each month at five in the afternoon, until a customer has had enough."""
    dice, truths = choice.dice("newsletters"), choice.truths
    fifths = [day for day in range(DAYS) if (truths.first + timedelta(days=day)).day == 5]
    readers = everyone.filter("consent_email").select("customer", "arrived")
    sends = readers.join(pl.DataFrame({"day": fifths}), how="cross").sort("customer", "day")
    sends = sends.filter(pl.col("arrived") < pl.col("day"))
    sends = sends.filter(pl.Series(dice.random(len(sends)) < RECIPIENTS))
    day, count = sends["day"].to_numpy(), len(sends)
    sends = sends.with_columns(
        ts=pl.Series(calendar.milliseconds(truths, day, 17 * 3600 + dice.integers(0, 900, count))),
        luck=pl.Series(dice.random(count)),
        stops=pl.Series(dice.random(count) < STOPS),
        wait=pl.Series((dice.exponential(5 * 3600, count) * 1000).astype(np.int64) + 60_000),
        utm_campaign=pl.Series([f"newsletter_{truths.first + timedelta(days=int(d)):%Y_%m}" for d in day]),
    )
    had_enough = pl.col("stops").cast(pl.Int64).cum_sum().over("customer")
    sends = sends.filter((had_enough == 0) | (pl.col("stops") & (had_enough == 1))).with_columns(
        visitor_id=visitor(pl.col("customer")), channel=pl.lit("email")
    )
    opened = sends.filter(pl.col("luck") < OPENS).with_columns(ts=pl.col("ts") + pl.col("wait"))
    clicked = opened.filter(pl.col("luck") < OPENS * CLICKS).with_columns(ts=pl.col("ts") + 40_000)
    stopped = sends.filter("stops").with_columns(ts=pl.col("ts") + pl.col("wait") + 60_000)
    names = ("Email Delivered", "Email Opened", "Email Link Clicked", "Unsubscribed")
    key = pl.col("customer").cast(pl.String) + "-" + pl.col("day").cast(pl.String)
    return [
        moves(part, name, "email", key)
        for name, part in zip(names, (sends, opened, clicked, stopped), strict=True)
    ]


def _points(choice: Choice, everyone: pl.DataFrame, made: Orders) -> list[pl.DataFrame]:
    """Members earn on every order and spend now and then. Membership itself makes nobody buy more: they were keener before.

    With the first points they give their phone beside the account; of two who give one phone it is the first's.
    """
    members = everyone.filter("member").select("customer", "phone")
    bought = made.orders.join(members, on="customer", how="inner", maintain_order="left").select(
        "order_id", "nth", "ts", "revenue", visitor_id=visitor(pl.col("customer")), identifiers=_given()
    )
    points = (pl.col("revenue") / POINTS).floor().cast(pl.Int64)
    earned = bought.with_columns(points=points).drop("revenue")
    luck = pl.Series(choice.dice("points").random(len(bought)))
    spent = earned.filter((pl.col("nth") > 2) & (luck < 0.18)).with_columns(points=pl.lit(50))
    about = props(points=pl.col("points"))
    return [
        moves(earned, "Points Earned", LOYALTY, pl.col("order_id"), ts=pl.col("ts") + 2000, props=about),
        moves(spent, "Points Spent", LOYALTY, pl.col("order_id"), ts=pl.col("ts") - 60_000, props=about),
    ]


def _given() -> pl.Expr:
    """What a member gives with the first order; nothing more with later ones."""
    given = pl.concat_list(visitor(pl.col("customer")), pl.lit("phone:") + pl.col("phone"))
    return pl.when(pl.col("nth") == 1).then(given).otherwise(pl.lit([], pl.List(pl.String)))


def _invites(choice: Choice, made: Orders) -> pl.DataFrame:
    """From the third order on, some bring a friend."""
    fond = made.orders.filter(pl.col("nth") >= 3).select(
        "order_id", "ts", visitor_id=visitor(pl.col("customer"))
    )
    chosen = fond.filter(pl.Series(choice.dice("invites").random(len(fond)) < 0.035))
    return moves(chosen, "Invite Sent", "web", pl.col("order_id"), ts=pl.col("ts") + 3 * 86_400_000)


def _mentions(choice: Choice) -> pl.DataFrame:
    dice = choice.dice("mentions")
    count = round(MENTIONS_A_DAY * DAYS)
    day = pick(dice, calendar.demand(choice.truths), count)
    mood = pick(dice, [0.25, 0.2, 0.55], count)
    texts = [MENTIONS[m][dice.integers(0, len(MENTIONS[m]))][int(dice.random() < 0.8)] for m in mood]
    networks = np.array(["X", "TikTok", "Instagram", "Google Maps"])[
        pick(dice, [0.4, 0.25, 0.2, 0.15], count)
    ]
    said = pl.DataFrame(
        {
            "number": np.arange(count),
            "visitor_id": [""] * count,
            "ts": calendar.milliseconds(
                choice.truths, day, calendar.seconds_of_day(choice, "hours of mentions", day)
            ),
            "network": networks,
            "text": texts,
        }
    )
    about = props(network=pl.col("network"), text=pl.col("text"))
    return moves(said, "Brand Mentioned", "social", pl.col("number"), props=about)


def costs(choice: Choice) -> pl.DataFrame:
    """Advertising by day, channel and campaign: what the customers it should bring that day are worth to us, give or take."""
    dice, truths = choice.dice("costs"), choice.truths
    interest = calendar.demand(truths) * np.linspace(*INTEREST, DAYS)
    interest /= interest.sum()
    total = sum(channel.share for channel in CHANNELS)
    rows = []
    for channel in CHANNELS:
        if channel.cost:
            expected = interest * choice.customers * (1 - truths.churning_share) * channel.share / total
            rows.append(_spent(truths, dice, channel.name, channel.utm_campaign, expected * channel.cost))
    flash = calendar.window_days(truths, truths.churning) / truths.churning.days
    spent = flash * choice.customers * truths.churning_share * FLASH.cost
    rows.append(_spent(truths, dice, ALL_CHANNELS[-1].name, truths.churning_campaign, spent))
    return pl.concat(rows).with_columns(source=pl.lit("ads"), currency=pl.lit("SAR"))


def _spent(
    truths: Truths, dice: np.random.Generator, channel: str, campaign: str, amounts: Floats
) -> pl.DataFrame:
    amount = (amounts * dice.lognormal(0, 0.12, DAYS)).round(2)
    clicks = np.round(amount / dice.uniform(1.1, 1.9, DAYS)).astype(np.int64)
    return pl.DataFrame(
        {
            "day": [truths.first + timedelta(days=day) for day in range(DAYS)],
            "channel": [channel] * DAYS,
            "campaign": [campaign] * DAYS,
            "amount": amount,
            "clicks": clicks,
            "impressions": clicks * dice.integers(45, 90, DAYS),
        }
    ).filter(pl.col("amount") > 0)
