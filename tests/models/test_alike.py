"""Direct standardisation: by hand, and that its intervals hold what they promise where there is no effect."""

from __future__ import annotations

import numpy as np
import pytest

from masarat.models.alike import alike


def test_the_others_are_weighted_as_the_members_are():
    found = alike([(30, 15, 100, 50), (10, 1, 400, 40), (5, 5, 0, 0)])
    assert found is not None
    assert (found.count, found.left_out) == (40, 5)
    assert found.share == pytest.approx(16 / 40)
    assert found.like_share == pytest.approx((30 * 0.5 + 10 * 0.1) / 40)
    assert found.low < found.difference < found.high


def test_too_few_are_not_compared():
    assert alike([(29, 3, 500, 40)]) is None
    assert alike([(500, 30, 20, 2)]) is None
    assert alike([]) is None


def test_nobody_did_it_is_not_certain():
    found = alike([(40, 0, 40, 0)])
    assert found is not None
    assert found.low < 0 < found.high
    assert found.chance == 1.0


def test_where_there_is_no_effect_one_in_twenty_is_found():
    """Two hundred shops with forty small strata of very different shares each."""
    dice, wrong = np.random.default_rng(7), 0
    for _ in range(200):
        chances = dice.beta(2, 4, 40)
        members, others = dice.poisson(4, 40), dice.poisson(6, 40)
        did, others_did = dice.binomial(members, chances), dice.binomial(others, chances)
        found = alike(zip(members.tolist(), did.tolist(), others.tolist(), others_did.tolist(), strict=True))
        wrong += found is not None and found.chance < 0.05
    assert wrong <= 16  # of 200; ten are expected
