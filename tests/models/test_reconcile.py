"""Which value stands where sources disagree, by each rule, whatever the order in which values are given."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from masarat.models.reconcile import RULES, Said, reconcile


def said(value, source, day):
    return Said(value, source, datetime(2025, 1, day, tzinfo=UTC))


RIYADH, RIYADH_AGAIN = said("الرياض", "salla", 1), said("الرّياض ", "till", 2)
JEDDAH, BY_HAND = said("جدة", "web", 9), said("الدمام", "manual", 5)
ALL = (RIYADH, RIYADH_AGAIN, JEDDAH, BY_HAND)


@pytest.mark.parametrize(
    ("given", "rule", "trusted", "value", "by"),
    [
        (ALL, "latest", (), "جدة", "latest"),
        (ALL, "most_frequent", (), "الرّياض ", "most_frequent"),  # two sources, however it is written; the newer of them
        ((RIYADH, JEDDAH), "most_frequent", (), "جدة", "most_frequent"),  # as many: the newest
        (ALL, "most_trusted", ("till", "web"), "الرّياض ", "most_trusted"),
        (ALL, "most_trusted", ("sap", "web"), "جدة", "most_trusted"),  # the first trusted one that told it
        (ALL, "most_trusted", (), "جدة", "most_trusted"),  # none is trusted: the newest
        (ALL, "manual", (), "الدمام", "manual"),
        ((RIYADH, JEDDAH), "manual", (), "جدة", "latest"),  # nobody wrote it: the newest
        ((said("أ", "a", 1), said("ب", "b", 1)), "latest", (), "ب", "latest"),  # the same moment: always the same one
    ],
)  # fmt: skip
def test_the_rule_chooses(given, rule, trusted, value, by):
    for order in permutations(given):
        found = reconcile(order, rule, trusted)
        assert (found.said.value, found.by) == (value, by)


def test_it_says_how_many_told_it_and_how_many_values_there_are():
    found = reconcile(ALL)
    assert (found.sources, found.values) == (4, 3)
    found = reconcile((RIYADH, RIYADH_AGAIN))
    assert (found.sources, found.values) == (2, 1)


@pytest.mark.parametrize("rule", RULES)
def test_nothing_said_is_nothing_known(rule):
    assert reconcile((), rule) is None
