"""What the app in the browser needs: who is there and what may be asked, and each answer as it looks, in the reader's language.

Figures, dates and pictures are made here, where reports and pages make theirs; the app places them. An answer's address in the app has the same
parameters as its address here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from masarat.analyse import ANALYSES, Analysis, Answer, find, read
from masarat.analyse.noted import stretch
from masarat.analyse.segments import can_be_saved
from masarat.errors import BadParameter
from masarat.show.catalogue import manual
from masarat.show.closer import Way, behind, further
from masarat.show.http import form, questions
from masarat.show.http.door import caller
from masarat.show.http.face import MOST_ROWS, Face, face
from masarat.show.http.masking import mask_of
from masarat.show.http.render import says
from masarat.show.paper import poster
from masarat.show.roles import Permission, may
from masarat.show.sections import SECTIONS
from masarat.words import Speaker, speaker


async def start(request: Request) -> dict[str, Any]:
    """Who is signed in, what they may, whether they see customers masked, the shop's currency and zone, and every question by section."""
    who, page, settings = caller(request), says(request), request.app.state.shop.settings
    role = who.role if who else ""
    titled = {kind.name: _titled(kind, page) for kind in ANALYSES}
    return {
        "name": page.text(who.name if who else ""),
        "role": role,
        "masked": bool(mask_of(request, request.app.state.masks)),
        "may": [permission for permission in get_args(Permission) if may(role, permission)],
        "language": page.language,
        "currency": settings.currency,
        "timezone": settings.timezone,
        "sections": [
            {"name": name, "questions": [titled[one] for one in names]} for name, names in SECTIONS.items()
        ],
    }


def _titled(kind: type[Analysis], page: Speaker) -> dict[str, str]:
    own = speaker(kind.words, page.language)
    return {"name": kind.name, "title": own.say("title"), "about": own.say("about"), "view": kind.view}


async def look(request: Request, name: str) -> dict[str, Any]:
    """An answer as it looks: sentence, tiles, picture (wide and narrow), rows with their headings, notes, definitions, footer; and the
    controls that ask it, filled in. Parameters stand in the URL, as in the app's own addresses; `rows=0` leaves the rows out.
    """
    rows = _rows(request.query_params.get("rows", str(MOST_ROWS)))
    kind, asked = _asked(request, name)
    page, given, answer = says(request), _given(request, kind), await questions.ask(request, asked)
    found = face(answer, page, rows=rows, pointed=True)
    return {
        **_asking(request, kind),
        "manual": manual(kind),
        "age": round(answer.age),
        "can_be_saved": can_be_saved(kind),
        "parameters": asked.model_dump(mode="json", exclude_unset=True, exclude={"language"}),
        "further": [_way(way, page) for way in further(kind, given)],
        "behind": [way and _way(way, page) for way in behind(asked, answer, given, rows)],
        **_looks(found),
    }


async def picture(request: Request, name: str) -> Response:
    """The picture of an answer as PNG, with its title, sentence and footer: ready to be sent to somebody."""
    _, asked = _asked(request, name)
    answer, page = await questions.ask(request, asked, action="exported"), says(request)
    made = await request.app.state.work.run(lambda: poster.write(answer, page))
    headers = {"Content-Disposition": f'attachment; filename="{name}.png"'}
    return Response(made, media_type="image/png", headers=headers)


async def asking(request: Request, name: str) -> dict[str, Any]:
    """The controls of a question, for where it cannot be answered as it was asked."""
    return _asking(request, find(name))


async def how(request: Request, name: str) -> dict[str, Any]:
    """How a question is computed, asked as its page is: the SQL in named steps, and the values that they bind."""
    _, asked = _asked(request, name)
    query = await request.app.state.work.run(lambda: request.app.state.shop.explain(asked))
    return {
        "steps": {step: sql.strip() for step, sql in query.steps.items()},
        "values": {value: repr(bound) for value, bound in query.values.items()},
    }


def _given(request: Request, kind: type[Analysis]) -> dict[str, str]:
    """The parameters of the question that stand in the address."""
    return {
        name: text for name, text in form.given_texts(kind, request.query_params).items() if name != "rows"
    }


def _asked(request: Request, name: str) -> tuple[type[Analysis], Analysis]:
    kind = find(name)
    return kind, read(kind, form.given_parameters(kind, _given(request, kind), says(request)))


def _way(way: Way, page: Speaker) -> dict[str, Any]:
    if way.customer:
        return {"customer": way.customer}
    return {"name": way.question, "title": _titled(find(way.question), page)["title"], "given": way.given}


def _asking(request: Request, kind: type[Analysis]) -> dict[str, Any]:
    page, given = says(request), _given(request, kind)
    own = speaker(kind.words, page.language)
    return {
        **_titled(kind, page),
        "controls": [_control(one, page) for one in form.controls(kind, given, own, page)],
        "given": given,
    }


def _rows(text: str) -> int:
    if not text.isdecimal():
        raise BadParameter(f"{text!r} is no number of rows.", f"Give one from 0 to {MOST_ROWS}.")
    return min(int(text), MOST_ROWS)


def _control(one: form.Control, page: Speaker) -> dict[str, Any]:
    options = form.events(page) if one.type == "event" else one.options
    return {
        "name": one.input.name,
        "type": one.type,
        "label": one.label,
        "hint": one.hint,
        "value": one.value,
        "options": [{"value": value, "label": words} for value, words in options],
        "low": one.input.low,
        "high": one.input.high,
        "whole": one.input.whole,
        "rare": one.input.name in form.RARE,
    }


def _looks(found: Face) -> dict[str, Any]:
    answer = found.answer
    return {
        "sentence": answer.sentence,
        "notes": [note for note in answer.notes if note != answer.sentence],
        "sample": answer.sample,
        "tiles": [asdict(tile) for tile in found.tiles],
        "headings": [
            {"name": column.name, **asdict(head)}
            for column, head in zip(answer.columns, found.headings, strict=True)
        ],
        "rows": found.rows,
        "sorts": [
            [_sortable(row[column.name]) for column in answer.columns]
            for row in answer.rows[: len(found.rows)]
        ],
        "hidden": found.hidden,
        "picture": str(found.picture),
        "small": str(found.small),
        "noted": [
            {"id": one.id, "day": one.day, "last": one.last, "when": one.when, "text": one.text}
            for one in found.noted
        ],
        "over": _over(answer),
        "definitions": found.definitions,
        "footer": found.footer,
    }


def _over(answer: Answer) -> list[str] | None:
    """The first and the last day that the picture runs over; none where it does not run over days."""
    days = stretch(answer)
    return [days[0].isoformat(), days[1].isoformat()] if days else None


def _sortable(value: Any) -> float | str | None:
    """What a column is sorted by in the browser; a list by its length."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (list, dict)):
        return float(len(value))
    return float(value) if isinstance(value, (int, float)) else str(value)
