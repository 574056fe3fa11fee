"""What the owner chooses in the app: used at once, kept, and never before what was set at the start."""

import pytest

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, choices
from masarat.records.audit import Filter, entries
from masarat.settings import Settings
from masarat.shop import Shop


def test_what_is_chosen_is_used_at_once_and_by_the_next_to_open(tmp_path):
    records = Records(Settings(data=tmp_path))
    assert records.settings.currency == "SAR"
    choices.choose(records, {"currency": "KWD", "timezone": "Asia/Kuwait"}, "user:noura@example.com")
    assert (records.settings.currency, records.settings.zone.key) == ("KWD", "Asia/Kuwait")
    shop = Shop(Settings(data=tmp_path))
    shop.records.close()
    assert shop.settings.currency == "KWD"
    (entry,) = entries(records, Filter(whom="currency"))
    assert (entry.what, entry.details) == ("settings", {"currency": "KWD", "timezone": "Asia/Kuwait"})


def test_it_is_chosen_once_more(tmp_path):
    records = Records(Settings(data=tmp_path))
    for currency in ("KWD", "AED"):
        choices.choose(records, {"currency": currency}, "test")
    assert records.settings.currency == "AED"


def test_what_was_set_at_the_start_stands(tmp_path):
    choices.choose(Records(Settings(data=tmp_path)), {"currency": "KWD"}, "test")
    records = Records(Settings(data=tmp_path, currency="EGP"))
    assert records.settings.currency == "EGP"
    with pytest.raises(BadParameter, match="MASARAT_CURRENCY"):
        choices.choose(records, {"currency": "AED"}, "test")


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ({"timezone": "Asia/Riyadh", "currency": "riyal"}, BadParameter),
        ({"timezone": "Mars/Olympus"}, BadParameter),
        ({"weekend": "mon"}, BadParameter),
        ({"timezone": "Asia/Dubai", "secret": "x"}, UnknownName),
    ],
)
def test_what_cannot_be_used_changes_nothing(tmp_path, chosen, error):
    records = Records(Settings(data=tmp_path))
    with pytest.raises(error):
        choices.choose(records, chosen, "test")
    assert records.settings.timezone == "Asia/Riyadh"
    assert choices.chosen(records) == {}
