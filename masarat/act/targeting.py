"""Targets of metrics and goals of periods: read from what people write, checked, kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from masarat.analyse.metrics import METRICS
from masarat.analyse.pacing import GOALS
from masarat.analyse.period import read_period
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, targets
from masarat.records.targets import EVER, Target

FIELDS = ("metric", "goal", "alert", "since", "period")
HOW = "Write it as a number or a percentage: 0.4 or 40%."


def set_target(records: Records, given: Mapping[str, Any], actor: str, today: date) -> Target:
    """Let a target hold; BadParameter or UnknownName say what is wrong with it."""
    for name in given:
        if name not in FIELDS:
            raise UnknownName("field of a target", name, list(FIELDS))
    metric, period = str(given.get("metric") or ""), str(given.get("period") or "")
    since = _day(given.get("since"))
    if metric in GOALS:
        if not period or since != EVER or given.get("alert") not in (None, ""):
            raise BadParameter(
                f"A goal of {metric} is one of a period, and has no alert level.",
                "Give its period, like 2026-11 or ramadan_1447.",
            )
        first, last = _days(period, today)
        target = Target(
            metric, _number(given.get("goal"), share=False), None, EVER, f"{first}..{last}", actor
        )
        if target.goal <= 0:
            raise BadParameter("A goal is above nothing.", "Give it as a number above 0.")
    else:
        target = _of_metric(metric, given, since, actor)
        if period:
            raise BadParameter(f"The target of {metric} has no period.", "Give since, the day it holds from.")
    targets.keep(records, target)
    return target


def _of_metric(metric: str, given: Mapping[str, Any], since: date, actor: str) -> Target:
    found = next((one for one in METRICS if one.name == metric), None)
    if found is None:
        raise UnknownName("metric", metric, [*(one.name for one in METRICS), *GOALS])
    share = found.kind == "percent"
    goal = _number(given.get("goal"), share=share)
    told = given.get("alert")
    alert = None if told in (None, "") else _number(told, share=share)
    sign = 1 if found.good == "more" else -1
    if alert is not None and sign * alert >= sign * goal:
        worse = "below" if found.good == "more" else "above"
        raise BadParameter(
            f"The alert level of {metric} is no worse than its target.", f"Give one {worse} the target."
        )
    return Target(metric, goal, alert, since, "", actor)


def _number(given: Any, *, share: bool) -> float:
    text = str(given if given is not None else "").strip().replace("٪", "%").replace(",", "")
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise BadParameter(f"{text!r} is no number.", HOW) from None
    if isinstance(given, bool) or not -1e15 < value < 1e15 or (share and not 0 <= value <= 1):
        raise BadParameter(f"{text!r} is out of bounds.", HOW)
    if text.endswith("%") and not share:
        raise BadParameter(f"{text!r}: this is no share.", "Write it as a number.")
    return value


def _day(given: Any) -> date:
    if given in (None, ""):
        return EVER
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise BadParameter(f"{given!r} is no day.", "Write it as 2026-01-31.") from None


def _days(text: str, today: date) -> tuple[date, date]:
    period = read_period(text, today, (today, today))
    if not period.bounded:
        raise BadParameter("A goal needs a period with an end.", "Give one like 2026-11 or ramadan_1447.")
    return period.first, period.last
