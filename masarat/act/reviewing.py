"""The review: customers who may be one are merged where there is no doubt, and otherwise kept for a person to decide.

A pair that was answered does not come again, unless somebody takes the answer back; then it is asked, and never merged without. Of a pair
the queue keeps two identifiers and how well their fields agree; what is known of the two is read when it is shown.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from datetime import timedelta

from masarat.act.pairing import Owners, now_called, owners_of, plan
from masarat.act.renewing import Found, do, would
from masarat.analyse.contacts import LISTS, contacts
from masarat.errors import BadParameter, MasaratError, UnknownName
from masarat.models.candidates import COMPARED
from masarat.models.reasons import why as reasons_of
from masarat.records import Records
from masarat.records import review as queue
from masarat.records.audit import COMMAND_LINE, mark, note
from masarat.records.models import ReviewPair, now
from masarat.records.review import ACCEPTED, LEFT, REJECTED, WAITING, Two
from masarat.resolve.identity import Identity
from masarat.resolve.recording import RULES
from masarat.settings import Language, Settings
from masarat.store import Row
from masarat.store.identities import tell_waiting

PAGE = 500  # pairs shown at once
FRESH = timedelta(days=1)
ANSWERS = {"accept": ACCEPTED, "reject": REJECTED, "leave": LEFT}
DECISIONS = {ACCEPTED: "merge", REJECTED: "never"}
UNKNOWN = {f"{each.field}_level": -1 for each in COMPARED} | {f"{each.field}_bits": 0 for each in COMPARED}


class Refreshing(MasaratError):
    """Somebody is looking for pairs at this moment."""

    status = 409
    code = "refreshing"


class Review:
    """The review queue of an open shop."""

    def __init__(self, identity: Identity, records: Records, settings: Settings) -> None:
        self.identity, self.records, self.settings = identity, records, settings
        self._looking = threading.Lock()  # one look at a time
        self._deciding = threading.Lock()  # nobody answers while the queue is written anew

    def page(
        self,
        language: Language,
        *,
        state: str = WAITING,
        limit: int = 50,
        offset: int = 0,
        actor: str = COMMAND_LINE,
    ) -> Row:
        """Pairs that wait, the likeliest first (of another state, the newest first), each with what is known of both and why they may be
        one; how many there are in all; and what the last look left out."""
        if not 1 <= limit <= PAGE or offset < 0:
            raise BadParameter(f"From {offset} on {limit} is no page.", f"Ask for 1 to {PAGE}, from 0 on.")
        with self.records.transaction() as t:
            pairs, count, last = (
                queue.pairs(t, state, limit, offset),
                queue.count(t, state),
                queue.last_run(t),
            )
            names = {name for each in pairs for name in (each.one, each.other)}
            note(t, actor, "looked", "review", map(mark, names), state=state)
        owners = owners_of(self.identity.store, names)
        known = self._known({owners.get(name, name) for name in names})
        shown = [_shown(each, owners, known, language) for each in pairs]
        return {
            "pairs": [each for each in shown if state != WAITING or each["one"] != each["other"]],
            "count": count,
            "refreshed_at": last.at if last else None,
            "left_out": last.left_out if last else 0,
        }

    def answer(self, number: int, answer: str, *, why: str = "", actor: str = COMMAND_LINE) -> int:
        """accept: they are one customer. reject: they are two, whatever links them. leave: nobody is asked again, and nothing is decided.
        undo: the answer is taken back, and the pair waits again. Returns how many identifiers changed owners."""
        with self._deciding:
            with self.records.transaction() as t:
                found = queue.pair(t, number)
            if answer == "undo":
                return self._undo(found, why, actor)
            if answer not in ANSWERS:
                raise UnknownName("answer", answer, [*ANSWERS, "undo"])
            if found.state != WAITING:
                raise BadParameter(
                    f"Pair {number} was {found.state} already.", "Take that back first (undo)."
                )
            found.one, found.other = self._customers(found, answer)
            changed = 0
            if answer != "leave":
                deed = self.identity.merge if answer == "accept" else self.identity.never
                changed = deed(found.one, found.other, why=why, actor=actor)
            self._settle(found, ANSWERS[answer], actor, answer)
            return changed

    def refresh(self, language: Language = "en", *, dry_run: bool = False, actor: str = RULES) -> Found:
        """Look at all customers anew: merge where there is no doubt, and let the rest wait. A dry run only tells what would be."""
        if not self._looking.acquire(blocking=False):
            raise Refreshing("The queue is being refreshed already.", "Wait a moment, then look at it.")
        try:
            made = plan(self.identity, self.settings)
            with self._deciding:
                if dry_run:
                    return would(made, self.identity, self.records, language)
                return do(made, self.identity, self.records, language, actor)
        finally:
            self._looking.release()

    def keep_fresh(self) -> None:
        """Look, unless somebody did within a day."""
        with self.records.transaction() as t:
            last = queue.last_run(t)
        if last is None or now() - last.at >= FRESH:
            self.refresh()

    def _undo(self, found: ReviewPair, why: str, actor: str) -> int:
        if found.state == WAITING:
            raise BadParameter(f"Pair {found.id} is not answered.", "There is nothing to take back.")
        said = DECISIONS.get(found.state), {found.one, found.other}
        stands = any((each.what, {each.one, each.other}) == said for each in self.identity.resolver.decisions)
        changed = self.identity.undo(found.one, found.other, why=why, actor=actor) if stands else 0
        self._settle(found, WAITING, actor, "undo")
        return changed

    def _customers(self, found: ReviewPair, answer: str) -> Two:
        """By which names the two are called now. When they have become one, only that they are two can still be said."""
        one, other = now_called(
            found.one, found.other, owners_of(self.identity.store, [found.one, found.other])
        )
        if one != other:
            return one, other
        if answer == "accept":
            raise BadParameter(f"Pair {found.id} has become one customer already.", "Look at the list anew.")
        return found.one, found.other

    def _settle(self, found: ReviewPair, state: str, actor: str, deed: str) -> None:
        with self.records.transaction() as t:
            t.add(found)
            queue.settle(found, state, actor)
            note(t, actor, "changed", "review", [mark(found.one), mark(found.other)], deed=deed)
            waiting = queue.count(t)
        tell_waiting(self.identity.store, waiting)

    def _known(self, customers: Collection[str]) -> dict[str, Row]:
        if not customers:
            return {}
        return {
            row["customer"]: row for row in contacts(self.identity.store, customers).iter_rows(named=True)
        }


def _shown(found: ReviewPair, owners: Owners, known: Mapping[str, Row], language: Language) -> Row:
    """A pair with what is known of both sides, and why they may be one, in words."""
    said = {**UNKNOWN, **found.evidence, "probability": found.probability, "strong": found.strong}
    sides = [_side(owners.get(name, name), known) for name in (found.one, found.other)]
    return {
        "id": found.id,
        "probability": found.probability,
        "state": found.state,
        "one": sides[0],
        "other": sides[1],
        "reasons": reasons_of(said, language),
        "actor": found.actor,
        "answered_at": found.answered_at,
    }


def _side(customer: str, known: Mapping[str, Row]) -> Row:
    """What is known of a customer; of somebody erased nothing."""
    return (
        {"customer": customer}
        | {name: [] for name in LISTS}
        | {"birthday": "", "city": ""}
        | known.get(customer, {})
    )
