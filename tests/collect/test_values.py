"""Cells → values: every way of writing a number, a date, a phone, … that merchants' files are known to hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import polars as pl
import pytest
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.collect.currencies import currency_in, currency_of
from masarat.collect.phones import read_phone
from masarat.collect.states import read_status
from masarat.collect.times import day_order, read_time
from masarat.collect.values import (
    as_text,
    currency_in_cells,
    decimal_mark,
    read_currency,
    read_email,
    read_number,
    tidy,
)


def column(*cells: Any) -> pl.Series:
    return pl.Series("cells", cells, dtype=pl.String)


def number(cell: str, decimal: str = ".") -> float | str | None:
    values, wrong = read_number(column(cell), decimal)
    return "wrong" if wrong[0] else values[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12), ("-3.5", -3.5), ("1,234.56", 1234.56), ("1,234,567", 1_234_567), ("1 234.5", 1234.5), ("1’234", 1234),
        ("1\u00a0234", 1234), ("(12.00)", -12), ("12.50-", -12.5), ("−7", -7), ("+7", 7), ("'42", 42), (".5", 0.5), ("5.", 5),
        ("٣٤٥", 345), ("١٬٢٣٤٫٥٠", 1234.5), ("۱۲۳", 123), ("٣٤٫٥ ر.س", 34.5), ("ر.س 1,200", 1200), ("1200 SAR", 1200), ("SAR-7", -7),
        ("$5.20", 5.2), ("-$5.20", -5.2), ("$-5.20", -5.2), ("£1,000", 1000), ("5 €", 5), ("د.إ 40", 40), ("40 ريال", 40),
        ("(ر.س 5)", -5), ("12,34,567", 1_234_567), ("1e3", 1000),
        ("", None), ("-", None), ("N/A", None), ("لا يوجد", None),
        ("abc", "wrong"), ("12 pieces", "wrong"), ("1,23", "wrong"), ("1.2.3", "wrong"), ("inf", "wrong"), ("15%", "wrong"),
    ],
)  # fmt: skip
def test_numbers(cell: str, value: float | str | None):
    assert number(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.234,56", 1234.56), ("1,5", 1.5), ("1.234", 1234), ("7", 7), ("-0,25 €", -0.25), ("1,2,3", "wrong")],
)
def test_numbers_with_a_decimal_comma(cell: str, value: float | str):
    assert number(cell, ",") == value


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,234.50"], "."), (["12.5"], "."), (["12,5", "1,234"], ","), (["1.234,5"], ","), (["1.234.567"], ","), (["1,234,567"], "."),
        (["1,234"], ""), (["1.234"], ""), (["7", "8"], "."), (["١٬٢٣٤٫٥"], "."),
    ],
)  # fmt: skip
def test_the_decimal_mark_is_decided_by_the_column(cells: list[str], mark: str):
    assert decimal_mark(column(*cells)) == mark


@settings(max_examples=50)
@given(
    st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["{}", "{} SAR", "ر.س {}", "{} €"]), st.booleans()
)
def test_any_amount_survives_being_written(amount: Any, shape: str, grouped: bool):
    plain = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    arabic = plain.translate(str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫"))
    german = plain.translate(str.maketrans(",.", ".,"))
    assert number(shape.format(plain)) == pytest.approx(float(amount))
    assert number(shape.format(arabic)) == pytest.approx(float(amount))
    assert number(shape.format(german), ",") == pytest.approx(float(amount))


def test_native_numbers_pass_and_infinity_does_not():
    values, wrong = read_number(pl.Series([1.5, None, float("nan"), float("inf")]))
    assert (values.to_list(), wrong.to_list()) == ([1.5, None, None, None], [False, False, False, True])


def utc(cell: str, *, day_first: bool = True, zone: str = "Asia/Riyadh") -> str:
    times, wrong = read_time(column(cell), timezone=zone, day_first=day_first)
    return (
        "wrong"
        if wrong[0]
        else ""
        if times[0] is None
        else times[0].strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 21:00:00")
    )


@pytest.mark.parametrize(
    "cell",
    [
        "2025-03-15", "2025/3/15", "2025.03.15", "15/03/2025", "15-3-2025", "15.03.2025", "15/3/25", "15 / 03 / 2025", "'15/03/2025", "20250315",
        "45731", "١٥/٠٣/٢٠٢٥", "۱۵/۰۳/۲۰۲۵", "15/03/2025م", "15 March 2025", "15th March 2025", "Mar 15, 2025", "15-Mar-25", "Saturday, 15 March 2025",
        "15 مارس 2025", "١٥ مارس ٢٠٢٥", "السبت، 15 مارس 2025", "15 آذار 2025", "1446-09-15", "15/09/1446", "15/09/1446هـ", "15 رمضان 1446", "١٥ رَمَضان ١٤٤٦ هـ",
    ],
)  # fmt: skip
def test_one_day_written_in_many_ways(cell: str):
    assert utc(cell) == "2025-03-14"  # midnight in Riyadh


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2025-03-15 10:30", "07:30:00"), ("2025-03-15T10:30:15", "07:30:15"), ("2025-03-15T10:30:15.250", "07:30:15"), ("15/03/2025 10:30", "07:30:00"),
        ("2025-03-15T10:30:00Z", "10:30:00"), ("2025-03-15T10:30:00+05:00", "05:30:00"), ("2025-03-15 10:30:00 -0200", "12:30:00"),
        ("2025-03-15 10:30:00 UTC", "10:30:00"), ("15/03/2025 2:05 PM", "11:05:00"), ("15/03/2025 02:05 م", "11:05:00"), ("15/03/2025 10:30 ص", "07:30:00"),
        ("١٥/٠٣/٢٠٢٥ ٠٢:٠٥ مساءً", "11:05:00"), ("15/03/2025 12:00 PM", "09:00:00"), ("15.03.2025, 14:05", "11:05:00"), ("45731.4375", "07:30:00"),
        ("1742034600", "10:30:00"), ("1742034600000", "10:30:00"), ("1742034600000000", "10:30:00"), ("20250315103000", "07:30:00"),
        ("Sat, 15 Mar 2025 10:30:00 +0300", "07:30:00"), ("Sat Mar 15 2025 10:30:00 GMT+0300 (Arabia Standard Time)", "07:30:00"),
        ("March 15, 2025 10:30 AM", "07:30:00"),
    ],
)  # fmt: skip
def test_times_of_day_zones_and_halves(cell: str, time: str):
    assert utc(cell) == f"2025-03-15 {time}"


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2025",
        "13/13/2025",
        "hello",
        "15/03/2025 25:00",
        "15/03/2025 10:75",
        "0001-01-01",
        "12",
        "3/2025",
        "31/09/1446",
    ],
)
def test_what_is_no_time_is_said_to_be_none(cell: str):
    assert utc(cell) == "wrong"


def test_an_empty_time_is_not_wrong():
    assert [utc(cell) for cell in ("", "-", "N/A")] == ["", "", ""]


def test_the_day_is_where_the_whole_column_says():
    assert utc("3/4/2025") == "2025-04-02"
    assert utc("3/4/2025", day_first=False) == "2025-03-03"
    assert utc("15/4/2025", day_first=False) == "wrong"
    assert day_order(column("1/2/2025", "13/2/2025")).day_first is True
    assert day_order(column("1/2/2025", "2/13/2025")).day_first is False
    assert day_order(column("1/2/2025", "3/4/2025 10:00")).day_first is None
    assert day_order(column("13/2/2025", "14/2/2025", "2/15/2025")).day_first is True
    assert day_order(column("2025-01-02", "1/1/2025", "")).day_first is True


def test_a_clock_in_a_column_of_its_own():
    dates = column("15/03/2025", "2025-03-15 00:00:00", "2025-03-15 08:00")
    times, _ = read_time(dates, timezone="UTC", clock=column("2:30 PM", "1899-12-31 10:30:00", "23:00"))
    assert [found.hour for found in times] == [14, 10, 8]
    times, _ = read_time(pl.Series([date(2025, 3, 15)]), timezone="UTC", clock=pl.Series([0.5]))
    assert times.to_list() == [datetime(2025, 3, 15, 12, tzinfo=UTC)]
    times, _ = read_time(pl.Series([date(2025, 3, 15)]), timezone="UTC", clock=pl.Series([time(7, 15)]))
    assert times.to_list() == [datetime(2025, 3, 15, 7, 15, tzinfo=UTC)]


def test_hours_that_never_were_or_came_twice():
    assert utc("2025-03-30 01:30", zone="Europe/London") == "2025-03-30 01:30:00"  # skipped: an hour later
    assert utc("2025-10-26 01:30", zone="Europe/London") == "2025-10-26 00:30:00"  # twice: the earlier
    both, _ = read_time(column("2025-01-01 12:00", "2025-07-01 12:00"), timezone="Europe/London")
    assert [found.hour for found in both] == [12, 11]


def test_native_times():
    naive = pl.Series([datetime(2025, 3, 15, 10), None])  # noqa: DTZ001
    assert read_time(naive, timezone="Asia/Riyadh")[0].to_list() == [
        datetime(2025, 3, 15, 7, tzinfo=UTC),
        None,
    ]
    aware = naive.dt.replace_time_zone("Europe/Berlin")
    assert read_time(aware, timezone="Asia/Riyadh")[0][0] == datetime(2025, 3, 15, 9, tzinfo=UTC)
    serials, wrong = read_time(pl.Series([45731.5, None, 5.0]), timezone="UTC")
    assert (serials[0], wrong.to_list()) == (datetime(2025, 3, 15, 12, tzinfo=UTC), [False, False, True])


@settings(max_examples=30)
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_any_day_is_read_in_both_calendars(day: date):
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    written = [
        f"{day:%d/%m/%Y}",
        f"{day:%Y%m%d}",
        f"{day:%d %B %Y}",
        f"{hijri.day}/{hijri.month}/{hijri.year}",
        f"{hijri.day} {hijri.month_name('ar')} {hijri.year}",
    ]
    times, wrong = read_time(column(*written), timezone="UTC")
    assert not wrong.any()
    assert times.dt.date().to_list() == [day] * len(written)


def test_phones():
    pairs = {
        "0551234567": "+966551234567", "٠٥٥١٢٣٤٥٦٧": "+966551234567", "+966 55 123 4567": "+966551234567", "966551234567": "+966551234567",
        "551234567": "+966551234567", "00966551234567": "+966551234567", "+966 (0) 55-123-4567": "+966551234567", "'966551234567": "+966551234567",
        "966551234567.0": "+966551234567", "\u200e+966551234567\u200f": "+966551234567", "0112345678": "+966112345678",
        "+971501234567": "+971501234567", "00201001234567": "+201001234567", "+44 20 7946 0958": "+442079460958",
        "920001234": "", "8001234567": "", "123": "", "0000000000": "", "لا يوجد": "", "": "",
    }  # fmt: skip
    assert read_phone(as_text(column(*pairs)), "SA").to_list() == list(pairs.values())
    assert read_phone(column("0501234567"), "AE").to_list() == ["+971501234567"]


def test_emails():
    cells = column(" Sara@Example.COM ", "mailto:a@b.co", "<x@y.org>", "sara@", "no", "a b@c.d", None)
    assert read_email(as_text(cells)).to_list() == ["sara@example.com", "a@b.co", "x@y.org", "", "", "", ""]


def test_states():
    pairs = {
        "ملغي": "cancelled", "تم الإلغاء": "cancelled", "ملغاة": "cancelled", "voided": "cancelled", "Cancelled": "cancelled", "مسترجع": "refunded",
        "تم الاسترجاع": "refunded", "refunded": "refunded", "مكتمل": "completed", "تم التنفيذ": "completed", "paid": "completed", "fulfilled": "completed",
        "بانتظار الدفع": "pending", "Pending payment": "pending", "غير مدفوع": "pending", "on-hold": "pending", "مدفوع": "completed",
        "partially_refunded": "completed", "مسترجع جزئيًا": "completed", "": "completed", "whatever": "completed",
    }  # fmt: skip
    assert read_status(column(*pairs)).to_list() == list(pairs.values())


def test_currencies():
    assert [currency_of(text) for text in ("sar", "ر.س", "ريال سعودي", "Saudi Riyal", "﷼", "$", "درهم", "boat")] == ["SAR", "SAR", "SAR", "SAR", "SAR", "USD", "AED", ""]  # fmt: skip
    codes, wrong = read_currency(column("SAR", "", "ر.س", "wood"))
    assert (codes.to_list(), wrong.to_list()) == (["SAR", "", "SAR", ""], [False, False, False, True])
    assert currency_in_cells(column("5 ر.س", "$7", "9", "12 AED")).to_list() == ["SAR", "USD", "", "AED"]
    headers = {
        "Amount spent (SAR)": "SAR",
        "الإجمالي (ر.س)": "SAR",
        "total_usd": "USD",
        "Total": "",
        "Order Value": "",
        "Price each": "",
    }
    assert [currency_in(header) for header in headers] == list(headers.values())


def test_text_is_tidied_and_otherwise_kept():
    frame = pl.DataFrame({"a": [" x ", None, "NULL", "\u200fسارة\u00a0", "a  b", "0012"]})
    assert tidy(frame)["a"].to_list() == ["x", "", "", "سارة", "a  b", "0012"]
    assert as_text(pl.Series([17850.0, None])).to_list() == ["17850", ""]
