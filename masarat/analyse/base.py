"""The shape of a question, and how one is asked.

A question is one class in one file: a docstring that is its manual page, parameters, a query of named steps, and one plain
sentence in each language. Add it to ANALYSES and it has a place in Python, the command line, HTTP, reports and docs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from masarat.analyse.answer import Answer, AnswerColumn, Column, Number, Picture, Readiness, Span, View
from masarat.analyse.frame import SALES, Bucket, Facts, Frame, dimension, facts, read_segment
from masarat.analyse.moves import Unseen
from masarat.analyse.noted import noted
from masarat.analyse.notes import notes_on_comparison
from masarat.analyse.period import Compare, Period, read_period
from masarat.analyse.rates import note_on_rates, with_rates
from masarat.analyse.told import NOTHING, Told
from masarat.errors import BadParameter, UnknownName
from masarat.events import EVENT_NAMES
from masarat.settings import Language
from masarat.store import Query, Row, Store
from masarat.words import Speaker, Words, speaker

NAMING = "customer"  # the column in which questions name customers, by an identifier
Mask = Callable[[Any], Any]  # rows as whoever asks may see them
SMALL_SAMPLE = 30  # below this an answer carries a warning


@dataclass(frozen=True, slots=True)
class Need:
    """What a question cannot do without: an event that must have been seen, and how many days of it."""

    event: str
    days: int = 0


@dataclass(slots=True)
class Found:
    """What the store returned for one question, for `interpret` and `explain` to work on."""

    frame: Frame
    rows: list[Row]
    totals: Row
    picture: list[Row]
    before: Row = field(default_factory=dict)  # the compared period's totals; empty where nothing is compared
    before_rows: list[Row] = field(default_factory=list)
    before_picture: list[Row] = field(default_factory=list)
    speaker: Speaker = field(kw_only=True)

    def say(self, key: str, **values: Any) -> str:
        return self.speaker.say(key, **values)

    def money(self, name: str, row: Row | None = None) -> str:
        """A total (or a cell of a row) as whole money for a sentence."""
        return self.speaker.money(
            (self.totals if row is None else row)[name], self.frame.currency, whole=True
        )

    def percent(self, name: str, row: Row | None = None) -> str:
        return self.speaker.percent((self.totals if row is None else row)[name])

    def change(self, name: str) -> float | None:
        return relative_change(self.totals.get(name), self.before.get(name))

    def change_words(self, name: str) -> str:
        """'up 8.9 %', 'down 3 %', 'unchanged'; empty where nothing is compared."""
        return self.change_in_words(self.change(name))

    def change_in_words(self, change: float | None) -> str:
        if change is None:
            return ""
        if abs(change) < 0.0005:
            return self.say("change-none")
        return self.say(
            "change-up" if change > 0 else "change-down", percent=self.speaker.percent(abs(change))
        )


def relative_change(now: Any, before: Any) -> float | None:
    """(now − before) / |before|; none where either is missing or there is nothing to compare with."""
    if not isinstance(now, (int, float)) or not isinstance(before, (int, float)) or before == 0:
        return None
    return (now - before) / abs(before)


class Analysis(BaseModel):
    """A question with its parameters; instances are questions ready to be asked."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    period: str = Field(
        "all",
        description="Which days: all, 2025, 2025-11, last_30_days, 1446-09, ramadan_1446, 2025-01-01..2025-03-31.",
    )
    compare: Compare = Field(
        "previous", description="Compare with the period before, the same (Hijri) days last year, or none."
    )
    segment: str = Field("", description="Only these: country=Bahrain and channel!=email, or a saved in=vip.")
    breakdown: str = Field(
        "",
        description="Split by channel, source, country, city, branch, payment, coupon, campaign or device.",
    )
    currency: str = Field(
        "",
        pattern="^([A-Z]{3})?$",
        description="Currency to answer in; empty means the one most orders are in.",
    )
    calendar: Literal["", "gregorian", "hijri"] = Field(
        "", description="Calendar of months; empty means the shop's."
    )
    language: Literal["", "ar", "en"] = Field(
        "", description="Language of the answer; empty means the shop's."
    )

    name: ClassVar[str]
    view: ClassVar[View]
    columns: ClassVar[tuple[Column, ...]]
    numbers: ClassVar[tuple[Column, ...]] = ()
    picture: ClassVar[tuple[Column, ...]] = ()  # of the picture's own rows, where it has any
    words: ClassVar[Words]
    example: ClassVar[Analysis]
    needs: ClassVar[tuple[Need, ...]] = (Need("Order Completed"),)
    about: ClassVar[tuple[str, ...]] = SALES  # whose first and last day bound 'all'; empty: all events
    sample: ClassVar[str] = "orders"  # the total that counts what the answer rests on
    breaks_down: ClassVar[bool] = False
    whole_start: ClassVar[bool] = False  # the period reaches back to where its first bucket begins

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def takes(self, rate: str) -> bool:
        """Whether a rate of the shop counts where the question has none."""
        return rate in type(self).model_fields

    def query(self, frame: Frame) -> Query:
        """The SQL, in named steps."""
        raise NotImplementedError

    def interpret(self, found: Found) -> Found:
        """Arithmetic that SQL is not for; most questions need none."""
        return found

    def explain(self, found: Found) -> str:
        """One plain sentence: what is so, by how much, compared with what."""
        raise NotImplementedError

    def notes(self, found: Found) -> list[str]:
        """Warnings of this question's own."""
        return []

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Of the declared columns those that this very question has; most have all."""
        return columns

    def in_words(self, key: str, language: Language) -> str:
        return speaker(self.words, language).say(key)


def read(kind: type[Analysis], parameters: dict[str, Any]) -> Analysis:
    """A question from loose parameters (strings allowed); BadParameter names the field and what was expected."""
    known = list(kind.model_fields)
    for given in parameters:
        if given not in known:
            raise UnknownName(f"parameter of {kind.name}", given, known)
    try:
        return kind.model_validate(parameters)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(map(str, first["loc"]))
        raise BadParameter(f"{path} = {first['input']!r}: {first['msg']}.", _expected(kind, path)) from None


def _expected(kind: type[Analysis], path: str) -> str:
    info = kind.model_fields.get(path)
    if info is None:
        return ""
    choices = [choice for choice in get_args(info.annotation) if isinstance(choice, str) and choice]
    return f"Choose one of: {', '.join(choices)}." if choices else info.description or ""


def ask(
    store: Store,
    question: Analysis,
    *,
    today: date | None = None,
    tag: str = "",
    mask: Mask | None = None,
    told: Told = NOTHING,
) -> Answer:
    """Answer a question from a store. `today` is for tests; `tag` lets the question be cancelled; `mask` shows customers in rows as whoever asks
    may see them, so that sentences do too; `told` is what the records say.

    Raises BadParameter for what cannot be understood and QueryTooLong at the limits; too little data is an answer, not an error.
    """
    question, shops = with_rates(question, store.settings)
    known, frame = _asked(store, question, today, told)
    speak = speaker(question.words, frame.language, frame.calendar)
    readiness, gaps = _readiness(question, known, speak)
    if gaps:
        found = Found(frame, [], {}, [], speaker=speak)
        return _answer(question, found, gaps[0], gaps, readiness)
    try:
        found = _find(store, question, frame, speak, tag)
    except Unseen as missing:
        readiness.append(Readiness(need=missing.name, have="0 × 0 d", ready=False))
        gap = speak.say("note-needs", event=event_title(missing.name, frame.language))
        return _answer(question, Found(frame, [], {}, [], speaker=speak), gap, [gap], readiness)
    if not found.totals.get(question.sample):
        empty = _nothing(question, frame, speak)
        return _answer(question, found, empty, [empty], readiness)
    named = {str(row[NAMING]) for row in found.rows if row.get(NAMING)}
    found = _masked(found, mask) if mask else found
    notes = [*_notes(question, found), *note_on_rates(question, shops, speak)]
    answer = _answer(question, found, question.explain(found), notes, readiness)
    return answer.model_copy(update={"named": named, **noted(answer, told, speak)})


def _masked(found: Found, mask: Mask) -> Found:
    lists = ("rows", "totals", "picture", "before_rows", "before", "before_picture")
    return replace(found, **{name: mask(getattr(found, name)) for name in lists})


def explain(store: Store, question: Analysis, *, today: date | None = None, told: Told = NOTHING) -> Query:
    """How a question would be answered: its SQL in named steps, with the values they bind."""
    question, _ = with_rates(question, store.settings)
    return question.query(_asked(store, question, today, told)[1])


def _asked(store: Store, question: Analysis, today: date | None, told: Told) -> tuple[Facts, Frame]:
    """What the log holds, and the frame of a question."""
    settings, known = store.settings, facts(store, store.settings.timezone)
    if question.breakdown and not question.breaks_down:
        raise BadParameter(
            f"{question.name} cannot be broken down.",
            "Ask for one part with segment, e.g. segment='channel=email'.",
        )
    now = today or datetime.now(settings.zone).date()
    period = read_period(question.period, now, known.span(question.about) or (now, now))
    frame = Frame(
        period=period,
        before=None,
        currency=question.currency or next(iter(known.currencies), settings.currency),
        calendar=question.calendar or settings.calendar,
        language=question.language or settings.language,
        settings=settings,
        facts=known,
        segment=read_segment(question.segment),
        breakdown=dimension(question.breakdown),
        told=told,
    )
    if question.whole_start:
        period = replace(period, first=frame.buckets(_by(question))[0])
    return known, replace(frame, period=period, before=period.before(question.compare))


def _by(question: Analysis) -> Bucket:
    """The length of the question's buckets."""
    return cast(Bucket, getattr(question, "by", "day"))


def _find(store: Store, question: Analysis, frame: Frame, speak: Speaker, tag: str) -> Found:
    rows, totals, picture = _run(store, question.query(frame), tag)
    found = Found(frame, rows, totals, picture, speaker=speak)
    if frame.before:
        found.before_rows, found.before, found.before_picture = _run(
            store, question.query(frame.earlier()), tag
        )
    return question.interpret(found)


def _run(store: Store, query: Query, tag: str) -> tuple[list[Row], Row, list[Row]]:
    rows = store.rows(query, tag=tag)
    if query.totals == query.last:
        totals = rows[0] if rows else {}
    else:
        totals = store.rows(query, query.totals, tag=tag)[0] if query.totals else {}
    return rows, totals, store.rows(query, query.picture, tag=tag) if query.picture else []


def _readiness(question: Analysis, known: Facts, speak: Speaker) -> tuple[list[Readiness], list[str]]:
    """What is needed and had, and a sentence for each gap."""
    found, gaps = [], []
    if not known.counts:
        gaps.append(speak.say("note-no-data"))
    for need in question.needs:
        have = known.counts.get(need.event, 0)
        first, last = known.days.get(need.event, (date.min, date.min))
        days = (last - first).days + 1 if have else 0
        ready = have > 0 and days >= need.days
        wanted = f"{need.event} × {need.days} d" if need.days else need.event
        found.append(Readiness(need=wanted, have=f"{have} × {days} d", ready=ready))
        if not have:
            gaps.append(speak.say("note-needs", event=event_title(need.event, speak.language)))
        elif not ready:
            gaps.append(speak.say("note-needs-days", needs=need.days, have=days))
    return found, gaps


def event_title(name: str, language: Language) -> str:
    """An event's name for people: the Segment name in English, our own words in Arabic."""
    return EVENT_NAMES[name].arabic if language == "ar" and name in EVENT_NAMES else name


def _nothing(question: Analysis, frame: Frame, speak: Speaker) -> str:
    span = frame.facts.span(question.about)
    if span is None:
        return speak.say("note-no-data")
    within = span[0] <= frame.period.last and frame.period.first <= span[1]
    if within and (question.segment or question.currency):
        return speak.say("note-none-like-it")
    return speak.say("note-empty", first=speak.day(span[0]), last=speak.day(span[1]))


def _notes(question: Analysis, found: Found) -> list[str]:
    """Warnings that every question gives where they apply, then its own."""
    notes, speak, frame = [], found.speaker, found.frame
    sample = found.totals[question.sample]
    if question.sample == "orders" and sample < SMALL_SAMPLE:
        notes.append(speak.say("note-small", n=int(sample)))
    if (unidentified := found.totals.get("unidentified")) and question.sample == "orders":
        notes.append(speak.say("note-unidentified", share=speak.percent(unidentified / sample)))
    others = [name or "?" for name in frame.facts.currencies if name != frame.currency]
    if others and question.about == SALES:
        notes.append(speak.say("note-currencies", currency=frame.currency, others=", ".join(others)))
    if "compare" in question.model_fields_set and question.compare != "none" and frame.before is None:
        notes.append(speak.say("note-no-compare"))
    by = _by(question)
    if by in ("week", "month") and len(frame.buckets(by)) > 1 and (cut := frame.cut(by)) != "none":
        notes.append(speak.say("note-cut", by=by, cut=cut))
    return notes + notes_on_comparison(question.compare, frame, speak) + question.notes(found)


def _answer(
    question: Analysis, found: Found, sentence: str, notes: Sequence[str], readiness: list[Readiness]
) -> Answer:
    frame, speak = found.frame, found.speaker
    numbers = [
        Number(
            **_column(column, speak).model_dump(),
            value=found.totals.get(column.name),
            before=found.before.get(column.name),
            change=found.change(column.name),
        )
        for column in question.kept(question.numbers)
        if found.totals
    ]
    columns = [
        _column(column, speak)
        for column in question.kept(question.columns)
        if column.name != "breakdown" or frame.breakdown
    ]
    drawn = [_column(column, speak) for column in question.kept(question.picture)] or columns
    return Answer(
        analysis=question.name,
        title=speak.say("title"),
        parameters=question.model_dump()
        | {"currency": frame.currency, "calendar": frame.calendar, "language": frame.language},
        sentence=sentence,
        numbers=numbers,
        columns=columns,
        rows=_only(found.rows, columns),
        view=question.view,
        picture=Picture(
            view=question.view,
            columns=drawn,
            rows=_only(found.picture if question.picture else found.rows, drawn),
            before=_only(found.before_picture if question.picture else found.before_rows, drawn),
        ),
        notes=list(notes),
        readiness=readiness,
        period=_span(frame.period),
        compared=_span(frame.before),
        currency=frame.currency,
        language=frame.language,
        calendar=frame.calendar,
        sample=int(found.totals.get(question.sample) or 0),
    )


def _column(column: Column, speak: Speaker) -> AnswerColumn:
    return AnswerColumn(
        name=column.name, kind=column.kind, title=speak.say(column.name), formula=speak.formula(column.name)
    )


def _only(rows: list[Row], columns: list[AnswerColumn]) -> list[Row]:
    return [{column.name: row.get(column.name) for column in columns} for row in rows]


def _span(period: Period | None) -> Span | None:
    return Span(first=period.first, last=period.last) if period else None
