"""Who will not order: models learnt from earlier dates, calibrated on a later one, judged on the last, the best of them used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from masarat.models.forecasts import Group, auc, brier, calibration
from masarat.models.lifetime.buying import Summaries, fitted
from masarat.models.logistic import fit
from masarat.models.rhythm import Gaps, Rhythm, rhythm

Floats = npt.NDArray[np.float64]
Said = Callable[["Known"], Floats]

FEWEST = 50  # who ordered, and who did not, to learn from
FEWEST_HELD = 20  # and to be judged by
FEWEST_LEARNT = 400  # for trees, customers at earlier dates
WEEK = 7
APART = 1e-6  # times the forecast: what a step makes equal stays in its order
CLEARLY = 0.002  # by how much of its own miss a heavier model must be better to be used
MODELS = ("recency", "rhythm", "buying", "weights", "trees")  # the simplest first
REMEDY = "pip install lightgbm; on Linux also the package libgomp1, on macOS brew install libomp"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of customers at a date: numbers by name, and of those at earlier dates whether no order came in the days after."""

    numbers: dict[str, Floats]
    silent: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.silent)

    @property
    def gaps(self) -> Gaps:
        return Gaps.of(*(self.numbers[name] for name in ("gaps", "gap_logs", "gap_squares", "recency")))

    @property
    def summaries(self) -> tuple[Floats, Floats, Floats]:
        """Orders after the first, age at the last one, and age, in weeks."""
        age = self.numbers["tenure"]
        return self.numbers["gaps"], (age - self.numbers["recency"]) / WEEK, age / WEEK

    def table(self, names: Sequence[str]) -> Floats:
        return np.column_stack([self.numbers[name] for name in names])

    def both(self, other: Known) -> Known:
        numbers = {name: np.concatenate([mine, other.numbers[name]]) for name, mine in self.numbers.items()}
        return Known(numbers, np.concatenate([self.silent, other.silent]))

    @property
    def enough(self) -> int:
        """Of those who ordered and those who did not, how many the fewer are."""
        return min(int(self.silent.sum()), int((~self.silent).sum()))


@dataclass(frozen=True, slots=True)
class Judged:
    """How a model did on the last whole window, which it did not see."""

    name: str
    auc: float
    brier: float
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Churn:
    """The model that did best, how all of them did, and what it says of customers now."""

    judged: dict[str, Judged]
    used: str
    base: float  # share of those held out who did not order
    brier_base: float
    held: int
    learnt: int
    rhythm: Rhythm | None
    chances: Floats  # of customers now: that no order comes
    reasons: (
        Floats | None
    )  # of customers now, a column for each name: by how much each number raised the chance, where the model tells
    names: tuple[str, ...]
    missing: str = ""  # why there are no trees, where the library is missing

    @property
    def helps(self) -> bool:
        """Whether it says more than the share alone, on customers it was not shown."""
        return self.judged[self.used].brier < self.brier_base


def learn(earlier: Sequence[Known], now: Known, names: Sequence[str], days: int) -> Churn | None:
    """Models from the customers at earlier dates, the oldest first, and what the best says of them now.

    All but the last two dates teach, the last but one calibrates, the last judges; then the best is taught by all but the last, which
    calibrates it, for customers now. Trees need three dates. None where too few ordered, or
    too few did not.
    """
    if len(earlier) < 2 or earlier[-1].enough < FEWEST_HELD:
        return None
    held, before = earlier[-1], earlier[:-1]
    tried, missing = _tried(before, held, names, days)
    if not tried:
        return None
    judged = {name: _judged(name, said, held) for name, said in tried.items()}
    used = _best(judged)
    said, reasons = _now(used, earlier, now, names, days)
    base = float(np.concatenate([one.silent for one in before]).mean())
    return Churn(
        judged=judged,
        used=used,
        base=float(held.silent.mean()),
        brier_base=brier(np.full(len(held), base), held.silent),
        held=len(held),
        learnt=sum(map(len, before)),
        rhythm=rhythm(now.gaps),
        chances=said,
        reasons=reasons,
        names=tuple(names),
        missing=missing,
    )


def _all(known: Sequence[Known]) -> Known:
    found = known[0]
    for one in known[1:]:
        found = found.both(one)
    return found


def _tried(
    earlier: Sequence[Known], held: Known, names: Sequence[str], days: int
) -> tuple[dict[str, Floats], str]:
    """What each model says of the customers held out, from those before; and why trees are missing, where they are."""
    taught, mirror = _parted(earlier)
    found: dict[str, Floats] = {}
    for name in MODELS[:-1]:
        if said := _said(name, taught, names, days):
            found[name] = isotonic(said(mirror), mirror.silent, said(held))
    if len(earlier) < 2 or len(taught) < FEWEST_LEARNT or taught.enough < FEWEST:
        return found, ""
    try:
        trees = Trees(taught, names)
    except (ImportError, OSError) as error:
        return found, str(error) or type(error).__name__
    found["trees"] = isotonic(trees.chances(mirror), mirror.silent, trees.chances(held))
    return found, ""


def _now(
    used: str, earlier: Sequence[Known], now: Known, names: Sequence[str], days: int
) -> tuple[Floats, Floats | None]:
    """What the model says of customers now, and why where it can tell."""
    taught, mirror = _parted(earlier)
    if used == "trees":
        trees = Trees(taught, names)
        return isotonic(trees.chances(mirror), mirror.silent, trees.chances(now)), trees.reasons(now)
    said = _said(used, taught, names, days)
    assert said  # it was tried with fewer
    parts = _parts(taught, now, names) if used == "weights" else None
    return isotonic(said(mirror), mirror.silent, said(now)), parts


def _parted(earlier: Sequence[Known]) -> tuple[Known, Known]:
    """Whom to learn from, and by whom to calibrate: the last date, which is the same where there is one alone."""
    return (_all(earlier[:-1]) if len(earlier) > 1 else earlier[0]), earlier[-1]


def _said(name: str, taught: Known, names: Sequence[str], days: int) -> Said | None:
    if name == "rhythm":
        return _by_rhythm(rhythm(taught.gaps), days)
    if taught.enough < FEWEST_HELD:
        return None
    if name == "buying":
        return _by_buying(taught, days)
    return _by_weights(taught, ("recency",) if name == "recency" else names)


def _by_rhythm(found: Rhythm | None, days: int) -> Said | None:
    return (lambda known: found.silent_for(known.gaps, days)) if found else None


def _by_buying(taught: Known, days: int) -> Said:
    """BG/NBD: gone since some order, or there and not buying within the days ahead."""
    model = fitted(Summaries.grouped(*taught.summaries))
    return lambda known: model.silent(*known.summaries, days / WEEK)


def _by_weights(taught: Known, names: Sequence[str]) -> Said:
    model = fit(_logs(taught.table(names)), taught.silent)
    return lambda known: model.chances(_logs(known.table(names)))


def _parts(taught: Known, asked: Known, names: Sequence[str]) -> Floats:
    """By how much each number raises (or lowers) the logarithm of the odds against a customer of its mean."""
    model = fit(_logs(taught.table(names)), taught.silent)
    return np.asarray(
        (_logs(asked.table(names)) - model.means) / model.spreads * model.parts, dtype=np.float64
    )


def _logs(table: Floats) -> Floats:
    return np.asarray(np.sign(table) * np.log1p(np.abs(table)), dtype=np.float64)


def _judged(name: str, said: Floats, held: Known) -> Judged:
    return Judged(
        name, auc(said, held.silent) or 0.5, brier(said, held.silent), calibration(said, held.silent)
    )


def _best(judged: dict[str, Judged]) -> str:
    """The one that misses least; a simpler one where it misses hardly more."""
    least = min(one.brier for one in judged.values())
    return next(name for name in MODELS if name in judged and judged[name].brier <= least * (1 + CLEARLY))


def isotonic(said: npt.ArrayLike, happened: npt.ArrayLike, asked: npt.ArrayLike) -> Floats:
    """Forecasts brought to what happened where such were made (Zadrozny and Elkan 2002): rising steps, straight between their middles, and never
    quite 0 or 1: as if one more of each had been seen. Whom a step takes for equal stay in their order, by less than a millionth.

    >>> isotonic([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], [0.0, 0.5, 1.0]).round(2).tolist()
    [0.25, 0.5, 0.75]
    """
    from scipy.optimize import isotonic_regression  # half a second, for those who learn alone

    values, place, many = np.unique(np.asarray(said, dtype=float), return_inverse=True, return_counts=True)
    came = np.bincount(place, weights=np.asarray(happened, dtype=float))
    rising = isotonic_regression(came / many, weights=many).x
    # Forecasts of one step are one group, with as much doubt as few deserve.
    starts = np.unique(rising, return_index=True)[1]
    of = np.add.reduceat(many, starts)
    middles = np.add.reduceat(values * many, starts) / of
    shares = np.maximum.accumulate((np.add.reduceat(came, starts) + 1) / (of + 2))
    wanted = np.asarray(asked, dtype=float)
    return np.asarray(np.interp(wanted, middles, shares) + APART * wanted, dtype=np.float64)


class Trees:
    """Boosted trees (LightGBM), the same from the same customers."""

    SETTINGS = {
        "objective": "binary", "learning_rate": 0.05, "num_leaves": 15, "feature_fraction": 0.8, "lambda_l2": 5.0,
        "seed": 7, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbosity": -1, "max_bin": 127,
    }  # fmt: skip
    ROUNDS = 120

    def __init__(self, taught: Known, names: Sequence[str]) -> None:
        import lightgbm

        self._names = list(names)
        fewest = max(20, len(taught) // 200)
        given = lightgbm.Dataset(taught.table(names), taught.silent.astype(float), params={"verbosity": -1})
        self._model: Any = lightgbm.train(
            {**self.SETTINGS, "min_data_in_leaf": fewest}, given, num_boost_round=self.ROUNDS
        )

    def chances(self, known: Known) -> Floats:
        return np.asarray(self._model.predict(known.table(self._names), num_threads=1), dtype=np.float64)

    def reasons(self, known: Known) -> Floats:
        """By how much each number raised (or lowered) the logarithm of the odds (SHAP; Lundberg and Lee 2017)."""
        found = self._model.predict(known.table(self._names), pred_contrib=True, num_threads=1)
        return np.asarray(found, dtype=np.float64)[:, :-1]
