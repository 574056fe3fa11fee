"""Answers, whoever's program they come from."""

from __future__ import annotations

import pytest


@pytest.fixture
def answered(store):
    def answered():
        return store.select(
            "SELECT order_id, visitor_id, toString(props.survey) AS survey, toString(props.score) AS score,"
            " toString(props.out_of) AS out_of, toString(props.question) AS question, toString(props.comment) AS comment"
            " FROM events WHERE name = 'Survey Answered' ORDER BY ts, survey, score"
        )

    return answered


def scores(rows):
    return [(row["survey"], row["score"], row["out_of"]) for row in rows]


def test_satisfaction_of_ten_is_no_csat(take, answered):
    take("response id,date,ما مدى رضاك عن الخدمة؟\n1,2025-03-25,٨\n2,2025-03-26,٤\n3,2025-03-27,١٠\n")
    assert scores(answered()) == [
        ("satisfaction", "8", "10"),
        ("satisfaction", "4", "10"),
        ("satisfaction", "10", "10"),
    ]


def test_what_more_answers_say_of_a_scale_restates_it(take, answered):
    head = "response id,date,ما مدى رضاك عن الخدمة؟\n1,2025-03-25,4\n"
    take(head)
    assert scores(answered()) == [("csat", "4", "")]
    report = take(head + "2,2025-03-26,9\n")
    assert (report.added, report.restated) == (1, 1)
    assert scores(answered()) == [("satisfaction", "4", "10"), ("satisfaction", "9", "10")]


def test_the_header_of_a_score_says_what_was_asked(take, answered):
    report = take("date,email,NPS\n25/03/2025,sara@example.com,٩\n")
    assert report.kind == "answers"
    assert [(row["survey"], row["score"], row["question"]) for row in answered()] == [("nps", "9", "NPS")]


def test_a_score_of_nothing_known_is_kept_as_a_score(take, answered):
    take("date,response id,score\n2025-03-25,1,9\n2025-03-26,2,3\n")
    assert scores(answered()) == [("", "9", ""), ("", "3", "")]


def test_a_row_an_answer(take, answered):
    take(
        "response id,date,question,answer\n1,2025-03-25,How likely are you to recommend us?,9\n"
        "1,2025-03-25,How satisfied are you?,Very satisfied\n1,2025-03-25,Any comments?,fast and kind\n"
    )
    assert [(row["survey"], row["score"], row["comment"]) for row in answered()] == [
        ("", "", "fast and kind"),
        ("csat", "5", ""),
        ("nps", "9", ""),
    ]


def test_a_score_with_what_was_said_beside_it(take, answered):
    take("date,email,rating,comment\n2025-03-25,a@b.sa,4,fast and kind\n2025-03-26,c@d.sa,2,Poor\n")
    assert [(row["survey"], row["score"], row["question"], row["comment"]) for row in answered()] == [
        ("csat", "4", "rating", "fast and kind"),
        ("csat", "2", "rating", ""),
    ]


def test_questions_about_orders_and_people_are_no_fields(take, answered):
    report = take(
        "response id,date,How satisfied are you with your order?,Would you contact us again?,Email\n"
        "1,2025-03-25,5,Yes,sara@example.com\n2,2025-03-26,4,No,\n"
    )
    assert [column.field for column in report.preview.columns] == ["response_id", "ts", "email"]
    assert [(row["survey"], row["score"], row["order_id"], row["visitor_id"]) for row in answered()] == [
        ("csat", "5", "", "email:sara@example.com"),
        ("csat", "4", "", ""),
    ]


def test_free_text_is_the_comment_also_where_the_question_does_not_ask_for_one(take, answered):
    said = ["the queue was too long", "very kind people work there", "more sizes would be nice", "all good here, thanks", "it came two days late"]  # fmt: skip
    rows = "".join(f"{n},2025-03-2{n},5,{text!r},Instagram\n" for n, text in enumerate(said))
    take(
        "response id,date,Please rate us,What was it like?,Where did you hear of us?\n"
        + rows.replace("'", '"')
    )
    assert [row["comment"] for row in answered()] == said


def test_responses_without_any_answer_are_none(take, answered):
    report = take("response id,date,NPS,Comments\n1,2025-03-25,9,\n2,2025-03-26,,\n")
    assert (report.rejected, scores(answered())) == (0, [("nps", "9", "")])
