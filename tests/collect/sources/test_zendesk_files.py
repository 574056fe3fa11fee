"""Tickets of Zendesk: the CSV of a view, a report of Explore and its JSON come to the same."""

from __future__ import annotations

import json

import pytest

from masarat.errors import BadFile

VIEW = (
    "Summation column,Id,Requester,Requester id,Requester email,Assignee,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Solved at,"
    "Satisfaction Score,First reply time in minutes\n"
    "1,71,سارة الحربي,9001,sara@example.com,Huda,تأخر الطلب,late,Solved,High,Mail,Question,2025-03-25 10:00,2025-03-25 11:30,Good,12\n"
    "1,72,Noura,9002,noura@example.com,,Refund,,Open,Normal,Web form,Question,2025-03-26 09:00,,Unoffered,\n"
)
EXPLORE = (
    "Ticket ID,Ticket created - Timestamp,Ticket solved - Timestamp,Ticket status,Ticket subject,Ticket priority,Ticket channel,Ticket tags,"
    "Requester ID,Requester name,Requester email,Assignee name,First reply time (min)\n"
    "71,2025-03-25T10:00:00,2025-03-25T11:30:00,Solved,تأخر الطلب,High,Mail,late,9001,سارة الحربي,sara@example.com,Huda,12\n"
    "72,2025-03-26T09:00:00,,Open,Refund,Normal,Web form,,9002,Noura,noura@example.com,,\n"
)


def ticket(number, **more):
    return {
        "url": f"https://example.zendesk.com/api/v2/tickets/{number}.json",
        "id": number,
        "via": {"channel": "Mail"},
        "description": "my coffee is late",
        "comments": [{"id": 1, "body": "where is my coffee"}, {"id": 2, "body": "soon"}],
        "custom_fields": [{"id": 5, "value": "coffee"}],
        **more,
    }


TICKETS = [
    ticket(
        71, subject="تأخر الطلب", status="Solved", priority="High", tags=["late"], assignee={"id": 1, "name": "Huda"},
        created_at="2025-03-25T07:00:00Z", updated_at="2025-04-01T00:00:00Z", requester={"id": 9001, "name": "سارة الحربي", "email": "sara@example.com", "phone": None},
        satisfaction_rating={"score": "good"}, metric_set={"solved_at": "2025-03-25T08:30:00Z", "reply_time_in_minutes": {"calendar": 12, "business": 2}},
    ),
    ticket(
        72, subject="Refund", status="Open", priority="Normal", tags=[], assignee=None, created_at="2025-03-26T06:00:00Z", via={"channel": "Web form"},
        requester={"id": 9002, "name": "Noura", "email": "noura@example.com"}, metric_set={"solved_at": None, "reply_time_in_minutes": {"calendar": None}},
    ),
]  # fmt: skip
LINES = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in TICKETS)

TOLD = [
    (
        "Ticket Opened",
        "2025-03-25 10:00:00.000",
        "zendesk:9001",
        "71",
        "تأخر الطلب",
        "Solved",
        "High",
        "Huda",
        "Mail",
        "",
        "",
    ),
    (
        "Ticket Solved",
        "2025-03-25 11:30:00.000",
        "zendesk:9001",
        "71",
        "تأخر الطلب",
        "Solved",
        "High",
        "Huda",
        "Mail",
        "90",
        "12",
    ),
    (
        "Ticket Opened",
        "2025-03-26 09:00:00.000",
        "zendesk:9002",
        "72",
        "Refund",
        "Open",
        "Normal",
        "",
        "Web form",
        "",
        "",
    ),
]


def told(store):
    rows = store.select(
        "SELECT name, toString(ts, 'Asia/Riyadh') AS at, visitor_id, toString(props.ticket_id) AS id, toString(props.topic) AS topic,"
        " toString(props.status) AS status, toString(props.priority) AS priority, toString(props.agent) AS agent, toString(props.by) AS by,"
        " toString(props.minutes) AS minutes, toString(props.reply_minutes) AS reply FROM events ORDER BY ts"
    )
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (VIEW, "view.csv"),
        (VIEW.encode("utf-8-sig"), "view.csv"),
        (VIEW.replace("\n", "\r\n").encode("windows-1256"), "view.csv"),
        (EXPLORE, "explore.csv"),
        (LINES, "tickets.json"),
        (json.dumps({"tickets": TICKETS, "next_page": None, "count": 2}), "tickets.json"),
    ],
    ids=["view", "bom", "windows", "explore", "lines", "api"],
)
def test_tickets_are_the_same_however_they_come(text, name, take, store):
    report = take(text, name)
    assert (report.kind, report.source, report.rows, report.rejected) == ("tickets", "zendesk", 2, 0)
    assert told(store) == TOLD
    again = take(text, name)
    assert (again.added, again.restated, again.known) == (0, 0, 3)


def test_what_was_written_is_not_kept(take, store):
    take(LINES, "tickets.json")
    assert "coffee" not in str(store.select("SELECT * FROM events"))
    assert store.select(
        "SELECT toString(props.satisfaction) AS said FROM events WHERE name = 'Ticket Solved'"
    ) == [{"said": "good"}]


def test_a_ticket_that_is_solved_nobody_says_when_has_no_end(take, store):
    one = json.dumps({**TICKETS[0], "metric_set": None})
    take(one, "tickets.json")
    assert [row[0] for row in told(store)] == ["Ticket Opened"]


def test_a_line_that_is_cut_off_is_rejected(take, store):
    report = take(LINES[: len(LINES) - 40], "tickets.json")
    assert (report.added, report.rejected) == (2, 1)
    assert store.select("SELECT reason FROM quarantine") == [
        {"reason": "The line is cut short: it is no whole ticket."}
    ]


def test_a_file_that_is_cut_off_says_so(take):
    with pytest.raises(BadFile, match="cut short or damaged"):
        take(json.dumps({"tickets": TICKETS}, indent=1)[:-30], "tickets.json")
