"""The review queue of a shop that another process serves: the same words as `Review`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from masarat.records.audit import COMMAND_LINE
from masarat.records.review import WAITING
from masarat.settings import Language
from masarat.store import Row

if TYPE_CHECKING:
    from masarat.act.renewing import Found

Send = Callable[..., Any]  # (method, path, **given) → the JSON that came back


class RemoteReview:
    """`Review` over HTTP; who answers is whoever the server takes the caller for."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def page(
        self,
        language: Language,
        *,
        state: str = WAITING,
        limit: int = 50,
        offset: int = 0,
        actor: str = COMMAND_LINE,
    ) -> Row:
        asked = {"language": language, "state": state, "limit": str(limit), "offset": str(offset)}
        found: Row = self._send("GET", "/v1/review", params=asked)
        for each in (found, *found["pairs"]):
            for name in {"refreshed_at", "answered_at"} & each.keys():
                each[name] = datetime.fromisoformat(each[name]) if each[name] else None
        return found

    def answer(self, number: int, answer: str, *, why: str = "", actor: str = COMMAND_LINE) -> int:
        body = {"id": number, "answer": answer, "why": why}
        return int(self._send("POST", "/v1/review", json=body)["changed"])

    def refresh(
        self, language: Language = "en", *, dry_run: bool = False, actor: str = COMMAND_LINE
    ) -> Found:
        from masarat.act.renewing import Found  # here, because most commands need not compare anybody

        asked = {"language": language, "dry_run": dry_run}
        return Found(**self._send("POST", "/v1/review/refresh", json=asked))
