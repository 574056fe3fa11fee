"""Which scale a question is on: its words, its numbers, and what all its answers together say."""

from __future__ import annotations

import pytest

from masarat.collect.kinds.scales import FAMILIES, Asked, asked, number_of
from masarat.words.folding import fold

RECOMMEND = "How likely are you to recommend us?"
SATISFIED = "ما مدى رضاك عن الخدمة؟"
EASE = "كان من السهل إتمام الطلب"


@pytest.mark.parametrize(
    ("question", "survey"),
    [
        (RECOMMEND, "nps"),
        ("ما مدى احتمال أن توصي بنا لصديق؟", "nps"),
        ("هل تنصح أصدقاءك بمتجرنا؟", "nps"),
        ("NPS", "nps"),
        ("How satisfied are you with your order?", "csat"),
        ("ما مدى رضاك عن سرعة التوصيل؟", "csat"),  # delivery is no recommendation
        ("تقييمك للتغليف", "csat"),
        ("Please rate the packaging", "csat"),
        ("How easy was it to order?", "ces"),
        (EASE, "ces"),
        ("كم بذلت من الجهد لحل مشكلتك؟", "ces"),
    ],
)
def test_questions_in_both_languages(question, survey):
    found = asked(question, ["4", "٥", "3", "6" if survey == "ces" else "2"])
    assert found is not None
    assert found.survey == survey


@pytest.mark.parametrize(
    "question",
    ["How old are you?", "عدد أفراد الأسرة", "ما أغراض زيارتك؟", "Our strategy", "هل وصل التوصيل؟"],
)
def test_questions_on_no_scale(question):
    assert asked(question, ["4", "5", "3"]) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(("9", (9, 0)), ("٩", (9, 0)), ("4.5", (4.5, 0)), ("4/5", (4, 5)), ("٨ من ١٠", (8, 10)), ("8 out of 10", (8, 10))),
        *(("9 - very likely", (9, 0)), ("5 (ممتاز)", (5, 0)), ("Extremely likely - 10", (10, 0)), ("ممتاز (5)", (5, 0))),
        *(("★★★★☆", (4, 0)), ("⭐⭐⭐", (3, 0)), ("5 stars", (5, 0)), ("4 نجوم", (4, 0))),
        *(("", None), ("ممتاز", None), ("2025-03-25", None), ("I waited 30 minutes for it", None), ("+966551234567", None)),
    ],
)  # fmt: skip
def test_numbers_as_people_give_them(cell, number):
    assert number_of(cell) == number


@pytest.mark.parametrize(
    ("answers", "steps"),
    [
        (["راضٍ جدًا", "راضٍ", "محايد", "غير راضٍ", "غير راضٍ جدًا"], [5, 4, 3, 2, 1]),
        (
            [
                "Very satisfied",
                "Somewhat satisfied",
                "Neither satisfied nor dissatisfied",
                "Very dissatisfied",
            ],
            [5, 4, 3, 1],
        ),
        (
            ["Extremely satisfied", "Very satisfied", "Somewhat satisfied", "Not at all satisfied"],
            [5, 4, 3, 1],
        ),
        (["ممتاز", "جيد جدا", "جيد", "مقبول", "ضعيف"], [5, 4, 3, 2, 1]),  # as schools grade
        (["ممتاز", "جيد", "متوسط", "سيئ"], [5, 4, 3, 2]),
        (["أوافق بشدة", "أوافق", "محايد", "لا أوافق"], [5, 4, 3, 2]),
    ],
)
def test_steps_in_words_are_of_one_family(answers, steps):
    assert asked(SATISFIED, answers) == Asked("csat", dict(zip(answers, map(float, steps), strict=True)))


def test_words_that_are_no_steps_are_no_scores():
    assert asked(SATISFIED, ["راضٍ", "سريع", "أحمر"]) is None
    assert asked(RECOMMEND, ["because they are fast", "they are near", ""]) is None


@pytest.mark.parametrize(
    ("question", "answers", "survey", "out_of"),
    [
        (SATISFIED, ["8", "9", "4", "10"], "satisfaction", 10),  # of ten, though one four is among them
        (SATISFIED, ["6", "7", "3"], "satisfaction", 7),
        (SATISFIED, ["85", "90", "100"], "satisfaction", 100),
        ("ما مدى رضاك من ١ إلى ١٠؟", ["3", "4", "5"], "satisfaction", 10),  # the question says so
        ("How satisfied are you (1-10)?", ["3", "4"], "satisfaction", 10),
        (SATISFIED, ["3/10", "4/10"], "satisfaction", 10),  # the answers say so
        (SATISFIED, ["4/5", "3/5"], "csat", None),
        ("From 1 to 5, how likely are you to recommend us?", ["4", "5"], "recommendation", 5),
        ("From 0 to 10, how likely are you to recommend us?", ["4", "5"], "nps", None),
        (RECOMMEND, ["4", "5", "1", "3"] * 5, "recommendation", 5),  # twenty answers, none above five
        (RECOMMEND, ["4", "5", "1", "3"], "nps", None),  # four leave it open: as it is usually asked
        (RECOMMEND, ["Extremely likely", "Very likely", "Not at all likely"], "recommendation", 5),
        (EASE, ["7", "5", "1"], "ces", None),
        ("How easy was it?", ["Very easy", "Easy", "Difficult"], "effort", 5),
        ("It was easy", ["Strongly agree", "Somewhat agree", "Disagree"], "ces", None),  # seven steps
    ],
)
def test_other_steps_are_kept_as_they_are_and_not_forced(question, answers, survey, out_of):
    found = asked(question, answers)
    assert found is not None
    assert (found.survey, found.out_of) == (survey, out_of)


def test_one_strange_number_in_twenty_decides_nothing():
    found = asked(SATISFIED, ["4", "5", "3", "5"] * 5 + ["99"])
    assert found is not None
    assert (found.survey, "99" in found.scores) == ("csat", False)


def test_words_stand_as_they_are_compared():
    said = [word for family in FAMILIES for step in family for word in step]
    assert [word for word in said if fold(word) != word] == []
