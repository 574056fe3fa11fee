"""The graph in the store: link by link it ends where all links at once end, and says what it did."""

import random
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masarat.errors import BadParameter
from masarat.resolve.graph import Decision, resolve
from masarat.resolve.identifiers import Rules
from masarat.resolve.links import SEEN
from masarat.resolve.resolver import Resolver
from masarat.store import identities
from masarat.store.members import members
from tests.resolve.test_graph import BEGIN, links


def seen(*pairs):
    found = links(*pairs)
    return found.with_columns(event_id=pl.format("e-{}-{}", "one", "other"), source=pl.lit("test"))


@pytest.fixture
def resolver(store):
    return Resolver(store, Rules())


def owners(store):
    """Identifier → owner, of those who belong to another."""
    return {
        row["identifier"]: row["owner"]
        for row in identities.all_owners(store).to_dicts()
        if row["identifier"] != row["owner"]
    }


def whole(store, decisions=()):
    found = resolve(identities.all_links(store), Rules(), decisions).owners
    return {one: owner for one, owner in found.iter_rows() if one != owner}


def log(store):
    return [
        (row["what"], row["identifier"], row["was"], row["owner"]) for row in identities.log(store, [], 100)
    ]


def test_a_link_gives_a_browser_its_owner(store, resolver):
    assert resolver.take(seen(("anon:a", "user:1"))) == 1
    assert owners(store) == {"anon:a": "user:1"}
    assert store.select(
        "SELECT dictGet('identity', 'owner', xxHash64('anon:a')) = xxHash64('user:1') AS same"
    ) == [{"same": 1}]
    assert members(store, "user:1") == ["user:1", "anon:a"]


def test_the_record_says_why(store, resolver):
    resolver.take(seen(("anon:a", "user:1")))
    (row,) = identities.log(store, ["anon:a"], 10)
    expected = {
        "what": "merged",
        "identifier": "anon:a",
        "was": "anon:a",
        "owner": "user:1",
        "actor": "rules",
    }
    assert expected.items() <= row.items()
    assert (row["event_id"], row["source"], row["why"]) == ("e-anon:a-user:1", "test", "seen together")


def test_the_same_links_again_change_nothing(store, resolver):
    pairs = seen(("anon:a", "user:1"), ("anon:a", "user:2"))
    resolver.take(pairs)
    before = log(store)
    assert resolver.take(pairs) == 0
    assert Resolver(store, Rules()).take(pairs) == 0
    assert log(store) == before
    assert [what for what, *_ in before].count("refused") == 1


def test_an_earlier_link_that_comes_late_wins(store, resolver):
    resolver.take(seen(("anon:a", "user:1", 5)))
    resolver.take(seen(("anon:a", "user:2", 3)))
    assert owners(store) == {"anon:a": "user:2"}
    assert ("merged", "anon:a", "user:1", "user:2") in log(store)


def test_a_shared_phone_lets_go_of_everybody(store, resolver):
    resolver.take(seen(("phone:+1", "user:1", 0)))
    assert owners(store) == {"phone:+1": "user:1"}
    for n in range(2, 8):
        resolver.take(seen(("phone:+1", f"user:{n}", n)))
    assert owners(store) == {}
    assert resolver.shared == {"phone:+1"}
    assert Resolver(store, Rules()).shared == {"phone:+1"}, "found again after a restart"
    assert ("split", "phone:+1", "user:1", "phone:+1") in log(store)


def test_people_merge_and_take_back(store, resolver):
    resolver.take(seen(("anon:a", "user:1"), ("anon:b", "user:2")))
    before = owners(store)
    assert resolver.decide(Decision("merge", "user:1", "user:2"), "same person, she called", "huda") == 2
    assert set(owners(store).values()) == {"user:1"}
    assert identities.log(store, ["user:2"], 1)[0]["actor"] == "huda"
    resolver.decide(Decision("withdrawn", "user:2", "user:1"), "", "huda")
    assert owners(store) == before, "unmerge restores both"


def test_people_tell_two_apart(store, resolver):
    resolver.take(seen(("anon:a", "user:1"), ("anon:b", "user:1")))
    resolver.decide(Decision("never", "anon:a", "user:1"), "", "huda")
    assert owners(store) == {"anon:b": "user:1"}
    resolver.take(seen(("anon:a", "anon:b")))
    assert owners(store) == {"anon:b": "user:1"}
    resolver.decide(Decision("alone", "anon:b"), "", "huda")
    assert owners(store) == {}
    resolver.decide(Decision("withdrawn", "anon:b"), "", "huda")
    assert owners(store) == {"anon:b": "user:1"}


def test_nothing_is_decided_of_nobody(resolver):
    with pytest.raises(BadParameter, match="names nobody"):
        resolver.decide(Decision("merge", "user:1", "anon:null"), "", "huda")


def test_a_crash_before_the_owners_stand_is_made_good(store, resolver, monkeypatch):
    def die(*_):
        raise RuntimeError("power")

    with monkeypatch.context() as patched:
        patched.setattr(identities, "change_owners", die)
        with pytest.raises(RuntimeError):
            resolver.take(seen(("anon:a", "user:1")))
    again = Resolver(store, Rules())
    assert again.take(seen(("anon:a", "user:1"))) == 1
    assert log(store) == [("merged", "anon:a", "anon:a", "user:1")], "said once"
    with monkeypatch.context() as patched:
        patched.setattr(identities, "add_links", die)
        with pytest.raises(RuntimeError):
            again.take(seen(("anon:b", "user:1")))
    again.take(seen(("anon:b", "user:1")))
    assert len(log(store)) == 2
    assert identities.all_links(store).height == 2


def test_other_rules_make_other_customers(store, resolver):
    resolver.take(seen(*((f"anon:{letter}", "user:1") for letter in "abcdefg")))
    assert len(owners(store)) == 5
    assert Resolver(store, Rules({"anon": 7})).rebuild() == 2
    assert len(owners(store)) == 7


def test_a_chain_longer_than_the_walk(store, resolver):
    names = [f"{kind}:c{n}" for n in range(9) for kind in ("anon", "email")]
    for pair in pairwise(names):
        resolver.take(seen((*pair, 0)))
    assert owners(store) == whole(store)
    resolver.decide(Decision("never", names[0], names[1]), "", "huda")
    assert owners(store) == whole(store, resolver.decisions)


NAMES = st.sampled_from(
    [f"{kind}:x{n}" for kind in ("user", "anon", "email") for n in range(4)] + ["phone:+1", "shop:1"]
)
STEP = st.one_of(
    st.lists(st.tuples(NAMES, NAMES, st.integers(0, 5)), min_size=1, max_size=6),
    st.builds(Decision, st.sampled_from(["merge", "never", "withdrawn"]), NAMES, NAMES),
    st.builds(Decision, st.sampled_from(["alone", "withdrawn"]), NAMES),
)


@given(st.lists(STEP, min_size=1, max_size=6))
@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)  # fmt: skip
def test_step_by_step_ends_where_all_at_once_ends(engine, steps):
    store = engine.store()
    resolver, history = Resolver(store, Rules()), {}
    for step in steps:
        if isinstance(step, Decision):
            if step.one != step.other:
                resolver.decide(step, "", "huda")
        else:
            resolver.take(seen(*step))
        assert owners(store) == whole(store, resolver.decisions)
    for what, identifier, was, owner in reversed(log(store)):
        if what != "refused":
            assert history.get(identifier, identifier) == was, "no owner changes without a record"
            history[identifier] = owner
    assert {one: owner for one, owner in history.items() if one != owner} == owners(store)


def test_links_in_batches_of_any_size_end_the_same(engine):
    draw = random.Random(4)
    kinds = ("user", "anon", "anon", "email", "phone")
    names = [f"{kind}:y{n}" for n in range(40) for kind in kinds]
    pairs = [(*draw.sample(names, 2), draw.randrange(50)) for _ in range(150)]
    found = []
    for size in (150, 12):
        store = engine.store()
        resolver = Resolver(store, Rules())
        for start in range(0, len(pairs), size):
            resolver.take(seen(*pairs[start : start + size]))
        found.append(owners(store))
        assert owners(store) == whole(store)
        draw.shuffle(pairs)
    assert found[0] == found[1]


def test_the_frame_of_links_has_its_columns():
    assert list(SEEN) == list(seen(("a:1", "b:2")).columns)
    assert BEGIN.tzinfo
