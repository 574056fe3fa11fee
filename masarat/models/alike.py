"""A share of one group against that of others who are alike: direct standardisation, stratum by stratum, with how sure the difference is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from masarat.models.proportions import CHANCE
from masarat.models.student import reach, two_sided

SURE = 30  # on either side, below which nothing is compared


@dataclass(frozen=True, slots=True)
class Alike:
    """Of `count` members who have others like them, the share that did it; the share of those others, weighted as the members are."""

    count: int
    left_out: int  # members without anybody like them
    share: float
    like_share: float
    low: float  # of the difference, 95 %
    high: float
    chance: float

    @property
    def difference(self) -> float:
        return self.share - self.like_share


def alike(strata: Iterable[tuple[int, int, int, int]]) -> Alike | None:
    """Each stratum as (members, of them did, others, of them did); none where too few can be compared.

    The others of a stratum stand for its members as many times as there are members. Shares of small strata are drawn to that of all others by
    one observation, and that of the members by half an observation, so that none counts as certain. The others are worth as many as equally weighted ones
    of the same variance (Kish 1965).

    >>> found = alike([(50, 10, 100, 50), (50, 10, 100, 30), (7, 7, 0, 0)])
    >>> (found.count, found.left_out, found.share, round(found.like_share, 2), found.chance < 0.01)
    (100, 7, 0.2, 0.4, True)
    """
    told = list(strata)
    known = [each for each in told if each[0] and each[2]]
    count = sum(members for members, *_ in known)
    if count < SURE:
        return None
    worth = count**2 / sum(members**2 / others for members, _, others, _ in known)
    if worth < SURE:
        return None
    pooled = sum(did for *_, did in known) / sum(others for _, _, others, _ in known)
    share = sum(did for _, did, _, _ in known) / count
    like = sum(members * did / others for members, _, others, did in known) / count
    own = (share * count + 0.5) / (count + 1)
    variance = own * (1 - own) / count
    for members, _, others, did in known:
        drawn = (did + pooled) / (others + 1)
        variance += (members / count) ** 2 * drawn * (1 - drawn) / others
    spread, freedom = sqrt(variance), count + worth - 2
    half = reach(CHANCE, round(freedom)) * spread
    gap = share - like
    return Alike(
        count,
        sum(members for members, *_ in told) - count,
        share,
        like,
        gap - half,
        gap + half,
        two_sided(gap / spread, freedom),
    )
