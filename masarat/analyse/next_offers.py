"""What to offer next: the purchases that the store grouped, learnt from, and made offers with the reason of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from scipy import sparse

from masarat.models.recommend import Bought, Judged, best, ease, item_item, judged, popular
from masarat.models.rules import discoveries, exact
from masarat.store import Row

SURE = 0.05  # of the pairs that are told, false ones
FEWEST_BOTH = 5  # customers who bought both
DEARER = (1.1, 2.0)  # within reach: the price of what they bought, times
RHYTHM = 3  # days of purchase from which a rhythm is told
SOON = 14  # days before it is due that something is in the usual basket
FORGOTTEN = 3  # rhythms without it: they have given it up
EPOCH = date(1970, 1, 1)
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Offer:
    """One product for one customer, both by number. `because` is the product that it goes with (−1: none), bought by `both` customers."""

    customer: int
    product: int
    kind: str  # usual, cross, up, popular, city
    because: int = -1
    both: int = 0
    lift: float = 0.0
    due: date | None = None
    times: int = 0


class Purchases:
    """Who bought what how often and when, by number; what the models say of it."""

    def __init__(self, packed: Row, goods: list[Row], today: date, cut: date, margin: float) -> None:
        columns = [
            packed[name]
            for name in ("who", "what", "days", "first", "last", "days_before", "last_before", "back")
        ]
        whose = np.array(columns[0], dtype=np.uint64)
        what, days, first, last, days_before, last_before, back = (
            np.array(column, dtype=np.int64) for column in columns[1:]
        )
        self.customers, who = np.unique(whose, return_inverse=True)
        self.goods, self.today = goods, today
        self.places = {int(one): place for place, one in enumerate(self.customers)}
        self.shape = (len(self.customers), len(goods))
        self.who, self.what, self.days, self.first, self.last = who, what - 1, days, first, last
        self.back = back > 0
        end, sold = (today - EPOCH).days, days > 0
        self.sold = sold
        self.bought = self._bought(sold, days, end - last)
        early = days_before > 0
        self.early = self._bought(early, days_before, (cut - EPOCH).days - last_before)
        later = sold & (last >= (cut - EPOCH).days)
        ones = np.ones(int(later.sum()), dtype=np.float32)
        self.later = sparse.csr_matrix((ones, (who[later], self.what[later])), self.shape)
        self.weights = self.bought.weights()
        has = self.weights.copy()
        has.data = np.ones_like(has.data)
        self.both = (has.T.tocsr() @ has).tocsr()
        self.near = item_item(self.weights)
        self.buyers = np.asarray(has.sum(axis=0)).ravel().astype(np.float64)
        self.fit = np.array([_fit(row, margin) for row in goods], dtype=bool)
        self.towns = self._towns(packed["city"])

    def _bought(self, rows: npt.NDArray[np.bool_], times: Whole, ago: Whole) -> Bought:
        return Bought(self.who[rows], self.what[rows], times[rows], np.maximum(ago[rows], 0), self.shape)

    def _towns(self, cities: list[str]) -> dict[str, Whole]:
        """Products by how many in a city bought them, the most first; and the city of each customer."""
        self.city: dict[int, str] = {}
        counts: dict[str, Whole] = {}
        for who, what, sold, city in zip(
            self.who.tolist(), self.what.tolist(), self.sold.tolist(), cities, strict=True
        ):
            if city and sold:
                self.city[who] = city
                counts.setdefault(city, np.zeros(self.shape[1], dtype=np.int64))[what] += 1
        return {city: np.argsort(-count, kind="stable")[:50] for city, count in counts.items()}

    def judged(self) -> Judged:
        return judged(self.early, self.later)

    def together(self, one: int, other: int) -> tuple[int, float]:
        """How many bought both, and how many times as often as by chance."""
        both = int(self.both[one, other])
        most = float(self.buyers[one] * self.buyers[other])
        return both, both * self.shape[0] / most if most else 0.0

    def beside(self, each: int) -> Iterator[tuple[int, int, int, float, float]]:
        """Of each product those that go with it, the nearest first: product, other, both, lift, chance; only what is more than chance."""
        pairs = self.near.tocoo()
        both = np.asarray(self.both[pairs.row, pairs.col]).ravel() if pairs.nnz else np.zeros(0)
        kept = both >= FEWEST_BOTH
        one, other, both, near = pairs.row[kept], pairs.col[kept], both[kept], pairs.data[kept]
        if not len(one):
            return
        every = np.full(len(one), float(self.shape[0]))
        chances = exact(
            np.stack([both, self.buyers[one], self.buyers[other], every], axis=1).astype(np.float64)
        )
        believed = discoveries(chances, max(self.shape[1] * (self.shape[1] - 1), len(one)))
        lift = both * self.shape[0] / (self.buyers[one] * self.buyers[other])
        told: dict[int, int] = {}
        for place in np.lexsort((other, -near, one)):
            first, second = int(one[place]), int(other[place])
            fits = believed[place] < SURE and lift[place] > 1 and self.fit[second]
            if fits and told.get(first, 0) < each:
                told[first] = told.get(first, 0) + 1
                yield first, second, int(both[place]), float(lift[place]), float(believed[place])

    def offers(self, chosen: list[int], used: str, each: int, kinds: tuple[str, ...]) -> Iterator[Offer]:
        """At most so many offers of each kind for each of these customers."""
        model = ease(self.weights) if used == "ease" else self.near
        products, _ = best(self.weights[chosen], model, each * 10) if chosen else (np.empty((0, 0)), None)
        common = np.argsort(-popular(self.bought), kind="stable")
        starts, order = self._rows_of()
        for place, customer in enumerate(chosen):
            mine = order[starts[customer] : starts[customer + 1]]
            given = {int(self.what[row]) for row in mine if self.back[row]}
            has = {int(self.what[row]) for row in mine}
            if "usual" in kinds:
                yield from self._usual(customer, mine, given, each)
            crossed: set[int] = set()
            if "cross" in kinds:
                near = [] if used == "popular" else [int(one) for one in products[place] if one >= 0]
                for offer in self._cross(customer, near, has, each, model, common):
                    crossed.add(offer.product)
                    yield offer
            if "up" in kinds:
                yield from self._up(customer, mine, has | crossed, each)

    def _rows_of(self) -> tuple[Whole, Whole]:
        order = np.argsort(self.who, kind="stable")
        return np.searchsorted(self.who[order], np.arange(self.shape[0] + 1)), order

    def _usual(self, customer: int, mine: Whole, given: set[int], each: int) -> Iterator[Offer]:
        """What they buy again and again and what is due by their own rhythm, the longest due first."""
        found = []
        for row in mine:
            product, days = int(self.what[row]), int(self.days[row])
            if days < RHYTHM or product in given or not _on_shelf(self.goods[product]):
                continue
            gap = (int(self.last[row]) - int(self.first[row])) / (days - 1)
            due = EPOCH + timedelta(days=int(self.last[row]) + round(gap))
            if (due - self.today).days <= SOON and (self.today - due).days <= FORGOTTEN * gap:
                found.append(Offer(customer, product, "usual", due=due, times=days))
        yield from sorted(found, key=lambda one: (one.due, -one.times, one.product))[:each]

    def _cross(
        self, customer: int, near: list[int], has: set[int], each: int, model: object, common: Whole
    ) -> Iterator[Offer]:
        told = 0
        for product in near:
            if told < each and self.fit[product] and product not in has:
                because = self._because(customer, product, model)
                both, lift = self.together(because, product) if because >= 0 else (0, 0.0)
                if both >= FEWEST_BOTH and lift > 1:
                    told += 1
                    yield Offer(customer, product, "cross", because, both, lift)
        if told:
            return
        city = self.city.get(customer, "")
        for kind, ranked in (("city", self.towns.get(city, common[:0])), ("popular", common)):
            for product in ranked.tolist():
                if told < each and self.fit[product] and product not in has:
                    told += 1
                    has = has | {product}
                    yield Offer(customer, product, kind, both=int(self.buyers[product]))

    def _because(self, customer: int, product: int, model: object) -> int:
        """Which of their products speaks most for the offered one."""
        row = self.weights[customer]
        if not row.nnz:
            return -1
        column = model[row.indices, product]  # type: ignore[index]
        says = row.data * (
            column.toarray().ravel() if sparse.issparse(column) else np.asarray(column).ravel()
        )
        return int(row.indices[int(np.argmax(says))])

    def _up(self, customer: int, mine: Whole, has: set[int], each: int) -> Iterator[Offer]:
        """In the same category as what they bought last, dearer and within reach: the one that most bought."""
        bought = sorted(
            (row for row in mine if self.sold[row]), key=lambda row: (-self.last[row], self.what[row])
        )
        told = 0
        for row in bought:
            product = int(self.what[row])
            known = self.goods[product]
            if not known["category"] or not known["price"] or told >= each:
                continue
            low, high = (known["price"] * part for part in DEARER)
            dearer = [
                place
                for place in self.of_category.get(known["category"], [])
                if place not in has and self.fit[place] and low <= (self.goods[place]["price"] or 0) <= high
            ]
            if dearer:
                pick = max(dearer, key=lambda place: (self.buyers[place], -place))
                has, told = has | {pick}, told + 1
                yield Offer(customer, pick, "up", product, *self.together(product, pick))

    @property
    def of_category(self) -> dict[str, list[int]]:
        if not hasattr(self, "_of_category"):
            self._of_category: dict[str, list[int]] = {}
            for place, row in enumerate(self.goods):
                self._of_category.setdefault(row["category"], []).append(place)
        return self._of_category


def _on_shelf(row: Row) -> bool:
    return not row["is_counted"] or row["stock"] > 0


def _fit(row: Row, margin: float) -> bool:
    """Whether a product may be offered: on the shelf, and of enough margin where its cost is known."""
    price, cost = row["price"] or 0, row["cost"] or 0
    return _on_shelf(row) and price > 0 and (cost <= 0 or price - cost >= margin * price)
