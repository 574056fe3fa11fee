"""PDF: Typst lays out words that are given to it as data; nothing in them is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

from masarat.show.paper import Document
from masarat.show.typeface import FONTS, WEIGHTS, font

TEMPLATE = Path(__file__).with_name("paper.typ")


def write(document: Document, made_at: datetime) -> bytes:
    """The document on paper. FontsMissing where the typeface was not fetched."""
    words = {**asdict(document), "direction": document.direction}
    return typeset(TEMPLATE, words, made_at)[0]


def typeset(
    template: Path,
    words: Mapping[str, Any],
    made_at: datetime,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float = 144,
) -> list[bytes]:
    """What the template makes of the words, as one PDF, or as one PNG a page."""
    for weight in WEIGHTS:
        font(weight, "ttf")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    given = {"document": json.dumps(words, ensure_ascii=False)}
    compiler = typst.Compiler(str(template), font_paths=fonts, sys_inputs=given)
    made = compiler.compile(format=form, ppi=ppi, timestamp=int(made_at.timestamp()))
    return made if isinstance(made, list) else [made or b""]
