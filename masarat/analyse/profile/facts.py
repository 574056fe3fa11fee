"""Facts about a customer as they are shown: each with its kind, its value for programs and for people, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from masarat.analyse import kinds
from masarat.analyse.answer import Column
from masarat.analyse.kinds import Kind
from masarat.analyse.profile.path import Stay
from masarat.analyse.rfm import Rfm
from masarat.models.reconcile import USUAL, Rule, Said, reconcile
from masarat.words import Speaker, speaker

Rules = Mapping[
    str, tuple[str, Sequence[str]]
]  # fact → rule and trusted sources; under '' what holds for the others
Fact = dict[str, Any]

# The computed traits in the order in which they are shown.
FIGURES: dict[Kind, tuple[Column, ...]] = {
    "demographic": (),
    "transactional": (
        Column("orders", "count"),
        Column("net", "money"),
        Column("gross", "money"),
        Column("refunds", "money"),
        Column("aov", "money"),
        Column("median", "money"),
        Column("first_order", "time"),
        Column("last_order", "time"),
        Column("days_between", "days"),
        Column("next_order", "date"),
        Column("segment", "text"),
        Column("products", "list"),
        Column("categories", "list"),
        Column("order_channel", "text"),
        Column("branch", "text"),
        Column("order_city", "text"),
        Column("payment", "text"),
        Column("payment_shares", "text"),
        Column("return_rate", "percent"),
        Column("returned_orders", "percent"),
        Column("refused", "count"),
        Column("refused_share", "percent"),
    ),
    "behavioural": (
        Column("stage", "text"),
        Column("first_seen", "time"),
        Column("last_seen", "time"),
        Column("visits", "count"),
        Column("last_visit", "time"),
        Column("pages", "count"),
        Column("channel", "text"),
        Column("device", "text"),
        Column("searches", "list"),
        Column("abandoned_carts", "count"),
        Column("abandoned_value", "money"),
    ),
    "psychographic": (
        Column("interests", "list"),
        Column("sentiment", "text"),
        Column("rating", "number"),
        Column("nps", "number"),
        Column("csat", "number"),
        Column("ces", "number"),
        Column("coupon_use", "percent"),
    ),
}
# What everybody asks of a customer: shown as not known where nobody told it.
ASKED = ("name", "email", "phone", "gender", "birthday", "city", "country", "language", "company")
NAMED = {
    "sentiment": "mood",
    "channel": "channel",
    "order_channel": "channel",
    "device": "device",
}


@dataclass(frozen=True, slots=True)
class Teller:
    """How facts are said: in a language, in the shop's zone and currency."""

    speak: Speaker
    zone: ZoneInfo
    currency: str

    def told(self, facts: Mapping[str, Sequence[Said]], rules: Rules) -> list[Fact]:
        """What sources and people told, with all that disagrees; then what nobody told yet."""
        names = [*ASKED, *sorted(facts.keys() - set(ASKED))]
        return [self._told(name, facts.get(name, ()), rules) for name in names]

    def computed(self, figures: Mapping[str, Any]) -> list[Fact]:
        """The figures under their titles, each with its formula."""
        return [
            self._computed(kind, column, figures.get(column.name))
            for kind, columns in FIGURES.items()
            for column in columns
        ]

    def _told(self, name: str, said: Sequence[Said], rules: Rules) -> Fact:
        rule, trusted = rules.get(name) or rules.get("") or (USUAL, ())
        standing = reconcile(said, cast(Rule, rule), trusted)
        fact = self._fact(kinds.kind_of_trait(name), name, f"fact-{name}", "text")
        if standing is None:
            return fact
        words = {"source": self.speak.text(standing.said.source), "sources": standing.sources}
        return fact | {
            "value": standing.said.value,
            "text": self.speak.text(standing.said.value),
            "how": self.speak.say(f"by-{standing.by}", **words),
            "rule": standing.by,
            "source": standing.said.source,
            "at": self._iso(standing.said.at),
            "disagree": standing.values > 1,
            "values": [self._value(each) for each in sorted(said, key=lambda one: one.at, reverse=True)],
        }

    def _value(self, said: Said) -> dict[str, str]:
        return {
            "value": said.value, "source": said.source, "at": self._iso(said.at), "identifier": said.identifier
        }  # fmt: skip

    def _computed(self, kind: Kind, column: Column, value: Any) -> Fact:
        fact = self._fact(kind, column.name, column.name, column.kind)
        fact |= {"how": self.speak.formula(column.name), "computed": True}
        return (
            fact if value is None else fact | {"value": self._plain(value), "text": self._text(column, value)}
        )

    def _fact(self, kind: Kind, name: str, key: str, type_: str) -> Fact:
        """A fact of which nothing is known."""
        title = self.speak.say(key) if self.speak.knows(key) else self.speak.text(name)
        return {
            "kind": kind, "name": name, "title": title, "type": type_, "value": None,
            "text": self.speak.say("not-known"), "how": "", "computed": False, "values": [],
        }  # fmt: skip

    def _text(self, column: Column, value: Any) -> str:
        if column.name == "payment_shares":
            parts = [f"{self.speak.text(way)} {self.speak.percent(share)}" for way, share in value.items()]
            return ("، " if self.speak.language == "ar" else ", ").join(parts)
        if isinstance(value, Stay):
            return self.speak.text(value.title)
        if column.name == "segment":
            return speaker(Rfm.words, self.speak.language).say(value)
        if (key := f"{NAMED.get(column.name, '')}-{value}") and self.speak.knows(key):
            return self.speak.say(key)
        here = value.astimezone(self.zone) if isinstance(value, datetime) else value
        return self.speak.value(column.kind, here, self.currency)

    def _plain(self, value: Any) -> Any:
        """The value as JSON has it."""
        if isinstance(value, Stay):
            return value.key
        if isinstance(value, datetime):
            return self._iso(value)
        return value.isoformat() if isinstance(value, date) else value

    def _iso(self, at: datetime) -> str:
        return at.astimezone(self.zone).isoformat(timespec="seconds")
