"""Every failure a user can meet: one root class, one sentence, one remedy, one HTTP status.

The command line, the HTTP API and the app show the same sentence. An error that is not one of these is a bug.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, ClassVar


class MasaratError(Exception):
    """Root of all errors meant for people.

    `sentence` says what is wrong, `remedy` what to do about it; both are plain English text.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.sentence = sentence
        self.remedy = remedy

    def to_json(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.sentence, "remedy": self.remedy}}


class UnknownName(MasaratError):
    """A name that is not in a list we know; the nearest known name is offered."""

    status = 404
    code = "unknown_name"

    def __init__(self, what: str, given: str, known: list[str]) -> None:
        near = get_close_matches(given, known, n=1, cutoff=0.5)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."
        super().__init__(f"There is no {what} called {given!r}.", remedy)


class BadParameter(MasaratError):
    """A parameter that is missing, misspelt, or out of its bounds."""

    status = 422
    code = "bad_parameter"


class BadFile(MasaratError):
    """A file that cannot be read as what it says it is."""

    status = 422
    code = "bad_file"


class BadData(MasaratError):
    """Data that the store will never take, however often it is given."""

    status = 422
    code = "bad_data"


class StoreBusy(MasaratError):
    """Another process owns the embedded store."""

    status = 423
    code = "store_busy"


class StoreMissing(MasaratError):
    """The engine cannot run here, or the server that holds the store does not answer."""

    status = 503
    code = "store_missing"


class QueryTooLong(MasaratError):
    """A question took longer, or more memory, than allowed."""

    status = 408
    code = "query_too_long"


class NotAllowed(MasaratError):
    """Signed in, but the role may not do this."""

    status = 403
    code = "not_allowed"


class NotSignedIn(MasaratError):
    status = 401
    code = "not_signed_in"


class TooManyTries(MasaratError):
    """Somebody tries to sign in again and again."""

    status = 429
    code = "too_many_tries"


class TooLarge(MasaratError):
    """More was sent than is taken at once."""

    status = 413
    code = "too_large"


class NotEmpty(MasaratError):
    """What would be put into a store does not belong with what stands there."""

    status = 409
    code = "not_empty"
