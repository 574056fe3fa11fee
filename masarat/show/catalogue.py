"""The catalogue of questions, for programs: made from the questions themselves."""

from __future__ import annotations

from typing import Any

from masarat.analyse import ANALYSES, Analysis
from masarat.analyse.answer import Column
from masarat.words import LANGUAGES, speaker


def catalogue() -> list[dict[str, Any]]:
    """Every question, in the order people meet them."""
    return [entry(kind) for kind in ANALYSES]


def entry(kind: type[Analysis]) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": _say(kind, "title"),
        "summary": _say(kind, "about"),
        "about": manual(kind),
        "parameters": kind.model_json_schema(),
        "labels": {name: _say(kind, f"param-{name}") for name in kind.model_fields},
        "view": kind.view,
        "columns": [_column(kind, column) for column in kind.columns],
        "numbers": [_column(kind, column) for column in kind.numbers],
        "needs": [{"event": need.event, "days": need.days} for need in kind.needs],
        "example": kind.example.model_dump(mode="json", exclude_unset=True),
    }


def manual(kind: type[Analysis]) -> str:
    """The docstring, which is the manual page, with its indentation taken off."""
    first, _, rest = (kind.__doc__ or "").strip().partition("\n")
    return "\n".join([first, *(line.removeprefix("    ") for line in rest.splitlines())])


def _say(kind: type[Analysis], key: str) -> dict[str, str]:
    return {language: speaker(kind.words, language).say(key) for language in LANGUAGES}


def _column(kind: type[Analysis], column: Column) -> dict[str, Any]:
    formulas = {language: speaker(kind.words, language).formula(column.name) for language in LANGUAGES}
    return {"name": column.name, "kind": column.kind, "title": _say(kind, column.name), "formula": formulas}
