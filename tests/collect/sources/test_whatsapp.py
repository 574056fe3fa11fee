"""Chats of WhatsApp, as its two phones and two languages export them: the conversations they come to, and that no message is kept."""

from __future__ import annotations

import zipfile

import pytest

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.errors import BadParameter

ANDROID = """\
25/03/2025, 10:00 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
25/03/2025, 10:00 - Sara: Is the coffee there?
I mean the light one:
25 March or later
25/03/2025, 10:05 - Shop: Yes
25/03/2025, 10:06 - Sara: <Media omitted>
26/03/2025, 10:05 - Shop: This message was deleted
27/03/2025, 10:06 - Sara: Thank you
"""
# The same talk on an Arabic phone: Arabic digits, marks of direction, halves of the day.
ARABIC = """\
\u200f٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٠ ص - الرسائل والمكالمات مشفرة تمامًا بين الطرفين.
\u200f٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٠ ص - Sara: هل القهوة موجودة؟
\u200f٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٥ ص - Shop: نعم
\u200f٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٦ ص - Sara: <تم استبعاد الوسائط>
\u200f٢٦\u200f/٣\u200f/٢٠٢٥، ١٠:٠٥ ص - Shop: تم حذف هذه الرسالة
\u200f٢٧\u200f/٣\u200f/٢٠٢٥، ١٠:٠٦ ص - Sara: شكرًا
"""
IPHONE = """\
\u200e[3/25/25, 10:00:00\u202fAM] Sara: \u200eMessages and calls are end-to-end encrypted. No one can read them.
[3/25/25, 10:00:00\u202fAM] Sara: Is the coffee there?
[3/25/25, 10:05:00\u202fAM] Shop: Yes
\u200e[3/25/25, 10:06:00\u202fAM] Sara: \u200eimage omitted
[3/26/25, 10:05:00\u202fAM] Shop: \u200eYou deleted this message.
[3/27/25, 10:06:00\u202fAM] Sara: Thank you
"""
# The second begins more than a day after the last message of the first.
TALKS = [
    ("Live Chat Conversation Ended", "2025-03-26 10:05:00.000", "4", "2", "5", "1445"),
    ("Live Chat Conversation Ended", "2025-03-27 10:06:00.000", "1", "1", "", "0"),
]


def talks(store):
    return [
        tuple(row.values())
        for row in store.select(
            "SELECT name, toString(ts, 'Asia/Riyadh') AS at, toString(props.messages) AS messages, toString(props.theirs) AS theirs,"
            " toString(props.reply_minutes) AS reply, toString(props.minutes) AS minutes FROM events WHERE name LIKE '%Ended' ORDER BY ts"
        )
    ]


def who(store):
    return {row["visitor_id"] for row in store.select("SELECT visitor_id FROM events")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ANDROID, "WhatsApp Chat with Sara.txt"),
        (ANDROID.encode("utf-8-sig"), "WhatsApp Chat with Sara (1).txt"),
        (ARABIC, "دردشة واتساب مع Sara.txt"),
        (IPHONE, "chat.txt"),  # who deleted is us
    ],
    ids=["android", "bom", "arabic", "iphone"],
)
def test_a_chat_is_its_conversations(text, name, take, store):
    report = take(text, name)
    assert (report.kind, report.source, report.rows, report.rejected) == ("conversations", "whatsapp", 2, 0)
    assert talks(store) == TALKS
    assert who(store) == {"whatsapp:name:sara"}
    again = take(text, name)
    assert (again.added, again.restated, again.known) == (0, 0, 4)


def test_no_message_is_kept(take, store, tmp_path):
    take(ANDROID, "WhatsApp Chat with Sara.txt")
    take(ANDROID.replace("Sara", "Noura"), "chat.txt")  # a name that tells nothing: not taken in
    kept = str(store.select("SELECT * FROM events")) + str(store.select("SELECT * FROM quarantine"))
    assert "coffee" not in kept
    assert "light" not in kept
    assert "Noura" not in kept


def test_a_day_without_a_message_ends_a_conversation(take, store):
    text = (
        "25/03/2025, 10:00 - Sara: a\n25/03/2025, 10:06 - Sara: b\n26/03/2025, 10:05 - Shop: c\n"
        "27/03/2025, 10:05 - Sara: d\n30/03/2025, 10:00 - Shop: an offer to everybody\n"
    )
    report = take(text, "WhatsApp Chat with Sara.txt")
    assert report.rows == 2  # the offer that was not answered is no conversation
    assert [row[1:4] for row in talks(store)] == [
        ("2025-03-26 10:05:00.000", "3", "2"),
        ("2025-03-27 10:05:00.000", "1", "1"),
    ]


def test_who_began_is_told_and_no_reply_where_we_did(take, store):
    take(
        "25/03/2025, 10:00 - Shop: Your order is here\n25/03/2025, 10:30 - Sara: ok\n25/03/2025, 10:31 - Shop: !\n",
        "WhatsApp Chat with Sara.txt",
    )
    row = store.select(
        "SELECT toString(props.began) AS began, toString(props.reply_minutes) AS reply FROM events WHERE name LIKE '%Ended'"
    )
    assert row == [{"began": "us", "reply": ""}]


@pytest.mark.parametrize("name", ["WhatsApp Chat with +966 55 123 4567.txt", "messages.txt"])
def test_a_customer_without_a_name_is_a_phone(name, take, store):
    take("25/03/2025, 10:00 - \u202a+966 55 123 4567\u202c: hello\n25/03/2025, 10:01 - Shop: hi\n", name)
    assert who(store) == {"phone:+966551234567"}


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("25/03/2025, 10:00 - Sara: a\n25/03/2025, 10:01 - Shop: b\n", "chat.txt", "Nothing says who of the two is the customer"),
        ("25/03/2025, 10:00 - Sara: a\n25/03/2025, 10:01 - Ali: b\n25/03/2025, 10:02 - Shop: c\n", "WhatsApp Chat with Friends.txt", "chat of a group"),
        ("25/03/2025, 09:00 - Sara created group “F”\n25/03/2025, 10:00 - Sara: a\n", "WhatsApp Chat with F.txt", "chat of a group"),
        ("25/03/2025, 10:00 - Shop: an offer\n", "WhatsApp Chat with Sara.txt", "has written nothing"),
        ("25/03/2025, 10:00 - Messages and calls are end-to-end encrypted.\n", "WhatsApp Chat with Sara.txt", "Nobody has written"),
    ],
)  # fmt: skip
def test_a_chat_of_nobody_says_why(text, name, why, take, store):
    report = take(text, name)
    assert (report.rows, report.rejected, report.added) == (1, 1, 0)
    assert why in store.select("SELECT reason FROM quarantine")[0]["reason"]


def test_dates_that_nothing_decides_are_asked_for(take, store):
    text = "3/4/2025, 10:00 - Sara: a\n3/4/2025, 10:01 - Shop: b\n"
    with pytest.raises(BadParameter, match="day first or month first"):
        take(text, "WhatsApp Chat with Sara.txt")
    take(text, "WhatsApp Chat with Sara.txt", dates="mdy")
    assert store.select("SELECT DISTINCT toString(toDate(ts)) AS day FROM events") == [{"day": "2025-03-04"}]


def test_the_order_of_messages_decides_days_and_months(take, store):
    take("5/1/2025, 10:00 - Sara: a\n4/2/2025, 10:00 - Sara: b\n", "WhatsApp Chat with Sara.txt")
    take("1/5/2025, 10:00 - Noura: a\n2/4/2025, 10:00 - Noura: b\n", "WhatsApp Chat with Noura.txt")
    days = store.select(
        "SELECT visitor_id, toString(toDate(ts)) AS day FROM events WHERE name LIKE '%Started' ORDER BY visitor_id, ts"
    )
    assert [row["day"] for row in days] == ["2025-01-05", "2025-02-04"] * 2


def test_a_longer_export_later_goes_on(take):
    take("25/03/2025, 10:00 - Sara: a\n", "WhatsApp Chat with Sara.txt")
    later = take(
        "25/03/2025, 10:00 - Sara: a\n25/03/2025, 11:00 - Shop: b\n28/03/2025, 11:00 - Sara: c\n",
        "WhatsApp Chat with Sara.txt",
    )
    assert (later.added, later.known, later.restated) == (2, 1, 1)  # the first has ended later than it seemed


def packed(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_pictures_and_a_folder_of_chats(store, records, tmp_path):
    folder = tmp_path / "chats"
    folder.mkdir()
    packed(folder / "WhatsApp Chat - Sara.zip", **{"_chat.txt": IPHONE, "00000003-PHOTO-2025-03-25.jpg": b"\xff\xd8\xff\xe0", "00000004-Noura.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:Noura\nTEL:0551112233\nEND:VCARD\n"})  # fmt: skip
    packed(folder / "WhatsApp Chat with Noura.zip", **{"WhatsApp Chat with Noura.txt": ANDROID.replace("Sara", "Noura"), "IMG-1.opus": b"OggS"})  # fmt: skip
    (folder / "WhatsApp Chat with Ali.txt").write_text(ANDROID.replace("Sara", "Ali"), "utf-8")
    reports = import_files(store, records, [folder], Choices())
    assert [(report.kind, report.rows, report.rejected, report.customers) for report in reports] == [
        ("conversations", 6, 0, 3)
    ]
    assert who(store) == {"whatsapp:name:sara", "whatsapp:name:noura", "whatsapp:name:ali"}


def test_a_chat_that_is_cut_off_is_read_as_far_as_it_goes(take):
    cut = ANDROID.encode()[: ANDROID.encode().index(b"26/03/2025, 10:05") + 9]
    report = take(cut, "WhatsApp Chat with Sara.txt")
    assert (report.rows, report.rejected, report.added) == (1, 0, 2)
