"""The privacy deeds of a shop that another process serves: the same words as `Privacy`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masarat.act.erasing import Plan

Send = Callable[..., Any]  # (method, path, **given) → the JSON that came back


class RemotePrivacy:
    """`Privacy` over HTTP; who does it is whoever the server takes the caller for."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def plan(self, identifier: str, *, everything: bool = False) -> Plan:
        body = {"identifier": identifier, "everything": everything}
        return Plan(**self._send("POST", "/v1/privacy/erase", json=body)["plan"])

    def erase(
        self, identifier: str, *, everything: bool = False, why: str = "", actor: str = ""
    ) -> dict[str, Any]:
        body = {"identifier": identifier, "confirm": identifier, "everything": everything, "why": why}
        found: dict[str, Any] = self._send("POST", "/v1/privacy/erase", json=body)["certificate"]
        return found

    def again(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._send("POST", "/v1/privacy/again")["certificates"]
        return found

    def known(self, identifier: str) -> dict[str, Any]:
        found: dict[str, Any] = self._send("GET", "/v1/privacy/export", params={"of": identifier})
        return found

    def sweep(self, *, dry_run: bool = False, actor: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._send("POST", "/v1/privacy/sweep", json={"dry_run": dry_run})[
            "swept"
        ]
        return found

    def certificates(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._send("GET", "/v1/privacy/certificates")["certificates"]
        return found

    def certificate(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = self._send("GET", f"/v1/privacy/certificates/{number}")
        return found
