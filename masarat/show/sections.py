"""Under which of the merchant's words each question stands."""

from __future__ import annotations

SECTIONS: dict[str, tuple[str, ...]] = {
    "pulse": ("insights", "scorecard", "metric", "pacing", "live"),
    "journey": (
        "journey", "journey_map", "pain_points", "journey_moves", "journey_history", "journey_drivers", "journey_customers",
    ),
    "customers": ("customers", "new_and_returning", "top_customers", "loyal_customers", "rfm", "segment_moves", "segment_movers", "lifetime_value", "customer_value", "at_risk", "survival", "survival_drivers", "cohorts", "found_segments", "found_customers",
        "rule_customers", "segment_overlap", "demographics"),
    "behaviour": (
        "funnel", "funnel_trend", "funnel_times", "funnel_dropped", "funnel_drivers", "paths", "path_groups", "flow_graph", "sessions",
        "pages", "retention", "lifecycle", "stickiness", "growth", "breakdown", "intent", "intent_customers", "intent_model", "searches",
        "search_rankings",
    ),
    "sales": (
        "revenue", "profitability", "customer_profit", "payments", "order_value", "abandoned_carts", "products", "next_product", "baskets", "bundles",
        "order_sequence", "coupons", "delivery",
    ),
    "sources": ("data_quality", "reconcile", "data_map", "identity_health"),
}  # fmt: skip
