from random import Random

from hypothesis import given
from hypothesis import strategies as st

from masarat.journal import RealDisk, Segment
from masarat.journal.segment import CLOSING, groups, name_of, read_name, seal

GROUPS = [b'{"a":1}\n', b'{"a":2}\n{"a":3}\n', '{"a":"مسار"}\n'.encode()]


def sealed(parts: list[bytes]) -> bytes:
    return b"".join(part + seal(part, part.count(b"\n")) for part in parts)


def read(content: bytes) -> list[bytes]:
    """The lines of the groups whose seals fit."""
    found = [content[g.start : g.end - 129] for g in groups(content) if g.sealed]
    return [lines for lines in found if lines]


def test_a_seal_is_a_blank_line_that_says_how_many_bytes_and_lines():
    line = seal(GROUPS[1], 2)
    assert len(line) == 129
    assert line.strip(b" \t") == b"\n"
    bits = line.replace(b" ", b"0").replace(b"\t", b"1")
    assert (int(bits[:32], 2), int(bits[32:64], 2)) == (16, 2)


def test_groups_come_back_in_order_and_cover_every_byte():
    content = sealed(GROUPS) + CLOSING
    found = list(groups(content))
    assert [(group.count, group.sealed) for group in found] == [(1, True), (2, True), (1, True), (0, True)]
    assert b"".join(content[group.start : group.end] for group in found) == content


def test_cut_at_every_byte_whole_groups_stay_and_the_torn_one_is_known():
    content = sealed(GROUPS)
    ends = [len(sealed(GROUPS[:n])) for n in range(4)]
    for cut in range(len(content) + 1):
        whole = max(n for n, end in enumerate(ends) if end <= cut)
        assert read(content[:cut]) == GROUPS[:whole]
        torn = [group for group in groups(content[:cut]) if not group.sealed]
        assert [(group.start, group.end) for group in torn] == (
            [(ends[whole], cut)] if cut > ends[whole] else []
        )


def test_any_bit_flipped_costs_its_own_group_and_no_other():
    content = sealed(GROUPS)
    ends = [len(sealed(GROUPS[:n])) for n in range(4)]
    for bit in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        hit = max(n for n, end in enumerate(ends) if end <= bit // 8)
        assert read(bytes(flipped)) == [part for n, part in enumerate(GROUPS) if n != hit]


@given(st.lists(st.sampled_from(GROUPS)), st.lists(st.binary(max_size=300)), st.randoms())
def test_rubbish_between_groups_is_never_taken_for_lines(parts, rubbish, random: Random):
    pieces = [(sealed([part]), True) for part in parts] + [(piece, False) for piece in rubbish]
    random.shuffle(pieces)
    content = b"".join(piece for piece, _ in pieces)
    taken = read(content)
    assert all(part in GROUPS for part in taken)
    assert b"".join(content[group.start : group.end] for group in groups(content)) == content


def test_names_sort_by_time_and_other_files_are_none():
    assert read_name(name_of("w1", 1763766000123, 7)) == ("w1", 1763766000123)
    assert name_of("0", 999_999_999_999, 9) < name_of("0", 1_000_000_000_000, 1)
    assert [read_name(name) for name in ("checkpoint", "0.new", "0.lock", "0-1.5-9.part")] == [None] * 4


def test_the_engine_takes_a_segment_whole_seals_and_all_and_knows_it_again(store, tmp_path):
    path = tmp_path / name_of("0", 1, 0)
    row = b'{"event_id":"e%d","name":"Page Viewed","visitor_id":"v","source":"t","props":"{}","ts":"2025-01-01 00:00:00"}\n'
    parts = [b"".join(row % (start + i) for i in range(7)) for start in range(0, 70_000, 7)]
    path.write_bytes(sealed(parts) + CLOSING)
    assert path.stat().st_size > 8 << 20  # more than one block of the engine's parallel parser
    for _ in range(2):
        store.command(
            f"INSERT INTO events (event_id, name, visitor_id, source, ts) SELECT * FROM file('{path}', JSONEachRow,"
            " 'event_id String, name String, visitor_id String, source String, ts DateTime64(3)') SETTINGS"
            f" insert_deduplication_token = '{path.stem}', deduplicate_insert_select = 'force_enable',"
            " input_format_skip_unknown_fields = 1"
        )
    found = store.select("SELECT count() AS rows, uniqExact(event_id) AS ids FROM events")
    assert found == [{"rows": 70_000, "ids": 70_000}]


def test_lines_leave_the_seals_out(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(sealed(GROUPS) + CLOSING)
    assert Segment("x", path, 4, 0, RealDisk()).lines() == b"".join(GROUPS).splitlines(keepends=True)
