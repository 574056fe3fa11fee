"""Student's t: how often chance alone goes so far, and how far it goes so often. Degrees of freedom need not be whole."""

from __future__ import annotations

from functools import cache
from math import exp, inf, lgamma, log, log1p

TINY, CLOSE, TURNS = 1e-300, 1e-10, 500


def two_sided(t: float, freedom: float) -> float:
    """The chance of a value at least as far from zero on either side.

    >>> round(two_sided(2.0, 10), 5)
    0.07339
    """
    return _beta(freedom / 2, 0.5, freedom / (freedom + t * t)) if t else 1.0


@cache
def reach(chance: float, freedom: float) -> float:
    """How far from zero values go, on both sides together, with this chance: 1.96 for 0.05 and many degrees of freedom.

    >>> round(reach(0.05, 10), 4)
    2.2281
    """
    low, high = 0.0, 1.0
    while two_sided(high, freedom) > chance and high < 1e9:
        high *= 2
    while high - low > CLOSE * high:
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > chance else (low, middle)
    return high


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    upper, lower = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found, last = lower, inf
    turn = 1
    while abs(last - 1) > CLOSE and turn < TURNS:
        for term in (
            turn * (b - turn) * x / ((a + 2 * turn - 1) * (a + 2 * turn)),
            -(a + turn) * (a + b + turn) * x / ((a + 2 * turn) * (a + 2 * turn + 1)),
        ):
            lower = 1 / _away(1 + term * lower)
            upper = _away(1 + term / upper)
            last = lower * upper
            found *= last
        turn += 1
    return found


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY
