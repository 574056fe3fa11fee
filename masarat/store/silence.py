"""Whether a source that used to bring something has stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from masarat.store.store import Store

DAYS = 90  # over which its habit is seen
LEAST = timedelta(days=3)  # silence that is never worth a word
TIMES = 3  # so many times its usual gap is silence
ACTIVE = 5  # days on which something came; with fewer there is no habit yet


def silent_since(store: Store, source: str, now: datetime) -> datetime | None:
    """When the last event of a source came (UTC), if that is longer ago than three times the longest usual gap between its days; else None.

    The usual gap is that within which nine of ten of its days followed the one before.
    """
    days = store.select(
        "SELECT max(received_at) AS last, toDate(received_at) AS day FROM events WHERE source = {source:String}"
        " AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') GROUP BY day ORDER BY day",
        {"source": source, "since": int((now - timedelta(days=DAYS)).timestamp() * 1000)},
    )
    if len(days) < ACTIVE:
        return None
    gaps = sorted((b["day"] - a["day"]).days for a, b in pairwise(days))
    usual = timedelta(days=gaps[int(len(gaps) * 0.9)])
    last: datetime = days[-1]["last"].replace(tzinfo=UTC)
    return last if now - last > max(LEAST, TIMES * usual) else None
