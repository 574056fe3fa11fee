"""Visits that may still go on, as the store knows them: what a door forgets when it restarts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from masarat.store.store import Store

RECENT = """
SELECT
    source,
    if(browser = '', visitor_id, browser) AS visitor,
    session_id,
    toUnixTimestamp64Milli(min(ts)) / 1000 AS started,
    toUnixTimestamp64Milli(max(ts)) / 1000 AS ended,
    argMin(channel, (channel = '', ts)) AS channel,
    argMaxIf(concat(utm_source, '\\0', utm_medium, '\\0', utm_campaign), ts, tagged) AS campaign
FROM (
    SELECT
        source, visitor_id, session_id, ts, channel, utm_source, utm_medium, utm_campaign,
        arrayFirst(one -> startsWith(one, 'anon:'), identifiers) AS browser,
        utm_source != '' OR utm_medium != '' OR utm_campaign != '' AS tagged
    FROM events
    WHERE ts >= {since:DateTime64(3, 'UTC')} AND session_id != ''
)
GROUP BY source, visitor, session_id
ORDER BY ended DESC
LIMIT {most:UInt64}
"""


def recent_visits(store: Store, since: datetime, most: int) -> list[dict[str, Any]]:
    """One row a visit with a move since then, the oldest first, of at most so many; times in UTC seconds."""
    return store.select(RECENT, {"since": since, "most": most})[::-1]
