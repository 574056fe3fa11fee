"""Which column is which field: headers first, then what the values say of columns whose headers say nothing.

Every guess carries a confidence and its reason, is shown before anything is imported, and yields to what a person says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from masarat.collect import headers
from masarat.collect.currencies import without_currency
from masarat.collect.evidence import Evidence, depends, is_meaningless, multiply, repeats
from masarat.collect.fields import FIELD_NAMES
from masarat.collect.kinds import KINDS, ORDERS, PURCHASES, Kind
from masarat.collect.people import IDENTIFIERS

SURE = 0.98  # a guess is never certain
EXACT = 0.9  # a header that is the very name of a field

Found = dict[str, tuple[str, float, str]]  # field → column, confidence, why


class Guess:
    """The columns of one sample being handed to fields, the surest first; no column is given twice."""

    def __init__(self, columns: dict[str, Evidence], kind: Kind = ORDERS) -> None:
        self.columns = columns
        self.kind = kind
        self.found: Found = {}
        self.closed: set[str] = set()  # fields that a person said the file does not have
        self.apart: set[str] = set()  # columns of which nothing is guessed

    @property
    def free(self) -> list[Evidence]:
        taken = {column for column, _, _ in self.found.values()} | self.apart
        return [evidence for name, evidence in self.columns.items() if name not in taken]

    def give(self, field: str, column: str, confidence: float, why: str) -> None:
        if field in self.kind.fields and field not in self.found and field not in self.closed:
            self.found[field] = (column, round(confidence, 2), why)

    def text(self, field: str) -> pl.Series | None:
        return self.columns[self.found[field][0]].text if field in self.found else None

    def numbers(self, field: str) -> pl.Series | None:
        return self.columns[self.found[field][0]].numbers if field in self.found else None

    def lacks(self, *fields: str) -> bool:
        return not any(field in self.found for field in fields)


def by_header(guess: Guess) -> None:
    """Headers that name a field, where the values do not speak against it."""
    for field, column, score in sorted(_matches(guess), key=lambda match: -match[2]):
        if column in {evidence.name for evidence in guess.free}:
            guess.give(field, column, min(score, SURE), "the header says so")


def _matches(guess: Guess) -> Iterator[tuple[str, str, float]]:
    for evidence in guess.free:
        bare = without_currency(evidence.name)
        for name in guess.kind.fields:
            # The words of a question are about anything: only several together name a field, or what its answers are.
            asked = guess.kind.asks and headers.is_question(evidence.name)
            said = headers.match(name, bare, 2 if asked and name not in ("email", "phone") else 1)
            fit = evidence.fit(FIELD_NAMES[name].kind) if said else 0.0
            if fit >= (0.3 if name != "time" else 0.6) and not (
                name == "ts" and evidence.time < 0.3 and not evidence.is_empty
            ):
                yield name, evidence.name, said * (0.6 + 0.4 * fit)


def kind_of_header(header: Sequence[str]) -> Kind:
    """What a table is likeliest about: the kind most of its columns are fields of, if what it needs is there; orders where nothing tells."""
    counted = [(_told(kind, header), -place, kind) for place, kind in enumerate(KINDS)]
    best = max(counted, key=lambda one: one[:2])[2]
    if best is ORDERS and _told(PURCHASES, header) and not _names(ORDERS, header) & set(IDENTIFIERS):
        return PURCHASES  # what a supplier sells and no customer buys
    return best


def _told(kind: Kind, header: Sequence[str]) -> int:
    """How many columns are surely fields of this kind; none where what tells it, or what it needs, is missing."""
    fields = _names(kind, header)
    whole = all(fields & set(need.fields) for need in kind.needs)
    return len(fields) if whole and fields & set(kind.telling or kind.fields) else 0


def _names(kind: Kind, header: Sequence[str]) -> set[str]:
    """The fields of this kind that columns are surely called."""
    fields: set[str] = set()
    for column in header:
        bare = without_currency(column)
        said = {name: headers.match(name, bare) for name in kind.fields if name not in fields}
        best = max(said, key=lambda name: said[name], default="")
        if best and said[best] >= EXACT:
            fields.add(best)
    return fields


def by_values(guess: Guess) -> None:
    """What the values alone say: first what is unmistakable, then, for orders, what depends on what."""
    _unmistakable(guess)
    if guess.kind is ORDERS:
        for step in (_order, _customer, _amounts, _texts):
            step(guess)


def _unmistakable(guess: Guess) -> None:
    _best(guess, "ts", lambda e: e.time if e.number < 0.5 else 0.0, 0.9, "its cells are dates")
    _best(guess, "email", lambda e: e.email, 0.8, "its cells are e-mail addresses")
    _best(guess, "phone", lambda e: min(e.phone, e.dialled), 0.8, "its cells are phone numbers")
    _best(guess, "currency", lambda e: e.currency, 0.95, "its cells are currencies")
    nameless = [e for e in guess.free if is_meaningless(e.name)]
    _best(guess, "country", lambda e: e.country_name, 0.8, "its cells are countries", nameless)
    _best(guess, "city", lambda e: e.city, 0.7, "its cells are cities", nameless)
    _best(guess, "status", lambda e: e.status, 0.9, "its cells are states of an order", nameless)


def _best(
    guess: Guess,
    field: str,
    score: Callable[[Evidence], float],
    least: float,
    why: str,
    among: list[Evidence] | None = None,
) -> None:
    candidates = [
        (score(e), -place, e)
        for place, e in enumerate(guess.free if among is None else among)
        if not e.is_empty
    ]
    share, _, best = max(candidates, default=(0.0, 0, None), key=lambda candidate: candidate[:2])
    if best is not None and share >= least and field not in guess.found:
        guess.give(field, best.name, 0.9 * share, why)


def _order(guess: Guess) -> None:
    """An order number: identifiers whose rows all have the same time; the finest of them."""
    times = guess.text("ts")
    if times is None or "order_id" in guess.found:
        return
    candidates = [
        e for e in guess.free if is_meaningless(e.name) and e.code > 0.9 and len(e.filled) == len(times)
    ]
    repeated = [e for e in candidates if repeats(e.text) > 0.02 and depends(times, e.text) > 0.98]
    alone = [e for e in candidates if repeats(e.text) == 0]
    best = max(repeated, key=lambda e: e.distinct, default=alone[0] if alone else None)
    if best is not None:
        guess.give(
            "order_id",
            best.name,
            0.8 if repeated else 0.6,
            "its rows share one time, as lines of an order do",
        )


def _customer(guess: Guess) -> None:
    """A customer number: identifiers that are the same all through an order, and come again in others."""
    if "customer_id" in guess.found:
        return
    orders = guess.text("order_id")
    candidates = [
        e
        for e in guess.free
        if is_meaningless(e.name) and e.code > 0.9 and e.distinct > 3 and e.whole in (0.0, 1.0)
    ]
    if orders is not None:
        candidates = [
            e for e in candidates if depends(e.text, orders) > 0.98 and e.distinct <= orders.n_unique()
        ]
    else:
        candidates = [e for e in candidates if e.distinct > 0.05 * len(e.filled) and repeats(e.text) > 0.02]
    best = max(candidates, key=lambda e: e.distinct, default=None)
    if best is not None:
        why = "stay the same within an order" if orders is not None else "come again on other days"
        guess.give("customer_id", best.name, 0.7, f"its cells are identifiers that {why}")


def _amounts(guess: Guess) -> None:
    """Quantity, price and totals: numbers that multiply, or that stay the same within an order."""
    numeric = [
        e
        for e in guess.free
        if e.number > 0.9
        and (is_meaningless(e.name) or guess.lacks("unit_price", "line_total", "order_total"))
    ]
    _multiplying(guess, numeric)
    numeric = [e for e in numeric if e in guess.free]
    orders = guess.text("order_id")
    if orders is not None and repeats(orders) > 0.02:
        for evidence in numeric:
            if evidence.whole < 1 and depends(evidence.text, orders) > 0.98:
                guess.give(
                    "order_total", evidence.name, 0.6, "an amount that is the same on all lines of an order"
                )
        numeric = [e for e in numeric if e in guess.free]
    counts = [e for e in numeric if e.whole > 0.98 and len(numeric) > 1]
    if counts:
        guess.give(
            "quantity", min(counts, key=lambda e: e.distinct).name, 0.6, "whole numbers, most of them small"
        )
    amounts = [e for e in numeric if e in guess.free]
    if amounts and guess.lacks("unit_price", "line_total", "order_total"):
        best = max(amounts, key=lambda e: (1 - e.whole, e.distinct))
        alone = "quantity" not in guess.found or orders is None
        guess.give("order_total" if alone else "unit_price", best.name, 0.55, "amounts of money")


def _multiplying(guess: Guess, numeric: list[Evidence]) -> None:
    for count in (e for e in numeric if e.whole > 0.98):
        for price in (e for e in numeric if e is not count):
            for total in (e for e in numeric if e is not count and e is not price):
                share = multiply(count.numbers, price.numbers, total.numbers)
                if share > 0.95:
                    why = "quantity × price = total in nearly every row"
                    for field, evidence in (
                        ("quantity", count),
                        ("unit_price", price),
                        ("line_total", total),
                    ):
                        guess.give(field, evidence.name, 0.9 * share, why)
                    return


def _texts(guess: Guess) -> None:
    """Codes and names of products differ within an order; a customer's name does not."""
    orders = guess.text("order_id")
    for evidence in [e for e in guess.free if is_meaningless(e.name) and e.distinct > 3]:
        within = orders is not None and repeats(orders) > 0.02 and depends(evidence.text, orders) > 0.95
        if within and evidence.words > 0.7 and repeats(evidence.text) > 0.02:
            guess.give("name", evidence.name, 0.5, "names that stay the same within an order")
        elif not within and evidence.words > 0.7:
            guess.give("product_name", evidence.name, 0.6, "descriptions that differ from line to line")
        elif not within and evidence.code > 0.5 and evidence.number < 1:
            guess.give("product_id", evidence.name, 0.6, "codes that differ from line to line")


def settle_totals(guess: Guess) -> None:
    """What an amount is of: a price with nothing to multiply is the whole order's; a total that changes from line to line is the line's."""
    if guess.kind is not ORDERS:
        return
    if "business_day" in guess.found and guess.lacks("ts"):
        _rename(guess, "business_day", "ts", "no other column holds a date")
    if "unit_price" in guess.found and guess.lacks(
        "quantity", "product_id", "product_name", "line_total", "order_total"
    ):
        _rename(guess, "unit_price", "order_total", "nothing to multiply it with")
    orders = guess.text("order_id")
    if orders is None or repeats(orders) < 0.02:
        return
    if (documents := guess.text("document")) is not None:  # invoice 7 and credit note 7 are two
        orders = orders + "\x1e" + documents.fill_null("")
    if (
        "order_total" in guess.found
        and "line_total" not in guess.found
        and _is_of_line(guess, "order_total", orders)
    ):
        _rename(guess, "order_total", "line_total", "it changes from line to line")
    elif "line_total" in guess.found and "order_total" not in guess.found and _is_of_order(guess, orders):
        _rename(guess, "line_total", "order_total", "it is the same on all lines of an order")


def _is_of_line(guess: Guess, field: str, orders: pl.Series) -> bool:
    totals = guess.numbers(field)
    return totals is not None and (_multiplied(guess, totals) > 0.95 or depends(totals, orders) < 0.8)


def _is_of_order(guess: Guess, orders: pl.Series) -> bool:
    totals = guess.numbers("line_total")
    return totals is not None and _multiplied(guess, totals) < 0.95 and depends(totals, orders) > 0.98


def _multiplied(guess: Guess, totals: pl.Series) -> float:
    quantity, price = guess.numbers("quantity"), guess.numbers("unit_price")
    return multiply(quantity, price, totals) if quantity is not None and price is not None else 0.0


def _rename(guess: Guess, field: str, other: str, why: str) -> None:
    column, confidence, before = guess.found[field]
    if confidence < 1 and other not in guess.closed:
        del guess.found[field]
        guess.found[other] = (column, confidence, f"{before}; {why}")


__all__ = ["Guess", "by_header", "by_values", "kind_of_header", "settle_totals"]
