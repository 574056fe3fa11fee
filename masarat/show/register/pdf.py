"""PDF: Typst lays out the register's words; nothing in them is ever read as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typst

from masarat.show.register.document import Document
from masarat.show.typeface import FONTS, WEIGHTS, font

TEMPLATE = Path(__file__).with_name("register.typ")


def write(document: Document, made_at: datetime) -> bytes:
    """The register on paper. FontsMissing where the typeface was not fetched."""
    for weight in WEIGHTS:
        font(weight, "ttf")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    words = json.dumps(asdict(document), ensure_ascii=False)
    compiler = typst.Compiler(str(TEMPLATE), font_paths=fonts, sys_inputs={"document": words})
    made = compiler.compile(format="pdf", timestamp=int(made_at.timestamp()))
    assert isinstance(made, bytes), "a PDF is one file"
    return made
