"""A rule: which customers are meant, written as a sentence, read into a small tree.

    did Order Completed where payment=mada at least 3 times in last 90 days and did not Order Refunded
    did Product Viewed then Order Completed within 7 days
    city is Riyadh|الرياض and (revenue in top 20% or average order at least 500) and not in vip

Moves are written as steps are (see moves.py). Quotes hold together what has such words in itself: did "Signed in at least once".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from typing import Literal, NoReturn

from masarat.analyse.frame import DIMENSIONS
from masarat.analyse.kinds import ITEMS
from masarat.analyse.moves import Step, read_step
from masarat.errors import BadParameter
from masarat.events import EVENT_NAMES
from masarat.records.segments import check_name, name_of

Measure = Literal["orders", "revenue", "recency", "average order"]
Bound = Literal["top", "bottom", "least", "most", "over", "under", "between", "is"]

MEASURES: tuple[Measure, ...] = ("orders", "revenue", "recency", "average order")
FACTS = ("gender", "language", "company")  # what a profile tells; others as trait.NAME
FIELDS = (*DIMENSIONS, *FACTS)
WHO_THEY_ARE = {
    "address",
    *(name.lower() for item in ITEMS if item.name in ("name", "email", "phone") for name in item.traits),
}
UNITS = {"minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}  # seconds
LONGEST, MOST_TESTS, DEEPEST, MOST_STEPS = 2_000, 20, 20, 8
STARTS = ("did", "not", "in", "(", *MEASURES, *FIELDS, "trait.NAME")
TOKEN = re.compile(r'"([^"]*)"|[()]|[^\s()"]+(?:"[^"]*")?')
PERIOD = re.compile(r"\d{4}\b.*|(last|this|ramadan|today|yesterday)(_\w+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """Which moves count: those of the last days, since or before a day, or of a period."""

    how: Literal["last", "since", "before", "in"]
    text: str  # the day or the period
    days: int = 0


@dataclass(frozen=True, slots=True)
class Did:
    """That somebody did this so often, or these one after another."""

    steps: tuple[Step, ...]
    least: int = 1
    most: int | None = None
    within: timedelta | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """That a fact about somebody is one of these."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """That a measure of somebody's orders is in bounds; top and bottom are shares of all buyers in percent."""

    measure: Measure
    bound: Bound
    low: float
    high: float = 0


@dataclass(frozen=True, slots=True)
class In:
    """That somebody is in a saved segment."""

    segment: str


@dataclass(frozen=True, slots=True)
class Not:
    of: Rule


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Rule, ...]


Test = Did | Is | Measured | In
Rule = Test | Not | AllOf | AnyOf


class BadRule(BadParameter):
    """A rule that cannot be read: where, and what could stand there."""

    code = "bad_rule"


def read_rule(text: str) -> Rule:
    """A rule from its text; BadRule says where it cannot be read, and what is nearest."""
    if len(text) > LONGEST:
        raise BadRule(f"A rule has at most {LONGEST:,} characters; this has {len(text):,}.", "Save a part of it as a segment, and write: in NAME.")  # fmt: skip
    rule = _Reader(text).whole()
    if (count := sum(1 for _ in tests(rule))) > MOST_TESTS:
        raise BadRule(f"A rule has at most {MOST_TESTS} tests; this has {count}.", "Save a part of it as a segment, and write: in NAME.")  # fmt: skip
    return rule


def tests(rule: Rule) -> Iterator[Test]:
    """Its tests, in the order in which they are written."""
    match rule:
        case Not(of):
            yield from tests(of)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case _:
            yield rule


def segments_of(rule: Rule) -> list[str]:
    """The saved segments that it rests on."""
    return [test.segment for test in tests(rule) if isinstance(test, In)]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    at: int  # where it begins, counted from 1
    quoted: bool = False


class _Reader:
    """Reads from left to right; `or` parts what `and` holds together."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            _Token(found[0] if found[1] is None else found[1], found.start() + 1, found[1] is not None)
            for found in TOKEN.finditer(text)
        ]
        self._end = _Token("", len(text) + 1)
        self._place = 0

    def whole(self) -> Rule:
        rule = self._any(0)
        if self._now is not self._end:
            self._fail("and, or, or the end", ("and", "or"))
        return rule

    # The tree

    def _any(self, depth: int) -> Rule:
        if depth > DEEPEST:
            raise BadRule(f"More than {DEEPEST} brackets in one another.", "Write it flatter.")
        parts = [self._all(depth)]
        while self._take("or"):
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self, depth: int) -> Rule:
        parts = [self._one(depth)]
        while self._take("and"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _one(self, depth: int) -> Rule:
        denied = False
        while self._take("not"):
            denied = not denied
        if self._take("("):
            found = self._any(depth + 1)
            self._must(")")
        elif self._take("did"):
            if self._take("not"):
                denied = not denied
            found = self._did()
        elif self._take("in"):
            found = In(self._segment())
        else:
            found, other = self._told()
            denied ^= other
        return Not(found) if denied else found

    def _segment(self) -> str:
        token = self._next("the name of a saved segment")
        return check_name(name_of(token.text) if token.quoted else token.text)

    # Moves

    def _did(self) -> Rule:
        steps = [self._step()]
        while self._take("then"):
            steps.append(self._step())
        if len(steps) > MOST_STEPS:
            raise BadRule(f"At most {MOST_STEPS} moves stand one after another; {len(steps)} do.", "Leave some out.")  # fmt: skip
        least, most, within, when = 1, None, None, None
        while True:
            if self._peek("at", "least") or self._peek("at", "most") or self._peek("exactly") or self._peek("once") or self._times():  # fmt: skip
                if len(steps) > 1:
                    self._fail("within, in last, since, before, and, or", ())
                least, most = self._often()
            elif len(steps) > 1 and self._take("within"):
                within = self._long()
            elif when is None and (found := self._when()):
                when = found
            else:
                return Did(tuple(steps), least, most, within, when)

    def _step(self) -> Step:
        name = self._words("the name of an event", self._ends_name)
        where = self._words("a condition, like payment=mada", self._ends_where) if self._take("where") else ""
        return read_step(f"{_known(name)} where {where}" if where else _known(name))

    def _often(self) -> tuple[int, int | None]:
        if self._take("once") or self._take("exactly", "once"):
            return 1, 1
        bound = "least" if self._take("at", "least") else "most" if self._take("at", "most") else "is"
        if bound == "is":
            self._take("exactly")
        count = int(self._number("how many times"))
        if not (self._take("times") or self._take("time")):
            self._fail("times", ("times",))
        return {"least": (count, None), "most": (0, count), "is": (count, count)}[bound]

    def _times(self) -> bool:
        return self._now.text.isdecimal() and self._word(1) in ("times", "time")

    def _long(self) -> timedelta:
        count, unit = self._number("how long, like 7 days"), self._next("days").text.lower().rstrip("s")
        if unit not in UNITS:
            self._back("minutes, hours, days or weeks", [f"{one}s" for one in UNITS])
        long = timedelta(seconds=count * UNITS[unit])
        if not timedelta(0) < long <= timedelta(days=3_660):
            self._back("a time up to 3,660 days", ())
        return long

    def _when(self) -> When | None:
        for how in ("since", "before"):
            if self._take(how):
                day = self._next("a day, like 2025-03-01")
                if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day.text):
                    self._back("a day, like 2025-03-01", ())
                return When(how, day.text)
        if self._take("in", "last") or self._take("in", "the", "last"):
            long = self._long()
            if long % timedelta(days=1):
                self._back("whole days", ())
            return When("last", "", long.days)
        if self._word(0) == "in" and PERIOD.fullmatch(self._word(1)):
            self._place += 1
            return When("in", self._next("a period").text.lower())
        return None

    # Facts and measures

    def _told(self) -> tuple[Rule, bool]:
        if self._take("average", "order"):
            return self._measured("average order"), False
        token = self._next("a test")
        word = token.text if token.text.startswith("trait.") else token.text.lower()
        if word in MEASURES:
            return self._measured(word), False
        if word.startswith("trait.") and word.removeprefix("trait.").lower() in WHO_THEY_ARE:
            raise BadRule(f"{token.text!r} (character {token.at}) says who somebody is, and makes no segment.", "Search for them among the customers.")  # fmt: skip
        if word not in FIELDS and not re.fullmatch(r"trait\.[\w$ -]+", word):
            self._back("did, a measure, a fact, in or not", STARTS)
        if not self._take("is"):
            self._fail("is", ("is",))
        denied = self._take("not")
        values = self._words("a value", self._joins)
        return Is(word, tuple(value.strip() for value in values.split("|"))), denied

    def _measured(self, measure: Measure) -> Rule:
        self._take("is")
        if self._take("between"):
            return self._between(measure)
        for side in ("top", "bottom"):
            if self._take("in", side) or self._take("in", "the", side):
                share = self._number("a percentage, like 20%", "%")
                if not 0 < share < 100:
                    self._back("a percentage between 0 and 100", ())
                return Measured(measure, side, share)
        bounds: dict[Bound, tuple[str, ...]] = {"least": ("at", "least"), "most": ("at", "most"), "over": ("more", "than"), "under": ("less", "than")}  # fmt: skip
        for bound, words in bounds.items():
            if self._take(*words):
                return self._days(Measured(measure, bound, self._number("a number")))
        if not self._now.text[:1].isdecimal():
            self._fail("in top, in bottom, at least, at most, more than, less than, between or a number",
                       ("in top 20%", "at least", "at most", "more than", "less than", "between"))  # fmt: skip
        return self._days(Measured(measure, "is", self._number("a number")))

    def _between(self, measure: Measure) -> Rule:
        low = self._number("a number")
        self._must("and")
        return self._days(Measured(measure, "between", low, self._number("a number")))

    def _days(self, found: Measured) -> Measured:
        if found.measure == "recency":
            _ = self._take("days") or self._take("day")
        return found

    # Words

    @property
    def _now(self) -> _Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else self._end

    def _word(self, ahead: int) -> str:
        """The word there in small letters; what is quoted is no word."""
        place = self._place + ahead
        token = self._tokens[place] if place < len(self._tokens) else self._end
        return "" if token.quoted else token.text.lower()

    def _peek(self, *words: str) -> bool:
        return all(self._word(ahead) == word for ahead, word in enumerate(words))

    def _take(self, *words: str) -> bool:
        found = self._peek(*words)
        self._place += len(words) if found else 0
        return found

    def _must(self, word: str) -> None:
        if not self._take(word):
            self._fail(repr(word), (word,))

    def _next(self, wanted: str) -> _Token:
        token = self._now
        if token is self._end or (token.text in "()" and not token.quoted):
            self._fail(wanted, ())
        self._place += 1
        return token

    def _number(self, wanted: str, after: str = "") -> float:
        token = self._next(wanted)
        text = token.text.removesuffix(after).replace(",", "").replace("٪", "").replace("٬", "")
        if not re.fullmatch(r"\d{1,12}(\.\d{1,4})?", text):
            self._back(wanted, ())
        if after and not token.text.endswith((after, "٪")):
            self._take(after)
        return float(text)

    def _joins(self) -> bool:
        return self._word(0) in ("and", "or", ")")

    def _ends_name(self) -> bool:
        """Whether the name of an event is over: names write such words with a capital, as in Signed In."""
        text = self._now.text
        ends = ("and", "or", ")", "then", "within", "where", "since", "before", "at", "exactly", "once", "in")
        return (not self._now.quoted and (text.islower() or not text[:1].isupper()) and self._word(0) in ends) or self._times()  # fmt: skip

    def _ends_where(self) -> bool:
        if self._word(0) == "and":
            return not re.match(r"[\w.$-]+!?=", self._word(1))
        ends = self._word(0) in ("or", ")", "then", "within", "since", "before", "exactly", "once")
        pairs = (self._word(0), self._word(1)) in (("at", "least"), ("at", "most"), ("in", "last"), ("in", "the"))  # fmt: skip
        return ends or pairs or self._times() or (self._word(0) == "in" and bool(PERIOD.fullmatch(self._word(1))))  # fmt: skip

    def _words(self, wanted: str, ends: Callable[[], bool]) -> str:
        """The words up to where they end; at least one."""
        found: list[str] = []
        while self._now is not self._end and not (found and ends()):
            if not found and self._joins():
                break
            found.append(self._next(wanted).text.replace('"', ""))
        if not found:
            self._fail(wanted, ())
        return " ".join(found)

    def _back(self, wanted: str, known: Sequence[str]) -> NoReturn:
        self._place -= 1
        self._fail(wanted, known)

    def _fail(self, wanted: str, known: Sequence[str]) -> NoReturn:
        token = self._now
        where = f"At character {token.at}, {token.text!r}" if token.text else f"At the end (character {token.at})"  # fmt: skip
        near = get_close_matches(token.text.lower(), known, n=1, cutoff=0.5) or get_close_matches(
            f"{token.text} {self._word(1)}".lower(), known, n=1, cutoff=0.6
        )
        raise BadRule(f"{where}: expected {wanted}.", f"Did you mean {near[0]!r}?" if near else "Write it like: did Order Completed at least 3 times in last 90 days and city is Riyadh.")  # fmt: skip


def _known(name: str) -> str:
    """An event as the dictionary writes it, whatever letters were big."""
    return next((known for known in EVENT_NAMES if known.lower() == name.lower()), name)
