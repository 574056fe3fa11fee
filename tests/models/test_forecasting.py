"""Chances from numbers: the weights are those of hand, the forecasts are as sure as they say, also on real visits to a shop."""

from __future__ import annotations

import csv
import gzip
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.models.falling import falling
from masarat.models.forecasts import auc, brier, calibration
from masarat.models.logistic import fit


def test_two_groups_get_their_own_shares():
    shares = fit([[0]] * 10 + [[1]] * 10, [1] + [0] * 9 + [1] * 6 + [0] * 4, ridge=0).chances([[0], [1]])
    assert shares == pytest.approx([0.1, 0.6], abs=1e-6)


def test_what_does_not_vary_or_tells_all_is_borne():
    sure = fit([[0, 7], [0, 7], [1, 7], [1, 7]], [0, 0, 1, 1])
    assert np.isfinite(sure.weights).all()
    assert sure.parts[1] == 0
    assert sure.chances([[0, 7]])[0] < 0.5 < sure.chances([[1, 7]])[0]
    assert fit([[1], [2]], [0, 0]).chances([[1]])[0] < 0.01


def test_two_columns_that_say_the_same_share_the_weight():
    x = np.repeat([[0.0, 0.0], [1.0, 1.0]], 50, axis=0)
    found = fit(x, [0] * 40 + [1] * 10 + [0] * 10 + [1] * 40)
    assert found.parts[0] == pytest.approx(found.parts[1])


def test_a_judge_of_forecasts_by_hand():
    assert auc([0.2, 0.2, 0.9], [0, 1, 1]) == pytest.approx(0.75)
    assert auc([0.5, 0.5], [1, 1]) is None
    assert brier([0.2, 0.9], [0, 1]) == pytest.approx((0.04 + 0.01) / 2)
    groups = calibration([0.1, 0.1, 0.5, 0.9], [0, 0, 1, 1], groups=2)
    assert [(each.of, each.said, each.happened) for each in groups] == [
        (2, 0.1, 0),
        (2, pytest.approx(0.7), 2),
    ]
    assert calibration([0.3] * 5, [1, 0, 0, 0, 0])[0].of == 5


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), base=st.floats(-3, 0.5))
def test_chances_are_as_sure_as_they_say(seed, base):
    """On data from a logistic law, held-out forecasts are off by no more than chance: Spiegelhalter's z, and groups within their intervals."""
    dice = np.random.default_rng(seed)
    x = np.column_stack([dice.normal(size=6000), dice.poisson(2, 6000), dice.random(6000) < 0.3])
    law = 1 / (1 + np.exp(-(base + x @ [0.9, -0.3, 1.1])))
    y = dice.random(6000) < law
    model = fit(x[:4000], y[:4000])
    said, came = model.chances(x[4000:]), y[4000:]
    missed = ((came - said) * (1 - 2 * said)).sum()
    z = missed / np.sqrt((((1 - 2 * said) ** 2) * said * (1 - said)).sum())
    assert abs(z) < 4.5
    assert sum(not group.holds for group in calibration(said, came)) <= 4
    assert brier(said, came) <= brier(law[4000:], came) + 0.005


@given(st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1), st.floats(0.1, 100)), min_size=1, max_size=20))
def test_the_curve_only_falls_and_keeps_the_sum(points):
    curve = falling(points)
    values = [curve(place) for place in sorted({place for place, _, _ in points})]
    assert all(one >= other - 1e-12 for one, other in pairwise(values))
    total = sum(weight for *_, weight in points)
    assert sum(curve(place) * weight for place, _, weight in points) == pytest.approx(
        sum(value * weight for _, value, weight in points), abs=1e-6 * total
    )
    assert falling([]) is None


@pytest.mark.shared
def test_real_visits_are_told_apart(shared_data):
    """online_shoppers: what a visit looked at and how long, when, and who came; fitted on two thirds, judged on the third.

    Without PageValues, which Google Analytics computes from the purchase itself, and with it.
    """
    with gzip.open(shared_data / "online_shoppers" / "online_shoppers_intention.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12_330
    bought = np.array([row["Revenue"].lower() == "true" for row in rows])
    assert bought.sum() == 1908
    counted = ["Administrative", "Administrative_Duration", "Informational", "Informational_Duration"]
    counted += ["ProductRelated", "ProductRelated_Duration"]
    told = [np.log1p([float(row[name]) for row in rows]) for name in counted]
    told += [
        np.array([float(row[name]) for row in rows]) for name in ("BounceRates", "ExitRates", "SpecialDay")
    ]
    told.append(np.array([row["VisitorType"] == "New_Visitor" for row in rows], dtype=float))
    told += [
        np.array([row["Month"] == month for row in rows], dtype=float)
        for month in ("Mar", "May", "Nov", "Dec")
    ]
    clean = np.column_stack(told)
    whole = np.column_stack([clean, np.log1p([float(row["PageValues"]) for row in rows])])
    learnt = np.random.default_rng(7).permutation(len(rows)) % 3 != 0
    found = {}
    for name, x in (("clean", clean), ("whole", whole)):
        said = fit(x[learnt], bought[learnt]).chances(x[~learnt])
        found[name] = auc(said, bought[~learnt])
        base = bought[learnt].mean()
        assert brier(said, bought[~learnt]) < brier(np.full(len(said), base), bought[~learnt])
        assert said.mean() == pytest.approx(bought[~learnt].mean(), abs=0.015)
    assert found["clean"] > 0.74
    assert found["whole"] > 0.88
