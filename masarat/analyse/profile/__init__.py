"""One customer as the store knows them: what sources told, what they did as figures, and in which stage and segment that puts them.

Reads by key, whatever the number of customers: facts, moves, stages, and (once a day) the bounds of the RFM scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from masarat.analyse.kinds import KINDS
from masarat.analyse.profile.facts import Rules, Teller
from masarat.analyse.profile.path import Stay
from masarat.analyse.profile.scores import Bounds
from masarat.models.customer import Move, figures
from masarat.models.reconcile import Said
from masarat.settings import Language
from masarat.store import Store
from masarat.words import speaker
from masarat.words.of import words


def profile(
    store: Store,
    members: Sequence[str],
    moves: Sequence[Move],
    told: Mapping[str, Sequence[Said]],
    *,
    language: Language,
    now: datetime,
    currency: str,
    rules: Rules,
    path: Sequence[Stay] = (),
    bounds: Bounds | None = None,
) -> dict[str, Any]:
    """What is known of the customer with these identifiers (they are called by the first), who did `moves` and of whom `told` was told.

    `facts` has one entry a fact, with its kind (demographic, transactional, behavioural, psychographic), `value` for programs, `text` for
    people, and `how` it came to be. Where nothing is known, `value` is null and the text says so. `path` is their way through the stages.
    """
    zone = store.settings.zone
    found = figures(moves, currency, zone, now)
    teller = Teller(speaker(words("profile"), language), zone, currency)
    placed = {"segment": _segment(found, bounds, store), "stage": path[-1] if path else None}
    facts = [*teller.told(told, rules), *teller.computed(found | placed)]
    name = next((fact["value"] for fact in facts if fact["name"] == "name"), None)
    return {
        "customer": members[0],
        "identifiers": list(members),
        "name": name,
        "sentence": _sentence(teller, name, found),
        "facts": sorted(facts, key=lambda fact: KINDS.index(fact["kind"])),
        "kinds": {kind: teller.speak.say(f"kind-{kind}") for kind in KINDS},
        "notices": _notices(teller, found),
        "path": [stay.to_json() for stay in path],
        "segment_as_of": bounds.at if bounds else None,
        "currency": currency,
        "timezone": store.settings.timezone,
        "language": language,
    }


def _segment(found: Mapping[str, Any], bounds: Bounds | None, store: Store) -> str | None:
    if bounds is None or not found["orders"]:
        return None
    day = found["last_order"].astimezone(store.settings.zone).date()
    return bounds.segment(day, found["orders"], found["net"])


def _sentence(teller: Teller, name: str | None, found: Mapping[str, Any]) -> str:
    seen = found["last_seen"]
    return teller.speak.say(
        "sentence",
        name=teller.speak.text(name) if name else teller.speak.say("nameless"),
        orders=found["orders"],
        net=teller.speak.money(found["net"], teller.currency),
        seen=teller.speak.day(seen.astimezone(teller.zone).date()) if seen else "none",
    )


def _notices(teller: Teller, found: Mapping[str, Any]) -> list[str]:
    others = found["other_currencies"]
    if not others:
        return []
    return [teller.speak.say("note-currencies", currency=teller.currency, others=", ".join(others))]
