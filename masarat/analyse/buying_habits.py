"""What customers' habits are measured by: one row a customer with a list of features, as groups of customers are found by them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masarat.analyse.frame import Frame
from masarat.models.clusters import Floats

CATEGORIES, CHANNELS = 8, 5  # the most sold, the most bought from
USUAL = ("recency", "orders", "value", "discounted", "returned", "weekend", "night")
HABITUAL = 3  # orders from which on their days and hours are a habit; before, as everybody's
TRIM = (
    1.0,
    99.0,
)  # percentiles that features are cut at, so that one huge customer does not stretch the scale

MORE = {"channel": "toString(channel)", "coupon": "coupon"}
WEEKENDS = {
    "fri-sat": [5, 6],
    "sat-sun": [6, 7],
    "thu-fri": [4, 5],
    "fri": [5],
}  # days of the week by ISO 8601

CATEGORY = """
SELECT arraySort(groupArray(category)) AS kept FROM (
    SELECT toString(category) AS category FROM sales ARRAY JOIN product_categories AS category
    WHERE is_order AND customer_id != 0 AND category != '' GROUP BY category ORDER BY count() DESC, category LIMIT {categories_kept:UInt8})"""
CHANNEL = """
SELECT arraySort(groupArray(channel)) AS kept FROM (
    SELECT channel FROM sales WHERE is_order AND customer_id != 0 AND channel != ''
    GROUP BY channel ORDER BY count() DESC, channel LIMIT {channels_kept:UInt8})"""

BUYERS = """
SELECT customer_id, countIf(is_order) AS orders, sum(net) AS revenue, sum(sales.gross) AS gross, sum(sales.refund) AS given_back,
       maxIf(day, is_order) AS last_order, countIf(is_order AND (discount > 0 OR coupon != '')) AS discounted,
       countIf(is_order AND has({weekend:Array(UInt8)}, toDayOfWeek(day))) AS weekend,
       countIf(is_order AND (toHour(local) >= 21 OR toHour(local) < 5)) AS night,
       sumMapIf(arrayMap(each -> toString(each), product_categories), product_revenues, is_order AND net > 0) AS by_category,
       sumMapIf([channel], [toUInt64(1)], is_order) AS by_channel
FROM sales WHERE customer_id != 0 GROUP BY customer_id HAVING orders > 0"""


def features(categories: str, channels: str) -> str:
    """The step with the features; what it is given are SQL for lists of names."""
    return f"""
SELECT customer_id, orders, revenue, gross, given_back, toInt32({{as_of:Date}}) - toInt32(last_order) AS recency,
       arrayMap(each -> toFloat64(greatest(by_category.2[indexOf(by_category.1, each)], 0)), {categories}) AS sold,
       greatest(arraySum(arrayMap(each -> toFloat64(greatest(each, 0)), by_category.2)), 0.0001) AS sold_all,
       arrayConcat(
           [log1p(recency), log(orders), log(toFloat64(gross) / orders), discounted / orders,
            least(toFloat64(given_back) / toFloat64(gross), 1),
            if(orders < {HABITUAL}, sum(weekend) OVER () / sum(orders) OVER (), weekend / orders),
            if(orders < {HABITUAL}, sum(night) OVER () / sum(orders) OVER (), night / orders)],
           arrayMap(each -> each / sold_all, sold),
           arrayMap(each -> by_channel.2[indexOf(by_channel.1, each)] / orders, {channels})) AS features
FROM buyers"""


def steps(frame: Frame) -> dict[str, str]:
    """The steps up to `habits`, by what this shop sells and where it is bought from."""
    return {
        "sales": frame.sales(more=MORE),
        "categories": CATEGORY,
        "channels": CHANNEL,
        "buyers": BUYERS,
        "habits": features("(SELECT kept FROM categories)", "(SELECT kept FROM channels)"),
    }


def values(frame: Frame) -> dict[str, object]:
    """What they bind."""
    return frame.values | {
        "as_of": frame.period.last,
        "weekend": WEEKENDS[frame.settings.weekend],
        "categories_kept": CATEGORIES,
        "channels_kept": CHANNELS,
    }


@dataclass(frozen=True, slots=True)
class Scale:
    """How features become comparable: cut at both ends, around their mean, in standard deviations; of one list together as of one."""

    low: Floats
    high: Floats
    middle: Floats
    unit: Floats  # 0 where all are alike

    @classmethod
    def of(cls, found: Floats, categories: int, channels: int) -> Scale:
        low, high = np.percentile(found, TRIM, axis=0)
        # A rare habit that more than one in a hundred have must not be cut away altogether.
        low, high = (
            np.where(low == high, found.min(axis=0), low),
            np.where(low == high, found.max(axis=0), high),
        )
        cut = np.clip(found, low, high)
        spread = cut.std(axis=0)
        weight = np.concatenate(
            [np.ones(len(USUAL)), np.full(categories, max(categories, 1) ** -0.5), np.full(channels, max(channels, 1) ** -0.5)]
        )  # fmt: skip
        unit = np.divide(weight, spread, out=np.zeros_like(spread), where=spread > 1e-9)
        return cls(low, high, cut.mean(axis=0), unit)

    def __call__(self, found: Floats) -> Floats:
        scaled: Floats = (np.clip(found, self.low, self.high) - self.middle) * self.unit
        return scaled
