"""Place in search results, as a search engine's console tells it."""

from __future__ import annotations

from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.metrics.base import Metric, Reading, Said

SHOWN = "Search Result Shown"


def _number(name: str) -> str:
    return f"toFloat64OrNull(toString(props.{name}))"


def _steps(frame: Frame) -> dict[str, str]:
    """One row a query or page; rows without impressions count once."""
    split = DIMENSIONS[frame.breakdown] if frame.breakdown else "''"
    return {
        "facts": f"""
SELECT cityHash64(event_id) AS who, toDate(ts, {{timezone:String}}) AS day, {split} AS breakdown,
       {_number("position")} AS place, greatest(ifNull({_number("impressions")}, 1), 0) AS times
FROM events WHERE name = '{SHOWN}' AND {frame.within()}{frame.only()} AND place IS NOT NULL""",
    }


SEARCH_POSITION = Metric(
    "search_position", "number", "less", ("awareness",), Reading("searches", _steps, lambda frame: frame.values, (SHOWN,)),
    "sum(assumeNotNull(place) * times)", "sum(times)",
    en=Said("Place in search", "Average place in search results, each query and page weighted by how often it was shown; 1 is the first"),
    ar=Said("الترتيب في البحث", "متوسط الترتيب في نتائج البحث، مرجّحًا بعدد مرات ظهور كل عبارة وصفحة؛ والأول هو 1"),
    by_days=True,
)  # fmt: skip
