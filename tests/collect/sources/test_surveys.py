"""Surveys: Typeform, SurveyMonkey and Google Forms, recognised by themselves."""

from __future__ import annotations

import json

import pytest
from polars import DataFrame

from masarat.errors import BadFile

TYPEFORM = (
    "#,How likely are you to recommend us?,ما مدى رضاك عن سرعة التوصيل؟,Anything else?,email,Response Type,"
    "Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending\n"
    "a1f,9,4,سريع وممتاز,sara@example.com,completed,2025-03-25 22:58:00,,2025-03-25 23:02:00,9f8e7d,vip,default\n"
    "b2c,3,,,,partial,2025-03-26 11:00:00,2025-03-26 11:01:30,,7d6c5b,,\n"
)
SURVEYMONKEY = (
    "Respondent ID,Collector ID,Date Created,Date Modified,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
    "How likely is it that you would recommend us to a friend?,How satisfied are you with,,Why?\n"
    ",,,,,,,,,Response,Delivery,Price,Open-Ended Response\n"
    "118001,4101,03/04/2025 10:00:00 AM,03/04/2025 10:04:00 AM,192.0.2.7,sara@example.com,Sara,Al-Harbi,,"
    "10 - Extremely likely,Very satisfied,Satisfied,التوصيل سريع\n"
    "118002,4101,03/05/2025 09:00:00 PM,03/05/2025 09:02:00 PM,192.0.2.8,,,,,0 - Not at all likely,Dissatisfied,,\n"
)
GOOGLE = {
    "english": (
        "Timestamp,Email Address,How likely are you to recommend us?,How satisfied are you with the service?,Any suggestions?\n"
        "2025/03/25 9:27:14 PM GMT+3,sara@example.com,10,5,more colours please\n"
        "2025/03/26 8:05:00 AM GMT+3,,6,2,\n"
    ),
    "arabic": (
        "طابع زمني,عنوان البريد الإلكتروني,ما مدى احتمال أن توصي بنا؟,ما مدى رضاك عن الخدمة؟,هل لديك مقترحات؟\n"
        "2025/03/25 9:27:14 م غرينتش+3,sara@example.com,١٠,راضٍ جدًا,more colours please\n"
        "2025/03/26 8:05:00 ص غرينتش+3,,٦,غير راضٍ,\n"
    ),
    "sheet": (
        "طابع زمني,عنوان البريد الإلكتروني,ما مدى احتمال أن توصي بنا؟,ما مدى رضاك عن الخدمة؟,هل لديك مقترحات؟\n"
        "٢٥‏/٣‏/٢٠٢٥ ٩:٢٧:١٤ م,sara@example.com,١٠,٥,more colours please\n"
        "٢٦‏/٣‏/٢٠٢٥ ٨:٠٥:٠٠ ص,,٦,٢,\n"
    ),
}


def answers(seen):
    return [
        (
            row["at"],
            row["visitor_id"],
            *(row["props"].get(name, "") for name in ("survey", "score", "comment")),
        )
        for row in seen()
    ]


def test_typeform_comes_in_by_itself_in_utc(take, seen):
    report = take(TYPEFORM, "responses.csv")
    assert (report.source, report.kind, report.rejected) == ("typeform", "answers", 0)
    assert sorted(answers(seen)) == [
        ("2025-03-26 02:02:00", "email:sara@example.com", "csat", 4, "سريع وممتاز"),
        ("2025-03-26 02:02:00", "email:sara@example.com", "nps", 9, "سريع وممتاز"),
        ("2025-03-26 14:01:30", "", "nps", 3, ""),  # never sent: when they got so far
    ]
    assert {row["props"]["response_id"] for row in seen()} == {"a1f", "b2c"}
    again = take(TYPEFORM, "responses.csv")
    assert (again.added, again.restated) == (0, 0)


def test_nobodys_network_is_kept(take, store, seen):
    take(TYPEFORM, "responses.csv")
    take(SURVEYMONKEY, "all.csv")
    take(
        "date,email,nps,IP Address\n2025-03-25,a@b.sa,9,192.0.2.9\nyesterday,c@d.sa,9,192.0.2.10\n", "own.csv"
    )
    kept = json.dumps([row["props"] for row in seen()]) + json.dumps(
        store.select("SELECT raw FROM quarantine")
    )
    assert "yesterday" in kept
    assert not [part for part in ("9f8e7d", "7d6c5b", "192.0.2") if part in kept]


def test_surveymonkey_has_a_header_of_two_rows(take, seen, facts):
    report = take(SURVEYMONKEY, "all.csv")
    assert (report.source, report.kind, report.rows, report.rejected) == ("surveymonkey", "answers", 2, 0)
    assert [
        (row["at"], row["visitor_id"], row["props"]["survey"], row["props"]["question"], row["props"]["score"])
        for row in sorted(seen(), key=lambda row: (row["at"], row["props"]["question"]))
    ] == [
        ("2025-03-04 10:04:00", "email:sara@example.com", "nps", "How likely is it that you would recommend us to a friend?", 10),
        ("2025-03-04 10:04:00", "email:sara@example.com", "csat", "How satisfied are you with — Delivery", 5),
        ("2025-03-04 10:04:00", "email:sara@example.com", "csat", "How satisfied are you with — Price", 4),
        ("2025-03-05 21:02:00", "", "nps", "How likely is it that you would recommend us to a friend?", 0),
        ("2025-03-05 21:02:00", "", "csat", "How satisfied are you with — Delivery", 2),
    ]  # fmt: skip
    assert {row["props"].get("comment") for row in seen()} == {"التوصيل سريع", None}
    assert facts()[("email:sara@example.com", "name")] == "Sara Al-Harbi"
    again = take(SURVEYMONKEY, "all.csv")
    assert (again.added, again.restated) == (0, 0)


def test_surveymonkey_from_excel_with_boxes_to_tick(take, seen, tmp_path):
    """Most columns have no header of their own: each stands for a box of one question."""
    lines = SURVEYMONKEY.splitlines()
    boxes = [",".join(["", *"ABCDEFGHIJKLM"]), ",,,,,,,,,,,,,M", ",A,,,,,,,,,,,,"]
    header = lines[0] + ",Which of these?" + "," * 12
    rows = [(header, *[line + box for line, box in zip(lines[1:], boxes, strict=True)])]
    cells = [line.split(",") for line in rows[0]]
    path = tmp_path / "all.xlsx"
    DataFrame(cells, schema=[str(n) for n in range(len(cells[0]))], orient="row").write_excel(
        path, include_header=False
    )
    report = take(path.read_bytes(), "all.xlsx")
    assert (report.source, report.rows, report.rejected) == ("surveymonkey", 2, 0)
    chosen = [{k: v for k, v in row["props"].items() if k.startswith("Which of these")} for row in seen()]
    assert chosen[0] == {"Which of these? — M": "M"}
    assert chosen[-1] == {"Which of these? — A": "A"}


@pytest.mark.parametrize("form", GOOGLE)
@pytest.mark.parametrize("encoded", ["utf-8", "utf-8-sig", "windows-1256"])
def test_google_forms_in_the_language_of_its_owner(form, encoded, take, seen):
    western = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789", "‏")
    text = GOOGLE[form].translate(western) if encoded == "windows-1256" else GOOGLE[form]
    report = take(text.encode(encoded), "form.csv")
    assert (report.source, report.kind, report.rejected) == ("google_forms", "answers", 0)
    assert sorted(answers(seen)) == [
        ("2025-03-25 21:27:14", "email:sara@example.com", "csat", 5, "more colours please"),
        ("2025-03-25 21:27:14", "email:sara@example.com", "nps", 10, "more colours please"),
        ("2025-03-26 08:05:00", "", "csat", 2, ""),
        ("2025-03-26 08:05:00", "", "nps", 6, ""),
    ]
    again = take(text.encode(encoded), "form.csv")
    assert (again.added, again.restated) == (0, 0)


def test_a_form_for_names_and_phones_is_a_list_of_people(take, facts):
    report = take(
        "Timestamp,Name,Phone,City\n2025/03/25 9:00:00 PM GMT+3,سارة,0551234567,الرياض\n", "club.csv"
    )
    assert (report.kind, report.source) == ("contacts", "shop")
    assert facts()[("phone:+966551234567", "city")] == "الرياض"


def test_nps_computed_by_hand_from_a_file(take, store):
    """Seven promoters, two passives, three detractors of twelve: 100 × (7 − 3) ÷ 12 = 33.3."""
    scores = [10, 9, 9, 10, 10, 9, 10, 8, 7, 6, 0, 3]
    rows = "".join(
        f"2025/03/{day:02} 9:00:00 AM GMT+3,a{day}@b.sa,{score}\n" for day, score in enumerate(scores, 1)
    )
    take("Timestamp,Email Address,How likely are you to recommend us to a friend?\n" + rows, "nps.csv")
    found = store.select(
        "SELECT round(100 * (countIf(toFloat64(props.score) >= 9) - countIf(toFloat64(props.score) <= 6)) / count(), 1) AS nps"
        " FROM events WHERE name = 'Survey Answered' AND toString(props.survey) = 'nps'"
    )
    assert found == [{"nps": 33.3}]


def test_a_file_that_is_cut_short_says_so(take):
    with pytest.raises(BadFile, match="has a header and no rows"):
        take(TYPEFORM.splitlines()[0] + "\n", "responses.csv")
    report = take(TYPEFORM[:-30], "responses.csv")  # in the middle of its last row
    assert (report.rows, report.rejected) == (2, 1)
