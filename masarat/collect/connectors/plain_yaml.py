"""YAML as people write it, read as what JSON could say too: no objects, no dates, no `no` that is false, no names for what repeats."""

from __future__ import annotations

import re
from typing import Any

import yaml

LARGEST = 64 << 10  # characters
DEEPEST = 50
PLAIN = (
    ("null", re.compile(r"~|null|"), ["~", "n", ""]),
    ("bool", re.compile(r"true|false"), ["t", "f"]),
    ("int", re.compile(r"-?(0|[1-9][0-9]*)"), [*"-0123456789"]),
    ("float", re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?"), [*"-0123456789"]),
)


class _Plain(yaml.SafeLoader):  # type: ignore[misc]  # it comes without types
    """Scalars without quotes are what they are in JSON, else text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _name, _looks, _first in PLAIN:
    _Plain.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_looks.pattern})\Z"), _first)


def read_yaml(text: str) -> Any:
    """What a text in YAML says. Raises ValueError where it is none, too large or too deep, or names a part to repeat it (a few lines can
    so become gigabytes)."""
    if len(text) > LARGEST:
        raise ValueError(f"it is longer than {LARGEST:,} characters")
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise ValueError("it is nested too deeply")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise ValueError("it names a part with & or repeats one with *: write it out")
            if getattr(event, "tag", None):
                raise ValueError(f"it says {event.tag!r} of a value: leave that out")
        return yaml.load(text, Loader=_Plain)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(f"{getattr(error, 'problem', None) or 'it is no YAML'}{where}") from None
