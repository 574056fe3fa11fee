"""Durations in the largest unit that they fill, with the right form of its word."""

from __future__ import annotations

import pytest

from masarat.words import shared, speaker

DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "english", "arabic"),
    [
        (45 * 60, "45 minutes", "45 دقيقة"),
        (3.5 * 3600, "3.5 hours", "3.5 ساعة"),
        (DAY, "1 day", "يوم"),
        (2 * DAY, "2 days", "يومان"),
        (5 * DAY, "5 days", "5 أيام"),
        (11 * DAY, "11 days", "11 يومًا"),
        (4.1 * DAY, "4.1 days", "4.1 يوم"),
    ],
)
def test_how_long(seconds, english, arabic):
    assert speaker(shared(), "en").duration(seconds) == english
    assert speaker(shared(), "ar").duration(seconds).strip("\u2068\u2069") == arabic
