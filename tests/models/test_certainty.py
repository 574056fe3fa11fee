from hypothesis import given
from hypothesis import strategies as st

from masarat.models.certainty import agreed

LETTERS = st.sampled_from("abcdefg")


def test_omar_with_two_brothers_is_merged_with_neither():
    assert agreed([("Omar", "عمر"), ("Omar", "عمار")]) == []


def test_three_who_agree_are_one():
    assert agreed([("a", "b"), ("a", "c"), ("b", "c")]) == [("a", "b"), ("a", "c")]


def test_a_group_that_is_in_doubt_leaves_the_others_alone():
    assert agreed([("a", "b"), ("x", "y"), ("y", "z")]) == [("a", "b")]


@given(st.sets(st.tuples(LETTERS, LETTERS).filter(lambda two: two[0] < two[1])))
def test_nobody_is_merged_with_whom_he_does_not_agree(pairs):
    """Whoever ends up together agreed, two by two; and the order of the pairs does not matter."""
    joined = agreed(sorted(pairs))
    assert joined == agreed(sorted(pairs, reverse=True))
    groups = {}
    for one, other in joined:
        groups.setdefault(one, {one}).add(other)
    for group in groups.values():
        assert {(a, b) for a in group for b in group if a < b} <= pairs
    assert sum(map(len, groups.values())) == len(set().union(*groups.values(), set())), "in one group only"
