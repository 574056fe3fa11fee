"""PDF: the report's words laid out by Typst."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Literal

from masarat.show.paper import pdf
from masarat.show.reports.build import Report
from masarat.show.reports.document import document

TEMPLATE = Path(__file__).with_name("report.typ")
MARK = Path(__file__).parents[1] / "pages" / "static" / "mark.svg"


def write(report: Report) -> bytes:
    return typeset(report, "pdf")[0]


def typeset(report: Report, form: Literal["pdf", "png"], ppi: float = 144) -> list[bytes]:
    """The document as one PDF, or as one PNG a page. FontsMissing where the typeface was not fetched."""
    words = asdict(document(report)) | {"mark": MARK.read_text("utf-8")}
    return pdf.typeset(TEMPLATE, words, report.made_at, form, ppi)
