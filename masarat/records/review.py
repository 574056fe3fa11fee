"""The review queue: pairs of customers who may be one, those that wait for a person and those that were answered.

`accepted`: they were made one customer. `rejected`: they never are. `left`: nobody wants to be asked again, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from masarat.errors import UnknownName
from masarat.records import Transaction
from masarat.records.models import ReviewPair, ReviewRun, now

WAITING, ACCEPTED, REJECTED, LEFT = STATES = ("waiting", "accepted", "rejected", "left")
AT_ONCE = 500  # identifiers of one statement: databases bound how many values it may have

Two = tuple[str, str]  # by which identifiers two customers are called, in the order of their texts


@dataclass(frozen=True, slots=True)
class Seen:
    """Two customers who may be one, as somebody looked last."""

    two: Two
    probability: float
    strong: bool
    evidence: Mapping[str, Any]


def two(one: str, other: str) -> Two:
    return (one, other) if one <= other else (other, one)


def pairs(t: Transaction, state: str, limit: int, offset: int) -> list[ReviewPair]:
    """A page of them: those that share a phone, e-mail or tax number first, then the likeliest; of answered ones the newest first."""
    check_state(state)
    query = select(ReviewPair).where(ReviewPair.state == state).limit(limit).offset(offset)
    if state == WAITING:
        query = query.order_by(ReviewPair.strong.desc(), ReviewPair.probability.desc(), ReviewPair.id)
    else:
        query = query.order_by(ReviewPair.answered_at.desc(), ReviewPair.id.desc())
    return list(t.scalars(query))


def every(t: Transaction) -> list[ReviewPair]:
    return list(t.scalars(select(ReviewPair).order_by(ReviewPair.id)))


def count(t: Transaction, state: str = WAITING) -> int:
    return t.scalar(select(func.count()).select_from(ReviewPair).where(ReviewPair.state == state)) or 0


def pair(t: Transaction, number: int) -> ReviewPair:
    """The pair of this number. Raises UnknownName where there is none."""
    found = t.get(ReviewPair, number)
    if found is None:
        known = t.scalars(select(ReviewPair.id).where(ReviewPair.state == WAITING).limit(5))
        raise UnknownName("pair", str(number), [str(each) for each in known] or ["none waits"])
    return found


def check_state(state: str) -> str:
    if state not in STATES:
        raise UnknownName("state", state, list(STATES))
    return state


def settle(found: ReviewPair, state: str, actor: str) -> None:
    """Write down what was said of a pair; waiting again, nothing was."""
    found.state, found.actor = state, "" if state == WAITING else actor
    found.answered_at = None if state == WAITING else now()


def renew(t: Transaction, seen: Iterable[Seen], standing: Mapping[Two, ReviewPair]) -> int:
    """Make these the pairs that wait, and return how many. `standing` are those that may be asked of already: they keep their numbers,
    and whichever is not seen any more goes, unless it was answered once."""
    waiting = 0
    gone = dict(standing)
    for each in seen:
        waiting += 1
        known = gone.pop(each.two, None) or ReviewPair()
        describe(known, each)
        settle(known, WAITING, "")
        t.add(known)
    for known in gone.values():
        if known.state == WAITING:
            t.delete(known)
    return waiting


def describe(known: ReviewPair, seen: Seen) -> None:
    known.one, known.other = seen.two
    known.probability, known.strong, known.evidence = seen.probability, seen.strong, dict(seen.evidence)


def last_run(t: Transaction) -> ReviewRun | None:
    return t.scalars(select(ReviewRun).order_by(ReviewRun.id.desc()).limit(1)).first()


def forget(t: Transaction, identifiers: Collection[str]) -> int:
    """Delete every pair that names one of these identifiers, answered or not, and return how many."""
    asked, gone = sorted(set(identifiers)), 0
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        named = select(ReviewPair.id).where(ReviewPair.one.in_(some) | ReviewPair.other.in_(some))
        numbers = list(t.scalars(named))
        gone += len(numbers)
        t.execute(delete(ReviewPair).where(ReviewPair.id.in_(numbers)))
    return gone
