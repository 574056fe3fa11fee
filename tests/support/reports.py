"""A small shop's report, asked once a language, for the tests of every format."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from masarat.show.reports.build import Report, build, questions
from tests.support.shop import Engine, order, refund, write

HOSTILE = "<script>alert(1)</script> #strong[x] $y$ =1+1 \\ \"'&"
FORMULA = '=HYPERLINK("http://example.com","x")'
NOW = datetime(2025, 6, 30, 12, tzinfo=ZoneInfo("Asia/Riyadh"))

MOVES = [
    order("a", "2025-01-05", 100, items=[("قهوة هرري", 2, 60), (HOSTILE, 1, 40)], channel="email"),
    order("b", "2025-01-20", 50.5, items=[(FORMULA, 1, 50.5)], channel="store"),
    order("a", "2025-02-10", 30, items=[("قهوة هرري", 1, 30)], channel="email"),
    refund("a", "2025-02-12", 20, items=[("قهوة هرري", -1, -20)], channel="email"),
    order("c", "2025-03-11", 200, items=[("دلة", 1, 200)], channel="store"),
]


@cache
def small_report(engine: Engine, language: str, calendar: str = "gregorian") -> Report:
    store = engine.store()
    write(store, MOVES)
    return build(store, questions("", {"language": language, "calendar": calendar}), now=NOW)
