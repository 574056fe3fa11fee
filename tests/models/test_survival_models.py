"""Survival, by hand and against lifelines (tests/oracles/survival.py)."""

import json
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.models.hazards import concordance, cox, discrete_hazard
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


def test_discrete_hazard_agrees_with_cox_where_few_leave_at_once():
    weeks, arrested, numbers = rossi()
    found = discrete_hazard(weeks.astype(int) // 4, arrested, numbers, ridge=0.1)
    typical = numbers.mean(axis=0)
    better, worse = typical.copy(), typical.copy()
    better[0], worse[0] = 1, 0  # with and without financial aid
    ratio = np.log(found.shares([worse])[0, -1]) / np.log(found.shares([better])[0, -1])
    assert ratio == pytest.approx(exp(0.37942), rel=0.05)


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
