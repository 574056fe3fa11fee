"""Zendesk as its documentation describes it: export by cursor with users and metrics beside, ten requests a minute."""

from __future__ import annotations

from base64 import b64encode

import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Refused
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

USERS = [
    {"id": 7, "name": "نورة", "email": "n@example.com", "phone": "+966551234567", "role": "end-user", "locale": "ar", "created_at": "2025-01-01T00:00:00Z"},
    {"id": 8, "name": "Ali", "email": "a@example.com", "role": "end-user", "created_at": "2025-01-02T00:00:00Z"},
    {"id": 90, "name": "فهد", "email": "f@shop.example", "role": "agent", "created_at": "2024-01-01T00:00:00Z"},
]  # fmt: skip


def ticket(number, asker=7, status="open", **more):
    return {
        "id": number, "status": status, "requester_id": asker, "assignee_id": 90, "priority": "high",
        "subject": "أين طلبي", "created_at": f"2025-03-{number:02}T09:00:00Z", "via": {"channel": "email"}, "tags": ["late"], **more,
    }  # fmt: skip


def solved(number, **more):
    metrics = {"ticket_id": number, "solved_at": f"2025-03-{number:02}T11:00:00Z", "reply_time_in_minutes": {"calendar": 30, "business": 10}}  # fmt: skip
    return ticket(number, status="solved", metric_set=metrics, **more)


class Desk:
    """A help desk whose export has one change after the other, two a page."""

    def __init__(self):
        self.changes = [ticket(1), ticket(2, 8), solved(3), ticket(4, 90), solved(1), ticket(5, status="deleted")]  # fmt: skip

    def __call__(self, call):
        if call.headers.get("authorization") not in (self.basic("right"), "Bearer oauth"):
            return Said({"error": "Couldn't authenticate you"}, 401)
        assert call.path == "/api/v2/incremental/tickets/cursor.json"
        assert call.query["include"] == "users,metric_sets"
        at = int(call.query["cursor"]) if "cursor" in call.query else int(call.query["start_time"])
        found = self.changes[at : at + 2]
        people = {key for one in found for key in (one["requester_id"], one["assignee_id"])}
        return Said(
            {
                "tickets": found,
                "users": [user for user in USERS if user["id"] in people],
                "after_cursor": str(at + len(found)),
                "end_of_stream": at + 2 >= len(self.changes),
            }
        )

    @staticmethod
    def basic(token):
        return "Basic " + b64encode(f"boss@shop.example/token:{token}".encode()).decode()


@pytest.fixture
def made():
    return Desk()


@pytest.fixture
def desk(made):
    with program(made) as served:
        yield served


def given(desk, token="right"):
    return {"address": desk.url, "email": "boss@shop.example", "token": token}


def log(store):
    return store.select(
        "SELECT name, JSONExtractString(props, 'ticket_id') AS ticket, JSONExtractFloat(props, 'minutes') AS minutes, "
        "JSONExtractFloat(props, 'reply_minutes') AS reply, JSONExtractString(props, 'status') AS status, "
        "JSONExtractString(props, 'agent') AS agent, visitor_id != '' AS somebody FROM events ORDER BY name, ticket, visitor_id"
    )


def test_tickets_and_who_asked_come_in_once(desk, ask, store):
    run = ask("zendesk", **given(desk))
    assert (run.error, run.rejected) == ("", 0)
    rows = log(store)
    assert [row["name"] for row in rows].count("Customer Identified") == 2, "people of ours are no customers"
    opened = [(row["ticket"], row["status"]) for row in rows if row["name"] == "Ticket Opened"]
    assert opened == [("1", "solved"), ("2", "open"), ("3", "solved"), ("4", "open")]
    ended = [
        (r["ticket"], r["minutes"], r["reply"], r["agent"]) for r in rows if r["name"] == "Ticket Solved"
    ]
    assert ended == [("1", 120, 30, "فهد"), ("3", 120, 30, "فهد")]
    assert all(row["somebody"] for row in rows)
    again = ask("zendesk", again=True)
    assert (again.added, log(store)) == (0, rows)


def test_a_ticket_that_stands_twice_in_a_page_is_one(desk, made, ask, store):
    made.changes = [ticket(1), solved(1)]
    ask("zendesk", **given(desk))
    assert [row["name"] for row in log(store)] == ["Customer Identified", "Ticket Opened", "Ticket Solved"]


def test_what_is_called_like_a_field_stays_what_it_is(desk, made, ask, store):
    made.changes = [ticket(1), ticket(2), ticket(3, satisfaction_rating={"score": "good"})]
    assert ask("zendesk", **given(desk)).rejected == 0
    said = store.select("SELECT JSONExtractString(props, 'satisfaction') AS said FROM events ORDER BY said DESC LIMIT 1")  # fmt: skip
    assert said == [{"said": "good"}]


def test_the_next_time_it_goes_on_behind_the_last_change(desk, made, ask, store, records):
    ask("zendesk", **given(desk))
    assert connections.find(records, "zendesk").cursor == {"cursor": "6"}
    made.changes.append(solved(2, requester_id=8))
    desk.calls.clear()
    run = ask("zendesk")
    assert [call.query.get("cursor") for call in desk.calls] == ["6"]
    assert (run.added, run.restated) == (1, 1), "one solved, and opened by now says so"


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on(desk, told, records):
    for cut, more in told_the_same_wherever_cut(desk, told, records, "zendesk", given(desk)):
        assert more <= 3 - cut


def test_an_access_token_needs_no_email(desk, listen):
    assert listen("zendesk", address=desk.url, token="oauth").error == ""
    assert desk.calls[0].headers["authorization"] == "Bearer oauth"


def test_too_many_requests_are_waited_for(desk, listen, waits):
    desk.first = [Said({"error": "TooManyRequests"}, 429, {"retry-after": "42"})]
    assert listen("zendesk", **given(desk)).error == ""
    assert waits == [42]


def test_a_wrong_token_is_said(desk, ask):
    with pytest.raises(Refused, match="refuses the key"):
        ask("zendesk", **given(desk, "wrong"))
