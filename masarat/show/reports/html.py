"""HTML in one file: style, typeface and pictures inside, no script, and nothing fetched from anywhere."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from masarat.show.pictures import css
from masarat.show.reports.build import Report
from masarat.show.reports.document import document
from masarat.show.reports.pdf import MARK
from masarat.show.tables import FIGURES
from masarat.show.typeface import FAMILY, font

INSIDE = (400, 600)  # weights of the typeface that travel with the file: 200 kB


def write(report: Report) -> bytes:
    place = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = place.get_template("report.html").render(
        document=document(report, theme="page"),
        style=Markup(_faces() + css()),
        mark=Markup(MARK.read_text("utf-8")),
        markup=Markup,  # pictures escape what they draw
        kinds=FIGURES,
    )
    return page.encode()


def _faces() -> str:
    """The typeface as data within the style."""
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode(font(weight).read_bytes()).decode()}) format('woff2')}}"
        for weight in INSIDE
    )
