"""What a picture over time tells beside its figures: seasons as soft bands behind them, noted days as numbered pins above.

Days stand as points do: a point is the middle of the day, week or month that it stands for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from masarat.analyse.answer import Noted
from masarat.analyse.noted import days_of, lengths
from masarat.analyse.seasons import bands
from masarat.show.noted import told
from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.scale import Scale, width
from masarat.show.pictures.svg import element, text
from masarat.words import LRI, PDI

SHADES = {"ramadan": 0.05}  # of ink; a feast that follows it is told from it
SHADE = 0.1
THIN = 2.0  # narrower than that a band is no band
ROW = 18.0  # height of the names of seasons, and of the pins under them
PIN, NUMBER = 7.5, 10.0  # radius of a pin, size of its number
APART = 4.0  # between two names, or two pins


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of one picture; `room` is how much higher than before they need it to begin."""

    canvas: Canvas
    days: Sequence[date]
    noted: Sequence[Noted]
    seasons: Sequence[tuple[str, date, date]]

    @property
    def marks(self) -> bool:
        return bool(self.noted or self.seasons)

    @property
    def room(self) -> float:
        return ROW if self.noted and self.seasons else 0.0

    def behind(self, across: Scale, up: Scale, edge: float = 0.0) -> list[str]:
        """The bands, the widest of them named as far as names have room; `edge` is what the first and the last place reach beyond their middle."""
        placed = [(self._ends(across, first, last, edge), name) for name, first, last in self.seasons]
        wide = [(ends, name) for ends, name in placed if ends[1] - ends[0] >= THIN]
        pieces = [self._band(up, ends, name) for ends, name in wide]
        taken: list[tuple[float, float]] = []
        for (start, end), name in sorted(wide, key=lambda each: each[0][0] - each[0][1]):
            words = self.canvas.speaker.say(name)
            half = width(words, NUMBER) / 2
            middle = min(max((start + end) / 2, across(-edge) + half), self.canvas.width - half)
            if all(middle + half + APART <= one or middle - half - APART >= other for one, other in taken):
                taken.append((middle - half, middle + half))
                y = up.end - 5 - (ROW if self.noted else 0.0)
                pieces.append(self.canvas.write(middle, y, words, "middle", size=NUMBER))
        return pieces

    def above(self, across: Scale, up: Scale, edge: float = 0.0) -> list[str]:
        """The pins: a dashed line each, and one number over those that stand too close together for their own."""
        pieces, groups = [], list[list[tuple[int, Noted, float]]]()
        for number, one in enumerate(self.noted, 1):
            x = self._at(across, one.day, 0.5, edge)
            pieces += self._line(across, up, one, x, edge)
            if groups and x - groups[-1][0][2] < 2 * PIN + APART:
                groups[-1].append((number, one, x))
            else:
                groups.append([(number, one, x)])
        return pieces + [self._pin(group, up) for group in groups]

    def _band(self, up: Scale, ends: tuple[float, float], name: str) -> str:
        tip = element("title", text(self.canvas.speaker.say(name)))
        return element(
            "rect", tip, x=ends[0], y=up.end, width=ends[1] - ends[0], height=up.start - up.end,
            fill=self.canvas.colours["ink"], fill_opacity=SHADES.get(name, SHADE),
        )  # fmt: skip

    def _line(self, across: Scale, up: Scale, one: Noted, x: float, edge: float) -> list[str]:
        """Down from the pin; of what took several days a stroke until the last."""
        quiet = self.canvas.colours["quiet"]
        pieces = [
            element(
                "line",
                x1=x,
                y1=up.end,
                x2=x,
                y2=up.start,
                stroke=quiet,
                stroke_width=1,
                stroke_dasharray="3 3",
            )
        ]
        if one.last > one.day:
            end = self._at(across, one.last, 0.5, edge)
            pieces.append(element("line", x1=x, y1=up.end, x2=end, y2=up.end, stroke=quiet, stroke_width=2))
        return pieces

    def _pin(self, group: list[tuple[int, Noted, float]], up: Scale) -> str:
        first, last = group[0][0], group[-1][0]
        words = str(first) if first == last else f"{LRI}{first}–{last}{PDI}"
        wide = max(2 * PIN, width(words, NUMBER) + 6)
        middle = (group[0][2] + group[-1][2]) / 2
        middle = min(max(middle, wide / 2 + 1), self.canvas.width - wide / 2 - 1)
        y = up.end - PIN - 2
        lines = told(self.canvas.answer)[first - 1 : last]
        tip = "\n".join(one.line for one in lines)
        return element(
            "g",
            element("title", text(tip)),
            element(
                "rect", x=middle - wide / 2, y=y - PIN, width=wide, height=2 * PIN, rx=PIN,
                fill=self.canvas.colours["card"], stroke=self.canvas.colours["quiet"], stroke_width=1,
            ),
            self.canvas.write(middle, y + 3.5, words, "middle", size=NUMBER, weight=600, colour="ink"),
        )  # fmt: skip

    def _ends(self, across: Scale, first: date, last: date, edge: float) -> tuple[float, float]:
        return self._at(across, first, 0.0, edge), self._at(across, last, 1.0, edge)

    def _at(self, across: Scale, day: date, part: float, edge: float) -> float:
        """Where a part of a day stands, within the paper of the picture."""
        index = bisect_right(self.days, day) - 1
        if index < 0:
            return across(-edge)
        length = lengths(list(self.days))[index]
        place = index - 0.5 + min((day - self.days[index]).days + part, length) / length
        return across(min(max(place, -edge), len(self.days) - 1 + edge))


def marked(canvas: Canvas) -> Marked:
    """What is to be marked in a picture; nothing where it does not run over days."""
    days = days_of(canvas.answer)
    if not days:
        return Marked(canvas, [], [], [])
    last = days[-1] + timedelta(days=lengths(days)[-1] - 1)
    return Marked(canvas, days, canvas.answer.noted, bands(days[0], last))
