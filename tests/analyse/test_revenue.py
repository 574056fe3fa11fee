from datetime import date

from masarat.analyse.revenue import Revenue
from masarat.words import Words, speaker
from tests.support.shop import answer, order, refund, write

MOVES = [
    order("a", "2025-01-05", 100),
    order("b", "2025-01-20", 50),
    order("a", "2025-01-31 22:00", 30),  # already February in Riyadh
    refund("a", "2025-02-03", 20),
    order("", "2025-03-10", 40),  # nobody named
    order("c", "2025-03-11", 0),  # free: kept, not an order
]


def test_months_of_the_shops_own_days(store):
    write(store, MOVES)
    found = answer(store, Revenue())
    assert [
        (row["start"], row["net"], row["gross"], row["refunds"], row["orders"]) for row in found.rows
    ] == [
        (date(2025, 1, 1), 150, 150, 0, 2),
        (date(2025, 2, 1), 10, 30, 20, 1),
        (date(2025, 3, 1), 40, 40, 0, 1),
    ]
    totals = {number.name: number.value for number in found.numbers}
    assert totals == {"net": 200, "gross": 220, "refunds": 20, "orders": 4, "customers": 2, "aov": 55}


def test_silent_months_show_as_zero(store):
    write(store, [order("a", "2025-01-05", 100), order("a", "2025-04-05", 100)])
    assert [row["net"] for row in answer(store, Revenue()).rows] == [100, 0, 0, 100]


def test_compares_with_the_period_before(store):
    write(store, MOVES)
    found = answer(store, Revenue(period="2025-02"))
    net = found.numbers[0]
    assert (net.value, net.before, round(net.change, 4)) == (10, 150, -0.9333)
    assert "down 93%" in found.sentence


def test_hijri_months(store):
    write(store, [order("a", "2025-02-28", 10), order("a", "2025-03-01", 20), order("a", "2025-03-30", 5)])
    found = answer(store, Revenue(calendar="hijri"))
    assert [(row["start"], row["net"]) for row in found.rows] == [
        (date(2025, 1, 31), 10),  # 1 Shaban 1446
        (date(2025, 3, 1), 20),  # 1 Ramadan 1446
        (date(2025, 3, 30), 5),  # 1 Shawwal 1446
    ]


def test_an_order_dated_beyond_the_hijri_tables_breaks_nothing(store):
    write(store, [order("a", "2025-03-01", 20), order("a", "2099-01-01", 10)])
    found = answer(store, Revenue(calendar="hijri", language="ar"))
    assert (found.rows[0]["net"], sum(row["net"] for row in found.rows)) == (20, 30)
    assert answer(store, Revenue(calendar="hijri", by="day", period="2099-01-01")).rows[0]["net"] == 10
    assert speaker(Words("", ""), "en", "hijri").day(date(2099, 1, 1)) == "1 January 2099"


def test_what_fits_nothing_is_not_blamed_on_the_period(store):
    write(store, [order("a", "2025-01-05", 100)])
    for asked in ({"currency": "EUR"}, {"segment": "city=Nowhere"}):
        assert "fits the segment or the currency" in answer(store, Revenue(**asked)).sentence
        assert "choose a period" in answer(store, Revenue(period="2019", **asked)).sentence


def test_two_currencies_are_never_added(store):
    write(
        store,
        [
            order("a", "2025-01-05", 100),
            order("b", "2025-01-06", 70),
            order("c", "2025-01-07", 9, currency="USD"),
        ],
    )
    found = answer(store, Revenue())
    assert (found.currency, found.numbers[0].value) == ("SAR", 170)
    assert any("USD" in note for note in found.notes)
    assert answer(store, Revenue(currency="USD")).numbers[0].value == 9


def test_segment_and_breakdown(store):
    write(
        store,
        [
            order("a", "2025-01-05", 1, channel="email"),
            order("b", "2025-01-06", 2, channel="store"),
            order("c", "2025-01-07", 4, channel="store"),
        ],
    )
    assert answer(store, Revenue(segment="channel=email")).numbers[0].value == 1
    assert answer(store, Revenue(segment="channel!=email")).numbers[0].value == 6
    rows = answer(store, Revenue(breakdown="channel")).rows
    assert [(row["breakdown"], row["net"]) for row in rows] == [("email", 1), ("store", 6)]


def test_a_late_order_restates_its_month(store):
    write(store, MOVES)
    write(store, [order("z", "2025-01-15", 1000, event_id="late")])
    assert answer(store, Revenue()).rows[0]["net"] == 1150


def test_a_month_that_is_cut_short_says_so(store):
    write(store, [order("a", "2025-01-10", 1), order("a", "2025-03-20", 2)])
    assert any(
        "The first and the last month are not whole" in note for note in answer(store, Revenue()).notes
    )
    assert any(
        "آخر أسبوع" in note
        for note in answer(store, Revenue(period="2025-01-05..2025-01-20", by="week", language="ar")).notes
    )
    assert not any("whole" in note for note in answer(store, Revenue(period="2025")).notes)


def test_empty_store_and_empty_period_say_so(store):
    assert "no data yet" in answer(store, Revenue()).sentence
    write(store, MOVES)
    assert "5 January 2025" in answer(store, Revenue(period="2019")).sentence


def test_arabic_plural_and_calendar(store):
    write(store, [order("a", "2025-03-01", 10), order("b", "2025-03-02", 10)])
    sentence = answer(store, Revenue(language="ar")).sentence
    assert "من طلبين" in sentence
    assert "ر.س" in sentence


def test_ramadan_against_ramadan(store):
    """The first and the last day of each count, the day beside it does not."""
    write(
        store,
        [
            order("a", "2025-02-28 12:00", 1000),  # Sha'ban 1446
            order("a", "2025-03-01 12:00", 10),
            order("a", "2025-03-29 12:00", 30),
            order("a", "2025-03-30 12:00", 1000),  # Eid
            order("a", "2026-02-18 12:00", 50),
            order("a", "2026-03-19 12:00", 10),
            order("a", "2026-03-20 12:00", 1000),
        ],
    )
    asked = Revenue(period="ramadan_1447", compare="last_hijri_year", language="ar")
    found = answer(store, asked, today=date(2026, 6, 1))
    net = next(number for number in found.numbers if number.name == "net")
    assert (net.value, net.before, net.change) == (60, 40, 0.5)
    assert found.notes[-1].startswith(
        "المقارنة مع الأيام الهجرية نفسها قبل عام: من 1 مارس 2025 إلى 29 مارس 2025، وهي 29 يومًا مقابل 30 يومًا."
    )
