"""What is true of the sample shop: every planted shape with its dates and its size.

The generator reads its dates from here and nowhere else, so a test or a later question can ask `truths(until)` what it should find.
Dates follow the real calendar where the shape does (Ramadan, White Friday) and are counted back from the last day where it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

DAYS = 730  # the shop opened two years ago


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days, the last one included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Season:
    """Days on which demand is `factor` times an ordinary day's."""

    name: str
    window: Window
    factor: float


@dataclass(frozen=True, slots=True)
class PriceChange:
    product: str
    day: date  # first day of the new price
    before: float
    after: float
    elasticity: float  # demand is multiplied by (after / before) ** elasticity


@dataclass(frozen=True, slots=True)
class Pair:
    """Who buys one of `first` adds `second` with this probability, on top of chance."""

    first: tuple[str, ...]
    second: str
    probability: float


@dataclass(frozen=True, slots=True)
class Truths:
    first: date
    until: date
    seasons: tuple[Season, ...]
    ramadans: tuple[Window, ...]
    white_fridays: tuple[Window, ...]
    broken_checkout: Window  # mobile payments fail
    broken_share: float  # of the mobile orders that would have been made
    price_change: PriceChange
    fading: str  # its demand halves every `fading_days`
    fading_days: int
    rising: str  # its demand doubles every `rising_days`
    rising_days: int
    pairs: tuple[Pair, ...]
    returned: str
    returned_share: float  # of its delivered units; every other product: `returned_base`
    returned_base: float
    stock_outs: tuple[tuple[str, Window], ...]  # nothing to sell: what was asked for is lost
    overstocked: str  # far more on the shelf than it sells
    churning_campaign: str  # its customers buy once and leave …
    churning: Window  # … and came in these days
    churning_share: float  # of all customers
    refused: (
        float  # share of cash-on-delivery parcels refused at the door, where nothing below makes it worse
    )
    refused_cities: tuple[str, ...]  # English names; there it is `refused_city_factor` times as likely
    refused_city_factor: float
    slow_courier: (
        str  # takes 1.7 times as long, hands over cash 11 days later, is refused `slow_factor` times as often
    )
    slow_factor: float
    unmet_need: str  # searched for by one visitor in eighteen who search, and not sold
    wholesalers: float  # share of customers


def truths(until: date) -> Truths:
    """The truths of the shop whose last day is `until`."""
    first = until - timedelta(days=DAYS - 1)
    seasons = tuple(season for season in _seasons(first, until) if _touches(season.window, first, until))
    return Truths(
        first=first,
        until=until,
        seasons=seasons,
        ramadans=tuple(w for w in _ramadans(first, until) if _touches(w, first, until)),
        white_fridays=tuple(w for w in _white_fridays(first, until) if _touches(w, first, until)),
        broken_checkout=_plain_week(until - timedelta(days=56), seasons),
        broken_share=0.55,
        price_change=PriceChange("BN-02", until - timedelta(days=199), 72.0, 84.0, -1.8),
        fading="BR-09",
        fading_days=120,
        rising="BR-08",
        rising_days=150,
        pairs=(
            Pair(("BN-01", "BN-02", "BN-03", "BN-04", "BN-05"), "BR-03", 0.30),
            Pair(("DL-01", "DL-02", "DL-03"), "DL-06", 0.45),
            Pair(("FR-01", "FR-02"), "FR-06", 0.35),
        ),
        returned="BR-05",
        returned_share=0.24,
        returned_base=0.024,
        stock_outs=(
            ("BN-03", _window(until - timedelta(days=118), 21)),
            ("SW-01", _window(until - timedelta(days=44), 14)),
            ("DL-06", _window(until - timedelta(days=300), 28)),
        ),
        overstocked="BR-09",
        churning_campaign="tiktok_flash30",
        churning=_window(until - timedelta(days=290), 21),
        churning_share=0.04,
        refused=0.06,
        refused_cities=("Jazan", "Najran", "Abha", "Khamis Mushait", "Al Baha"),
        refused_city_factor=1.8,
        slow_courier="Qafila",
        slow_factor=2.2,
        unmet_need="matcha",
        wholesalers=0.0008,
    )


def _seasons(first: date, until: date) -> list[Season]:
    """Every season of the years around, in no order; demand on a day is the product of all that hold."""
    found = [Season("white_friday", window, 2.1) for window in _white_fridays(first, until)]
    for year in range(first.year - 1, until.year + 1):
        found += [
            Season("national_day", Window(date(year, 9, 20), date(year, 9, 24)), 1.45),
            Season("founding_day", Window(date(year, 2, 20), date(year, 2, 22)), 1.2),
            Season("summer", Window(date(year, 7, 5), date(year, 8, 18)), 0.9),
        ]
    for ramadan in _ramadans(first, until):
        found += _around(ramadan)
    return found


def _around(ramadan: Window) -> list[Season]:
    """Stocking up before Ramadan, its evenings, the lull when families pray and travel, then gifts for the Eid."""
    start, eid = ramadan.first, ramadan.last + timedelta(days=1)
    return [
        Season("before_ramadan", Window(start - timedelta(days=12), start - timedelta(days=1)), 1.3),
        Season("ramadan", Window(start, start + timedelta(days=19)), 1.4),
        Season("last_ten", Window(start + timedelta(days=20), eid - timedelta(days=4)), 0.75),
        Season("eid_gifts", Window(eid - timedelta(days=3), eid + timedelta(days=3)), 1.6),
        Season("after_eid", Window(eid + timedelta(days=4), eid + timedelta(days=10)), 0.8),
    ]


def _ramadans(first: date, until: date) -> list[Window]:
    """Umm al-Qura."""
    years = range(_hijri_year(first) - 1, _hijri_year(until) + 2)
    return [Window(_day(year, 9), _day(year, 10) - timedelta(days=1)) for year in years]


def _hijri_year(day: date) -> int:
    return Gregorian(day.year, day.month, day.day).to_hijri().year


def _day(year: int, month: int) -> date:
    found = Hijri(year, month, 1).to_gregorian()
    return date(found.year, found.month, found.day)


def _white_fridays(first: date, until: date) -> list[Window]:
    """The last Friday of November, from the Wednesday before to the Monday after."""
    found = []
    for year in range(first.year - 1, until.year + 1):
        last = date(year, 11, 30)
        friday = last - timedelta(days=(last.weekday() - 4) % 7)
        found.append(Window(friday - timedelta(days=2), friday + timedelta(days=3)))
    return found


def _plain_week(day: date, seasons: tuple[Season, ...]) -> Window:
    """The last week from Sunday to Saturday that begins by this day and is touched by no season but summer."""
    week = _window(day - timedelta(days=(day.weekday() + 1) % 7), 7)
    busy = [season.window for season in seasons if season.name != "summer"]
    while any(_touches(window, week.first, week.last) for window in busy):
        week = _window(week.first - timedelta(days=7), 7)
    return week


def _window(first: date, days: int) -> Window:
    return Window(first, first + timedelta(days=days - 1))


def _touches(window: Window, first: date, until: date) -> bool:
    return window.first <= until and window.last >= first
