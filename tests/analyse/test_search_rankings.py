"""Places in search engines, by hand: averages weighted by showings, the shop's own curve, and what a better place is worth."""

import pytest

from masarat.analyse.search_rankings import SearchRankings
from tests.support.shop import answer, event, write


def shown(ts, query, impressions, clicks, position, **columns):
    props = (
        f'{{"query": "{query}", "impressions": {impressions}, "clicks": {clicks}, "position": {position}}}'
    )
    return event("Search Result Shown", "", ts, props=props, **columns)


def numbers(found):
    return {number.name: number.value for number in found.numbers}


# Ten searches on a clean curve: of a thousand showings, 300 clicks at place 1, 100 at 3, 20 at 9 and 10 at 15.
CURVE = [
    shown("2025-03-31", f"word {index}", 1000, clicks, place)
    for index, (place, clicks) in enumerate(
        [(1, 300), (3, 100), (3, 100), (9, 20), (9, 20), (9, 20), (15, 10), (15, 10), (15, 10)]
    )
]


def test_averages_and_letters(store):
    write(store, [
        shown("2025-03-31", "قهوة", 300, 30, 2.0),
        shown("2025-03-31", "قهوه", 100, 2, 6.0),
        shown("2025-03-31", "dallah", 50, 5, "null"),
        shown("2025-02-28", "قهوة", 100, 10, 5.0),
        event("Search Result Shown", "", "2025-03-31", url="https://shop.example/p/1?x=1", props='{"impressions": 9, "clicks": 3, "position": 1}'),
    ])  # fmt: skip
    found = answer(store, SearchRankings(period="2025-03", rank_by="impressions"))
    coffee, dallah = found.rows
    assert (coffee["term"], coffee["impressions"], coffee["clicks"], coffee["ctr"]) == ("قهوة", 400, 32, 0.08)
    assert (coffee["position"], coffee["position_before"], coffee["change"], coffee["clicks_before"]) == (
        3,
        5,
        2,
        10,
    )
    assert (dallah["position"], dallah["change"]) == (None, None)
    told = numbers(found)
    assert (told["impressions"], told["clicks"], told["position"], told["terms"]) == (450, 37, 3, 2)
    assert told["opportunity"] is None
    assert (
        found.sentence
        == "Shown 450 times in search results, clicked 37 times (up 270% on the period before), on average at place 3."
    )
    assert found.notes == [
        "Fewer than 10 were shown 100 times and more: too few to tell which click rate is to be expected at a place."
    ]
    [page] = answer(store, SearchRankings(of="page")).rows
    assert (page["term"], page["clicks"]) == ("/p/1", 3)


def test_what_a_better_place_is_worth(store):
    write(
        store, [*CURVE, shown("2025-03-31", "far", 20_000, 100, 12), shown("2025-03-31", "poor", 1000, 0, 3)]
    )
    found = answer(store, SearchRankings())
    far, poor, *_ = found.rows
    # at 3 the three searches give (100 + 100 + 0) / 3000; `far` would have 20,000 times that
    assert far["term"] == "far"
    assert far["opportunity"] == pytest.approx(20_000 * 200 / 3000 - 100)
    assert far["expected"] == pytest.approx(
        (100 + 30) / 23_000
    )  # places 12 and 15 would rise: they are made one
    assert poor["opportunity"] == pytest.approx(200 / 3)
    assert {row["opportunity"] for row in found.rows if row["position"] == 1} == {0}
    assert found.notes == []
    assert found.sentence.endswith(
        "on average at place 10.7. Most is to be won with far: 1,233 more clicks at place 3 instead of 12."
    )
    arabic = answer(store, SearchRankings(language="ar")).sentence.translate(
        dict.fromkeys(range(0x2066, 0x206A))
    )
    assert arabic.endswith("وأكبر مكسب في far: 1,233 نقرة إضافية لو كانت في المرتبة 3 بدل 12.")


def test_where_nothing_stands_high(store):
    write(store, [shown("2025-03-31", f"w{index}", 1000, 50 - index, 5 + index) for index in range(12)])
    found = answer(store, SearchRankings())
    assert found.notes[0].startswith("Nothing of the shop stands at place 3 or above")
    assert found.rows[0]["opportunity"] == pytest.approx(11)  # the rate of its best place, 5 %


def test_never_clicked_and_empty(store):
    write(store, [shown("2025-03-31", "tea", 1, 0, 40)])
    assert (
        answer(store, SearchRankings()).sentence
        == "Shown once in search results, never clicked, on average at place 40."
    )
    assert "31 March 2025" in answer(store, SearchRankings(period="2024")).sentence
