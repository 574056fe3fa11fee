"""Asking the API of another program: patiently, within bounds, and with errors that say what to do.

What is too many or broken for a moment (429, 5xx, a lost connection) is asked again, as long as the answer says or longer each time;
keys that ran out are renewed once. Everything can be stopped while it waits.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import IO, Any, TypeVar

import httpx
import tenacity

from masarat.errors import MasaratError

LARGEST = 64 << 20  # bytes of one answer
ATTEMPTS = 7
LONGEST_WAIT = 900.0  # seconds; who is told to wait longer comes again with the next sync
LONGEST_ANSWER = 600.0  # seconds, from its first byte to its last
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})

REFUSALS = frozenset({"invalid_grant", "invalid_client", "unauthorized_client"})  # of OAuth, said with 400

Answer = TypeVar("Answer")
Renew = Callable[[], Mapping[str, str]]
Sleep = Callable[[float], None]


class Refused(MasaratError):
    """The program does not let us in, or not any more."""

    status = 424
    code = "connector_refused"


class Unanswered(MasaratError):
    """The program does not answer, or says what we do not understand."""

    status = 502
    code = "connector_unanswered"


class Stopped(MasaratError):
    """The sync was told to stop; it goes on from where it was."""

    status = 503
    code = "sync_stopped"


class _Again(Exception):
    """To be asked once more, after so many seconds where the answer says how many."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Api:
    """The API of one program. `renew` gives new headers when the old ones are refused; `stop` ends every wait."""

    def __init__(
        self,
        title: str,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | httpx.Auth | None = None,
        renew: Renew | None = None,
        stop: threading.Event | None = None,
        sleep: Sleep | None = None,
    ) -> None:
        self.title = title
        self.renew = renew
        self.stop = stop or threading.Event()
        self._sleep = sleep or tenacity.sleep_using_event(self.stop)
        self._client = httpx.Client(
            base_url=address,
            headers=dict(headers or {}),
            auth=auth,
            verify=_trusted(),
            timeout=TIMEOUT,
            follow_redirects=False,
        )

    def get(self, path: str, *, none_is_404: bool = False, **params: Any) -> Any:
        """The JSON of an answer; None where the program says 404 for "nothing" and `none_is_404`."""
        return self.ask("GET", path, none_is_404=none_is_404, params=params)[0]

    def ask(
        self,
        method: str,
        path: str,
        *,
        none_is_404: bool = False,
        busy: Callable[[Any], float | None] | None = None,
        **options: Any,
    ) -> tuple[Any, httpx.Headers]:
        """The JSON of an answer, and its headers (where some keep their paging). `busy` gives the seconds to wait where an answer with
        status 200 says to come again."""
        renewed = False

        def once() -> tuple[Any, httpx.Headers]:
            nonlocal renewed
            response, body = self._once(method, path, options)
            if response.status_code in (401, 403) and self.renew and not renewed:
                renewed = True
                self._client.headers.update(self.renew())
                raise _Again("the key ran out", 0.0)
            found = self._read(response, body, none_is_404)
            if busy and (seconds := busy(found)) is not None:
                raise _Again("it is busy", seconds)
            return found, response.headers

        return self._patiently(once)

    def load(self, path: str, into: IO[bytes], *, most: int = LARGEST) -> bool:
        """The body of an answer as it is, into a file, from its beginning again where it broke off; False where there is none (404)."""

        def once() -> bool:
            into.seek(0)
            into.truncate()
            with self._answering("GET", path) as response:
                if response.is_success:
                    for part in self._bounded(response.iter_raw(), most):
                        into.write(part)
                    return True
                body = b"".join(self._bounded(response.iter_bytes()))
            if response.status_code != 404:
                self._check(response, body)
            return False

        return self._patiently(once)

    def _patiently(self, once: Callable[[], Answer]) -> Answer:
        """What it returns, asked again and again while it says to."""
        retrying = tenacity.Retrying(
            sleep=self._sleep,
            wait=_pause,
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            retry=tenacity.retry_if_exception_type(_Again),
            reraise=True,
        )
        try:
            for attempt in retrying:
                with attempt:
                    self._go_on()
                    return once()
        except _Again as error:
            raise Unanswered(
                f"{self.title} does not answer: {error}.", "Nothing is lost: the next sync goes on from here."
            ) from None
        raise AssertionError("tenacity returns or raises")

    def _go_on(self) -> None:
        if self.stop.is_set():
            raise Stopped("The sync was stopped.", "It goes on with the next one.")

    def _once(self, method: str, path: str, options: Mapping[str, Any]) -> tuple[httpx.Response, bytes]:
        with self._answering(method, path, **options) as response:
            return response, b"".join(self._bounded(response.iter_bytes()))

    @contextmanager
    def _answering(self, method: str, path: str, **options: Any) -> Iterator[httpx.Response]:
        """An answer whose body is still to come; one that says to come again is none."""
        try:
            with self._client.stream(method, path, **options) as response:
                if response.status_code in AGAIN:
                    raise _Again(f"it says {response.status_code}", _told_to_wait(response))
                yield response
        except httpx.TransportError as error:
            raise _Again(str(error) or type(error).__name__) from None

    def _bounded(self, parts: Iterable[bytes], most: int = LARGEST) -> Iterator[bytes]:
        """The parts of an answer, unless it is too large, too slow, or nobody waits for it any more."""
        size, end = 0, time.monotonic() + LONGEST_ANSWER * max(1, most // LARGEST)
        for part in parts:
            size += len(part)
            if size > most:
                raise Unanswered(
                    f"{self.title} answers with more than {most >> 20} MB.", "Ask for smaller pages."
                )
            if time.monotonic() > end:
                raise _Again("its answer takes too long")
            self._go_on()
            yield part

    def _read(self, response: httpx.Response, body: bytes, none_is_404: bool) -> Any:
        if response.status_code == 404 and none_is_404:
            return None
        self._check(response, body)
        try:
            return httpx.Response(200, content=body).json()
        except ValueError:
            raise Unanswered(
                f"{self.title} answers something that is no JSON.", "Check the address of the API."
            ) from None

    def _check(self, response: httpx.Response, body: bytes) -> None:
        status = response.status_code
        if status in (401, 403) or (status == 400 and _refusal(body)):
            raise Refused(
                f"{self.title} refuses the key or token ({status}).",
                "Make a new one there and give it again: masarat connect.",
            )
        if not response.is_success:
            raise Unanswered(
                f"{self.title} answers {status}: {body[:200].decode('utf-8', 'replace').strip()}",
                "Check the address, and what was given for this connection.",
            )

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Api:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: the certificates of all authorities take a while."""
    return httpx.create_ssl_context()


def _refusal(body: bytes) -> bool:
    """Whether an OAuth server says that it takes a key or a token no more."""
    try:
        said = json.loads(body)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("error") in REFUSALS


def _pause(state: tenacity.RetryCallState) -> float:
    """As long as the answer says; else 1, 2, 4, … seconds, up to a minute."""
    error = state.outcome.exception() if state.outcome else None
    told = error.seconds if isinstance(error, _Again) else None
    if told is not None and told > LONGEST_WAIT:
        raise Unanswered(
            f"It asks us to wait {told / 60:.0f} minutes.", "Nothing is lost: a later sync goes on from here."
        )
    return min(2.0 ** (state.attempt_number - 1), 60.0) if told is None else told


def _told_to_wait(response: httpx.Response) -> float | None:
    """Seconds from Retry-After (a number or a date) or from the moment at which a limit is lifted."""
    said = response.headers.get("retry-after", "")
    if said.replace(".", "", 1).isdigit():
        return float(said)
    if said:
        try:
            return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
        except (TypeError, ValueError):
            return None
    if response.status_code != 429:
        return None  # how long a limit lasts is told with every answer, but this one is none of it
    reset = response.headers.get("x-ratelimit-reset", "") or response.headers.get("x-rate-limit-reset", "")
    if not reset.isdigit():
        return None
    at = float(reset)  # seconds from now, or since 1970
    return max(0.0, at - datetime.now(UTC).timestamp()) if at > 1e9 else at
