"""What can go wrong at the journal, said in one sentence each."""

from __future__ import annotations

from masarat.errors import MasaratError


class Refused(MasaratError):
    """Nothing was taken; the sender keeps its events and sends them again after `retry_after` seconds."""

    def __init__(self, sentence: str, remedy: str = "", *, retry_after: int = 5) -> None:
        super().__init__(sentence, remedy)
        self.retry_after = retry_after


class Backlogged(Refused):
    """More waits for the store than may wait."""

    status = 429
    code = "backlogged"


class Unavailable(Refused):
    """The disk did not take the events, so they are not acknowledged."""

    status = 503
    code = "journal_unavailable"


class JournalBusy(Refused):
    """Two processes want to write under one worker name; one of them is usually about to end."""

    status = 503
    code = "journal_busy"


class Poisoned(MasaratError):
    """Raised by a sink that will never take these lines as they are, whereas it takes others."""

    status = 422
    code = "poisoned"
