"""What stands where sources disagree about one fact: by a rule that the merchant chooses, and that is said with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from masarat.words.folding import fold

Rule = Literal["latest", "most_frequent", "most_trusted", "manual"]
RULES: tuple[Rule, ...] = get_args(Rule)
USUAL: Rule = "manual"
MANUAL = "manual"  # the source of what a person wrote


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a fact: who told it, when, of which identifier."""

    value: str
    source: str
    at: datetime
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The value that stands, by which rule it was chosen, and how many sources and different values there were."""

    said: Said
    by: Rule
    sources: int
    values: int


def reconcile(said: Sequence[Said], rule: Rule = USUAL, trusted: Sequence[str] = ()) -> Standing | None:
    """The one value that stands; none where nothing was said. The order in which values are given does not matter.

    latest: the newest. most_frequent: what most sources tell, of equals the newest. most_trusted: what the first source in the order
    `trusted` tells; sources that are not in it come after. manual: what a person wrote; where nobody did, the newest.
    """
    if not said:
        return None
    chosen, by = _choose(said, rule, trusted)
    return Standing(chosen, by, len({one.source for one in said}), len({fold(one.value) for one in said}))


def _choose(said: Sequence[Said], rule: Rule, trusted: Sequence[str]) -> tuple[Said, Rule]:
    match rule:
        case "most_frequent":
            return max(said, key=lambda one: (_tellers(said, one), *_age(one))), rule
        case "most_trusted":
            return max(said, key=lambda one: (-_place(one, trusted), *_age(one))), rule
        case "manual" if by_hand := [one for one in said if one.source == MANUAL]:
            return max(by_hand, key=_age), rule
    return max(said, key=_age), "latest"


def _age(one: Said) -> tuple[datetime, str, str]:
    """Later counts for more; of two at the same moment, one is chosen that is always the same."""
    return one.at, one.source, one.value


def _tellers(said: Sequence[Said], one: Said) -> int:
    """How many sources tell this value, however it is written."""
    return len({other.source for other in said if fold(other.value) == fold(one.value)})


def _place(one: Said, trusted: Sequence[str]) -> int:
    return trusted.index(one.source) if one.source in trusted else len(trusted)
