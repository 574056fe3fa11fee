"""Survival, by hand and against lifelines (tests/oracles/survival.py)."""

import json
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.models.hazards import concordance, cox, grouped_hazard, independent
from masarat.models.survival import kaplan_meier, lives, log_rank

SAID = json.loads((Path(__file__).parents[1] / "reference" / "survival.json").read_text("utf-8"))


def rossi():
    rows = np.array(SAID["rossi"]["rows"], dtype=float)
    every = np.repeat(rows[:, :-1], rows[:, -1].astype(int), axis=0)
    return every[:, 0], every[:, 1], every[:, 2:]


def waltons():
    rows = np.array(SAID["waltons"]["rows"], dtype=float)
    return rows[:, 0], rows[:, 1], rows[:, 2] == 1, rows[:, 3]


def test_five_customers_by_hand():
    curve = kaplan_meier(lives([1, 2, 2, 3, 4], [1, 1, 0, 1, 0]))
    # 4 of 5 after the first; then 3 of 4; one is out of sight; then 1 of 2.
    assert curve.shares.tolist() == pytest.approx([0.8, 0.6, 0.3])
    assert curve.at_risk.tolist() == [5, 4, 2]
    assert (curve.share(0.5), curve.share(2.5), curve.median) == (1.0, pytest.approx(0.6), 3.0)
    # Greenwood after the first: 1/(5·4); log(−log) of 0.8.
    reach = 1.959964 * sqrt(1 / 20) / -log(0.8)
    assert curve.between(1) == (pytest.approx(0.8 ** exp(reach)), pytest.approx(0.8 ** exp(-reach)))


def test_waltons_to_the_digits():
    times, left, _, many = waltons()
    curve = kaplan_meier(lives(times, left, many))
    assert curve.median == 56
    assert round(curve.share(50), 6) == 0.616817
    assert list(curve.median_between) == SAID["waltons"]["median_between"]
    for time, share, low, high in SAID["waltons"]["curve"]:
        assert (curve.share(time), *curve.between(time)) == pytest.approx((share, low, high), abs=1e-9)


def test_log_rank_as_lifelines_has_it():
    times, left, one, many = waltons()
    groups = [lives(times[which], left[which], many[which]) for which in (one, ~one)]
    assert log_rank(groups) == pytest.approx(SAID["waltons"]["log_rank"], rel=1e-6)
    weeks, arrested, numbers = rossi()
    before = np.minimum(numbers[:, 6], 3)
    several = [lives(weeks[before == n], arrested[before == n]) for n in range(4)]
    assert log_rank(several) == pytest.approx(SAID["rossi"]["log_rank_prio"], rel=1e-6)


def test_rossi_to_the_digits():
    found = cox(*rossi())
    assert [round(float(weight), 5) for weight in found.weights] == [
        -0.37942, -0.05744, 0.31390, -0.14980, -0.43370, -0.08487, 0.09150,
    ]  # fmt: skip
    assert round(found.likelihood, 4) == -658.7477
    assert round(found.concordance, 5) == 0.64033
    assert found.errors.tolist() == pytest.approx(SAID["rossi"]["errors"], rel=1e-5)


def test_intervals_agree_with_what_lifelines_says_of_moments():
    weeks, arrested, numbers = rossi()
    found = grouped_hazard(np.where(arrested == 1, weeks - 1, weeks).astype(int), arrested, numbers)
    assert found.weights.tolist() == pytest.approx(SAID["rossi"]["weights"], abs=0.005)
    assert found.errors.tolist() == pytest.approx(SAID["rossi"]["errors"], rel=0.01)
    curve = kaplan_meier(lives(weeks, arrested))
    shares = found.shares(numbers).mean(axis=0)  # of everybody as they are
    assert shares[[9, 29, 51]].tolist() == pytest.approx(
        [curve.share(week) for week in (10, 30, 52)], abs=0.002
    )


def test_one_interval_by_hand():
    # Of eight three left, of ten six: ln ⁴⁄₁₀ against ln ⅝; two of whom nobody knows the interval say nothing.
    ends, left = (
        [0] * 3 + [1] * 5 + [0] * 6 + [1] * 4 + [0, 0],
        [1] * 3 + [0] * 5 + [1] * 6 + [0] * 4 + [0, 0],
    )
    has = [0] * 8 + [1] * 10 + [1, 0]
    found = grouped_hazard(ends, left, np.reshape(has, (-1, 1)))
    assert exp(found.weights[0]) == pytest.approx(log(0.4) / log(0.625))
    assert found.shares([[0], [1]])[:, 0].tolist() == pytest.approx([5 / 8, 4 / 10])
    assert found.likelihood == pytest.approx(3 * log(3 / 8) + 5 * log(5 / 8) + 6 * log(0.6) + 4 * log(0.4))
    # The variance of ln(−ln s) is (1 − s) / (n s ln² s), of both.
    variance = sum((1 - s) / (n * s * log(s) ** 2) for n, s in ((8, 5 / 8), (10, 0.4)))
    assert found.errors[0] == pytest.approx(sqrt(variance))
    counted = grouped_hazard([0, 1, 0, 1], [1, 0, 1, 0], [[0], [0], [1], [1]], [3, 5, 6, 4])
    assert (counted.weights[0], counted.errors[0]) == pytest.approx((found.weights[0], found.errors[0]))


@pytest.mark.parametrize("wide", [0.05, 0.5, 1.0])
def test_the_truth_is_found_however_many_leave_at_once(wide):
    dice = np.random.default_rng(5)
    given = np.column_stack([dice.integers(0, 2, 8_000), dice.normal(size=8_000)])
    moments = dice.exponential(np.exp(-(given @ [0.6, -0.3])))
    seen = dice.uniform(0, 40, 8_000) * wide  # how long each was followed
    left = moments < seen
    ends = np.floor(np.where(left, np.floor(moments / wide), np.floor(seen / wide))).astype(int)
    known = left & (moments < np.floor(seen / wide) * wide)  # in an interval that is known whole
    found = grouped_hazard(ends, known, given)
    assert (np.abs(found.weights - [0.6, -0.3]) < 3 * found.errors).all()
    assert (found.errors < 0.05).all()


def test_where_all_of_a_kind_left_a_prior_holds():
    ends, left, has = [0] * 20 + [0, 1] * 10, [1] * 20 + [1, 0] * 10, [[1]] * 20 + [[0]] * 20
    held = grouped_hazard(ends, left, has, ridge=0.25)
    assert 0 < held.weights[0] < 6
    assert np.isfinite(held.errors).all()
    assert independent(np.zeros((3, 2))) == []


def test_edges_without_nan():
    nobody = kaplan_meier(lives([], []))
    assert (nobody.share(5), nobody.median, len(nobody.times)) == (1.0, None, 0)
    everybody = kaplan_meier(lives([1, 1], [1, 1]))
    assert (everybody.share(1), everybody.between(1), everybody.median) == (0.0, (0.0, 0.0), 1.0)
    still = kaplan_meier(lives([1, 2], [0, 0]))
    assert (still.share(9), still.median) == (1.0, None)
    assert log_rank([lives([1], [0]), lives([2], [0])]) is None
    assert log_rank([lives([1, 2], [1, 0])]) is None
    assert concordance([1, 1], [1, 1], [1, 2]) is None
    unvaried = cox([1, 2, 3, 4], [1, 1, 0, 1], [[7], [7], [7], [7]])
    assert unvaried.weights.tolist() == [0.0]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=40))
def test_a_curve_only_falls_and_lies_in_its_interval(customers):
    curve = kaplan_meier(lives(*zip(*customers, strict=True)))
    assert (np.diff(curve.shares) <= 0).all()
    assert (curve.low <= curve.shares + 1e-12).all()
    assert (curve.shares <= curve.high + 1e-12).all()
    assert np.isfinite([curve.low, curve.high]).all()
