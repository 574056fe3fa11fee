"""What one sample shop is made from, and the dice it is made with: the same choice gives the same shop, event for event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from masarat.demo.truths import Truths, truths
from masarat.settings import Language

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Choice:
    """The last day, how many customers, the seed, and the language the shop writes its products and cities in."""

    until: date
    customers: int = 20_000
    seed: int = 1
    language: Language = "en"

    @property
    def id(self) -> str:
        """The name of this load, also the `import_id` of its events."""
        return f"demo-{self.until}-{self.customers}-{self.seed}-{self.language}"

    @classmethod
    def of(cls, id: str) -> Choice:
        """The choice that a load of this id was made from."""
        head, customers, seed, language = id.rsplit("-", 3)
        return cls(
            date.fromisoformat(head.removeprefix("demo-")),
            int(customers),
            int(seed),
            "ar" if language == "ar" else "en",
        )

    @cached_property
    def truths(self) -> Truths:
        return truths(self.until)

    def dice(self, part: str) -> np.random.Generator:
        """Random numbers of one part's own, so that a change in one part leaves the others as they were."""
        return np.random.default_rng(
            [self.seed, self.customers, self.until.toordinal(), crc32(part.encode())]
        )


def pick(dice: np.random.Generator, weights: list[float] | Floats, count: int) -> Ints:
    """Indexes drawn by weight."""
    shares = np.cumsum(np.asarray(weights, dtype=np.float64))
    found: Ints = np.searchsorted(shares / shares[-1], dice.random(count), side="right").astype(np.int64)
    return found


def pick_by_row(dice: np.random.Generator, weights: Floats, rows: Ints) -> Ints:
    """For every row number one index, drawn by the weights of that row of a table."""
    shares = np.cumsum(weights, axis=1)
    shares /= shares[:, -1:]
    ladder = (shares + np.arange(len(shares))[:, None]).ravel()
    width = weights.shape[1]
    found: Ints = np.searchsorted(ladder, rows + dice.random(len(rows)), side="right") - rows * width
    return np.clip(found, 0, width - 1)
