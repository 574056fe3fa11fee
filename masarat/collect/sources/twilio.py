"""Twilio: calls as its API and its bulk export tell them, an object a call or a leg, as JSON or as a table of them.

Source: https://www.twilio.com/docs/voice/api/call-resource, https://www.twilio.com/docs/usage/bulkexport
"""

from masarat.collect.sources.base import Export, Source

CALLS = {
    "ts": ("start_time", "startTime", "Start Time", "date_created", "dateCreated", "Date", "Date Created"),
    "move_id": ("sid", "Call Sid", "CallSid", "Sid"),
    "leg_of": ("parent_call_sid", "parentCallSid", "Parent Call Sid", "ParentCallSid"),
    "caller": ("from", "From"),
    "called": ("to", "To"),
    "direction": ("direction", "Direction"),
    "seconds": ("duration", "Duration", "Call Duration"),
    "outcome": ("status", "Status"),
}

TWILIO = Source(
    "twilio",
    "Twilio",
    "تويليو",
    "The answer of its Calls API or a day of the bulk export, saved to a file; or Monitor → Logs → Calls → Export.",
    (
        Export("calls", ("sid", "account_sid", "from", "to", "direction", "duration"), CALLS),
        Export("calls", ("sid", "accountSid", "from", "to", "direction", "duration"), CALLS),
        Export("calls", ("Call Sid", "From", "To", "Direction"), CALLS),
    ),
    sample="""sid,account_sid,parent_call_sid,from,to,direction,duration,status,start_time
CA01,AC01,,+966551234567,+966112345678,inbound,205,completed,"Tue, 25 Mar 2025 07:00:00 +0000"
CA02,AC01,CA01,+966551234567,+966501110000,outbound-dial,200,completed,"Tue, 25 Mar 2025 07:00:05 +0000"
CA03,AC01,,+966112345678,+966501112233,outbound-api,0,no-answer,"Tue, 25 Mar 2025 08:00:00 +0000"
""",
)
