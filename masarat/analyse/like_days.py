"""Which stretches of time are like the asked one: as long, on the same weekdays, outside the seasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from masarat.analyse.frame import Frame
from masarat.analyse.period import Period
from masarat.analyse.seasons import Season, season_of, seasons

UNITS = 16  # of history that are looked for …
REACH = 30  # … among so many before the period …
LEAST = 6  # … and without so many nothing is said
AROUND = 4  # units on either side of the same days last year
DAILY = 56  # days before the period in which the beginning of a change is looked for
LONG = 92  # days; of longer periods it is not looked for

Stretch = tuple[date, date]  # first and last day


@dataclass(frozen=True, slots=True)
class Likeness:
    """The units of the present, those of its history before it, in order; whether the history's trend leads on."""

    now: tuple[Stretch, ...]
    before: tuple[Stretch, ...]
    trend: bool = True

    @property
    def enough(self) -> bool:
        return len(self.before) >= LEAST

    @property
    def places(self) -> list[float]:
        """Where each unit lies in time, in units."""
        start, length = self.now[0][0], _length(*self.now[0])
        step = 7 * -(-length // 7)
        return [(first - start).days / step for first, _ in (*self.before, *self.now)]


@dataclass(frozen=True, slots=True)
class Days:
    """All that is looked at: the period as far as it is over, its history, the same season a year ago, and single days for beginnings."""

    period: Period
    here: Likeness
    season: Season | None
    ago: Likeness | None
    ago_period: Period | None
    single: tuple[date, ...]

    @property
    def reach(self) -> Period:
        stretches = [*self.here.before, *self.here.now]
        if self.ago:
            stretches += [*self.ago.before, *self.ago.now]
        first = min([first for first, _ in stretches] + [self.period.first, *self.single[:1]])
        return Period(first, self.period.last)

    @property
    def edges(self) -> list[date]:
        """Days on which anything begins or is over; what lies between two of them need not be told apart."""
        found = {self.reach.first, self.period.first, *self.single}
        likes = [self.here] + ([self.ago] if self.ago else [])
        stretches = [stretch for like in likes for stretch in (*like.before, *like.now)]
        if self.ago_period:
            stretches.append((self.ago_period.first, self.ago_period.last))
        for first, last in stretches:
            found |= {first, last + timedelta(days=1)}
        return sorted(day for day in found if self.reach.first <= day <= self.period.last)


def days(frame: Frame, last_year: bool) -> Days | None:
    """What to look at for the frame's period; for 'all' the last whole week. None where the log has nothing of it that is over."""
    span = frame.facts.span(())
    if span is None:
        return None
    over = span[1] - timedelta(days=1)  # the day on which the log ends may not be over
    period = frame.period if frame.period.bounded else _last_week(span[1])
    period = Period(max(period.first, span[0]), min(period.last, over))
    if period.days < 1:
        return None
    season = season_of(period)
    here = _like(period, span[0], last_year=last_year)
    ago_period = Period(period.first - season.shift, period.last - season.shift) if season else None
    ago = None
    if ago_period and ago_period.first >= span[0]:
        ago = _like(ago_period, span[0], last_year=False)
        ago = ago if ago.enough else None
    first = max(span[0], period.first - timedelta(days=DAILY))
    single = (
        tuple(first + timedelta(days=n) for n in range((period.last - first).days + 1))
        if period.days <= LONG
        else ()
    )
    return Days(period, here, season, ago, ago_period if ago else None, single)


def _last_week(day: date) -> Period:
    """The last week from Sunday to Saturday that is over on the day before this one."""
    over = day - timedelta(days=1)
    saturday = over - timedelta(days=(over.weekday() - 5) % 7)
    return Period(saturday - timedelta(days=6), saturday)


def _length(first: date, last: date) -> int:
    return (last - first).days + 1


def _like(period: Period, earliest: date, *, last_year: bool) -> Likeness:
    length = period.days if period.days < 14 else 7
    count = 1 if period.days < 14 else period.days // 7
    step = timedelta(days=7 * -(-length // 7))
    newest = period.last - timedelta(days=length - 1)
    now = tuple(_stretch(newest - step * back, length) for back in reversed(range(count)))
    if last_year:
        middle = timedelta(days=364)
        many = range(-AROUND, count + AROUND) if count < 8 else range(count)
        found = [_stretch(now[0][0] - middle + step * place, length) for place in many]
        return Likeness(
            now, tuple(each for each in found if each[0] >= earliest and each[1] < now[0][0]), trend=False
        )
    back = [each for each in _back(period.first, step, length, max(count, REACH)) if each[0] >= earliest]
    wanted = max(count, UNITS)
    busy = seasons(back[-1][0], back[0][1]) if back and count < 8 else []
    plain = [each for each in back if not any(season.touches(*each) for season in busy)]
    chosen = plain if len(plain) >= LEAST else back
    return Likeness(now, tuple(reversed(chosen[:wanted])))


def _stretch(first: date, length: int) -> Stretch:
    return first, first + timedelta(days=length - 1)


def _back(before: date, step: timedelta, length: int, most: int) -> Iterator[Stretch]:
    for place in range(1, most + 1):
        yield _stretch(before - step * place, length)
