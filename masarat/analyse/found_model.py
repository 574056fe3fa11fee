"""The groups that were found among customers, as a model that can be kept: what it measures, how it scales, where the centres lie."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from masarat.analyse.buying_habits import USUAL, Scale
from masarat.errors import BadParameter
from masarat.models.clusters import Floats, Groups, groups
from masarat.store import Row

CLEAR, MOST_TOLD = 0.6, 3  # standard deviations from everybody that are worth a word; and so many words
PARTS = ("categories", "channels", "low", "high", "middle", "unit", "centres")


@dataclass(frozen=True, slots=True)
class Told:
    """How a group differs from everybody: in which habit, up or down."""

    habit: str
    name: str  # of the category or channel
    up: bool


@dataclass(frozen=True, slots=True)
class Model:
    """What places customers: see the question found_customers."""

    categories: Sequence[str]
    channels: Sequence[str]
    scale: Scale
    centres: Floats

    def to_text(self) -> str:
        """The model as a parameter; the same model gives the same text."""
        lists = {"low": self.scale.low, "high": self.scale.high, "middle": self.scale.middle, "unit": self.scale.unit, "centres": self.centres}  # fmt: skip
        named: dict[str, Any] = {"categories": list(self.categories), "channels": list(self.channels)}
        return json.dumps(
            named | {name: np.round(each, 6).tolist() for name, each in lists.items()}, ensure_ascii=False
        )


def read_model(text: str) -> dict[str, Any]:
    """The parts of a model from its text, checked; as they are bound."""
    try:
        found = json.loads(text)
        names = [list(map(str, found[part])) for part in PARTS[:2]]
        width = len(USUAL) + sum(map(len, names))
        lists = [np.array(found[part], dtype=np.float64) for part in PARTS[2:6]]
        centres = np.array(found["centres"], dtype=np.float64)
        whole = centres.ndim == 2 and len(centres) <= 20 and all(each.shape == (width,) for each in [*lists, *centres])  # fmt: skip
        if not whole or not all(np.isfinite(each).all() for each in [*lists, centres]):
            raise ValueError
    except (ValueError, TypeError, KeyError):
        raise BadParameter("model is not one that was found.", "Save found groups: masarat segments found --save NAME.") from None  # fmt: skip
    return dict(zip(PARTS, [*names, *(each.tolist() for each in lists), centres.tolist()], strict=True))


def fitted(rows: Sequence[Row], totals: Row, most: int) -> tuple[Model, Groups]:
    """The groups of these customers."""
    found = np.array([row["features"] for row in rows], dtype=np.float64)
    categories, channels = totals["categories"], totals["channels"]
    scale = Scale.of(found, len(categories), len(channels))
    placed = groups(scale(found), most=most)
    return Model(categories, channels, scale, placed.centres), placed


def told(model: Model, mine: Floats) -> list[Told]:
    """What sets a group apart, the clearest few in the order of habits; `mine` are its features' means."""
    spread = np.divide(1.0, model.scale.unit, out=np.ones_like(mine), where=model.scale.unit > 0)
    lists = (("category", model.categories), ("channel", model.channels))
    names = [*((one, "") for one in USUAL), *((kind, name) for kind, found in lists for name in found)]
    weights = np.concatenate([np.ones(len(USUAL)), *(np.full(len(found), max(len(found), 1) ** -0.5) for _, found in lists)])  # fmt: skip
    away = np.where(model.scale.unit > 0, (mine - model.scale.middle) / (spread * weights), 0.0)
    clear = [
        (Told(habit, name, bool(gap > 0)), abs(gap))
        for (habit, name), gap in zip(names, away, strict=True)
        if abs(gap) >= CLEAR and (gap > 0 or not name)
    ]
    clearest = sorted(clear, key=lambda each: -each[1])[:MOST_TOLD]
    return [one for one, _ in clear if one in [each for each, _ in clearest]]
