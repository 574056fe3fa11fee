"""The picture of what followed what: the most frequent items of each order, the others together, and who did not come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from masarat.analyse.base import Found
from masarat.store import Row

DRAWN = 5  # items of each order


def flow(found: Found, ways: Sequence[Row]) -> list[Row]:
    """Bands: place, next (empty where nobody came back), customers, their share of those at this order, and the order's number."""
    bands: dict[tuple[int, str, str], int] = defaultdict(int)
    tops = {nth: _top(ways, nth) for nth in (1, 2, 3)}
    others, everybody = found.say("the-others"), {row["nth"]: row["everybody"] for row in ways}
    for row in ways:
        nth = row["nth"]
        here = row["here_name"] if row["here"] in tops[nth] else others
        after = (row["after_name"] if row["after"] in tops[nth + 1] else others) if row["is_back"] else ""
        bands[nth, here, after] += row["customers"]
    return [
        {"place": here, "next": after, "count": count, "part": count / everybody[nth], "step": nth}
        for (nth, here, after), count in sorted(
            bands.items(), key=lambda band: (band[0][0], -band[1], band[0])
        )
    ]


def _top(ways: Sequence[Row], nth: int) -> set[str]:
    """The items that most customers had in this order; of the third, which only follows, by where the second led."""
    counts: dict[str, int] = {}
    for row in ways:
        if row["nth"] == nth:
            counts[row["here"]] = row["of"]
        elif nth == 3 and row["nth"] == 2 and row["is_back"]:
            counts[row["after"]] = row["into"]
    return set(sorted(counts, key=lambda item: (-counts[item], item))[:DRAWN])
