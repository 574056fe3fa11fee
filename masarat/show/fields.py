"""The parameters of a question as inputs for people: options of a command, fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from masarat.analyse import Analysis

Type = Literal["choice", "number", "flag", "list", "text"]


@dataclass(frozen=True, slots=True)
class Input:
    """One parameter: what may be given, and what stands there when nothing is."""

    name: str
    type: Type
    description: str
    default: Any
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    whole: bool = True

    @property
    def lines(self) -> bool:
        """Whether it is a list of texts, which may hold commas: one stands on each line."""
        return self.type == "list" and not self.whole


@cache
def inputs(kind: type[Analysis]) -> tuple[Input, ...]:
    """The inputs of a question, its own before those that every question has."""
    properties: dict[str, Any] = kind.model_json_schema()["properties"]
    found = [_input(name, schema) for name, schema in properties.items()]
    return tuple(sorted(found, key=lambda item: item.name in Analysis.model_fields))


def _input(name: str, schema: Mapping[str, Any]) -> Input:
    kinds: dict[str, Type] = {"integer": "number", "number": "number", "boolean": "flag", "array": "list"}
    parts = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    part = parts[0]
    return Input(
        name,
        "choice" if "enum" in part else kinds.get(part.get("type", ""), "text"),
        schema.get("description", ""),
        schema.get("default"),
        tuple(map(str, part.get("enum", ()))),
        part.get("minimum"),
        part.get("maximum"),
        "integer" in (part.get("type"), part.get("items", {}).get("type")),
    )


def from_texts(kind: type[Analysis], given: Mapping[str, str]) -> dict[str, Any]:
    """Parameters from a URL or form: what is left empty takes its default; of lists see `parts`."""
    lists = {item.name for item in inputs(kind) if item.type == "list"}
    return {name: parts(text) if name in lists else text for name, text in given.items() if text.strip()}


def parts(text: str) -> list[str]:
    """The parts of a list: one on each line; where there is only one line, and it does not end, commas part them."""
    found = text.splitlines() if "\n" in text else text.split(",")
    return [part.strip() for part in found if part.strip()]


def to_text(value: Any) -> str:
    """A parameter as it stands in a URL."""
    if isinstance(value, (list, tuple)):
        texts = list(map(str, value))
        return (
            "".join(f"{each}\n" for each in texts) if any("," in each for each in texts) else ",".join(texts)
        )
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
