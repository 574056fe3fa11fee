"""What only one may do at a time, with each database of the records."""

from __future__ import annotations

from masarat.records import Records
from masarat.records.alone import alone


def test_one_at_a_time_whoever_it_is(records):
    beside = Records(records.settings)
    with alone(records, "sync shop") as first:
        with alone(beside, "sync shop") as second, alone(records, "sync shop") as third:
            assert (first, second, third) == (True, False, False)
        with alone(beside, "sync books") as other:
            assert other
        with alone(beside, "sync shop") as still:
            assert not still, "who was refused frees nothing"
    with alone(beside, "sync shop") as again:
        assert again
    beside.close()


def test_whoever_ends_badly_frees_it(records):
    try:
        with alone(records, "sync shop"):
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    with alone(records, "sync shop") as again:
        assert again
