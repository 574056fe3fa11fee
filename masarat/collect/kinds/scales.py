"""Scales on which people are asked: which one a question is on is seen from its words and from all of its answers together.

Only three are compared everywhere: recommendation from 0 to 10 (Net Promoter, Reichheld 2003), satisfaction from 1 to 5 (CSAT) and
ease from 1 to 7 (Customer Effort Score 2.0). The same questions on other scales keep their scores and say how far they go (`out_of`),
under names of their own: eight of ten is not forced to be four of five.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masarat.words.folding import fold

ENOUGH = 20  # answers of which none is above five: so many are hardly given on seven or ten steps
SPANS = (5, 7, 10, 100)  # how far scales go


@dataclass(frozen=True, slots=True)
class Scale:
    """A question whose answers are compared everywhere."""

    name: str  # as in the property `survey`
    least: int
    most: int
    otherwise: str  # its name where it is asked on other steps
    asks: re.Pattern[str]  # of the folded question


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column asks: `survey` as in the property, the score of each answer, and the most there is, where that is not the scale's own."""

    survey: str
    scores: dict[str, float]
    out_of: int | None = None


SCALES = (
    Scale("nps", 0, 10, "recommendation", re.compile(r"\bnps\b|recommend|توصي(?!ل)|اوصي|ترشح|ترشيح|تنصح|ننصح")),
    Scale("ces", 1, 7, "effort", re.compile(r"\bces\b|\beffort|\beas[ey]|difficult|سهل|سهول|الجهد|جهدا|صعوب")),
    Scale("csat", 1, 5, "satisfaction", re.compile(
        r"\bcsat\b|satisf|happy with|\brat(?:e|ing)\b|\bstars?\b|\b(?:ال|و)?(?:رضا|راض)|تقييم|تقيم|قيم\b|نجوم|نجمه")),
)  # fmt: skip

# Steps written as words, from the lowest up; whatever one column says must all be of one family.
FAMILIES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("very dissatisfied", "very unsatisfied", "extremely dissatisfied", "غير راض جدا", "غير راضي جدا", "غير راض اطلاقا", "غير راض تماما", "غير راضي تماما", "مستاء جدا"),
        ("dissatisfied", "unsatisfied", "somewhat dissatisfied", "غير راض", "غير راضي", "غير راض الي حد ما", "مستاء"),
        ("neutral", "neither", "neither satisfied nor dissatisfied", "محايد", "عادي"),
        ("satisfied", "somewhat satisfied", "راض", "راضي", "راضيه", "راض الي حد ما"),
        ("very satisfied", "extremely satisfied", "completely satisfied", "راض جدا", "راضي جدا", "راضيه جدا", "راض تماما", "راضي تماما"),
    ),
    (
        ("not at all satisfied",), ("not so satisfied", "slightly satisfied"), ("somewhat satisfied", "moderately satisfied"),
        ("very satisfied",), ("extremely satisfied",),
    ),
    (
        ("strongly disagree", "لا اوافق بشده", "غير موافق بشده"), ("disagree", "لا اوافق", "غير موافق"),
        ("neutral", "neither agree nor disagree", "محايد"), ("agree", "اوافق", "موافق"), ("strongly agree", "اوافق بشده", "موافق بشده"),
    ),
    (
        ("strongly disagree", "لا اوافق بشده"), ("disagree", "لا اوافق"), ("somewhat disagree", "لا اوافق الي حد ما"),
        ("neutral", "neither agree nor disagree", "محايد"),
        ("somewhat agree", "اوافق الي حد ما"), ("agree", "اوافق"), ("strongly agree", "اوافق بشده"),
    ),
    (
        ("very difficult", "صعب جدا", "صعبه جدا"), ("difficult", "صعب", "صعبه"), ("neutral", "neither", "neither easy nor difficult", "محايد", "متوسط", "عادي"),
        ("easy", "سهل", "سهله"), ("very easy", "سهل جدا", "سهله جدا"),
    ),
    (
        ("extremely difficult", "very difficult", "صعب جدا"), ("difficult", "صعب"), ("somewhat difficult", "صعب الي حد ما"),
        ("neutral", "neither", "neither easy nor difficult", "محايد"),
        ("somewhat easy", "سهل الي حد ما"), ("easy", "سهل"), ("extremely easy", "very easy", "سهل جدا"),
    ),
    (
        ("poor", "ضعيف", "ضعيفه"), ("fair", "مقبول", "مقبوله"), ("good", "جيد", "جيده"), ("very good", "جيد جدا", "جيده جدا"), ("excellent", "ممتاز", "ممتازه"),
    ),
    (
        ("very poor", "very bad", "terrible", "سيي جدا", "سييه جدا"), ("poor", "bad", "سيي", "سييه"), ("average", "fair", "okay", "متوسط", "متوسطه", "مقبول", "مقبوله", "عادي"),
        ("good", "جيد", "جيده"), ("excellent", "very good", "great", "ممتاز", "ممتازه", "رايع", "رايعه"),
    ),
    (
        ("not at all likely",), ("not so likely", "unlikely"), ("somewhat likely",), ("very likely", "likely"), ("extremely likely",),
    ),
)  # fmt: skip

_WORDS = {word for family in FAMILIES for step in family for word in step}
_NUMBER = re.compile(
    r"^(\d{1,3}(?:[.,]\d+)?)(?:\s*(?:/|من|out of)\s*(\d{1,3}))?(?:\s*(?:[-–—:(].*|stars?|نجوم|نجمه))?$"
)
_LAST = re.compile(r"^[^\d]{1,40}[-–—:(]\s*(\d{1,2})\)?$")  # Extremely likely - 10
_STARS = re.compile(r"^([★⭐🌟]+)️?[☆✩]*$")
_FROM_TO = re.compile(r"(?<!\d)([01])\s*(?:-|–|—|to|الي|حتي)\s*(\d{1,3})(?!\d)")
_OUT_OF = re.compile(r"(?:out of|/|من)\s*(5|7|10|100)(?!\d)")


def asked(question: str, answers: Sequence[str]) -> Asked | None:
    """What a question asks, by its words and by all that was answered; None where it is on no scale, or answered in free text."""
    folded = fold(question)
    scale = next((scale for scale in SCALES if scale.asks.search(folded)), None)
    if scale is None:
        return None
    given = [answer for answer in map(str.strip, answers) if answer]
    numbers = {text: found for text in set(given) if (found := number_of(text))}
    steps, family = _steps({text for text in given if text not in numbers})
    scores = {text: number for text, (number, _) in numbers.items()} | steps
    if 2 * sum(text in scores for text in given) < len(given) or not scores:
        return None
    told = [most for _, most in numbers.values() if most]
    span = _stated(folded, scale) or (
        (scale.least if max(told) == scale.most else 1, max(told))
        if told
        else (1, family)
        if family and not numbers
        else _span(scale, [scores[text] for text in given if text in scores])
    )
    scores = {text: score for text, score in scores.items() if span[0] <= score <= span[1]}
    if span == (scale.least, scale.most):
        return Asked(scale.name, scores)
    return Asked(scale.otherwise, scores, span[1])


def number_of(text: str) -> tuple[float, int] | None:
    """The number in an answer and the most it is out of (0 where it does not say): `9`, `٩`, `4/5`, `9 - very likely`, `★★★★☆`."""
    folded = fold(text)
    if stars := _STARS.match(folded):
        return float(len(stars[1])), 0
    if match := _NUMBER.match(folded):
        return float(match[1].replace(",", ".")), int(match[2] or 0)
    last = _LAST.match(folded)
    return (float(last[1]), 0) if last else None


def is_step(text: str) -> bool:
    """Whether a text is one of the steps that scales are written in."""
    return fold(text) in _WORDS


def _steps(words: Iterable[str]) -> tuple[dict[str, float], int]:
    """The step of each text, and how many steps there are, if all are of one family; of texts that are none at all, nothing."""
    folded = {text: fold(text) for text in words}
    for family in FAMILIES:
        places = {word: float(step) for step, names in enumerate(family, 1) for word in names}
        if folded and all(word in places for word in folded.values()):
            return {text: places[word] for text, word in folded.items()}, len(family)
    return {}, 0


def _stated(question: str, scale: Scale) -> tuple[int, int] | None:
    """The steps that the question itself names: «من ١ إلى ١٠», 0-10, out of 5."""
    if (named := _FROM_TO.search(question)) and int(named[2]) >= 3:
        return int(named[1]), int(named[2])
    if most := _OUT_OF.search(question):
        return scale.least if int(most[1]) == scale.most else 1, int(most[1])
    return None


def _span(scale: Scale, scores: Sequence[float]) -> tuple[int, int]:
    """The steps that all answers together speak for: the scale's own, unless they go beyond it, or many stay below six.

    One answer in twenty may be none (99 for «no answer») and decides nothing.
    """
    few = len(scores) // 20
    low, top = sorted(scores)[few], sorted(scores)[len(scores) - 1 - few]
    if scale.least <= low and top <= scale.most:
        short = scale.most > SPANS[0] >= top and low >= 1 and len(scores) >= ENOUGH
        return (1, SPANS[0]) if short else (scale.least, scale.most)
    return 0 if low < 1 else 1, next((most for most in SPANS if top <= most), SPANS[-1])
