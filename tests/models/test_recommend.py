"""Recommendations: by hand, against dense arithmetic, and chosen by days that were not shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from masarat.models import recommend
from masarat.models.recommend import Bought, best, ease, filled, item_item, judged, recall, same_for_all


def bought(pairs, shape, times=1, ago=0):
    customers, products = np.array(pairs).T
    same = np.ones(len(pairs), dtype=np.int64)
    return Bought(customers, products, same * times, same * ago, shape)


def some(customers=60, products=25, seed=1):
    random = np.random.default_rng(seed)
    return sparse.random(customers, products, 0.2, format="csr", dtype=np.float32, random_state=random)


def test_near_is_the_shrunk_cosine():
    # Products 0 and 1 are bought by the same two; 2 by another.
    near = item_item(bought([(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)], (3, 3)).weights(), shrink=2)
    assert near[0, 1] == pytest.approx(2 / 4)
    assert (near[0, 0], near[0, 2]) == (0, 0)


def test_often_weighs_more_and_long_ago_less():
    assert bought([(0, 0)], (1, 1), times=3).weights()[0, 0] == 2
    assert bought([(0, 0)], (1, 1), ago=180).weights()[0, 0] == 0.5
    assert bought([(0, 0)], (1, 1), ago=100_000).weights()[0, 0] == pytest.approx(0.05)


def test_only_the_nearest_are_kept():
    near = item_item(some(), neighbours=3)
    assert np.diff(near.indptr).max() == 3


def test_the_linear_model_is_the_one_of_the_paper():
    weights = some()
    gram = (weights.T @ weights).toarray().astype(float) + 5 * np.eye(25)
    inverse = np.linalg.inv(gram)
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0)
    assert np.abs(ease(weights, 5) - expected).max() < 1e-4
    with pytest.raises(ValueError, match="too many"):
        ease(sparse.csr_matrix((1, recommend.DENSE_MOST + 1), dtype=np.float32))


@pytest.mark.parametrize("dense", [True, False])
def test_the_best_are_the_best_of_all_scores(dense, monkeypatch):
    monkeypatch.setattr(recommend, "BATCH", 7)
    weights = some()
    model = ease(weights, 5) if dense else item_item(weights)
    products, scores = best(weights, model, 4)
    whole = np.asarray((weights @ model) if dense else (weights @ model).toarray())
    whole[weights.toarray() > 0] = -1
    for row, (mine, theirs) in enumerate(zip(products, scores, strict=True)):
        expected = np.sort(whole[row])[::-1][:4]
        assert theirs[mine >= 0] == pytest.approx(expected[expected > 0], rel=1e-4)
        assert not (weights[row].toarray().ravel()[mine[mine >= 0]] > 0).any()


def test_nobody_and_few_products():
    products, _ = best(
        sparse.csr_matrix((2, 3), dtype=np.float32), sparse.csr_matrix((3, 3), dtype=np.float32), 10
    )
    assert products.shape == (2, 10)
    assert (products == -1).all()


def test_popular_fills_what_is_missing_without_what_they_have():
    weights = sparse.csr_matrix(np.array([[1, 0, 0, 0]], dtype=np.float32))
    common = same_for_all(weights, np.array([9, 8, 7, 6], dtype=np.float32), 3)
    assert common.tolist() == [[1, 2, 3]]
    assert filled(np.array([[2, -1, -1]]), common).tolist() == [[2, 1, 3]]


def test_recall_by_hand():
    later = sparse.csr_matrix(np.array([[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]], dtype=np.float32))
    assert recall(np.array([[0, 2], [0, 2], [0, 1]]), later) == pytest.approx((1 / 2 + 0) / 2)
    assert recall(np.array([[0]]), sparse.csr_matrix((1, 4), dtype=np.float32)) is None


def test_the_way_is_chosen_by_later_purchases():
    # Forty pairs of products; who bought the first buys the second, later.
    first = [(who, 2 * (who % 40)) for who in range(400)] + [(who, 2 * (who % 40) + 1) for who in range(200)]
    later = sparse.csr_matrix(
        (np.ones(200, dtype=np.float32), (np.arange(200, 400), 2 * (np.arange(200, 400) % 40) + 1)), (400, 80)
    )
    said = judged(bought(first, (400, 80)), later)
    assert said.recalls[said.used] == 1 > said.recalls["popular"]
    assert said.customers == 200
    few = judged(bought(first, (400, 80)), later[:, :].multiply(0).tocsr())
    assert (few.used, few.recalls) == ("item_item", {})


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_what_is_left_out_beforehand_is_never_among_the_best(seed, top):
    random = np.random.default_rng(seed)
    scores = sparse.random(
        30, 200, density=random.random(), format="csr", dtype=np.float32, random_state=random
    )
    scores.data = np.round(scores.data * 20).astype(np.float32)  # with many of the same size, and nothing
    products, found = recommend._of_batch(recommend._packed(scores, top), top)
    whole = -np.sort(-scores.toarray(), axis=1)[:, :top]
    assert np.array_equal(np.where(products >= 0, found, 0), whole)
