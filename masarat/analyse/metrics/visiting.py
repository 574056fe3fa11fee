"""Metrics of visits: bounce rate, conversion, engagement, intent. A visit is what the question `sessions` calls one."""

from __future__ import annotations

from typing import Any

from masarat.analyse import carts
from masarat.analyse.frame import Frame
from masarat.analyse.metrics.base import Metric, Reading, Said
from masarat.analyse.moves import moves
from masarat.analyse.visits import VIEWS, measured, measures, visits

# Moves that only somebody makes who means to buy.
MEANT = (*carts.MOVES, "Checkout Step Viewed", "Checkout Step Completed", "Payment Info Entered", "Payment Failed", "Order Completed")  # fmt: skip


def _steps(frame: Frame) -> dict[str, str]:
    more = {**measures(frame), "is_meant": "name IN {meant:Array(String)}"}
    return {
        "moves": moves(frame, "session_id != ''", more=more),
        "visits": visits(frame, ", max(is_meant) AS meant"),
        "facts": "SELECT customer_id AS who, day, part AS breakdown, bounced, bought, deeds > 0 AS engaged, meant FROM visits",
    }


def _values(frame: Frame) -> dict[str, Any]:
    return measured(frame) | {"meant": list(MEANT)}


VISITS = Reading("visits", _steps, _values, VIEWS)

BOUNCE_RATE = Metric(
    "bounce_rate", "percent", "less", ("awareness", "interest"), VISITS, "countIf(bounced)", "count()",
    en=Said("Bounce rate",
            "Visits of one page at most in which nothing was done and that had less than ten seconds of attention, divided by all visits (GA4)"),
    ar=Said("معدل الارتداد",
            "الزيارات التي لا تزيد على صفحة ولم يُفعل فيها شيء ودامت أقل من عشر ثوانٍ، مقسومة على كل الزيارات (كما في GA4)"),
)  # fmt: skip
CONVERSION = Metric(
    "conversion", "percent", "more", ("purchase",), VISITS, "countIf(bought)", "count()",
    en=Said("Conversion rate", "Visits in which an order was completed, divided by all visits"),
    ar=Said("معدل التحويل", "الزيارات التي تم فيها طلب مقسومة على كل الزيارات"),
)  # fmt: skip
ENGAGEMENT = Metric(
    "engagement", "percent", "more", ("interest", "consideration"), VISITS, "countIf(engaged)", "count()",
    en=Said("Engagement", "Visits in which something was done beyond looking at pages, divided by all visits"),
    ar=Said("التفاعل", "الزيارات التي فُعل فيها شيء غير مشاهدة الصفحات، مقسومة على كل الزيارات"),
)  # fmt: skip
INTENT = Metric(
    "intent", "percent", "more", ("consideration",), VISITS, "countIf(meant)", "count()",
    en=Said("Visitor intent", "Visits that reached the cart, checkout or payment, divided by all visits"),
    ar=Said("نية الزائر", "الزيارات التي بلغت السلة أو إتمام الطلب أو الدفع، مقسومة على كل الزيارات"),
)  # fmt: skip
