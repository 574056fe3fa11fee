"""PDF through Typst: report.typ lays out the document's words; nothing in them is ever read as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst

from masarat.show.reports.build import Report
from masarat.show.reports.document import document
from masarat.show.typeface import FONTS, WEIGHTS, font

TEMPLATE = Path(__file__).with_name("report.typ")
MARK = Path(__file__).parents[1] / "pages" / "static" / "mark.svg"


def write(report: Report) -> bytes:
    return typeset(report, "pdf")[0]


def typeset(report: Report, form: Literal["pdf", "png"], ppi: float = 144) -> list[bytes]:
    """The document as one PDF, or as one PNG a page. FontsMissing where the typeface was not fetched."""
    for weight in WEIGHTS:
        font(weight, "ttf")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    words = asdict(document(report)) | {"mark": MARK.read_text("utf-8")}
    made = typst.Compiler(
        str(TEMPLATE), font_paths=fonts, sys_inputs={"document": json.dumps(words, ensure_ascii=False)}
    ).compile(format=form, ppi=ppi, timestamp=int(report.made_at.timestamp()))
    return made if isinstance(made, list) else [made or b""]
