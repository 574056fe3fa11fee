"""Numbers with units, days of tills and months of expiry, zones in headers, addresses on the net, and headers that ask."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from masarat.collect.counts import has_unit, read_count
from masarat.collect.headers import is_address, is_question
from masarat.collect.sniffing import header_at
from masarat.collect.times import read_last_day, read_time, within_day, zone_in
from masarat.events import TIME

RIYADH = "Asia/Riyadh"


def in_riyadh(times):
    return [
        time and time.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
        for time in times.dt.convert_time_zone(RIYADH).dt.replace_time_zone("UTC")
    ]


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [
        ("40", 40, False),
        ("40 حبة", 40, True),
        ("٤٠حبة", 40, True),
        ("12 pcs", 12, True),
        ("-3 حبة", -3, True),
        ("1,250.5 kg", 1250.5, True),
        ("", None, False),
        ("غير محدود", None, False),
        ("Infinite", None, False),
    ],
)
def test_numbers_of_pieces(cell, number, unit):
    cells = pl.Series([cell, "1"])
    numbers, wrong = read_count(cells)
    assert (numbers[0], wrong.to_list(), has_unit(cells)[0]) == (number, [False, False], unit)


@pytest.mark.parametrize("cell", ["حبة", "3 كرتون × 12", "2 boxes of 6", "12-05", "5%", "many"])
def test_what_is_no_number_of_pieces(cell):
    numbers, wrong = read_count(pl.Series([cell, "1"]))
    assert (numbers.to_list(), wrong.to_list()) == ([None, 1], [True, False])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/2026", "2026-03-31"),
        ("2/2024", "2024-02-29"),
        ("٠٢/٢٠٢٦", "2026-02-28"),
        ("2026-04", "2026-04-30"),
        ("05/03/2026", "2026-03-05"),
    ],
)
def test_until_when_a_batch_is_good(cell, day):
    times, wrong = read_last_day(pl.Series([cell]), timezone=RIYADH)
    assert (in_riyadh(times), wrong.to_list()) == ([f"{day} 00:00"], [False])


def test_times_of_a_day_that_ends_after_midnight():
    at = [datetime(2025, 3, day, hour, tzinfo=UTC) for day, hour in ((25, 18), (25, 22), (26, 1), (24, 20))]
    days = pl.Series([datetime(2025, 3, 24, 21, tzinfo=UTC)] * 3 + [None], dtype=TIME)
    found = within_day(pl.Series(at, dtype=TIME), days, RIYADH)
    assert in_riyadh(found) == [
        "2025-03-25 21:00",
        "2025-03-25 23:59",
        "2025-03-25 23:59",
        "2025-03-24 23:00",
    ]


def test_the_zone_that_a_column_names():
    assert [zone_in(name) for name in ("Submit Date (UTC)", "added_at (Asia/Riyadh)", "Start (GMT)")] == [
        "UTC",
        RIYADH,
        "UTC",
    ]
    assert {zone_in(name) for name in ("Date", "Total (SAR)", "Paid (Mada/Visa)", "utc")} == {""}


@pytest.mark.parametrize(
    "cell",
    [
        "2025/03/25 7:13:59 PM GMT+3",
        "2025/03/25 7:13:59 م غرينتش+3",
        "2025/03/25 16:13:59 UTC",
        "2025-03-25 19:13:59 GMT+03:00",
        "2025/03/25 21:43:59 GMT+5:30",
    ],
)
def test_times_that_name_how_far_from_greenwich_they_are(cell):
    times, wrong = read_time(pl.Series([cell]), timezone="America/New_York")
    assert (in_riyadh(times), wrong.to_list()) == (["2025-03-25 19:13"], [False])


def test_addresses_on_the_net():
    assert all(
        map(is_address, ("IP Address", "IP", "Customer IP address", "عنوان IP", "Client IP", "ip_address"))
    )
    assert not any(
        map(is_address, ("Address", "Shipping Address", "Zip", "Email Address", "Trip", "عنوان", "Equip"))
    )


def test_headers_that_ask():
    assert all(
        map(
            is_question,
            ("كيف تقيّم الخدمة؟", "NPS?", "What is your name? *", "Please tell us about your last order"),
        )
    )
    assert not any(map(is_question, ("Total", "Order Number", "رقم الطلب", "Customer Email Address")))


def test_a_header_that_names_its_first_columns_alone():
    asked = ["id", "collector", "start", "end", "email", "name", "Which of these?", *[""] * 10]
    answered = ["1", "2", "2025-03-25", "2025-03-25", "s@example.com", "Sara", *["x"] * 11]
    assert header_at([asked, answered, answered]) == 1
    assert header_at([["#", "Name", "Score"], ["1", "Sara", "9"]]) == 1  # a column called #
    assert header_at([["# exported today"], ["Name", "Score"], ["Sara", "9"]]) == 2
