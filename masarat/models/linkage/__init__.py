"""Which records are of one person: Fellegi–Sunter, unsupervised.

blocking     which pairs are worth comparing
comparison   how two values of a field are compared
evidence     every such pair, level by level
fitting      how telling each level is, learned by expectation–maximisation
model        Linkage (what is compared) → Model (what was learned) → pairs with a probability
"""

from masarat.models.linkage.blocking import Blocking
from masarat.models.linkage.comparison import (
    Comparison,
    alike,
    days,
    edits,
    email,
    letters,
    same,
    spelling,
    start,
    whole,
)
from masarat.models.linkage.evidence import Evidence
from masarat.models.linkage.model import Linkage, Model

__all__ = [
    "Blocking",
    "Comparison",
    "Evidence",
    "Linkage",
    "Model",
    "alike",
    "days",
    "edits",
    "email",
    "letters",
    "same",
    "spelling",
    "start",
    "whole",
]
