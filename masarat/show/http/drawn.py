"""The first page's first figures, drawn with the page itself where they are known already: a phone reads them and goes on by their links
while the app's scripts are still on their way; the app takes its place when its own figures stand (web/app/src/pages/pulse.tsx)."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path

from starlette.requests import Request

import masarat.words
from masarat.analyse import Answer, find, read
from masarat.settings import Language
from masarat.show.http import pulse
from masarat.show.http.face import face
from masarat.show.http.masking import seen_as
from masarat.show.http.pages import greeting
from masarat.show.http.render import says, templates
from masarat.words import Speaker, Words, speaker

NAMES = ("insights", "revenue")  # what stands first; nobody is named in it


async def drawn(request: Request, wanted: Language, period: str) -> str:
    """The figures as HTML; nothing where one of them would have to be found first, for the page waits for none."""
    chosen = period or pulse.USUAL
    if chosen not in pulse.STEPS:
        return ""
    seen, page, kept = seen_as(request), says(request), request.app.state.kept

    def draw() -> str:
        looks = []
        for name, given, _ in pulse.asked(chosen):
            if name in NAMES:
                answer = kept.held(read(find(name), {**given, "language": wanted}), seen=seen)
                if answer is None:
                    return ""
                looks.append(_look(answer, given, page))
        words = speaker(app_words(), wanted)
        periods = [(one, words.say(f"period-{one}"), one == chosen) for one in pulse.STEPS]
        return (
            templates()
            .get_template("drawn.html")
            .render(
                looks=looks,
                periods=periods,
                say=words.say,
                other="en" if wanted == "ar" else "ar",
                **greeting(request),
            )
        )

    return await asyncio.to_thread(draw)


def _look(answer: Answer, given: dict[str, str], page: Speaker) -> dict[str, object]:
    """One of them, as `Changes` and `Main` of the app's page show it."""
    found, whole = face(answer, page, rows=0), answer.analysis == "revenue"
    return {
        "name": answer.analysis, "given": given, "title": answer.title, "sentence": answer.sentence,
        "tiles": found.tiles[:4] if whole else [], "picture": found.picture if whole else "", "small": found.small if whole else "",
    }  # fmt: skip


@cache
def app_words() -> Words:
    """What the app itself says."""
    here = Path(masarat.words.__file__).parent
    return Words(*((here / f"app.{language}.ftl").read_text("utf-8") for language in ("en", "ar")))
