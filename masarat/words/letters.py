"""Which Latin letters write which Arabic ones, and how likely: a table learned from pairs of spellings, beside this file.

`python -m bench.names --learn` made it, from half of the people's names in Wikidata (CC0) and Google's transliteration data
(Apache-2.0); it holds letters and counts, no names. The other half measures it (docs/matching.md).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "letters.tsv"


@cache
def letters() -> dict[tuple[str, str], float]:
    """The probability of each piece: (Latin letters, Arabic letters), either of them possibly none."""
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    whole = sum(float(count) for _, _, count in rows)
    return {(latin, arabic): float(count) / whole for latin, arabic, count in rows}


def write(pieces: dict[tuple[str, str], float]) -> None:
    """Keep a learned table, as counts in a million."""
    rows = [f"{latin}\t{arabic}\t{probability * 1e6:.0f}" for (latin, arabic), probability in pieces.items()]
    TABLE.write_text(
        "# Latin letters, Arabic letters, how often in a million pieces\n" + "\n".join(rows) + "\n", "utf-8"
    )
