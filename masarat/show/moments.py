"""A moment as people write it in an option or an address: a day, or a day and a time, in the shop's time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from masarat.errors import BadParameter


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment in UTC; a day alone is its beginning. BadParameter where it is none."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadParameter(
            f"{text!r} is not a date.", "Write it like 2025-03-01 or 2025-03-01T10:30."
        ) from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def maybe_moment(text: str | None, zone: ZoneInfo) -> datetime | None:
    return read_moment(text, zone) if text else None
