"""Targets as the merchant set them: what a metric should come to, at what it is alarming, since when, and set by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from masarat.records import Records
from masarat.records.audit import note
from masarat.records.models import TargetRecord

EVER = date(1970, 1, 1)  # since when a target holds that names no day


@dataclass(frozen=True, slots=True)
class Target:
    """What a metric should come to. A goal of a period (revenue, orders, customers: see `pacing`) names it; any other has none."""

    metric: str
    goal: float
    alert: float | None = None
    since: date = EVER
    period: str = ""
    author: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"since": None if self.since == EVER else self.since.isoformat()}


def standing(targets: Iterable[Target], metric: str, day: date) -> Target | None:
    """The target of a metric that holds on a day: the newest begun by then."""
    begun = [one for one in targets if one.metric == metric and not one.period and one.since <= day]
    return max(begun, key=lambda one: one.since, default=None)


def targets(records: Records) -> list[Target]:
    """All of them, by metric, the oldest first."""
    with records.transaction() as t:
        kept = t.scalars(
            select(TargetRecord).order_by(TargetRecord.metric, TargetRecord.period, TargetRecord.since)
        ).all()
        return [Target(one.metric, one.goal, one.alert, one.since, one.period, one.author) for one in kept]


def keep(records: Records, target: Target) -> None:
    """Let a target hold; another of the same metric, period and day gives way."""
    with records.transaction() as t:
        t.merge(TargetRecord(metric=target.metric, period=target.period, since=target.since, goal=target.goal,
                             alert=target.alert, author=target.author[:600]))  # fmt: skip
        note(t, target.author, "changed", "targets", [target.metric])


def remove(records: Records, metric: str, actor: str) -> int:
    """Away with all targets of a metric; how many there were."""
    with records.transaction() as t:
        kept = t.scalars(select(TargetRecord).where(TargetRecord.metric == metric)).all()
        for one in kept:
            t.delete(one)
        if kept:
            note(t, actor, "changed", "targets", [metric])
    return len(kept)
