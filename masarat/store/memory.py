"""What the engine answered, kept until something is written: looking at a page again, or exporting what it shows, asks nothing anew."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LARGEST = 8  # one answer may fill at most this part of the memory


class Memory:
    """Answers by what was asked, in at most so many bytes; those not asked for longest go first.

    It is right where every write passes through `writing`: that is, for a store that one process owns.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._kept: OrderedDict[object, bytes] = OrderedDict()
        self._size = self.writes = 0
        self._guard = threading.Lock()

    def recall(self, asked: object, read: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """The kept answer to `asked`, or the one that `read` gives; each caller has rows of its own."""
        with self._guard:
            kept, writes = self._kept.get(asked), self.writes
            if kept is not None:
                self._kept.move_to_end(asked)
        if kept is not None:
            found: list[dict[str, Any]] = pickle.loads(kept)  # our own bytes, which never left this process
            return found
        rows = read()
        packed = pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
        with self._guard:
            if writes == self.writes and len(packed) * LARGEST <= self.room and asked not in self._kept:
                self._kept[asked] = packed
                self._size += len(packed)
                while self._size > self.room:
                    self._size -= len(self._kept.popitem(last=False)[1])
        return rows

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written within, wholly or in part, makes all answers old; so does an answer begun before its end."""
        try:
            yield
        finally:
            with self._guard:
                self._kept.clear()
                self.writes, self._size = self.writes + 1, 0
