"""One answer as a picture to send: its title, sentence, figures, drawing and footer on a sheet as high as it needs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from masarat.analyse import Answer
from masarat.show.http.face import face
from masarat.show.paper.pdf import typeset
from masarat.show.pictures import draw
from masarat.words import Speaker

TEMPLATE = Path(__file__).with_name("poster.typ")
MARK = Path(__file__).parents[1] / "pages" / "static" / "mark.svg"
MOST_ROWS, MOST_COLUMNS, MOST_TILES = 12, 5, 4


def write(answer: Answer, page: Speaker) -> bytes:
    """The answer as PNG; where nothing can be drawn, its first rows. FontsMissing where the typeface was not fetched."""
    found, drawn = face(answer, page, rows=MOST_ROWS), draw(answer, width=720)
    words = {
        "language": answer.language,
        "direction": "rtl" if answer.language == "ar" else "ltr",
        "brand": page.say("masarat"),
        "mark": MARK.read_text("utf-8"),
        "title": answer.title,
        "sentence": answer.sentence,
        "figures": [
            {"title": tile.title, "value": tile.value, "change": tile.change}
            for tile in found.tiles[:MOST_TILES]
        ],
        "picture": drawn,
        "heads": [] if drawn else [heading.title for heading in found.headings[:MOST_COLUMNS]],
        "rows": [] if drawn else [row[:MOST_COLUMNS] for row in found.rows],
        "footer": found.footer,
    }
    return typeset(TEMPLATE, words, datetime.now(UTC), "png")[0]
