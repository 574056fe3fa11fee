"""The company over HTTP: what it tells of itself, and how the shop is understood; what was set where Masarat was started is only shown."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.records import choices
from masarat.records.rates import RATES
from masarat.records.register import NAMES, tell, told
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters

LONGEST = 2000
# Settings that say how the shop is understood. None names a place or a secret of the machine.
SHOWN = (
    "currency",
    "timezone",
    "country",
    "language",
    "calendar",
    "weekend",
    "digits",
    *RATES,
    "session_minutes",
    "consent",
    "without_consent",
    "addresses",
    "merge_above",
)


async def show(request: Request) -> dict[str, Any]:
    """What the company tells of itself (who is responsible for customers' data, and how they are reached), and the settings with the
    variable that sets each: `usual` where nobody set it, `open` where it can be chosen here."""
    state = request.app.state
    known = await state.work.run(lambda: choices.chosen(state.shop.records))
    settings = state.shop.settings
    return {
        "told": await state.work.run(lambda: told(state.shop.records)),
        "settings": [
            {
                "name": name,
                "value": getattr(settings, name),
                "variable": f"MASARAT_{name.upper()}",
                "usual": name not in settings.model_fields_set and name not in known,
                "open": name in choices.NAMES and name not in settings.model_fields_set,
            }
            for name in SHOWN
        ],
    }


async def change(request: Request) -> dict[str, Any]:
    """Tell of the company what the register and certificates then say (an empty text takes it back), and choose how the shop is understood:
    `{"controller": "متجر نورة", "currency": "KWD"}`. What is not named stays. UnknownName and BadParameter; then nothing is kept."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    for name, text in body.items():
        if not isinstance(text, str) or len(text) > LONGEST:
            raise BadParameter(f"{name} is no text of at most {LONGEST:,} letters.", "Make it shorter.")
    asked = {name: text for name, text in body.items() if name in choices.NAMES}
    unknown = sorted(set(body) - set(NAMES) - set(asked))

    def deed() -> None:
        for name in unknown:  # refused before anything is kept
            tell(state.shop.records, name, body[name], actor)
        choices.choose(state.shop.records, asked, actor)
        for name in sorted(set(body) - set(asked)):
            tell(state.shop.records, name, body[name], actor)

    await state.work.run(deed)
    return await show(request)
