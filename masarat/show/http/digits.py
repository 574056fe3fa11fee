"""Figures in the digits that the shop chose, for all that is told within one request."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from masarat.settings import Settings
from masarat.words import DIGITS


class Digits:
    """Around every request."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        DIGITS.set(self.settings.digits)
        await self.app(scope, receive, send)
