"""The RFM segment of one customer, at once: the scores are ranks among all customers, so their bounds are measured beforehand.

A score only depends on how many customers have less, and whoever has the same gets the same: so four bounds of each measure say it
for anybody. They are measured with the steps of the question `rfm` itself, kept with their day, and measured anew once a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from masarat.analyse.frame import Frame, facts
from masarat.analyse.period import Period
from masarat.analyse.rfm import RULES, SCORES, Rfm
from masarat.records import Records
from masarat.records.remembered import recall, remember
from masarat.store import Query, Store

NAME = "rfm bounds"
FRESH = timedelta(days=1)  # older ones are measured anew by whoever has time,
STALE = timedelta(days=2)  # and still older ones by whoever asks
NEVER = 1e18  # nobody has this score yet

MEASURES = {"r": "toFloat64(day_number)", "f": "toFloat64(orders)", "m": "toFloat64(revenue)"}
BOUNDS = "SELECT count() AS customers, {} FROM scored".format(
    ", ".join(
        f"[{', '.join(f'ifNull(minOrNullIf({value}, {score} >= {at_least}), {NEVER})' for at_least in SCORES[1:])}] AS {score}"
        for score, value in MEASURES.items()
    )
)
PLACES = f"""
SELECT groupArray(segment) AS segments
FROM (SELECT 1 + intDiv(number, 25) AS r, 1 + intDiv(number, 5) % 5 AS f, 1 + number % 5 AS m, multiIf({RULES} '') AS segment
      FROM numbers(125) ORDER BY number)"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which day of the last order, how many orders and how much revenue on each score is reached; the segment of every three scores."""

    at: str  # when they were measured, UTC
    currency: str
    r: Sequence[float]
    f: Sequence[float]
    m: Sequence[float]
    segments: Sequence[str]

    def segment(self, last_order: date, orders: int, net: float) -> str:
        """The segment of a customer with an order; days are counted from 1970."""
        days = (last_order - date(1970, 1, 1)).days
        r, f, m = (
            _reached(value, bounds) for value, bounds in ((days, self.r), (orders, self.f), (net, self.m))
        )
        return self.segments[25 * r + 5 * f + m]


def _reached(value: float, bounds: Sequence[float]) -> int:
    return sum(value >= bound for bound in bounds)


def bounds(store: Store, records: Records, now: datetime, *, older: timedelta = STALE) -> Bounds | None:
    """The bounds that were kept, measured anew where they are older than this; none where nobody has bought yet."""
    kept = recall(records, NAME)
    if kept and now - datetime.fromisoformat(kept["at"]) < older:
        return Bounds(**kept)
    found = measure(store, now)
    if found:
        remember(records, NAME, asdict(found))
    return found


def measure(store: Store, now: datetime) -> Bounds | None:
    """The bounds as they are now: reads all orders, which takes a second a million customers."""
    query = _query(store, now)
    (row,), (places,) = store.rows(query), store.select(PLACES)
    if not row.pop("customers"):
        return None
    return Bounds(now.astimezone(UTC).isoformat(), query.values["currency"], **row, **places)


def _query(store: Store, now: datetime) -> Query:
    question = Rfm().query(whole_history(store, now))
    steps: Mapping[str, str] = {name: question.steps[name] for name in ("sales", "customers", "scored")}
    return Query(steps={**steps, "bounds": BOUNDS}, values=question.values)


def whole_history(store: Store, now: datetime) -> Frame:
    """The frame of everything up to this moment's day, in the shop's own currency."""
    settings = store.settings
    known = facts(store, settings.timezone)
    today = now.astimezone(settings.zone).date()
    return Frame(
        period=Period(date(1970, 1, 1), today, bounded=False),
        before=None,
        currency=next(iter(known.currencies), settings.currency),
        calendar="gregorian",
        language=settings.language,
        settings=settings,
        facts=known,
    )
