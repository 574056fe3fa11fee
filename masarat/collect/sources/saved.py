"""Replies of programs' APIs that somebody saved in a file, brought to rows as they are when the API is asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from masarat.collect.sheets import SAVE_AGAIN, Sheet
from masarat.collect.sources.documents import sheet_of
from masarat.collect.values import DIGITS
from masarat.errors import BadFile

Item = Mapping[str, Any]
Read = Callable[[Item], Iterable[Mapping[str, Any]]]  # a record → its rows: field or further property → value
START = 64 << 10  # bytes in which a record shows whose it is
LARGEST = 512 << 20
WRONG = "An amount in it is no number."
_DIGITS = str.maketrans(DIGITS)


def looks_like(path: Path, head: bytes, *signs: Sequence[bytes]) -> bool:
    """Whether a file begins as JSON does and names all of one of these groups of words."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return False
    with path.open("rb") as file:
        start = file.read(START)
    return any(all(b'"' + word + b'"' in start for word in group) for group in signs)


def parsed(path: Path, name: str) -> Any:
    """The whole file. Raises BadFile where it is cut short, or far too large for a reply."""
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than any reply.", "Save it in several files.")
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except ValueError as error:
        raise BadFile(f"{name} is cut short or damaged: it is not whole JSON.", SAVE_AGAIN) from error


def sheets_of(name: str, source: str, records: Iterable[tuple[str, Read, Item]]) -> list[Sheet] | None:
    """Records (kind of table, how it is read, the record itself) as a sheet a kind; None where there are none.

    Raises BadFile where none of them can be read.
    """
    rows: dict[str, list[dict[str, str]]] = {}
    broken: dict[str, list[tuple[dict[str, str], str, str]]] = {}
    for kind, read, item in records:
        try:
            rows.setdefault(kind, []).extend(map(texts, read(item)))
        except (InvalidOperation, TypeError, ValueError, AttributeError):
            raw = texts({key: value for key, value in item.items() if not isinstance(value, dict | list)})
            broken.setdefault(kind, []).append((raw, WRONG, SAVE_AGAIN))
    told = [kind for kind in rows if rows[kind]]
    if broken and not told:
        raise BadFile(f"{name} holds nothing that can be read. {WRONG}", SAVE_AGAIN)
    return [sheet_of(name, source, kind, rows[kind], broken.get(kind, ())) for kind in told] or None


def texts(row: Item) -> dict[str, str]:
    """A row with all its values as text, empty where they say nothing: pages whose columns come and go would each say something else."""
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def number(value: Any) -> Decimal:
    """An amount as APIs write it, as a number or as text; nothing is 0."""
    text = str(value if value not in (None, "") else 0).translate(_DIGITS).replace(",", "").replace("٫", ".")
    return Decimal(text.strip())


def vat_within(total: Any, net: Decimal, vat: Decimal) -> Decimal:
    """The VAT in a document's total, by the share that it has in its lines: whether their prices hold it or not, and after any discount."""
    whole = number(total) if total not in (None, "") else net + vat
    return whole * vat / (net + vat) if net + vat else vat


def first(item: Item, *names: str) -> Any:
    """The first of these that says something."""
    return next((item[name] for name in names if item.get(name) not in (None, "")), None)


def those(item: Item, *names: str) -> list[Item]:
    """The records in the first of these lists that is there; a single one counts as a list."""
    found: Any = next((item[name] for name in names if item.get(name)), [])
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, Mapping)]
