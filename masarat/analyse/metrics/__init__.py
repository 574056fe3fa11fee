"""The fourteen metrics of the customer's journey, in the order of «دور البيانات في كل مرحلة»; acquisition is two figures, its number and its cost."""

from __future__ import annotations

from typing import Literal, get_args

from masarat.analyse.metrics.abandoning import CART_ABANDONMENT
from masarat.analyse.metrics.asking import EFFORT_SCORE, PROMOTER_SCORE, SATISFACTION
from masarat.analyse.metrics.base import Metric, Reading
from masarat.analyse.metrics.buying import ACQUISITION, ACQUISITION_COST, LOYALTY
from masarat.analyse.metrics.reaching import REACH
from masarat.analyse.metrics.retaining import RETENTION
from masarat.analyse.metrics.searching import SEARCH_POSITION
from masarat.analyse.metrics.visiting import BOUNCE_RATE, CONVERSION, ENGAGEMENT, INTENT
from masarat.analyse.metrics.worth import LIFETIME_VALUE
from masarat.errors import UnknownName
from masarat.settings import Language

MetricName = Literal[
    "bounce_rate", "cart_abandonment", "acquisition", "acquisition_cost", "conversion", "effort_score", "engagement", "lifetime_value",
    "loyalty", "reach", "retention", "satisfaction", "promoter_score", "search_position", "intent",
]  # fmt: skip

METRICS: tuple[Metric, ...] = (
    BOUNCE_RATE,
    CART_ABANDONMENT,
    ACQUISITION,
    ACQUISITION_COST,
    CONVERSION,
    EFFORT_SCORE,
    ENGAGEMENT,
    LIFETIME_VALUE,
    LOYALTY,
    REACH,
    RETENTION,
    SATISFACTION,
    PROMOTER_SCORE,
    SEARCH_POSITION,
    INTENT,
)
assert tuple(metric.name for metric in METRICS) == get_args(MetricName)


def find(name: str) -> Metric:
    """The metric of that name; UnknownName with the nearest one otherwise."""
    for metric in METRICS:
        if metric.name == name:
            return metric
    raise UnknownName("metric", name, [metric.name for metric in METRICS])


def named(language: Language) -> str:
    """Name and definition of every metric as messages."""
    return "\n".join(
        f"{metric.name} = {metric.said(language).title}\n    .formula = {metric.said(language).formula}\n"
        f"metric-{metric.name} = {{ {metric.name} }}"
        for metric in METRICS
    )


__all__ = ["METRICS", "Metric", "MetricName", "Reading", "find", "named"]
