"""Metrics of a frame: the SQL that sums up their readings, and what the sums come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.metrics.base import Metric, Reading
from masarat.models import ratios
from masarat.models.proportions import interval
from masarat.models.ratios import Ratio
from masarat.store import Query, Row

GROUPS = 100  # into which customers are dealt, so that several moves of one do not pass for independent
PARTS = 12  # of a breakdown, the largest

# Of all, of each bucket, of each group, and of the parts of a breakdown: in one pass. Without a breakdown there is one part, which is all.
LEVELS = """
SELECT {start} AS start, {part} AS breakdown, {slot} AS slot, grouping(start) = 0 AS is_timed, {parted} AS is_part,
       grouping(slot) = 0 AS is_slot, toFloat64({top}) AS top, toFloat64({bottom}) AS bottom
FROM facts GROUP BY GROUPING SETS ({sets})"""

LARGEST = """
SELECT *, dense_rank() OVER (PARTITION BY is_part ORDER BY size DESC, breakdown) AS place
FROM (SELECT *, maxIf({size}, NOT is_timed) OVER (PARTITION BY is_part, breakdown) AS size FROM levels)"""

SHOWN = """
SELECT start, breakdown, slot, is_timed, is_part, is_slot, top, bottom{parts}
FROM {source} ORDER BY is_slot, is_part, is_timed, {order}start, breakdown, slot"""

SLOTS = """
SELECT '{name}' AS reading, {slot} AS slot, grouping(slot) = 1 AS is_whole,
       [{tops}] AS tops, [{bottoms}] AS bottoms
FROM facts GROUP BY GROUPING SETS ((slot), ())"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric of one period."""

    metric: Metric
    top: float
    bottom: float
    sure: Ratio | None

    @property
    def value(self) -> float | None:
        return self.metric.value(self.top, self.bottom)

    @property
    def sample(self) -> int:
        return self.metric.sample(self.top, self.bottom)

    @property
    def between(self) -> tuple[float | None, float | None]:
        """Between what the figure lies: Wilson's interval of a share, Student's of the groups otherwise; none of what is simply counted."""
        metric = self.metric
        if metric.counts or metric.runs or self.value is None:
            return None, None
        if metric.kind == "percent":
            return interval(self.top, self.bottom) or (None, None)
        return self.sure.interval() if self.sure and self.sure.variance else (None, None)

    def chance(self, before: Measured | None) -> float | None:
        """How often chance alone would change it so much since the period before."""
        if before is None or self.metric.runs or self.value is None or before.value is None:
            return None
        return ratios.chance(self.sure, before.sure)


def levels(frame: Frame, metric: Metric, by: Bucket) -> dict[str, str]:
    """The steps up to `shown`: the metric of all, of each bucket, and of the largest parts of a breakdown and each of their buckets."""
    split = bool(frame.breakdown)
    found = {
        **metric.reading.steps(frame),
        "levels": LEVELS.format(
            start=frame.bucket(by),
            part="breakdown" if split else "''",
            parted="grouping(breakdown) = 0" if split else "false",
            top=metric.top,
            bottom=metric.bottom,
            slot=_slot(by_days=metric.by_days),
            sets="(), (start), (slot), (breakdown), (start, breakdown)" if split else "(), (start), (slot)",
        ),
    }
    if not split:
        return found | {"shown": SHOWN.format(source="levels", parts="", order="")}
    size = "top" if metric.counts else "bottom"
    largest = (
        f"(SELECT *, max(place) OVER (PARTITION BY is_part) AS parts FROM largest) WHERE place <= {PARTS}"
    )
    return found | {
        "largest": LARGEST.format(size=size),
        "shown": SHOWN.format(source=largest, parts=", parts", order="place, "),
    }


def _slot(*, by_days: bool) -> str:
    """The group that a row is dealt into: its day, or that of whose it is."""
    return "toUInt32(day)" if by_days else f"toUInt32(cityHash64(who) % {GROUPS})"


def slots(frame: Frame, metrics: Iterable[Metric]) -> dict[str, str]:
    """A step a reading, with the sums of all its metrics, whole and in groups; those of nothing that ever happened are left out."""
    found = {}
    for (reading, by_days), its in _together(frame, metrics).items():
        steps = reading.steps(frame)
        name = f"{reading.name}_{'days' if by_days else 'people'}"
        own = Query(
            {
                **steps,
                "summed": SLOTS.format(
                    name=name,
                    slot=_slot(by_days=by_days),
                    tops=", ".join(f"toFloat64({metric.top})" for metric in its),
                    bottoms=", ".join(f"toFloat64({metric.bottom})" for metric in its),
                ),
            }
        ).sql()
        found[name] = f"SELECT * FROM (\n{own}\n)"
    return found


def values(frame: Frame, metrics: Iterable[Metric]) -> dict[str, Any]:
    """What the readings of these metrics bind; two of them never bind one name to different values."""
    found: dict[str, Any] = dict(frame.values)
    for reading, _ in _together(frame, metrics):
        own = reading.values(frame)
        assert all(found.get(name, value) == value for name, value in own.items()), reading.name
        found |= own
    return found


def _together(frame: Frame, metrics: Iterable[Metric]) -> Mapping[tuple[Reading, bool], list[Metric]]:
    """Metrics that are summed up in one pass."""
    found: dict[tuple[Reading, bool], list[Metric]] = {}
    for metric in metrics:
        if not metric.reading.missing(frame):
            found.setdefault((metric.reading, metric.by_days), []).append(metric)
    return found


def measured(frame: Frame, metrics: Sequence[Metric], rows: Sequence[Row]) -> dict[str, Measured]:
    """What the rows of `slots` come to, by metric."""
    found = {}
    for (reading, by_days), its in _together(frame, metrics).items():
        name = f"{reading.name}_{'days' if by_days else 'people'}"
        own = [row for row in rows if row["reading"] == name]
        for place, metric in enumerate(its):
            found[metric.name] = _measured(frame, metric, place, own)
    return found


def _measured(frame: Frame, metric: Metric, place: int, rows: Sequence[Row]) -> Measured:
    whole = next((row for row in rows if row["is_whole"]), None)
    top, bottom = (whole["tops"][place], whole["bottoms"][place]) if whole else (0.0, 0.0)
    parts = [(row["tops"][place], row["bottoms"][place]) for row in rows if not row["is_whole"]]
    return _sure(frame, metric, top, bottom, parts)


def one_measured(frame: Frame, metric: Metric, rows: Sequence[Row]) -> Measured:
    """What the rows of `levels` come to over all."""
    plain = [row for row in rows if not row["is_timed"] and not row["is_part"]]
    whole = next((row for row in plain if not row["is_slot"]), {"top": 0.0, "bottom": 0.0})
    parts = [(row["top"], row["bottom"]) for row in plain if row["is_slot"]]
    return _sure(frame, metric, whole["top"], whole["bottom"], parts)


def _sure(frame: Frame, metric: Metric, top: float, bottom: float, parts: Sequence[ratios.Sums]) -> Measured:
    days = frame.period.days
    if metric.counts:  # so much a day
        parts = [(one, 1.0) for one, _ in parts] + [(0.0, 1.0)] * max(0, days - len(parts))
    return Measured(metric, top, bottom, ratios.ratio(parts, days if metric.by_days else GROUPS))
