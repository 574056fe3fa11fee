"""Who is who in a shop that another process serves: the same words as `Identity`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masarat.resolve.identity import Customer
from masarat.store import Row

Send = Callable[..., Any]  # (method, path, **given) → the JSON that came back


class RemoteIdentity:
    """`Identity` over HTTP; who decides is whoever the server takes the caller for."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def show(self, identifier: str) -> Customer:
        return Customer(**self._send("GET", "/v1/identity", params={"of": identifier}))

    def owner(self, identifier: str) -> str:
        return self.show(identifier).customer

    def log(self, identifier: str = "", *, limit: int = 100) -> list[Row]:
        asked = {"of": identifier, "limit": str(limit)}
        found: list[Row] = self._send("GET", "/v1/identity/log", params=asked)
        return found

    def merge(self, one: str, other: str, *, why: str = "", actor: str = "") -> int:
        return self._do("merge", one, other, why)

    def never(self, one: str, other: str, *, why: str = "", actor: str = "") -> int:
        return self._do("never", one, other, why)

    def split(self, identifier: str, *, why: str = "", actor: str = "") -> int:
        return self._do("split", identifier, "", why)

    def undo(self, one: str, other: str = "", *, why: str = "", actor: str = "") -> int:
        return self._do("undo", one, other, why)

    def rebuild(self) -> int:
        return self._do("rebuild")

    def fold(self) -> int:
        return self._do("fold")

    def _do(self, deed: str, one: str = "", other: str = "", why: str = "") -> int:
        body = {"do": deed, "one": one, "other": other, "why": why}
        return int(self._send("POST", "/v1/identity", json=body)["changed"])
