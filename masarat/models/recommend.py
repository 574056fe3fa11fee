"""What somebody may buy next: by products bought by the same people, by a linear model, by what is popular, and by what they buy again.

Item to item: cosine of weighted purchases, shrunk where few bought both (Sarwar 2001; Bell and Koren 2007). The linear model is EASEʳ
(Steck 2019). Which serves is told by the last days, which no model was shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float32]

SHRINK = 10.0  # customers without anything in common that are added to each pair
NEIGHBOURS = 50  # products that a product is compared with
HALF_LIFE = 180.0  # days after which a purchase weighs half
LEAST = 0.05  # what the oldest purchase weighs
RIDGE = 200.0  # of the linear model
DENSE_MOST = 20_000  # products of the linear model: a matrix of 1.6 GB, and its inverse in the same place
BATCH = 1_000  # customers at a time
BARRED = -1e6  # the weight of what they have already


@dataclass(frozen=True, slots=True)
class Bought:
    """Who bought what: customer and product by number from 0, how often, and how many days ago the last time."""

    customers: Whole
    products: Whole
    times: Whole
    ago: Whole
    shape: tuple[int, int]

    def weights(self, half_life: float = HALF_LIFE) -> sparse.csr_matrix:
        """Customers by products: more for often, less for long ago."""
        weight = np.log2(1 + self.times) * np.maximum(0.5 ** (self.ago / half_life), LEAST)
        return sparse.csr_matrix((weight.astype(np.float32), (self.customers, self.products)), self.shape)


def item_item(
    weights: sparse.csr_matrix, shrink: float = SHRINK, neighbours: int = NEIGHBOURS
) -> sparse.csr_matrix:
    """How near each product (a row) is to its nearest others; a product is none of its own neighbours."""
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=0)).ravel())
    norm = sparse.diags((1 / np.maximum(length, 1e-9)).astype(np.float32))
    unit = (weights @ norm).tocsr()
    near = (unit.T.tocsr() @ unit).tocsr()
    unit.data = np.ones_like(unit.data)
    both = (unit.T.tocsr() @ unit).tocsr().data  # made alike, they come in the same order
    near.data *= both / (both + np.float32(shrink))
    near.data[np.repeat(np.arange(near.shape[0]), np.diff(near.indptr)) == near.indices] = 0
    return _nearest(near, neighbours)


def _nearest(near: sparse.csr_matrix, neighbours: int) -> sparse.csr_matrix:
    """The largest of each row."""
    parts = [
        _of_batch(_packed(near[start : start + BATCH], neighbours), neighbours)
        for start in range(0, near.shape[0], BATCH)
    ]
    products = np.concatenate([each for each, _ in parts])
    scores = np.concatenate([each for _, each in parts])
    row, place = np.nonzero(products >= 0)
    return sparse.csr_matrix((scores[row, place], (row, products[row, place])), near.shape)


def ease(weights: sparse.csr_matrix, ridge: float = RIDGE) -> Real:
    """The linear model: each product's purchases told from those of all others, by one inverse. At most DENSE_MOST products."""
    from scipy.linalg import lapack  # a quarter of a second, for those who invert alone

    products = weights.shape[1]
    if products > DENSE_MOST:
        raise ValueError(f"{products} products are too many for a dense model: at most {DENSE_MOST}")
    gram = np.asfortranarray((weights.T @ weights).toarray(), dtype=np.float32)
    gram[np.diag_indices(products)] += np.float32(ridge)
    factor, _ = lapack.spotrf(gram, overwrite_a=1)
    inverse, _ = lapack.spotri(factor, overwrite_c=1)
    for place in range(1, products):  # the engine gives the upper half
        inverse[place, :place] = inverse[:place, place]
    inverse /= -np.diag(inverse).copy()[None, :]
    inverse[np.diag_indices(products)] = 0
    return np.asarray(inverse, dtype=np.float32)


def popular(bought: Bought) -> Real:
    """How much each product is bought lately, by how many."""
    weight = np.maximum(0.5 ** (bought.ago / HALF_LIFE), LEAST)
    return np.bincount(bought.products, weight, minlength=bought.shape[1]).astype(np.float32)


def best(
    weights: sparse.csr_matrix, model: sparse.csr_matrix | Real, top: int, *, own: bool = False
) -> tuple[Whole, Real]:
    """The products of each customer that score best, and their scores (a product of −1 where there are no more); without what they have.

    A few customers at a time: of a sparse model never the whole matrix of scores, only what has a score.
    """
    found = [_of_batch(part, top) for part in _scored(weights, model, top, own)]
    products = np.concatenate([each for each, _ in found]) if found else np.empty((0, top), dtype=np.int64)
    scores = np.concatenate([each for _, each in found]) if found else np.empty((0, top), dtype=np.float32)
    return products, scores


def _scored(
    weights: sparse.csr_matrix, model: sparse.csr_matrix | Real, top: int, own: bool
) -> Iterator[tuple[Whole | None, Real]]:
    """Of each batch the products of each customer (None: all, in order) and their scores."""
    if sparse.issparse(model) and not own:
        model = (model + sparse.identity(model.shape[0], dtype=np.float32, format="csr") * BARRED).tocsr()
    for start in range(0, weights.shape[0], BATCH):
        batch = weights[start : start + BATCH]
        if sparse.issparse(model):
            yield _packed((batch @ model).tocsr(), top)
        else:
            dense = np.asarray(batch @ model, dtype=np.float32)
            if not own:
                dense[np.repeat(np.arange(batch.shape[0]), np.diff(batch.indptr)), batch.indices] = BARRED
            yield None, dense


def _packed(scores: sparse.csr_matrix, top: int) -> tuple[Whole, Real]:
    """What may be among the largest of each row, moved to the left.

    A row is cut into more parts than values are wanted. Of the largest of each part, as many as are wanted are no less than a bound;
    whatever is below that bound cannot be among the wanted.
    """
    lengths, parts = np.diff(scores.indptr), 4 * top
    bound = np.full(len(lengths), -np.inf, dtype=np.float32)
    long = lengths >= parts
    if long.any():
        cuts = (
            scores.indptr[:-1][long, None] + lengths[long, None].astype(np.int64) * np.arange(parts) // parts
        )
        others = scores.indptr[:-1][~long & (lengths > 0)]  # where a part before them ends
        starts = np.sort(np.concatenate([cuts.ravel(), others]))
        largest = np.maximum.reduceat(scores.data, starts)[~np.isin(starts, others)]
        bound[long] = np.partition(largest.reshape(cuts.shape), parts - top, axis=1)[:, parts - top]
    kept = np.flatnonzero(scores.data >= np.repeat(bound, lengths))
    row = np.searchsorted(scores.indptr, kept, side="right") - 1
    first = np.searchsorted(kept, scores.indptr[:-1])
    place = np.arange(len(kept)) - first[row]
    width = max(int(place.max(initial=-1)) + 1, 1)
    products = np.full((len(lengths), width), -1, dtype=np.int64)
    packed = np.full((len(lengths), width), BARRED, dtype=np.float32)
    products[row, place], packed[row, place] = scores.indices[kept], scores.data[kept]
    return products, packed


def _of_batch(part: tuple[Whole | None, Real], top: int) -> tuple[Whole, Real]:
    products, scores = part
    width = scores.shape[1]
    if width > top:
        kept = np.argpartition(-scores, top - 1, axis=1)[:, :top]
        scores = np.take_along_axis(scores, kept, axis=1)
        products = kept if products is None else np.take_along_axis(products, kept, axis=1)
    elif products is None:
        products = np.broadcast_to(np.arange(width), scores.shape)
    order = np.lexsort((products, -scores), axis=1)
    scores, products = np.take_along_axis(scores, order, axis=1), np.take_along_axis(products, order, axis=1)
    products = np.where(scores > 0, products, -1)
    short = top - products.shape[1]
    if short > 0:
        products = np.pad(products, ((0, 0), (0, short)), constant_values=-1)
        scores = np.pad(scores, ((0, 0), (0, short)), constant_values=BARRED)
    return products.astype(np.int64), scores


def same_for_all(weights: sparse.csr_matrix, score: Real, top: int, *, own: bool = False) -> Whole:
    """What is popular, of each customer without what they have."""
    ranked = np.argsort(-score, kind="stable")
    if own:
        return np.broadcast_to(ranked[:top], (weights.shape[0], min(top, len(ranked))))
    chosen = np.full((weights.shape[0], top), -1, dtype=np.int64)
    head = ranked[: top + int(np.diff(weights.indptr).max(initial=0))]
    for start in range(0, weights.shape[0], BATCH):
        has = weights[start : start + BATCH][:, head].toarray() > 0
        place = np.argsort(has, axis=1, kind="stable")[:, :top]
        part = np.where(np.take_along_axis(has, place, axis=1), -1, head[place])
        chosen[start : start + len(part), : part.shape[1]] = part
    return chosen


def filled(products: Whole, others: Whole) -> Whole:
    """Where a model knows no more, what is popular stands in, nothing twice."""
    both = np.concatenate([products, others], axis=1)
    order = np.argsort(both, axis=1, kind="stable")
    ordered = np.take_along_axis(both, order, axis=1)
    twice = np.zeros_like(both, dtype=bool)
    repeated = np.concatenate(
        [np.zeros((len(both), 1), dtype=bool), ordered[:, 1:] == ordered[:, :-1]], axis=1
    )
    np.put_along_axis(twice, order, repeated, axis=1)
    unfit = twice | (both < 0)
    place = np.argsort(unfit, axis=1, kind="stable")[:, : products.shape[1]]
    return np.where(np.take_along_axis(unfit, place, axis=1), -1, np.take_along_axis(both, place, axis=1))


def recall(offered: Whole, later: sparse.csr_matrix) -> float | None:
    """Of what each customer bought later, the share that was offered (of at most as many as were offered), on average; none for nobody."""
    if not later.nnz:
        return None
    has = later.copy()
    has.data = np.ones_like(has.data)
    length = np.diff(has.indptr)
    row = np.repeat(np.arange(len(offered)), offered.shape[1])
    flat = offered.ravel()
    kept = flat >= 0
    shown = sparse.csr_matrix(
        (np.ones(int(kept.sum()), dtype=np.float32), (row[kept], flat[kept])), has.shape
    )
    hits = np.asarray(shown.multiply(has).sum(axis=1)).ravel()
    who = length > 0
    return float((hits[who] / np.minimum(length[who], offered.shape[1])).mean())


@dataclass(frozen=True, slots=True)
class Judged:
    """The share of later new purchases among the first ten offers, of each way; which is used, and of how many customers."""

    used: str
    recalls: dict[str, float]
    customers: int


TOP = 10
FEWEST = 30  # customers with a new product in the last days, to be judged by
DENSE_USED = 4_000  # products up to which the linear model is tried: 64 MB and a few seconds


def judged(before: Bought, later: sparse.csr_matrix) -> Judged:
    """Which way serves best on days it was not shown. With too few to tell: item to item, unjudged."""
    weights = before.weights()
    known = np.diff(weights.indptr) > 0
    has = weights.copy()
    has.data = np.ones_like(has.data)
    new = later - later.multiply(has)
    new = sparse.csr_matrix(new)
    new.eliminate_zeros()
    who = np.flatnonzero(known & (np.diff(new.indptr) > 0))
    if len(who) < FEWEST:
        return Judged("item_item", {}, len(who))
    mine, wanted = weights[who], new[who]
    common = same_for_all(mine, popular(before), TOP)
    recalls = {"popular": recall(common, wanted) or 0.0}
    ways: dict[str, sparse.csr_matrix | Real] = {"item_item": item_item(weights)}
    if weights.shape[1] <= DENSE_USED:
        ways["ease"] = ease(weights)
    for name, model in ways.items():
        offered, _ = best(mine, model, TOP)
        recalls[name] = recall(filled(offered, common), wanted) or 0.0
    used = max(recalls, key=lambda name: (recalls[name], name))
    return Judged(used, recalls, len(who))
