"""Questions, one file each. ANALYSES is the list of all of them, in the order people meet them."""

from __future__ import annotations

from typing import Any

from masarat.analyse.abandoned_carts import AbandonedCarts
from masarat.analyse.answer import Answer
from masarat.analyse.at_risk import AtRisk
from masarat.analyse.base import Analysis, ask, explain, read
from masarat.analyse.baskets import Baskets
from masarat.analyse.breakdown import Breakdown
from masarat.analyse.bundles import Bundles
from masarat.analyse.cohorts import Cohorts
from masarat.analyse.coupons import Coupons
from masarat.analyse.customer_profit import CustomerProfit
from masarat.analyse.customer_value import CustomerValue
from masarat.analyse.customers import Customers
from masarat.analyse.data_map import DataMap
from masarat.analyse.data_quality import DataQuality
from masarat.analyse.delivery import Delivery
from masarat.analyse.demographics import Demographics
from masarat.analyse.flow_graph import FlowGraph
from masarat.analyse.found_customers import FoundCustomers
from masarat.analyse.found_segments import FoundSegments
from masarat.analyse.funnel import Funnel
from masarat.analyse.funnel_drivers import FunnelDrivers
from masarat.analyse.funnel_dropped import FunnelDropped
from masarat.analyse.funnel_times import FunnelTimes
from masarat.analyse.funnel_trend import FunnelTrend
from masarat.analyse.growth import Growth
from masarat.analyse.identity_health import IdentityHealth
from masarat.analyse.insights import Insights
from masarat.analyse.intent import Intent
from masarat.analyse.intent_customers import IntentCustomers
from masarat.analyse.intent_model import IntentModel
from masarat.analyse.journey import Journey
from masarat.analyse.journey_customers import JourneyCustomers
from masarat.analyse.journey_drivers import JourneyDrivers
from masarat.analyse.journey_history import JourneyHistory
from masarat.analyse.journey_map import JourneyMap
from masarat.analyse.journey_moves import JourneyMoves
from masarat.analyse.lifecycle import Lifecycle
from masarat.analyse.lifetime_value import LifetimeValue
from masarat.analyse.live import Live
from masarat.analyse.loyal_customers import LoyalCustomers
from masarat.analyse.metric import Metric
from masarat.analyse.new_and_returning import NewAndReturning
from masarat.analyse.next_product import NextProduct
from masarat.analyse.order_sequence import OrderSequence
from masarat.analyse.order_value import OrderValue
from masarat.analyse.pacing import Pacing
from masarat.analyse.pages import Pages
from masarat.analyse.pain_points import PainPoints
from masarat.analyse.path_groups import PathGroups
from masarat.analyse.paths import Paths
from masarat.analyse.payments import Payments
from masarat.analyse.products import Products
from masarat.analyse.profitability import Profitability
from masarat.analyse.reconcile import Reconcile
from masarat.analyse.retention import Retention
from masarat.analyse.revenue import Revenue
from masarat.analyse.rfm import Rfm
from masarat.analyse.rule_customers import RuleCustomers
from masarat.analyse.scorecard import Scorecard
from masarat.analyse.search_rankings import SearchRankings
from masarat.analyse.searches import Searches
from masarat.analyse.segment_movers import SegmentMovers
from masarat.analyse.segment_moves import SegmentMoves
from masarat.analyse.segment_overlap import SegmentOverlap
from masarat.analyse.sessions import Sessions
from masarat.analyse.stickiness import Stickiness
from masarat.analyse.survival import Survival
from masarat.analyse.survival_drivers import SurvivalDrivers
from masarat.analyse.top_customers import TopCustomers
from masarat.errors import UnknownName

ANALYSES: tuple[type[Analysis], ...] = (
    Revenue,
    Insights,
    NewAndReturning,
    TopCustomers,
    LoyalCustomers,
    OrderValue,
    AbandonedCarts,
    Funnel,
    FunnelTrend,
    FunnelTimes,
    FunnelDropped,
    FunnelDrivers,
    Products,
    Profitability,
    CustomerProfit,
    Payments,
    NextProduct,
    Baskets,
    Bundles,
    Scorecard,
    Metric,
    Pacing,
    Delivery,
    Journey,
    JourneyMap,
    PainPoints,
    JourneyMoves,
    JourneyHistory,
    JourneyDrivers,
    JourneyCustomers,
    Rfm,
    SegmentMoves,
    SegmentMovers,
    LifetimeValue,
    CustomerValue,
    AtRisk,
    Survival,
    SurvivalDrivers,
    Customers,
    RuleCustomers,
    FoundSegments,
    FoundCustomers,
    SegmentOverlap,
    Retention,
    Cohorts,
    OrderSequence,
    Coupons,
    Lifecycle,
    Stickiness,
    Growth,
    Breakdown,
    Demographics,
    Live,
    Sessions,
    Pages,
    Paths,
    PathGroups,
    FlowGraph,
    Intent,
    IntentCustomers,
    IntentModel,
    Searches,
    SearchRankings,
    DataQuality,
    Reconcile,
    DataMap,
    IdentityHealth,
)


def find(name: str) -> type[Analysis]:
    """The analysis of that name; UnknownName with the nearest one otherwise."""
    for kind in ANALYSES:
        if kind.name == name:
            return kind
    raise UnknownName("analysis", name, [kind.name for kind in ANALYSES])


def to_question(question: Analysis | str, parameters: dict[str, Any]) -> Analysis:
    """A question given as such, or by its name and parameters."""
    return read(find(question), parameters) if isinstance(question, str) else question


__all__ = ["ANALYSES", "Analysis", "Answer", "ask", "explain", "find", "read", "to_question"]
