"""Two hundred populations of customers, some of them such as no shop has: what models of repeat buying must bear."""

from __future__ import annotations

import numpy as np

COUNT = 200
# Parameters (r, α, a, b), customers, weeks. The last five are pathological.
SHAPES = (
    (0.24, 4.4, 0.8, 2.4, 400, 39), (0.5, 10.0, 0.5, 3.0, 600, 52), (1.5, 20.0, 1.0, 1.5, 500, 78), (3.0, 6.0, 0.3, 4.0, 300, 52),
    (0.8, 2.0, 0.6, 6.0, 250, 104),
    (0.6, 8.0, 0.0, 1.0, 300, 52),  # nobody leaves
    (0.05, 40.0, 0.8, 2.0, 200, 26),  # hardly anybody comes back
    (0.5, 5.0, 0.7, 2.0, 12, 39),  # a dozen customers
    (20.0, 2.0, 0.02, 3.0, 60, 52),  # hundreds of purchases each
    (1.0, 5.0, 30.0, 1.0, 300, 52),  # all leave after the first
)  # fmt: skip


def population(number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Repeat purchases, week of the last, weeks observed, of each customer."""
    r, alpha, a, b, customers, weeks = SHAPES[number % len(SHAPES)]
    dice = np.random.default_rng(number)
    age = np.round(weeks - dice.uniform(0, weeks / 3, customers), 2)
    rate = dice.gamma(r, 1 / alpha, customers)
    leaves = dice.beta(a, b, customers) if a else np.zeros(customers)
    x, tx = np.zeros(customers), np.zeros(customers)
    for one in range(customers):
        now = 0.0
        while True:
            now += dice.exponential(1 / max(rate[one], 1e-9))
            if now >= age[one]:
                break
            x[one], tx[one] = x[one] + 1, round(now, 2)
            if dice.random() < leaves[one]:
                break
    return x, np.minimum(tx, age), age
