"""The words of one part of the product: NAME.en.ftl and NAME.ar.ftl beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from masarat.words import Words

HERE = Path(__file__).parent


@cache
def words(name: str) -> Words:
    return Words(*((HERE / f"{name}.{language}.ftl").read_text("utf-8") for language in ("en", "ar")))
