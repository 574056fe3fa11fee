"""What is wrong with a row, in one sentence with its remedy, beside the row itself: what the quarantine keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.values import as_text

if TYPE_CHECKING:
    from masarat.collect.mapping import Mapping

BAD = {
    ROW_NUMBER: pl.UInt64(),
    "raw": pl.String(),
    "field": pl.String(),
    "reason": pl.String(),
    "remedy": pl.String(),
}
_REMEDIES = {
    "time": "Write it like 2025-03-15 10:30 or 15/03/2025.",
    "number": "Write it like 12 or 1234.50.",
    "count": "Write it like 12 or 12 pieces.",
    "money": "Write it like 12 or 1234.50.",
    "currency": "Write its three letters, like SAR.",
    "duration": "Write seconds, or like 3:25.",
}
_WHAT = {
    "time": "a date",
    "number": "a number",
    "count": "a number",
    "money": "an amount",
    "currency": "a currency",
    "duration": "a duration",
}


def faulty(mapping: Mapping, batch: pl.DataFrame, faults: list[tuple[str, pl.Series]]) -> list[pl.DataFrame]:
    """Bad rows by their first fault."""
    bad, told = [], pl.repeat(False, batch.height, eager=True)
    for name, mask in faults:
        mask = mask & ~told
        if not mask.any():
            continue
        told = told | mask
        rows = batch.filter(mask)
        bad.append(bad_rows(rows[ROW_NUMBER], raw_of(rows), name, *_reason(mapping, name, rows)))
    return bad


def _reason(mapping: Mapping, name: str, rows: pl.DataFrame) -> tuple[pl.Series | str, str]:
    if not name:
        return mapping.about.each.lacks, mapping.about.each.remedy
    for stranger in mapping.about.strangers:
        if stranger.field == name:
            said = pl.format(f"“{{}}” {stranger.reason}.", _said(mapping, name, rows))
            return rows.select(said).to_series(), stranger.remedy
    kind, column = FIELD_NAMES[name].kind, mapping.column(name)
    cell = as_text(rows[column])
    remedy = _REMEDIES[kind]
    if kind == "time" and cell.str.contains(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d").any():
        remedy = f"Dates in this column are read as {'day/month/year' if mapping.day_first is not False else 'month/day/year'}. {remedy}"
    frame = pl.DataFrame({"cell": cell.str.head(60)})
    wrong = pl.format("“{}” in {} is not {}.", pl.col("cell"), pl.lit(column), pl.lit(_WHAT[kind]))
    missing = pl.format("{} is empty.", pl.lit(column))
    return frame.select(pl.when(pl.col("cell") == "").then(missing).otherwise(wrong)).to_series(), remedy


def _said(mapping: Mapping, name: str, rows: pl.DataFrame) -> pl.Series | pl.Expr:
    """What stands in a field of each row, or holds for all of them."""
    return as_text(rows[mapping.column(name)]) if name in mapping.columns else pl.lit(mapping.values[name])


def bad_rows(
    numbers: pl.Series, raw: pl.Series, field: str, reason: pl.Series | str, remedy: pl.Series | str
) -> pl.DataFrame:
    said = {
        name: text if isinstance(text, pl.Series) else pl.Series([text]).new_from_index(0, len(raw))
        for name, text in (("reason", reason), ("remedy", remedy))
    }
    frame = pl.DataFrame({ROW_NUMBER: numbers, "raw": raw, **said})
    return frame.select(ROW_NUMBER, "raw", pl.lit(field).alias("field"), "reason", "remedy")


def raw_of(rows: pl.DataFrame) -> pl.Series:
    """Each row's cells as a JSON object of texts."""
    cells = rows.drop(ROW_NUMBER).select(as_text(column) for column in rows.drop(ROW_NUMBER))
    return cells.select(pl.struct(pl.all()).struct.json_encode()).to_series()
