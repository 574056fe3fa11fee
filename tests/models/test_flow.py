"""What of many paths is drawn, and what is left over."""

from __future__ import annotations

from masarat.models.flow import Link, flow

# Ten paths: six from a to b (two end there, four go on), three from a to c, one from z to c.
LINKS = [
    Link(1, "a", "b", 6, 9),
    Link(1, "a", "c", 3, 9),
    Link(1, "z", "c", 1, 1),
    Link(2, "b", "", 2, 6),
    Link(2, "b", "…", 4, 6),
    Link(2, "c", "…", 4, 4),
]


def test_everything_is_drawn_where_there_is_room():
    assert flow(LINKS, least=1, most=5, other="*", onward="…") == [LINKS[0], LINKS[1], LINKS[2], LINKS[3]]


def test_small_places_are_drawn_together():
    """Two places a step: z goes; one place a step: c goes too, and what went there is told as others."""
    assert flow(LINKS, least=2, most=5, other="*", onward="…") == [LINKS[0], LINKS[1], LINKS[3]]
    rest = Link(1, "a", "*", 3, 9)
    assert flow(LINKS, least=1, most=1, other="*", onward="…") == [LINKS[0], rest, LINKS[3]]


def test_nothing_is_nothing():
    assert flow([], least=1, most=5, other="*", onward="…") == []
