"""From the cells of a scan to what is told of them: tested together, worth money, folded into stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log10

import numpy as np

from masarat.analyse.like_days import LEAST, Days, Likeness, Stretch
from masarat.analyse.places import EPOCH
from masarat.analyse.scanned import MEASURES, Measure
from masarat.models.beginnings import began
from masarat.models.changes import LEVEL, Cells, Compared, Floats, believed, compared
from masarat.models.contribution import Pair, Part, maker, of_rate, of_sum
from masarat.store import Row

FEWEST, FEWEST_HITS = (
    20,
    5,
)  # in stretches as long as the present: what a figure rests on, and on either side of a share
APART = 3.0  # spreads; a part that does not outdo the whole by so much only goes along with it
CLEARLY = 2.5  # spreads of its own, for a part that is said to have made a change
CARRY = (
    "orders",
    "visits",
    "conversion",
    "new_customers",
)  # as many times fewer of these, as many times fewer orders and revenue
SAME = 0.6  # two parts whose changes are as large as that of each other tell one story
SUREST = 1e-12

Key = tuple[str, str, str]  # measure, dimension, part


@dataclass(slots=True)
class Finding:
    """One cell out of its usual course. `now` and `usual` are of the whole period, and so is `stake`, the money that it brings or costs."""

    key: Key
    t: float
    doubt: float
    now: float
    usual: float
    low: float
    high: float
    weight: float  # now − usual, in what it is counted in
    stake: float | None = None
    made_by: tuple[str, Part] | None = None  # dimension and part
    since: date | None = None
    ago: float | None = None  # the change in the same season a year ago
    together: list[Finding] = field(default_factory=list)

    @property
    def measure(self) -> Measure:
        return MEASURES[self.key[0]]

    @property
    def is_good(self) -> bool:
        return self.t * self.measure.good > 0

    @property
    def change(self) -> float | None:
        return (self.now - self.usual) / self.usual if self.usual > 0 else None

    @property
    def score(self) -> tuple[float, float]:
        surprise = -log10(max(self.doubt, SUREST))
        return abs(self.stake or 0.0) * surprise, surprise


@dataclass(slots=True)
class Changes:
    """What came of a scan."""

    scanned: int
    stories: list[Finding]
    net: Pair | None = None  # usual, now
    moves: int = 0


class Scan:
    """The cells of all measures, and each tested against its history."""

    def __init__(self, rows: list[Row], days: Days) -> None:
        self.days = days
        self.edges = days.edges
        self._places = {(day - EPOCH).days: place for place, day in enumerate(self.edges)}
        self._ordinals = np.array([day.toordinal() for day in self.edges])
        self.cells: dict[Key, Floats] = {
            (row["measure"], row["dimension"], row["part"]): self._dense(row["found"]) for row in rows
        }
        self.tested: dict[Key, tuple[Compared, int]] = {}
        self._period = self._within((days.period.first, days.period.last))
        self._before = sum((self._within(each) for each in days.here.before), np.zeros(len(self.edges)))
        self._measures: dict[str, list[Key]] = {}
        for key in self.cells:
            self._measures.setdefault(key[0], []).append(key)
        self._starts = {name: self._start(keys) for name, keys in self._measures.items()}
        for name in MEASURES:
            self.tested |= self.test(name, days.here, trend=days.here.trend)

    def _dense(self, found: Iterable[tuple[int, float, float, float]]) -> Floats:
        cell = np.zeros((3, len(self.edges)))
        for day, *values in found:
            cell[:, self._places[day]] = values
        return cell

    def _within(self, stretch: Stretch) -> Floats:
        """Which of the days between edges lie in a stretch."""
        first, last = stretch
        found: Floats = ((self._ordinals >= first.toordinal()) & (self._ordinals <= last.toordinal())).astype(
            float
        )
        return found

    def of(self, measure: str) -> list[Key]:
        return self._measures.get(measure, [])

    def _start(self, keys: list[Key]) -> date:
        """The day on which anything of a measure was first seen."""
        seen = sum(self.cells[key][1] for key in keys)
        return self.edges[int(np.flatnonzero(seen)[0])]

    def test(
        self, name: str, like: Likeness, *, trend: bool, only: set[Key] | None = None
    ) -> dict[Key, tuple[Compared, int]]:
        """Every cell of a measure that rests on enough, against its history; nothing before the first such move that was ever seen."""
        keys = [key for key in self.of(name) if only is None or key in only]
        if not keys or not like.enough:
            return {}
        before = [each for each in like.before if each[0] >= self._starts[name]]
        if len(before) < LEAST:
            return {}
        units = np.stack([self._within(each) for each in (*before, *like.now)], axis=1)
        summed = np.einsum("kve,eu->vku", np.stack([self.cells[key] for key in keys]), units)
        many = len(before)
        kept = _rests_on_enough(MEASURES[name], summed, len(like.now))
        if not kept.any():
            return {}
        cells, history = Cells(*summed[:, kept]), list(range(many))
        now = list(range(many, units.shape[1]))
        places = like.places[len(like.before) - many :]
        kind = MEASURES[name].kind
        found = compared(kind, cells.of_units(history), cells.of_units(now), places, trend=trend)
        left = [key for key, keep in zip(keys, kept, strict=True) if keep]
        return {key: (found, place) for place, key in enumerate(left)}

    def read(
        self, key: Key, like: Likeness, tested: tuple[Compared, int]
    ) -> tuple[float, float, float, float]:
        """Now, usual, and the least and most that now may be, of the whole period as people read it."""
        amount, of, _ = self.cells[key] @ self._period
        found, place = tested
        low, high = found.bounds(place)
        if found.kind != "sum":
            return (amount / of if of else 0.0), found.value(place), low, high
        length = (like.now[0][1] - like.now[0][0]).days + 1
        times = self.days.period.days / length
        return float(amount), found.value(place) * times, low * times, high * times

    def usual_and_now(self, key: Key, what: int = 0) -> Pair:
        """An amount (0) or what it is of (1): as it was in history in as many days as the period's, and as it is."""
        cell = self.cells[key][what]
        length = sum((last - first).days + 1 for first, last in self.days.here.before)
        usual = float(cell @ self._before) * self.days.period.days / length if length else 0.0
        return usual, float(cell @ self._period)

    def moves(self) -> int:
        """What was counted in the period, over all."""
        sums = [key for key in self.cells if not key[1] and MEASURES[key[0]].kind == "sum"]
        return sum(int(self.cells[key][1] @ self._period) for key in sums)

    def rate(self, name: str) -> float:
        """What is usual of a mean or share over all."""
        known = self.tested.get((name, "", ""))
        return known[0].value(known[1]) if known else 0.0


def changes(rows: list[Row], days: Days) -> Changes:
    """All that is out of its usual course, folded into stories, the most money and surprise first."""
    scan = Scan(rows, days)
    found = _found(scan)
    for each in found.values():
        each.made_by = _made_by(scan, each)
    stories = _folded(scan, found)
    for story in stories:
        story.since = _since(scan, story.key)
        story.ago = _ago(scan, story.key)
    net = _net(scan) if ("net", "", "") in scan.cells else None
    return Changes(len(scan.tested), stories, net, scan.moves())


def _found(scan: Scan) -> dict[Key, Finding]:
    """What chance cannot explain, among all that was tested."""
    chances: dict[Key, float] = {}
    for name in MEASURES:
        mine = [key for key in scan.tested if key[0] == name]
        if mine:
            each = scan.tested[mine[0]][0].chances()
            chances |= {key: each[scan.tested[key][1]] for key in mine}
    doubts = believed(list(chances.values()), [key[1] for key in chances])
    return {
        key: _finding(scan, key, doubt) for key, doubt in zip(chances, doubts, strict=True) if doubt <= LEVEL
    }


def _net(scan: Scan) -> Pair:
    key = ("net", "", "")
    if key not in scan.tested:
        return scan.usual_and_now(key)
    now, usual, _, _ = scan.read(key, scan.days.here, scan.tested[key])
    return usual, now


def _rests_on_enough(measure: Measure, summed: Floats, units: int) -> np.ndarray:
    """Judged by history and present together, so that the choice does not depend on their difference."""
    amount, of, _ = summed.sum(axis=2) * units / summed.shape[2]
    found: np.ndarray = of >= FEWEST
    if measure.kind == "share":
        found = found & (amount >= FEWEST_HITS) & (of - amount >= FEWEST_HITS)
    elif measure.kind == "mean" and measure.written == "percent":
        found = found & (amount >= FEWEST_HITS)
    return found


def _finding(scan: Scan, key: Key, doubt: float) -> Finding:
    tested = scan.tested[key]
    now, usual, low, high = scan.read(key, scan.days.here, tested)
    base = 1.0 if MEASURES[key[0]].kind == "sum" else scan.usual_and_now(key, 1)[1]
    found = Finding(key, float(tested[0].t[tested[1]]), doubt, now, usual, low, high, (now - usual) * base)
    found.stake = _stake(scan, found)
    return found


def _stake(scan: Scan, found: Finding) -> float | None:
    """What the change brings or costs, at the usual order value and conversion."""
    order, conversion = scan.rate("aov"), scan.rate("conversion")
    match found.measure.stake:
        case "money" | "value":
            return found.weight
        case "order" | "conversion":
            return found.weight * order
        case "visit":
            return found.weight * conversion * order
        case "lost_order":
            return -found.weight * order
        case "lost_visit":
            return -found.weight * conversion * order
        case _:
            return None


def _made_by(scan: Scan, whole: Finding) -> tuple[str, Part] | None:
    """The part of one dimension that made the change of the whole, where one did: by far more than its size, and clearly itself."""
    name, dimension, _ = whole.key
    if dimension:
        return None
    found: list[tuple[str, Part]] = []
    for side in sorted({key[1] for key in scan.tested if key[0] == name and key[1]}):
        keys = [key for key in scan.of(name) if key[1] == side]
        if whole.measure.kind == "sum":
            parts = of_sum({key[2]: scan.usual_and_now(key) for key in keys}, scan.usual_and_now(whole.key))
        else:
            pairs = {key[2]: (scan.usual_and_now(key), scan.usual_and_now(key, 1)) for key in keys}
            parts = of_rate(pairs, (scan.usual_and_now(whole.key), scan.usual_and_now(whole.key, 1)))
        if (part := maker(parts)) and (tested := scan.tested.get((name, side, part.name))):
            t = float(tested[0].t[tested[1]])
            if t * whole.t > 0 and abs(t) >= CLEARLY:
                found.append((side, part))
    return max(found, key=lambda each: (each[1].share - each[1].usual, each[0]), default=None)


def _folded(scan: Scan, found: dict[Key, Finding]) -> list[Finding]:
    """Each finding under the one that it is part of; what is left over are stories, with what goes along beside them."""
    parents = {key: parent for key, each in found.items() if (parent := _parent(scan, found, each))}
    roots = _told_once([each for key, each in found.items() if key not in parents])
    for key in parents:
        top = key
        while top in parents:
            top = parents[top]
        found[roots[top]].together.append(found[key])
    for key, root in roots.items():
        if key != root:
            found[root].together.append(found[key])
    stories = [found[key] for key, root in roots.items() if key == root]
    for each in stories:
        each.together.sort(key=lambda other: (other.key[1] != "", -abs(other.t), other.key))
    return sorted(stories, key=lambda each: (-each.score[0], -each.score[1], each.key))


def _parent(scan: Scan, found: dict[Key, Finding], each: Finding) -> Key | None:
    name, side, part = each.key
    whole = found.get((name, "", ""))
    if side and whole and whole.is_good == each.is_good and whole.usual > 0:
        tested, place = scan.tested[each.key]
        made = whole.made_by is not None and (whole.made_by[0], whole.made_by[1].name) == (side, part)
        if made or not _outdoes(whole, tested, place, whole.now / whole.usual):
            return whole.key
    for other in each.measure.part_of:
        same, above = found.get((other, side, part)), found.get((other, "", ""))
        if same and same.is_good == each.is_good:
            return same.key
        made = (
            above is not None
            and above.made_by is not None
            and (above.made_by[0], above.made_by[1].name) == (side, part)
        )
        if above and above.is_good == each.is_good and (not side or made or side == "page"):
            return above.key
    return _brought_by(scan, found, each)


def _brought_by(scan: Scan, found: dict[Key, Finding], each: Finding) -> Key | None:
    """A change of the whole that brought this one about: fewer visits buy, and so a channel has fewer orders."""
    name, side, part = each.key
    for (cause, of, _), whole in found.items():
        if (
            of
            or not side
            or name not in whole.measure.part_of
            or whole.is_good != each.is_good
            or (name, "", "") in found
        ):
            continue
        made = whole.made_by is not None and (whole.made_by[0], whole.made_by[1].name) == (side, part)
        tested, place = scan.tested[each.key]
        times = whole.now / whole.usual if cause in CARRY and whole.usual > 0 else 1.0
        if made or not _outdoes(each, tested, place, times):
            return whole.key
    return None


def _outdoes(going: Finding, tested: Compared, place: int, times: float) -> bool:
    """Whether a cell went clearly further, the same way, than so many times its usual."""
    return tested.beyond(place, times) * going.t > APART * abs(going.t)


def _told_once(left: list[Finding]) -> dict[Key, Key]:
    """Of parts of different dimensions that changed as much in the same measure (a channel and its campaign), the surest stands for all."""
    roots: dict[Key, Key] = {}
    for each in sorted(left, key=lambda each: (-abs(each.t), each.key)):
        for key in roots.values():
            other = next(one for one in left if one.key == key)
            alike = each.weight * other.weight > 0 and SAME <= abs(each.weight / other.weight) <= 1 / SAME
            if each.key[1] and other.key[1] and each.key[0] == key[0] and each.key[1] != key[1] and alike:
                roots[each.key] = key
                break
        else:
            roots[each.key] = each.key
    return roots


def _since(scan: Scan, key: Key) -> date | None:
    """The day on which the new level began, where one stands out."""
    days = scan.days.single
    places = [place for place, day in enumerate(scan.edges) if days and day >= days[0]]
    if len(places) != len(days) or not days:
        return None
    amount, of, _ = scan.cells[key][:, places]
    start = began(amount.tolist(), None if MEASURES[key[0]].kind == "sum" else of.tolist())
    return days[0] + timedelta(days=start) if start is not None else None


def _ago(scan: Scan, key: Key) -> float | None:
    """By how much the same was away from its usual in the same season a year ago."""
    if not scan.days.ago:
        return None
    tested = scan.test(key[0], scan.days.ago, trend=True, only={key}).get(key)
    if not tested:
        return None
    found, place = tested
    usual = found.value(place)
    then = found.value(place, float(found.now[place] - found.usual[place]))
    return then / usual - 1 if usual > 0 else None
