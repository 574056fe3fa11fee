"""Models of repeat buying against published figures, against lifetimes on two hundred populations, and where they end."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from masarat.models.lifetime import buying, pareto, renewals, spending
from masarat.models.lifetime.worth import Cells, worth
from tests.oracles.populations import COUNT, SHAPES, population

ORACLE = json.loads((Path(__file__).parents[1] / "reference" / "lifetimes.json").read_text())["bgnbd"]


@pytest.fixture(scope="module")
def cdnow(shared_data):
    read = pl.read_csv(shared_data / "cdnow" / "cdnow_customers_summary.csv")
    return buying.Summaries.of(read["frequency"], read["recency"], read["T"])


# Published figures (Fader, Hardie and Lee 2005; Fader and Hardie 2007, 2013; Batislam 2007; Fader, Hardie and Shang 2010)


@pytest.mark.shared
def test_bgnbd_of_cdnow(cdnow):
    model = buying.fitted(cdnow)
    assert model.parameters == pytest.approx((0.242593, 4.413532, 0.792886, 2.425752), abs=2e-6)
    assert model.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    assert model.fit.errors == pytest.approx([0.01256, 0.3782, 0.1857, 0.7053], abs=1e-4)
    assert model.alive(2, 30.43, 38.86) == pytest.approx(0.726609, abs=1e-6)
    assert model.expected(2, 30.43, 38.86, 39) == pytest.approx(1.22591, abs=1e-5)
    assert model.expected_of_new([39, 78]) == pytest.approx([1.19502, 1.85797], abs=1e-5)
    # The same customers grouped are the same fit.
    alike, many = np.unique(np.stack([cdnow.x, cdnow.tx, cdnow.age]), axis=1, return_counts=True)
    again = buying.fitted(buying.Summaries.of(*alike, many))
    assert again.parameters == pytest.approx(model.parameters, rel=1e-6)


@pytest.mark.shared
def test_mbgnbd_and_pareto_of_cdnow(cdnow):
    assert buying.fitted(cdnow, "mbgnbd").parameters == pytest.approx(
        (0.52484, 6.18299, 0.89136, 1.61400), abs=1e-5
    )
    model = pareto.fitted(cdnow)
    assert model.parameters == pytest.approx((0.55328, 10.5776, 0.60621, 11.6678), rel=2e-5)
    assert model.log_likelihood == pytest.approx(-9595.0, abs=0.05)
    assert model.expected(2, 30.43, 38.86, 39) == pytest.approx(1.45513, abs=2e-5)


def test_pareto_at_its_published_parameters():
    model = pareto.Pareto(0.5534, 10.578, 0.6061, 11.669)
    assert model.alive(26, 30.86, 31) == pytest.approx(0.9979184, abs=1e-7)
    assert model.expected(26, 30.86, 31, 52) == pytest.approx(25.45778, abs=1e-5)
    assert np.isfinite(pareto.Pareto(0.5, 10, 1.0, 11).expected(5, 30, 31, 52))  # s = 1
    assert 0 < pareto.Pareto(0.5, 10, 0.6, 11).alive(400, 30, 52) < 1e-50  # nothing overflows
    assert model.expected_of_new([10, 20])[1] > model.expected_of_new(10)


def test_gamma_gamma_at_its_published_parameters():
    model = spending.Spending(6.2488, 3.7446, 15.4478, 30.0, 0.0, None)
    found = model.expected([2, 1, 7, 1, 2, 0], [22.35, 11.77, 73.74, 11.77, 25.55, 0])
    assert found == pytest.approx([24.6586, 18.9115, 71.4629, 18.9115, 27.2824, 35.17], abs=2e-3)
    assert (
        spending.Spending(6.0, 0.9, 15.0, 30.0, 0.0, None).expected(0, 0) == 30.0
    )  # there is no mean: what was seen


def test_gamma_gamma_finds_what_was_put_in():
    dice = np.random.default_rng(3)
    x = dice.poisson(3, 4000) + 1.0
    scale = dice.gamma(4.0, 1 / 60.0, 4000)
    value = dice.gamma(6.0 * x, 1.0) / (scale * x)
    model = spending.fitted(x, value)
    assert (np.abs(np.array(model.parameters) - (6.0, 4.0, 60.0)) < 2.5 * model.fit.errors).all()
    other = spending.fitted(x, value * 1000)  # another currency
    assert (other.p, other.q, other.v) == pytest.approx((model.p, model.q, model.v * 1000), rel=1e-6)
    assert spending.fitted(x[:20], value[:20]) is None
    assert spending.fitted(x, np.zeros(4000)) is None


@pytest.mark.parametrize(
    ("alive", "alpha", "beta", "likelihood", "twelfth"),
    [
        ([869, 743, 653, 593, 551, 517, 491], 0.6681, 3.8061, -1611.158, 0.378),
        ([631, 468, 382, 326, 289, 262, 241], 0.7041, 1.1820, -1680.265, 0.170),
    ],
)
def test_renewals(alive, alpha, beta, likelihood, twelfth):
    model = renewals.fitted_renewals(-np.diff([1000, *alive]), alive[-1])
    assert (model.alpha, model.beta) == pytest.approx((alpha, beta), abs=5e-5)
    assert model.log_likelihood == pytest.approx(likelihood, abs=1e-3)
    assert model.survival(12) == pytest.approx(twelfth, abs=5e-4)
    assert model.survival(0) == 1


# Occasions of six, the occasion of the last gift and gifts, and how many donors.
DONORS = (
    (6, 6, 1203), (5, 6, 728), (4, 6, 512), (3, 6, 357), (2, 6, 234), (1, 6, 129), (5, 5, 335), (4, 5, 284), (3, 5, 225), (2, 5, 173),
    (1, 5, 119), (4, 4, 240), (3, 4, 181), (2, 4, 155), (1, 4, 78), (3, 3, 322), (2, 3, 255), (1, 3, 129), (2, 2, 613), (1, 2, 277),
    (1, 1, 1091), (0, 0, 3464),
)  # fmt: skip


def test_occasions_of_donors():
    x, tx, many = np.array(DONORS, dtype=float).T
    assert many.sum() == 11_104
    model = renewals.fitted_occasions(x, tx, np.full(22, 6.0), many)
    assert model.parameters == pytest.approx((1.20352, 0.74972, 0.65672, 2.78344), abs=1e-5)
    assert model.log_likelihood == pytest.approx(-33225.6, abs=0.05)
    chances = model.alive(x, tx, np.full(22, 6.0))
    assert ((chances > 0) & (chances < 1)).all()
    assert chances[0] > chances[-1]


# Against lifetimes


def test_of_two_hundred_populations_none_is_worse_than_lifetimes():
    assert len(ORACLE) == COUNT
    same, better = 0, 0
    for number, told in enumerate(ORACLE):
        summaries = buying.Summaries.of(*population(number))
        model = buying.fitted(summaries)
        assert np.isfinite(model.parameters).all(), number
        assert np.isfinite(model.expected(summaries.x, summaries.tx, summaries.age, 52)).all(), number
        if len(told) == 1:  # it did not converge
            continue
        likelihood = buying.log_likelihood(buying.Buying("bgnbd", *told, 0.0, model.fit), summaries)
        ours = buying.log_likelihood(model, summaries)
        if (
            model.fit.is_held or model.no_leaving
        ):  # a weak prior, or no leaving: said, and worth no more than that
            assert ours > likelihood - 4, number
            better += 1
            continue
        assert ours >= likelihood - 1e-6 * abs(likelihood) - 1e-4, number
        if ours < likelihood + 1e-3:
            assert model.parameters == pytest.approx(told, rel=0.02), number
            same += 1
    assert same > 80
    assert better < 100


# Where models end


def test_silence_is_what_no_purchase_and_no_customer_leave():
    model = buying.Buying("bgnbd", 0.243, 4.414, 0.793, 2.426, 0.0, None)
    # Who bought once is a customer for sure: the gamma mixture of "no purchase in 12 weeks" alone.
    assert model.silent(0, 0, 20, 12) == pytest.approx((24.414 / 36.414) ** 0.243)
    x, tx, age = np.array([2.0, 5.0, 1.0]), np.array([10.0, 30.0, 2.0]), np.array([39.0, 39.0, 39.0])
    assert model.silent(x, tx, age, 0) == pytest.approx([1, 1, 1])
    assert model.silent(x, tx, age, 1e9) == pytest.approx(1 - model.alive(x, tx, age), abs=1e-3)
    # Within a moment there is one purchase or none.
    assert 1 - model.silent(x, tx, age, 1e-3) == pytest.approx(model.expected(x, tx, age, 1e-3), rel=1e-3)


def test_customers_alike_are_counted_together():
    summaries = buying.Summaries.grouped([1, 0, 1, 1], [2.5, 0, 2.5, 2.0], [9, 9, 9, 9])
    rows = np.column_stack([summaries.x, summaries.tx, summaries.age, summaries.weight])
    assert sorted(map(tuple, rows.tolist())) == [(0, 0, 9, 1), (1, 2, 9, 1), (1, 2.5, 9, 2)]


def test_where_nobody_leaves_it_says_so():
    x, tx, age = population(SHAPES.index((0.6, 8.0, 0.0, 1.0, 300, 52)))
    model = buying.fitted(buying.Summaries.of(x, tx, age))
    if model.no_leaving:
        assert (model.alive(x, tx, age) == 1).all()
    assert model.alive(x, tx, age).mean() > 0.9


def test_where_nobody_comes_back_little_is_expected():
    model = buying.fitted(buying.Summaries.of(np.zeros(50), np.zeros(50), np.linspace(10, 50, 50)))
    assert np.isfinite(model.parameters).all()
    assert model.expected(0, 0, 30, 52) < 0.1


def test_an_expectation_is_the_same_by_the_published_formula_and_at_one():
    model = buying.Buying("bgnbd", 0.243, 4.414, 0.793, 2.426, 0.0, None)
    assert model.expected(2, 30.43, 38.86, 39) == pytest.approx(1.2259, abs=2e-3)
    near, at = (
        buying.Buying("bgnbd", 0.243, 4.414, a, 2.426, 0.0, None).expected(2, 30, 38, 39)
        for a in (1 - 1e-7, 1.0)
    )
    assert near == pytest.approx(float(at), rel=1e-5)
    assert buying.Buying("bgnbd", 0.24, 4.4, 0.8, 2.4, 0.0, None).alive(0, 0, 40) == 1
    assert buying.Buying("mbgnbd", 0.5, 6.2, 0.9, 1.6, 0.0, None).alive(0, 0, 40) < 0.7
    assert np.isfinite(model.expected(900, 51, 52, 52))


@pytest.mark.parametrize(("x", "tx", "age"), [(1, 5, 4), (0, 2, 4), (-1, 0, 4)])
def test_what_cannot_be_is_refused(x, tx, age):
    with pytest.raises(ValueError, match="tx"):
        buying.Summaries.of(x, tx, age)


@pytest.mark.shared
def test_pareto_is_chosen_where_it_foretells_better_and_hardly_changes_on_fewer_kinds(cdnow):
    coarse = cdnow.coarser(400)
    assert len(coarse.x) <= 400
    assert (coarse.customers, coarse.repeaters) == (cdnow.customers, cdnow.repeaters)
    assert (coarse.tx <= coarse.age).all()
    near, exact = pareto.fitted(coarse), pareto.fitted(cdnow)
    ahead = [model.expected(cdnow.x, cdnow.tx, cdnow.age, 39.0) @ cdnow.weight for model in (near, exact)]
    assert ahead[0] == pytest.approx(ahead[1], rel=0.02)
    cells = Cells(cdnow.x, cdnow.tx, cdnow.age, cdnow.weight, cdnow.weight * 10, exact.expected(cdnow.x, cdnow.tx, cdnow.age, 39.0) * cdnow.weight)  # fmt: skip
    found = worth(cells, cells, np.empty((0, 3)), 52.0, 39.0, 0.0)
    assert found.model.kind == "pareto", "what it foretold is what happened"
    assert found.of(np.arange(len(cdnow.x))).spread > 0
    assert worth(cells, cells, np.empty((0, 3)), 52.0, 39.0, 0.0, ("bgnbd",)).model.kind == "bgnbd"


@pytest.mark.shared
def test_a_fit_begun_on_fewer_kinds_ends_at_the_same_optimum(cdnow, monkeypatch):
    exact = buying.fitted(cdnow)
    monkeypatch.setattr(buying, "ROUGH", 200)
    assert buying.fitted(cdnow).parameters == pytest.approx(exact.parameters, rel=1e-6)
