"""Contacts and tickets of HubSpot; deals are no sales."""

from __future__ import annotations

import pytest

from masarat.errors import BadFile

CONTACTS = (
    "Record ID,First Name,Last Name,Email,Phone Number,City,Associated Company,Lifecycle Stage,Create Date,Contact owner\n"
    "801,سارة,الحربي,SARA@example.com,'+966551234567,الرياض,مؤسسة المثال,Customer,2025-03-01 10:00,Huda\n"
    "802,Noura,,,٠٥٠١١١٢٢٣٣,Jeddah,,Lead,2025-03-02 11:30,\n"
    "\n"
)
TICKETS = (
    '"Ticket ID","Ticket name","Pipeline","Ticket status","Create date","Close date","First agent email response date","Ticket owner",'
    '"Source","Priority","Category","Ticket description","Associated Contact IDs","Associated Contact"\n'
    '"71","Where is my order?","Support","Closed","2025-03-25 10:00","2025-03-25 11:30","2025-03-25 10:12","Huda","Email","High","Delivery","my coffee is late","801","Sara"\n'
    '"72","Refund","Support","New","2025-03-26 09:00","","","","Chat","","","private words","802;801","Noura;Sara"\n'
)
DEALS = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount\n1,Big one,Closed Lost,2025-03-25 10:00,Huda,90000\n"


def test_contacts_are_known_by_their_columns(take, store):
    report = take(CONTACTS)
    assert (report.kind, report.source, report.rows, report.rejected, report.added) == (
        "contacts",
        "hubspot",
        2,
        0,
        2,
    )
    rows = store.select("SELECT visitor_id, trait, value FROM traits ORDER BY ALL")
    found = {(row["visitor_id"], row["trait"]): row["value"] for row in rows}
    assert found["hubspot:801", "name"] == "سارة الحربي"
    assert found["hubspot:801", "company"] == "مؤسسة المثال"
    assert found["hubspot:802", "phone"] == "+966501112233"
    again = take(CONTACTS)
    assert (again.added, again.restated, again.known) == (0, 0, 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1256", "utf-16"])
def test_contacts_in_other_letters(encoding, take, store):
    assert (
        take(CONTACTS.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")).encode(encoding)).source
        == "hubspot"
    )
    assert {"value": "سارة الحربي"} in store.select("SELECT value FROM traits WHERE trait = 'name'")


def test_tickets_are_of_their_first_contact(take, store):
    report = take(TICKETS)
    assert (report.kind, report.source, report.rejected, report.added) == ("tickets", "hubspot", 0, 3)
    rows = store.select(
        "SELECT name, visitor_id, toString(props.ticket_id) AS id, toString(props.topic) AS topic, toString(props.status) AS status,"
        " toString(props.minutes) AS minutes, toString(props.reply_minutes) AS reply FROM events ORDER BY ts"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("Ticket Opened", "hubspot:801", "71", "Delivery", "Closed", "", ""),
        ("Ticket Solved", "hubspot:801", "71", "Delivery", "Closed", "90", "12"),
        ("Ticket Opened", "hubspot:802", "72", "", "New", "", ""),
    ]
    assert take(TICKETS).known == 3


def test_what_a_customer_wrote_is_not_kept(take, store):
    take(TICKETS)
    kept = str(store.select("SELECT * FROM events"))
    assert "coffee" not in kept
    assert "private words" not in kept


def test_deals_are_refused_unless_somebody_says_what_they_are(take):
    with pytest.raises(BadFile, match="holds deals: what may be sold"):
        take(DEALS)
    assert take(DEALS, kind="orders").orders == 1
