"""Links to customers, by hand and in every order."""

from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.resolve.graph import LINKS, Decision, resolve
from masarat.resolve.identifiers import Rules

RULES = Rules()
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)


def links(*pairs):
    """('a', 'b') or ('a', 'b', day): without a day, each a day after the last."""
    rows = [
        (pair[0], pair[1], BEGIN + timedelta(days=pair[2] if len(pair) > 2 else place))
        for place, pair in enumerate(pairs)
    ]
    return pl.DataFrame(rows, schema=LINKS, orient="row")


def customers(found):
    """Owner → everybody of theirs."""
    return {
        owner: sorted(members)
        for owner, members in found.owners.group_by("owner").agg("identifier").iter_rows()
    }


def test_a_visitor_who_signs_in_is_the_customer():
    found = resolve(links(("anon:a", "user:1"), ("anon:b", "user:1")), RULES)
    assert customers(found) == {"user:1": ["anon:a", "anon:b", "user:1"]}


def test_a_chain_and_a_cycle_are_one_customer():
    chain = [("anon:a", "phone:+1"), ("phone:+1", "email:x@y"), ("email:x@y", "user:1"), ("user:1", "anon:a")]
    assert customers(resolve(links(*chain), RULES)) == {
        "user:1": ["anon:a", "email:x@y", "phone:+1", "user:1"]
    }


def test_two_users_never_become_one_by_a_browser_they_shared():
    found = resolve(links(("user:1", "anon:tablet"), ("user:2", "anon:tablet")), RULES)
    assert customers(found) == {"user:1": ["anon:tablet", "user:1"], "user:2": ["user:2"]}
    assert found.refused.rows() == [("anon:tablet", "user:2", "user")]


def test_father_and_son_on_one_phone_stay_two():
    found = resolve(links(("user:1", "phone:+1", 5), ("user:2", "phone:+1", 3)), RULES)
    assert customers(found) == {"user:2": ["phone:+1", "user:2"], "user:1": ["user:1"]}, "the earlier has it"


def test_so_do_two_customers_of_one_platform():
    found = resolve(
        links(("salla:1", "phone:+1", 5), ("salla:2", "phone:+1", 3), ("zid:9", "phone:+1", 9)), RULES
    )
    assert customers(found) == {"salla:2": ["phone:+1", "salla:2", "zid:9"], "salla:1": ["salla:1"]}
    assert found.refused.rows() == [("phone:+1", "salla:1", "salla")]
    assert (
        len(customers(resolve(links(("salla:1", "phone:+1"), ("salla:2", "phone:+1")), Rules({"salla": 2}))))
        == 1
    )


def test_the_stronger_kind_counts_before_the_earlier():
    found = resolve(links(("user:1", "anon:a"), ("anon:a", "email:x@y"), ("user:2", "email:x@y")), RULES)
    assert customers(found)["user:2"] == ["email:x@y", "user:2"]
    assert customers(found)["user:1"] == ["anon:a", "user:1"]


def test_the_sixth_of_a_kind_gives_way():
    seen = links(*((f"anon:{letter}", "user:1") for letter in "abcdefg"))
    found = resolve(seen, RULES)
    assert customers(found)["user:1"] == [f"anon:{letter}" for letter in "abcde"] + ["user:1"]
    assert found.refused["why"].to_list() == ["anon", "anon"]
    assert len(customers(resolve(seen, Rules({"anon": 7})))["user:1"]) == 8


def test_what_is_seen_with_too_many_is_shared_and_joins_nobody():
    five = [(f"user:{n}", "phone:+1") for n in range(1, 6)]
    assert customers(resolve(links(*five), RULES))["user:1"] == ["phone:+1", "user:1"]
    found = resolve(links(*five, ("user:6", "phone:+1")), RULES)
    assert found.shared == {"phone:+1"}
    assert all(len(members) == 1 for members in customers(found).values())


def test_names_networks_and_placeholders_join_nobody():
    nobody = ["shop:name:سارة", "daily:f00", "anon:0000-0000", "user:null", "phone:+966920001234", "user:-1"]
    found = resolve(links(*((one, "anon:a") for one in nobody)), RULES)
    assert all(len(members) == 1 for members in customers(found).values())


def test_people_decide():
    seen = links(("user:1", "anon:a"), ("user:2", "anon:b"))
    merged = resolve(seen, RULES, [Decision("merge", "user:2", "user:1")])
    assert customers(merged) == {"user:1": ["anon:a", "anon:b", "user:1", "user:2"]}, "beyond the limit"
    apart = resolve(seen, RULES, [Decision("never", "anon:a", "user:1")])
    assert customers(apart)["anon:a"] == ["anon:a"]
    alone = resolve(links(("anon:a", "user:1"), ("anon:b", "user:1")), RULES, [Decision("alone", "anon:a")])
    assert customers(alone) == {"anon:a": ["anon:a"], "user:1": ["anon:b", "user:1"]}


def test_what_is_never_one_is_not_joined_through_a_third():
    seen = links(("user:1", "email:a@a"), ("email:a@a", "phone:+1"))
    found = resolve(seen, RULES, [Decision("never", "user:1", "phone:+1")])
    assert customers(found) == {"user:1": ["email:a@a", "user:1"], "phone:+1": ["phone:+1"]} or customers(
        found
    ) == {"user:1": ["user:1"], "phone:+1": ["email:a@a", "phone:+1"]}
    assert found.refused["why"].to_list() == ["never"]


IDENTIFIERS = st.sampled_from(
    [f"{kind}:{n}" for kind in ("user", "anon", "email", "shop") for n in range(1, 5)]
    + ["phone:+1", "phone:+2"]
)
PAIRS = st.lists(st.tuples(IDENTIFIERS, IDENTIFIERS, st.integers(0, 9)), min_size=1, max_size=25)
DECISIONS = st.lists(
    st.builds(Decision, st.sampled_from(["merge", "never"]), IDENTIFIERS, IDENTIFIERS), max_size=3,
    unique_by=lambda one: frozenset((one.one, one.other)),
)  # fmt: skip


@given(PAIRS, DECISIONS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_links_does_not_matter(pairs, decisions, random):
    shuffled, turned = [*pairs], [*decisions]
    random.shuffle(shuffled)
    random.shuffle(turned)
    shuffled = [(b, a, day) if random.random() < 0.5 else (a, b, day) for a, b, day in shuffled]
    first = resolve(links(*pairs), RULES, decisions)
    again = resolve(links(*shuffled), RULES, turned)
    assert first.owners.equals(again.owners)
    assert first.refused.equals(again.refused)


@given(PAIRS, DECISIONS)
@settings(max_examples=60)
def test_limits_and_decisions_hold(pairs, decisions):
    found = resolve(links(*pairs), RULES, decisions)
    owner = dict(found.owners.iter_rows())
    nevers = [d for d in decisions if d.what == "never" and d.one != d.other]
    for never in nevers:
        assert owner.get(never.one, never.one) != owner.get(never.other, never.other)
    if not any(d.what == "merge" for d in decisions):
        for members in customers(found).values():
            assert sum(one.startswith("user:") for one in members) <= 1


@given(PAIRS, IDENTIFIERS, IDENTIFIERS)
@settings(max_examples=40)
def test_a_merge_that_is_withdrawn_leaves_no_trace(pairs, one, other):
    before = resolve(links(*pairs), RULES)
    withdrawn = resolve(links(*pairs), RULES, [Decision("withdrawn", one, other)])
    assert {k: v for k, v in customers(before).items() if len(v) > 1} == {
        k: v for k, v in customers(withdrawn).items() if len(v) > 1
    }
