from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masarat.collect.seen import DAYS, Seen, hashes

DAY = date(2026, 1, 1)


@given(st.lists(st.text(), unique=True, max_size=200))
def test_what_was_seen_is_never_called_new(ids):
    seen = Seen(capacity=50)
    for start in range(0, len(ids), 30):
        seen.add(hashes(ids[start : start + 30]), DAY)
    assert seen.maybe(hashes(ids)).all()


def test_few_new_ids_are_taken_for_repeats():
    seen = Seen(capacity=100_000)
    seen.add(hashes([f"old-{n}" for n in range(100_000)]), DAY)
    alarms = int(seen.maybe(hashes([f"new-{n}" for n in range(100_000)])).sum())
    assert alarms < 300


def test_ids_are_forgotten_after_a_month():
    seen = Seen()
    seen.add(hashes(["a"]), DAY)
    seen.add(hashes(["b"]), DAY + timedelta(days=DAYS))
    assert seen.maybe(hashes(["a", "b"])).tolist() == [True, True]
    seen.add(hashes(["c"]), DAY + timedelta(days=DAYS + 1))
    assert seen.maybe(hashes(["a", "b", "c"])).tolist() == [False, True, True]


def test_nothing_has_been_seen_at_first():
    assert not Seen().maybe(hashes(["a"])).any()
    assert Seen().maybe(hashes([])).tolist() == []
