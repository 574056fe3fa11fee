"""Address books: cards of every version, in every way that Arabic is written in them, and what they come to."""

from __future__ import annotations

import pytest

from masarat.errors import BadFile

THREE = """BEGIN:VCARD\r
VERSION:3.0\r
N:الحربي;سارة;;;\r
FN:سارة الحربي\r
ORG:مؤسسة المثال;المبيعات\r
item1.TEL;type=HOME:011 234 5678\r
TEL;TYPE="CELL,VOICE":055-123-4567\r
EMAIL;TYPE=INTERNET:Sara@Example.com\r
BDAY:19900402\r
ADR;TYPE=HOME:;;شارع العليا\\, 1;الرياض;;12345;السعودية\r
CATEGORIES:VIP,Coffee\r
NOTE:likes light roast\\nand comes on\r
  Thursdays\r
END:VCARD\r
"""
# The same card as an old phone writes it: quoted-printable, with soft breaks.
TWO = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=A7=D9=84=D8=AD=D8=B1=D8=A8=D9=8A;=D8=B3=D8=A7=
=D8=B1=D8=A9;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B3=D8=A7=D8=B1=D8=A9 =D8=A7=D9=84=D8=AD=D8=B1=D8=A8=D9=8A
TEL;HOME:0112345678
TEL;CELL;PREF:٠٥٥١٢٣٤٥٦٧
EMAIL;INTERNET:sara@example.com
PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQ
 gHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx
 NDQ0Hyc5PTgyPC4zNDL==

END:VCARD
"""
FOUR = """BEGIN:VCARD
VERSION:4.0
FN:Noura
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+966501112233;ext=7
GENDER:F
BDAY:--0402
LANG:ar
END:VCARD
"""


def traits(store, *names):
    rows = store.select("SELECT trait, value, visitor_id FROM traits ORDER BY ALL")
    return {row["trait"]: row["value"] for row in rows if not names or row["trait"] in names}


@pytest.mark.parametrize(
    "text",
    [THREE, TWO, THREE.encode("utf-8-sig"), THREE.encode("utf-16")],
    ids=["3.0", "2.1", "bom", "utf-16"],
)
def test_a_card_is_a_contact(text, take, store):
    report = take(text, "contacts.vcf")
    assert (report.kind, report.source, report.rows, report.rejected, report.added) == (
        "contacts",
        "vcard",
        1,
        0,
        1,
    )
    found = traits(store)
    assert (found["name"], found["phone"], found["email"]) == (
        "سارة الحربي",
        "+966551234567",
        "sara@example.com",
    )
    assert store.select("SELECT visitor_id FROM events") == [{"visitor_id": "phone:+966551234567"}]
    again = take(text, "contacts.vcf")
    assert (again.added, again.restated, again.known) == (0, 0, 1)


def test_all_that_a_card_tells(take, store):
    take(THREE, "contacts.vcf")
    assert traits(store, "company", "birthday", "city", "country", "tags") == {
        "company": "مؤسسة المثال",
        "birthday": "1990-04-02",
        "city": "الرياض",
        "country": "السعودية",
        "tags": "VIP,Coffee",
    }
    told = store.select(
        "SELECT toString(props.note) AS note, toString(props.other_phones) AS others FROM events"
    )
    assert told == [{"note": "likes light roast\nand comes on Thursdays", "others": "011 234 5678"}]


def test_version_four_tells_phones_as_addresses_and_days_without_years(take, store):
    take(FOUR, "contacts.vcf")
    assert traits(store) == {
        "name": "Noura",
        "phone": "+966501112233",
        "gender": "female",
        "birthday": "04-02",
        "language": "ar",
    }


def test_letters_of_windows(take, store):
    card = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=windows-1256:;سارة;;;\nTEL:0551234567\nEND:VCARD\n"
    take(card.encode("windows-1256"), "contacts.vcf")
    quoted = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=WINDOWS-1256;ENCODING=QUOTED-PRINTABLE:;=E4=E6=D1=C9;;;\nTEL:0501112233\nEND:VCARD\n"
    take(quoted, "contacts.vcf")
    names = store.select("SELECT value FROM traits WHERE trait = 'name' ORDER BY value")
    assert [row["value"] for row in names] == ["سارة", "نورة"]


def test_many_cards_and_what_names_nobody(take):
    nobody = "BEGIN:VCARD\nVERSION:3.0\nNOTE:nothing else\nEND:VCARD\n\n\n"
    report = take(nobody + THREE.replace("\r", "") + nobody + FOUR, "contacts.vcf")
    assert (report.rows, report.added, report.rejected) == (2, 2, 0)


def test_a_card_without_an_end_is_rejected_and_says_so(take, store):
    report = take(FOUR + THREE[: THREE.index("EMAIL")], "contacts.vcf")
    assert (report.added, report.rejected) == (1, 1)
    assert store.select("SELECT reason FROM quarantine") == [
        {"reason": "The card is cut short: it has no end."}
    ]


def test_a_file_of_no_contacts_says_so(take):
    with pytest.raises(BadFile, match="holds no whole contact"):
        take("BEGIN:VCARD\nVERSION:3.0\n", "contacts.vcf")
