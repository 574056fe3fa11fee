"""Customers who may be one: pairs with a probability, what is to be done with them, and why.

A name alone never merges. A pair is merged only where a strong identifier (phone, e-mail, tax number) is the very same, the given
names are one as they are read aloud in either script, and the probability is above the threshold; no other pair is ever given a
probability that high. What is above the lower threshold is for somebody to look at: a family phone, a gift's consignee,
two brothers. `reasons.why` says in words what speaks for and against a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl

from masarat.models.linkage import Comparison, Linkage, Model, days, edits, email, spelling, whole
from masarat.models.linkage.comparison import Floats
from masarat.models.transliteration import Transliteration
from masarat.words.letters import letters
from masarat.words.names import aloud, given_and_family, is_arabic, place_name, skeleton

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
    crosses = np.array(
        [is_arabic(one) != is_arabic(other) for one, other in zip(left, right, strict=True)], dtype=bool
    )
    close = np.zeros(len(crosses))
    for chosen, compared in ((~crosses, _within), (crosses, _across)):
        rows: list[int] = np.flatnonzero(chosen).tolist()
        if rows:
            close[rows] = compared([left[row] for row in rows], [right[row] for row in rows])
    return close


def _within(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Latin spellings that sound alike are one; in Arabic one letter makes another name (حسن and حسين), so never more than close."""
    sound = np.array(
        [not is_arabic(one) and aloud(one) == aloud(other) for one, other in zip(left, right, strict=True)]
    )
    return np.where(sound, ALOUD, np.minimum(spelling(left, right), CLOSE + 0.05))


def _across(left: Sequence[str], right: Sequence[str]) -> Floats:
    ordered = [
        (other, one) if is_arabic(one) else (one, other) for one, other in zip(left, right, strict=True)
    ]
    latin, arabic = [one for one, _ in ordered], [other for _, other in ordered]
    mutual = transliteration().closeness(latin, arabic)
    # ى and ي are folded into one letter, which may also be read as a: لمى is Lama.
    final = [other[:-1] + "ا" if other.endswith("ي") else other for other in arabic]
    mutual = np.maximum(mutual, transliteration().closeness(latin, final))
    consonants = np.array([skeleton(one) == skeleton(other) for one, other in ordered])
    one_name = (mutual >= SURE) | (consonants & (mutual >= LIKELY))
    return np.select([one_name, mutual >= ALIKE], [ALOUD, CLOSE], 0.0)


def consonants(value: pl.Expr) -> pl.Expr:
    return value.map_elements(skeleton, return_dtype=pl.String)


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
CUSTOMERS = Linkage(COMPARED)


def candidates(customers: pl.DataFrame, model: Model | None = None) -> pl.DataFrame:
    """Pairs of customers, the likeliest first: ids `left` and `right`, `probability`, `verdict` (merge or review), and what each
    field says (`Model.judge`).

    `customers` has `customer_id`, `name` and what else is known of `phone` (E.164), `email`, `tax_number`, `birthday`
    (YYYY-MM-DD) and `city`. The model is learned from these customers unless one is given.
    """
    evidence = CUSTOMERS.compare(prepared(customers))
    pairs = (model or CUSTOMERS.fit(evidence)).judge(evidence, REVIEW_ABOVE)
    certain = pl.col("strong") & (pl.col("given_level") >= ONE_NAME)
    probability = (
        pl.when(certain).then("probability").otherwise(pl.min_horizontal("probability", DOUBTFUL_AT_MOST))
    )
    ids = customers["customer_id"]
    return pairs.with_columns(
        ids.gather(pairs["left"]).alias("left"),
        ids.gather(pairs["right"]).alias("right"),
        probability=probability,
        verdict=pl.when(probability >= MERGE_ABOVE).then(pl.lit("merge")).otherwise(pl.lit("review")),
    )


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
