"""Fellegi–Sunter: which records are of one person, learned from the records themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from masarat.models.linkage.blocking import Blocking
from masarat.models.linkage.comparison import Comparison, Floats, Levels
from masarat.models.linkage.evidence import Evidence
from masarat.models.linkage.fitting import (
    BELIEF_OF_CHANCE,
    BELIEF_OF_MATCHES,
    Beliefs,
    Patterns,
    bits,
    learn,
    posterior,
    settle,
    shares,
    total,
)

ROUNDS = 2
BOUNDS = Blocking()


@dataclass(frozen=True, slots=True)
class Linkage:
    """What is compared, and the bounds within which pairs are looked for.

    linkage = Linkage((Comparison("name"), Comparison("phone", edits, (0.9,), strong=True)))
    evidence = linkage.compare(records)
    pairs = linkage.fit(evidence).judge(evidence, threshold=0.5)
    """

    comparisons: tuple[Comparison, ...]
    bounds: Blocking = BOUNDS

    def compare(self, frame: pl.DataFrame, across: str | None = None) -> Evidence:
        """All pairs worth looking at. `across` names a column: only records that differ in it are compared."""
        return Evidence.of(frame, self.comparisons, self.bounds, across)

    def fit(self, evidence: Evidence) -> Model:
        """Learn how telling each agreement is. What looks like chance at first has pairs of one person in it: they are
        taken out in a second round."""
        beliefs = Beliefs.of(self.comparisons)
        chance = evidence.chance.tally(evidence.chance.counts, beliefs.u.shape[1])
        u = shares(chance, beliefs.u, BELIEF_OF_CHANCE)
        model = self._learned(evidence, beliefs, u)
        for _ in range(ROUNDS - 1):
            matches = chance.sum(axis=1, keepdims=True) * model.prior * model.m
            u = shares(np.maximum(chance - matches, 0), beliefs.u, BELIEF_OF_CHANCE)
            model = self._learned(evidence, beliefs, u)
        return model

    def _learned(self, evidence: Evidence, beliefs: Beliefs, u: Floats) -> Model:
        counts = np.zeros_like(u)
        for field, each in enumerate(self.comparisons):
            places = evidence.blocked.places[each.field]
            agreeing = evidence.levels[places[evidence.levels[places, field] == each.top]]
            if len(agreeing):
                counts += learn(Patterns.of(agreeing), u, beliefs, field)
        m = shares(counts, beliefs.m, BELIEF_OF_MATCHES)
        said = total(evidence.levels, bits(m, u)) + evidence.rarity
        return Model(self.comparisons, m, u, settle(said, evidence.all_pairs))


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: `m` and `u` hold a row a field (the column of a level is its number + 1), `prior` is the share of
    all pairs that are of one person."""

    comparisons: tuple[Comparison, ...]
    m: Floats
    u: Floats
    prior: float

    def judge(self, evidence: Evidence, threshold: float = 0.5) -> pl.DataFrame:
        """Pairs at or above the threshold, the likeliest first: row numbers `left` and `right`, `probability`, whether a strong
        field is the very same, and for each field its level and the bits it speaks for (or against) one person."""
        weights = bits(self.m, self.u)
        probability = posterior(total(evidence.levels, weights) + evidence.rarity, self.prior)
        kept = np.flatnonzero(probability >= threshold)
        levels = evidence.levels[kept]
        strong = np.zeros(len(kept), dtype=bool)
        columns: dict[str, Floats | Levels] = {}
        for field, each in enumerate(self.comparisons):
            strong |= each.strong & (levels[:, field] == each.top)
            columns[f"{each.field}_level"] = levels[:, field]
            columns[f"{each.field}_bits"] = weights[field, levels[:, field] + np.int64(1)]
        known = {"left": evidence.blocked.left[kept], "right": evidence.blocked.right[kept]}
        frame = pl.DataFrame({**known, "probability": probability[kept], "strong": strong, **columns})
        return frame.sort("probability", "left", "right", descending=[True, False, False])
