"""Journey maps that people draw: a persona, and stages with what the customer wants, meets and feels in each. Every version is kept.

A change says which version it was made of, so that of two people who change a map at once the second is told, and nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from masarat.errors import BadParameter, MasaratError, UnknownName
from masarat.records import Records, Transaction
from masarat.records.audit import note
from masarat.records.fitting import LARGEST
from masarat.records.models import Record, UtcTime, now

MOST_MAPS = 50
MOST_STAGES = 12
MOST_VERSIONS = 100  # of one map; the oldest go first
LONGEST_TITLE = 200
LONGEST_TEXT = 2000  # of one cell
LANES = (
    "title",
    "goal",
    "touchpoints",
    "friction",
    "expectation",
    "opportunity",
    "owner",
)  # texts of a stage
STAGE = (*LANES, "key", "emotion")
FEELINGS = range(-2, 3)

Drawn = dict[str, Any]


class MapRecord(Record):
    """A journey map that somebody drew: for a persona, stage by stage. The version counts its changes."""

    __tablename__ = "maps"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    persona: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    stages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column()
    author: Mapped[str] = mapped_column(String(600))
    changed_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    __mapper_args__ = {"version_id_col": version}


class MapVersion(Record):
    """What a map was at one of its versions."""

    __tablename__ = "map_versions"
    id: Mapped[int] = mapped_column(primary_key=True)
    map_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))
    persona: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    stages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column()
    author: Mapped[str] = mapped_column(String(600))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class MapChanged(MasaratError):
    """A change was made of a version that is not the newest any more."""

    status = 409
    code = "map_changed"


def read(given: object) -> Drawn:
    """A map as somebody sent it: `{"title": …, "persona": {"name": …, "about": …}, "stages": [{"title": …, "emotion": 1, …}]}`."""
    if not isinstance(given, Mapping) or set(given) - {"title", "persona", "stages"}:
        raise BadParameter("A map has a title, a persona and stages.", "Leave the rest out.")
    persona, stages = given.get("persona", {}), given.get("stages", [])
    if not isinstance(persona, Mapping) or set(persona) - {"name", "about"}:
        raise BadParameter(
            "A persona has a name and what it is about.", 'Like {"name": "نورة", "about": "…"}.'
        )
    if not isinstance(stages, list) or len(stages) > MOST_STAGES:
        raise BadParameter(f"stages is a list of at most {MOST_STAGES}.", "Join some of them.")
    title = " ".join(_text(given.get("title", ""), "title").split())
    if not title or len(title) > LONGEST_TITLE:
        raise BadParameter(f"A map needs a title of at most {LONGEST_TITLE} characters.", "Give a few words.")
    return {
        "title": title,
        "persona": {name: _text(persona.get(name, ""), name) for name in ("name", "about")},
        "stages": [_stage(each) for each in stages],
    }


def every(records: Records) -> list[MapRecord]:
    """All maps, by title."""
    with records.transaction() as t:
        return list(t.scalars(select(MapRecord).order_by(MapRecord.title, MapRecord.id)))


def find(records: Records, number: int) -> MapRecord:
    """One map; UnknownName where there is none of this number."""
    with records.transaction() as t:
        return _find(t, number)


def add(records: Records, drawn: Drawn, actor: str) -> MapRecord:
    """A new map; BadParameter where there are as many as there may be."""
    with records.transaction() as t:
        if (t.scalar(select(func.count()).select_from(MapRecord)) or 0) >= MOST_MAPS:
            raise BadParameter(f"There are {MOST_MAPS} maps already.", "Remove one that nobody needs.")
        found = MapRecord(**drawn, author=actor[:600])
        t.add(found)
        t.flush()
        _keep(t, found, actor, "make")
    return found


def change(records: Records, number: int, version: int, drawn: Drawn, actor: str) -> MapRecord:
    """The map as it shall be. MapChanged where `version` is not the newest."""
    late = MapChanged(
        "Somebody else has changed this map meanwhile.", "Load it anew, and make your change again."
    )
    try:
        with records.transaction() as t:
            found = _find(t, number)
            if found.version != version:
                raise late
            for name, value in drawn.items():
                setattr(found, name, value)
            found.changed_at, found.author = now(), actor[:600]
            t.flush()
            _keep(t, found, actor, "change")
    except StaleDataError:
        raise late from None
    return found


def remove(records: Records, number: int, actor: str) -> MapRecord:
    """Away with a map and its versions; back comes what it was."""
    with records.transaction() as t:
        found = _find(t, number)
        t.execute(delete(MapVersion).where(MapVersion.map_id == found.id))
        t.delete(found)
        note(t, actor, "changed", "map", [str(found.id)], deed="remove")
    return found


def versions(records: Records, number: int) -> list[MapVersion]:
    """What a map was, the newest first."""
    with records.transaction() as t:
        _find(t, number)
        return list(
            t.scalars(
                select(MapVersion).where(MapVersion.map_id == number).order_by(MapVersion.version.desc())
            )
        )


def is_about(found: MapRecord | MapVersion, names_them: Callable[[bytes], bool]) -> bool:
    """Whether a text of the map names somebody."""
    return any(names_them(text.encode()) for text in _texts([found.title, found.persona, found.stages]))


def forget(found: MapRecord | MapVersion, names_them: Callable[[bytes], bool]) -> None:
    """Empty every text that names somebody who is erased; a title becomes a dash."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: without(each) for name, each in value.items()}
        if isinstance(value, list):
            return [without(each) for each in value]
        return "" if isinstance(value, str) and names_them(value.encode()) else value

    found.title = without(found.title) or "–"
    found.persona, found.stages = without(found.persona), without(found.stages)


def to_json(found: MapRecord) -> Drawn:
    """A map for whoever may ask."""
    return {
        "id": found.id,
        "title": found.title,
        "persona": found.persona,
        "stages": found.stages,
        "version": found.version,
        "changed_at": found.changed_at.isoformat(),
    }


def _find(t: Transaction, number: int) -> MapRecord:
    found = t.get(MapRecord, number) if 0 < number <= LARGEST else None
    if found is None:
        known = [str(one) for one in t.scalars(select(MapRecord.id).order_by(MapRecord.id))]
        raise UnknownName("map", str(number), known or ["none yet"])
    return found


def _keep(t: Transaction, found: MapRecord, actor: str, deed: str) -> None:
    """Remember this version, and forget what is older than the last so many."""
    t.add(
        MapVersion(
            map_id=found.id, version=found.version, title=found.title, persona=found.persona,
            stages=found.stages, author=actor[:600],
        )
    )  # fmt: skip
    t.execute(
        delete(MapVersion).where(
            MapVersion.map_id == found.id, MapVersion.version <= found.version - MOST_VERSIONS
        )
    )
    note(t, actor, "changed", "map", [str(found.id)], deed=deed, stages=len(found.stages))


def _stage(given: object) -> Drawn:
    if not isinstance(given, Mapping):
        raise BadParameter("A stage is an object.", 'Like {"title": "الشراء", "emotion": 1}.')
    if unknown := set(given) - set(STAGE):
        raise UnknownName("part of a stage", min(map(str, unknown)), sorted(STAGE))
    emotion = given.get("emotion", 0)
    if type(emotion) is not int or emotion not in FEELINGS:
        raise BadParameter(f"emotion {json.dumps(emotion)[:20]} is none of −2 … 2.", "Give a whole number.")
    return {name: _text(given.get(name, ""), name) for name in (*LANES, "key")} | {"emotion": emotion}


def _text(given: object, name: str) -> str:
    if not isinstance(given, str) or "\0" in given or len(given) > LONGEST_TEXT:
        raise BadParameter(f"{name} is no text of at most {LONGEST_TEXT:,} characters.", "Make it shorter.")
    return given


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]
