import pytest

from masarat.collect import keys
from masarat.collect.keys import Keys, TooFast, UnknownKey, WrongOrigin
from masarat.errors import UnknownName


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_a_key_names_its_source(records):
    key = keys.add(records, "web")
    assert Keys(keys.load(records)).source_of(key, "", 1) == "web"


@pytest.mark.parametrize("given", ["", "nobody", "' OR 1=1 --"])
def test_an_unknown_key_is_refused(records, given):
    keys.add(records, "web")
    with pytest.raises(UnknownKey, match="masarat source add"):
        Keys(keys.load(records)).source_of(given, "", 1)


def test_only_allowed_origins(records):
    key = keys.add(records, "web", origins=["https://Shop.sa"])
    known = Keys(keys.load(records))
    assert known.source_of(key, "https://shop.sa", 1) == "web"
    assert known.source_of(key, "", 1) == "web"  # a server sends no origin
    with pytest.raises(WrongOrigin):
        known.source_of(key, "https://evil.example", 1)


def test_a_revoked_key_ends_within_two_seconds(records):
    clock = Clock()
    old = keys.add(records, "web", origins=["https://a.sa"])
    known = Keys(keys.load(records), clock)
    known.source_of(old, "", 1)
    new = keys.rotate(records, "web")
    keys.revoke(records, old)
    clock.now += 2.5
    assert known.source_of(new, "https://a.sa", 1) == "web"
    with pytest.raises(UnknownKey):
        known.source_of(old, "", 1)
    with pytest.raises(UnknownName):
        keys.revoke(records, "nobody")


def test_a_key_has_a_rate(records):
    clock = Clock()
    key = keys.add(records, "web", events_a_second=10)
    known = Keys(keys.load(records), clock)
    for _ in range(20):  # a burst of two seconds' worth
        known.source_of(key, "", 1)
    with pytest.raises(TooFast):
        known.source_of(key, "", 1)
    clock.now += 0.1
    known.source_of(key, "", 1)
    with pytest.raises(TooFast):
        known.source_of(key, "", 1)
    clock.now += 5  # reading the keys again forgives nothing beyond the burst
    for _ in range(20):
        known.source_of(key, "", 1)
    with pytest.raises(TooFast):
        known.source_of(key, "", 1)
