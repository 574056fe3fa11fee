"""Which part made the change of a whole, and whether by its size or by its rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Pair = tuple[float, float]  # usual, now

MUCH = 0.4  # of the change, at least, for a part to be said to have made it …
MORE = 0.1  # … and so much more than its usual share of the whole


@dataclass(frozen=True, slots=True)
class Part:
    """What a part has of the change of the whole: 1 is all of it; more than 1 where others went the other way. `mix` is what came of its weight."""

    name: str
    share: float
    usual: float  # its share of the whole as it usually is
    mix: float = 0.0


def of_sum(parts: Mapping[str, Pair], whole: Pair) -> list[Part]:
    """Of amounts that add up, the part that explains most beyond its size first (after Bhagwan et al., Adtributor, 2014).

    >>> [(part.name, round(part.share, 2)) for part in of_sum({"a": (60, 45), "b": (40, 35)}, (100, 80))]
    [('a', 0.75), ('b', 0.25)]
    """
    gap = whole[1] - whole[0]
    if not gap or not whole[0]:
        return []
    return _ranked([Part(name, (now - was) / gap, was / whole[0]) for name, (was, now) in parts.items()])


def of_rate(parts: Mapping[str, tuple[Pair, Pair]], whole: tuple[Pair, Pair]) -> list[Part]:
    """Of a rate (amount and base, each usual and now): what each part adds by its own rate, and by having more or less of the base.

    The rate of the whole changes by Σ (w′ − w)·(r − R) + w′·(r′ − r), with w the share of the base, r the part's rate and R that of the whole.

    >>> part, _ = of_rate({"a": ((30, 10), (100, 100)), "b": ((10, 10), (100, 100))}, ((40, 20), (200, 200)))
    >>> part.name, round(part.share, 3), round(abs(part.mix), 3)
    ('a', 1.0, 0.0)
    """
    (amount, amount_now), (base, base_now) = whole
    if not base or not base_now:
        return []
    rate, gap = amount / base, amount_now / base_now - amount / base
    if not gap:
        return []
    found = []
    for name, ((was, now), (of, of_now)) in parts.items():
        weight, weight_now = of / base, of_now / base_now
        own, own_now = was / of if of else rate, now / of_now if of_now else (was / of if of else rate)
        mix = (weight_now - weight) * (own - rate)
        found.append(Part(name, (mix + weight_now * (own_now - own)) / gap, weight, mix / gap))
    return _ranked(found)


def _ranked(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (-(part.share - part.usual), part.name))


def maker(parts: list[Part]) -> Part | None:
    """The part that made the change, where one did."""
    if parts and parts[0].share >= MUCH and parts[0].share - parts[0].usual >= MORE:
        return parts[0]
    return None
