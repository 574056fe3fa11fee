"""Numbers of pieces and of days as merchants write them: bare, with a unit («40 حبة»), or saying that nothing is counted."""

from __future__ import annotations

import polars as pl

from masarat.collect.values import as_text, read_number, western

# A number, then words without a digit: «3 كرتون × 12» leaves open how many there are.
_WITH_UNIT = r"^(?P<number>[-−–]?[\d.,٫٬]*\d)\s*(?P<unit>[^\d.,٫٬\s×*/%-][^\d×*/]*)$"
_LETTER = r"[a-zA-Z\u0600-\u065f\u066d-\u06ff]"
UNCOUNTED = (
    *("infinite", "infinity", "unlimited", "∞", "not stocked", "not tracked"),
    *("غير محدود", "غير محدودة", "لا محدود", "لا نهائي", "كمية غير محدودة"),
)


def read_count(cells: pl.Series, decimal: str = ".") -> tuple[pl.Series, pl.Series]:
    """Numbers, and which cells are none; null and no fault where a cell says that nothing is counted."""
    numbers, wrong = read_number(cells, decimal)
    if not wrong.any():
        return numbers, wrong
    text = western(as_text(cells.filter(wrong)))
    uncounted = text.str.to_lowercase().is_in(UNCOUNTED)
    counted, still = read_number(text.str.extract(_WITH_UNIT, 1).fill_null("?"), decimal)
    place = wrong.arg_true()
    return numbers.scatter(place, counted), wrong.clone().scatter(place, still & ~uncounted)


def has_unit(cells: pl.Series) -> pl.Series:
    """Which cells name a unit beside their number."""
    if cells.dtype != pl.String or not cells.str.contains(_LETTER).any():
        return pl.repeat(False, len(cells), eager=True)
    return western(cells).str.contains(_WITH_UNIT).fill_null(False)
