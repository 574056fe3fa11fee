"""A profile and a timeline as they are read on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from masarat.settings import Language
from masarat.words import FSI, LRI, PDI, speaker
from masarat.words.of import words

ISOLATES = dict.fromkeys(map(ord, (FSI, LRI, PDI)))  # a terminal turns its lines itself
WIDTH = 28


def profile_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The sentence, who they are called by, then the facts by kind, and what people added."""
    yield found["sentence"]
    yield " · ".join(found["identifiers"])
    for kind, title in found["kinds"].items():
        yield f"\n{title}"
        yield from (_fact(fact) for fact in found["facts"] if fact["kind"] == kind)
    yield from _additions(found)
    yield from found["notices"]
    yield ""
    yield from timeline_lines(found["timeline"])


def timeline_lines(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """One line each: when, what happened, from which source."""
    for line in lines:
        at = datetime.fromisoformat(line["at"])
        source = f"  [{line['source']}]" if line["source"] else ""
        yield f"{at:%Y-%m-%d %H:%M}  {line['sentence']}{source}"


FOUND = ("customer", "name", "found_by", "phone", "email", "city", "last_seen")


def found_line(found: Mapping[str, Any]) -> dict[str, str]:
    """A customer whom a search found, as a line of a table."""
    reasons = ", ".join(f"{reason['trait']}: {reason['value']}" for reason in found["because"])
    line = {**found, "found_by": reasons, "last_seen": (found["last_seen"] or "")[:10]}
    return {head: bare(line[head]) for head in FOUND}


def bare(text: str) -> str:
    """What a terminal may be given: somebody's text moves no cursor."""
    return "".join(c for c in text.translate(ISOLATES) if c.isprintable() or c == "\n")


def nothing(language: Language) -> str:
    return speaker(words("timeline"), language).say("nothing")


def _fact(fact: Mapping[str, Any]) -> str:
    how = f"  ({fact['how']})" if fact["value"] is not None and not fact["computed"] else ""
    others = [
        f"{said['value']} [{said['source']}]" for said in fact["values"] if said["value"] != fact["value"]
    ]
    more = f"  ≠ {', '.join(others)}" if others else ""
    return f"  {fact['title']:<{WIDTH}} {fact['text']}{how}{more}"


def _additions(found: Mapping[str, Any]) -> Iterator[str]:
    speak = speaker(words("profile"), found["language"])
    for name, lines in (
        ("tags", [" ".join(f"#{tag}" for tag in found["tags"])] if found["tags"] else []),
        ("notes", [f"{note['id']}. {note['text']} ({note['author']})" for note in found["notes"]]),
        (
            "files",
            [
                f"{file['id']}. {file['name']} ({file['size']:,} B, {file['author']})"
                for file in found["files"]
            ],
        ),
        ("relations", [_relation(each, speak) for each in found["relations"]]),
        ("suggestions", [f"{each['with']}: {each['sentence']}" for each in found["suggestions"]]),
        (
            "consents",
            [f"{each['purpose']} / {each['channel']}: {each['status']}" for each in found["consents"]],
        ),
    ):
        if lines:
            yield f"\n{speak.say(f'part-{name}')}"
            yield from (f"  {line}" for line in lines)


def _relation(each: Mapping[str, Any], speak: Any) -> str:
    more = ", ".join(filter(None, (each["role"], each["since"])))
    said = f"{each['with']}: {speak.say('relation-' + each['kind'])}"
    return f"{said} ({more})" if more else said
