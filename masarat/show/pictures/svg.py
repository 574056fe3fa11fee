"""SVG as text: elements, escaped; and themes, the colours by their names in the design."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Theme = Literal["light", "dark", "page"]

LIGHT: dict[str, str] = {
    "paper": "#FBFAF7",
    "card": "#FFFFFF",
    "ink": "#1D2433",
    "quiet": "#5B6472",
    "line": "#E4E1D8",
    "brand": "#0F766E",
    "attention": "#B45309",
    "cell": "#0F766E",
    "series-1": "#0F766E",
    "series-2": "#3B6FB6",
    "series-3": "#B45309",
    "series-4": "#7C5CBF",
    "series-5": "#4D7C0F",
    "series-6": "#BE4B73",
    "series-7": "#0E7490",
    "series-8": "#6B7280",
}
DARK: dict[str, str] = {
    "paper": "#12161F",
    "card": "#181D28",
    "ink": "#E9ECF2",
    "quiet": "#9AA4B2",
    "line": "#2A3140",
    "brand": "#2DD4BF",
    "attention": "#F59E0B",
    "cell": "#0F766E",
    "series-1": "#2DD4BF",
    "series-2": "#7FA8E8",
    "series-3": "#F0A24B",
    "series-4": "#B79CF2",
    "series-5": "#A3D65C",
    "series-6": "#F08FB0",
    "series-7": "#56C6DC",
    "series-8": "#9CA3AF",
}
THEMES: dict[Theme, Mapping[str, str]] = {
    "light": LIGHT,
    "dark": DARK,
    "page": {name: f"var(--{name}, {colour})" for name, colour in LIGHT.items()},
}

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def css() -> str:
    """The variables that pictures of the theme `page` take their colours from, light and dark."""
    light, dark = (
        "".join(f"--{name}:{colour};" for name, colour in theme.items()) for theme in (LIGHT, DARK)
    )
    chosen = "data-mantine-color-scheme"  # light or dark, chosen in the app
    return (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root:not([{chosen}=light]){{{dark}}}}}"
        f"@media screen{{:root[{chosen}=dark]{{{dark}}}}}"
    )


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element; text_anchor becomes text-anchor, None is left out. Children are elements or `text(…)`."""
    written = "".join(
        f" {key.replace('_', '-')}={quoteattr(_plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def text(words: str) -> str:
    """Somebody's words, made safe to stand between tags."""
    return escape(NOT_XML.sub("", words))


def _plain(value: str | float) -> str:
    return NOT_XML.sub("", value) if isinstance(value, str) else f"{round(value, 2):.10g}"
