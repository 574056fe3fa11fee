from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masarat.collect.seen import DAYS, HELD, PERIOD, Seen, hashes

DAY = date(2026, 1, 1)


@given(st.lists(st.text(), unique=True, max_size=200))
def test_what_was_seen_is_never_called_new(ids):
    seen = Seen()
    for start in range(0, len(ids), 30):
        seen.add(hashes(ids[start : start + 30]), DAY)
    assert seen.maybe(hashes(ids)).all()


def test_no_new_id_is_taken_for_a_repeat():
    seen = Seen()
    seen.add(hashes([f"old-{n}" for n in range(100_000)]), DAY)
    assert not seen.maybe(hashes([f"new-{n}" for n in range(100_000)])).any()


def test_ids_are_forgotten_after_a_month():
    seen = Seen()
    for day in range(HELD * PERIOD + 1):
        seen.add(hashes([f"{day}"]), DAY + timedelta(days=day))
        assert day > DAYS or seen.maybe(hashes(["0"])).all()
    assert seen.maybe(hashes(["0", f"{PERIOD}", f"{HELD * PERIOD}"])).tolist() == [False, True, True]


def test_a_clock_that_was_wrong_forgets_nothing():
    """Ahead by years, or back by years, and right again: what was seen before, meanwhile and afterwards is known."""
    for wrong in (3_000, -3_000):
        seen = Seen()
        for day in range(DAYS + 1):
            seen.add(hashes([f"{day}"]), DAY + timedelta(days=day))
            if day == 10:
                seen.add(hashes(["wrong"]), DAY + timedelta(days=wrong))
        assert seen.maybe(hashes([*map(str, range(DAYS + 1)), "wrong"])).all()


def test_nothing_has_been_seen_at_first():
    assert not Seen().maybe(hashes(["a"])).any()
    assert Seen().maybe(hashes([])).tolist() == []
