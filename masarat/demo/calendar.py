"""When people buy: days of more and less demand, what they ask for on them, and the hours of a day.

Days are counted from the shop's first, as array indexes. Times are the shop's own, Asia/Riyadh, which has no summer time.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import numpy as np

from masarat.demo.catalogue import PRODUCTS, Tag
from masarat.demo.choice import Bools, Choice, Floats, Ints, pick_by_row
from masarat.demo.truths import DAYS, Truths, Window

RIYADH = 3 * 3600  # seconds ahead of UTC
WEEKDAYS = (0.90, 0.92, 0.96, 1.06, 1.20, 1.12, 0.90)  # Monday … Sunday; the weekend is Friday and Saturday
SALARY, SALARY_DAYS = 1.25, (27, 28, 29, 30, 31, 1, 2, 3)

# Share of a day's demand by hour of the shop's day, 0 … 23.
HOURS = np.array([
    [2.6, 1.4, 0.7, 0.4, 0.3, 0.5, 0.9, 1.5, 2.5, 3.6, 4.4, 4.6, 3.9, 3.7, 4.0, 4.6, 5.6, 6.2, 5.6, 6.8, 8.6, 9.6, 8.4, 5.0],
    [2.8, 1.6, 0.8, 0.5, 0.3, 0.3, 0.4, 0.7, 1.2, 1.9, 2.0, 0.9, 1.2, 3.2, 4.6, 5.8, 7.2, 7.4, 6.4, 8.0, 9.6, 10.2, 9.0, 5.6],
    [9.6, 8.6, 6.6, 3.6, 1.4, 0.6, 0.4, 0.4, 0.6, 1.0, 1.6, 2.2, 2.8, 3.4, 4.2, 4.4, 2.6, 0.9, 1.8, 3.6, 6.6, 9.4, 11.2, 10.6],
])  # fmt: skip
ORDINARY, FRIDAY, RAMADAN_NIGHT = 0, 1, 2
OPEN = np.array(
    [0.3, 0.05, 0, 0, 0, 0, 0, 0.1, 0.6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.8]
)  # of the branches

# How much more a tagged product is asked for in a season.
ASKED: dict[str, dict[Tag, float]] = {
    "before_ramadan": {"ramadan": 1.7},
    "ramadan": {"ramadan": 2.2},
    "last_ten": {"eid": 2.0, "ramadan": 1.3},
    "eid_gifts": {"eid": 5.0},
    "national_day": {"national": 4.0},
    "founding_day": {"national": 2.0},
}
WINTER, SUMMER = (11, 12, 1, 2), (5, 6, 7, 8, 9)


def window_days(truths: Truths, window: Window) -> Bools:
    """Which of the shop's days lie in a window."""
    days = np.arange(DAYS)
    first, last = (window.first - truths.first).days, (window.last - truths.first).days
    found: Bools = (days >= first) & (days <= last)
    return found


def demand(truths: Truths) -> Floats:
    """Demand of each day against the average day."""
    dates = [truths.first + timedelta(days=day) for day in range(DAYS)]
    weights = np.array([WEEKDAYS[d.weekday()] * (SALARY if d.day in SALARY_DAYS else 1.0) for d in dates])
    for season in truths.seasons:
        weights[window_days(truths, season.window)] *= season.factor
    found: Floats = weights / weights.mean()
    return found


def asked(truths: Truths) -> Floats:
    """How often each product (column) is asked for on each day (row), stock or no stock."""
    days = np.arange(DAYS)[:, None]
    weights = np.tile([product.weight for product in PRODUCTS], (DAYS, 1))
    weights *= _seasonal(truths)
    ids = [product.id for product in PRODUCTS]
    weights[:, ids.index(truths.fading)] *= 0.5 ** (days[:, 0] / truths.fading_days)
    weights[:, ids.index(truths.rising)] *= 2.0 ** (days[:, 0] / truths.rising_days)
    change = truths.price_change
    late = days[:, 0] >= (change.day - truths.first).days
    weights[late, ids.index(change.product)] *= (change.after / change.before) ** change.elasticity
    found: Floats = weights
    return found


def _seasonal(truths: Truths) -> Floats:
    months = np.array([(truths.first + timedelta(days=day)).month for day in range(DAYS)])
    factors = np.ones((DAYS, len(PRODUCTS)))
    tags = np.array([product.season for product in PRODUCTS])
    factors[np.ix_(np.isin(months, WINTER), tags == "winter")] *= 2.2
    factors[np.ix_(np.isin(months, SUMMER), tags == "summer")] *= 2.5
    for season in truths.seasons:
        days = window_days(truths, season.window)
        for tag, factor in ASKED.get(season.name, {}).items():
            factors[np.ix_(days, tags == tag)] *= factor
    return factors


def kind_of_day(truths: Truths) -> Ints:
    """The row of HOURS that each day follows."""
    weekdays = np.array([(truths.first + timedelta(days=day)).weekday() for day in range(DAYS)])
    kinds = np.where(weekdays == 4, FRIDAY, ORDINARY)
    for ramadan in truths.ramadans:
        kinds[window_days(truths, ramadan)] = RAMADAN_NIGHT
    return kinds.astype(np.int64)


def seconds_of_day(choice: Choice, part: str, days: Ints, *, branch: bool = False) -> Ints:
    """A time of day for each of these days, in seconds after midnight in Riyadh."""
    dice = choice.dice(part)
    hours = HOURS * OPEN if branch else HOURS
    hour = pick_by_row(dice, hours, kind_of_day(choice.truths)[days])
    return hour * 3600 + dice.integers(0, 3600, len(days))


def milliseconds(truths: Truths, days: Ints, seconds: Ints) -> Ints:
    """UTC milliseconds since 1970 of a local day and time."""
    start = (truths.first.toordinal() - 719_163) * 86_400 - RIYADH
    found: Ints = (start + days * 86_400 + seconds) * 1000
    return found


def end_of(truths: Truths) -> int:
    """The last moment of the shop's last day, UTC milliseconds."""
    return int(milliseconds(truths, np.array([DAYS]), np.array([0]))[0]) - 1


def months(truths: Truths) -> list[tuple[int, int]]:
    """First and last moment of each of the shop's calendar months, UTC milliseconds."""
    starts = [day for day in range(DAYS) if day == 0 or (truths.first + timedelta(days=day)).day == 1]
    days = np.array([*starts, DAYS])
    edges: list[int] = milliseconds(truths, days, np.zeros(len(days), dtype=np.int64)).tolist()
    return [(first, after - 1) for first, after in pairwise(edges)]
