"""Which value of a fact stands where sources disagree, as the merchant chose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from masarat.records import Transaction
from masarat.records.models import TraitRule

OTHERS = ""  # the name under which stands what holds for every fact without a rule of its own


def rules(t: Transaction) -> Mapping[str, tuple[str, Sequence[str]]]:
    """Fact → rule and trusted sources, of those that were chosen."""
    return {each.trait: (each.rule, tuple(each.trusted)) for each in t.scalars(select(TraitRule))}


def choose(t: Transaction, trait: str, rule: str, trusted: Sequence[str] = ()) -> None:
    """Let this rule hold for a fact, or for all others; an empty rule takes the choice back."""
    if rule:
        t.merge(TraitRule(trait=trait, rule=rule, trusted=list(trusted)))
    elif known := t.get(TraitRule, trait):
        t.delete(known)
