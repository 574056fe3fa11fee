"""The saved segments of a shop that another process serves: the same words as `Segments`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from masarat.analyse import Analysis, to_question

Send = Callable[..., Any]  # (method, path, **given) → the JSON that came back
Saved = dict[str, Any]


class RemoteSegments:
    """`Segments` over HTTP; who does it is whoever the server takes the caller for."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def every(self) -> list[Saved]:
        found: list[Saved] = self._send("GET", "/v1/segments")["segments"]
        return found

    def save(
        self,
        name: str,
        question: Analysis | str,
        *,
        title: str = "",
        actor: str = "",
        dry_run: bool = False,
        **parameters: Any,
    ) -> Saved:
        asked = to_question(question, parameters)
        given = asked.model_dump(mode="json", exclude_unset=True)
        body = {"name": name, "title": title, "question": asked.name, "parameters": given, "dry_run": dry_run}
        found: Saved = self._send("POST", "/v1/segments", json=body)["segment"]
        return found

    def save_found(
        self, name: str, *, actor: str = "", dry_run: bool = False, **parameters: Any
    ) -> list[Saved]:
        body = {"name": name, "dry_run": dry_run, "parameters": parameters}
        found: list[Saved] = self._send("POST", "/v1/segments/found", json=body)["segments"]
        return found

    def renew(self, name: str, *, actor: str = "", dry_run: bool = False) -> Saved:
        path = f"/v1/segments/{quote(name, safe='')}/renew"
        found: Saved = self._send("POST", path, json={"dry_run": dry_run})["segment"]
        return found

    def refresh(self, names: Sequence[str] = (), *, actor: str = "") -> list[Saved]:
        found: list[Saved] = self._send("POST", "/v1/segments/refresh", json={"names": list(names)})[
            "segments"
        ]
        return found

    def remove(self, name: str, *, actor: str = "", dry_run: bool = False) -> Saved:
        path = f"/v1/segments/{quote(name, safe='')}"
        found: Saved = self._send("DELETE", path, json={"dry_run": dry_run})["segment"]
        return found
