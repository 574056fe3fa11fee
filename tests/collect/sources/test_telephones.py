"""Call logs of 3CX, Twilio and Asterisk: who is the customer, what is one call, what was not answered."""

from __future__ import annotations

import json

import pytest

from masarat.collect.sources.asterisk import ASTERISK
from masarat.collect.sources.threecx import THREECX
from masarat.collect.sources.twilio import TWILIO

SARA, NOURA = "phone:+966551234567", "phone:+966501112233"


def told(store):
    rows = store.select(
        "SELECT name, visitor_id, toString(ts, 'Asia/Riyadh') AS at, toString(props.seconds) AS seconds, toString(props.answered) AS answered,"
        " toString(props.agent) AS agent FROM events ORDER BY ts"
    )
    return [tuple(row.values()) for row in rows]


def twice(take, text, name="calls.csv"):
    report = take(text, name)
    again = take(text, name)
    assert (report.kind, report.rejected) == ("calls", 0)
    assert (again.added, again.restated, again.known) == (0, 0, report.added)
    return report


@pytest.mark.parametrize(
    "encode",
    [str, lambda text: text.encode("utf-8-sig"), lambda text: text.encode("windows-1256")],
    ids=["plain", "bom", "windows"],
)
def test_3cx_legs_are_one_call_and_calls_within_the_house_none(encode, take, store):
    report = twice(take, encode(THREECX.sample))
    assert (report.source, report.rows, report.added) == ("3cx", 4, 2)
    assert told(store) == [
        ("Call Received", SARA, "2025-03-25 10:00:00.000", "205", "true", "هدى (101)"),
        ("Call Made", NOURA, "2025-03-25 11:00:00.000", "0", "false", "هدى (101)"),
    ]


def test_3cx_in_order_of_days_and_with_a_name_beside_the_number(take, store):
    twice(
        take,
        "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Transcription\n25/03/2025 10:00,1,سارة (٠٥٥١٢٣٤٥٦٧),Huda (101),Inbound,Answered,00:05,3:25,what Sara said\n",
    )
    assert told(store) == [("Call Received", SARA, "2025-03-25 10:00:00.000", "205", "true", "Huda (101)")]
    assert "what Sara said" not in str(store.select("SELECT * FROM events"))


LEGS = [
    {"sid": "CA02", "parent_call_sid": "CA01", "account_sid": "AC01", "from": "+966551234567", "to": "+966501110000", "direction": "outbound-dial", "duration": "200", "status": "completed", "start_time": "2025-03-25T07:00:00Z"},
    {"sid": "CA01", "parent_call_sid": None, "account_sid": "AC01", "from": "+966551234567", "to": "+966112345678", "direction": "inbound", "duration": "205", "status": "completed", "start_time": "2025-03-25T07:00:00Z"},
    {"sid": "CA03", "parent_call_sid": None, "account_sid": "AC01", "from": "client:huda", "to": "", "direction": "inbound", "duration": "40", "status": "completed", "start_time": "2025-03-25T08:00:00Z"},
    {"sid": "CA04", "parent_call_sid": "CA03", "account_sid": "AC01", "from": "+966112345678", "to": "+966501112233", "direction": "outbound-dial", "duration": "30", "status": "no-answer", "start_time": "2025-03-25T08:00:02Z"},
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["".join(json.dumps(leg) + "\n" for leg in LEGS), json.dumps({"calls": LEGS, "page": 0})],
    ids=["bulk", "api"],
)
def test_twilio_legs_are_of_the_call_that_began_them(text, take, store):
    report = twice(take, text, "calls.json")
    assert (report.source, report.rows, report.added) == ("twilio", 4, 2)
    assert told(store) == [
        ("Call Received", SARA, "2025-03-25 10:00:00.000", "200", "true", ""),
        ("Call Made", NOURA, "2025-03-25 11:00:00.000", "30", "false", ""),
    ]


def test_twilio_as_a_table(take, store):
    assert twice(take, TWILIO.sample).source == "twilio"
    assert [(row[0], row[1], row[4]) for row in told(store)] == [
        ("Call Received", SARA, "true"),
        ("Call Made", NOURA, "false"),
    ]


# Master.csv: no header; from outside, to outside (once with our own number as the caller's), within the house, withheld, to voicemail.
MASTER = '''\
"","0551234567","101","from-did-direct","""Sara"" <0551234567>","PJSIP/trunk-1","PJSIP/101-2","Dial","PJSIP/101,20","2025-03-25 10:00:00","2025-03-25 10:00:10","2025-03-25 10:03:35",215,205,"ANSWERED","DOCUMENTATION","1.1",""
"","101","0501112233","from-internal","""Huda"" <101>","PJSIP/101-3","PJSIP/trunk-4","Dial","PJSIP/trunk/0501112233","2025-03-25 11:00:00","","2025-03-25 11:00:20",20,0,"NO ANSWER","DOCUMENTATION","1.2",""
"","0112345678","0501112233","from-internal","""Huda"" <0112345678>","PJSIP/101-5","PJSIP/trunk-6","Dial","PJSIP/trunk/0501112233","2025-03-25 12:00:00","2025-03-25 12:00:05","2025-03-25 12:00:35",35,30,"ANSWERED","DOCUMENTATION","1.3",""
"","101","102","from-internal","""Huda"" <101>","PJSIP/101-7","PJSIP/102-8","Dial","PJSIP/102","2025-03-25 13:00:00","2025-03-25 13:00:01","2025-03-25 13:01:01",61,60,"ANSWERED","DOCUMENTATION","1.4",""
"","anonymous","0112345678","ext-queues","anonymous","PJSIP/trunk-9","","Queue","600","2025-03-25 14:00:00","","2025-03-25 14:00:30",30,0,"NO ANSWER","DOCUMENTATION","1.5",""
'''


@pytest.mark.parametrize("columns", [18, 17, 16])
def test_the_file_of_asterisk_without_a_header(columns, take, store):
    lines = [line.rsplit(",", 18 - columns)[0] for line in MASTER.splitlines()]
    report = twice(take, "\n".join(lines) + "\n", "Master.csv")
    assert (report.source, report.rows, report.added, report.unidentified) == ("asterisk", 5, 4, 1)
    assert told(store) == [
        ("Call Received", SARA, "2025-03-25 10:00:00.000", "205", "true", "101"),
        ("Call Made", NOURA, "2025-03-25 11:00:00.000", "0", "false", "101"),
        ("Call Made", NOURA, "2025-03-25 12:00:00.000", "30", "true", ""),
        ("Call Received", "", "2025-03-25 14:00:00.000", "0", "false", ""),
    ]


def test_the_report_of_freepbx(take, store):
    report = twice(take, ASTERISK.sample)
    assert (report.source, report.rows, report.added) == ("asterisk", 3, 2)
    assert [row[:2] for row in told(store)] == [("Call Received", SARA), ("Call Made", NOURA)]


def test_the_report_of_freepbx_puts_legs_together_by_their_link(take, store):
    header, first, *_ = ASTERISK.sample.splitlines()
    rung = (
        first.replace("205,ANSWERED", "0,NO ANSWER")
        .replace("101", "102")
        .replace(",3,,1742886000.1,", ",3,,1742886000.9,")
    )
    text = "\n".join([header + ",linkedid", rung + ",1742886000.1", first + ",1742886000.1"]) + "\n"
    assert twice(take, text).added == 1
    assert told(store) == [("Call Received", SARA, "2025-03-25 10:00:00.000", "205", "true", "101")]


def test_a_record_that_is_cut_off_is_rejected(take):
    report = take(MASTER[: MASTER.rindex('"NO ANSWER"')], "Master.csv")
    assert (report.source, report.rejected) == ("asterisk", 1)
