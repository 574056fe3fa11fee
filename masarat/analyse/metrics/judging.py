"""What a figure is worth: against its target, and against the period before."""

from __future__ import annotations

from typing import Literal

from masarat.analyse.metrics.base import Metric
from masarat.models.proportions import CHANCE
from masarat.records.targets import Target

FEWEST = 30  # visits, carts, answers, customers: a rate of fewer is not judged

State = Literal["good", "watch", "alert", "no-target", "too-little"]
Verdict = Literal["better", "worse", "chance", "untold"]


def state(metric: Metric, value: float | None, sample: int, target: Target | None) -> State:
    """Good where the target is met, alert where its alert level is reached, and to be watched between the two."""
    if value is None or (sample < FEWEST and not metric.counts):
        return "too-little"
    if target is None:
        return "no-target"
    sign = 1 if metric.good == "more" else -1
    if sign * value >= sign * target.goal:
        return "good"
    return "alert" if target.alert is not None and sign * value <= sign * target.alert else "watch"


def verdict(metric: Metric, now: float | None, before: float | None, chance: float | None) -> Verdict:
    """Whether the change is more than chance, and for the better."""
    if now is None or before is None or chance is None:
        return "untold"
    if chance > CHANCE or now == before:
        return "chance"
    return "better" if (now > before) == (metric.good == "more") else "worse"
