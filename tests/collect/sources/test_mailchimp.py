"""Audiences of Mailchimp and what became of its mails, from the zips that it makes."""

from __future__ import annotations

import zipfile

import pytest

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.errors import BadFile

HEAD = '"Email Address","First Name","Last Name","Phone Number",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,CC,REGION,'
SUBSCRIBED = (
    HEAD + "LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
    'sara@example.com,سارة,الحربي,+966551234567,4,,,"2025-03-01 10:00:00",192.0.2.7,24.7,46.7,SA,,"2025-03-20 09:00:00",1,a,,"""VIP"",""Coffee"""\n'
    'noura@example.com,Noura,,,2,,,"2025-03-05 08:00:00",192.0.2.8,,,SA,,"2025-03-05 08:00:00",2,b,,\n'
)
UNSUBSCRIBED = (
    HEAD
    + "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID,NOTES,TAGS\n"
    'huda@example.com,Huda,,,2,,,"2025-02-01 10:00:00",,,,SA,,"2025-03-25 12:00:00",Ramadan,c9,NO_LONGER_INTERESTED,,3,c,,\n'
)
CLEANED = (
    HEAD + "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS\n"
    'old@example.com,Old,,,1,,,"2024-02-01 10:00:00",,,,SA,,"2025-03-26 12:00:00",Ramadan,c9,4,d,,\n'
)
AUDIENCE = {
    "subscribed_members_export_a1b2.csv": SUBSCRIBED,
    "unsubscribed_members_export_a1b2.csv": UNSUBSCRIBED,
    "cleaned_members_export_a1b2.csv": CLEANED,
}
ACCOUNT = {
    "lists/members/members_47_newsletter.csv": SUBSCRIBED,
    "granular_activity/opens/11_ramadan_offers.csv": "Timestamp,Email\n2025-03-25 10:00:00,sara@example.com\n2025-03-25 18:00:00,sara@example.com\n",
    "granular_activity/clicks/11_ramadan_offers.csv": "Timestamp,Email,Url\n2025-03-25 10:01:00,Sara@example.com,https://shop.example.com/p/1\n",
    "granular_activity/opens/12_empty.csv": "Timestamp,Email\n",
    "aggregate_activity/opened/11_ramadan_offers.csv": '"Email Address",Opens\nsara@example.com,2\n',
    "templates/one.html": "<html><body>…</body></html>",
}


def packed(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def take_zip(store, records, tmp_path):
    return lambda members: import_files(store, records, [packed(tmp_path / "export.zip", members)], Choices())


def told(store, *names):
    rows = store.select(
        "SELECT name, visitor_id, toString(ts, 'Asia/Riyadh') AS at, utm_campaign, toString(props.reason) AS reason, toString(props.href) AS href"
        " FROM events ORDER BY ts, name"
    )
    return [tuple(row.values()) for row in rows if row["name"] in names]


def test_an_audience_is_contacts_and_those_who_left(take_zip, store):
    reports = take_zip(AUDIENCE)
    assert [
        (report.kind, report.source, report.rows, report.added, report.rejected) for report in reports
    ] == [
        ("contacts", "mailchimp", 2, 2, 0),
        ("mails", "mailchimp", 1, 1, 0),
        ("mails", "mailchimp", 1, 1, 0),
    ]
    assert told(store, "Unsubscribed", "Email Bounced") == [
        (
            "Unsubscribed",
            "email:huda@example.com",
            "2025-03-25 12:00:00.000",
            "Ramadan",
            "NO_LONGER_INTERESTED",
            "",
        ),
        ("Email Bounced", "email:old@example.com", "2025-03-26 12:00:00.000", "Ramadan", "", ""),
    ]
    traits = store.select(
        "SELECT trait, value FROM traits WHERE visitor_id = 'phone:+966551234567' ORDER BY trait"
    )
    assert {row["trait"]: row["value"] for row in traits} == {
        "name": "سارة الحربي",
        "email": "sara@example.com",
        "phone": "+966551234567",
        "country": "SA",
        "tags": '"VIP","Coffee"',
    }
    assert [(report.added, report.restated) for report in take_zip(AUDIENCE)] == [(0, 0)] * 3


def test_addresses_of_machines_are_not_kept(take_zip, store):
    take_zip(AUDIENCE)
    assert "192.0.2" not in str(store.select("SELECT * FROM events"))


def test_an_account_tells_who_opened_and_clicked(take_zip, store):
    reports = take_zip(ACCOUNT)
    assert [(report.kind, report.rows, report.rejected) for report in reports] == [
        ("contacts", 2, 0),
        ("mails", 3, 0),
    ]
    sara = "email:sara@example.com"
    assert told(store, "Email Opened", "Email Link Clicked") == [
        ("Email Opened", sara, "2025-03-25 10:00:00.000", "ramadan offers", "", ""),
        (
            "Email Link Clicked",
            sara,
            "2025-03-25 10:01:00.000",
            "ramadan offers",
            "",
            "https://shop.example.com/p/1",
        ),
        ("Email Opened", sara, "2025-03-25 18:00:00.000", "ramadan offers", "", ""),
    ]
    assert [(report.added, report.restated) for report in take_zip(ACCOUNT)] == [(0, 0)] * 2


@pytest.mark.parametrize(
    "encoded",
    [SUBSCRIBED.encode("utf-8-sig"), SUBSCRIBED.replace("\n", "\r\n").encode("windows-1256")],
    ids=["bom", "windows"],
)
def test_as_a_spreadsheet_saves_it(encoded, take, store):
    assert (take(encoded).kind, take(encoded).rejected) == ("contacts", 0)
    assert {"trait": "name", "value": "سارة الحربي"} in store.select("SELECT trait, value FROM traits")


def test_a_cell_without_a_time_is_rejected_and_the_rest_is_taken(take, store):
    row = UNSUBSCRIBED.splitlines()[1]
    report = take(UNSUBSCRIBED + row.replace("huda", "ali").replace('"2025-03-25 12:00:00"', "") + "\n")
    assert (report.added, report.rejected) == (1, 1)
    assert store.select("SELECT reason FROM quarantine") == [{"reason": "UNSUB_TIME is empty."}]


def test_opens_without_their_columns_say_so(take_zip):
    with pytest.raises(BadFile, match="no columns Timestamp and Email"):
        take_zip({"granular_activity/opens/11_x.csv": "a,b\n1,2\n"})
