"""Consents over HTTP: what somebody agreed to, and what they say now."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.collect.consents import read_identifier, read_statements
from masarat.errors import BadParameter
from masarat.records import Records
from masarat.records.audit import mark, note
from masarat.records.consent import standings, to_json
from masarat.records.models import Consent, now
from masarat.settings import Settings
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters
from masarat.show.moments import read_moment

MOST = 1000  # statements in one request
FIELDS = ("identifier", "email", "phone", "purpose", "channel", "status", "source", "evidence")


async def show(request: Request) -> dict[str, Any]:
    """What a customer agreed to: give all their identifiers, each as `identifier=` (an e-mail, a phone, or one like user:17).

    `standing` tells for each purpose and channel what stands (granted, denied, withdrawn); what is not in it was never asked. `statements`
    is all that was said, the oldest first, with its evidence.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    given = request.query_params.getlist("identifier")
    if not given:
        raise BadParameter("Nobody is named.", "Give ?identifier=, an e-mail, a phone, or one like user:17.")
    asked = [read_identifier(text, shop.settings.country) for text in given]
    said = await request.app.state.work.run(lambda: look(shop.records, asked, actor))
    return described(said)


def look(records: Records, identifiers: list[str], actor: str) -> list[Consent]:
    """All that was said by these identifiers; that somebody looked is written down."""
    with records.transaction() as t:
        note(t, actor, "looked", "consent", map(mark, identifiers))
    return records.consent.of(identifiers)


def described(said: list[Consent]) -> dict[str, Any]:
    stand = [
        {"purpose": purpose, "channel": channel, "status": status}
        for (purpose, channel), status in standings(said).items()
    ]
    return {"standing": stand, "statements": [to_json(each) for each in said]}


async def tell(request: Request) -> dict[str, int]:
    """Record what somebody says: one statement as a JSON object, or `{"statements": […]}`, at most 1,000.

    A statement has `identifier` (or `email`, `phone`), `purpose`, `channel`, `status`, `source`, and `at` (now, unless given) and `evidence`.
    All are taken, or none; what is known already adds nothing. Back comes how many were new.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    body = await parameters(request)
    told = body.get("statements", [body])
    if not isinstance(told, list) or not 1 <= len(told) <= MOST:
        raise BadParameter("The statements are no list of 1 to 1,000.", 'Send {"statements": […]}.')
    said = [each for one in told for each in _read(one, shop.settings)]
    return {"added": await request.app.state.work.run(lambda: shop.records.consent.add(said, actor))}


def _read(told: Any, settings: Settings) -> list[Consent]:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise BadParameter("A statement is no JSON object of texts.", f"It has {', '.join(FIELDS)} and at.")
    if unknown := sorted(told.keys() - {*FIELDS, "at"}):
        raise BadParameter(f"A statement has no {unknown[0]!r}.", f"It has {', '.join(FIELDS)} and at.")
    at = read_moment(told["at"], settings.zone) if told.get("at") else now()
    return read_statements(told, at, settings)
