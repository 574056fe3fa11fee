"""Whom an answer is about, all of them: what a saved segment is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol, runtime_checkable

import polars as pl

from masarat.analyse.base import NAMING, Analysis, explain
from masarat.analyse.frame import SAVED, read_segment
from masarat.analyse.moves import Unseen
from masarat.analyse.rule import read_rule, segments_of
from masarat.analyse.told import NOTHING, Told
from masarat.errors import BadParameter, MasaratError
from masarat.store import Query, Store


@runtime_checkable
class Chooses(Protocol):
    """A question whose customers no SQL can tell: of those in the step that its query names, it chooses."""

    def chosen(self, rows: pl.DataFrame) -> pl.Series:
        """The numbers of the customers its answer is about."""


def can_be_saved(kind: type[Analysis]) -> bool:
    """Whether the answers of a question name customers."""
    return any(column.name == NAMING for column in kind.columns)


def customers_of(
    store: Store, question: Analysis, *, today: date | None = None, told: Told = NOTHING
) -> pl.Series:
    """The customers of all rows of an answer, however few of them it shows, by the number of the identifier they are called by.

    BadParameter where the answers of this question name no customers.
    """
    if not can_be_saved(type(question)):
        raise BadParameter(
            f"The rows of {question.name} are no customers.",
            "Take a question that names customers, like top_customers or funnel_dropped.",
        )
    try:
        query = explain(store, question, today=today, told=told)
    except Unseen:  # nobody has done it yet
        return pl.Series("customer_id", [], dtype=pl.UInt64)
    if isinstance(question, Chooses):
        whole = Query({**query.steps, "all": f"SELECT * FROM {query.customers}"})
        given = store.frame(whole.sql(), query.values, settings=query.settings)
        return question.chosen(given)
    named = f"SELECT DISTINCT customer_id FROM {query.customers} WHERE customer_id != 0 ORDER BY customer_id"
    all_ = Query(steps={**query.steps, "customers_of_all": named}, values=query.values)
    return store.frame(all_.sql(), all_.values, settings=query.settings)["customer_id"]


def rests_on(parameters: Mapping[str, Any]) -> set[str]:
    """The saved segments that a question with these parameters asks about; none where its texts can no longer be read."""
    try:
        conditions = read_segment(str(parameters.get("segment", "")))
        named = {one for name, _, wanted in conditions if name == SAVED for one in wanted}
        return named | set(segments_of(read_rule(parameters["rule"])) if "rule" in parameters else ())
    except MasaratError:
        return set()
