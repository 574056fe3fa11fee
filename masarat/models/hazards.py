"""What makes somebody leave sooner: proportional hazards, by moments (Cox) and by intervals of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

TURNS, CLOSE = 50, 1e-9
OWN_SHARE = 0.01  # of a column's variance; less is told by the columns before it


@dataclass(frozen=True, slots=True)
class Cox:
    """By how much each number multiplies the hazard, as a logarithm, with its standard error; how likely that makes what was seen; and
    how often the order of two leavers is foreseen."""

    weights: Floats
    errors: Floats
    likelihood: float
    concordance: float | None


def cox(times: npt.ArrayLike, left: npt.ArrayLike, given: npt.ArrayLike) -> Cox:
    """Cox (1972), with Efron's (1977) way with those who left at the same time; Newton's steps, halved where they overshoot.

    A number that does not vary gets no weight.
    """
    lasted, gone = np.asarray(times, dtype=float), np.asarray(left, dtype=bool)
    x = np.asarray(given, dtype=float)
    order = np.lexsort((~gone, lasted))
    lasted, gone, x = lasted[order], gone[order], x[order]
    means, spreads = x.mean(axis=0), x.std(axis=0)
    spreads = np.where(spreads > 0, spreads, 1.0)
    scaled = (x - means) / spreads
    weights = np.zeros(x.shape[1])
    here, slope, bend = _partial(lasted, gone, scaled, weights)
    for _ in range(TURNS):
        step = np.linalg.lstsq(bend, slope, rcond=None)[0]
        for _ in range(20):
            there, its_slope, its_bend = _partial(lasted, gone, scaled, weights + step)
            if there >= here - CLOSE:
                break
            step = step / 2
        weights, here, slope, bend = weights + step, there, its_slope, its_bend
        if np.abs(step).max(initial=0.0) < CLOSE:
            break
    errors = np.sqrt(np.maximum(np.diag(np.linalg.pinv(bend)), 0.0))
    return Cox(weights / spreads, errors / spreads, here, concordance(lasted, gone, scaled @ weights))


def _partial(
    lasted: Floats, gone: npt.NDArray[np.bool_], x: Floats, weights: Floats
) -> tuple[float, Floats, Floats]:
    """The partial log-likelihood, its slope, and how it bends (negated), summed from the last time back to the first."""
    score = x @ weights
    top = float(score.max(initial=0.0))
    risk = np.exp(score - top)
    starts = np.unique(lasted, return_index=True)[1]
    found, slope = 0.0, np.zeros(x.shape[1])
    bend = np.zeros((x.shape[1], x.shape[1]))
    total, first = 0.0, np.zeros(x.shape[1])
    second = np.zeros_like(bend)
    ends = np.append(starts[1:], len(lasted))
    for begin, end in zip(starts[::-1], ends[::-1], strict=True):
        here, many = x[begin:end], risk[begin:end]
        total += float(many.sum())
        first = first + many @ here
        second = second + (here * many[:, None]).T @ here
        ties = gone[begin:end]
        count = int(ties.sum())
        if not count:
            continue
        tied, weighed = here[ties], many[ties]
        tied_total, tied_first = float(weighed.sum()), weighed @ tied
        tied_second = (tied * weighed[:, None]).T @ tied
        found += float(score[begin:end][ties].sum())
        slope = slope + tied.sum(axis=0)
        for place in range(count):
            share = place / count
            size = total - share * tied_total
            middle = (first - share * tied_first) / size
            found -= float(np.log(size)) + top
            slope = slope - middle
            bend = bend + (second - share * tied_second) / size - np.outer(middle, middle)
    return found, slope, bend


def concordance(times: npt.ArrayLike, left: npt.ArrayLike, risk: npt.ArrayLike) -> float | None:
    """Of two of whom it is known who left first, how often that one was given the higher risk, equal risks half (Harrell 1982); none where no
    two can be told apart.

    >>> concordance([1, 2, 3], [True, True, False], [3, 1, 2])
    0.6666666666666666
    """
    lasted, gone, said = (np.asarray(each) for each in (times, left, risk))
    right = pairs = 0.0
    for place in np.nonzero(gone)[0]:
        later = (lasted > lasted[place]) | ((lasted == lasted[place]) & ~gone.astype(bool))
        pairs += float(later.sum())
        right += float((said[place] > said[later]).sum()) + float((said[place] == said[later]).sum()) / 2
    return right / pairs if pairs else None


@dataclass(frozen=True, slots=True)
class Hazard:
    """By how much each number multiplies the hazard, as a logarithm, with the covariance of these; the logarithm of the hazard in each
    interval where all numbers are 0 (−∞ where nobody left); and how likely that makes what was seen, as a logarithm."""

    weights: Floats
    covariance: Floats
    levels: Floats
    likelihood: float

    @property
    def errors(self) -> Floats:
        """Standard errors of the weights."""
        found: Floats = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        return found

    def shares(self, given: npt.ArrayLike) -> Floats:
        """For each row of numbers, the share still there after each interval."""
        score = np.atleast_2d(np.asarray(given, dtype=float)) @ self.weights
        found: Floats = np.exp(-np.cumsum(np.exp(self.levels[None, :] + score[:, None]), axis=1))
        return found


def grouped_hazard(
    ends: npt.ArrayLike,
    left: npt.ArrayLike,
    given: npt.ArrayLike,
    customers: npt.ArrayLike = 1.0,
    *,
    first: int = 0,
    last: int | None = None,
    ridge: float = 0.0,
) -> Hazard:
    """Proportional hazards where only the interval is known in which somebody left (Prentice and Gloeckler 1978), by Newton's steps.

    However many leave in one interval, the weights are those of the moments nobody saw; Cox's, even with Efron's ties, are drawn to nothing there.
    `ends` counts intervals from 0: that in which somebody left, or the first that is not known whole; `customers` are so many
    alike. Only the intervals from `first` to before `last` count. A number that does not vary gets no weight. `ridge` draws weights to
    nothing, as if each were known to be normal around it with that inverse variance: where all or none of a kind left, nothing else holds them.

    >>> found = grouped_hazard([0, 1, 0, 1], [1, 0, 1, 0], [[0], [0], [1], [1]], [50, 50, 75, 25])
    >>> round(float(np.exp(found.weights[0])), 4)  # ln ¼ against ln ½
    2.0
    """
    when, gone = np.asarray(ends, dtype=int), np.asarray(left, dtype=bool)
    x = np.asarray(given, dtype=float)
    many = np.broadcast_to(np.asarray(customers, dtype=float), when.shape)
    order = np.argsort(-when, kind="stable")
    when, gone, x, many = when[order], gone[order], x[order], many[order]
    means, spreads = np.average(x, axis=0, weights=many), x.std(axis=0)
    spreads = np.where(spreads > 1e-12, spreads, 1.0)
    scaled = (x - means) / spreads
    stop = int(when.max(initial=-1)) + 1 if last is None else last
    intervals = [
        (place, _at_risk(when, gone, place))
        for place in range(first, stop)
        if many[gone & (when == place)].sum() > 0
    ]
    found = np.concatenate(
        [[_level(when, gone, many, place) for place, _ in intervals], np.zeros(x.shape[1])]
    )
    drawn = np.concatenate([np.zeros(len(intervals)), ridge / spreads**2])
    here, slope, bend = _grouped(when, gone, scaled, many, intervals, found, drawn)
    for _ in range(TURNS):
        step = np.linalg.lstsq(bend, slope, rcond=None)[0]
        for _ in range(20):
            there, its_slope, its_bend = _grouped(when, gone, scaled, many, intervals, found + step, drawn)
            if there >= here - CLOSE:
                break
            step = step / 2
        found, here, slope, bend = found + step, there, its_slope, its_bend
        if np.abs(step).max(initial=0.0) < CLOSE:
            break
    known = len(intervals)
    weights = found[known:] / spreads
    covariance = np.linalg.pinv(bend)[known:, known:] / np.outer(spreads, spreads)
    levels = np.full(max(stop - first, 0), -np.inf)
    levels[[place - first for place, _ in intervals]] = found[:known] - means @ weights
    return Hazard(weights, covariance, levels, here)


def _at_risk(when: npt.NDArray[np.int_], gone: npt.NDArray[np.bool_], place: int) -> npt.NDArray[np.int_]:
    """Of customers in falling order of their ends, those who were there at the beginning of an interval and of whom its end is known."""
    reached = int(np.searchsorted(-when, -place, side="right"))
    found: npt.NDArray[np.int_] = np.nonzero((when[:reached] > place) | gone[:reached])[0]
    return found


def _level(when: npt.NDArray[np.int_], gone: npt.NDArray[np.bool_], many: Floats, place: int) -> float:
    """The logarithm of the hazard of everybody in an interval, to begin with."""
    those = _at_risk(when, gone, place)
    share = float(many[those][when[those] == place].sum() / many[those].sum())
    return float(np.log(-np.log1p(-min(share, 0.999))))


def _grouped(
    when: npt.NDArray[np.int_],
    gone: npt.NDArray[np.bool_],
    x: Floats,
    many: Floats,
    intervals: list[tuple[int, npt.NDArray[np.int_]]],
    found: Floats,
    drawn: Floats,
) -> tuple[float, Floats, Floats]:
    """The log-likelihood, its slope, and how it bends (negated); `drawn` is how strongly each is drawn to nothing."""
    known = len(intervals)
    score = x @ found[known:]
    value, slope, bend = -float(drawn @ found**2) / 2, -drawn * found, np.diag(drawn)
    for nth, (place, those) in enumerate(intervals):
        here, weight, leaves = x[those], many[those], when[those] == place
        hazard = np.exp(np.clip(found[nth] + score[those], -50.0, 50.0))
        stays = np.exp(-hazard)
        left = -np.expm1(-hazard)
        value += float(weight @ np.where(leaves, np.log(left), -hazard))
        pull = np.where(leaves, hazard * stays / left, -hazard)  # by the score
        curve = weight * np.where(leaves, pull * (hazard / left - 1), hazard)
        pull = weight * pull
        slope[nth] += pull.sum()
        slope[known:] += pull @ here
        bend[nth, nth] += curve.sum()
        bend[nth, known:] += curve @ here
        bend[known:, known:] += (here * curve[:, None]).T @ here
    bend[known:, :known] = bend[:known, known:].T
    return value, slope, bend


def independent(given: npt.ArrayLike, customers: npt.ArrayLike = 1.0) -> list[int]:
    """The columns that the columns before them do not tell already, by their places.

    >>> independent([[1, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1, 1]])
    [0, 1]
    """
    x = np.asarray(given, dtype=float)
    many = np.broadcast_to(np.asarray(customers, dtype=float), len(x))
    centred = x - np.average(x, axis=0, weights=many)
    products = (centred * many[:, None]).T @ centred
    kept: list[int] = []
    for place in range(x.shape[1]):
        own = products[place, place]
        told = (
            products[place, kept]
            @ np.linalg.lstsq(products[np.ix_(kept, kept)], products[kept, place], rcond=None)[0]
            if kept
            else 0.0
        )
        if own > 0 and own - told > OWN_SHARE * own:
            kept.append(place)
    return kept
