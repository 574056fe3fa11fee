"""The page docs/sources.md, written from the sources, kinds and connectors themselves: `make docs`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masarat.collect.connectors import CONNECTORS
from masarat.collect.fields import FIELD_NAMES
from masarat.collect.kinds import KINDS, Kind
from masarat.collect.sources import SOURCES, Source

HEAD = """# Sources

Written by `make docs` from the sources themselves.

Give `masarat import` any file, folder or zip. A file of a program in the first list is recognised by its columns (or say `--as NAME`);
anything else is understood by its headers, in Arabic or English, and by its values. What was understood is shown before anything is
taken in, and can be corrected with `--map field=column`. A file that comes again, whole or in part, adds nothing twice.
"""

ASKED = """Keys are encrypted; a sync that is cut off goes on from where it was. A key goes over https:// only, unless you connect with
`--insecure`. Of every connection the latest 200 runs are kept.

An owner connects programs in the app as well, under Sources, or with `POST /v1/connections`; there a key goes over https:// without exception,
and `folder` and `database`, which may read files of the machine that Masarat runs on, are connected on that machine alone.

`database` is tested with SQLite and PostgreSQL. With MariaDB 10.11 through PyMySQL (`pip install pymysql`) it was tried by hand: numbers
of orders as text under two collations, days (an empty `0000-00-00` too), moments, decimals, texts in Arabic, bytes, a wrong password, a
query that would lock, and a sync cut off in the middle that goes on. MySQL itself was not tried.
"""


def sources_page() -> str:
    """What can be brought in: files of programs, kinds of tables with their fields, programs that are asked."""
    files = _table(
        ("`--as`", "program", "tables", "where the file is"),
        ((f"`{each.name}`", f"{each.title} · {each.arabic}", _tables(each), each.about) for each in SOURCES),
    )
    kinds = _table(("`--kind`", "a row is"), ((f"`{kind.name}`", kind.about) for kind in KINDS))
    programs = _table(
        ("`masarat connect`", "program", "needs", "where that is"),
        (
            (
                f"`{each.name}`",
                f"{each.title} · {each.arabic}",
                ", ".join(ask.title + (" (secret)" if ask.secret else "") for ask in each.asks),
                each.about,
            )
            for each in CONNECTORS
        ),
    )
    return "\n".join(
        [
            HEAD,
            f"## Files that are recognised\n\n{files}\n",
            f"## Kinds of tables\n\n{kinds}\n",
            *(_fields(kind) for kind in KINDS),
            f"## Programs that are asked\n\n{ASKED}\n{programs}\n",
        ]
    )


def _tables(source: Source) -> str:
    return ", ".join(dict.fromkeys(export.kind for export in source.exports)) or "documents"


def _fields(kind: Kind) -> str:
    rows = ((f"`{name}`", FIELD_NAMES[name].kind, FIELD_NAMES[name].meaning) for name in kind.fields)
    return f"### {kind.name}\n\n{_table(('field', 'read as', 'meaning'), rows)}\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
