"""The company over HTTP: what it tells of itself, which can be changed here, and what was set where Masarat was started, which cannot."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
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
    "session_minutes",
    "consent",
    "without_consent",
    "addresses",
    "merge_above",
)


async def show(request: Request) -> dict[str, Any]:
    """What the company tells of itself (who is responsible for customers' data, and how they are reached), and the settings with the
    variable that sets each; `usual` where nobody set it."""
    state = request.app.state
    settings = state.shop.settings
    return {
        "told": await state.work.run(lambda: told(state.shop.records)),
        "settings": [
            {
                "name": name,
                "value": getattr(settings, name),
                "variable": f"MASARAT_{name.upper()}",
                "usual": name not in settings.model_fields_set,
            }
            for name in SHOWN
        ],
    }


async def change(request: Request) -> dict[str, Any]:
    """Tell of the company what the register and certificates then say: `{"controller": "متجر نورة", "contact": "…"}`; an empty text takes it
    back, what is not named stays."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    for name, text in body.items():
        if not isinstance(text, str) or len(text) > LONGEST:
            raise BadParameter(f"{name} is no text of at most {LONGEST:,} letters.", "Make it shorter.")
    unknown = sorted(set(body) - set(NAMES))

    def deed() -> None:
        for name in (*unknown, *body):  # what is unknown is refused before anything is kept
            tell(state.shop.records, name, body[name], actor)

    await state.work.run(deed)
    return await show(request)
