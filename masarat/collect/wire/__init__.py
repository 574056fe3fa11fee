"""The languages that the door understands, one file each. WIRES is the list of all."""

from __future__ import annotations

from types import ModuleType

from masarat.collect.wire import ga4, matomo, plausible, posthog, segment, umami
from masarat.collect.wire.base import Handler, Rejected, Reply, Request, Taken

WIRES: tuple[ModuleType, ...] = (segment, posthog, ga4, matomo, umami, plausible)

ROUTES: dict[str, Handler] = {path: handler for wire in WIRES for path, handler in wire.ROUTES.items()}

__all__ = ["ROUTES", "WIRES", "Handler", "Rejected", "Reply", "Request", "Taken"]
