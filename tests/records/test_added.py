"""What people add to a customer: kept, told and forgotten alike on both databases."""

from datetime import date

import pytest

from masarat.errors import BadFile, BadParameter, TooLarge, UnknownName
from masarat.records import attachments, notes, relations, trait_rules
from masarat.records.added import forget, told
from masarat.records.remembered import recall, remember

HER, HIM = ["user:1", "phone:+966501234567"], ["user:2"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "عقد.pdf"
    path.write_bytes(b"contract")
    return path


def test_notes_follow_all_identifiers_and_come_back(records):
    with records.transaction() as t:
        first = notes.add_note(t, "user:1", " تفضّل المساء ", "cli:huda")
        notes.add_note(t, HER[1], "second", "cli:huda")
        notes.add_note(t, "user:2", "of him", "cli:huda")
    with records.transaction() as t:
        assert [note.text for note in notes.notes_of(t, HER)] == ["second", "تفضّل المساء"]
        notes.delete_note(t, first.id, HER)
        assert [note.text for note in notes.notes_of(t, HER)] == ["second"]
        assert len(notes.notes_of(t, HER, deleted=True)) == 2
        notes.delete_note(t, first.id, HER, restore=True)
        assert len(notes.notes_of(t, HER)) == 2
        with pytest.raises(UnknownName, match="note of this customer"):
            notes.delete_note(t, first.id, HIM)


@pytest.mark.parametrize(("text", "said"), [("  ", "empty"), ("x" * 10_001, "longer than 10,000")])
def test_what_is_no_note(records, text, said):
    with pytest.raises(BadParameter, match=said), records.transaction() as t:
        notes.add_note(t, "user:1", text, "cli")


def test_tags_are_one_however_they_are_written(records):
    with records.transaction() as t:
        for written in ("VIP", "vip", "هديّة", "هديه"):
            notes.add_tag(t, "user:1", written, "cli")
        assert [tag.written for tag in notes.tags_of(t, HER)] == ["vip", "هديّة"]
        assert notes.remove_tag(t, HER, "هدية") == 1
        assert [tag.written for tag in notes.all_tags(t)] == ["vip"]
        with pytest.raises(UnknownName, match="tag of this customer"):
            notes.remove_tag(t, HER, "gold")
    for wrong in (" ", "ـ", "x" * 101):
        with pytest.raises(BadParameter, match="is no tag"), records.transaction() as t:
            notes.add_tag(t, "user:1", wrong, "cli")


def test_relations_stand_once_from_both_sides(records):
    with records.transaction() as t:
        relations.relate(t, ["user:9"], HER, "company", "cli", role="buyer", since=date(2024, 5, 1))
        relations.relate(t, ["user:9"], HER[::-1], "company", "cli", role="chief buyer")
        (one,) = [relations.relation_json(each, ["user:9"]) for each in relations.relations_of(t, ["user:9"])]
        (other,) = [relations.relation_json(each, HER) for each in relations.relations_of(t, HER)]
    assert (one["with"], one["side"], one["role"], one["since"]) == ("user:1", "one", "chief buyer", None)
    assert (other["with"], other["side"]) == ("user:9", "other")
    with records.transaction() as t:
        with pytest.raises(UnknownName, match="relation with"):
            relations.unrelate(t, HER, HIM)
        assert relations.unrelate(t, HER, ["user:9"], "company") == 1
        assert list(relations.relations_of(t, HER)) == []
        with pytest.raises(BadParameter, match="one customer already"):
            relations.relate(t, HER, HER[1:], "family", "cli")
        with pytest.raises(UnknownName, match="household"):
            relations.relate(t, HER, HIM, "househld", "cli")


def test_a_content_lies_there_once_and_as_long_as_somebody_has_it(records, file, tmp_path):
    with records.transaction() as t:
        one = attachments.attach(t, "user:1", file, "عقد.pdf", "cli", tmp_path)
        two = attachments.attach(t, "user:2", file, "copy.pdf", "cli", tmp_path)
    path = attachments.place(tmp_path, one.sha256)
    assert path.read_bytes() == b"contract"
    assert (path.stat().st_mode & 0o777, two.sha256, one.size) == (0o600, one.sha256, 8)
    assert len([each for each in (tmp_path / "files").rglob("*") if each.is_file()]) == 1
    with records.transaction() as t:
        assert attachments.attachment(t, one.id, HER).name == "عقد.pdf"
        with pytest.raises(UnknownName, match="file of this customer"):
            attachments.attachment(t, one.id, HIM)
        assert attachments.detach(t, [attachments.attachment(t, one.id, HER)], tmp_path) == []
        assert attachments.detach(t, [attachments.attachment(t, two.id, HIM)], tmp_path) == [path]


def test_what_is_too_large_or_not_there_is_refused(records, tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as out:
        out.truncate(attachments.MOST_BYTES + 1)
    with records.transaction() as t:
        with pytest.raises(TooLarge, match="at most 10 MB"):
            attachments.attach(t, "user:1", large, "large", "cli", tmp_path)
        with pytest.raises(BadFile, match="cannot be read"):
            attachments.attach(t, "user:1", tmp_path / "none", "none", "cli", tmp_path)
    assert not (tmp_path / "files").exists()


def test_all_of_it_is_told_and_forgotten(records, file, tmp_path):
    with records.transaction() as t:
        gone = notes.add_note(t, "user:1", "first", "cli")
        notes.delete_note(t, gone.id, HER)
        notes.add_tag(t, HER[1], "vip", "cli")
        relations.relate(t, HIM, HER, "family", "cli")
        kept = attachments.attach(t, "user:1", file, "عقد.pdf", "cli", tmp_path)
        notes.add_note(t, "user:2", "stays", "cli")
    with records.transaction() as t:
        found = told(t, HER)
        assert {name: len(lines) for name, lines in found.items()} == {
            "notes": 1,
            "tags": 1,
            "relations": 1,
            "files": 1,
        }
        assert found["notes"][0]["deleted_at"]
        done = forget(t, HER, tmp_path)
    assert (done.notes, done.tags, done.relations, done.files) == (1, 1, 1, 1)
    assert done.paths == [attachments.place(tmp_path, kept.sha256)]
    with records.transaction() as t:
        assert told(t, HER) == {"notes": [], "tags": [], "relations": [], "files": []}
        assert [note.text for note in notes.notes_of(t, HIM)] == ["stays"]


def test_rules_are_chosen_and_taken_back(records):
    with records.transaction() as t:
        trait_rules.choose(t, "city", "most_trusted", ["salla", "web"])
        trait_rules.choose(t, "", "latest")
        trait_rules.choose(t, "name", "")
    with records.transaction() as t:
        assert trait_rules.rules(t) == {"city": ("most_trusted", ("salla", "web")), "": ("latest", ())}
        trait_rules.choose(t, "city", "")
    with records.transaction() as t:
        assert list(trait_rules.rules(t)) == [""]


def test_what_is_remembered_replaces_what_was(records):
    assert recall(records, "bounds") == {}
    remember(records, "bounds", {"r": [1.5], "at": "2025-01-01"})
    remember(records, "bounds", {"r": [2.5]})
    assert recall(records, "bounds") == {"r": [2.5]}
