"""Dates as people write them, in Arabic and English: brought to Western digits and numbered months, then read by one pattern.

Hijri dates (a year from 1343 to 1500) follow the Umm al-Qura calendar.
"""

from __future__ import annotations

import polars as pl
from hijridate import Hijri

from masarat.collect.values import over_distinct, western

LOCAL = pl.Datetime("ms")

# Months by number, as Arabic and English write them: Gregorian (both Arabic families) and Hijri.
MONTHS: tuple[str, ...] = (
    "january|jan|يناير|كانون الثاني|جانفي|محرم",
    "february|feb|فبراير|شباط|فيفري|صفر",
    "march|mar|مارس|اذار|ربيع الاول|ربيع اول",
    "april|apr|ابريل|نيسان|افريل|ربيع الاخر|ربيع الثاني|ربيع ثاني",
    "may|مايو|ايار|ماي|جمادي الاولي|جمادي الاول|جماد اول",
    "june|jun|يونيو|يونيه|حزيران|جوان|جمادي الاخره|جمادي الاخر|جمادي الثانيه|جماد ثاني",
    "july|jul|يوليو|يوليه|تموز|جويليه|رجب",
    "august|aug|اغسطس|اب|اوت|شعبان",
    "september|sept|sep|سبتمبر|ايلول|رمضان",
    "october|oct|اكتوبر|تشرين الاول|شوال",
    "november|nov|نوفمبر|تشرين الثاني|ذو القعده|ذي القعده|ذوالقعده",
    "december|dec|ديسمبر|كانون الاول|ذو الحجه|ذي الحجه|ذوالحجه",
)
_LETTERS = dict(zip("أإآىة", "ااايه", strict=True))

_GAP = r"[\s\-/.,،]*"
_NAMED = (  # a month by name → year-month-day
    (rf"^M(\d+){_GAP}(\d{{1,2}})(?:st|nd|rd|th)?[\s,،]+(\d{{4}})", "${3}-${1}-${2}"),
    (rf"^M(\d+){_GAP}(\d{{1,2}})(?:st|nd|rd|th)?\s+([\d:.]+)\s+(\d{{4}})$", "${4}-${1}-${2} ${3}"),
    (rf"^(\d{{4}}){_GAP}M(\d+){_GAP}(\d{{1,2}})", "${1}-${2}-${3}"),
    (rf"^(\d{{1,2}})(?:st|nd|rd|th)?{_GAP}M(\d+){_GAP}(\d{{4}})", "${3}-${2}-${1}"),
    (rf"^(\d{{1,2}}){_GAP}M(\d+){_GAP}(\d{{2}})(\D|$)", "20${3}-${2}-${1}${4}"),
)
_GREENWICH = r"\s?(?:gmt|utc|غرينتش|جرينتش)\s?"
_OFFSETS = (  # GMT+3, غرينتش+3 → +03:00
    (_GREENWICH + r"([+-])(\d)$", " ${1}0${2}:00"),
    (_GREENWICH + r"([+-]\d\d)$", " ${1}:00"),
    (_GREENWICH + r"([+-])(\d:\d\d)$", " ${1}0${2}"),
    (_GREENWICH + r"([+-]\d\d:\d\d)$", " ${1}"),
)
_SOLID = (  # 20250315, 20250315103000
    (r"^(\d{4})(\d{2})(\d{2})$", "${1}-${2}-${3}"),
    (r"^(\d{4})(\d{2})(\d{2})[T ]?(\d{2})(\d{2})(\d{2})$", "${1}-${2}-${3} ${4}:${5}:${6}"),
)
_DATE = r"(?P<a>\d{1,4})\s?[-/.\s]\s?(?P<b>\d{1,2})\s?[-/.\s]\s?(?P<c>\d{1,4})"
_CLOCK = r"(?P<h>\d{1,2})[:.](?P<m>\d{1,2})(?:[:.](?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?)?\s*(?P<half>am|pm)?"
_WRITTEN = rf"^{_DATE}(?:[\sT,،\-]+{_CLOCK})?\s*(?:z|utc|gmt)?\s*(?P<offset>[+-]\d{{2}}:?\d{{2}})?(?P<zulu>)$"


def read_dates(plain: pl.Series, day_first: bool) -> tuple[pl.Series, pl.Series]:
    """Local times of plain dates (`plain_dates`), and their distance from UTC where they name it."""
    parts = plain.str.extract_groups(_WRITTEN).struct.unnest()
    return _date(parts, day_first) + _clock(parts), _offset(parts["offset"], plain)


def plain_dates(text: pl.Series) -> pl.Series:
    """Western digits, numbered months, am and pm; no weekday, no era."""
    plain = (
        western(text)
        .str.strip_prefix("'")
        .str.to_lowercase()
        .str.replace_many(list(_LETTERS), list(_LETTERS.values()))
    )
    plain = (
        plain.str.replace_all(r"[\u064b-\u065f\u0640]", "")
        .str.replace_all(r"[\s\u00a0\u202f]+", " ")
        .str.replace(r"\s*\(.*\)$", "")
    )
    for pattern, offset in _OFFSETS:
        plain = plain.str.replace(pattern, offset)
    if plain.str.contains(r"[^\d\s\-/.:,+tz]").any():
        plain = _numbered_months(_halves(plain))
    for pattern, iso in _SOLID:
        plain = plain.str.replace(pattern, iso)
    return plain.str.replace(r"(\d)t(\d)", "${1} ${2}").str.strip_chars()


def _halves(plain: pl.Series) -> pl.Series:
    """ص and م after a clock are am and pm; without a clock they are eras (هـ, م)."""
    clocked = plain.str.contains(r"\d:\d")
    halves = plain.str.replace(r"(\d)\s*(?:ص|صباحا|a\.m\.?)(\s|$)", "${1} am${2}")
    halves = halves.str.replace(r"(\d)\s*(?:م|مساء|p\.m\.?)(\s|$)", "${1} pm${2}")
    halves = halves.str.replace(r"(^|\s)(am|pm)\s+(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)", " ${3} ${2}")
    eras = plain.str.replace(r"\s*(?:هـ|ه|م|ميلادي|هجري)$", "")
    return halves.zip_with(clocked, eras).str.replace(r"(\d)\s*هـ?(\s)", "${1}${2}")


def _numbered_months(plain: pl.Series) -> pl.Series:
    for number, names in enumerate(MONTHS, 1):
        plain = plain.str.replace(
            rf"(^|[\s\d\-/.,،])(?:{names})\.?([\s\d\-/.,،]|$)", f"${{1}}M{number}${{2}}"
        )
    plain = plain.str.replace(r"^[^\dM]+", "")
    for pattern, iso in _NAMED:
        plain = plain.str.replace(pattern, iso)
    return plain


def _date(parts: pl.DataFrame, day_first: bool) -> pl.Series:
    a, b, c = (pl.col(name).cast(pl.Int32, strict=False) for name in "abc")
    year_first = pl.col("a").str.len_chars() == 4
    short = pl.col("c").str.len_chars() <= 2
    late = pl.when(short).then(pl.when(c < 70).then(c + 2000).otherwise(c + 1900)).otherwise(c)
    numbers = parts.select(
        y=pl.when(year_first).then(a).otherwise(late),
        m=pl.when(year_first).then(b).otherwise(b if day_first else a),
        d=pl.when(year_first).then(c).otherwise(a if day_first else b),
    )
    spelled = pl.format("{}-{}-{}", pl.col("y"), pl.col("m"), pl.col("d"))
    dates = numbers.select(spelled.str.to_datetime("%Y-%m-%d", strict=False, time_unit="ms")).to_series()
    hijri = numbers["y"].is_between(1300, 1500).fill_null(False)
    if not hijri.any():
        return dates
    return dates.scatter(hijri.arg_true(), over_distinct(numbers.filter(hijri).to_struct("ymd"), _gregorian))


def _gregorian(dates: pl.Series) -> pl.Series:
    def convert(date: dict[str, int]) -> object:
        try:
            return Hijri(date["y"], date["m"], date["d"]).to_gregorian()
        except (ValueError, OverflowError):
            return None

    return pl.Series([convert(date) for date in dates], dtype=pl.Date, strict=False).cast(LOCAL)


def _clock(parts: pl.DataFrame) -> pl.Series:
    """Time since midnight; null where the clock is impossible."""
    h, m, s = (pl.col(name).cast(pl.Int64, strict=False).fill_null(0) for name in "hms")
    half = pl.col("half")
    hour = pl.when(half == "pm").then(h % 12 + 12).when(half == "am").then(h % 12).otherwise(h)
    thousandths = pl.col("f").str.pad_end(3, "0").str.head(3).cast(pl.Int64, strict=False).fill_null(0)
    right = (hour < 24) & (h <= 24) & (m < 60) & (s < 60)
    since = pl.duration(hours=hour, minutes=m, seconds=s, milliseconds=thousandths, time_unit="ms")
    return parts.select(pl.when(right).then(since)).to_series()


def _offset(written: pl.Series, plain: pl.Series) -> pl.Series:
    """Distance from UTC where the cell names it; null where the time is local."""
    sign = pl.when(pl.col("o").str.starts_with("-")).then(-1).otherwise(1)
    minutes = pl.col("o").str.slice(1, 2).cast(pl.Int64) * 60 + pl.col("o").str.slice(-2).cast(pl.Int64)
    zulu = pl.col("p").str.contains(r"\d\s*(z|utc|gmt)$")
    named = pl.when(pl.col("o").is_not_null()).then(sign * minutes).when(zulu).then(0)
    return (
        pl.DataFrame({"o": written, "p": plain})
        .select(pl.duration(minutes=named, time_unit="ms"))
        .to_series()
    )
