"""What lies ahead with one customer: whether they are about to leave, what they will bring, what to offer them next.

The questions `at_risk` and `customer_value` judge all customers at once: what they say is kept a while, and every profile looks it up there, so
that it agrees with their lists. `next_product` is asked of the one customer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from masarat.analyse import Analysis, Answer
from masarat.analyse.at_risk import AtRisk
from masarat.analyse.customer_value import MOST as MOST_VALUED
from masarat.analyse.customer_value import CustomerValue
from masarat.analyse.next_product import NextProduct
from masarat.settings import Language
from masarat.store import Row
from masarat.words import Speaker, speaker

FRESH_SECONDS = 900.0
MOST_AT_RISK = 10_000
OFFERS = 2  # of each kind

Ask = Callable[[Analysis], Answer]


class Outlook:
    """What the models say of single customers of an open shop."""

    def __init__(self, ask: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = ask, clock
        self._kept: dict[Analysis, tuple[float, Answer, Mapping[str, Row]]] = {}
        self._looking = threading.Lock()  # whoever comes meanwhile waits for the same answer

    def of(self, members: Sequence[str], language: Language) -> dict[str, Any]:
        """Of the customer with these identifiers, called by the first.

        `risk` where they are listed by `at_risk` (chance of no order, money at stake, reasons, what to do), `value` where
        `customer_value` lists them (money expected in so many days); both null elsewhere. `offers` by `next_product`, none where it knows none.
        """
        return {
            "risk": self._risk(members, language),
            "value": self._value(members, language),
            "offers": self._offers(members[0], language),
        }

    def _risk(self, members: Sequence[str], language: Language) -> dict[str, Any] | None:
        asked = AtRisk(limit=MOST_AT_RISK, language=language)
        answer, row = self._listed(asked, members)
        if row is None:
            return None
        say = speaker(AtRisk.words, language)
        return {
            "chance": row["chance"],
            "chance_text": say.percent(row["chance"]),
            "at_stake": row["at_stake"],
            "at_stake_text": say.money(row["at_stake"], answer.currency, whole=True),
            "days": next((one.value for one in answer.numbers if one.name == "days_ahead"), None),
            "because": list(row["why"]),
            "action": row["action"],
        }

    def _value(self, members: Sequence[str], language: Language) -> dict[str, Any] | None:
        asked = CustomerValue(limit=MOST_VALUED, language=language)
        answer, row = self._listed(asked, members)
        if row is None:
            return None
        say = speaker(CustomerValue.words, language)
        return {
            "expected": row["expected"],
            "expected_text": say.money(row["expected"], answer.currency, whole=True),
            "days": asked.horizon,
        }

    def _offers(self, customer: str, language: Language) -> list[dict[str, Any]]:
        answer = self._ask(NextProduct(customer=customer, each=OFFERS, language=language))
        say = speaker(NextProduct.words, language)
        return [_offer(row, answer, say) for row in answer.rows if row["offer"]]

    def _listed(self, asked: Analysis, members: Sequence[str]) -> tuple[Answer, Row | None]:
        """The answer, and its row of this customer, by whatever they were called when it was given."""
        with self._looking:
            at, answer, rows = self._kept.get(asked) or (float("-inf"), None, {})
            if answer is None or self._clock() - at >= FRESH_SECONDS:
                answer = self._ask(asked)
                rows = {str(row["customer"]): row for row in answer.rows}
                self._kept[asked] = self._clock(), answer, rows
        return answer, next((rows[one] for one in members if one in rows), None)


def _offer(row: Row, answer: Answer, say: Speaker) -> dict[str, Any]:
    return {
        "offer": row["offer"],
        "kind": row["kind"],
        "because": row["why"],
        "price_text": "" if row["price"] is None else say.money(row["price"], answer.currency),
        "due_text": "" if row["due"] is None else say.day(row["due"]),
    }
