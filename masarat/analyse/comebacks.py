"""Who began, and in which later periods they came back: the steps behind retention, one row a part, cohort and period.

All is done in one pass over the moves, grouped by customer. Of each customer only the numbers of periods are kept, so that memory
grows with customers and periods, and not with moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import Step, moves
from masarat.analyse.places import place


def comebacks(
    frame: Frame, steps: Sequence[Step], by: Bucket, *, again: bool, in_money: bool, or_later: bool
) -> dict[str, str]:
    """The steps up to `found`: start (number of the cohort's period), breakdown, rest, nth (periods later), customers, ever, amount.

    `steps` are what customers begin with and what they come back with. With `again` they belong to every period in which they began;
    `in_money` they come back by buying; with `or_later` only the last time counts, for whoever adds up from there.
    They bind what `based` gives, first_cohort, periods and parts.
    """
    start = steps[0].sql(0)
    back = start if steps[0].text == steps[1].text else steps[1].sql(1)
    one = start if start == back else f"({start}) OR ({back})"
    everybody = replace(frame, segment=())
    places = SPENT if in_money else LAST if or_later else EACH
    parted = bool(frame.breakdown)
    return {
        "moves": moves(
            everybody,
            one,
            more={"is_start": start, "is_back": back, "chosen": f"true{frame.only()}"},
            history=not again or bool(frame.segment or frame.breakdown),
        ),
        **({"sales": replace(everybody, breakdown="").sales(), "traced": TRACED + SOLD} if in_money else {}),
        "people": _people(frame, by, again, in_money, start == back),
        "cohorts": COHORTS.format(places=places),
        "counted": COUNTED.format(**(MONEY if in_money else HEADS), **(APART if parted else TOGETHER)),
        **({"ranked": RANKED, "found": FOUND} if parted else {"found": WHOLE}),
    }


def _people(frame: Frame, by: Bucket, again: bool, in_money: bool, alike: bool) -> str:
    """One row a customer who began: the periods in which they did, and those in which they came back.

    Where they come back with what they began with, every move that is read is both, and one list tells all.
    """
    at = place(frame, by)
    plain = alike and not in_money
    backs = f"groupUniqArray({at})" if plain else f"groupUniqArrayIf({at}, is_back)"
    if plain:
        begun = "backs" if again else "[arrayMin(backs)]"
    elif again:
        begun = f"groupUniqArrayIf({at}, is_start)"
    else:
        begun = f"[{place(frame, by, 'minIf(day, is_start)')}]"
    began_as = "('', true)"
    if frame.segment or frame.breakdown:
        began_as = "argMinIf((breakdown, chosen), (ts, breakdown, chosen), is_start)"
    spent = f",\n       sumMapIf([{at}], [net], is_sale) AS spent" if in_money else ""
    began = "" if plain else "countIf(is_start) > 0 AND "
    return f"""
SELECT customer_id, {backs} AS backs, arrayFilter(start -> start >= {{first_cohort:Int32}}, {begun}) AS starts, {began_as} AS began_as{spent}
FROM {"traced" if in_money else "moves"} GROUP BY customer_id HAVING {began}notEmpty(starts) AND began_as.2"""


TRACED = """
SELECT customer_id, ts, day, breakdown, chosen, is_start, is_back, false AS is_sale, toDecimal64(0, 4) AS net FROM moves"""

SOLD = """
UNION ALL
SELECT customer_id, ts, day, '', true, false, false, true, net FROM sales WHERE customer_id != 0"""

# One row a customer and cohort; `places` are the periods in which they are counted, their own first.
COHORTS = """
SELECT start, began_as.1 AS breakdown, {places}
FROM people ARRAY JOIN starts AS start"""
EACH = """arrayConcat([start], arrayFilter(at -> at > start AND at - start <= {periods:Int32}, backs)) AS places,
       arrayExists(at -> at > start, backs) AS ever"""
LAST = (
    """arrayDistinct([start, arrayMax(arrayConcat([start], backs))]) AS places, length(places) = 2 AS ever"""
)
SPENT = """spent, arrayConcat([start], arrayFilter(at -> at > start AND at - start <= {periods:Int32}, spent.1)) AS places,
       arrayExists((at, amount) -> at > start AND amount > 0, spent.1, spent.2) AS ever"""

COUNTED = """
SELECT start, {part} AS breakdown, at - start AS nth, {customers} AS customers, countIf(ever) AS ever, {sum} AS amount
FROM (SELECT start, breakdown, ever, at, {amount} AS spending FROM cohorts ARRAY JOIN places AS at)
GROUP BY {groups}"""
HEADS = {"amount": "0", "customers": "count()", "sum": "toDecimal64(0, 4)"}
MONEY = {
    "amount": "spent.2[indexOf(spent.1, at)]",
    "customers": "countIf(nth = 0 OR spending > 0)",
    "sum": "sum(spending)",
}
APART = {"part": "breakdown", "groups": "start, breakdown, nth"}
TOGETHER = {"part": "''", "groups": "start, nth"}  # the engine is slow with a text among the keys

RANKED = """
SELECT *, dense_rank() OVER (ORDER BY size DESC, breakdown) > {parts:UInt32} AS rest
FROM (SELECT *, sumIf(customers, nth = 0) OVER (PARTITION BY breakdown) AS size FROM counted)"""

FOUND = """
SELECT start, rest, if(rest, '', breakdown) AS breakdown, nth, sum(customers) AS customers, sum(ever) AS ever, sum(amount) AS amount
FROM ranked GROUP BY start, rest, breakdown, nth ORDER BY rest, breakdown, start, nth"""

WHOLE = """
SELECT start, toUInt8(0) AS rest, breakdown, nth, customers, ever, amount FROM counted ORDER BY start, nth"""
