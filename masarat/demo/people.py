"""The customers of the sample shop: who they are, how they came, how often they would buy and when they would leave.

Nobody here exists. Phones lie in +966 52, which no operator has; e-mail domains are those kept for examples (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from masarat.demo import calendar
from masarat.demo.catalogue import PRODUCTS
from masarat.demo.choice import Bools, Choice, Floats, Ints, pick
from masarat.demo.names import CITIES, FAMILIES, MEN, WOMEN
from masarat.demo.truths import DAYS


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to us: its marks on a visit, its share of new customers, and what those customers are worth."""

    name: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    referrer: str
    share: float
    rate: float = 1.0  # times as many purchases a year
    leaving: float = 1.0  # times as likely to leave after a purchase
    cost: float = 0.0  # SAR of advertising for one new customer


CHANNELS: tuple[Channel, ...] = (
    Channel("organic search", "google", "organic", "", "https://www.google.com/", 0.23),
    Channel("paid search", "google", "cpc", "brand_search", "https://www.google.com/", 0.06, 1.2, 0.9, 34),
    Channel("paid search", "google", "cpc", "coffee_generic", "https://www.google.com/", 0.10, 1.0, 1.0, 62),
    Channel("paid social", "snapchat", "paid_social", "snap_prospecting", "https://www.snapchat.com/",
            0.14, 0.8, 1.2, 58),
    Channel("paid social", "instagram", "paid_social", "insta_home", "https://l.instagram.com/", 0.12, 0.9, 1.1, 66),
    Channel("paid social", "tiktok", "paid_social", "tiktok_always_on", "https://www.tiktok.com/", 0.08, 0.6, 1.5, 41),
    Channel("email", "newsletter", "email", "monthly", "", 0.03, 1.2, 0.8),
    Channel("referral", "friend", "referral", "invite", "", 0.08, 1.6, 0.6),
    Channel("direct", "", "", "", "", 0.11),
    Channel("whatsapp", "whatsapp", "chat", "", "https://wa.me/", 0.05, 1.4, 0.75),
)  # fmt: skip
FLASH = Channel("paid social", "tiktok", "paid_social", "", "https://www.tiktok.com/", 0.0, 1.0, 1.0, 24)
ALL_CHANNELS = (*CHANNELS, FLASH)  # the last is the churning campaign; its name stands in the truths

# Purchases follow BG/NBD: rates are gamma-distributed, and after each purchase a customer leaves with a beta-distributed chance.
RATE_SHAPE, RATE_SCALE = 0.38, 1 / 26.0  # purchases a day of average demand
LEAVE_A, LEAVE_B = 0.85, 2.7
INTEREST = (1.15, 0.95)  # of newcomers, from the opening to the last day
APPETITE = 0.45  # how much baskets differ between customers (log-normal)


def people(choice: Choice) -> pl.DataFrame:
    """One row a customer; `customer` counts from 0, `arrived` is the day of the first purchase with its fraction."""
    dice, count = choice.dice("people"), choice.customers
    channel, arrived = _arrivals(choice, dice)
    women = dice.random(count) < 0.47
    first, family = pick(dice, _zipf(len(MEN)), count), pick(dice, _zipf(len(FAMILIES)), count)
    city = pick(dice, [city.weight for city in CITIES], count)
    wholesale = dice.random(count) < choice.truths.wholesalers
    wholesale[:2] = True  # even the smallest shop has two
    rate, leaving = _habits(choice, dice, channel, wholesale)
    return pl.DataFrame(
        {
            "customer": np.arange(count),
            "channel": channel,
            "arrived": arrived,
            "rate": rate,
            "leaving": leaving,
            "wholesale": wholesale,
            "city": city,
            "at_branch": _branch_people(dice, city) & (channel != len(ALL_CHANNELS) - 1),
            "appetite": dice.lognormal(0.0, APPETITE, count),
            "arabic": dice.random(count) < 0.78,
            "woman": women,
            "mobile": dice.random(count) < 0.80,
            "phone": _phones(dice, family),
            "birthday": _birthdays(dice, count),
            "consent_email": dice.random(count) < 0.58,
            "consent_whatsapp": dice.random(count) < 0.44,
            "member": dice.random(count) < np.clip(0.12 + rate * 9, 0, 0.75),
            "favourite": _favourites(choice, dice),
        }
    ).hstack(_names(women, first, family, wholesale))


def _arrivals(choice: Choice, dice: np.random.Generator) -> tuple[Ints, Floats]:
    """How each customer came and on which day; interest is greatest at the opening and follows demand."""
    truths, count = choice.truths, choice.customers
    channel = pick(dice, [channel.share for channel in CHANNELS], count)
    interest = calendar.demand(truths) * np.linspace(*INTEREST, DAYS)
    day = pick(dice, interest, count)
    flash = dice.random(count) < truths.churning_share
    start = (truths.churning.first - truths.first).days
    day[flash] = start + dice.integers(0, truths.churning.days, int(flash.sum()))
    channel[flash] = len(ALL_CHANNELS) - 1
    return channel, day + dice.random(count)


def _habits(
    choice: Choice, dice: np.random.Generator, channel: Ints, wholesale: Bools
) -> tuple[Floats, Floats]:
    """Purchase rate and chance of leaving, by BG/NBD and the channel's quality."""
    count = choice.customers
    rate = dice.gamma(RATE_SHAPE, RATE_SCALE, count) * np.array([c.rate for c in ALL_CHANNELS])[channel]
    leaving = dice.beta(LEAVE_A, LEAVE_B, count) * np.array([c.leaving for c in ALL_CHANNELS])[channel]
    leaving[channel == len(ALL_CHANNELS) - 1] = 0.95
    rate[wholesale], leaving[wholesale] = 1 / 17, 0.01
    return np.clip(rate, 1e-5, 1 / 6), np.clip(leaving, 0.005, 0.98)


def _branch_people(dice: np.random.Generator, city: Ints) -> Bools:
    """Who likes to come to a branch rather than order: three in five, where there is one."""
    has_branch = np.array([bool(city.branch) for city in CITIES])
    found: Bools = has_branch[city] & (dice.random(len(city)) < 0.62)
    return found


def _favourites(choice: Choice, dice: np.random.Generator) -> Ints:
    """What a customer comes back for: a coffee or a kind of dates, never the one whose price changed."""
    weights = [
        product.weight
        if product.category in ("BN", "SW") and product.id != choice.truths.price_change.product
        else 0.0
        for product in PRODUCTS
    ]
    return pick(dice, weights, choice.customers)


def _names(women: Bools, first: Ints, family: Ints, wholesale: Bools) -> pl.DataFrame:
    """A person's name, or that of a café that buys for its guests."""
    names = {}
    for language, column in ((0, "name_ar"), (1, "name_en")):
        given = np.where(
            women, np.array([w[language] for w in WOMEN])[first], np.array([m[language] for m in MEN])[first]
        )
        families = np.array([f[language] for f in FAMILIES])[family]
        cafe = np.char.add("مقهى ", families) if column == "name_ar" else np.char.add(families, " Café")
        names[column] = np.where(wholesale, cafe, np.char.add(np.char.add(given, " "), families))
    return pl.DataFrame(names)


def _phones(dice: np.random.Generator, family: Ints) -> list[str]:
    """Different numbers, but one customer in seventy gives the phone of a relative."""
    count = len(family)
    number = dice.permutation(10_000_000)[:count]
    newest: dict[int, int] = {}
    shares = dice.random(count) < 1 / 70
    for index in np.flatnonzero(shares):
        number[index] = newest.get(int(family[index]), number[index])
        newest[int(family[index])] = number[index]
    return [f"+96652{n:07d}" for n in number]


def _birthdays(dice: np.random.Generator, count: int) -> list[date]:
    years = 2006 - np.clip(dice.gamma(4.0, 4.2, count), 0, 50).astype(int)
    days = dice.integers(1, 366, count)
    return [
        date.fromordinal(date(int(y), 1, 1).toordinal() + int(d) - 1)
        for y, d in zip(years, days, strict=True)
    ]


def _zipf(count: int) -> Floats:
    found: Floats = 1.0 / (np.arange(count, dtype=np.float64) + 4.0) ** 0.8
    return found


def traits(choice: Choice, everyone: pl.DataFrame) -> pl.DataFrame:
    """What is known about the customers, as rows of the table `traits`; the tills know only names, in Latin letters, and phones.

    Birthdays were asked for with the loyalty card, so only members told theirs.
    """
    english = choice.language == "en"
    cities = [city.english if english else city.arabic for city in CITIES]
    person = pl.when(~pl.col("wholesale"))  # a café has neither birthday nor gender
    known = everyone.select(
        visitor_id=visitor(pl.col("customer")),
        since=pl.col("arrived"),
        at_branch="at_branch",
        latin="name_en",
        name=pl.when("arabic").then("name_ar").otherwise("name_en"),
        email=email_of(),
        phone="phone",
        city=pl.col("city").replace_strict(dict(enumerate(cities)), return_dtype=pl.String),
        birthday=person.then(pl.when("member").then(pl.col("birthday").cast(pl.String))),
        gender=person.then(_gender()),
        language=pl.when("arabic").then(pl.lit("ar")).otherwise(pl.lit("en")),
        consent_email=pl.col("consent_email").cast(pl.String),
        consent_whatsapp=pl.col("consent_whatsapp").cast(pl.String),
        loyalty_member=pl.col("member").cast(pl.String),
        business=pl.col("wholesale").cast(pl.String),
    )
    web = known.drop("at_branch", "latin")
    till = known.filter("at_branch").select("visitor_id", "since", "phone", name="latin")
    start = int(calendar.milliseconds(choice.truths, np.array([0]), np.array([0]))[0])
    return pl.concat([_facts(web, "web"), _facts(till, "till")]).select(
        "visitor_id", "trait", "value", "source",
        import_id=pl.lit(choice.id),
        ts=pl.from_epoch((start + pl.col("since") * 86_400_000).cast(pl.Int64), "ms").dt.replace_time_zone("UTC"),
    )  # fmt: skip


def _facts(known: pl.DataFrame, source: str) -> pl.DataFrame:
    long = known.unpivot(index=["visitor_id", "since"], variable_name="trait", value_name="value")
    return long.filter(pl.col("value") != "").with_columns(source=pl.lit(source))


def _gender() -> pl.Expr:
    """Two in three said it."""
    said = pl.when("woman").then(pl.lit("female")).otherwise(pl.lit("male"))
    return pl.when(pl.col("customer") % 3 != 1).then(said)


def email_of() -> pl.Expr:
    """Nine in ten gave one."""
    name = pl.col("name_en").str.to_lowercase().str.replace_all("é", "e").str.replace_all(r"[^a-z]+", ".")
    domain = pl.lit("example.") + pl.when("woman").then(pl.lit("com")).otherwise(pl.lit("net"))
    address = name + "." + (pl.col("customer") + 1).cast(pl.String) + "@" + domain
    return pl.when(pl.col("customer") % 10 != 7).then(address).otherwise(pl.lit(""))


def visitor(customer: pl.Expr) -> pl.Expr:
    """The identifier of a customer in every event: user:1 …; nobody where there is no customer."""
    return pl.when(customer.is_null()).then(pl.lit("")).otherwise("user:" + (customer + 1).cast(pl.String))
