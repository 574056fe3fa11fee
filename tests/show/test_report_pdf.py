from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from masarat.analyse import ANALYSES
from masarat.errors import UnknownName
from masarat.show import typeface
from masarat.show.reports import pdf, report
from masarat.show.reports.build import REPORT, questions
from masarat.show.reports.document import document
from tests.support.reports import HOSTILE, small_report

SHAPES = Path(__file__).parent / "shapes"


def pages(content):
    return [
        page.render(scale=1, grayscale=True).to_numpy().squeeze() for page in pypdfium2.PdfDocument(content)
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_page_for_the_cover_for_the_numbers_and_for_every_question(engine, language):
    written = pdf.write(small_report(engine, language))
    found = pages(written)
    assert len(found) >= 2 + len(REPORT) + 1, [page.shape for page in found]
    assert {page.shape for page in found} == {(842, 596)}
    for page in pypdfium2.PdfDocument(written):
        said = page.get_textpage().get_text_range().splitlines()
        assert len(said) > 2, "an empty page"  # besides the line at its foot


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_touches_the_edge_of_the_paper(engine, language):
    for page in pages(pdf.write(small_report(engine, language)))[1:]:
        for margin in (page[:, :30], page[:, -30:], page[:20], page[-20:]):
            assert margin.min() > 200


def test_the_same_report_is_the_same_file(engine):
    assert pdf.write(small_report(engine, "ar")) == pdf.write(small_report(engine, "ar"))


def test_arabic_is_joined_and_runs_from_the_right(engine):
    """The cover's title, as a picture that can be read by eye: tests/show/shapes/cover-ar.txt."""
    expected = read_shape("cover-ar")
    cover = pages(pdf.write(small_report(engine, "ar")))[0]
    title = cover[130:200, 340:560]
    found = title[::2, ::2] < 128
    assert found.shape == expected.shape
    assert (found != expected).mean() < 0.02
    assert (found[:, ::-1] != expected).mean() > 0.05  # the measure tells a mirrored word from a right one


def read_shape(name):
    lines = (SHAPES / f"{name}.txt").read_text("utf-8").splitlines()
    return np.array([[dot == "#" for dot in line] for line in lines])


def test_the_typeface_has_every_letter_that_we_say(engine):
    """No empty boxes: all our own words, in both languages, are in the typeface."""
    known = letters_of(typeface.font(400, "ttf").read_bytes())
    for language in ("ar", "en"):
        for chapter in document(small_report(engine, language)).chapters:
            said = [
                chapter.title,
                chapter.sentence,
                chapter.footer,
                *chapter.heads,
                *chapter.notes,
                *chapter.rest,
            ]
            said += [f"{each.title}{each.formula}" for each in chapter.definitions]
            said += [f"{figure.title}{figure.value}{figure.change}" for figure in chapter.figures]
            words = "".join(said).replace(HOSTILE, "")
            missing = {
                letter for letter in words if ord(letter) not in known and not "\u2066" <= letter <= "\u2069"
            }
            assert not missing, f"{chapter.name} in {language}"


def letters_of(font):
    """The characters of a TrueType font, from its cmap table of format 4."""
    tables = {
        font[at : at + 4]: int.from_bytes(font[at + 8 : at + 12], "big") for at in range(12, 12 + 16 * 30, 16)
    }
    start = tables[b"cmap"]

    def number(at, size=2):
        return int.from_bytes(font[at : at + size], "big")

    table = next(
        start + number(start + 8 + 8 * index, 4)
        for index in range(number(start + 2))
        if number(start + number(start + 8 + 8 * index, 4)) == 4
    )
    count = number(table + 6) // 2
    ends = [number(table + 14 + 2 * index) for index in range(count)]
    starts = [number(table + 16 + 2 * count + 2 * index) for index in range(count)]
    return {letter for first, last in zip(starts, ends, strict=True) for letter in range(first, last + 1)}


def test_each_language_starts_at_its_own_side(engine):
    """At the top of the page of key numbers there is more ink where reading starts."""
    arabic, english = (pages(pdf.write(small_report(engine, language)))[1] for language in ("ar", "en"))
    assert (arabic < 128)[:200, 297:].sum() > (arabic < 128)[:200, :297].sum()
    assert (english < 128)[:200, :297].sum() > (english < 128)[:200, 297:].sum()


def test_every_question_but_lists_what_is_so_now_and_closer_looks_is_in_the_report():
    assert {each.name for each in REPORT} == {kind.name for kind in ANALYSES} - {
        *(
            "customer_value",
            "customers",
            "found_customers",
            "funnel_dropped",
            "intent_customers",
            "journey_customers",
            "live",
        ),
        "rule_customers",
        "segment_movers",
        *(
            "breakdown",
            "flow_graph",
            "funnel_times",
            "funnel_trend",
            "intent_model",
            "journey_moves",
            "metric",
            "segment_moves",
        ),
    }
    names = [each.name for each in REPORT]
    order = [kind.name for kind in ANALYSES if kind.name in names]
    assert names == order
    assert all(one != two for one, two in pairwise(names))


def test_the_frame_is_given_to_every_question():
    asked = questions("", {"period": "2025", "language": "ar", "calendar": "hijri"})
    assert {(each.period, each.language, each.calendar) for each in asked} == {("2025", "ar", "hijri")}
    assert [each.name for each in questions("revenue", {"by": "week"})] == ["revenue"]


def test_what_is_unknown_is_named(store):
    with pytest.raises(UnknownName, match="Did you mean 'period'"):
        questions("", {"periode": "2025"})
    with pytest.raises(UnknownName, match="Did you mean 'revenue'"):
        questions("revenu", {})
    with pytest.raises(UnknownName, match="report format"):
        report(store, "docx")


def test_an_empty_shop_has_a_report(store):
    assert report(store, "pdf", language="ar").startswith(b"%PDF")


def test_a_typeface_that_was_not_fetched_is_said_so(engine, monkeypatch, tmp_path):
    monkeypatch.setattr(typeface, "FONTS", tmp_path)
    with pytest.raises(typeface.FontsMissing, match="make fonts"):
        pdf.write(small_report(engine, "en"))
