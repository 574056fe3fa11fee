"""Where a customer stands in their journey, by what they have done so far."""

from __future__ import annotations

from collections.abc import Mapping

from masarat.events import EVENT_NAMES, Stage

PROMOTER = 9  # of ten: whoever would recommend us


def stage_of(moves: Mapping[str, int], orders: int, recommends: float | None = None) -> Stage:
    """The farthest stage reached.

    advocacy: bought, and spoke of us (reviewed, shared, invited) or would recommend us (9 or 10 of 10). retention: bought more than once.
    purchase: bought once. consideration: put something in a cart or began to check out. interest: looked closer than a page. awareness: all others.
    """
    reached = {EVENT_NAMES[name].stage for name, times in moves.items() if times and name in EVENT_NAMES}
    if orders and ("advocacy" in reached or (recommends is not None and recommends >= PROMOTER)):
        return "advocacy"
    if orders:
        return "retention" if orders > 1 else "purchase"
    if reached & {"consideration", "purchase"}:
        return "consideration"
    return "interest" if reached - {"awareness"} else "awareness"
