"""Journey maps: read, changed of the newest version alone, remembered, and without whoever is erased."""

from __future__ import annotations

import pytest

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, maps
from masarat.records.maps import MapChanged, MapRecord
from masarat.settings import Settings

DRAWN = {
    "title": " رحلة  نورة ",
    "persona": {"name": "نورة"},
    "stages": [{"title": "الشراء", "emotion": 2, "owner": "سعد"}],
}


@pytest.fixture
def records(tmp_path):
    found = Records(Settings(data=tmp_path))
    yield found
    found.close()


def test_a_map_is_drawn_changed_and_every_version_kept(records):
    made = maps.add(records, maps.read(DRAWN), "user:a")
    assert maps.to_json(made)["title"] == "رحلة نورة"
    assert made.stages[0]["emotion"] == 2
    assert made.stages[0]["goal"] == ""
    changed = maps.change(records, made.id, made.version, maps.read({**DRAWN, "title": "أخرى"}), "user:b")
    assert changed.version == made.version + 1
    with pytest.raises(MapChanged, match="meanwhile"):
        maps.change(records, made.id, made.version, maps.read(DRAWN), "user:c")
    assert [(one.title, one.author) for one in maps.versions(records, made.id)] == [
        ("أخرى", "user:b"),
        ("رحلة نورة", "user:a"),
    ]
    maps.remove(records, made.id, "user:a")
    with pytest.raises(UnknownName):
        maps.find(records, made.id)


@pytest.mark.parametrize(
    "wrong",
    [
        None, {}, {"title": ""}, {"title": "x" * 201}, {"title": "x", "more": 1}, {"title": "x", "persona": []}, {"title": "x", "stages": {}},
        {"title": "x", "stages": [{"emotion": 3}]}, {"title": "x", "stages": [{"emotion": True}]}, {"title": "x", "stages": [{"goal": 1}]},
        {"title": "x", "stages": [{"goal": "x" * 2001}]}, {"title": "x", "stages": [{"unknown": ""}]}, {"title": "x", "stages": [{}] * 13}, {"title": "x\0"},
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_with_the_remedy(wrong):
    with pytest.raises((BadParameter, UnknownName)) as caught:
        maps.read(wrong)
    assert caught.value.remedy


def test_whoever_is_erased_is_in_no_map():
    found = MapRecord(**maps.read(DRAWN))
    names_them = "نورة".encode().__eq__
    assert maps.is_about(found, names_them)
    maps.forget(found, names_them)
    assert (found.persona["name"], found.stages[0]["owner"]) == ("", "سعد")
    assert not maps.is_about(found, names_them)
