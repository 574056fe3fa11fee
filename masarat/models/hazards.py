"""What makes somebody leave sooner: Cox's proportional hazards, and a hazard by intervals of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masarat.models.logistic import Logistic, fit

Floats = npt.NDArray[np.float64]

TURNS, CLOSE = 50, 1e-9


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
    """The chance to leave in each interval of time, for whoever is still there, given their numbers."""

    lengths: int
    model: Logistic

    def shares(self, given: npt.ArrayLike) -> Floats:
        """For each row of numbers, the share still there after each interval."""
        x = np.atleast_2d(np.asarray(given, dtype=float))
        found = np.ones((len(x), self.lengths))
        for place in range(self.lengths):
            found[:, place] = 1 - self.model.chances(_placed(x, np.full(len(x), place), self.lengths))
        return np.cumprod(found, axis=1).astype(np.float64)


def discrete_hazard(
    lasted: npt.ArrayLike, left: npt.ArrayLike, given: npt.ArrayLike, ridge: float = 1.0
) -> Hazard:
    """A logistic regression over each customer's intervals (Singer and Willett 1993): with a level for every interval, and a weight for every number.

    `lasted` counts whole intervals: 0 is followed for the first alone.

    >>> found = discrete_hazard([0, 0, 1, 1], [1, 0, 1, 0], [[0], [0], [0], [0]], ridge=0)
    >>> [round(float(share), 4) for share in found.shares([[0]])[0]]
    [0.75, 0.375]
    """
    ends, gone = np.asarray(lasted, dtype=int), np.asarray(left, dtype=bool)
    x, lengths = np.asarray(given, dtype=float), int(np.max(np.asarray(lasted), initial=0)) + 1
    who = np.repeat(np.arange(len(ends)), ends + 1)
    place = np.concatenate([np.arange(end + 1) for end in ends]) if len(ends) else np.empty(0, dtype=int)
    happened = (place == ends[who]) & gone[who]
    return Hazard(lengths, fit(_placed(x[who], place, lengths), happened, ridge))


def _placed(x: Floats, place: npt.NDArray[np.int_], lengths: int) -> Floats:
    """The numbers beside a column for every interval but the first."""
    return np.column_stack([place[:, None] == np.arange(1, lengths), x]).astype(float)
