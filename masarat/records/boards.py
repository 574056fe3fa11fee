"""Boards as the records know them: a title, and cards in their order, each a question with the texts it is asked with.

A change says which version it was made of, so that of two people who change a board at once the second is told, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from masarat.errors import BadParameter, MasaratError, UnknownName
from masarat.records import Records, Transaction
from masarat.records.audit import note
from masarat.records.fitting import LARGEST
from masarat.records.models import BoardRecord, now

MOST_BOARDS = 50
MOST_CARDS = 24
MOST_PARAMETERS = 40
LONGEST_TITLE = 200
LONGEST_TEXT = 2000  # of one parameter
NAMING = ("search", "customer")  # parameters that are somebody's data


class BoardChanged(MasaratError):
    """A change was made of a version that is not the newest any more."""

    status = 409
    code = "board_changed"


class BoardsFull(MasaratError):
    """There are as many boards as there may be."""

    status = 409
    code = "boards_full"


@dataclass(frozen=True, slots=True)
class Card:
    """A pinned question: its name, the texts it is asked with as in an address, and how it stands on the board."""

    question: str
    parameters: dict[str, str]
    title: str = ""  # empty: the question's own, in the reader's language
    wide: bool = False


def card(given: object) -> Card:
    """A card as somebody sent it. BadParameter where it is none, or names somebody."""
    if not isinstance(given, Mapping):
        raise BadParameter("A card is an object.", 'Like {"question": "revenue", "parameters": {}}.')
    if unknown := set(given) - {"question", "parameters", "title", "wide"}:
        raise UnknownName(
            "part of a card", min(map(str, unknown)), ["parameters", "question", "title", "wide"]
        )
    question, parameters = given.get("question"), given.get("parameters", {})
    title, wide = given.get("title", ""), given.get("wide", False)
    if not (isinstance(question, str) and isinstance(title, str) and isinstance(wide, bool)):
        raise BadParameter("question and title are texts, wide is true or false.", "Write the card so.")
    return Card(question, _parameters(parameters), check_title(title, needed=False), wide)


def check_title(title: object, *, needed: bool = True) -> str:
    """The title itself, without blanks around it; BadParameter where it is too long, or missing."""
    if not isinstance(title, str) or "\0" in title or (needed and not title.strip()):
        raise BadParameter("A title is needed.", "Give a few words.")
    if len(title) > LONGEST_TITLE:
        raise BadParameter(f"The title is longer than {LONGEST_TITLE} characters.", "Make it shorter.")
    return " ".join(title.split())


def check_cards(cards: Iterable[Card]) -> list[Card]:
    """The cards themselves; BadParameter where they are too many, or one stands there twice."""
    found = list(cards)
    if len(found) > MOST_CARDS:
        raise BadParameter(f"A board has at most {MOST_CARDS} cards.", "Take one off, or make another board.")
    asked = [(one.question, one.parameters) for one in found]
    if any(one in asked[:place] for place, one in enumerate(asked)):
        raise BadParameter(
            "The board has this card already.", "Pin it to another board, or ask it differently."
        )
    return found


def every(records: Records) -> list[BoardRecord]:
    """All boards, by title."""
    with records.transaction() as t:
        return list(t.scalars(select(BoardRecord).order_by(BoardRecord.title, BoardRecord.id)))


def find(records: Records, number: int) -> BoardRecord:
    """One board; UnknownName where there is none of this number."""
    with records.transaction() as t:
        return _find(t, number)


def add(records: Records, title: str, cards: list[Card], actor: str) -> BoardRecord:
    """A new board; BoardsFull where there are as many as there may be."""
    with records.transaction() as t:
        if (t.scalar(select(func.count()).select_from(BoardRecord)) or 0) >= MOST_BOARDS:
            raise BoardsFull(f"There are {MOST_BOARDS} boards already.", "Remove one that nobody needs.")
        board = BoardRecord(title=title, cards=list(map(asdict, cards)), author=actor[:600])
        t.add(board)
        t.flush()
        _note(t, board, actor, "make")
    return board


def change(
    records: Records, number: int, version: int, title: str, cards: list[Card], actor: str
) -> BoardRecord:
    """The board with another title and other cards. BoardChanged where `version` is not the newest."""
    late = BoardChanged(
        "Somebody else has changed this board meanwhile.", "Load it anew, and make your change again."
    )
    try:
        with records.transaction() as t:
            board = _find(t, number)
            if board.version != version:
                raise late
            board.title, board.cards, board.changed_at = title, list(map(asdict, cards)), now()
            t.flush()
            _note(t, board, actor, "change")
    except StaleDataError:
        raise late from None
    return board


def remove(records: Records, number: int, actor: str) -> BoardRecord:
    """Away with a board; back comes what it was."""
    with records.transaction() as t:
        board = _find(t, number)
        t.delete(board)
        _note(t, board, actor, "remove")
    return board


def is_about(board: BoardRecord, names_them: Callable[[bytes], bool]) -> bool:
    """Whether a text of the board names somebody."""
    return any(names_them(text.encode()) for text in (board.title, *_texts(board.cards)))


def forget(board: BoardRecord, names_them: Callable[[bytes], bool]) -> None:
    """Take off the cards that name somebody who is erased; a title that does becomes the board's number."""
    if not is_about(board, names_them):
        return
    if names_them(board.title.encode()):
        board.title = str(board.id)
    board.cards = [one for one in board.cards if not any(names_them(text.encode()) for text in _texts([one]))]


def to_json(board: BoardRecord) -> dict[str, Any]:
    """A board for whoever may ask."""
    return {
        "id": board.id,
        "title": board.title,
        "version": board.version,
        "cards": board.cards,
        "changed_at": board.changed_at.isoformat(),
    }


def _find(t: Transaction, number: int) -> BoardRecord:
    found = t.get(BoardRecord, number) if 0 < number <= LARGEST else None
    if found is None:
        known = [str(one) for one in t.scalars(select(BoardRecord.id).order_by(BoardRecord.id))]
        raise UnknownName("board", str(number), known or ["none yet"])
    return found


def _parameters(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping) or len(given) > MOST_PARAMETERS:
        raise BadParameter(
            "parameters is an object of texts.", f"Give at most {MOST_PARAMETERS}, as in an address."
        )
    for name, text in given.items():
        if not isinstance(text, str) or "\0" in text or len(text) > LONGEST_TEXT or len(name) > LONGEST_TITLE:
            raise BadParameter(
                f"The parameter {name[:50]} is no text of at most {LONGEST_TEXT:,} characters.",
                "Make it shorter.",
            )
        if name in NAMING and text.strip():
            raise BadParameter(
                "A board, which all see, keeps no words by which one customer was looked for.",
                f"Empty {name}, then pin the answer.",
            )
    return {name: text for name, text in given.items() if text.strip()}


def _texts(cards: list[dict[str, Any]]) -> list[str]:
    return [text for one in cards for text in (one["title"], *one["parameters"].values())]


def _note(t: Transaction, board: BoardRecord, actor: str, deed: str) -> None:
    note(t, actor, "changed", "board", [str(board.id)], deed=deed, cards=len(board.cards))
