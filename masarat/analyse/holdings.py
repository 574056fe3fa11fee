"""What personal data the store holds: which identifiers and facts, of how many people, from where and since when."""

from __future__ import annotations

from dataclasses import dataclass

from masarat.analyse.people import OWNER, OWNER_OF_FACT
from masarat.store import Row, Store

IDENTIFIERS = """
SELECT if(position(identifier, ':name:') > 0, 'name', splitByChar(':', identifier)[1]) AS kind,
       uniqExact(identifier) AS held, arraySort(groupUniqArray(source)) AS sources,
       toDate(min(ts), {timezone:String}) AS first, toDate(max(ts), {timezone:String}) AS last
FROM (
    SELECT arrayJoin(arrayDistinct(arrayPushBack(identifiers, visitor_id))) AS identifier, source, ts FROM events
    WHERE visitor_id != ''
)
WHERE identifier != '' GROUP BY kind ORDER BY held DESC, kind"""

FACTS = f"""
SELECT trait, uniqExact({OWNER_OF_FACT}) AS held, arraySort(groupUniqArray(source)) AS sources,
       toDate(min(ts), {{timezone:String}}) AS first, toDate(max(ts), {{timezone:String}}) AS last
FROM traits WHERE value != '' GROUP BY trait ORDER BY held DESC, trait"""

SOURCES = """
SELECT source, count() AS held, toDate(min(ts), {timezone:String}) AS first, toDate(max(ts), {timezone:String}) AS last
FROM events GROUP BY source ORDER BY held DESC, source"""

# A customer ordered, or told something about themselves; a visitor is only known by a browser.
PEOPLE = f"""
SELECT countIf(known) AS customers, countIf(NOT known) AS visitors
FROM (
    SELECT who, max(known) AS known
    FROM (
        SELECT {OWNER} AS who, name = 'Order Completed' AS known FROM events WHERE customer_id != 0
        UNION ALL SELECT {OWNER_OF_FACT} AS who, true AS known FROM traits
    )
    GROUP BY who
)"""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Rows with `held` (how many), `first` and `last` (days); identifiers by kind, facts by trait, moves by source."""

    customers: int
    visitors: int
    identifiers: list[Row]
    facts: list[Row]
    sources: list[Row]


def holdings(store: Store) -> Holdings:
    zone = {"timezone": store.settings.timezone}
    (people,) = store.select(PEOPLE)
    return Holdings(
        customers=people["customers"],
        visitors=people["visitors"],
        identifiers=store.select(IDENTIFIERS, zone),
        facts=store.select(FACTS, zone),
        sources=store.select(SOURCES, zone),
    )
