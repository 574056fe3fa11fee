"""Customers who may be one: pairs with a probability, what is to be done with them, and why.

A name alone never merges. A pair is merged only where a strong identifier (phone, e-mail, tax number) is the very same, the given
names are one as they are read aloud in either script, and the probability is above the threshold; no other pair is ever given a
probability that high. What is above the lower threshold is for somebody to look at: a family phone, a gift's consignee,
two brothers. `reasons.why` says in words what speaks for and against a pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from masarat.errors import BadParameter
from masarat.models.linkage import (
    Blocking,
    Comparison,
    Evidence,
    Linkage,
    Model,
    days,
    edits,
    email,
    spelling,
    whole,
)
from masarat.models.linkage.comparison import Floats
from masarat.models.transliteration import Transliteration
from masarat.words.letters import letters
from masarat.words.names import aloud, given_and_family, is_arabic, place_name, skeleton

T = TypeVar("T")

MERGE_ABOVE, REVIEW_ABOVE = 0.95, 0.5
DOUBTFUL_AT_MOST = 0.9  # the probability of a pair without a strong identifier, or with two given names
ALOUD, CLOSE = 0.95, 0.85  # levels of a name: one when read aloud, alike
# Across scripts, by normalised mutual information: with the same consonants less is enough.
SURE, LIKELY, ALIKE = 0.45, 0.3, 0.22


@cache
def transliteration() -> Transliteration:
    return Transliteration.of(letters())


def reading(left: Sequence[str], right: Sequence[str]) -> Floats:
    """How alike two names are: as spelt within one script, as read aloud across two."""
    one, other = pl.Series(left, dtype=pl.String), pl.Series(right, dtype=pl.String)
    crosses = _each(is_arabic, one, pl.Boolean) != _each(is_arabic, other, pl.Boolean)
    close = np.zeros(len(one))
    for chosen, compared in ((~crosses, _within), (crosses, _across)):
        if chosen.any():
            close[chosen.to_numpy()] = compared(one.filter(chosen), other.filter(chosen))
    return close


def _within(left: pl.Series, right: pl.Series) -> Floats:
    """Latin spellings that sound alike are one. In Arabic one letter makes another name (حسن and حسين): never more than close."""
    latin = ~_each(is_arabic, left, pl.Boolean)
    sound = latin & (_each(aloud, left, pl.String) == _each(aloud, right, pl.String))
    spelt = np.minimum(spelling(left.to_list(), right.to_list()), (ALOUD + CLOSE) / 2)
    return np.where(sound.to_numpy(), ALOUD, spelt)


def _across(left: pl.Series, right: pl.Series) -> Floats:
    turned = _each(is_arabic, left, pl.Boolean)
    latin, arabic = right.zip_with(turned, left), left.zip_with(turned, right)
    sounds = [_each(skeleton, side, pl.String).to_list() for side in (latin, arabic)]
    apart = np.asarray(cpdist(*sounds, scorer=OSA.distance, score_cutoff=1))
    close = np.zeros(len(latin))
    near = pl.Series(apart <= 1)
    if near.any():
        close[near.to_numpy()] = _mutual(latin.filter(near), arabic.filter(near), apart[apart <= 1] == 0)
    return close


def _mutual(latin: pl.Series, arabic: pl.Series, consonants: NDArray[np.bool_]) -> Floats:
    """Levels by how much the letters call for one another; names with the same consonants need less."""
    mutual = transliteration().closeness(latin.to_list(), arabic.to_list())
    # ى and ي are folded into one letter, which may also be read as a: لمى is Lama.
    as_a = arabic.str.replace("ي$", "ا")
    mutual = np.maximum(mutual, transliteration().closeness(latin.to_list(), as_a.to_list()))
    one_name = ((mutual >= SURE) | (consonants & (mutual >= LIKELY))) & _open_alike(latin, arabic)
    return np.select([one_name, mutual >= ALIKE], [ALOUD, CLOSE], 0.0)


def _open_alike(latin: pl.Series, arabic: pl.Series) -> NDArray[np.bool_]:
    """Hamad is not أحمد: a vowel at the beginning stands in both scripts (و and ي may be either)."""
    either = arabic.str.contains("^[وي]")
    alike = latin.str.contains("^[aeiou]") == arabic.str.contains("^[اع]")
    return np.asarray((either | alike).to_numpy(), dtype=np.bool_)


def _each(told: Callable[[str], T], words: pl.Series, kind: type[pl.DataType]) -> pl.Series:
    """What is told of each word, asked once for each different word."""
    known = words.drop_nulls().unique()
    answers = pl.Series([told(word) for word in known], dtype=kind)
    return words.replace_strict(known, answers, default=None, return_dtype=kind)


def consonants(value: pl.Expr) -> pl.Expr:
    """A key for names of both scripts."""
    return value.map_batches(lambda words: _each(skeleton, words, pl.String), return_dtype=pl.String)


NAME = (ALOUD, CLOSE)
ONE_NAME = len(NAME)  # the level from which two given names are one
COMPARED = (
    Comparison("phone", edits, (0.9,), strong=True, chance=1e-6),
    Comparison("email", email, (0.85, 0.7), strong=True, chance=1e-6),
    Comparison("tax_number", edits, (0.9,), strong=True, chance=1e-6),
    Comparison("given", reading, NAME, keys=(whole, consonants), swaps="family", chance=0.01),
    Comparison("family", reading, NAME, keys=(whole, consonants), swaps="given", chance=0.003),
    Comparison("birthday", days, (0.9, 0.8), chance=1e-4),
    Comparison("city", reading, NAME, chance=0.1),
)
CUSTOMERS = Linkage(COMPARED, Blocking(largest=100, most=2_000_000))


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs`, the likeliest first: ids `left` and `right`, `probability`, `verdict` (merge or review), whether the given names
    are `one_name`, and what each field says (`Model.judge`); the `model` that judged; and how many records were `skipped` in blocks too large to compare."""

    pairs: pl.DataFrame
    model: Model
    skipped: int


def candidates(customers: pl.DataFrame, model: Model | None = None) -> Candidates:
    """Which customers may be one.

    `customers` has `customer_id`, `name` and what else is known of `phone` (E.164), `email`, `tax_number`, `birthday`
    (YYYY-MM-DD) and `city`. Who is known by several names or phones has several rows: these are never compared with one another,
    and of a pair of customers the likeliest of their rows count. The model is learned from these customers unless one is given.
    """
    for needed in ("customer_id", "name"):
        if needed not in customers.columns:
            raise BadParameter(
                f"Customers have no column {needed!r}.", "Give each customer an id and a name (or null)."
            )
    records = prepared(customers)
    evidence = _compared(customers, records)
    model = model or CUSTOMERS.fit(evidence)
    pairs = model.judge(evidence, REVIEW_ABOVE)
    given = records["given"]
    pairs = pairs.with_columns(one_name=_one_name(given.gather(pairs["left"]), given.gather(pairs["right"])))
    certain = pl.col("strong") & pl.col("one_name")
    probability = (
        pl.when(certain).then("probability").otherwise(pl.min_horizontal("probability", DOUBTFUL_AT_MOST))
    )
    ids = customers["customer_id"]
    judged = pairs.with_columns(
        ids.gather(pairs["left"]).alias("left"),
        ids.gather(pairs["right"]).alias("right"),
        probability=probability,
        verdict=pl.when(probability >= MERGE_ABOVE).then(pl.lit("merge")).otherwise(pl.lit("review")),
    )
    return Candidates(_likeliest(judged), model, evidence.blocked.skipped)


def learned(customers: pl.DataFrame) -> Model:
    """What these customers teach. Give them as they came, before any were merged: of those who are left alone nobody learns what one person
    under two names looks like."""
    return CUSTOMERS.fit(_compared(customers, prepared(customers)))


def _compared(customers: pl.DataFrame, records: pl.DataFrame) -> Evidence:
    return CUSTOMERS.compare(records.with_columns(customers["customer_id"]), across="customer_id")


def _likeliest(pairs: pl.DataFrame) -> pl.DataFrame:
    """Each two customers once, with the rows of theirs that speak most for one person."""
    two = pairs.with_columns(one=pl.min_horizontal("left", "right"), other=pl.max_horizontal("left", "right"))
    ordered = two.sort("probability", descending=True, maintain_order=True)
    return ordered.unique(["one", "other"], keep="first", maintain_order=True).drop("one", "other")


def _one_name(left: pl.Series, right: pl.Series) -> pl.Series:
    """Whether two given names are one as they stand, not crosswise: a son may be called محمد سعد after سعد محمد."""
    aloud_alike = reading(left.fill_null("").to_list(), right.fill_null("").to_list()) >= ALOUD
    return left.is_not_null() & right.is_not_null() & ((left == right) | pl.Series(aloud_alike))


def prepared(customers: pl.DataFrame) -> pl.DataFrame:
    """Names in their parts, all values folded; what is empty or not told is missing."""
    told = {each.field: customers[each.field] for each in COMPARED if each.field in customers.columns}
    missing = pl.Series([None] * len(customers), dtype=pl.String)
    parts = [given_and_family(name or "") for name in customers["name"]]
    columns = {
        "given": pl.Series([given for given, _ in parts], dtype=pl.String),
        "family": pl.Series([family for _, family in parts], dtype=pl.String),
        "city": pl.Series([place_name(city or "") for city in told.get("city", missing)], dtype=pl.String),
        "email": told.get("email", missing).cast(pl.String).str.strip_chars().str.to_lowercase(),
    }
    others = {name: told.get(name, missing).cast(pl.String) for name in ("phone", "tax_number", "birthday")}
    return pl.DataFrame({**columns, **others}).with_columns(pl.all().replace("", None))
