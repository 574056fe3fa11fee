"""What every view draws on: a sheet of known width that knows the answer's language, direction and colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_compact_decimal

from masarat.analyse.answer import Answer, AnswerColumn
from masarat.show.pictures.pointed import Attributes, tip
from masarat.show.pictures.scale import measures, ranged, shorten, width
from masarat.show.pictures.svg import element, text
from masarat.show.typeface import FAMILY, WEIGHTS
from masarat.store import Row
from masarat.words import FSI, LRI, PDI, Speaker, Words, speaker
from masarat.words.hijri import hijri_of

Said = tuple[list[str], Attributes]  # what stands within a mark, and its attributes
Anchor = Literal["start", "middle", "end"]
TIME = ("date", "month", "time")
LONG = 120  # places; more of them are a long picture
RLI = "\u2067"
HALO: dict[str, str | float | None] = {"paint_order": "stroke", "stroke_width": 3, "stroke_linejoin": "round"}
OTHER_END: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}

WORDS = Words(
    en="""
before = the period before
unknown = not stated
drawn = { $title }: the largest { $drawn } of { $all }
ended = { $n } ended here
ends = ended here
ramadan = Ramadan
eid-fitr = Eid al-Fitr
eid-adha = Eid al-Adha
white-friday = White Friday
""",
    ar="""
before = الفترة السابقة
unknown = غير مذكور
drawn = { $title }: أكبر { $drawn } من { $all }
ended = انتهى هنا { $n }
ends = انتهى هنا
ramadan = رمضان
eid-fitr = عيد الفطر
eid-adha = عيد الأضحى
white-friday = الجمعة البيضاء
""",
)


@dataclass(frozen=True, slots=True)
class Canvas:
    """Places are counted from the left; `along` and `turned` mirror them where the language runs from the right."""

    answer: Answer
    colours: Mapping[str, str]
    width: float
    pointed: bool = False  # whether it answers the pointer, as in the app
    behind: Mapping[int, int] = field(default_factory=dict)  # of rows by their id: their place in the table

    @property
    def rtl(self) -> bool:
        return self.answer.language == "ar"

    @property
    def speaker(self) -> Speaker:
        return speaker(WORDS, self.answer.language, self.answer.calendar)

    # Mirroring: views that are not about time think from the start of the line

    def along(self, x: float) -> float:
        return self.width - x if self.rtl else x

    def turned(self, anchor: Anchor) -> Anchor:
        return OTHER_END[anchor] if self.rtl else anchor

    # Drawing

    def write(
        self, x: float, y: float, words: str, anchor: Anchor = "start", *,
        size: float = 12, weight: int = 400, colour: str = "quiet", room: float = 1e6, over: bool = False,
    ) -> str:  # fmt: skip
        """Words at a place; `room` shortens them, and then the whole stands in the tooltip. `over` colours they have a halo."""
        shown = shorten(words, size, room)
        whole = [element("title", text(words))] if shown != words else []
        own = WEIGHTS[weight][1]
        return element(
            "text", text(self._run(shown)), *whole, x=x, y=y, text_anchor=anchor, font_size=size,
            font_weight=str(weight) if weight != 400 else None,
            font_family=f"{own}, {FAMILY}" if own != FAMILY else None,
            fill=self.colours[colour], **({**HALO, "stroke": self.colours["card"]} if over else {}),
        )  # fmt: skip

    def _run(self, words: str) -> str:
        """The words as one run in the language's direction, whatever is around them."""
        return f"{RLI if self.rtl else FSI}{words}{PDI}"

    def line(self, points: list[tuple[float, float]], **attributes: str | float | None) -> str:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        return element(
            "path", d=path, fill="none", stroke_linejoin="round", stroke_linecap="round", **attributes
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str = "line") -> str:
        return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=self.colours[colour], stroke_width=1)

    def said(self, name: str, values: Iterable[tuple[str, str]], words: str, row: Row | None = None) -> Said:
        """What a mark says when it is pointed at: a tooltip of `words`, or in the app its name, its values and its row in the table."""
        if not self.pointed:
            return ([element("title", text(words))] if words else []), {}
        return [], {"data_tip": tip(name, values), "data_row": self.behind.get(id(row))}

    def together(self, pieces: list[str], **attributes: str | float | None) -> list[str]:
        """In the app these pieces as one, with attributes; elsewhere as they are."""
        return [element("g", *pieces, **attributes)] if self.pointed and pieces else pieces

    def bar(
        self, start: float, y: float, length: float, height: float, colour: str, said: Said | None = None
    ) -> str:
        """A bar from `start` on, in the direction of the line; what it says shows when it is pointed at."""
        left = self.width - start - length if self.rtl else start
        children, attributes = said or ([], {})
        return element(
            "rect", *children, x=left, y=y, width=max(length, 1), height=height, rx=min(3, height / 3),
            fill=self.colours[colour], **attributes,
        )  # fmt: skip

    # Words of values

    def value(self, column: AnswerColumn, value: Any) -> str:
        """A value in full, as in the table."""
        if value in (None, "") and column.kind in ("text", "list"):
            return self.speaker.say("unknown")
        return self.speaker.value(column.kind, value, self.answer.currency)

    def values(self, column: AnswerColumn, values: Sequence[float | None]) -> list[str | None]:
        """The values of a line that is pointed at, in full; of a long one money without its cents, which nobody reads there."""
        whole = column.kind == "money" and len(values) > LONG
        return [
            None if value is None
            else self.speaker.money(value, self.answer.currency, whole=True) if whole
            else self.value(column, value)
            for value in values
        ]  # fmt: skip

    def place(self, row: Row) -> str:
        """What stands under a bar: its name, or the stretch that it counts."""
        axis, end, *_ = self.answer.picture.columns
        if not ranged(self.answer):
            return self.value(axis, row[axis.name])
        first, last = (self.speaker.number(row[column.name]) for column in (axis, end))
        stretch = f"{first}–{last}" if row[end.name] is not None else f"{first}+"
        return f"{LRI}{stretch}{PDI}" if self.rtl else stretch

    def short(self, column: AnswerColumn, value: float | None) -> str:
        """A value in little room: 1.5M, 1.5 مليون; money without its currency, which the caption names."""
        if value is None or column.kind == "percent":
            return self.speaker.percent(value)
        if column.kind == "duration":
            return self.speaker.duration(value)
        whole = abs(value) < 1000 and column.kind not in ("number", "days")
        digits = 0 if whole else 1 if abs(value) >= 1 else 2
        short = format_compact_decimal(
            round(value, digits), locale=self.answer.language, fraction_digits=digits
        )
        number, space, unit = short.partition("\xa0")
        return f"{LRI}{number}{PDI}{space}{unit}" if self.rtl else short

    def day(self, day: date, kind: str, *, monthly: bool) -> tuple[str, str]:
        """A day on the axis: what changes from tick to tick, and the year that stands under it; of a time, the day."""
        if isinstance(day, datetime):
            return f"{day:%H:%M}", self.day(day.date(), "date", monthly=False)[0]
        if self.answer.calendar == "hijri" and (hijri := hijri_of(day)):
            name = hijri.month_name(self.answer.language)
            return (name if monthly else f"{hijri.day} {name}"), str(hijri.year)
        pattern = "MMM" if monthly or kind == "month" else "d MMM"
        return str(format_date(day, pattern, self.answer.language)), str(day.year)

    def caption(self, column: AnswerColumn) -> str:
        """What is measured, and in what."""
        if column.kind != "money":
            return column.title
        return f"{column.title} ({self.speaker.sign(self.answer.currency)})"

    def heading(self, note: str = "") -> str:
        """The caption over a picture, at the start of the line."""
        drawn = measures(self.answer)
        if ranged(self.answer):
            sign = self.speaker.sign(self.answer.currency)
            note = f"{self.caption(drawn[0])} · {self.answer.title} ({sign})"
        unit = self.speaker.sign(self.answer.currency) if drawn[0].kind == "money" else ""
        caption = note or (self.caption(drawn[0]) if len(drawn) == 1 else unit)
        return self.write(self.along(0), 12, caption, self.turned("start"), size=12)

    def dashed(self, points: list[tuple[float, float]]) -> str:
        """A quiet line, for what is only there to compare with."""
        return self.line(points, stroke=self.colours["quiet"], stroke_width=1.5, stroke_dasharray="2 5")

    def before(self) -> list[str]:
        """What the quiet line is, said at the end of the heading's line."""
        words = self.speaker.say("before")
        end = self.width - width(words, 12) - 8
        return [
            self.write(self.along(self.width), 12, words, self.turned("end")),
            self.dashed([(self.along(end - 26), 8), (self.along(end), 8)]),
        ]
