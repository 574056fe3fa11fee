"""One shop, opened: its events, its records, and everything that can be asked of or done with them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from masarat import analyse
from masarat.analyse import Analysis, Answer
from masarat.records import Records
from masarat.settings import Settings
from masarat.store import Store


class Shop:
    """A shop in this process. Opening the store takes its lock; nothing is opened before it is needed."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    @cached_property
    def store(self) -> Store:
        return Store(self.settings)

    @cached_property
    def records(self) -> Records:
        return Records(self.settings)

    def ask(self, question: Analysis | str, **parameters: Any) -> Answer:
        """The answer to a question, given as an analysis or by its name and parameters."""
        if isinstance(question, str):
            question = analyse.read(analyse.find(question), parameters)
        return analyse.ask(self.store, question)

    def close(self) -> None:
        for name in ("store", "records"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def __enter__(self) -> Shop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
