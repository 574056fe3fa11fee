"""A model that foresees orders from visits: learnt from older weeks, judged on the last ones, and used only where there is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from masarat.analyse.frame import Frame
from masarat.analyse.intents import AFTERWARDS, DAY, PLACES, RULES, judged, values
from masarat.analyse.moves import moves
from masarat.analyse.people import OWNER
from masarat.models.forecasts import Group, auc, brier, calibration
from masarat.models.logistic import Logistic, fit
from masarat.store import Row

HELD = 4  # weeks that a model is judged by and does not learn from
WEEKS = 26  # before the end of the period that a model learns from
PARTS = (
    "pages", "length", *(rule.key for rule in RULES if rule.state != "blocked"),
    "trouble", "worth", "orders_before", "visits_before", "away",
)  # fmt: skip
LONG_AWAY = 60  # days: longer, or for ever, is the same


def features() -> str:
    """SQL: the numbers of a visit in the order of PARTS, of `afterwards` with `visits_before` and `away` (days since the visit before)."""
    logs = ["pages", "(until - begun) / 1000"]
    logs += [f"counts[{PLACES[rule.key]}]" for rule in RULES if rule.state != "blocked"]
    more = [
        "toFloat64(troubled)",
        "log1p(greatest(toFloat64(worth), 0))",
        "log1p(arrayCount(one -> one < begun, ordered))",
        "log1p(visits_before)",
        f"log1p(least(greatest(away, 0), {LONG_AWAY}))",
    ]
    return f"[{', '.join([f'log1p({each})' for each in logs] + more)}]"


# Each visit with what is known of its customer's visits before.
DESCRIBED = f"""
SELECT *, {{features}} AS features
FROM (
    SELECT *, row_number() OVER earlier - 1 AS visits_before,
           if(visits_before = 0, {LONG_AWAY}, (begun - lagInFrame(until) OVER earlier) / {DAY}) AS away
    FROM afterwards
    WINDOW earlier AS (PARTITION BY customer_id ORDER BY begun, visit ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)""".format(features=features())

FEWEST = 50  # orders (and visits without one) to learn from
FEWEST_HELD = 20  # and to be judged by

# Visits that did not end in an order and whose days are over: those held out last, at random within each part, at most so many.
SAMPLE = """
SELECT features, state, converted, held
FROM (
    SELECT features, state, converted, until >= {cut:Int64} AS held, customer_id, visit, until
    FROM described
    WHERE state != 5 AND decided AND until >= {learn_since:Int64} AND cityHash64(customer_id) % {one_in:UInt32} = 0 AND (until >= {cut:Int64} OR until + {days:Int64} <= {cut:Int64})
)
ORDER BY cityHash64(customer_id, visit), customer_id, visit LIMIT {most:UInt32} BY held"""
MOST = 20_000  # visits in each part
EVENTS = 3_000_000  # of so many events customers are sampled


def learnt_from(
    frame: Frame, days: int, weeks: int = HELD, *, beside: bool = False
) -> tuple[dict[str, str], dict[str, Any]]:
    """The steps to `described` and `sample`, over the weeks before the period's end, and what they bind.

    `described` has the visits of the customers in the sample; with `beside`, also of everybody with a visit in the period itself.
    """
    first = frame.period.last - timedelta(days=WEEKS * 7 - 1)
    first = min(first, frame.period.first) if beside else first
    wide = replace(frame, breakdown="", period=replace(frame.period, first=first))
    some = f"cityHash64({OWNER}) % {{one_in:UInt32}} = 0"
    recent = moves(wide, "session_id != '' AND toUnixTimestamp64Milli(ts) >= {since:Int64}")
    only = f"({some} OR {OWNER} GLOBAL IN (SELECT customer_id FROM recent))" if beside else some
    steps = {
        **({"recent": f"SELECT DISTINCT customer_id FROM ({recent})"} if beside else {}),
        **judged(wide, "visit", only=only),
        "afterwards": AFTERWARDS,
        "described": DESCRIBED,
        "sample": SAMPLE,
    }
    told = {
        "cut": _known_until(frame) - (days + weeks * 7) * DAY,
        "learn_since": frame.values["end"] - WEEKS * 7 * DAY,
        "since": frame.values["start"],
        "most": MOST,
        "one_in": one_in(frame),
    }
    return steps, values(wide, days) | told


def one_in(frame: Frame) -> int:
    """Of how many customers one is in the sample."""
    return max(1, sum(frame.facts.counts.values()) // EVENTS)


def _known_until(frame: Frame) -> int:
    """The end of the period, or of the last day with any event where that is earlier, in ms."""
    span = frame.facts.span(())
    last = min(frame.period.last, span[1]) if span else frame.period.last
    return int(replace(frame, period=replace(frame.period, first=last, last=last)).values["end"])


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A fitted model and how it did on the weeks that it was not shown, beside the rules and beside always saying the share."""

    model: Logistic
    learnt: int
    orders_learnt: int
    held: int
    base: float
    auc: float | None
    auc_rules: float | None
    brier: float
    brier_rules: float
    brier_base: float
    groups: list[Group]

    @property
    def skill(self) -> float:
        """How much of the misses of saying always the share it spares: 1 is all, 0 none."""
        return 1 - self.brier / self.brier_base

    @property
    def skill_rules(self) -> float:
        """The same of the rules."""
        return 1 - self.brier_rules / self.brier_base

    @property
    def helps(self) -> bool:
        """Whether it says more than the share alone, on weeks it was not shown."""
        return self.brier < self.brier_base

    def chances(self, features: Sequence[Sequence[float]]) -> list[float]:
        return [float(chance) for chance in self.model.chances(features)] if features else []

    @property
    def strongest(self) -> list[tuple[str, float]]:
        """What weighs most, with the logarithm by which one spread more of it multiplies the odds."""
        ranked = sorted(zip(PARTS, self.model.parts, strict=True), key=lambda one: (-abs(one[1]), one[0]))
        return [(part, float(weight)) for part, weight in ranked]


def foreseen(sample: Sequence[Row]) -> Foreseen | None:
    """The model of a sample; none where too few orders, or too few visits without one, are known on either side."""
    held = np.array([bool(row["held"]) for row in sample], dtype=bool)
    came = np.array([bool(row["converted"]) for row in sample], dtype=bool)
    if not _enough(came[~held], FEWEST) or not _enough(came[held], FEWEST_HELD):
        return None
    features = np.array([row["features"] for row in sample], dtype=float)
    states = np.array([row["state"] for row in sample])
    model = fit(features[~held], came[~held])
    said, rules = model.chances(features[held]), _by_rules(states, came, held)
    share = float(came[~held].mean())
    return Foreseen(
        model=model,
        learnt=int((~held).sum()),
        orders_learnt=int(came[~held].sum()),
        held=int(held.sum()),
        base=float(came[held].mean()),
        auc=auc(said, came[held]),
        auc_rules=auc(rules, came[held]),
        brier=brier(said, came[held]),
        brier_rules=brier(rules, came[held]),
        brier_base=brier(np.full(int(held.sum()), share), came[held]),
        groups=calibration(said, came[held]),
    )


def _enough(came: npt.NDArray[np.bool_], fewest: int) -> bool:
    return min(int(came.sum()), int((~came).sum())) >= fewest


def _by_rules(
    states: npt.NDArray[np.int_], came: npt.NDArray[np.bool_], held: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """What the rules foresee: the share that ordered after visits of the same state in the older weeks."""
    said = np.full(int(held.sum()), came[~held].mean(), dtype=float)
    for state in np.unique(states[~held]):
        said[states[held] == state] = came[~held & (states == state)].mean()
    return said
