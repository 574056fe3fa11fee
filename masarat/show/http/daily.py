"""What the server does once a day beside answering."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from masarat.show.http.work import Work

DAY_SECONDS = 86_400.0
log = logging.getLogger(__name__)


async def daily(work: Work, deed: Callable[[], object], *, seconds: float = DAY_SECONDS) -> None:
    """Do it every day until cancelled; a day on which it fails is logged, and the next one comes."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work.run(deed)
        except Exception as error:  # busy, full, slow: tomorrow again
            log.warning("The daily work failed (%s); it is done tomorrow.", error)
