"""The one typeface of reports, pages and pictures: IBM Plex Sans Arabic, for both scripts.

Its files stand in show/fonts; they are fetched when Masarat is built (web/fonts.py), and ship in the wheel.
"""

from __future__ import annotations

from pathlib import Path

from masarat.errors import MasaratError

FONTS = Path(__file__).parent / "fonts"

# Weight → the file's ending, and the family name that the TrueType file itself carries for it.
WEIGHTS: dict[int, tuple[str, str]] = {
    400: ("Regular", "IBM Plex Sans Arabic"),
    500: ("Medium", "IBM Plex Sans Arabic Medm"),
    600: ("SemiBold", "IBM Plex Sans Arabic SmBld"),
}
FAMILY = WEIGHTS[400][1]


class FontsMissing(MasaratError):
    """The typeface was not fetched when this copy of Masarat was built."""

    status = 503
    code = "fonts_missing"


def font(weight: int, kind: str = "woff2") -> Path:
    """The file of one weight; FontsMissing with the remedy where it is not there. `kind` is woff2 (browsers) or ttf (PDF)."""
    file = FONTS / f"IBMPlexSansArabic-{WEIGHTS[weight][0]}.{kind}"
    if not file.is_file():
        raise FontsMissing("The typeface is not here.", "Fetch it: make fonts (it needs npm).")
    return file
