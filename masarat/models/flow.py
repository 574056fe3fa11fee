"""Flows: which places and links of many paths are worth drawing, and what is left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """How many paths went from one place to the next at a step; `after` is empty where they ended."""

    step: int
    place: str
    after: str
    paths: int
    through: int  # all paths that came to `place` at this step, wherever they went


def flow(links: Iterable[Link], least: int, most: int, other: str, onward: str) -> list[Link]:
    """The links among the `most` largest places of each step that at least `least` paths came to.

    What went from these to any other place is one link to `other`. `onward` is what stands for going on beyond the last step: a
    link that is counted but not shown. Links come in the order of steps, the largest places first.
    """
    found = list(links)
    kept = _kept(found, least, most)
    shown: list[Link] = []
    known: dict[tuple[int, str], int] = defaultdict(int)
    for link in sorted(
        found, key=lambda link: (link.step, -link.through, link.place, -link.paths, link.after)
    ):
        if link.place not in kept[link.step]:
            continue
        if link.after in ("", onward) or link.after in kept[link.step + 1]:
            known[link.step, link.place] += link.paths
            shown += [link] if link.after != onward else []
    rest = [
        Link(step, place, other, through - known[step, place], through)
        for step, places in kept.items()
        for place, through in places.items()
        if through > known[step, place]
    ]
    return sorted(shown + rest, key=lambda link: (link.step, -link.through, link.place, link.after == other))


def _kept(links: Iterable[Link], least: int, most: int) -> dict[int, dict[str, int]]:
    """Of each step, the largest places and how many paths came through them."""
    through: dict[int, dict[str, int]] = defaultdict(dict)
    for link in links:
        through[link.step][link.place] = link.through
    ranked = {
        step: sorted(places.items(), key=lambda place: (-place[1], place[0]))[:most]
        for step, places in through.items()
    }
    kept = {
        step: {place: paths for place, paths in places if paths >= least} for step, places in ranked.items()
    }
    return defaultdict(dict, kept)
