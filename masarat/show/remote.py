"""A shop that another process serves, spoken to over HTTP: the same words as `Shop`, so that commands need not care."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

import httpx

from masarat.analyse import Analysis, Answer, to_question
from masarat.errors import MasaratError, StoreMissing
from masarat.records import Records
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.store import Query
from masarat.store.lock import Lock

READ: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "month": date.fromisoformat,
    "time": datetime.fromisoformat,
}


class Refused(MasaratError):
    """What the server said no with, in its own words."""

    def __init__(self, error: dict[str, str]) -> None:
        super().__init__(error["message"], error.get("remedy", ""))


def open_shop(settings: Settings) -> Shop | RemoteShop:
    """The shop of these settings: through the server that owns its embedded store, where one runs, else in this process."""
    if settings.store_url.startswith("chdb:"):
        lock = Lock(settings.data)
        owner = lock.owner()
        if owner.get("url") and lock.is_taken():
            return RemoteShop(settings, owner["url"], owner["token"])
    return Shop(settings)


class RemoteShop:
    """A served shop. Records (users, keys) are an ordinary database and are opened here."""

    def __init__(self, settings: Settings, url: str, token: str) -> None:
        self.settings = settings
        self.url = url
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(10, read=settings.query_seconds * 4),
            trust_env=False,  # it stands beside us: no proxy
        )

    @cached_property
    def records(self) -> Records:
        return Records(self.settings)

    def ask(self, question: Analysis | str, *, tag: str = "", **parameters: Any) -> Answer:
        asked = to_question(question, parameters)
        body = asked.model_dump(mode="json", exclude_unset=True)
        return revive(self._json("POST", f"/v1/ask/{asked.name}", json=body))

    def explain(self, question: Analysis | str, **parameters: Any) -> Query:
        asked = to_question(question, parameters)
        body = asked.model_dump(mode="json", exclude_unset=True)
        found = self._json("POST", f"/v1/explain/{asked.name}", json=body)
        return Query(steps=found["steps"], values=found["values"], rows=found["rows"])

    def close(self) -> None:
        self._client.close()
        if "records" in self.__dict__:
            self.__dict__.pop("records").close()

    def __enter__(self) -> RemoteShop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _json(self, method: str, path: str, **given: Any) -> Any:
        return self._send(method, path, **given).json()

    def _send(self, method: str, path: str, **given: Any) -> httpx.Response:
        try:
            response = self._client.request(method, path, **given)
        except httpx.HTTPError as error:
            raise StoreMissing(
                f"The server at {self.url} does not answer ({type(error).__name__}).",
                "Look at its log, or start it anew.",
            ) from error
        if response.is_error:
            raise Refused(response.json()["error"])
        return response


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
