"""What lies behind an answer: of each row the customers it counts, where a question lists them, and of the whole the questions that look closer.

A table of questions by name; what two questions have in common (period, segment, steps…) is passed on as it was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from masarat.analyse import Analysis, Answer, find
from masarat.analyse.base import NAMING
from masarat.analyse.frame import DIMENSIONS
from masarat.settings import Language
from masarat.words import speaker

Texts = dict[str, str]
Row = Mapping[str, Any]
NEXT: dict[str, tuple[str, ...]] = {
    "revenue": ("insights", "profitability", "growth"),
    "insights": ("scorecard", "pain_points"),
    "new_and_returning": ("cohorts", "retention"),
    "rfm": ("segment_moves", "at_risk", "customer_value"),
    "segment_moves": ("rfm", "at_risk"),
    "top_customers": ("customer_profit", "customer_value"),
    "loyal_customers": ("at_risk", "next_product"),
    "at_risk": ("survival", "next_product"),
    "survival": ("survival_drivers", "cohorts"),
    "survival_drivers": ("survival", "coupons"),
    "lifetime_value": ("customer_value", "cohorts"),
    "abandoned_carts": ("intent_customers", "funnel"),
    "funnel": ("funnel_dropped", "funnel_drivers", "funnel_trend", "funnel_times"),
    "funnel_trend": ("funnel", "funnel_drivers"),
    "journey": ("journey_customers", "journey_map", "pain_points", "journey_drivers"),
    "journey_map": ("pain_points", "journey"),
    "pain_points": ("journey_map", "sessions"),
    "intent": ("intent_customers", "abandoned_carts"),
    "products": ("baskets", "bundles", "next_product"),
    "baskets": ("bundles", "next_product"),
    "profitability": ("customer_profit", "payments"),
    "delivery": ("payments",),
    "cohorts": ("retention", "lifetime_value"),
    "retention": ("cohorts", "lifecycle"),
    "lifecycle": ("retention", "at_risk"),
    "found_segments": ("found_customers", "segment_overlap"),
    "paths": ("flow_graph", "path_groups", "funnel"),
    "sessions": ("pages", "paths"),
    "pages": ("paths", "funnel"),
    "searches": ("search_rankings", "products"),
}  # fmt: skip
NO_PART = (
    "unknown",
    "others",
    "other",
    "part-few",
    "rest",
    "none",
)  # how questions call the rows that are no value
FRAME = ("period", "segment", "currency", "calendar")


@dataclass(frozen=True, slots=True)
class Way:
    """Where a row or a button leads: a customer's page, or a question with its parameters."""

    customer: str = ""
    question: str = ""
    given: Texts | None = None


def further(kind: type[Analysis], given: Texts) -> list[Way]:
    """The questions that look closer at what was asked, asked alike."""
    return [Way(question=name, given=_shared(given, find(name))) for name in NEXT.get(kind.name, ())]


def behind(asked: Analysis, answer: Answer, given: Texts, most: int) -> list[Way | None]:
    """Of each of the first rows, who is behind it; None where no question lists them."""
    ways = _behind(asked, answer, given, most)
    no_part = no_parts(type(asked), answer.language)
    return [
        None if no_part & set(map(str, row.values())) and way and not way.customer else way
        for way, row in zip(ways, answer.rows, strict=False)
    ]


def no_parts(kind: type[Analysis], language: Language) -> set[str]:
    """How a question calls the rows that are no value; what needs figures to be said is no such word."""
    own, found = speaker(kind.words, language), set()
    for key in filter(own.knows, NO_PART):
        with suppress(ValueError):
            found.add(own.say(key))
    return found


def _behind(asked: Analysis, answer: Answer, given: Texts, most: int) -> list[Way | None]:
    if any(column.name == NAMING for column in answer.columns):
        return [Way(customer=str(row[NAMING])) if row[NAMING] else None for row in answer.rows[:most]]
    if asked.name == "funnel":
        return _dropped(asked, answer.rows[:most], given)
    told = ROWS.get(asked.name, _of_part)
    return [told(asked, row, given) for row in answer.rows[:most]]


def _dropped(asked: Analysis, rows: Sequence[Row], given: Texts) -> list[Way | None]:
    """Of each step of a funnel, those who stopped after it."""
    kind, seen = find("funnel_dropped"), Counter[object]()
    ways: list[Way | None] = []
    for row in rows:
        part = row.get("breakdown")
        seen[part] += 1
        of_part = _within(asked.breakdown, part, given) if asked.breakdown else given
        after = {"after": str(seen[part])}
        ways.append(
            Way(question=kind.name, given=_shared(of_part, kind) | after)
            if row["left"] and of_part is not None
            else None
        )
    return ways


def _same(name: str) -> Callable[[Any, Row, Texts], Way | None]:
    """Of a row that is a value of a dimension, the customers with it; `name` is the parameter that says which."""

    def way(asked: Any, row: Row, given: Texts) -> Way | None:
        split = _within(getattr(asked, name), row.get("part", row.get("group")), given)
        return Way(question="customers", given=_shared(split, find("customers"))) if split else None

    return way


def _of_part(asked: Analysis, row: Row, given: Texts) -> Way | None:
    """Of a row of one part of a breakdown, the customers in it."""
    split = _within(asked.breakdown, row.get("breakdown"), given)
    return Way(question="customers", given=_shared(split, find("customers"))) if split else None


def _within(dimension: str, value: object, given: Texts) -> Texts | None:
    """The same, of those alone who have this value of a dimension."""
    if (
        dimension not in DIMENSIONS
        or not isinstance(value, str)
        or not value
        or "|" in value
        or " and " in value
    ):
        return None
    before = given.get("segment", "")
    return {**given, "segment": f"{before} and {dimension}={value}" if before else f"{dimension}={value}"}


def _shared(given: Texts, kind: type[Analysis]) -> Texts:
    own = kind.model_fields
    return {name: text for name, text in given.items() if name in FRAME or (name in SHARED and name in own)}


def _moved(asked: Any, row: Row, given: Texts) -> Way | None:
    """Of a way between two customer segments, those who went it."""
    kind = find("segment_movers")
    return Way(
        question=kind.name, given={**_shared(given, kind), "came_from": row["one"], "went_to": row["two"]}
    )


RATES = (
    "net",
    "payment_fees",
    "parcel_cost",
    "minute_cost",
    "point_value",
    "vat_percent",
    "resold",
)  # which money counts
SHARED = ("gone_days", "steps", "order", "within", "exclude", "optional", "margin", "days", "by", *RATES)
ROWS: dict[str, Callable[[Any, Row, Texts], Way | None]] = {
    "demographics": _same("by"),
    "profitability": _same("by"),
    "breakdown": _same("dimension"),
    "segment_moves": _moved,
}
