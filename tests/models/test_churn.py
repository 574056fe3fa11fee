"""Rhythm, calibration and the choice of a model, on customers whose truth is known."""

import builtins

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.models import churn
from masarat.models.churn import Known, isotonic, learn
from masarat.models.rhythm import Gaps, rhythm

NAMES = ("recency", "visits")


def customers(seed, count=600, *, tells="visits"):
    """Gaps of twenty days or so; who will not order is told by `tells` alone."""
    dice = np.random.default_rng(seed)
    visits, recency = dice.poisson(4, count).astype(float), dice.integers(1, 60, count).astype(float)
    odds = 2.0 - visits if tells == "visits" else np.where(recency > 30, 2.0, -2.0)
    many = dice.integers(1, 6, count).astype(float)
    logs = many * np.log(20) + dice.normal(0, 0.3, count)
    numbers = {
        "recency": recency,
        "tenure": recency + 20 * many,
        "visits": visits,
        "gaps": many,
        "gap_logs": logs,
        "gap_squares": logs**2 / many + 0.1 * many,
    }
    return Known(numbers, dice.random(count) < 1 / (1 + np.exp(-odds)))


def test_rhythm_by_hand():
    gaps = Gaps.of([3] * 10, [3 * np.log(21)] * 10, [3 * np.log(21) ** 2] * 10, [5] * 8 + [64, 200])
    found = rhythm(gaps)
    assert found.gap(gaps) == pytest.approx([21] * 10)
    left = found.left(gaps)
    assert left[0] < 0.25 < 0.95 < left[8] <= left[9]
    silent = found.silent_for(gaps, 30)
    assert (silent >= np.minimum(left, 0.99)).all()
    assert silent[0] < 0.3  # 30 days on they should have ordered


def test_few_gaps_are_drawn_to_the_shops():
    many = [8.0] * 30 + [1.0]
    gaps = Gaps.of(
        many,
        [8 * np.log(10)] * 30 + [np.log(90)],
        [8 * np.log(10) ** 2 + 2] * 30 + [np.log(90) ** 2],
        [5] * 31,
    )
    assert 10 < rhythm(gaps).gap(gaps)[-1] < 90


def test_no_rhythm_of_too_few_gaps():
    assert rhythm(Gaps.of([1] * 19, [3] * 19, [9] * 19, [5] * 19)) is None
    assert rhythm(Gaps.of([], [], [], [])) is None


def test_isotonic_by_hand():
    # Three of four at 0.9, one of four at 0.1; each with one more of both.
    said = [0.1] * 4 + [0.9] * 4
    came = [0, 0, 0, 1, 1, 1, 1, 0]
    assert isotonic(said, came, [0.1, 0.5, 0.9]).tolist() == pytest.approx([2 / 6, 0.5, 4 / 6], abs=1e-5)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_isotonic_rises_and_stays_within(forecasts):
    said, came = zip(*forecasts, strict=True)
    found = isotonic(said, came, np.linspace(0, 1, 50))
    assert (np.diff(found) >= -1e-12).all()
    assert ((found > 0) & (found < 1)).all()


def test_the_model_that_sees_what_tells_is_used():
    found = learn([customers(1), customers(2), customers(3)], customers(4), NAMES, 30)
    assert found.used in ("weights", "trees")
    assert found.judged[found.used].auc > 0.75 > 0.6 > found.judged["recency"].auc
    assert found.helps
    # Calibrated: at most two of ten groups outside their interval.
    assert sum(not group.holds for group in found.judged[found.used].groups) <= 2


def test_the_simplest_of_equals_is_used():
    found = learn(
        [customers(n, tells="recency") for n in (1, 2, 3)], customers(4, tells="recency"), ("recency",), 30
    )
    assert found.used in ("recency", "trees")  # a step at thirty days is for trees, a slope for days alone
    assert found.judged[found.used].auc > 0.8


def buying(seed, count=4_000):
    """Customers of BG/NBD as it was published, on day 180, and whether they are silent for the next 60."""
    dice = np.random.default_rng(seed)
    rate, leaves = dice.gamma(0.8, 1 / 20, count), dice.beta(0.8, 2.4, count)
    rows = []
    for each, (pace, chance) in enumerate(zip(rate, leaves, strict=True)):
        days, now = [], 0.0
        while (now := now + dice.exponential(1 / pace)) < 240:
            days.append(now)
            if dice.random() < chance:
                break
        before = [day for day in days if day < 180]
        rows.append((len(before), 180 - (before[-1] if before else 0), each % 7, len(days) == len(before)))
    many, recency, visits, silent = np.array(rows, dtype=float).T
    logs = many * np.log(20)
    numbers = {
        "recency": recency, "tenure": np.full(count, 180.0), "visits": visits,
        "gaps": many, "gap_logs": logs, "gap_squares": logs * np.log(20),
    }  # fmt: skip
    return Known(numbers, silent > 0)


def test_where_customers_buy_and_leave_as_bgnbd_has_it_it_is_well_calibrated():
    found = learn([buying(1), buying(2), buying(3)], buying(4), NAMES, 60)
    least = min(one.brier for one in found.judged.values())
    assert found.judged["buying"].brier < least * 1.01
    assert found.judged["buying"].auc > 0.7
    assert sum(not group.holds for group in found.judged["buying"].groups) <= 2


def test_reasons_are_told_by_the_number_that_tells():
    now = customers(4)
    found = learn([customers(1), customers(2), customers(3)], now, NAMES, 30)
    fewest = int(np.argmin(now.numbers["visits"]))
    assert found.reasons[fewest][1] > found.reasons[fewest][0]
    assert found.reasons[fewest][1] > 0


@pytest.mark.parametrize("error", [ImportError, OSError])
def test_without_lightgbm_the_others_answer(monkeypatch, error):
    real = builtins.__import__

    def missing(name, *more, **how):
        if name == "lightgbm":
            raise error("libgomp.so.1 is not here")
        return real(name, *more, **how)

    monkeypatch.setattr(builtins, "__import__", missing)
    found = learn([customers(1), customers(2), customers(3)], customers(4), NAMES, 30)
    assert found.missing == "libgomp.so.1 is not here"
    assert found.used == "weights"


def test_the_same_customers_give_the_same_answer():
    earlier, now = [customers(1), customers(2), customers(3)], customers(4)
    one, other = learn(earlier, now, NAMES, 30), learn(earlier, now, NAMES, 30)
    assert (one.chances == other.chances).all()


def test_too_few_to_judge():
    assert learn([customers(1)], customers(4), NAMES, 30) is None
    assert learn([customers(1), customers(2, 10)], customers(4), NAMES, 30) is None
    everybody = Known(customers(2).numbers, np.ones(600, dtype=bool))
    assert learn([everybody, everybody], customers(4), NAMES, 30) is None
    assert churn.FEWEST_HELD == 20
