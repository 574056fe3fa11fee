"""Figures in the digits that the shop chose: all that is counted, nothing that is somebody's own text."""

from datetime import date

import pytest

from masarat.words import DIGITS, Words, speaker

WORDS = Words(
    en="told = { $n } orders of { $who } on 3.5 days", ar="told = { $n } طلبات من { $who } في 3.5 أيام"
)


@pytest.fixture
def arabic_digits():
    token = DIGITS.set("arabic")
    yield
    DIGITS.reset(token)


def test_figures_of_every_kind(arabic_digits):
    ar = speaker(WORDS, "ar")
    assert ar.money(1234.5, "SAR") == "\u2066١٬٢٣٤٫٥٠\u2069 ر.س"
    assert ar.percent(0.089) == "\u2066٨٫٩٪\u2069"
    assert ar.day(date(2026, 11, 23)) == "٢٣ نوفمبر ٢٠٢٦"
    assert ar.duration(5400) == "\u2068١٫٥ ساعة\u2069"


def test_names_and_codes_stay_as_they_are(arabic_digits):
    ar = speaker(WORDS, "ar")
    assert ar.say("told", n=12, who=ar.text("SKU-409")) == "١٢ طلبات من \u2068SKU-409\u2069 في ٣٫٥ أيام"


def test_english_keeps_its_own(arabic_digits):
    assert speaker(WORDS, "en").say("told", n=12, who="SKU-409") == "12 orders of SKU-409 on 3.5 days"


def test_usually_latin():
    assert speaker(WORDS, "ar").count(1234) == "\u20661,234\u2069"
