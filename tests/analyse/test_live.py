from datetime import UTC, datetime, timedelta

import pytest

from masarat.analyse import ask, read
from masarat.analyse.live import Live
from masarat.errors import BadParameter
from tests.support.shop import answer, event, order, refund, write

NOON = datetime(2025, 3, 10, 12, 0, 30, tzinfo=UTC)  # three in the afternoon in Riyadh


def view(who, ts, path="/", **columns):
    return event("Page Viewed", who, f"2025-03-10 {ts}", url=f"https://www.shop.sa{path}", **columns)


MOVES = [
    view("anon:a", "11:30:59", "/old"),  # a minute too early
    view("anon:a", "11:31:00", "/", channel="direct", device="mobile", city="Riyadh", country="SA"),
    view("anon:a", "11:40:10", "/coffee?size=1", channel="direct", device="mobile", city="Riyadh", country="SA"),
    view("anon:b", "11:55:30", "/coffee", channel="paid search", device="desktop", city="Jeddah"),  # five minutes ago
    view("anon:c", "11:55:31", "/%D9%82%D9%87%D9%88%D8%A9", channel="direct", city="Riyadh"),
    event("Product Added", "anon:c", "2025-03-10 11:59:59", channel="direct", city="Riyadh"),
    order("user:9", "2025-03-10 12:00:10", 200, channel="direct", city="Riyadh", identifiers=["user:9", "anon:c"]),
    refund("", "2025-03-10 12:00:20", 50),  # nobody named
    view("anon:z", "12:00:31", "/tomorrow"),  # after the moment looked at
]  # fmt: skip


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def part(found, title):
    return [(row["name"], row["visitors"], row["events"]) for row in found.rows if row["part"] == title]


def test_who_is_here_now_and_was_in_the_window(store):
    write(store, MOVES)
    found = answer(store, Live(until=NOON))
    assert numbers(found) == {
        "now": 1,  # c, who is also user 9: b moved five minutes ago to the second
        "visitors": 3,
        "page_views": 4,
        "events": 7,
        "orders": 1,
        "revenue": 150,
    }
    assert found.sentence == (
        "One visitor is here right now. The last 30 minutes saw 3 visitors, 4 page views and one order for SAR 150. "
        "The page with most visitors is /coffee."
    )
    assert (found.period.first, found.period.last) == (NOON.date(), NOON.date())
    assert found.sample == 7


def test_what_they_look_at_and_where_they_come_from(store):
    write(store, MOVES)
    found = answer(store, Live(until=NOON))
    assert part(found, "Pages") == [("/coffee", 2, 2), ("/", 1, 1), ("/قهوة", 1, 1)]
    assert part(found, "Events") == [
        ("Page Viewed", 3, 4),
        ("Order Completed", 1, 1),
        ("Product Added", 1, 1),
        ("Order Refunded", 0, 1),
    ]
    assert part(found, "Channels") == [("direct", 2, 5), ("paid search", 1, 1)]
    assert part(found, "Countries") == [("Saudi Arabia", 1, 2)]
    assert part(found, "Cities") == [("Riyadh", 2, 5), ("Jeddah", 1, 1)]
    assert part(found, "Devices") == [("mobile", 1, 2), ("desktop", 1, 1)]
    assert [row["part"] for row in found.rows] == sorted(
        (row["part"] for row in found.rows),
        key=["Pages", "Events", "Channels", "Countries", "Cities", "Devices"].index,
    )


def test_each_list_shows_so_many(store):
    write(store, MOVES)
    assert part(answer(store, Live(until=NOON, limit=1)), "Events") == [("Page Viewed", 3, 4)]


def test_every_minute_is_there(store):
    write(store, MOVES)
    drawn = answer(store, Live(until=NOON)).picture.rows
    assert len(drawn) == 30
    assert drawn[0]["start"].isoformat() == "2025-03-10T14:31:00+03:00"
    assert drawn[-1]["start"].isoformat() == "2025-03-10T15:00:00+03:00"
    lively = {
        f"{row['start']:%H:%M}": (row["visitors"], row["page_views"]) for row in drawn if row["visitors"]
    }
    assert lively == {"14:31": (1, 1), "14:40": (1, 1), "14:55": (2, 2), "14:59": (1, 0), "15:00": (1, 0)}


@pytest.mark.parametrize(("minutes", "events", "now"), [(1, 2, 1), (5, 3, 1), (6, 5, 1), (31, 8, 1)])
def test_a_shorter_window_leaves_who_is_here(store, minutes, events, now):
    write(store, MOVES)
    found = numbers(answer(store, Live(until=NOON, minutes=minutes)))
    assert (found["events"], found["now"]) == (events, now)


def test_who_comes_from_elsewhere(store):
    write(
        store,
        [
            view("anon:a", "11:50", referrer="https://www.google.com/search?q=x"),
            view("anon:b", "11:51", referrer="https://www.shop.sa/coffee"),  # our own page
            view("anon:c", "11:52", referrer="https://t.co/x", utm_source="snapchat"),
            view("anon:d", "11:53", referrer="https://google.com/"),
        ],
    )
    found = answer(store, Live(until=NOON))
    assert part(found, "Came from") == [("google.com", 2, 2), ("snapchat", 1, 1)]


def test_a_page_is_its_path_whatever_stands_in_it(store):
    write(
        store,
        [
            event("Page Viewed", "anon:a", "2025-03-10 11:50", url="https://shop.sa"),
            view("anon:b", "11:50", "/"),
            view("anon:c", "11:50", "/a%FF%00b"),
            event("Page Viewed", "anon:d", "2025-03-10 11:50"),  # no page named
            event("Product Viewed", "anon:e", "2025-03-10 11:50", url="https://shop.sa/p"),  # no page view
        ],
    )
    assert part(answer(store, Live(until=NOON)), "Pages") == [("/", 2, 2), ("/a\ufffd\0b", 1, 1)]


def test_the_shops_time_unless_a_zone_is_named(store):
    write(store, MOVES)
    here, there = Live(until="2025-03-10 15:00:30"), Live(until="2025-03-10T12:00:30Z")
    assert (
        numbers(answer(store, here))
        == numbers(answer(store, there))
        == numbers(answer(store, Live(until=NOON)))
    )


def test_two_currencies_are_never_added(store):
    write(store, [*MOVES, order("d", "2025-03-10 11:58", 70, currency="USD")])
    found = answer(store, Live(until=NOON, currency="SAR"))
    assert (numbers(found)["orders"], numbers(found)["revenue"]) == (2, 150)
    assert any("USD" in note for note in found.notes)
    assert numbers(answer(store, Live(until=NOON, currency="USD")))["revenue"] == 70


def test_only_a_segment(store):
    write(store, MOVES)
    found = numbers(answer(store, Live(until=NOON, segment="city=Riyadh")))
    assert (found["visitors"], found["events"]) == (2, 5)


def test_an_hour_that_comes_twice_has_sixty_minutes_each_time(engine):
    store = engine.store(timezone="America/New_York")
    write(
        store, [event("Page Viewed", "a", "2025-11-02 05:30"), event("Page Viewed", "b", "2025-11-02 06:30")]
    )
    found = answer(store, Live(until=datetime(2025, 11, 2, 7, tzinfo=UTC), minutes=180))
    assert len(found.picture.rows) == 180
    assert [row["start"].isoformat() for row in found.picture.rows if row["visitors"]] == [
        "2025-11-02T01:30:00-04:00",
        "2025-11-02T01:30:00-05:00",
    ]


def test_now_is_the_clocks(store):
    now = datetime.now(UTC)
    write(store, [event("Page Viewed", "a", (now - timedelta(minutes=1)).isoformat()[:19])])
    assert numbers(ask(store, Live()))["now"] == 1
    assert abs(Live().until - now) < timedelta(minutes=1)


def test_silence_says_what_to_do(store):
    nothing = answer(store, Live(until=NOON))
    assert "masarat source add" in nothing.sentence
    write(store, MOVES)
    silent = answer(store, Live(until=NOON + timedelta(days=2)))
    assert "newest event is of 10 March 2025" in silent.sentence
    assert "masarat source add" in silent.sentence
    assert len(silent.picture.rows) == 30
    assert silent.rows == []


def test_periods_and_comparisons_mean_nothing_here_and_are_told_so(store):
    write(store, MOVES)
    found = answer(store, Live(until=NOON, period="2025-02", compare="previous"))
    assert (found.compared, found.numbers[1].before, numbers(found)["visitors"]) == (None, None, 3)
    assert found.notes == [
        "Live is compared with nothing.",
        "Live looks at its own minutes, whatever the period.",
    ]


def test_arabic_counts_and_names(store):
    write(store, MOVES)
    found = answer(store, Live(until=NOON, language="ar"))
    assert found.sentence.startswith(
        "في متجرك الآن زائر واحد. وفي آخر 30 دقيقة: 3 زوار، و4 مشاهدات، وطلب واحد بقيمة"
    )
    assert part(found, "القنوات") == [("دخول مباشر", 2, 5), ("بحث مدفوع", 1, 1)]
    assert part(found, "الحركات")[0][0] == "شاهد صفحة"
    assert part(found, "الأجهزة")[0][0] == "جوال"
    assert part(found, "الدول")[0][0] == "المملكة العربية السعودية"


@pytest.mark.parametrize(
    "given",
    [{"minutes": 0}, {"minutes": 181}, {"until": "later"}, {"until": "9999-12-31"}, {"until": "0001-01-01"}],
)
def test_what_cannot_be_understood_is_refused(given):
    with pytest.raises(BadParameter):
        read(Live, given)
