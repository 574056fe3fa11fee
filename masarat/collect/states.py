"""States of orders as shops write them, in Arabic and English, brought to STATUSES; and the kinds of documents that accounts write."""

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
    ("pending", r"pending|await|unpaid|on hold|draft|authorized|not paid|بانتظار|في انتظار|انتظار|معلق|غير مدفوع|مسوده|لم يدفع|قيد الدفع|\bquot(e|ation)\b|\brfq\b|عرض سعر|عرض السعر"),
)  # fmt: skip
CALLED_OFF = r"cancel|void|reject|declin|deleted|ملغ|الغا|محذوف|مرفوض|مبطل"
DRAFT = r"draft|quotation|\brfq\b|مسوده|عرض سعر"
# An invoice that was issued is a sale, paid or not; what comes back on it is a credit note of its own.
ISSUED: tuple[tuple[str, str], ...] = (
    ("cancelled", CALLED_OFF),
    ("pending", rf"{DRAFT}|pending|approval|بانتظار|في انتظار|قيد الاعتماد|معلق"),
)
ORDERED = (("off", CALLED_OFF), ("draft", DRAFT))

CREDIT, DEBIT, BILL = "credit note", "debit note", "bill"
DOCUMENTS: tuple[tuple[str, str], ...] = (
    ("entry", r"journal|\bentry\b|قيد يوم"),
    (BILL, r"vendor|supplier|purchase|\bin (invoice|refund|receipt)|مورد|مشتريات|شراء"),
    (CREDIT, r"credit note|credit memo|refund|return|^381$|داين|مرتجع|مسترد|استرداد"),
    (DEBIT, r"debit note|^383$|مدين"),
    ("prepayment", r"prepay|^386$|دفعه مقدمه"),
    ("quotation", r"quotation|estimate|pro ?forma|عرض سعر|مبديي"),
    ("invoice", r"invoice|receipt|^388$|فاتوره|ايصال"),
)  # fmt: skip
NO_SALES = ("entry", BILL, "prepayment", "quotation")
_OUTGOING = r"^(out|outbound|outgoing|outflow|send|send money|withdrawal)$|صرف|صادر"


def read_status(cells: pl.Series, *, issued: bool = False) -> pl.Series:
    """One of STATUSES; a state we do not know counts as completed, and an empty one too. `issued`: they are of invoices, not orders."""
    return translated(cells, issued_status_of if issued else status_of)


def status_of(text: str) -> str:
    return _first(STATES, text) or STATUSES[0]


def issued_status_of(text: str) -> str:
    """The state of an invoice, of which it does not matter whether it is paid."""
    return _first(ISSUED, text) or STATUSES[0]


def are_ordered(cells: pl.Series) -> pl.Series:
    """Which states of orders to suppliers and their bills say that it was meant: neither a draft nor called off."""
    return translated(cells, lambda text: _first(ORDERED, text)) == ""


def read_document(cells: pl.Series) -> pl.Series:
    """What kind of document each row is of: one of DOCUMENTS, or what stands there where it is none of them."""
    return translated(cells, lambda text: _first(DOCUMENTS, text) or text)


def goes_out(cells: pl.Series) -> pl.Series:
    """Which cells say that money was paid rather than received."""
    return translated(cells, lambda text: "out" if re.search(_OUTGOING, _plain(text)) else "") == "out"


def _first(words: tuple[tuple[str, str], ...], text: str) -> str:
    plain = _plain(text)
    return next((name for name, pattern in words if re.search(pattern, plain)), "") if plain else ""


def _plain(text: str) -> str:
    return re.sub("[_-]", " ", fold(text))


def knows_status(text: str) -> bool:
    """Whether the text is a state of an order at all; used to recognise the column."""
    words = r"complete|partial|جزي|paid|fulfil|deliver|shipped|process|approved|closed|مكتمل|تم |مدفوع|شحن|توصيل|تنفيذ|جديد|نشط|قيد"
    return status_of(text) != STATUSES[0] or bool(re.search(words, fold(text)))
