"""The control bar above an answer: a form made from the question's own parameters, all of it in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from masarat.analyse import Analysis, Answer
from masarat.analyse.base import event_title
from masarat.analyse.frame import DIMENSIONS
from masarat.analyse.period import PRESETS
from masarat.events import EVENT_NAMES
from masarat.show.fields import Input, from_texts, inputs, parts, to_text
from masarat.words import Speaker

HIDDEN = ("language", "currency")  # the page's own switch; and one currency is the rule
OURS = ("lang", "from", "to", "fresh")  # in the URL, but no parameters
RARE = (  # folded away until wanted
    "segment", "calendar", "exclude", "optional", "credit", "least", "limit", "payment_fees", "parcel_cost", "minute_cost", "point_value",
    "vat_percent", "resold", "discount_rate", "min_share", "folded", "weight",
)  # fmt: skip
PERIODS = ("all", "today", "yesterday", "this_week", "last_week", "this_month", "last_month", "last_7_days",
           "last_30_days", "last_90_days", "last_365_days", "this_year", "last_year")  # fmt: skip
assert set(PERIODS) == set(PRESETS), "every preset is offered"


@dataclass(frozen=True, slots=True)
class Control:
    """One input of the form, in people's words."""

    input: Input
    type: str  # choice, number, flag, text, lines, event, period, segment
    label: str
    hint: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def controls(kind: type[Analysis], given: Mapping[str, str], own: Speaker, page: Speaker) -> list[Control]:
    """The form of a question with what was given filled in; what all questions share comes first."""
    shown = [
        item
        for item in inputs(kind)
        if item.name not in HIDDEN and (item.name != "breakdown" or kind.breaks_down)
    ]
    shown.sort(key=lambda item: item.name not in Analysis.model_fields)
    return [_control(item, given, own, page) for item in shown]


def _control(item: Input, given: Mapping[str, str], own: Speaker, page: Speaker) -> Control:
    value = given.get(item.name, "") or to_text(item.default)
    choices: tuple[str, ...] = item.choices
    type_: str = item.type if item.type != "list" else "text"
    if item.lines:
        type_, value = "lines", "\n".join(parts(value))
    elif item.type == "text" and item.default in EVENT_NAMES:
        type_ = "event"
    if item.name == "period":
        type_, choices = "period", PERIODS if value in PERIODS else (*PERIODS, value)
    elif item.name == "segment":
        type_ = "segment"
    elif item.name == "breakdown":
        type_, choices = "choice", ("", *DIMENSIONS)
    options = tuple((choice, choice_words(item.name, choice, own, page)) for choice in choices)
    hint = page.say(f"hint-{item.name}") if page.knows(f"hint-{item.name}") else ""
    return Control(item, type_, own.say(f"param-{item.name}"), hint, value, options)


def choice_words(name: str, choice: str, own: Speaker, page: Speaker) -> str:
    """A choice in words: the question's own, then the pages', then as it is written."""
    if choice.isdigit() and own.knows(f"choice-{name}-number"):
        return own.say(f"choice-{name}-number", n=int(choice))
    if not choice:
        return (
            page.say(f"choice-{name}-none") if page.knows(f"choice-{name}-none") else page.say("choice-none")
        )
    for key in (f"{name}-{choice}", f"choice-{name}-{choice}", f"choice-{choice}"):
        for speak in (own, page):
            if speak.knows(key):
                return speak.say(key)
    return choice.replace("_", " ")


def events(page: Speaker) -> list[tuple[str, str]]:
    """What can be suggested where a question asks for a move: its name and what people call it."""
    return [(name, event_title(name, page.language)) for name in EVENT_NAMES]


def given_texts(kind: type[Analysis], query: Mapping[str, str]) -> dict[str, str]:
    """What the URL gives, without what is the page's own; two dates make a period."""
    given = {name: text for name, text in query.items() if name not in OURS and text.strip()}
    if query.get("from") or query.get("to"):
        given["period"] = f"{query.get('from', '')}..{query.get('to', '')}"
    return given


def given_parameters(kind: type[Analysis], given: Mapping[str, str], speak: Speaker) -> dict[str, Any]:
    return from_texts(kind, given) | {"language": speak.language}


async def fields_of(request: Request) -> dict[str, str]:
    """The texts that a form of a page was sent with."""
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def texts(kind: type[Analysis], parameters: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as they stand in a URL."""
    return {name: to_text(value) for name, value in parameters.items() if name in kind.model_fields}


def url(name: str, given: Mapping[str, str]) -> str:
    """The address of a question with these parameters."""
    return f"/ask/{name}" + (f"?{urlencode(given)}" if given else "")


def as_parameters(answer: Answer, given: Mapping[str, str]) -> str:
    """The same parameters for the CSV and report links."""
    return urlencode({**given, "language": answer.language})
