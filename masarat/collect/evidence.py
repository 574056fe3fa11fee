"""What a column's values say about its meaning, whatever its header says: seen on the first rows of a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property

import polars as pl
from babel import Locale

from masarat.collect.counts import read_count
from masarat.collect.currencies import currency_of
from masarat.collect.fields import FieldKind
from masarat.collect.phones import read_phone
from masarat.collect.states import knows_status
from masarat.collect.times import read_time
from masarat.collect.values import (
    as_text,
    over_distinct,
    read_email,
    read_number,
    western,
    without_empty,
)
from masarat.words.folding import fold

_DATE_LIKE = r"\d[-/.\s,،]+\w.*\d|^\d{5}$|^\d{8,16}$"
SOME = 500  # cells on which shares of dates, e-mails, … are counted
_CODE = r"^[^\s,.@]*\d[^\s,.@]*$"
_WORDS = r"\p{L}{2,}.*\s.*\p{L}|\p{L}{4,}"


class Evidence:
    """One column of the sample, looked at as far as it is asked about. Shares are of the cells that are not empty."""

    def __init__(self, cells: pl.Series, country: str) -> None:
        """`cells` are tidy (see `values.tidy`)."""
        self.name = cells.name
        self.cells = cells
        self.country = country

    @cached_property
    def text(self) -> pl.Series:
        return without_empty(self.cells if self.cells.dtype == pl.String else as_text(self.cells))

    @cached_property
    def filled(self) -> pl.Series:
        return self.text.drop_nulls()

    @cached_property
    def some(self) -> pl.Series:
        return self.filled.gather_every(max(1, len(self.filled) // SOME))

    @property
    def is_empty(self) -> bool:
        return self.filled.is_empty()

    @cached_property
    def distinct(self) -> int:
        return self.filled.n_unique()

    @cached_property
    def samples(self) -> list[str]:
        """A few different cells, from the top."""
        top = self.text.head(SOME).drop_nulls()
        found = top if len(top) else self.filled
        return [cell[:80] for cell in found.unique(maintain_order=True).head(3)]

    @cached_property
    def numbers(self) -> pl.Series:
        """The cells as numbers where they are; dates and phones are none."""
        if self.cells.dtype.is_temporal():
            return pl.repeat(None, len(self.cells), dtype=pl.Float64, eager=True)
        return read_number(self.cells)[0]

    @cached_property
    def number(self) -> float:
        if self.is_empty or self.cells.dtype.is_temporal():
            return 0.0
        told = self.some if self.cells.dtype == pl.String else self.cells
        open_mark = told.dtype == pl.String and told.str.contains("[.,]").any()
        marks = ".," if open_mark else "."
        return max(read_number(told, mark)[0].count() for mark in marks) / len(told.drop_nulls())

    @cached_property
    def count(self) -> float:
        """As `number`, where a cell may also name a unit, or say that nothing is counted."""
        if self.number > 0.9 or self.cells.dtype != pl.String:
            return self.number
        return max(self.number, _mean(~read_count(self.some)[1]))

    @cached_property
    def whole(self) -> float:
        """Share of whole numbers among the numbers."""
        numbers = self.numbers.drop_nulls()
        return _mean(numbers % 1 == 0)

    @cached_property
    def time(self) -> float:
        if self.cells.dtype.is_temporal():
            return 1.0 if self.cells.dtype != pl.Time else 0.0
        likely = western(self.some).str.contains(_DATE_LIKE)
        if _mean(likely) < 0.2:
            return 0.0
        cells = self.some.filter(likely)
        found = [
            read_time(cells, timezone="UTC", day_first=order)[0].is_not_null() for order in (True, False)
        ]
        return float((found[0] | found[1]).sum()) / len(self.some)

    @cached_property
    def clock(self) -> float:
        if self.cells.dtype == pl.Time:
            return 1.0
        return _mean(western(self.some).str.contains(r"\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*\D{0,6}$"))

    @cached_property
    def email(self) -> float:
        return _mean(read_email(self.some) != "")

    @cached_property
    def phone(self) -> float:
        return _mean(read_phone(self.some, self.country) != "")

    @cached_property
    def dialled(self) -> float:
        """Share that is written as a phone is, and not as any number is."""
        return _mean(western(self.some).str.contains(r"^'?(\+|00|0?5\d{8}(\.0)?$|9665)"))

    @cached_property
    def currency(self) -> float:
        return self._known(lambda text: bool(currency_of(text)), most=30)

    @cached_property
    def status(self) -> float:
        return self._known(knows_status, most=40)

    @cached_property
    def country_name(self) -> float:
        return self._known(lambda text: fold(text) in countries(), most=300)

    @cached_property
    def city(self) -> float:
        return self._known(lambda text: fold(text).removeprefix("ال") in CITIES, most=500)

    @cached_property
    def code(self) -> float:
        """Share that looks like an identifier: one word with digits in it, no fraction."""
        return _mean(western(self.some).str.strip_suffix(".0").str.contains(_CODE))

    @cached_property
    def words(self) -> float:
        return _mean(self.some.str.contains(_WORDS))

    def fit(self, kind: FieldKind) -> float:
        """How well the values bear out a field of this kind; an empty column neither does nor does not."""
        if self.is_empty:
            return 0.5
        match kind:
            case "time":
                return max(self.time, self.clock)
            case "number" | "money":
                return self.number
            case "count":
                return self.count
            case "duration":
                return max(self.number, self.clock, _mean(self.some.str.contains(r"\d")))
            case "email":
                return max(self.email, 0.4 * _mean(self.some.str.contains("@")))
            case "phone":
                return max(self.phone, _mean(western(self.some).str.contains(r"^[+'\d][\d\s\-().]{5,}$")))
            case "currency":
                return self.currency
            case _:
                return 0.3 if self.number < 0.5 and self.time > 0.9 else 1.0

    def _known(self, knows: Callable[[str], bool], most: int) -> float:
        """Share that `knows`, for columns of few different values."""
        if self.is_empty or self.distinct > most:
            return 0.0
        return _mean(
            over_distinct(self.filled, lambda texts: pl.Series([bool(knows(text)) for text in texts]))
        )


def _mean(right: pl.Series) -> float:
    return int(right.sum()) / len(right) if len(right) else 0.0


def depends(column: pl.Series, on: pl.Series) -> float:
    """Share of rows whose group (rows with the same `on`) has a single value of `column`, among groups of several rows."""
    frame = pl.DataFrame({"on": on, "column": column}).drop_nulls("on")
    groups = (
        frame.group_by("on")
        .agg(rows=pl.len(), values=pl.col("column").drop_nulls().n_unique())
        .filter(pl.col("rows") > 1)
    )
    rows = int(groups["rows"].sum())
    return int(groups.filter(pl.col("values") <= 1)["rows"].sum()) / rows if rows else 1.0


def repeats(column: pl.Series) -> float:
    """How often a value comes again: 0 where each is alone, near 1 where there are few."""
    filled = column.drop_nulls()
    return 1 - filled.n_unique() / len(filled) if len(filled) else 0.0


def multiply(a: pl.Series, b: pl.Series, product: pl.Series) -> float:
    """Share of rows in which a × b is the product, to the halala."""
    told = (
        pl.DataFrame({"a": a, "b": b, "p": product})
        .drop_nulls()
        .filter((pl.col("a") != 1) & (pl.col("b") != 0))
    )
    right = (told["a"] * told["b"] - told["p"]).abs() <= 0.011
    return _mean(right)


def is_meaningless(header: str) -> bool:
    """Whether a header names nothing: `col1`, `Unnamed: 3`, `column 4`, `عمود ٢`, `A`."""
    folded = re.sub(r"[\W_]+", "", fold(header))
    return bool(
        re.fullmatch(
            r"(col|column|field|unnamed|unnamedcolumn|var|attr|x|c|f|v|عمود|العمود|حقل|الحقل)?\d*|id|no|رقم|م|[a-z]",
            folded,
        )
    )


@cache
def countries() -> frozenset[str]:
    """Names and codes of the countries of the world, folded, in both languages."""
    found = {"uk", "usa", "uae", "ksa", "eire", "السعوديه", "الامارات"}
    for language in ("en", "ar"):
        for code, name in Locale(language).territories.items():
            found |= {fold(str(name)), str(code).lower()} if len(str(code)) == 2 else set()
    return frozenset(found)


# Enough of the region to recognise a column of cities; any other city is kept as well.
CITIES = frozenset(
    fold(city).removeprefix("ال")
    for city in ["الرياض", "جدة", "مكة", "المدينة", "الدمام", "الخبر", "الظهران", "الطائف", "تبوك", "بريدة", "عنيزة", "القصيم", "حائل", "أبها", "نجران", "جازان", "الباحة", "الجبيل", "ينبع", "الأحساء", "الهفوف", "القطيف", "الخرج", "عرعر", "سكاكا", "دبي", "أبوظبي", "الشارقة", "الكويت", "الدوحة", "المنامة", "مسقط", "القاهرة", "عمان", "بيروت", "بغداد", "riyadh", "jeddah", "makkah", "mecca", "madinah", "medina", "dammam", "khobar", "dhahran", "taif", "tabuk", "buraydah", "unaizah", "hail", "abha", "najran", "jazan", "jizan", "jubail", "yanbu", "hofuf", "qatif", "kharj", "arar", "sakaka", "dubai", "sharjah", "doha", "manama", "muscat", "cairo", "amman", "beirut", "baghdad", "kuwait"]
) | {"abu dhabi", "خميس مشيط", "khamis mushait", "مكه المكرمه", "مدينه المنوره", "حفر الباطن", "al khobar", "kuwait city"}  # fmt: skip
