import pytest

from masarat.errors import BadParameter
from masarat.events import EVENTS, Money
from masarat.records import Records
from masarat.settings import Settings
from masarat.store import Store


@pytest.mark.parametrize(
    ("text", "size"), [("1.5G", 1536 << 20), ("800M", 800 << 20), ("2GiB", 2 << 30), ("1048576", 1 << 20)]
)
def test_memory_is_written_as_people_write_it(text, size):
    assert Settings(memory=text).memory == size


def test_bad_settings_say_what_to_write():
    with pytest.raises(BadParameter, match=r"Write it like 1\.5G"):
        Settings(memory="lots")
    with pytest.raises(BadParameter, match="Asia/Riyadh"):
        Settings(timezone="Mars/Olympus")
    with pytest.raises(BadParameter, match=r"MASARAT_CURRENCY='riyal' .* Write it like SAR"):
        Settings(currency="riyal")
    with pytest.raises(BadParameter, match=r"MASARAT_LANGUAGE='fr' .* 'ar' or 'en'"):
        Settings(language="fr")
    with pytest.raises(BadParameter, match=r"MASARAT_QUERY_SECONDS='0' .* Write it like 60"):
        Settings(query_seconds="0")


@pytest.mark.parametrize("below", ["", "further/down"])
def test_a_directory_that_cannot_be_is_said_so(tmp_path, below):
    (tmp_path / "file").write_text("")
    settings = Settings(data=tmp_path / "file" / below)
    for opened in (Records, Store):
        with pytest.raises(BadParameter, match=r"cannot hold a shop.* --data"):
            opened(settings)


def test_one_variable_moves_the_store(monkeypatch, tmp_path):
    monkeypatch.setenv("MASARAT_DATA", str(tmp_path))
    assert Settings().store_url == f"chdb:///{str(tmp_path / 'store').lstrip('/')}"
    monkeypatch.setenv("MASARAT_STORE", "clickhouse://u:p@host:8123/shop")
    assert Settings().store_url == "clickhouse://u:p@host:8123/shop"


@pytest.mark.parametrize(
    ("amount", "currency", "rounded", "minor"),
    [
        ("1.005", "SAR", "1.01", 101),
        ("1.0005", "KWD", "1.001", 1001),
        ("99.5", "JPY", "100", 100),
        ("-1.005", "SAR", "-1.01", -101),
    ],
)
def test_money_knows_its_minor_units(amount, currency, rounded, minor):
    from decimal import Decimal

    money = Money(Decimal(amount), currency)
    assert (str(money.rounded().amount), money.minor_units) == (rounded, minor)


def test_money_of_two_currencies_is_not_added():
    from decimal import Decimal

    with pytest.raises(ValueError, match="cannot be added"):
        Money(Decimal(1), "SAR") + Money(Decimal(1), "USD")


def test_event_names_are_title_case_and_different():
    names = [event.name for event in EVENTS]
    assert len(names) == len(set(names))
    assert all(name[0].isupper() for name in names)
