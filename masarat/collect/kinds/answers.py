"""Answers to surveys: a row an answer, or a row a response with a column for every question. NPS, CSAT and CES are recognised (`scales`)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from masarat.collect.identity import digest
from masarat.collect.kinds.base import (
    DATED,
    NOTHING,
    Kind,
    Need,
    Origin,
    Told,
    events_of,
    has,
    keyed,
    named,
    people_of,
)
from masarat.collect.kinds.scales import asked, is_step, number_of
from masarat.collect.people import unidentified
from masarat.words.folding import fold

COMMENT = re.compile(
    r"comment|feedback|why|reason|tell us|improve|suggest|anything else|تعليق|ملاحظ|لماذا|سبب|اقتراح|مقترح|تحسين|رايك|اخبرنا|اضافه"
)
OF_PERSONS = re.compile(r"\bname\b|address|email|phone|mobile|city|اسم|عنوان|بريد|جوال|هاتف|مدينه|الحي\b")
SENTENCE = re.compile(r"\S+\s+\S+\s+\S+")  # three words: what people write, rather than choose
SEVERAL = 5  # so many answers show whether they are written or chosen
SURVEY, QUESTION, SCORE, MOST, SAID, ROW = "survey_", "question_", "score_", "out_of_", "comment_", "row_"
ANSWER = {
    ROW: pl.UInt32(),
    SURVEY: pl.String(),
    QUESTION: pl.String(),
    SCORE: pl.Float64(),
    MOST: pl.Int64(),
    SAID: pl.String(),
}


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Survey Answered`: one for every question on a scale; one with all its answers where a response has none."""
    names = ["response_id"] if "response_id" in rows.columns else ["ts", "email", "phone", "name"]
    rows = keyed(named(rows), "answers", origin.source, *names).with_row_index(ROW)
    told = pl.DataFrame(list(_answers(rows.to_dicts())), schema=ANSWER, orient="row")
    if told.is_empty():
        return Told(
            NOTHING, people_of(rows, rows.select(event_id="key", visitor_id=pl.lit(""), ts="ts")).clear()
        )
    each = told.join(rows, on=ROW, maintain_order="left")
    # Named after the question, not the scale: what more answers say of the scale restates the same event.
    asked_for = pl.when(pl.col(SCORE).is_not_null()).then(QUESTION).otherwise(pl.lit(""))
    texts = each.select(asked_for).to_series()
    ending = digest(texts).str.head(12).zip_with(texts != "", pl.repeat("all", len(texts), eager=True))
    events = events_of(
        each,
        origin,
        "Survey Answered",
        "answered",
        props={
            "survey": pl.when(pl.col(SURVEY) != "").then(SURVEY).otherwise(has(each, "survey")),
            "question": pl.col(QUESTION),
            "score": pl.col(SCORE),
            "out_of": pl.col(MOST),
            "comment": pl.col(SAID),
            "response_id": has(each, "response_id"),
        },
    ).with_columns(event_id=each["key"] + "-answered-" + ending)
    return Told(events, people_of(each, events), unidentified(rows))


def _answers(
    rows: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[int, str, str, float | None, int | None, str]]:
    """(row, scale, question, score, the most there is, comment) of every answer on a scale, or one without a score."""
    said = [_questions(row) for row in rows]
    together: dict[str, list[str]] = defaultdict(list)
    for row, questions in zip(rows, said, strict=True):
        for question, answer in questions.items():
            together[question].append(answer)
        if row.get("score") is not None:
            together[_asked_in(row)].append(_written(row["score"]))
    scales = {question: asked(question, answers) for question, answers in together.items()}
    written = {question for question, answers in together.items() if _is_written(question, answers)}
    for row, questions in zip(rows, said, strict=True):
        comment = max(
            [*(questions[question] for question in questions if question in written), _own(row)], key=len
        )
        given = dict(questions)
        if row.get("score") is not None:
            given[_asked_in(row)] = _written(row["score"])
        scored = [
            (scale.survey, question, scale.scores[answer.strip()], scale.out_of)
            for question, answer in given.items()
            if (scale := scales[question]) and answer.strip() in scale.scores
        ]
        if not scored and row.get("score") is not None:
            scored = [("", _asked_in(row), row["score"], None)]
        for survey, question, score, most in scored:
            yield row[ROW], survey, question, score, most, comment
        if not scored and (questions or _own(row)):
            yield row[ROW], "", str(row.get("question") or ""), None, None, comment


def _questions(row: Mapping[str, Any]) -> dict[str, str]:
    """Question → answer: the columns that are no field, and the answer of a row that has one and no score."""
    found = {name: str(answer) for name, answer in json.loads(str(row.get("props") or "{}")).items()}
    if row.get("question") and row.get("answer") and row.get("score") is None:
        found[str(row["question"])] = str(row["answer"])
    return found


def _asked_in(row: Mapping[str, Any]) -> str:
    """What a score is an answer to, as far as the row says."""
    return " ".join(str(row[name]) for name in ("question", "survey") if row.get(name))


def _written(score: float) -> str:
    return f"{score:g}"


def _own(row: Mapping[str, Any]) -> str:
    """What a row says beside its score, or without a question: its answer, where it is more than a step."""
    alone = row.get("score") is not None or not row.get("question")
    answer = str(row.get("answer") or "") if alone else ""
    return "" if number_of(answer) or is_step(answer) else answer


def _is_written(question: str, answers: Sequence[str]) -> bool:
    """Whether a question is answered in free text: it asks for that, or most answers are sentences of their own."""
    texts = [answer for answer in answers if number_of(answer) is None]
    if 2 * len(texts) < len(answers):
        return False
    if COMMENT.search(fold(question)):
        return True
    if OF_PERSONS.search(fold(question)) or len(texts) < SEVERAL:
        return False
    sentences = sum(bool(SENTENCE.search(text)) for text in texts)
    return 2 * sentences > len(texts) and 2 * len(set(texts)) > len(texts)


ANSWERS = Kind(
    "answers",
    "answers to surveys, a row an answer or a row a response",
    (
        *("response_id", "ts", "time", "survey", "question", "answer", "score", "order_id"),
        *("customer_id", "name", "first_name", "last_name", "email", "phone"),
    ),
    (DATED,),
    _read,
    each=Need(("ts",), "The row has no time.", "Fill in when it was answered."),
    telling=("response_id", "question", "answer", "score"),
    asks=True,
    spoken={"question": "score"},
)
