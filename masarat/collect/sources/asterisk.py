"""Asterisk, FreePBX and Issabel: the call records, as the file Master.csv (which has no header) or as the CSV of their reports.

Source: https://docs.asterisk.org/Configuration/Reporting/Call-Detail-Records-CDR/
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from masarat.collect.delimited import TextSheet
from masarat.collect.sheets import Sheet
from masarat.collect.sniffing import Layout, encoding_of
from masarat.collect.sources.base import Export, Source

NAME = "asterisk"
# The columns of Master.csv in their order, as fields where they are one; the last two are written only where they are asked for.
MASTER = (
    *("accountcode", "caller", "called", "dcontext", "clid", "channel_of_caller", "channel_of_called"),
    *(
        "lastapp",
        "lastdata",
        "ts",
        "answered_at",
        "ended_at",
        "rung_seconds",
        "seconds",
        "outcome",
        "amaflags",
    ),
    *("move_id", "userfield"),
)
STATES = ("ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION")
LONGEST = 1 << 14  # bytes of one record
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")

RECORDS = {
    "ts": ("calldate", "start"),
    "caller": ("src",),
    "called": ("dst",),
    "direction": ("dcontext",),
    "seconds": ("billsec",),
    "outcome": ("disposition",),
    "leg_of": ("linkedid",),
    "move_id": ("uniqueid",),
}


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The records of a Master.csv, known by the shape of its first line; None for any other file."""
    if b"," not in head:
        return None
    with path.open("rb") as file:
        line = file.read(LONGEST).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()[:1]
    first = next(csv.reader(line), [])
    if len(first) not in (16, 17, 18) or not TIME.fullmatch(first[9]) or first[14] not in STATES:
        return None
    header = ["direction" if column == "dcontext" else column for column in MASTER[: len(first)]]
    encoding = encoding_of(path)
    sheet = TextSheet(name, header, None, path=path, encoding=encoding, layout=Layout(",", header, 0, 0))
    sheet.told_by = (NAME, "calls")
    return [sheet]


ASTERISK = Source(
    NAME,
    "Asterisk · FreePBX · Issabel",
    "أستريسك",
    "Reports → CDR Reports → CSV; or the file /var/log/asterisk/cdr-csv/Master.csv.",
    (
        Export("calls", ("calldate", "src", "dst", "billsec", "disposition"), RECORDS),
        Export("calls", ("start", "src", "dst", "billsec", "disposition"), RECORDS),
    ),
    opens=opens,
    sample='''calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield
2025-03-25 10:00:00,"""سارة"" <0551234567>",0551234567,101,from-did-direct,PJSIP/trunk-1,PJSIP/101-2,Dial,PJSIP/101,215,205,ANSWERED,3,,1742886000.1,
2025-03-25 11:00:00,"""Huda"" <101>",101,0501112233,from-internal,PJSIP/101-3,PJSIP/trunk-4,Dial,PJSIP/trunk/0501112233,20,0,NO ANSWER,3,,1742889600.2,
2025-03-25 11:05:00,"""Huda"" <101>",101,102,from-internal,PJSIP/101-5,PJSIP/102-6,Dial,PJSIP/102,62,60,ANSWERED,3,,1742889900.3,
''',
)
