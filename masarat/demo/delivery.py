"""Orders on their way: placed, shipped, delivered or refused at the door, paid by the courier, sent back."""

from __future__ import annotations

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.catalogue import PRODUCT_INDEX
from masarat.demo.choice import Choice, Floats, pick
from masarat.demo.moves import CONTEXT, described, line_arrays, moves, payment, props
from masarat.demo.names import CITIES
from masarat.demo.orders import COD, Orders

DAY = 86_400_000  # ms
COURIERS = {"Sahm": ("سهم", 0.44, 1.0), "Rimal": ("رمال", 0.32, 1.1), "Qafila": ("قافلة", 0.24, 1.7)}
TRANSIT = {"centre": 1.0, "city": 2.1, "far": 3.6, "gulf": 5.0}  # days on the road
PROMISED = {"centre": 3.0, "city": 4.5, "far": 7.0, "gulf": 9.0}  # days from order to door
REASONS = {
    "changed my mind": ("غيّرت رأيي", 0.34),
    "damaged on the way": ("وصل متضررًا", 0.26),
    "not as described": ("يختلف عن الوصف", 0.22),
    "wrong item": ("وصلني منتج آخر", 0.18),
}
LEAKS, REFUSED = ("leaks", "يسرّب الماء"), ("refused on delivery", "رفض الاستلام")


def deliveries(choice: Choice, made: Orders) -> pl.DataFrame:
    """Web orders, each with courier, shipped and arrived (ms), late_days against the promise, and whether it was refused."""
    dice, truths = choice.dice("deliveries"), choice.truths
    web = made.orders.filter(pl.col("branch") < 0)
    city, count = web["city"].to_numpy(), len(web)
    courier = pick(dice, [share for _, share, _ in COURIERS.values()], count)
    slowness = np.array([slow for _, _, slow in COURIERS.values()])[courier]
    road = _by_zone(TRANSIT)[city] * slowness * dice.gamma(7.0, 1 / 7.0, count)
    packing = dice.uniform(0.15, 1.2, count)
    late = packing + road - _by_zone(PROMISED)[city]
    names = np.array(list(COURIERS))[courier]
    hard = np.isin(np.array([c.english for c in CITIES])[city], truths.refused_cities)
    chance = truths.refused * np.where(hard, truths.refused_city_factor, 1.0)
    chance = chance * np.where(names == truths.slow_courier, truths.slow_factor, 1.0)
    cash = web["paid_by"].to_numpy() == COD
    ts = web["ts"].to_numpy()
    return web.with_columns(
        courier=pl.Series(names),
        shipped=pl.Series((ts + packing * DAY).astype(np.int64)),
        arrived=pl.Series((ts + (packing + road) * DAY).astype(np.int64)),
        late_days=pl.Series(late.round(2)),
        refused=pl.Series(cash & (dice.random(count) < chance)),
    )


def _by_zone(table: dict[str, float]) -> Floats:
    return np.array([table[city.zone] for city in CITIES])


def returns(choice: Choice, made: Orders, sent: pl.DataFrame) -> pl.DataFrame:
    """Lines sent back, with `back` (ms) and `reason`: a share of what was delivered, half of it of what was carried home from a branch."""
    dice, truths = choice.dice("returns"), choice.truths
    at_home = pl.concat(
        [
            sent.filter(~pl.col("refused")).select("intent", "arrived", web=pl.lit(True)),
            made.orders.filter(pl.col("branch") >= 0).select("intent", arrived="ts", web=pl.lit(False)),
        ]
    )
    lines = made.lines.join(at_home, on="intent", how="inner", maintain_order="left")
    poor = lines["product"].to_numpy() == PRODUCT_INDEX[truths.returned]
    chance = np.where(poor, truths.returned_share, truths.returned_base) * np.where(
        lines["web"].to_numpy(), 1.0, 0.5
    )
    reasons = list(REASONS)
    drawn = np.array(reasons)[pick(dice, [share for _, share in REASONS.values()], len(lines))]
    return lines.with_columns(
        reason=pl.Series(np.where(poor, LEAKS[0], drawn)),
        back=pl.Series(
            lines["arrived"].to_numpy() + (dice.uniform(2, 12, len(lines)) * DAY).astype(np.int64)
        ),
    ).filter(pl.Series(dice.random(len(lines)) < chance))


def order_moves(choice: Choice, made: Orders, sent: pl.DataFrame, back: pl.DataFrame) -> list[pl.DataFrame]:
    """Every event of the orders, from Order Completed to the money given back."""
    bought = described(choice, made.orders).with_columns(currency=pl.lit("SAR"), payment=payment(choice))
    columns = ["intent", "visitor_id", "order_id", "currency", "payment", *CONTEXT]
    known = bought.select(columns)
    parcels = sent.select(
        "intent", "courier", "shipped", "arrived", "refused", "late_days", "revenue", "paid_by"
    ).join(known, on="intent", maintain_order="left")
    return [
        *_completed(made, bought),
        *_parcels(choice, parcels),
        _refused(choice, made, parcels),
        _sent_back(choice, back, known),
    ]


def _completed(made: Orders, bought: pl.DataFrame) -> list[pl.DataFrame]:
    full = bought.join(line_arrays(made.lines), on="intent", maintain_order="left")
    web = full.filter(pl.col("branch") == "").with_columns(
        session_id=pl.lit("o") + pl.col("intent").cast(pl.String),
        url=pl.lit("https://shop.example/checkout/thanks"),
    )
    till = full.filter(pl.col("branch") != "")
    return [
        moves(web, "Order Completed", "web", pl.col("order_id")),
        moves(till, "Order Completed", "till", pl.col("order_id")),
    ]


def _parcels(choice: Choice, parcels: pl.DataFrame) -> list[pl.DataFrame]:
    who = courier(choice)
    about = props(courier=who)
    timing = props(courier=who, late_days=pl.col("late_days"))
    quiet = parcels.drop("revenue")
    delivered, key = pl.col("refused").not_(), pl.col("order_id")
    cash = parcels.filter(delivered & (pl.col("paid_by") == COD))
    wait = pl.when(pl.col("courier") == choice.truths.slow_courier).then(15 * DAY).otherwise(4 * DAY)
    spread = pl.col("intent") % (3 * DAY // 1000) * 1000  # couriers pay in rounds, some days apart
    return [
        moves(quiet, "Order Shipped", "courier", key, ts=pl.col("shipped"), props=about),
        moves(quiet.filter(delivered), "Order Delivered", "courier", key, ts=pl.col("arrived"), props=timing),
        moves(
            quiet.filter(~delivered), "Delivery Refused", "courier", key, ts=pl.col("arrived"), props=timing
        ),
        moves(cash, "Payment Received", "courier", key, ts=pl.col("arrived") + wait + spread, props=about),
    ]


def _refused(choice: Choice, made: Orders, parcels: pl.DataFrame) -> pl.DataFrame:
    """A refused parcel comes back to the shop, and its order is taken off the books whole."""
    gone = parcels.filter("refused").with_columns(revenue=-pl.col("revenue"))
    full = gone.join(line_arrays(made.lines, sign=-1), on="intent", maintain_order="left")
    why = props(reason=pl.lit(REFUSED[choice.language == "ar"]), courier=courier(choice))
    return moves(
        full,
        "Order Refunded",
        "web",
        pl.col("order_id") + ":refused",
        ts=pl.col("arrived") + 2 * DAY,
        props=why,
    )


def _sent_back(choice: Choice, back: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    grouped = back.group_by("intent", maintain_order=True).agg(
        pl.col("back").max(), pl.col("reason").first(), revenue=-pl.col("revenue").sum().round(2)
    )
    full = grouped.join(line_arrays(back, sign=-1), on="intent", maintain_order="left")
    full = full.join(known, on="intent", maintain_order="left")
    arabic = {name: arabic for name, (arabic, _) in REASONS.items()} | {LEAKS[0]: LEAKS[1]}
    reason = pl.col("reason").replace(arabic) if choice.language == "ar" else pl.col("reason")
    at_till = full["branch"] != ""
    parts = [(full.filter(~at_till), "web"), (full.filter(at_till), "till")]
    return pl.concat(
        [
            moves(
                part,
                "Order Refunded",
                source,
                pl.col("order_id"),
                ts=pl.col("back"),
                props=props(reason=reason),
            )
            for part, source in parts
        ]
    )


def courier(choice: Choice) -> pl.Expr:
    arabic = {name: arabic for name, (arabic, _, _) in COURIERS.items()}
    return pl.col("courier").replace(arabic) if choice.language == "ar" else pl.col("courier")


def is_over(choice: Choice, frame: pl.DataFrame) -> pl.DataFrame:
    """Only what has happened by the end of the shop's last day."""
    return frame.filter(pl.col("ts") <= calendar.end_of(choice.truths))
