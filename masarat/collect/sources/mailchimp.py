"""Mailchimp: audiences (subscribed, unsubscribed and cleaned members, each a CSV in one zip), and who opened and clicked what.

Who opened and clicked, and when, stands in the export of the whole account only: `granular_activity/opens/ID_campaign.csv` and
`…/clicks/…`, of which the campaign is told by the file's name. Lists without times (who opened, who bounced) are no events.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from masarat.collect.sheets import SAVE_AGAIN, Sheet
from masarat.collect.sniffing import Recoded, encoding_of
from masarat.collect.sources.base import Export, Source
from masarat.collect.sources.documents import sheet_of
from masarat.errors import BadFile

NAME = "mailchimp"
LARGEST = 512 << 20  # bytes of one campaign's opens
ACTIVITY = re.compile(r"(?:^|/)granular_activity/(opens|clicks)/(?:\d+[_-])?([^/]+)\.csv$", re.IGNORECASE)
MEMBERS = re.compile(r"(?:^|/)lists/members/[^/]+\.csv$", re.IGNORECASE)
WHAT = {"opens": "opened", "clicks": "clicked"}

MACHINES = ("OPTIN_IP", "CONFIRM_IP", "LATITUDE", "LONGITUDE")
WHO = {
    "email": ("Email Address",),
    "first_name": ("First Name", "FNAME"),
    "last_name": ("Last Name", "LNAME"),
    "name": ("Name", "Full Name"),
    "phone": ("Phone Number", "Phone", "SMS Phone Number"),
    "birthday": ("Birthday",),
    "company": ("Company", "Company Name"),
    "city": ("City",),
    "country": ("CC", "Country"),
    "language": ("Language",),
    "tags": ("TAGS",),
}


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """Who opened or clicked, from the export of an account; None for any other file."""
    found = ACTIVITY.search(name.replace("\\", "/")) or ACTIVITY.search(path.as_posix())
    if not found:
        return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than any campaign.", SAVE_AGAIN)
    with Recoded(path, encoding_of(path)) as stream:
        table = csv.DictReader(io.StringIO(stream.read().decode("utf-8", "replace"), newline=""))
    if not {"Timestamp", "Email"} <= set(table.fieldnames or ()):
        raise BadFile(f"{name} has no columns Timestamp and Email, as Mailchimp writes them.", SAVE_AGAIN)
    told = {"event": WHAT[found[1].lower()], "campaign": found[2].replace("_", " ").strip()}
    rows = [
        {**told, "ts": row["Timestamp"] or "", "email": row["Email"] or "", "page": row.get("Url") or ""}
        for row in table
    ]
    return [sheet_of(name, NAME, "mails", rows)] if rows else []


def packs(names: Sequence[str]) -> list[str]:
    """Of the export of a whole account: its members and who opened and clicked; no templates, pictures or sums."""
    if not any("granular_activity/" in name for name in names):
        return []
    return [name for name in names if ACTIVITY.search(name) or MEMBERS.search(name)]


MAILCHIMP = Source(
    NAME,
    "Mailchimp",
    "ميل تشيمب",
    "Audience → All contacts → Export audience; opens and clicks: Account → Settings → Export data.",
    (
        Export(
            "contacts",
            ("Email Address", "MEMBER_RATING", "CONFIRM_TIME"),
            {**WHO, "ts": ("CONFIRM_TIME", "OPTIN_TIME")},
            unread=MACHINES,
        ),
        Export(
            "mails",
            ("Email Address", "MEMBER_RATING", "UNSUB_TIME", "UNSUB_REASON"),
            {
                **WHO,
                "ts": ("UNSUB_TIME",),
                "campaign": ("UNSUB_CAMPAIGN_TITLE",),
                "outcome": ("UNSUB_REASON",),
            },
            {"event": "unsubscribed"},
            unread=MACHINES,
        ),
        Export(
            "mails",
            ("Email Address", "MEMBER_RATING", "CLEAN_TIME", "CLEAN_CAMPAIGN_ID"),
            {**WHO, "ts": ("CLEAN_TIME",), "campaign": ("CLEAN_CAMPAIGN_TITLE",)},
            {"event": "bounced"},
            unread=MACHINES,
        ),
    ),
    opens=opens,
    packs=packs,
    sample='''"Email Address","First Name","Last Name","Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
sara@example.com,سارة,الحربي,+966551234567,04/02,4,"2025-03-01 10:00:00",,"2025-03-01 10:02:00",,SA,,"2025-03-20 09:00:00",1001,a1b2c3d4e5,,"""VIP"",""Coffee"""
noura@example.com,Noura,,,,2,,,"2025-03-05 08:00:00",,,,"2025-03-05 08:00:00",1002,b2c3d4e5f6,,
''',
)
