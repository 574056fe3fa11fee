"""Warnings that any question may give."""

from __future__ import annotations

from masarat.analyse.frame import Frame
from masarat.analyse.period import Compare
from masarat.words import Speaker


def notes_on_comparison(compare: Compare, frame: Frame, speak: Speaker) -> list[str]:
    """Which days a period is compared with where these are a Hijri year ago, and how many: a month has 29 or 30."""
    now, before = frame.period, frame.before
    if compare != "last_hijri_year" or before is None:
        return []
    said = speak.say(
        "note-hijri-year",
        first=speak.day(before.first),
        last=speak.day(before.last),
        uneven="no" if before.days == now.days else "yes",
        before=speak.say("n-days", n=before.days),
        now=speak.say("n-days", n=now.days),
    )
    return [said]
