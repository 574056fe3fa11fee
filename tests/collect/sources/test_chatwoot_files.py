"""Chatwoot: conversations as its API lists them, its report of satisfaction in both languages, its contacts."""

from __future__ import annotations

import json

import pytest

from masarat.errors import BadFile


def conversation(number, status, **more):
    return {
        "meta": {
            "sender": {
                "id": 9001,
                "name": "سارة الحربي",
                "email": "sara@example.com",
                "phone_number": "+966551234567",
            },
            "channel": "Channel::Whatsapp",
            "assignee": {"id": 1, "name": "Huda", "email": "huda@example.com"},
        },
        "id": number,
        "messages": [{"id": 5, "content": "where is my coffee", "created_at": 1742889600}],
        "inbox_id": 2,
        "agent_last_seen_at": 0,
        "contact_last_seen_at": 0,
        "labels": ["late", "vip"],
        "status": status,
        "last_non_activity_message": {"id": 5, "content": "where is my coffee"},
        **more,
    }


# 25 March 2025, 10:00, 10:05 and 10:30 in Riyadh
LIST = [
    conversation(
        71, "resolved", created_at=1742886000, first_reply_created_at=1742886300, last_activity_at=1742887800
    ),
    conversation(72, "open", created_at=1742889600, first_reply_created_at=0, last_activity_at=1742889660),
]
TOLD = [
    (
        "Live Chat Conversation Started",
        "2025-03-25 10:00:00.000",
        "71",
        "resolved",
        "whatsapp",
        "Huda",
        "",
        "",
    ),
    (
        "Live Chat Conversation Ended",
        "2025-03-25 10:30:00.000",
        "71",
        "resolved",
        "whatsapp",
        "Huda",
        "30",
        "5",
    ),
    ("Live Chat Conversation Started", "2025-03-25 11:00:00.000", "72", "open", "whatsapp", "Huda", "", ""),
]
ENGLISH = "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Link to the conversation,Recorded date\n"
ARABIC = "اسم الوكيل,التقييم,التعليق على الملاحظات,اسم جهة الاتصال,عنوان البريد الإلكتروني الخاص بجهة الاتصال,رقم هاتف جهة الاتصال,رابط إلى المحادثة,تاريخ التسجيل\n"
ROWS = (
    "\nHuda (huda@example.com),5,خدمة سريعة,سارة,sara@example.com,+966551234567,https://chat.example.com/app/accounts/1/conversations/71,2025-03-25 07:00:00 UTC\n"
    "\nAli (ali@example.com),2,,Noura,,+966501112233,https://chat.example.com/app/accounts/1/conversations/72,2025-03-26 06:00:00 UTC\n"
)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"data": {"meta": {"all_count": 2}, "payload": LIST}}, ensure_ascii=False),
        json.dumps({"meta": {"all_count": 2}, "payload": LIST}),
        "".join(json.dumps({"data": {"meta": {}, "payload": [one]}}) + "\n" for one in LIST),
        "\ufeff" + json.dumps(LIST),
    ],
    ids=["list", "filter", "pages", "array"],
)
def test_conversations_as_the_api_lists_them(text, take, store):
    report = take(text, "conversations.json")
    assert (report.kind, report.source, report.rows, report.rejected) == ("conversations", "chatwoot", 2, 0)
    rows = store.select(
        "SELECT name, toString(ts, 'Asia/Riyadh') AS at, toString(props.ticket_id) AS id, toString(props.status) AS status, toString(props.by) AS by,"
        " toString(props.agent) AS agent, toString(props.minutes) AS minutes, toString(props.reply_minutes) AS reply FROM events ORDER BY ts"
    )
    assert [tuple(row.values()) for row in rows] == TOLD
    assert "coffee" not in str(store.select("SELECT * FROM events"))
    again = take(text, "conversations.json")
    assert (again.added, again.restated, again.known) == (0, 0, 3)


def test_an_answer_that_is_cut_off_says_so(take):
    with pytest.raises(BadFile, match="cut short or damaged"):
        take(json.dumps({"data": {"payload": LIST}})[:-9], "conversations.json")


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH + ROWS,
        (ARABIC + ROWS).encode("utf-8-sig"),
        (ARABIC + ROWS).replace("\n", "\r\n").encode("windows-1256"),
    ],
    ids=["english", "arabic", "windows"],
)
def test_satisfaction_is_answers(text, take, store):
    report = take(text)
    assert (report.kind, report.source, report.rows, report.rejected, report.added) == (
        "answers",
        "chatwoot",
        2,
        0,
        2,
    )
    rows = store.select(
        "SELECT visitor_id, toString(props.survey) AS survey, toString(props.score) AS score, toString(props.comment) AS comment, toString(ts, 'Asia/Riyadh') AS at FROM events ORDER BY ts"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("phone:+966551234567", "csat", "5", "خدمة سريعة", "2025-03-25 10:00:00.000"),
        ("phone:+966501112233", "csat", "2", "", "2025-03-26 09:00:00.000"),
    ]
    assert take(text).known == 2


def test_the_note_below_the_report_is_rejected_alone(take):
    report = take(ENGLISH + ROWS + "Reporting period 2025-03-01 to 2025-03-31\n")
    assert (report.added, report.rejected) == (2, 1)


def test_contacts_where_somebody_says_whose_they_are(take, store):
    report = take("id,name,email,phone_number\n9001,سارة,sara@example.com,+966551234567\n", preset="chatwoot")
    assert (report.kind, report.added) == ("contacts", 1)
    assert store.select("SELECT visitor_id FROM events") == [{"visitor_id": "chatwoot:9001"}]
