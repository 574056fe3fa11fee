"""HubSpot: the exports of contacts and of tickets, as CSV or XLSX, one ticket or person a row.

Deals are hopes of a sale, won and lost ones together, and no sales: their table is not taken in unless somebody says `--kind orders`.
"""

from masarat.collect.sources.base import Export, Source, Useless

PEOPLE = {
    "customer_id": ("Record ID", "Contact ID"),
    "first_name": ("First Name",),
    "last_name": ("Last Name",),
    "email": ("Email",),
    "phone": ("Phone Number", "Mobile Phone Number", "WhatsApp Phone Number"),
    "city": ("City",),
    "country": ("Country/Region", "Country/Region Code"),
    "gender": ("Gender",),
    "birthday": ("Date of birth",),
    "company": ("Company Name", "Associated Company", "Primary company"),
    "language": ("Preferred language",),
    "tags": ("Lifecycle Stage",),
    "ts": ("Create Date",),
}
TICKETS = {
    "ticket_id": ("Ticket ID", "Record ID"),
    "ts": ("Create date",),
    "replied_at": ("First agent response date", "First agent email response date"),
    "solved_at": ("Close date", "Closed date"),
    "subject": ("Category", "Ticket name"),
    "outcome": ("Ticket status",),
    "priority": ("Priority",),
    "agent": ("Ticket owner",),
    "channel": ("Source",),
    "tags": ("Ticket Tags", "Tags"),
    "customer_id": ("Associated Contact IDs",),
    "email": ("All associated contact emails", "Contact Email"),
    "phone": ("All associated contact phones",),
    "company": ("Associated Company", "Primary Company Name"),
}
SAID = ("Ticket description", "Latest message visible to visitor", "Whatsapp Message Body")
FIRST = ("customer_id", "email", "phone", "company")  # of several people or companies on a ticket
WHOSE = ("Lifecycle Stage", "Phone Number", "Create Date", "Lead Status")

HUBSPOT = Source(
    "hubspot",
    "HubSpot",
    "هب سبوت",
    "CRM → Contacts or Tickets → Export, all properties.",
    (
        *(Export("contacts", ("Record ID", "Email", sign), PEOPLE) for sign in WHOSE),
        Export("tickets", ("Ticket ID", "Ticket name", "Ticket status"), TICKETS, listed=FIRST, unread=SAID),
        Export("tickets", ("Record ID", "Ticket name", "Ticket status"), TICKETS, listed=FIRST, unread=SAID),
    ),
    useless=(
        Useless(
            ("Record ID", "Deal Name", "Deal Stage"),
            "deals: what may be sold, won and lost together, and not what was sold",
            "Import your invoices or orders; if won deals are all you have, keep only those and say --kind orders.",
        ),
    ),
    sample="""Record ID,First Name,Last Name,Email,Phone Number,City,Company Name,Lifecycle Stage,Create Date,Contact owner
801,سارة,الحربي,sara@example.com,+966551234567,الرياض,مؤسسة المثال,Customer,2025-03-01 10:00,Huda
802,Noura,,noura@example.com,,Jeddah,,Lead,2025-03-02 11:30,
""",
)
