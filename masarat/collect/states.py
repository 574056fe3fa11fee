"""States of orders as shops write them, in Arabic and English, brought to STATUSES."""

from __future__ import annotations

import re

import polars as pl

from masarat.collect.fields import STATUSES
from masarat.collect.values import translated
from masarat.words.folding import fold

# Words that decide a state, the strongest first: "partially refunded" is left to the refunded amount.
STATES: tuple[tuple[str, str], ...] = (
    ("completed", r"partial|جزي|جزء"),
    ("refunded", r"refund|return|مسترجع|مسترد|مرتجع|استرجاع|استرداد|ارجاع|مرجع|معاد|رجيع"),
    ("cancelled", r"cancel|void|fail|declin|reject|expired|ملغ|الغ|محذوف|مرفوض|فشل|فاشل|لم يتم الدفع|منتهي"),
    ("pending", r"pending|await|unpaid|on hold|draft|authorized|not paid|بانتظار|في انتظار|انتظار|معلق|غير مدفوع|مسوده|لم يدفع|قيد الدفع"),
)  # fmt: skip


def read_status(cells: pl.Series) -> pl.Series:
    """One of STATUSES; a state we do not know counts as completed, and an empty one too."""
    return translated(cells, status_of)


def status_of(text: str) -> str:
    folded = re.sub("[_-]", " ", fold(text))
    return next((status for status, words in STATES if re.search(words, folded)), STATUSES[0])


def knows_status(text: str) -> bool:
    """Whether the text is a state of an order at all; used to recognise the column."""
    words = r"complete|partial|جزي|paid|fulfil|deliver|shipped|process|approved|closed|مكتمل|تم |مدفوع|شحن|توصيل|تنفيذ|جديد|نشط|قيد"
    return status_of(text) != STATUSES[0] or bool(re.search(words, fold(text)))
