"""The stages of the customer's journey as the merchant wants them: their names, what puts somebody into each, and when silence ends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from masarat.errors import BadParameter, UnknownName
from masarat.events import DONE_TO_THEM, EVENTS
from masarat.records import Records
from masarat.records.audit import note
from masarat.records.models import JourneyRecord
from masarat.settings import Language

FEWEST, MOST = 2, 12  # stages
MOST_STEPS, MOST_TIMES, MOST_DAYS = 100, 50, 3650
AFTER = ("dormant", "lost")  # where silence puts whoever is in a stage


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One stage. Reached by any of the moves `when` (as steps are written), the `times`-th time, and not before the stage `after`.

    With `lapses_days` it ends so many days after the last such move, and with 0 never. The first stage holds whoever made any move.
    """

    key: str
    en: str
    ar: str
    when: tuple[str, ...] = ()
    times: int = 1
    after: str = ""
    lapses_days: int = 0

    def title(self, language: Language) -> str:
        return self.ar if language == "ar" else self.en


class Journey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The stages from the first to the farthest, and after how many days without a sign of life somebody is dormant, and lost."""

    stages: tuple[Stage, ...]
    dormant_days: int = 90
    lost_days: int = 365

    @property
    def keys(self) -> list[str]:
        """The stages, then where silence leads."""
        return [*(stage.key for stage in self.stages), *AFTER]

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def _of(*stages: str) -> tuple[str, ...]:
    """The moves of customers' own that the dictionary puts into these stages."""
    return tuple(event.name for event in EVENTS if event.stage in stages and event.name not in DONE_TO_THEM)


ORDER = "Order Completed"
BUYING = tuple(name for name in _of("consideration", "purchase") if name != ORDER)
LOOKING = _of("interest", "retention", "advocacy")
SPEAKING = (
    "Product Shared",
    "Cart Shared",
    "Invite Sent",
    "Brand Mentioned",
    "Product Reviewed where props.rating=4|4.5|5",
    "Survey Answered where props.survey=nps*|NPS* and props.score=9|10",
)
COOLS_DAYS = 30  # a cart that nobody came back to

SIX = Journey(
    (
        Stage("awareness", "Awareness", "الوعي"),
        Stage("interest", "Interest", "الاهتمام", LOOKING),
        Stage("consideration", "Consideration", "الاعتبار", BUYING, lapses_days=COOLS_DAYS),
        Stage("purchase", "Purchase", "الشراء", (ORDER,)),
        Stage("retention", "Retention", "الاحتفاظ", (ORDER,), times=2),
        Stage("advocacy", "Advocacy", "التأييد", SPEAKING, after="purchase"),
    )
)
FIVE = Journey((SIX.stages[0], *SIX.stages[2:]))
PLAIN = Journey(
    tuple(
        msgspec.structs.replace(stage, en=en, ar=ar)
        for stage, (en, ar) in zip(
            SIX.stages,
            (
                ("Heard of us", "عرفنا"),
                ("Looks around", "يتصفّح"),
                ("Thinks of buying", "يفكّر في الشراء"),
                ("Bought", "اشترى"),
                ("Came back", "عاد واشترى"),
                ("Recommends us", "ينصح بنا"),
            ),
            strict=True,
        )
    )
)
PRESETS: Mapping[str, Journey] = {"six": SIX, "five": FIVE, "plain": PLAIN}


def preset(name: str) -> Journey:
    if name not in PRESETS:
        raise UnknownName("preset of stages", name, list(PRESETS))
    return PRESETS[name]


def read(given: Any) -> Journey:
    """Stages from what JSON can say; BadParameter tells what is wrong. What their steps say is read where they are asked (`analyse/stages.py`)."""
    try:
        journey = msgspec.convert(given, Journey)
    except msgspec.ValidationError as error:
        raise BadParameter(
            f"These are no stages: {error}.", "See them as they are: masarat stages --json."
        ) from None
    _check(journey)
    return journey


def _check(journey: Journey) -> None:
    stages = journey.stages
    if not FEWEST <= len(stages) <= MOST:
        raise BadParameter(
            f"A journey of {len(stages)} stages is out of bounds.", f"Make it {FEWEST} to {MOST}."
        )
    if len({stage.key for stage in stages}) < len(stages):
        raise BadParameter("Two stages have the same key.", "Give each a key of its own.")
    if not 1 <= journey.dormant_days < journey.lost_days <= MOST_DAYS:
        raise BadParameter(
            f"Dormant after {journey.dormant_days} days and lost after {journey.lost_days} cannot be.",
            f"Write dormant_days below lost_days, from 1 to {MOST_DAYS:,}.",
        )
    for place, stage in enumerate(stages):
        _check_stage(stage, [one.key for one in stages[:place]])


def _check_stage(stage: Stage, before: list[str]) -> None:
    if not stage.key.isidentifier() or stage.key in AFTER:
        raise BadParameter(
            f"{stage.key!r} is no key of a stage.", "Use letters, digits and _, like first_order."
        )
    if not stage.en.strip() or not stage.ar.strip() or max(len(stage.en), len(stage.ar)) > 60:
        raise BadParameter(
            f"The stage {stage.key} needs a name in both languages.", "Give en and ar, up to 60 letters each."
        )
    if before and not stage.when:
        raise BadParameter(
            f"Nothing leads to the stage {stage.key}.", "Name events under when, like Order Completed."
        )
    if not before and (stage.when or stage.times > 1 or stage.lapses_days or stage.after):
        raise BadParameter(
            f"The first stage, {stage.key}, holds everybody.", "Give it a key and names, and no rules."
        )
    if stage.after and stage.after not in before:
        raise BadParameter(
            f"{stage.after!r} is no stage before {stage.key}.", f"Name one of: {', '.join(before)}."
        )
    bounds = (
        ("steps", len(stage.when), MOST_STEPS),
        ("times", stage.times - 1, MOST_TIMES - 1),
        ("lapses_days", stage.lapses_days, MOST_DAYS),
    )
    for what, value, most in bounds:
        if not 0 <= value <= most:
            raise BadParameter(f"{what} of the stage {stage.key} is out of bounds.", f"At most {most:,}.")


# In the records


def standing(records: Records) -> Journey:
    """The stages that hold now: those kept last, or the usual six."""
    with records.transaction() as t:
        newest = t.scalars(select(JourneyRecord).order_by(JourneyRecord.id.desc()).limit(1)).first()
    return read(newest.content) if newest else SIX


def keep(records: Records, journey: Journey, actor: str) -> None:
    """Let these stages hold from now on, for the past too; those before are kept as they were."""
    with records.transaction() as t:
        t.add(JourneyRecord(content=journey.to_json(), author=actor[:600]))
        note(t, actor, "changed", "stages", [stage.key for stage in journey.stages])
