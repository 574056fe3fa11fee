"""A shop that another process serves, spoken to over HTTP: the same words as `Shop`, so that commands need not care."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import httpx
import msgspec

from masarat.act.backups import Backup
from masarat.analyse import Analysis, Answer, to_question
from masarat.analyse.base import Mask
from masarat.collect.importing import files_of
from masarat.collect.reports import ConnectionReport, ImportReport, Replay, SourceSummary, SyncReport
from masarat.errors import BadFile, MasaratError, StoreBusy, StoreMissing
from masarat.records.stages import Journey
from masarat.settings import Language, Settings
from masarat.shop import Shop
from masarat.show.fields import to_text
from masarat.show.remote_customers import RemoteCustomers
from masarat.show.remote_identity import RemoteIdentity
from masarat.show.remote_privacy import RemotePrivacy
from masarat.show.remote_review import RemoteReview
from masarat.show.remote_segments import RemoteSegments
from masarat.store import Query, Row, Store
from masarat.store.lock import Lock

READ_SECONDS = 3600  # the server bounds questions itself, and imports take what they take

READ: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "month": date.fromisoformat,
    "time": datetime.fromisoformat,
}


class Refused(MasaratError):
    """What the server said no with, in its own words."""

    def __init__(self, error: dict[str, str]) -> None:
        super().__init__(error["message"], error.get("remedy", ""))


def open_shop(settings: Settings) -> Shop:
    """The shop of these settings: through the server that owns its embedded store, where one runs, else in this process."""
    if settings.store_url.startswith("chdb:"):
        lock = Lock(settings.data)
        owner = lock.owner()
        if owner.get("url") and lock.is_taken():
            return RemoteShop(settings, owner["url"], owner["token"])
    return Shop(settings)


class RemoteShop(Shop):
    """A served shop. Records (users, keys, saved mappings) are an ordinary database and are opened here, beside the server's."""

    def __init__(self, settings: Settings, url: str, token: str) -> None:
        super().__init__(settings)
        self.url = url
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(10, read=READ_SECONDS, write=READ_SECONDS),
            trust_env=False,  # it stands beside us: no proxy
        )

    @property
    def store(self) -> Store:
        """What has no twin over HTTP needs the store, and that has an owner."""
        raise StoreBusy(f"The server at {self.url} is using this shop's store.", "Stop the server first.")

    @cached_property
    def identity(self) -> RemoteIdentity:  # type: ignore[override]  # the same words, over HTTP
        return RemoteIdentity(self._json)

    @cached_property
    def privacy(self) -> RemotePrivacy:  # type: ignore[override]  # the same words, over HTTP
        return RemotePrivacy(self._json)

    @cached_property
    def review(self) -> RemoteReview:  # type: ignore[override]  # the same words, over HTTP
        return RemoteReview(self._json)

    @cached_property
    def customers(self) -> RemoteCustomers:  # type: ignore[override]
        return RemoteCustomers(self._json, self.records, self.settings)

    @cached_property
    def segments(self) -> RemoteSegments:  # type: ignore[override]  # the same words, over HTTP
        return RemoteSegments(self._json)

    def ask(
        self, question: Analysis | str, *, tag: str = "", mask: Mask | None = None, **parameters: Any
    ) -> Answer:
        asked = to_question(question, parameters)
        return revive(self._json("POST", f"/v1/ask/{asked.name}", json=_body(asked)))

    def explain(self, question: Analysis | str, **parameters: Any) -> Query:
        asked = to_question(question, parameters)
        found = self._json("POST", f"/v1/explain/{asked.name}", json=_body(asked))
        return Query(steps=found["steps"], values=found["values"], rows=found["rows"])

    def report(
        self,
        format: str = "pdf",
        *,
        question: str = "",
        mask: Mask | None = None,
        **parameters: Any,
    ) -> bytes:
        given = {name: to_text(value) for name, value in parameters.items()}
        asked = {"format": format, "question": question, **given}
        return self._send("GET", "/v1/report", params=asked).content

    def backup(self, actor: str) -> Backup:
        found: list[Row] = self._json("POST", "/v1/backups", json={"wait": True})["backups"]
        return msgspec.convert({name: found[0][name] for name in Backup.__struct_fields__}, Backup)

    def set_stages(self, journey: Journey, actor: str, *, dry_run: bool = False) -> list[Row]:
        body = {"stages": journey.to_json(), "dry_run": dry_run}
        found: list[Row] = self._json("POST", "/v1/stages", json=body)["sizes"]
        return found

    def import_files(
        self,
        paths: Sequence[Path | str],
        *,
        mapping: Mapping[str, str] | None = None,
        dry_run: bool = False,
        progress: Callable[[str, int, int | None], None] | None = None,
        **choices: str,
    ) -> list[ImportReport]:
        form = {**choices, "mapping": json.dumps(dict(mapping or {})), "dry_run": to_text(dry_run)}
        with ExitStack() as stack:
            files = [
                ("file", (path.name, stack.enter_context(_opened(path))))
                for path in files_of([Path(path) for path in paths])
            ]
            with self._refusals(), self._client.stream("POST", "/v1/import", data=form, files=files) as sent:
                return _reports(_checked(sent), progress)

    def sources(self) -> list[SourceSummary]:
        return [SourceSummary.model_validate(found) for found in self._json("GET", "/v1/sources")]

    def connections(self) -> list[ConnectionReport]:
        return [ConnectionReport.model_validate(found) for found in self._json("GET", "/v1/connections")]

    def sync(
        self,
        name: str,
        *,
        again: bool = False,
        progress: Callable[[str, int], None] | None = None,
        stop: threading.Event | None = None,
    ) -> SyncReport:
        path = f"/v1/connections/{quote(name, safe='')}/sync"
        return SyncReport.model_validate(self._json("POST", path, json={"again": again}))

    def quarantined(self, source: str = "") -> str:
        return self._send("GET", "/v1/quarantine", params={"source": source}).content.decode()

    def replay(self, path: Path | str) -> Replay:
        with _opened(Path(path)) as file:
            sent = {"file": (Path(path).name, file)}
            return Replay.model_validate(self._json("POST", "/v1/quarantine", files=sent))

    def dismiss(self, source: str = "") -> int:
        return int(self._json("DELETE", "/v1/quarantine", params={"source": source})["dismissed"])

    def register(self, format: str = "json", language: Language | None = None) -> bytes:
        asked = {"format": format, "language": language or self.settings.language}
        return self._send("GET", "/v1/register", params=asked).content

    def close(self) -> None:
        self._client.close()
        super().close()

    def _json(self, method: str, path: str, **given: Any) -> Any:
        return self._send(method, path, **given).json()

    def _send(self, method: str, path: str, **given: Any) -> httpx.Response:
        with self._refusals():
            return _checked(self._client.request(method, path, **given))

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except httpx.HTTPError as error:
            raise StoreMissing(
                f"The server at {self.url} does not answer ({type(error).__name__}).",
                "Look at its log, or start it anew.",
            ) from error


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise BadFile(
            f"{path} cannot be opened: {error.strerror}.", "Check the path and its permissions."
        ) from None


def _body(question: Analysis) -> dict[str, Any]:
    return question.model_dump(mode="json", exclude_unset=True)


def _checked(response: httpx.Response) -> httpx.Response:
    if response.is_error:
        raise Refused(json.loads(response.read())["error"])
    return response


def _reports(
    response: httpx.Response, progress: Callable[[str, int, int | None], None] | None
) -> list[ImportReport]:
    """The reports at the end of an import's lines; its progress is passed on as it comes."""
    for line in map(json.loads, response.iter_lines()):
        if "progress" in line and progress:
            progress(*line["progress"])
        elif "error" in line:
            raise Refused(line["error"])
        elif "reports" in line:
            return [ImportReport.model_validate(found) for found in line["reports"]]
    raise StoreMissing(
        "The server stopped in the middle of the import.", "Import the file again: nothing is taken twice."
    )


def revive(found: dict[str, Any]) -> Answer:
    """An answer from its JSON, days and times read back."""
    answer = Answer.model_validate(found)
    _read_cells(answer.rows, answer.columns)
    _read_cells(answer.picture.rows, answer.picture.columns)
    _read_cells(answer.picture.before, answer.picture.columns)
    for number in answer.numbers:
        number.value, number.before = _read(number.kind, number.value), _read(number.kind, number.before)
    return answer


def _read_cells(rows: list[dict[str, Any]], columns: Sequence[Any]) -> None:
    for column in columns:
        if column.kind in READ:
            for row in rows:
                row[column.name] = _read(column.kind, row[column.name])


def _read(kind: str, value: Any) -> Any:
    return READ[kind](value) if kind in READ and isinstance(value, str) else value
