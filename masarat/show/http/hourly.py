"""What the server does once an hour beside answering."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from masarat.show.http.work import Work

HOUR_SECONDS = 3_600.0
log = logging.getLogger(__name__)


async def hourly(work: Work, deed: Callable[[], object], *, seconds: float = HOUR_SECONDS) -> None:
    """Do it every hour until cancelled; an hour in which it fails is logged, and the next one comes."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work.run(deed)
        except Exception as error:  # busy, full, slow: an hour later again
            log.warning("The hourly work failed (%s); it is done in an hour.", error)
