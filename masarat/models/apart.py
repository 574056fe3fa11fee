"""What sets a group apart from all: what most of it do and others less, and what it lacks though it is common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOSTLY, MORE = 0.5, 1.2  # of the group at least so many do it, so many times the share of all
COMMON, FEWER = 0.2, 1 / 3  # of all at least so many do it, of the group so many times that or fewer
MOST_DID, MOST_LACKED = 3, 2


@dataclass(frozen=True, slots=True)
class Apart:
    """Things that most of a group do (`again`: several times), and things that it lacks."""

    did: list[str]
    again: set[str]
    lacked: list[str]


def shares(levels: Ints, counts: Ints) -> Floats:
    """Of each thing (column) the share of a group that did it (level 1 and more), and that did it several times (level 2)."""
    weights = counts[:, None] / counts.sum()
    return np.stack([((levels >= level) * weights).sum(axis=0) for level in (1, 2)])


def apart(own: Floats, everybody: Floats, things: Sequence[str]) -> Apart:
    """What sets a group apart, from its shares and those of all; the greatest differences first.

    >>> told = apart(np.array([[0.9, 0.1], [0.8, 0]]), np.array([[0.5, 0.5], [0.2, 0.1]]), ["looks", "adds"])
    >>> told.did, told.again, told.lacked
    (['looks'], {'looks'}, ['adds'])
    """
    gaps, stands_out = own - everybody, (own >= MOSTLY) & (own >= MORE * everybody)
    gap = gaps.max(axis=0).round(9)  # so that the last digit decides nothing
    did = sorted(np.flatnonzero(stands_out.any(axis=0)), key=lambda at: (-gap[at], at))[:MOST_DID]
    lacks = np.flatnonzero((everybody[0] >= COMMON) & (own[0] <= FEWER * everybody[0]))
    lacked = sorted(lacks, key=lambda at: (gaps[0, at].round(9), at))[:MOST_LACKED]
    again = np.flatnonzero(stands_out[1])
    named = [[things[int(at)] for at in each] for each in (did, again, lacked)]
    return Apart(named[0], set(named[1]), named[2])
