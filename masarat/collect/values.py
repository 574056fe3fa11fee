"""Cells → values, a whole column at a time: text, numbers, currencies, states, e-mails and phones.

Every reader takes a column of tidy text (or of native numbers) and gives one as long as that. Where a cell can be wrong, a second
column says which are: empty is never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import polars as pl

from masarat.collect.currencies import currency_of
from masarat.collect.currencies import pattern as currency_pattern

DIGITS = {
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
}
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
             "\u2066", "\u2067", "\u2068", "\u2069", "\u061c", "\ufeff"]  # fmt: skip

# How people say that a cell is empty; for text only what machines write.
MACHINE_EMPTY = ["null", "NULL", "nan", "NaN", "\\N", "#N/A", "None", "NaT", "<NA>"]
EMPTY = [
    *MACHINE_EMPTY,
    "-",
    "--",
    "—",
    "–",
    "n/a",
    "N/A",
    "na",
    "NA",
    "none",
    "nil",
    "لا يوجد",
    "غير متوفر",
    "غير محدد",
    "#REF!",
    "#VALUE!",
]

_CURRENCY = currency_pattern()
_MINUS = r"[-−–]"
# What an amount may look like once digits are Western: signs and currencies on either side of the number itself.
_AMOUNT = rf"^(?P<a>\(|{_MINUS}|\+)?\s*(?:{_CURRENCY})?\s*(?P<b>{_MINUS}|\+)?\s*(?P<n>[\d.,٫٬'’ \u00a0\u202f]*\d[.,٫]?)\s*(?P<c>{_MINUS})?\s*(?:{_CURRENCY})?\s*(?P<d>\)|{_MINUS})?$"
_GROUPED = {
    ".": r"^(?:\d+|\d{1,3}(?:[,٬'’ ]\d{2,3})*[,٬'’ ]\d{3})?(?:\.\d*)?$",
    ",": r"^(?:\d+|\d{1,3}(?:[.'’ ]\d{3})+)?(?:,\d*)?$",
}
_EMAIL = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}$"


def as_text(cells: pl.Series) -> pl.Series:
    """Any column as tidy text. A whole number that was read as a float loses its `.0`."""
    if cells.dtype.is_float() and (cells.drop_nulls() % 1 == 0).all():
        cells = cells.cast(pl.Int64)
    if cells.dtype != pl.String:
        return cells.cast(pl.String, strict=False).fill_null("")
    return tidy(cells.to_frame()).to_series()


def tidy(batch: pl.DataFrame, leave: Collection[str] = ()) -> pl.DataFrame:
    """Text without invisible marks, spaces around it, nulls, a spreadsheet's apostrophe before figures, or the words by which machines say
    that there is nothing."""
    names = [name for name, dtype in batch.schema.items() if dtype == pl.String and name not in leave]
    if not names:
        return batch
    text = pl.col(names)
    beyond_ascii = _those(names, batch.select(text.str.len_bytes().sum() != text.str.len_chars().sum()))
    marked = [name for name in beyond_ascii if _has_marks(batch[name])]
    if marked:
        batch = batch.with_columns(pl.col(marked).str.replace_many(INVISIBLE, [""] * len(INVISIBLE)))
    gaps = [name for name in names if batch[name].null_count()]
    batch = batch.with_columns(text.str.strip_chars()).with_columns(pl.col(gaps).fill_null(""))
    quoted = _those(names, batch.select(text.str.starts_with("'").any()))
    if quoted:
        batch = batch.with_columns(pl.col(quoted).str.replace(r"^'([\d+-])", "${1}"))
    unsaid = _those(names, batch.select(text.is_in(MACHINE_EMPTY).any()))
    return (
        batch.with_columns(
            pl.when(~pl.col(unsaid).is_in(MACHINE_EMPTY))
            .then(pl.col(unsaid))
            .otherwise(pl.lit(""))
            .name.keep()
        )
        if unsaid
        else batch
    )


def _those(names: list[str], said: pl.DataFrame) -> list[str]:
    """The columns of which one row says so."""
    return [name for name, found in zip(names, said.row(0), strict=True) if found]


def _has_marks(text: pl.Series) -> bool:
    beyond = text.filter(text.str.len_bytes() != text.str.len_chars())
    return bool(beyond.str.contains_any(INVISIBLE).any())


def read_id(text: pl.Series, *, whole: bool = False) -> pl.Series:
    """An identifier as it stands, in western digits and without a spreadsheet's apostrophe; `whole`: the column was once saved as floats."""
    text = western(text)
    if text.str.starts_with("'").any():
        text = text.str.strip_prefix("'")
    return text.str.strip_suffix(".0") if whole else text


def western(text: pl.Series) -> pl.Series:
    """Arabic-Indic and Persian digits as 0–9."""
    if int(text.str.len_bytes().sum()) == int(text.str.len_chars().sum()):
        return text
    return text.str.replace_many(list(DIGITS), list(DIGITS.values()))


def without_empty(text: pl.Series) -> pl.Series:
    """Null where a cell says that it is empty."""
    empty = (text == "") | text.is_in(EMPTY)
    return text.set(empty, None)


def over_distinct(cells: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`read` asked once for each different cell."""
    distinct = cells.unique()
    if len(distinct) > 0.5 * len(cells):
        return read(cells)
    return cells.replace_strict(distinct, read(distinct))


def read_number(cells: pl.Series, decimal: str = ".") -> tuple[pl.Series, pl.Series]:
    """Numbers and amounts, and which cells are none. `decimal` is the column's decimal mark where both could be meant."""
    if cells.dtype.is_numeric() or cells.dtype == pl.Boolean:
        numbers = cells.cast(pl.Float64)
        bad = (~numbers.is_finite()).fill_null(False) & numbers.is_not_nan().fill_null(True)
        return numbers.set((~numbers.is_finite()).fill_null(False), None), bad
    text = cells if cells.dtype == pl.String else cells.cast(pl.String)
    numbers = (
        text.cast(pl.Float64, strict=False)
        if decimal == "."
        else pl.Series([None], dtype=pl.Float64).new_from_index(0, len(text))
    )
    numbers = numbers.set((~numbers.is_finite()).fill_null(False), None)
    rest = (numbers.is_null() & text.is_not_null() & (text != "")).fill_null(False)
    if not rest.any():
        return numbers, pl.repeat(False, len(text), eager=True)
    left = without_empty(western(as_text(text.filter(rest))))
    found = over_distinct(left, lambda written: _spelled(written, decimal))
    numbers = numbers.scatter(rest.arg_true(), found)
    return numbers, pl.repeat(False, len(text), eager=True).scatter(
        rest.arg_true(), found.is_null() & left.is_not_null()
    )


def _spelled(written: pl.Series, decimal: str) -> pl.Series:
    """Numbers with grouping, signs, brackets and currencies: "(1,234.50) ر.س" is −1234.5."""
    parts = written.str.strip_prefix("'").str.extract_groups(_AMOUNT).struct.unnest()
    number = parts["n"].str.strip_chars().str.replace_all("[\u00a0\u202f]", " ")
    number = number.str.replace_all("٫", decimal, literal=True)
    fits = number.str.contains(_GROUPED[decimal])
    bare = number.str.replace_all("[,٬'’ ]" if decimal == "." else "[.٬'’ ]", "").str.replace_all(
        ",", ".", literal=True
    )
    signs = (
        parts["a"].fill_null("")
        + parts["b"].fill_null("")
        + parts["c"].fill_null("")
        + parts["d"].fill_null("")
    )
    negative = signs.str.contains(rf"{_MINUS}|\(.*\)")
    value = bare.cast(pl.Float64, strict=False)
    value = pl.select(pl.when(negative).then(-value).otherwise(value)).to_series()
    return value.set(~fits.fill_null(False), None)


def decimal_mark(cells: pl.Series) -> str:
    """The decimal mark of a column: `.`, `,`, or empty where its cells leave it open (`1,234` alone)."""
    if cells.dtype != pl.String:
        return "."
    text = western(cells).str.replace_all(r"[^\d.,٫-]", "")
    if text.str.contains("٫", literal=True).any():
        return "."
    comma = _count(text, r"\.\d{3},\d|\.\d{3}\.\d{3}|^-?\d+,(?:\d{1,2}|\d{4,})$|^-?0,\d+$")
    point = _count(text, r",\d{3}\.\d|^-?\d+\.(?:\d{1,2}|\d{4,})$|^-?0\.\d+$|,\d{3},\d{3}")
    if comma or point:
        return "," if comma > point else "."
    return "" if _count(text, r"\d[.,]\d{3}$") else "."


def _count(text: pl.Series, pattern: str) -> int:
    return int(text.str.contains(pattern).sum())


def currency_in_cells(cells: pl.Series) -> pl.Series:
    """The currency written beside each amount; empty where none is."""

    def find(written: pl.Series) -> pl.Series:
        return read_currency(written.str.extract(rf"({_CURRENCY})", 1).fill_null(""))[0]

    return over_distinct(cells, find)


def read_currency(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """ISO 4217 codes, and which cells name no currency we know."""
    text = without_empty(cells).fill_null("")
    codes = translated(text, currency_of)
    return codes, (codes == "") & (text != "")


def translated(text: pl.Series, translate: Callable[[str], str]) -> pl.Series:
    distinct = text.unique()
    return text.replace_strict(distinct, [translate(cell) for cell in distinct], return_dtype=pl.String)


def read_email(cells: pl.Series) -> pl.Series:
    """Lower case; empty where it cannot be an address."""
    text = (
        without_empty(cells)
        .fill_null("")
        .str.to_lowercase()
        .str.strip_prefix("mailto:")
        .str.strip_chars("'<> ")
    )
    return text.set(~text.str.contains(_EMAIL), "")
