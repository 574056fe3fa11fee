"""How telling each level of agreement is: m among pairs of one person, u among pairs of two, learned without any labels.

u comes from random pairs, nearly all of which are of two persons. m comes from expectation–maximisation within blocks: among the
records that agree on one field, the other fields tell one person from two. A block tells nothing of the field it agrees on,
so each field is learned in the blocks of the others. (Fellegi and Sunter, JASA 64, 1969; Winkler, 1988.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from masarat.models.linkage.comparison import Comparison, Floats, Levels

ROUNDS = 100
STILL = 1e-4
LEAST = 1e-6
# What we believe before seeing records weighs as much as so many pairs.
BELIEF_OF_MATCHES, BELIEF_OF_CHANCE = 10, 1000


@dataclass(frozen=True, slots=True)
class Patterns:
    """The different rows of a matrix of levels, and how often each comes."""

    levels: Levels
    counts: Floats

    @classmethod
    def of(cls, levels: Levels) -> Patterns:
        base = np.int64(levels.max(initial=0) + 2)
        keys = (levels + np.int64(1)) @ base ** np.arange(levels.shape[1], dtype=np.int64)
        _, first, counts = np.unique(keys, return_index=True, return_counts=True)
        return cls(levels[first], counts.astype(np.float64))

    def tally(self, weights: Floats, width: int) -> Floats:
        """How much weight each level of each field has: a row a field; the column of a level is its number + 1."""
        fields = self.levels.shape[1]
        places = self.levels + np.int64(1) + width * np.arange(fields)
        counts = np.bincount(places.ravel(), np.repeat(weights, fields), width * fields)
        counts[::width] = 0
        return np.asarray(counts.reshape(fields, width), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is thought of each level before any record is seen; learning starts there and small data stay near it."""

    m: Floats
    u: Floats

    @classmethod
    def of(cls, comparisons: Sequence[Comparison]) -> Beliefs:
        width = max(each.top for each in comparisons) + 2
        m, u = np.zeros((2, len(comparisons), width))
        for row, each in enumerate(comparisons):
            m[row, 1 : each.top + 1], m[row, each.top + 1] = 0.1 / each.top, 0.9
            u[row, 2 : each.top + 2] = each.chance
            u[row, 1] = 1 - each.top * each.chance
        return cls(m, u)


def shares(counts: Floats, belief: Floats, weight: float) -> Floats:
    """Counts as shares of each field, the belief counted in."""
    believed = counts + belief * weight
    return np.asarray(believed / believed.sum(axis=1, keepdims=True), dtype=np.float64)


def bits(m: Floats, u: Floats) -> Floats:
    """log₂ of how many times likelier a level is for one person than for two; 0 where nothing is known."""
    ratio = np.divide(m, u, out=np.ones_like(m), where=u > 0)
    return np.asarray(np.log2(np.maximum(ratio, LEAST)), dtype=np.float64)


def total(levels: Levels, weights: Floats) -> Floats:
    """The weights of each row of levels, summed."""
    picked = weights[np.arange(levels.shape[1]), levels + np.int64(1)]
    return np.asarray(picked.sum(axis=1), dtype=np.float64)


def posterior(evidence: Floats, prior: float) -> Floats:
    """The probability of one person from bits of evidence and the probability before any."""
    odds = np.clip(evidence + np.log2(prior / (1 - prior)), -60, 60)
    return np.asarray(1 / (1 + np.exp2(-odds)), dtype=np.float64)


def learn(patterns: Patterns, u: Floats, beliefs: Beliefs, field: int) -> Floats:
    """Expectation–maximisation in a block that agrees on `field`: how many pairs of one person show each level of the others."""
    m, prior, everything = beliefs.m, 0.5, patterns.counts.sum()
    counts = np.zeros_like(m)
    for _ in range(ROUNDS):
        weights, before = bits(m, u), m
        weights[field] = 0
        matches = posterior(total(patterns.levels, weights), prior) * patterns.counts
        counts = patterns.tally(matches, m.shape[1])
        m = shares(counts, beliefs.m, BELIEF_OF_MATCHES)
        prior = float(np.clip(matches.sum() / everything, LEAST, 1 - LEAST))
        if np.abs(m - before).max() < STILL:
            break
    counts[field] = 0
    return counts


def settle(evidence: Floats, pairs: float) -> float:
    """The share of all pairs that are of one person, where it agrees with itself: pairs never compared count as of two."""
    prior = min(max(len(evidence), 1) / pairs, 0.5)
    for _ in range(ROUNDS):
        before, prior = prior, float(np.clip(posterior(evidence, prior).sum() / pairs, LEAST / pairs, 0.5))
        if abs(prior - before) < STILL * before:
            break
    return prior
