"""What the server does again and again beside answering."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from masarat.show.http.work import Work

HOUR_SECONDS = 3_600.0
log = logging.getLogger(__name__)


async def hourly(
    work: Work, deed: Callable[[], object], *, seconds: float = HOUR_SECONDS, first: float | None = None
) -> None:
    """Do it every hour, or as often as said (the `first` time sooner), until cancelled; a time at which it fails is logged, and the next one comes."""
    wait = seconds if first is None else first
    while True:
        await asyncio.sleep(wait)
        wait = seconds
        try:
            await work.run(deed)
        except Exception as error:  # busy, full, slow: it is tried again
            log.warning("What is done every %.0f s failed: %s", seconds, error)
