"""Which intentions become orders, and their money: coupons, discounts, VAT, shipping, payment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.baskets import baskets
from masarat.demo.catalogue import CATEGORIES, PRODUCTS
from masarat.demo.choice import Bools, Choice, Floats, pick
from masarat.demo.names import CITIES
from masarat.demo.people import ALL_CHANNELS, CHANNELS
from masarat.demo.purchases import DEVICES, purchases

VAT = 0.15
FREE_SHIPPING, SHIPPING = 200.0, 25.0
PAYMENTS: dict[str, tuple[str, float, float]] = {  # name in Arabic, share on the web, share at a till
    "mada": ("مدى", 0.29, 0.46),
    "Apple Pay": ("Apple Pay", 0.25, 0.30),
    "card": ("بطاقة ائتمان", 0.10, 0.10),
    "cash on delivery": ("الدفع عند الاستلام", 0.22, 0.0),
    "Tamara": ("تمارا", 0.08, 0.0),
    "Tabby": ("تابي", 0.06, 0.0),
    "cash": ("نقدًا", 0.0, 0.14),
}
COD = "cash on delivery"


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders made (`orders`, with their `lines`) and those that failed (`lost`, with `lost_lines`: what was in the cart)."""

    orders: pl.DataFrame
    lines: pl.DataFrame
    lost: pl.DataFrame
    lost_lines: pl.DataFrame


def orders(choice: Choice, everyone: pl.DataFrame) -> Orders:
    """Everything that was ordered, and what was not for want of stock or a working checkout."""
    intents = (
        purchases(choice, everyone).with_row_index("intent").with_columns(pl.col("intent").cast(pl.Int64))
    )
    asked = baskets(choice, intents, everyone)
    failed = _failing(choice, intents)
    available = asked.filter("in_stock")
    made = intents.filter(~pl.Series(failed)).join(
        available.select("intent").unique(), on="intent", how="semi"
    )
    lost = intents.join(made, on="intent", how="anti", maintain_order="left").filter(pl.col("branch") < 0)
    lost = lost.with_columns(failed=pl.Series(failed)[lost["intent"].to_numpy()])
    lines = _discounted(choice, made, available.join(made, on="intent", how="semi", maintain_order="left"))
    return Orders(
        orders=_priced(choice, _numbered(made), lines, everyone),
        lines=lines,
        lost=lost,
        lost_lines=named(choice, asked.join(lost, on="intent", how="semi", maintain_order="left")),
    )


def _failing(choice: Choice, intents: pl.DataFrame) -> Bools:
    """Mobile payments that the broken checkout swallows."""
    truths = choice.truths
    broken = calendar.window_days(truths, truths.broken_checkout)[intents["day"].to_numpy()]
    mobile = intents["device"].to_numpy() == DEVICES.index("mobile")
    found: Bools = broken & mobile & (choice.dice("broken").random(len(intents)) < truths.broken_share)
    return found


def _discounted(choice: Choice, made: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Lines with the discount of their order taken off, to the halala."""
    coupon, share = _coupons(choice, made)
    offers = made.select("intent", coupon=pl.Series(coupon), share=pl.Series(share))
    gross = pl.col("price") * pl.col("quantity")
    priced = lines.join(offers, on="intent", maintain_order="left").with_columns(
        discount=(gross * pl.col("share")).round(2)
    )
    return named(choice, priced.with_columns(revenue=(gross - pl.col("discount")).round(2)).drop("share"))


def named(choice: Choice, lines: pl.DataFrame) -> pl.DataFrame:
    """Lines with the product's id, name and category, as the shop writes them."""
    return lines.join(goods(choice), on="product", maintain_order="left")


def goods(choice: Choice) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "product": np.arange(len(PRODUCTS)),
            "product_id": [product.id for product in PRODUCTS],
            "product_name": [product.name(choice.language) for product in PRODUCTS],
            "category": [CATEGORIES[product.category][choice.language] for product in PRODUCTS],
        }
    )


def _coupons(choice: Choice, made: pl.DataFrame) -> tuple[list[str], Floats]:
    """The coupon of each order and the share it takes off. Wholesalers have their own price and need none."""
    dice, truths = choice.dice("coupons"), choice.truths
    day, luck = made["day"].to_numpy(), dice.random(len(made))
    first, online = made["nth"].fill_null(0).to_numpy() == 1, made["branch"].to_numpy() < 0
    email = made["channel"].to_numpy() == [channel.name for channel in CHANNELS].index("email")
    flash = first & (made["channel"].to_numpy() == len(ALL_CHANNELS) - 1)
    national = np.zeros(len(made), dtype=bool)
    for season in truths.seasons:
        if season.name == "national_day":
            national |= calendar.window_days(truths, season.window)[day]
    friday = np.zeros(len(made), dtype=bool)
    for window in truths.white_fridays:
        friday |= calendar.window_days(truths, window)[day]
    wholesale = made["wholesale"].to_numpy()
    rules: list[tuple[str, float, Bools]] = [  # the first that holds
        ("", 0.12, wholesale),
        ("FLASH30", 0.30, online & flash),
        ("WHITE25", 0.25, friday & (luck < 0.75)),
        ("WATAN15", 0.15, national & (luck < 0.45)),
        ("AHLAN10", 0.10, online & first & (luck < 0.22)),
        ("BARID15", 0.15, online & email & (luck < 0.50)),
    ]
    holds = [rule for _, _, rule in rules]
    coupon = np.select(holds, [name for name, _, _ in rules], "")
    return coupon.tolist(), np.select(holds, [share for _, share, _ in rules], 0.0)


def _numbered(made: pl.DataFrame) -> pl.DataFrame:
    """Order numbers in order of time, as web shop and tills give them."""
    at_till = pl.col("branch") >= 0
    number = pl.int_range(pl.len()).over(at_till)
    return made.sort("ts", "intent").with_columns(
        order_id=pl.when(at_till)
        .then("T" + (number + 500_001).cast(pl.String))
        .otherwise("W" + (number + 100_001).cast(pl.String))
    )


def _priced(choice: Choice, made: pl.DataFrame, lines: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """Orders with their totals, VAT and payment."""
    totals = lines.group_by("intent", maintain_order=True).agg(
        pl.col("revenue", "discount").sum().round(2), pl.col("coupon").first()
    )
    online, cheap = pl.col("branch") < 0, pl.col("revenue") < FREE_SHIPPING
    priced = made.join(totals, on="intent", maintain_order="left").with_columns(
        shipping=pl.when(online & cheap).then(SHIPPING).otherwise(0.0)
    )
    return priced.with_columns(
        tax=((pl.col("revenue") + pl.col("shipping")) * VAT).round(2),
        paid_by=pl.Series(_payments(choice, priced)),
    )


def _payments(choice: Choice, made: pl.DataFrame) -> list[str]:
    """Cash on delivery is commoner far from the big cities and on a first order."""
    dice, names = choice.dice("payments"), list(PAYMENTS)
    web = np.array([share for _, share, _ in PAYMENTS.values()])
    till = np.array([share for _, _, share in PAYMENTS.values()])
    far = np.array([city.zone == "far" for city in CITIES])[made["city"].to_numpy()]
    first = made["nth"].fill_null(0).to_numpy() == 1
    likes_cash = web * np.where(np.array(names) == COD, 2.0, 1.0)
    drawn = np.select(
        [made["branch"].to_numpy() >= 0, far | first],
        [pick(dice, till, len(made)), pick(dice, likes_cash, len(made))],
        pick(dice, web, len(made)),
    )
    chosen = np.array(names)[drawn]
    gulf = np.array([city.zone == "gulf" for city in CITIES])[made["city"].to_numpy()]
    paid: list[str] = np.where(gulf & (chosen == COD), "card", chosen).tolist()
    return paid
