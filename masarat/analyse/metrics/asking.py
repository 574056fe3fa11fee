"""Metrics of surveys: satisfaction (CSAT), recommendation (NPS), effort (CES). Answers of nobody known count too.

A survey is told by its property `survey`: nps, or nps-after-delivery. What was asked on other steps carries another name (`collect/kinds/scales.py`).
"""

from __future__ import annotations

from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.metrics.base import Metric, Reading, Said
from masarat.analyse.people import OWNER

ANSWERED = "Survey Answered"


def _steps(frame: Frame) -> dict[str, str]:
    split = DIMENSIONS[frame.breakdown] if frame.breakdown else "''"
    return {
        "answers": f"""
SELECT if(events.customer_id = 0, cityHash64(event_id), {OWNER}) AS who, toDate(ts, {{timezone:String}}) AS day, {split} AS breakdown,
       splitByChar('-', lower(toString(props.survey))) AS survey, toFloat64OrNull(toString(props.score)) AS score
FROM events WHERE name = '{ANSWERED}' AND {frame.within()}{frame.only()}""",
        "facts": """
SELECT who, day, breakdown, assumeNotNull(score) AS score,
       multiIf(has(survey, 'nps') AND score BETWEEN 0 AND 10, 'nps', has(survey, 'csat') AND score BETWEEN 1 AND 5, 'csat',
               has(survey, 'ces') AND score BETWEEN 1 AND 7, 'ces', '') AS scale
FROM answers WHERE isNotNull(answers.score)""",
    }


ANSWERS = Reading("answers", _steps, lambda frame: frame.values, (ANSWERED,))

EFFORT_SCORE = Metric(
    "effort_score", "number", "more", ("purchase", "retention"), ANSWERS, "sumIf(score, scale = 'ces')", "countIf(scale = 'ces')",
    en=Said("Customer effort score", "Mean of the answers from 1 to 7 to how easy it was, 7 being the easiest (CES 2.0, CEB 2013)"),
    ar=Said("نقاط جهد العميل", "متوسط الإجابات من 1 إلى 7 عن سهولة الأمر، و7 أسهلها (CES 2.0)"),
)  # fmt: skip
SATISFACTION = Metric(
    "satisfaction", "percent", "more", ("purchase", "retention"), ANSWERS, "countIf(scale = 'csat' AND score >= 4)", "countIf(scale = 'csat')",
    en=Said("Satisfaction", "Answers of 4 or 5 on the scale from 1 to 5, divided by all answers (CSAT, top two boxes)"),
    ar=Said("رضا العملاء", "الإجابات بـ4 أو 5 على مقياس من 1 إلى 5، مقسومة على كل الإجابات (CSAT)"),
)  # fmt: skip
PROMOTER_SCORE = Metric(
    "promoter_score", "number", "more", ("advocacy",), ANSWERS,
    "100 * (toFloat64(countIf(scale = 'nps' AND score >= 9)) - countIf(scale = 'nps' AND score < 7))", "countIf(scale = 'nps')",
    en=Said("Net promoter score", "Share of answers of 9 and 10 minus share of answers up to 6, times 100 (NPS, Reichheld 2003)"),
    ar=Said("صافي نقاط الترويج", "نسبة الإجابات بـ9 و10 ناقص نسبة الإجابات حتى 6، مضروبة في 100 (NPS)"),
)  # fmt: skip
