"""What every question about a way through steps is asked with: the steps, their order, the time for them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Literal

from pydantic import Field

from masarat.analyse.attempts import EXCLUDED, STEPS, Way
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, event_title
from masarat.analyse.frame import Frame
from masarat.analyse.moves import Step, read_step, seen
from masarat.errors import BadParameter
from masarat.settings import Language

USUAL = (
    "Product Viewed",
    "Product Added",
    "Checkout Started",
    "Order Completed",
)  # the usual way to an order
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=365)


class ThroughSteps(Analysis):
    """The common parameters; `way` reads them."""

    steps: tuple[str, ...] = Field(
        (),
        description="The steps one after another, 2 to 12, each an event with conditions: 'Page Viewed where path=/checkout*'. "
        "None: product viewed, added, checkout, order, as far as the shop tells them.",
    )
    order: Literal["ordered", "strict", "any"] = Field(
        "ordered",
        description="ordered: whatever else happens between; strict: a later step done too early ends the attempt; any: in whatever order.",
    )
    within: str = Field(
        "7d",
        description="Time from the first step to the last: minutes, hours or days, such as 30m, 12h or 14d.",
    )
    exclude: tuple[str, ...] = Field(
        (), description="What ends an attempt where it happens between two steps; written as steps are."
    )
    optional: tuple[int, ...] = Field(
        (), description="Numbers of steps that may be left out: neither the first nor the last."
    )

    needs = ()
    about = ()
    sample = "entered"

    def way(self, frame: Frame, credit: str = "first") -> Way:
        """The steps, read. BadParameter and UnknownName say what cannot be."""
        known = tuple(name for name in USUAL if name in frame.facts.counts)
        texts = self.steps or (known if len(known) > 1 else USUAL)
        steps, excluded = tuple(map(read_step, texts)), tuple(map(read_step, self.exclude))
        if self.steps:
            seen(steps, frame.facts)
        seen(excluded, frame.facts)
        way = Way(steps, excluded, frozenset(self.optional), self.order, read_within(self.within), credit)
        _check(way)
        return way

    def cautions(self, found: Found) -> list[str]:
        """What to read with care: few customers, and those who may still come."""
        said = []
        if (entered := found.totals["entered"]) < SMALL_SAMPLE:
            said.append(found.say("note-few-began", n=entered))
        if still := found.totals["open"]:
            said.append(found.say("note-open-attempts", n=still))
        return said


def _check(way: Way) -> None:
    count = len(way.steps)
    if not 2 <= count <= STEPS:
        raise BadParameter(f"A way has 2 to {STEPS} steps; {count} are given.", "Add or remove steps.")
    if len(way.excluded) > EXCLUDED:
        raise BadParameter(
            f"At most {EXCLUDED} steps can be excluded; {len(way.excluded)} are given.",
            "Join them: Page Viewed where path=/help*|/returns*.",
        )
    if not way.optional <= set(range(2, count)):
        raise BadParameter(
            "Only a step between the first and the last can be optional.", f"Choose from 2 to {count - 1}."
        )
    if way.order == "any" and way.optional:
        raise BadParameter("In any order no step is optional.", "Leave the step out, or keep the order.")
    if way.order == "any" and len({step.text for step in way.steps}) < count:
        raise BadParameter(
            "In any order every step stands once.", "Take the second one away, or keep the order."
        )


def read_within(text: str) -> timedelta:
    """'30m', '12h', '14d' → how long."""
    found = re.fullmatch(r"\s*([1-9]\d{0,5})\s*([mhd])\s*", text)
    long = timedelta(**{UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    if not timedelta(0) < long <= LONGEST:
        raise BadParameter(
            f"within={text!r} is not a time for a way.", "Write 30m, 12h or 14d, at most 365d."
        )
    return long


def step_title(step: Step, language: Language) -> str:
    """A step for people: its event in their words, its conditions as written."""
    _, _, conditions = step.text.partition(" where ")
    title = event_title(step.name, language)
    return f"{title} ({conditions})" if step.conditions and conditions else title


def spoken(within: timedelta) -> dict[str, Any]:
    """A window for a sentence: how many of which unit."""
    for unit, long in (("d", timedelta(days=1)), ("h", timedelta(hours=1))):
        if not within % long:
            return {"n": within // long, "unit": unit}
    return {"n": within // timedelta(minutes=1), "unit": "m"}
