"""Seasons and noted days in pictures over time: at the right place, named in the reader's language, and never more than text."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from masarat.analyse.answer import Noted
from masarat.analyse.noted import lengths
from masarat.analyse.seasons import bands
from masarat.show.pictures import draw
from tests.show.test_pictures import SVG, an_answer, texts

TREND = [("start", "date"), ("net", "money")]
STACK = [("start", "date"), ("new", "count"), ("back", "count")]


def daily(first, count):
    return [(first + timedelta(days=index), 10.0 * index) for index in range(count)]


def picture(rows, noted=(), *, view="trend", columns=TREND, language="en", **options):
    answer = an_answer(view, columns, rows, language=language)
    told = [
        Noted(id=n, day=day, last=last or day, text=words) for n, (day, last, words) in enumerate(noted, 1)
    ]
    return ElementTree.fromstring(draw(answer.model_copy(update={"noted": told}), **options))


def named(svg):
    """Each band: its name → where it begins and ends."""
    return {
        node[0].text: (float(node.get("x")), float(node.get("x")) + float(node.get("width")))
        for node in svg.iter(f"{SVG}rect")
        if node.get("fill-opacity") in ("0.05", "0.1")
    }


def points(svg):
    line = next(node for node in svg.iter(f"{SVG}path") if node.get("stroke-width") == "2.25")
    return [float(point.split()[0]) for point in line.get("d")[1:].split("L")]


def lines(svg):
    return [float(node.get("x1")) for node in svg.iter(f"{SVG}line") if node.get("stroke-dasharray")]


def plain(words):
    return "".join(c for c in words if not "\u2066" <= c <= "\u2069")


def pins(svg):
    """Each pin: what stands on it, and what it tells."""
    return [(plain(group[2].text), plain(group[0].text)) for group in svg.iter(f"{SVG}g")]


def test_the_calendar_says_which_days_the_seasons_have():
    assert bands(date(2025, 1, 1), date(2025, 12, 31)) == [
        ("ramadan", date(2025, 3, 1), date(2025, 3, 29)),
        ("eid-fitr", date(2025, 3, 30), date(2025, 4, 1)),
        ("eid-adha", date(2025, 6, 6), date(2025, 6, 9)),
        ("white-friday", date(2025, 11, 26), date(2025, 12, 1)),
    ]
    assert bands(date(2025, 3, 29), date(2025, 3, 29)) == [("ramadan", date(2025, 3, 1), date(2025, 3, 29))]
    assert bands(date(2025, 7, 1), date(2025, 10, 31)) == []
    assert [name for name, *_ in bands(date(2099, 1, 1), date(2099, 12, 31))] == ["white-friday"]


@pytest.mark.parametrize(
    ("language", "names"), [("en", ("Ramadan", "Eid al-Fitr")), ("ar", ("رمضان", "عيد الفطر"))]
)
def test_a_band_lies_over_the_days_of_its_season(language, names):
    svg = picture(daily(date(2025, 2, 20), 60), language=language)
    at, half = points(svg), (points(svg)[1] - points(svg)[0]) / 2
    begin = 9  # 1 March
    assert named(svg) == {
        names[0]: pytest.approx((at[begin] - half, at[begin + 28] + half), abs=0.2),
        names[1]: pytest.approx((at[begin + 29] - half, at[begin + 31] + half), abs=0.2),
    }
    assert names[0] in texts(svg)


def test_a_band_stands_in_its_part_of_the_month():
    rows = [(date(2025, month, 1), 5.0) for month in range(1, 7)]
    svg = picture(rows)
    at = points(svg)
    step = at[1] - at[0]
    start, end = named(svg)["Ramadan"]
    assert (start, end) == pytest.approx((at[2] - step / 2, at[2] - step / 2 + step * 29 / 31), abs=0.2)


def test_a_band_ends_where_the_picture_does():
    svg = picture(daily(date(2025, 3, 10), 10))
    assert named(svg) == {"Ramadan": pytest.approx((points(svg)[0], points(svg)[-1]), abs=0.2)}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_pin_stands_over_its_day_and_time_runs_from_left_to_right(language):
    noted = [(date(2025, 9, 3), None, "new prices"), (date(2025, 9, 13), None, "عطل في الدفع")]
    svg = picture(daily(date(2025, 9, 1), 30), noted, language=language)
    at = points(svg)
    assert lines(svg) == pytest.approx([at[2], at[12]], abs=0.2)
    assert at[2] < at[12]
    (one, tip), (two, other) = pins(svg)
    assert (one, two) == ("1", "2")
    assert tip.endswith("— new prices")
    assert other.endswith("— عطل في الدفع")
    assert "13" in other


def test_a_pin_stands_in_its_week():
    weeks = [(date(2025, 8, 3) + timedelta(weeks=index), 5.0) for index in range(6)]
    svg = picture(weeks, [(date(2025, 8, 10), None, "first day"), (date(2025, 8, 13), None, "in the middle")])
    at = points(svg)
    assert lines(svg) == pytest.approx([at[1] - (at[1] - at[0]) * 3 / 7, at[1]], abs=0.2)


def test_what_took_several_days_is_stroked_until_the_last():
    svg = picture(daily(date(2025, 9, 1), 30), [(date(2025, 9, 3), date(2025, 9, 8), "moved house")])
    at = points(svg)
    stroke = next(node for node in svg.iter(f"{SVG}line") if node.get("stroke-width") == "2")
    assert (float(stroke.get("x1")), float(stroke.get("x2"))) == pytest.approx((at[2], at[7]), abs=0.2)


def test_pins_that_are_close_share_a_number():
    noted = [(date(2025, 9, day), None, f"day {day}") for day in (3, 4, 20)]
    svg = picture(daily(date(2025, 9, 1), 30), noted, width=360)
    assert [words for words, _ in pins(svg)] == ["1–2", "3"]
    assert len(lines(svg)) == 3


def test_pins_never_leave_the_paper():
    noted = [(date(2025, 9, 1), None, "first"), (date(2025, 9, 30), None, "last")]
    svg = picture(daily(date(2025, 9, 1), 30), noted, width=320)
    for group in svg.iter(f"{SVG}g"):
        start, wide = float(group[1].get("x")), float(group[1].get("width"))
        assert start >= 0
        assert start + wide <= 320


def test_names_and_pins_never_stand_on_each_other():
    noted = [(date(2025, 3, 5), None, "in Ramadan")]
    rows = daily(date(2025, 2, 20), 60)
    svg = picture(rows, noted)
    name = next(node for node in svg.iter(f"{SVG}text") if "Ramadan" in node.text)
    pin = next(svg.iter(f"{SVG}g"))
    assert float(name.get("y")) < float(pin[1].get("y"))
    heading = next(node for node in svg.iter(f"{SVG}text") if "net" in node.text)
    assert float(heading.get("y")) + 10 < float(name.get("y"))


def test_a_stack_has_them_too():
    rows = [(day, 3, 4) for day, _ in daily(date(2025, 3, 20), 30)]
    svg = picture(rows, [(date(2025, 3, 22), None, "x")], view="stack", columns=STACK)
    assert set(named(svg)) == {"Ramadan", "Eid al-Fitr"}
    assert [words for words, _ in pins(svg)] == ["1"]


def test_what_is_not_over_days_is_not_marked():
    rows = [(day.isoformat(), value) for day, value in daily(date(2025, 3, 1), 20)]
    svg = picture(
        rows, [(date(2025, 3, 5), None, "x")], view="ranking", columns=[("name", "text"), ("net", "money")]
    )
    assert not named(svg)
    assert not pins(svg)


@pytest.mark.parametrize(
    "hostile",
    [
        "</title></svg><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "&amp;<b>",
        "\u202eevil\x07",
    ],
)
def test_hostile_words_stay_words(hostile):
    svg = picture(daily(date(2025, 9, 1), 30), [(date(2025, 9, 3), None, hostile)])
    assert {node.tag.removeprefix(SVG) for node in svg.iter()} <= {
        "svg", "title", "desc", "text", "rect", "line", "path", "circle", "g",
    }  # fmt: skip
    assert hostile.replace("\x07", "").replace("\u202e", "") in pins(svg)[0][1]


def test_the_last_place_is_as_long_as_its_month():
    assert lengths([date(2025, 1, 1), date(2025, 2, 1)]) == [31, 28]
    assert lengths([date(2025, 3, 1), date(2025, 3, 30)]) == [29, 29]
    assert lengths([date(2025, 3, 2), date(2025, 3, 9)]) == [7, 7]
    assert lengths([date(2025, 3, 2), date(2025, 3, 3)]) == [1, 1]
