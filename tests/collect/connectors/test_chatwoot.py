"""Chatwoot as its own source code answers: twenty-five a page (here two), moments as seconds, changes all at once."""

from __future__ import annotations

import time

import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Refused
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

BEGUN = 1_740_823_200  # 2025-03-01 10:00 UTC


def chat(number, **more):
    return {
        "id": number, "status": "open", "created_at": BEGUN + number * 86400, "first_reply_created_at": 0, "updated_at": float(BEGUN),
        "last_activity_at": BEGUN + number * 86400 + 7200, "labels": ["vip"], "additional_attributes": {},
        "meta": {"sender": {"id": 7, "name": "نورة", "phone_number": "+966551234567", "email": None}, "channel": "Channel::Whatsapp", "assignee": {"name": "فهد"}},
        **more,
    }  # fmt: skip


def resolved(number, **more):
    replied = BEGUN + number * 86400 + 600
    return chat(number, status="resolved", first_reply_created_at=replied, **more)


class Desk:
    def __init__(self):
        self.chats = [chat(1), resolved(2), chat(3), resolved(4), chat(5)]

    def __call__(self, call):
        if call.headers.get("api_access_token") != "right":
            return Said({"errors": ["You need to sign in or sign up before continuing."]}, 401)
        assert (call.path, call.query["status"]) == ("/api/v1/accounts/3/conversations", "all")
        if within := call.query.get("updated_within"):
            found = [one for one in self.chats if one["updated_at"] > time.time() - int(within)]
        else:
            at = 2 * (int(call.query["page"]) - 1)
            found = self.chats[at : at + 2]
        return Said({"data": {"meta": {"all_count": len(self.chats)}, "payload": found}})


@pytest.fixture
def made():
    return Desk()


@pytest.fixture
def desk(made):
    with program(made) as served:
        yield served


def given(desk, token="right"):
    return {"address": desk.url, "account_id": "3", "token": token}


def log(store):
    return store.select(
        "SELECT name, JSONExtractString(props, 'ticket_id') AS chat, JSONExtractFloat(props, 'minutes') AS minutes, "
        "JSONExtractFloat(props, 'reply_minutes') AS reply, JSONExtractString(props, 'by') AS by, JSONExtractString(props, 'agent') AS agent, "
        "visitor_id != '' AS somebody FROM events ORDER BY name, chat"
    )


def test_conversations_come_in_once(desk, ask, store):
    run = ask("chatwoot", **given(desk))
    assert (run.error, run.rejected) == ("", 0)
    rows = log(store)
    ended = [
        (r["chat"], r["minutes"], r["reply"]) for r in rows if r["name"] == "Live Chat Conversation Ended"
    ]
    assert ended == [("2", 120, 10), ("4", 120, 10)]
    begun = [(r["chat"], r["by"], r["agent"]) for r in rows if r["name"] == "Live Chat Conversation Started"]
    assert begun == [(str(number), "Whatsapp", "فهد") for number in range(1, 6)]
    assert all(row["somebody"] for row in rows)
    assert ask("chatwoot", again=True).added == 0
    assert log(store) == rows


def test_the_next_time_only_what_changed(desk, made, ask, records):
    ask("chatwoot", **given(desk))
    assert connections.find(records, "chatwoot").cursor.keys() == {"since"}
    desk.calls.clear()
    made.chats[0] = resolved(1, updated_at=time.time())
    run = ask("chatwoot")
    assert [600 <= int(call.query["updated_within"]) < 4000 for call in desk.calls] == [True]
    assert (run.rows, run.added, run.restated) == (1, 1, 1)


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on(desk, told, records):
    for cut, more in told_the_same_wherever_cut(desk, told, records, "chatwoot", given(desk)):
        assert more == 4 - cut


def test_too_many_requests_are_waited_for(desk, listen, waits):
    desk.first = [Said(b"Retry later\n", 429, {"retry-after": "11"})]
    assert listen("chatwoot", **given(desk)).error == ""
    assert waits == [11]


def test_a_wrong_token_is_said(desk, ask):
    with pytest.raises(Refused):
        ask("chatwoot", **given(desk, "wrong"))
