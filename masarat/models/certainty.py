"""Which of the pairs that are likely enough may be merged without asking anybody: those where every one of a group agrees with every other.

Omar may be عمر and may be عمار, who are brothers: where Omar agrees with both and they do not with each other, nobody is merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Two = tuple[str, str]


def agreed(pairs: Iterable[Two]) -> list[Two]:
    """Of each such group the pairs that join it: the first of its texts with each of the others.

    >>> agreed([("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f")])
    [('a', 'b'), ('a', 'c')]
    """
    with_whom: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        with_whom[one] |= {one, other}
        with_whom[other] |= {one, other}
    groups = {
        tuple(sorted(group))
        for group in with_whom.values()
        if all(with_whom[member] == group for member in group)
    }
    return [(first, other) for first, *others in sorted(groups) for other in others]
