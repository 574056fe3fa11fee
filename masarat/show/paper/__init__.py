"""A plain document on paper and on a terminal: a title, and sections of notes and tables. The register, certificates and what is known of somebody."""

from __future__ import annotations

from dataclasses import dataclass, field

from masarat.settings import Language


@dataclass(frozen=True, slots=True)
class Section:
    """Notes, then a table; either may be missing."""

    title: str
    notes: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    language: Language
    brand: str
    title: str
    subtitle: str
    sections: list[Section]

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


__all__ = ["Document", "Section"]
