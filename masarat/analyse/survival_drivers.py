"""What makes customers leave sooner: of their first order, each thing beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.habits import until
from masarat.analyse.period import Compare
from masarat.analyse.seasons import bands
from masarat.analyse.survival import CUSTOMERS, EPOCH, LIVED, LONGEST, NEVER, OWN, SHORTEST, SILENCE, TIMES
from masarat.analyse.survival_drivers_words import WORDS
from masarat.models.hazards import Floats, Hazard, grouped_hazard, independent
from masarat.models.proportions import CHANCE, discoveries
from masarat.store import Query, Row

NUMBERED, LISTED = "value", ("channel", "city", "product")  # by size of the order, by its most frequent names
TOP = 6  # names of each, the most frequent; the rest together
INTERVAL, INTERVALS = 30, 25  # days; and so many after the first day, the last without end
DRAWN = 100_000  # customers that are looked at, at most twice as many
EVERY = 3  # of `least` customers one who left, for each thing that is told apart
FAR, HELD = 3.0, 0.25  # a logarithm or an error beyond it is held by a prior of spread 2
UNSTEADY = log(1.25)  # a smaller change of a ratio is none worth a word
NAMED = 2  # things that the sentence names, of each kind

OF_FIRST = """(toString(channel), toString(city), product_names[1], coupon != '',
       toUInt8(arrayFirstIndex((begins, ends) -> toInt32(day) >= begins AND toInt32(day) <= ends, {season_begins:Array(Int32)}, {season_ends:Array(Int32)})),
       toFloat64(net))"""

# Who is followed, by how the first order was. Of very many customers some are drawn.
FOLLOWED = """
SELECT left, lasted, part.1 AS channel, part.2 AS city, part.3 AS product, toUInt8(part.4) AS coupon, part.5 AS season_nth,
       round(2 * log2(greatest(part.6, 0.01))) / 2 AS value
FROM lived
WHERE lasted >= 0 AND cityHash64(customer_id) % greatest(1, intDiv((SELECT count() FROM lived), {drawn:UInt32})) = 0"""

NAMES = """
SELECT arraySort(groupArrayIf(name, kind = 'channel')) AS channels, arraySort(groupArrayIf(name, kind = 'city')) AS cities,
       arraySort(groupArrayIf(name, kind = 'product')) AS products
FROM (
    SELECT kind, name FROM followed ARRAY JOIN ['channel', 'city', 'product'] AS kind, [channel, city, product] AS name
    GROUP BY kind, name ORDER BY kind, count() DESC, name LIMIT {top:UInt8} BY kind
)"""

# Left in which thirty days; or which are the first that are not known whole.
ALIKE = """
SELECT least(if(left, intDiv(lasted + {interval:Int32} - 1, {interval:Int32}), intDiv(lasted, {interval:Int32}) + 1), {intervals:Int32}) AS ends, left,
       indexOf((SELECT channels FROM names), followed.channel) AS channel, indexOf((SELECT cities FROM names), followed.city) AS city,
       indexOf((SELECT products FROM names), followed.product) AS product, coupon, season_nth, value, count() AS customers
FROM followed GROUP BY ends, left, channel, city, product, coupon, season_nth, value
ORDER BY ends, left, channel, city, product, coupon, season_nth, value"""

TOTALS = """
SELECT channels, cities, products, customers, gone, known, too_new
FROM names CROSS JOIN (SELECT count() AS customers, countIf(left) AS gone, (SELECT count() FROM lived) AS known, (SELECT countIf(lasted < 0) FROM lived) AS too_new FROM followed) AS counted"""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that customers are told apart by: `has` is 0 or 1 of each row, or how often the first order doubled."""

    factor: str
    level: str
    against: str
    has: Floats
    customers: float
    gone: float


class SurvivalDrivers(Analysis):
    """What makes customers leave sooner, or stay longer: channel, city, product, season, coupon and size of the first order, each beside the others.

    For whoever decides where to win customers and with what. Who is followed, how long, and who counts as having left is as in `survival`: identified
    customers whose first order is in the period, by silence. What is looked at is known on the day of the first order, so that nobody is told apart by
    what came later: channel, city and first product (the six most frequent of each, the rest together), a coupon, a season (Ramadan, the Eids, White
    Friday), and what the order came to.

    A ratio tells how many times as often customers leave who have this, at any time as long as they are there, against those it is named beside, where all
    else is alike: 1.5 is half as often again, 0.8 a fifth less often. Of the first order's value it is for twice the value. The model is that of
    proportional hazards (Cox 1972) in intervals, the first day and then every thirty (Prentice and Gloeckler 1978), since most leave on one day and
    Cox's way with ties would weaken their ratios; intervals are 95 %. `chance` is what it is among all that are compared (Benjamini and
    Hochberg 1995). Whether a ratio is one at all is looked at, too: it is fitted for the first half of those who left and for the others; where the
    two differ by more than chance and by a quarter, the answer says that it fades, grows or turns, and the ratio is an average over time.

    At least `least` customers must have something, a third as many must have left and as many for each thing that is told apart; what is too rare
    joins the rest, and what says the same as something else is left out and said. Where all or none of a kind left, a weak prior holds the ratio. Of more than
    200,000 customers 100,000 to 200,000 are drawn. What goes with leaving need not cause it: a channel may bring other people.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    days: int = Field(
        0, ge=0, le=1000, description="Days of silence that mean to have left; 0: by the rhythm."
    )
    least: int = Field(
        30, ge=3, le=10_000, description="Customers that something must have to be told apart."
    )

    view = "ranking"
    columns = (
        Column("thing", "text"),
        Column("against", "text"),
        Column("ratio", "number"),
        Column("ratio_low", "number"),
        Column("ratio_high", "number"),
        Column("chance", "percent"),
        Column("steady", "text"),
        Column("customers", "count"),
        Column("gone", "count"),
    )
    numbers = (
        Column("customers", "count"),
        Column("gone", "count"),
        Column("too_new", "count"),
        Column("compared", "count"),
        Column("sure", "count"),
    )
    picture = (Column("thing", "text"), Column("ratio", "number"))
    sample = "known"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        seasons = _seasons(frame)
        return Query(
            steps={
                "sales": frame.sales(history=True, more={"part": OF_FIRST}),
                "customers": CUSTOMERS,
                "shop": SILENCE,
                "lived": LIVED,
                "followed": FOLLOWED,
                "names": NAMES,
                "alike": ALIKE,
                "totals": TOTALS,
            },
            values=frame.values
            | {
                "days": self.days, "shortest": SHORTEST, "longest": LONGEST, "own": NEVER if self.days else OWN, "times": TIMES,
                "until": (until(frame) - EPOCH).days, "first_day": (frame.period.first - EPOCH).days, "drawn": DRAWN, "top": TOP,
                "interval": INTERVAL, "intervals": INTERVALS,
                "season_begins": [(begins - EPOCH).days for _, begins, _ in seasons], "season_ends": [(ends - EPOCH).days for _, _, ends in seasons],
            },
            rows="alike",
            totals="totals",
        )  # fmt: skip

    def interpret(self, found: Found) -> Found:
        rows, totals = found.rows, found.totals
        things, left_out = self._things(found, rows) if rows else ([], [])
        found.rows = _told(found, rows, things, self.least / EVERY) if things else []
        found.rows.sort(key=lambda row: (-abs(row["log"]), row["factor"], row["level"]))
        totals |= {
            "drawn": totals["customers"] + totals["too_new"] < totals["known"],
            "left_out": left_out,
            "compared": len(found.rows),
            "sure": sum(row["is_sure"] for row in found.rows),
        }
        found.picture = found.rows
        return found

    def _things(self, found: Found, rows: Sequence[Row]) -> tuple[list[Thing], list[str]]:
        """What can be told apart, the plainest first; and the factors that cannot."""
        many, left = (np.array([row[name] for row in rows], dtype=float) for name in ("customers", "left"))
        offered = list(_offered(found, rows, many))
        enough = []
        for one in offered:
            has = one.has > 0 if one.factor != NUMBERED else np.ones(len(rows), dtype=bool)
            size, gone = float(many[has].sum()), float((many * left)[has].sum())
            others = float((many * left)[~has].sum()) if one.factor != NUMBERED else gone
            if size >= self.least and min(gone, others) >= self.least / EVERY:
                enough.append(Thing(one.factor, one.level, one.against, one.has, size, gone))
        room = int((many * left).sum() * EVERY / self.least)
        enough = enough[:room]
        kept = independent(np.column_stack([one.has for one in enough]), many) if enough else []
        things = [enough[place] for place in kept]
        told = {one.factor for one in things}
        return things, [name for name in dict.fromkeys(one.factor for one in offered) if name not in told]

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not found.rows:
            return found.say("too-few", customers=totals["customers"], gone=totals["gone"], n=self.least)
        said = [found.say("sentence", customers=totals["customers"], gone=totals["gone"])]
        sure = [row for row in found.rows if row["is_sure"]]
        for key, chosen in (
            ("sooner", [row for row in sure if row["log"] > 0]),
            ("longer", [row for row in sure if row["log"] < 0]),
        ):
            if chosen:
                said.append(
                    found.say(key, what=_joined(found, [_item(found, row) for row in chosen[:NAMED]]))
                )
        if not sure:
            said.append(found.say("nothing"))
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if found.rows:
            notes.append(found.say("note-cause"))
        for row in [row for row in found.rows if row["is_sure"] and row["change"] != "steady"][:NAMED]:
            words = {"early": _times(found, row["early"]), "late": _times(found, row["late"])}
            notes.append(found.say("note-unsteady", thing=row["thing"], change=row["change"], **words))
        if found.rows and totals["left_out"]:
            named = [found.say(f"factor-{name}") for name in totals["left_out"]]
            notes.append(found.say("note-left-out", what=_joined(found, named)))
        if any(row["is_held"] for row in found.rows):
            notes.append(found.say("note-held"))
        if totals["drawn"]:
            counts = (found.speaker.count(totals[name]) for name in ("customers", "known"))
            notes.append(found.say("note-drawn", **dict(zip(("n", "all"), counts, strict=True))))
        return notes


def _seasons(frame: Frame) -> list[tuple[str, Any, Any]]:
    return bands(frame.period.first, frame.period.last)


def _offered(found: Found, rows: Sequence[Row], many: Floats) -> list[Thing]:
    """Everything that rows could be told apart by: what two, three or more of a factor are held against is the most frequent of them."""

    def column(name: str) -> Floats:
        return np.array([row[name] for row in rows], dtype=float)

    things = [Thing(NUMBERED, "", "", column("value"), 0, 0), Thing("coupon", "", "", column("coupon"), 0, 0)]
    seasons = ["", *(name for name, _, _ in _seasons(found.frame))]
    nth = column("season_nth").astype(int)
    for name in sorted(set(seasons[1:])):
        has = np.array([seasons[place] == name for place in nth], dtype=float)
        things.append(Thing("season", name, "", has, 0, 0))
    for factor, listed in zip(LISTED, ("channels", "cities", "products"), strict=True):
        names, place = found.totals[listed], column(factor).astype(int)
        sizes = np.bincount(place, weights=many, minlength=len(names) + 1)
        ranked = sorted(range(1, len(names) + 1), key=lambda nth: (-sizes[nth], nth))
        usual = next((nth for nth in ranked if names[nth - 1]), None)
        if usual is None:
            continue
        against = names[usual - 1]
        levels = [(names[nth - 1] or "?", nth) for nth in ranked if nth != usual] + [("*", 0)]
        things += [Thing(factor, name, against, (place == nth).astype(float), 0, 0) for name, nth in levels]
    return [one for one in things if one.has.std() > 0]


def _told(found: Found, rows: Sequence[Row], things: Sequence[Thing], fewest: float) -> list[Row]:
    ends, left, many = (np.array([row[name] for row in rows]) for name in ("ends", "left", "customers"))
    given = np.column_stack([one.has for one in things])
    whole, is_held = _fit(ends, left, given, many)
    gone = np.bincount(ends[left == 1], weights=many[left == 1])
    half = int(np.searchsorted(np.cumsum(gone), gone.sum() / 2)) + 1  # the first half of those who left
    early, late = _fit(ends, left, given, many, last=half)[0], _fit(ends, left, given, many, first=half)[0]
    z = NormalDist().inv_cdf(1 - CHANCE / 2)
    told: list[Row] = []
    for nth, thing in enumerate(things):
        weight, error = float(whole.weights[nth]), float(whole.errors[nth])
        has = (left == 1) & (thing.has > 0 if thing.factor != NUMBERED else True)
        told.append({
            "factor": thing.factor, "level": thing.level, "log": weight, "is_held": is_held,
            "thing": _title(found, thing.factor, thing.level), "against": _against(found, thing),
            "ratio": exp(weight), "ratio_low": exp(weight - z * error), "ratio_high": exp(weight + z * error),
            "chance": _two_sided(weight / error), "customers": int(thing.customers), "gone": int(thing.gone),
            "early": float(early.weights[nth]), "late": float(late.weights[nth]),
            "changes": _two_sided((early.weights[nth] - late.weights[nth]) / sqrt(early.errors[nth] ** 2 + late.errors[nth] ** 2))
            if min(many[has & (ends < half)].sum(), many[has & (ends >= half)].sum()) >= fewest else 1.0,
        })  # fmt: skip
    for name in ("chance", "changes"):
        for row, chance in zip(told, discoveries([row[name] for row in told]), strict=True):
            row[name] = chance
    for row in told:
        row["is_sure"] = row["chance"] <= CHANCE
        row["change"] = _change(row)
        row["steady"] = found.say(f"steady-{row['change']}")
    return told


def _fit(
    ends: Any, left: Any, given: Floats, many: Any, *, first: int = 0, last: int | None = None
) -> tuple[Hazard, bool]:
    """And whether a prior had to hold it."""
    free = grouped_hazard(ends, left, given, many, first=first, last=last)
    if max(np.abs(free.weights).max(), free.errors.max()) < FAR and free.errors.min() > 0:
        return free, False
    return grouped_hazard(ends, left, given, many, first=first, last=last, ridge=HELD), True


def _change(row: Row) -> str:
    early, late = row["early"], row["late"]
    if row["changes"] > CHANCE or abs(early - late) < UNSTEADY:
        return "steady"
    if early * late < 0 and min(abs(early), abs(late)) > UNSTEADY / 2:
        return "turns"
    return "fades" if abs(late) < abs(early) else "grows"


def _two_sided(z: float) -> float:
    return 2 * NormalDist().cdf(-abs(z))


def _times(found: Found, weight: float) -> str:
    return found.speaker.number(exp(weight))


def _title(found: Found, factor: str, level: str) -> str:
    """A thing by its name: 'Channel: social'."""
    if factor in (NUMBERED, "coupon"):
        return found.say(f"thing-{factor}")
    name = found.say(f"season-{level}") if factor == "season" else _level(found, factor, level)
    return found.say("thing-of", factor=found.say(f"factor-{factor}"), level=name)


def _level(found: Found, factor: str, level: str) -> str:
    if level in ("*", "?"):
        return found.say("the-others" if level == "*" else "unknown")
    key = f"channel-{level.replace(' ', '-')}"
    return found.say(key) if factor == "channel" and found.speaker.knows(key) else found.speaker.text(level)


def _against(found: Found, thing: Thing) -> str:
    if thing.factor in LISTED:
        return _level(found, thing.factor, thing.against)
    return found.say(f"against-{thing.factor}")


def _item(found: Found, row: Row) -> str:
    return found.say("item", thing=row["thing"], ratio=_times(found, row["log"]), against=row["against"])


def _joined(found: Found, items: Sequence[str]) -> str:
    return ("، " if found.frame.language == "ar" else ", ").join(items)


SurvivalDrivers.example = SurvivalDrivers()
