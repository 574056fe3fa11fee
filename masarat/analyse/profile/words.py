"""What the profile and its timeline say: profile.*.ftl and timeline.*.ftl beside the other words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import masarat.words
from masarat.words import Words


@cache
def words(name: str) -> Words:
    here = Path(masarat.words.__file__).parent
    return Words(*((here / f"{name}.{language}.ftl").read_text("utf-8") for language in ("en", "ar")))
