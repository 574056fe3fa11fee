"""One customer of a shop that another process serves: the same words as `Customers`.

What people add stands in the records and the data directory, which lie open beside the server; what the store knows, it tells over HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from masarat.act.additions import Additions
from masarat.analyse.profile.timeline import Asked
from masarat.records import Records
from masarat.settings import Language, Settings

Send = Callable[..., Any]  # (method, path, **given) → the JSON that came back


class RemoteCustomers(Additions):
    """`Customers` over HTTP; who looks is whoever the server takes the caller for."""

    def __init__(self, send: Send, records: Records, settings: Settings) -> None:
        super().__init__(records, settings)
        self._send = send

    def members(self, identifier: str) -> list[str]:
        return list(self._send("GET", "/v1/identity", params={"of": identifier})["identifiers"])

    def show(self, identifier: str, *, language: Language = "en", actor: str = "") -> dict[str, Any]:
        found: dict[str, Any] = self._send("GET", _path(identifier), params={"language": language})
        return found

    def find(self, text: str, *, limit: int = 10, actor: str = "") -> dict[str, Any]:
        asked = {"search": text, "limit": str(limit)}
        found: dict[str, Any] = self._send("GET", "/v1/customers", params=asked)
        return found

    def timeline(
        self, identifier: str, asked: Asked | None = None, *, language: Language = "en", actor: str = ""
    ) -> dict[str, Any]:
        wanted = asked or Asked()
        given: list[tuple[str, str]] = [("language", language), ("limit", str(wanted.limit))]
        for name in ("kind", "name", "source"):
            given += [(name, value) for value in getattr(wanted, f"{name}s")]
        for name in ("since", "until"):
            if at := getattr(wanted, name):
                given.append((name, at.isoformat()))
        given += [(name, value) for name in ("text", "before") if (value := getattr(wanted, name))]
        found: dict[str, Any] = self._send("GET", _path(identifier, "timeline"), params=given)
        return found

    def tags(self) -> list[dict[str, Any]]:
        return list(self._send("GET", "/v1/tags")["tags"])

    def write_fact(self, identifier: str, fact: str, value: str, actor: str) -> None:
        self._send("POST", _path(identifier, "facts"), json={"fact": fact, "value": value})

    def remove_fact(self, identifier: str, fact: str, actor: str) -> None:
        self._send("DELETE", _path(identifier, "facts"), params={"fact": fact})


def _path(identifier: str, *more: str) -> str:
    return "/".join(("/v1/customers", quote(identifier, safe=""), *more))
