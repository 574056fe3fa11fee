"""3CX: the call log of its management console, a row a leg of a call; calls within the house are left out."""

from masarat.collect.sources.base import Export, Source

THREECX = Source(
    "3cx",
    "3CX",
    "ثري سي إكس",
    "Admin → Reports → Call Logs → Download as CSV.",
    (
        Export(
            "calls",
            ("Call Time", "From", "To", "Direction", "Talking"),
            {
                "ts": ("Call Time",),
                "move_id": ("Call ID",),
                "caller": ("From",),
                "called": ("To",),
                "direction": ("Direction",),
                "outcome": ("Status",),
                "seconds": ("Talking",),
            },
            unread=("Transcription", "Summary"),
        ),
        # as versions before 20 wrote it
        Export(
            "calls",
            ("Call Time", "Caller ID", "Destination", "Status", "Talking"),
            {
                "ts": ("Call Time",),
                "caller": ("Caller ID",),
                "called": ("Destination",),
                "outcome": ("Status",),
                "seconds": ("Talking",),
            },
        ),
    ),
    sample="""Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost,Call Activity Details
2025-03-25T10:00:00,00000A-1,0551234567,Sales (800),Inbound Queue,Redirected,00:00:10,00:00:00,0.00,
2025-03-25T10:00:10,00000A-1,0551234567,هدى (101),Inbound,Answered,00:00:05,00:03:25,0.00,
2025-03-25T11:00:00,00000A-2,هدى (101),0501112233,Outbound,Unanswered,00:00:20,00:00:00,0.00,
2025-03-25T11:05:00,00000A-3,هدى (101),Ali (102),Internal,Answered,00:00:02,00:01:00,0.00,
""",
)
