"""The price of a bundle: the largest discount that keeps the margin and pays for what is given to those who would buy it all anyway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

DISCOUNTS = (0.20, 0.15, 0.10, 0.05)


@dataclass(frozen=True, slots=True)
class Offer:
    """A bundle at a price. `needed` further bundles pay back what is given away; `extra` is the profit if the assumed share takes it."""

    price: float
    discount: float
    profit: float
    margin: float
    given_away: float
    needed: int
    extra: float


def offer(
    prices: Sequence[float], costs: Sequence[float], together: int, part: int, *, margin: float, take: float
) -> Offer | None:
    """The offer for these products, bought `together` so often and in `part` so often singly; none where a cost is not known (zero).

    >>> offer([100, 50], [40, 20], together=10, part=1000, margin=0.4, take=0.05).discount
    0.15
    """
    if not all(cost > 0 for cost in costs):
        return None
    full, cost = sum(prices), sum(costs)
    least = min(
        price - cost for price, cost in zip(prices, costs, strict=True)
    )  # of what is missing, the careful side
    for discount in DISCOUNTS:
        less = full * discount
        price, gain = full - less, least - less
        extra = part * take * gain - together * less
        if gain > 0 and price - cost >= margin * price and extra > 0:
            profit = price - cost
            return Offer(
                price, discount, profit, profit / price, together * less, ceil(together * less / gain), extra
            )
    profit = full - cost
    return Offer(full, 0.0, profit, profit / full, 0.0, 0, part * take * max(least, 0.0))
