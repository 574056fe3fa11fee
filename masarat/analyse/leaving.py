"""Who is about to leave, from what is known of customers and what a model says: what is at stake, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from masarat.models.churn import Churn, Known

Floats = npt.NDArray[np.float64]

PRIOR = 1.0  # order, as everybody's, that each customer's own pace is joined with
LIKELY = log(2)  # orders expected where one at least is as likely as not
HALF = 0.5
LONG_GONE = 6.0  # so many of their gaps without an order: gone rather than leaving
RETURNING = 0.2  # share of the orders, from which returns are a sign
TOLD = 3  # reasons

# A reason, and the numbers whose parts in the model speak for it.
SPEAKING: dict[str, tuple[str, ...]] = {
    "silent": ("recency", "ratio", "unusual", "lately", "gap"),
    "visits": ("visits_30", "visits_90", "visits_usual"),
    "opened": ("opened_90", "opened_usual"),
    "ticket": ("tickets_90",),
    "refused": ("refused",),
    "late": ("late",),
    "score": ("score",),
    "refunds": ("refunds",),
    "coupons": ("coupon_share",),
}
AMEND = ("ticket", "late", "refused", "score", "refunds")


@dataclass(frozen=True, slots=True)
class Leaving:
    """Of each customer: what they would usually bring in the days ahead, the chance that they will not order, and where they stand."""

    chances: Floats
    usual_orders: Floats
    usual_money: Floats
    at_stake: Floats
    at_risk: npt.NDArray[np.bool_]
    gone: npt.NDArray[np.bool_]


def leaving(known: Known, chances: Floats, days: int) -> Leaving:
    """At risk is who, at their own pace, would as likely as not order in the days ahead, more likely than not will not, and shows a sign of
    it (silence longer than usual, fewer visits, a trouble); gone is who has been silent for more than six of their gaps and longer than these days.

    The pace is orders after the first over the days from the first to the last, joined with one order at everybody's pace.
    """
    numbers = known.numbers
    tenure, gaps = numbers["tenure"], numbers["gaps"]
    everybody = float(gaps.sum()) / max(float(np.maximum(tenure, 1).sum()), 1.0)
    spans = tenure - numbers["recency"]
    pace = (gaps + PRIOR) / (spans + PRIOR / everybody) if everybody else np.zeros(len(gaps))
    orders = pace * days
    money = orders * numbers["order_value"]
    gone = (numbers["ratio"] > LONG_GONE) & (numbers["recency"] > days)
    used_to = (gaps > 0) & (orders >= LIKELY)
    signs = np.any([holds for reason, holds in signs_of(known).items() if reason != "coupons"], axis=0)
    at_risk = used_to & ~gone & (chances >= HALF) & signs
    return Leaving(chances, orders, money, money * chances, at_risk, used_to & gone)


def signs_of(known: Known) -> dict[str, npt.NDArray[np.bool_]]:
    """Of each reason, for whom it holds."""
    numbers = known.numbers
    return {
        "silent": numbers["ratio"] > 1,
        "visits": (numbers["visits_usual"] >= 1) & (numbers["visits_30"] <= HALF * numbers["visits_usual"]),
        "opened": (numbers["opened_usual"] >= 1) & (numbers["opened_90"] <= HALF * numbers["opened_usual"]),
        "ticket": numbers["tickets_90"] > 0,
        "refused": numbers["refused"] > 0,
        "late": numbers["late"] > 0,
        "score": (numbers["score"] >= 0) & (numbers["score"] <= HALF),
        "refunds": numbers["refunds"] >= RETURNING * numbers["orders"],
        "coupons": (numbers["coupon_share"] >= HALF) & (numbers["orders"] > 1),
    }


def reasons(signs: dict[str, npt.NDArray[np.bool_]], place: int, parts: dict[str, Floats]) -> list[str]:
    """Why a customer is at risk, the strongest first: what holds of them, in the order of its parts in the model where it has such. Silence
    longer than usual is always told; of the others what speaks for leaving."""
    there = [reason for reason in SPEAKING if signs[reason][place]]
    if not parts:
        return there[:TOLD]
    weight = {reason: sum(float(parts[name][place]) for name in SPEAKING[reason]) for reason in there}
    ranked = sorted(there, key=lambda reason: (reason != "silent", -weight[reason], there.index(reason)))
    return [reason for nth, reason in enumerate(ranked) if weight[reason] > 0 or not nth][:TOLD]


def parts_of(known: Known, churn: Churn | None) -> dict[str, Floats]:
    """By how much each number raises the chance of each customer (as logarithm of the odds), against a regular customer's mean."""
    regular = known.numbers["gaps"] > 0
    if churn is None or churn.reasons is None or not regular.any():
        return {}
    against = churn.reasons - churn.reasons[regular].mean(axis=0)
    return {name: against[:, nth] for nth, name in enumerate(churn.names)}


def action(reasons: Sequence[str], best: bool) -> str:
    """What to do first: mend what went wrong; call the best; offer to those who buy with coupons; remind the others."""
    if any(reason in AMEND for reason in reasons):
        return "amend"
    if best:
        return "call"
    return "offer" if "coupons" in reasons else "remind"
