from datetime import date
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.analyse.answer import Answer, AnswerColumn, Picture, View
from masarat.show.pictures import VIEWS, css, draw
from masarat.show.pictures.scale import series, shorten, ticks, width

SVG = "{http://www.w3.org/2000/svg}"


def drawn(view, columns, rows, *, language="en", before=(), calendar="gregorian", **options):
    """The picture's elements; columns as (name, kind), rows as tuples."""
    return ElementTree.fromstring(
        draw(an_answer(view, columns, rows, language=language, before=before, calendar=calendar), **options)
    )


def an_answer(view, columns, rows, *, language="en", before=(), calendar="gregorian"):
    titled = [AnswerColumn(name=name, kind=kind, title=name) for name, kind in columns]
    names = [name for name, _ in columns]
    picture = Picture(
        view=view,
        columns=titled,
        rows=[dict(zip(names, row, strict=True)) for row in rows],
        before=[dict(zip(names, row, strict=True)) for row in before],
    )
    return Answer(
        analysis="test", title="Title", parameters={}, sentence="A sentence.", numbers=[], columns=[], rows=[],
        view=view, picture=picture, notes=[], readiness=[], period=None, compared=None, currency="SAR",
        language=language, calendar=calendar, sample=1,
    )  # fmt: skip


def texts(svg):
    return ["".join(c for c in node.text if not "\u2066" <= c <= "\u2069") for node in svg.iter(f"{SVG}text")]


def bars(svg):
    return [
        (float(node.get("x")), float(node.get("width")))
        for node in svg.iter(f"{SVG}rect")
        if node.get("fill-opacity") != "0"
    ]


MONTHS = [(date(2025, month, 1), value) for month, value in enumerate((100.0, 0.0, 50.0, 200.0), 1)]


def test_every_view_but_the_table_has_a_drawing():
    assert set(VIEWS) == set(get_args(View)) - {"table"}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_time_runs_from_left_to_right(language):
    svg = drawn("trend", [("start", "date"), ("net", "money")], MONTHS, language=language)
    line = next(node for node in svg.iter(f"{SVG}path") if node.get("stroke-width") == "2.25")
    points = [tuple(map(float, point.split())) for point in line.get("d")[1:].split("L")]
    assert all(one[0] < two[0] for one, two in pairwise(points))
    tallest = min(points, key=lambda point: point[1])
    assert tallest == points[3]  # 200 stands highest, and above 100 by the same as 100 above 0
    assert points[0][1] - tallest[1] == pytest.approx(points[1][1] - points[0][1], abs=0.2)


def test_axis_names_months_and_the_year_once():
    words = texts(drawn("trend", [("start", "date"), ("net", "money")], MONTHS))
    assert [word for word in words if word in ("Jan", "Feb", "Mar", "Apr", "2025")] == [
        "Jan",
        "2025",
        "Feb",
        "Mar",
        "Apr",
    ]
    assert "net (SAR)" in words
    arabic = texts(drawn("trend", [("start", "date"), ("net", "money")], MONTHS, language="ar"))
    assert {"يناير", "net (ر.س)"} <= set(arabic)
    hijri = texts(
        drawn("trend", [("start", "date"), ("net", "money")], MONTHS, language="ar", calendar="hijri")
    )
    assert "رمضان" in hijri or "شعبان" in hijri


def test_nothing_known_cuts_the_line():
    rows = [(day, None if day.month == 2 else value) for day, value in MONTHS]
    svg = drawn("trend", [("start", "date"), ("net", "money")], rows)
    assert len([node for node in svg.iter(f"{SVG}path") if node.get("stroke-width") == "2.25"]) == 2


def test_the_period_before_is_quiet_and_dashed():
    svg = drawn("trend", [("start", "date"), ("net", "money")], MONTHS, before=MONTHS)
    assert any(node.get("stroke-dasharray") for node in svg.iter(f"{SVG}path"))
    assert "the period before" in texts(svg)


def test_parts_are_named_at_their_lines_and_the_rest_is_told():
    rows = [(day, f"part {part}", value * part) for day, value in MONTHS for part in range(1, 10)]
    words = texts(drawn("trend", [("start", "date"), ("breakdown", "text"), ("net", "money")], rows))
    assert {f"part {part}" for part in range(4, 10)} <= set(words)
    assert "net (SAR): the largest 6 of 9" in words


def test_a_part_keeps_its_colour_from_picture_to_picture():
    columns = [("start", "date"), ("breakdown", "text"), ("net", "money")]

    def colour(parts):
        rows = [(day, part, value) for day, value in MONTHS for part in parts]
        answer = an_answer("trend", columns, rows)
        return {line.title: line.colour for line in series(answer, answer.picture.rows)}

    assert colour(["email"])["email"] == colour(["email", "store"])["email"]
    assert len(set(colour([f"p{n}" for n in range(6)]).values())) == 6


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_stack_piles_gains_up_and_losses_down(language):
    columns = [("start", "date"), ("new", "count"), ("back", "count"), ("lost", "count")]
    rows = [(date(2025, 1, 1), 30, 10, 0), (date(2025, 2, 1), 10, None, -20)]
    svg = drawn("stack", columns, rows, language=language)
    boxes = [
        tuple(float(node.get(side)) for side in ("x", "y", "height"))
        for node in svg.iter(f"{SVG}rect")
        if node.get("fill-opacity") != "0" and node.get("rx") is None
    ]
    (x1, y1, h1), (x2, y2, h2), (x3, y3, h3), (x4, y4, h4) = boxes
    assert x1 == x2 < x3 == x4  # January before February
    assert (h1, h3, h4) == pytest.approx((3 * h2, h2, 2 * h2), abs=0.2)
    assert y2 + h2 == pytest.approx(y1, abs=0.2)  # one on the other
    assert y4 == pytest.approx(y3 + h3, abs=0.2) == pytest.approx(y1 + h1, abs=0.2)  # from nothing down
    assert {"new", "back", "lost"} <= set(texts(svg))


def test_bars_are_as_long_as_their_values_and_start_where_reading_starts():
    rows = [("a", 400.0), ("b", 100.0), ("c", -100.0)]
    columns = [("name", "text"), ("net", "money")]
    (ax, aw), (bx, bw), (cx, cw) = bars(drawn("ranking", columns, rows))
    assert (round(aw / bw, 1), round(cw / bw, 1)) == (4.0, 1.0)
    assert ax == bx == pytest.approx(cx + cw, abs=0.1)  # what is below zero stands on the other side
    mirrored = bars(drawn("ranking", columns, rows, language="ar"))
    assert [(720 - x - w, w) for x, w in mirrored] == [
        (pytest.approx(x, abs=0.1), w) for x, w in [(ax, aw), (bx, bw), (cx, cw)]
    ]


def test_several_measures_are_labelled_at_their_bars():
    columns = [("group", "text"), ("share of customers", "percent"), ("share of revenue", "percent")]
    words = texts(drawn("bars", columns, [("loyal", 0.12, 0.54)]))
    assert {"12% share of customers", "54% share of revenue", "loyal"} <= set(words)


def test_columns_of_a_distribution_mirror_in_arabic_but_not_over_time():
    rows = [("0–50", 10), ("50–100", 20), ("100–150", 5)]
    columns = [("bin", "text"), ("orders", "count")]
    english, arabic = (bars(drawn("bars", columns, rows, language=language)) for language in ("en", "ar"))
    assert [x for x, _ in english] == sorted(x for x, _ in english)
    assert [x for x, _ in arabic] == sorted((x for x, _ in arabic), reverse=True)
    timed = [(day, int(value)) for day, value in MONTHS]
    over_time = bars(drawn("bars", [("start", "date"), ("orders", "count")], timed, language="ar"))
    assert [x for x, _ in over_time] == sorted(x for x, _ in over_time)


def test_a_grid_is_darker_where_there_is_more():
    rows = [(r, f, r * f, 10.0 * r * f) for r in (2, 1) for f in (1, 2)]
    columns = [("recency", "count"), ("frequency", "count"), ("customers", "count"), ("net", "money")]
    svg = drawn("grid", columns, rows)
    shades = [float(node.get("fill-opacity")) for node in svg.iter(f"{SVG}rect")]
    assert max(shades) == shades[1]
    assert shades[0] == shades[3] > shades[2]
    assert {"4", "40", "recency", "frequency"} <= {*texts(svg), "recency"}


def test_a_curve_of_shares_tells_what_the_top_fifth_holds():
    rows = [(index / 100, 1 - (1 - index / 100) ** 4) for index in range(101)]
    columns = [("customers", "percent"), ("revenue", "percent")]
    assert "20% → 59%" in texts(drawn("curve", columns, rows))
    assert "20٪ ← 59٪" in texts(drawn("curve", columns, rows, language="ar"))


def test_a_curve_of_shares_that_rises_above_the_whole_has_its_marks():
    columns = [("customers", "percent"), ("profit", "percent")]
    marks = texts(drawn("curve", columns, [(0.0, 0.0), (0.2, 1.2), (0.6, 1.4), (1.0, 1.0)]))
    assert {"0%", "50%", "100%", "150%", "20% → 120%"} <= set(marks)


def test_nothing_to_draw_draws_nothing():
    columns = [("name", "text"), ("net", "money")]
    assert draw(an_answer("table", columns, [("a", 1.0)])) == ""
    assert draw(an_answer("ranking", columns, [])) == ""
    assert draw(an_answer("ranking", columns, [("a", None)])) == ""
    assert draw(an_answer("trend", [("start", "date"), ("net", "money")], MONTHS[:1])) == ""
    assert draw(an_answer("ranking", [("name", "text"), ("why", "text")], [("a", "b")])) == ""


def test_the_page_theme_takes_colours_from_the_page():
    columns, rows = [("name", "text"), ("net", "money")], [("a", 1.0)]
    assert "var(--series-1, #0F766E)" in draw(an_answer("ranking", columns, rows), theme="page")
    assert "var(" not in draw(an_answer("ranking", columns, rows))
    assert css().count("--series-1:") == 3  # light; dark where the screen is, and where it was chosen


def test_a_picture_says_what_it_shows_and_holds_no_style_or_script():
    svg = drawn("ranking", [("name", "text"), ("net", "money")], [("a", 1.0)])
    assert (svg.find(f"{SVG}title").text, svg.find(f"{SVG}desc").text) == ("Title", "A sentence.")
    assert svg.get("role") == "img"
    assert not [
        node for node in svg.iter() if node.get("style") or node.tag in (f"{SVG}style", f"{SVG}script")
    ]


@given(
    names=st.lists(st.text(max_size=60), min_size=1, max_size=15),
    value=st.one_of(st.none(), st.floats(-1e12, 1e12)),
    view=st.sampled_from(["ranking", "bars"]),
    language=st.sampled_from(["ar", "en"]),
)
def test_whatever_the_words_and_numbers_it_is_a_picture(names, value, view, language):
    rows = [(name, value if index else 1.0) for index, name in enumerate(names)]
    svg = drawn(view, [("name", "text"), ("net", "money")], rows, language=language)
    assert {node.tag.removeprefix(SVG) for node in svg.iter()} <= {
        "svg",
        "title",
        "desc",
        "text",
        "rect",
        "line",
        "path",
    }


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_ticks_are_round_even_and_hold_the_values(values):
    marks = ticks(values)
    step = marks[1] - marks[0]
    digits = f"{step:.6e}"
    assert digits[0] in "125"
    assert 0.0 in marks
    assert 2 <= len(marks) <= 8
    assert marks[-1] >= max(0.0, *values) - step * 1e-6
    assert marks[0] <= min(0.0, *values) + 0.11 * step


def test_long_words_are_shortened_to_their_room():
    assert shorten("قهوة", 12, 200) == "قهوة"
    short = shorten("WHITE HANGING HEART T-LIGHT HOLDER", 12, 120)
    assert short.endswith("…")
    assert width(short, 12) <= 130


FLOW = [("place", "text"), ("next", "text"), ("paths", "count"), ("share", "percent"), ("step", "number")]
LINKS = [("/", "/a", 6, 0.6, 1), ("/", "/b", 3, 0.3, 1), ("/", "", 1, 0.1, 1), ("/a", "", 6, 0.6, 2)]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_flow_runs_as_reading_does_and_is_as_tall_as_what_went_there(language):
    svg = drawn("flow", FLOW, LINKS, language=language)
    rects = [(float(node.get("x")), float(node.get("height"))) for node in svg.iter(f"{SVG}rect")]
    heights = {round(height) for _, height in rects}
    assert heights == {
        240,
        24,
        144,
        72,
        10,
    }  # ten paths, the one that ended, six and three; and what says what its colour is
    first = next(x for x, height in rects if height == 240)
    after = next(x for x, height in rects if height == 72)
    assert (first > after) == (language == "ar")
    assert {"/", "/a", "/b", "10"} <= set(texts(svg))
    tips = [
        "".join(c for c in node.text if not "\u2066" <= c <= "\u2069") for node in svg.iter(f"{SVG}title")
    ]
    assert ("/ ← /a: 6" if language == "ar" else "/ → /a: 6") in tips


def test_names_of_a_grid_stand_in_one_order_both_ways():
    columns = [("place", "text"), ("next", "text"), ("times", "count")]
    svg = drawn("grid", columns, [("b", "a", 1.0), ("a", "b", 1.0), ("c", "z", 1.0), ("c", "c", 1.0)])
    said = list(zip(svg.iter(f"{SVG}text"), texts(svg), strict=True))
    below = [
        (float(node.get("x")), words)
        for node, words in said
        if node.get("text-anchor") == "middle" and words in "abcz"
    ]
    assert [words for _, words in sorted(below)] == ["b", "a", "c", "z"]


@pytest.mark.parametrize(
    ("kind", "value", "short"),
    [("number", 63.456, "63.5"), ("number", 0.0417, "0.04"), ("days", 29.561, "29.6"), ("count", 63, "63"), ("duration", 312, "5.2 minutes"), ("number", 1503.41, "1.5K")],
)  # fmt: skip
def test_values_are_short_where_there_is_little_room(kind, value, short):
    svg = drawn("ranking", [("name", "text"), ("size", kind)], [("a", value)])
    assert short in set(texts(svg))


def test_names_under_a_grid_never_stand_on_each_other():
    columns = [("place", "text"), ("next", "text"), ("times", "count")]
    names = [f"a name that is rather long {index}" for index in range(8)]
    svg = drawn("grid", columns, [(names[0], name, 1.0) for name in names])
    below = sorted(float(node.get("y")) for node in svg.iter(f"{SVG}text") if "a name" in (node.text or ""))
    assert len(set(below[-4:])) == 1
    assert below[-1] - below[-5] == pytest.approx(15)


def test_steps_shrink_towards_the_goal_and_are_mirrored():
    columns = [("step", "text"), ("customers", "count"), ("from_first", "percent"), ("from_previous", "percent"),
               ("left_before", "count"), ("median", "duration")]  # fmt: skip
    rows = [("Viewed", 200, 1.0, None, None, None), ("Bought", 50, 0.25, 0.25, 150, 90.0)]
    before = [("Viewed", 100, 1.0, None, None, None), ("Bought", 40, 0.4, 0.4, 60, 80.0)]
    svg = drawn("steps", columns, rows, before=before, width=800)
    assert [length for _, length in bars(svg)] == [800, 800, 800, 200]  # each over the whole it is a part of
    assert "↓ from_previous: 25% · left_before: 150 · median: 1.5 minutes" in texts(svg)
    assert "the period before" in texts(svg)
    mirrored = bars(drawn("steps", columns, rows, language="ar", width=800))
    assert mirrored[-1] == (600, 200)
