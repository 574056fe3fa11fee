"""Metrics of customers' orders: acquisition and its cost, and loyalty. New and returning are what `new_and_returning` calls so."""

from __future__ import annotations

from dataclasses import replace

from masarat.analyse.first_orders import costs_apply, first_orders, values
from masarat.analyse.frame import SALES, Frame
from masarat.analyse.metrics.base import Metric, Reading, Said

KEPT = """
SELECT customer_id AS who, day, breakdown, is_order AND is_new AS is_first, is_order AND is_returning AS is_again, is_order, is_cost, cost
FROM moves"""


def _orders(frame: Frame) -> dict[str, str]:
    return {**first_orders(frame), "facts": f"{KEPT} WHERE is_order AND customer_id != 0"}


def _with_costs(frame: Frame) -> dict[str, str]:
    """New customers and costs; where no cost can be known, no new customers either, so that there is no figure."""
    known = "is_cost OR is_first" if costs_apply(replace(frame)) else "false"
    return {**first_orders(frame, with_costs=True), "facts": f"{KEPT} WHERE {known}"}


BUYERS = Reading("orders", _orders, values, SALES[:1])
SPENT = Reading("costs", _with_costs, values, SALES[:1])

ACQUISITION = Metric(
    "acquisition", "count", "more", ("awareness", "purchase"), BUYERS, "countIf(is_first)", "count()",
    en=Said("New customers", "Customers whose first ever order is here"),
    ar=Said("العملاء الجدد", "من كان أول طلب لهم على الإطلاق هنا"),
    counts=True, by_days=True,
)  # fmt: skip
# Without any cost at all the figure is unknown rather than nothing.
ACQUISITION_COST = Metric(
    "acquisition_cost", "money", "less", ("awareness", "purchase"), SPENT, "sum(cost)", "countIf(is_first) * (sum(cost) > 0)",
    en=Said("Acquisition cost", "Advertising costs divided by new customers, whatever brought them (CAC)"),
    ar=Said("تكلفة اكتساب العميل", "تكاليف الإعلان مقسومة على العملاء الجدد أيًّا كان ما أتى بهم (CAC)"),
    by_days=True,
)  # fmt: skip
LOYALTY = Metric(
    "loyalty", "percent", "more", ("retention",), BUYERS, "uniqExactIf(who, is_again)", "uniqExact(who)",
    en=Said("Loyalty", "Customers with an order here that is not their first ever, divided by all customers with an order here (repeat rate)"),
    ar=Said("الولاء", "العملاء الذين لهم هنا طلب ليس أول طلباتهم، مقسومين على كل من له هنا طلب (نسبة التكرار)"),
)  # fmt: skip
