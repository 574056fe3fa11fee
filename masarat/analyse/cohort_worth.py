"""Cohorts as rows: what each brought by age, what winning it cost, when that was earned back, and whether it differs from the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from masarat.analyse.base import SMALL_SAMPLE, Found
from masarat.analyse.frame import Frame
from masarat.analyse.joining import MONEY, TIMES, By
from masarat.analyse.margins import UNKNOWN, share_unknown
from masarat.models.lives import Lives, differ, paid_back, together, without
from masarat.models.proportions import CHANCE, discoveries
from masarat.models.ratios import Ratio
from masarat.store import Row
from masarat.words.hijri import hijri_of

MONTH = 30  # days of a month of age
NEWEST = 120  # cohorts of time that are shown


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who joined together: their name, the first day where they joined in time, and what they brought."""

    name: str
    start: date | None
    lives: Lives
    spend: float | None  # advertising; none where it is not known
    is_named: bool = True  # not those of whom nothing is told, nor the others together

    @property
    def cost(self) -> float | None:
        """Of winning one customer."""
        return self.spend / self.lives.size if self.spend is not None and self.lives.size else None

    @property
    def unknown(self) -> float:
        return share_unknown(self.lives.so_far("known"), self.lives.so_far("net"))

    def each(self, measure: str, age: int) -> float | None:
        """Per customer old enough; a margin only where it is known of enough money, a contribution only where the cost is known too."""
        if measure in ("margin", "contribution") and self.unknown > UNKNOWN:
            return None
        if measure == "contribution":
            margin = self.lives.each("margin", age)
            return None if margin is None or self.cost is None else margin - self.cost
        return self.lives.each(measure, age)

    def total(self, measure: str) -> float | None:
        if measure in ("margin", "contribution") and self.unknown > UNKNOWN:
            return None
        if measure == "contribution":
            return None if self.spend is None else self.lives.so_far("margin") - self.spend
        return self.lives.so_far(measure)

    def mean(self, measure: str, age: int) -> Ratio | None:
        found = self.lives.mean(age)
        if found is None or self.each(measure, age) is None:
            return None
        shift = (self.cost or 0.0) if measure == "contribution" else 0.0
        return replace(found, value=found.value - shift)

    @property
    def payback(self) -> int | None:
        """Months of thirty days until a customer's margin reached what winning them cost."""
        if self.unknown > UNKNOWN:
            return None
        months = [age for age in self.lives.ages if age % MONTH == 0]
        age = paid_back(self.lives, "margin", self.cost, months)
        return None if age is None else age // MONTH


def read_lives(
    found: Found, frame: Frame, by: By, ages: Sequence[int], rows: Iterable[Row], spending: Iterable[Row]
) -> list[Cohort]:
    """The cohorts of the steps of `joining`: those in time in their order, silent ones included; others by size, the rest at the end."""
    lives: dict[tuple[bool, str], Lives] = {}
    names: dict[tuple[bool, str], str] = {}
    for row in rows:
        key = (row["rest"], _start(row["cohort"], by, frame) if by in TIMES else row["cohort"])
        one = lives.setdefault(key, Lives(tuple(ages)))
        places, *amounts = row["amounts"]
        one.add(
            row["reach"],
            row["customers"],
            {name: dict(zip(places, each, strict=True)) for name, each in zip(MONEY, amounts, strict=True)},
        )
        one.values += row["worth"]
        one.squares += row["squares"]
        names[key] = row["known_as"] or row["title"] or row["cohort"]
    spent = _spent(spending, by, frame)
    if by in TIMES:
        return _in_time(found, frame, by, ages, lives, spent)
    ordered = sorted(lives, key=lambda key: (key[0], -lives[key].size, key[1]))
    return [
        Cohort(
            found.say("the-others") if rest else names[rest, key] or found.say("unknown"),
            None,
            lives[rest, key],
            None if rest else spent.get(key),
            is_named=not rest and bool(key),
        )
        for rest, key in ordered
    ]


def _spent(spending: Iterable[Row], by: By, frame: Frame) -> dict[str, float]:
    """Advertising by cohort, where costs tell of such cohorts."""
    found: dict[str, float] = {}
    for row in spending:
        key = _start(row["cohort"], by, frame) if by in TIMES else row["cohort"]
        found[key] = found.get(key, 0.0) + row["spend"]
    return found if by in TIMES or by in ("channel", "campaign") else {}


def _start(day: str, by: By, frame: Frame) -> str:
    """The day by which a cohort in time is known; of a quarter, the first day of its first month."""
    if by != "quarter":
        return day
    quarter = _quarter(day, frame)
    months = (month.isoformat() for month in frame.buckets("month"))
    return min(month for month in months if _quarter(month, frame) == quarter)


def _quarter(day: str, frame: Frame) -> tuple[int, int]:
    told = date.fromisoformat(day)
    hijri = hijri_of(told) if frame.calendar == "hijri" else None
    return (hijri.year, (hijri.month - 1) // 3 + 1) if hijri else (told.year, (told.month - 1) // 3 + 1)


def _in_time(
    found: Found,
    frame: Frame,
    by: By,
    ages: Sequence[int],
    lives: Mapping[tuple[bool, str], Lives],
    spent: Mapping[str, float],
) -> list[Cohort]:
    """Every period of joining, whether or not somebody joined."""
    starts = [day.isoformat() for day in frame.buckets("week" if by == "week" else "month")]
    cohorts = []
    for start in dict.fromkeys(_start(day, by, frame) for day in starts):
        day = date.fromisoformat(start)
        name = found.speaker.month(day) if by == "month" else found.speaker.day(day)
        if by == "quarter":
            year, quarter = _quarter(start, frame)
            name = found.say("quarter", year=str(year), n=quarter)
        cohorts.append(Cohort(name, day, lives.get((False, start), Lives(tuple(ages))), spent.get(start)))
    return cohorts[-NEWEST:]


def whole_of(found: Found, cohorts: Sequence[Cohort], ages: Sequence[int], spend: float | None) -> Cohort:
    """All cohorts as one: large ones weigh more."""
    return Cohort(found.say("together"), None, together((one.lives for one in cohorts), ages), spend)


def verdicts(cohorts: Sequence[Cohort], whole: Cohort, measure: str, age: int) -> list[str]:
    """Of each cohort, whether it is better or worse than all the others beyond chance, the same, of too few to tell, or not known at all."""
    chances: dict[int, tuple[float, str]] = {}
    for place, one in enumerate(cohorts):
        rest = Cohort("", None, without(whole.lives, one.lives), _rest(whole, one))
        mine, theirs = one.mean(measure, age), rest.mean(measure, age)
        if not mine or not theirs or min(mine.groups, theirs.groups) < SMALL_SAMPLE:
            continue
        chance = differ(mine, theirs)
        if chance is not None:
            chances[place] = (chance, "better" if mine.value > theirs.value else "worse")
    told = dict(zip(chances, discoveries([chance for chance, _ in chances.values()]), strict=True))
    return [
        "unknown"
        if one.each(measure, age) is None and one.lives.old_enough(age)
        else "few"
        if place not in told
        else chances[place][1]
        if told[place] <= CHANCE
        else "same"
        for place, one in enumerate(cohorts)
    ]


def _rest(whole: Cohort, one: Cohort) -> float | None:
    return None if whole.spend is None or one.spend is None else whole.spend - one.spend


def row_of(found: Found, one: Cohort, measure: str, age: int, shown: Sequence[int], verdict: str) -> Row:
    """One cohort on one line."""
    mean = one.mean(measure, age)
    low, high = mean.interval() if mean else (None, None)
    measures = ("gross", "net", "margin", "contribution")
    return {
        "cohort": one.name,
        "start": one.start,
        "customers": one.lives.size,
        "old_enough": one.lives.old_enough(age),
        "spend": one.spend,
        "acquisition_cost": one.cost,
        "payback": one.payback,
        **{name: one.each(name, age) for name in measures},
        **{f"{name}_total": one.total(name) for name in measures},
        "low": low,
        "high": high,
        "verdict": found.say(f"verdict-{verdict}"),
        "unknown_share": one.unknown if one.lives.so_far("net") > 0 else None,
        **{f"at_{days}": one.each(measure, days) for days in shown},
    }


def line_of(one: Cohort, measure: str, months: Iterable[int]) -> list[Row]:
    """The line of one cohort in the picture: empty where nobody is old enough yet."""
    return [
        {
            "line": one.name,
            "age": MONTH * nth,
            "value": one.each(measure, MONTH * nth),
            "old": one.lives.old_enough(MONTH * nth),
        }
        for nth in months
    ]
