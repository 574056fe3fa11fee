"""Searches in the shop, by hand: one word however it is written, what came of each search, what is not found."""

from datetime import date

import pytest

from masarat.analyse.searches import Searches
from tests.support.merging import merge
from tests.support.shop import answer, event, order, write


def searched(who, ts, query, results=None, **columns):
    props = f'{{"query": "{query}"' + ("" if results is None else f', "results": {results}') + "}"
    return event("Products Searched", who, ts, props=props, **columns)


def put(store, events):
    write(store, [{"props": "{}"} | each for each in events])


def viewed(who, ts, product="p"):
    return event("Product Viewed", who, ts, product_ids=[product])


def rows(found):
    return {row["query"]: row for row in found.rows}


def numbers(found):
    return {number.name: number.value for number in found.numbers}


# a finds coffee, opens it and buys; b writes it otherwise, then searches for matcha, in vain, and gives up.
STORY = [
    searched("a", "2025-03-01 10:00", "قهوة", 12),
    viewed("a", "2025-03-01 10:01"),
    order("a", "2025-03-01 10:20", 90),
    searched("b", "2025-03-02 09:00", "قَهوه", 12),
    searched("b", "2025-03-02 09:04", "ماتشا", 0),
    searched("c", "2025-03-03 09:00", "قهوة", 12),
    viewed("c", "2025-03-03 09:45"),  # too late to come of it
    searched("c", "2025-03-05 09:00", " ", 0),  # without words: no search
]


def test_what_came_of_each_search(store):
    put(store, STORY)
    found = answer(store, Searches())
    assert [list(row.values()) for row in found.rows] == [
        ["قهوة", 3, 3, 0, 0, pytest.approx(1 / 3), pytest.approx(1 / 3), 2, pytest.approx(1 / 3), 90],
        ["ماتشا", 1, 1, 1, 1, 0, 0, 1, 0, 0],
    ]
    assert numbers(found) == {
        "times": 4, "queries": 2, "visitors": 3, "nothing": 1, "nothing_share": 0.25, "refined_share": 0.25,
        "opened_share": 0.25, "unopened": 3, "conversion": 0.25, "revenue": 90,
    }  # fmt: skip
    assert found.sentence == (
        "4 searches by 3 visitors: 25% opened a product, and 25% ordered. "
        "25% found nothing; most often sought in vain: ماتشا (once, 25% of all searches)."
    )
    arabic = answer(store, Searches(language="ar")).sentence.translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert arabic == (
        "4 عمليات بحث من 3 زوار: 25٪ منها فُتح بعدها منتج، و25٪ تبعها طلب. "
        "25٪ لم تجد شيئًا، وأكثر ما طُلب ولم يوجد: ماتشا (مرة واحدة، أي 25٪ من كل عمليات البحث)."
    )
    assert [row["query"] for row in answer(store, Searches(rank_by="nothing")).rows] == ["ماتشا", "قهوة"]


def test_an_order_is_of_the_last_search_before_it_and_within_the_hours(store):
    put(store, [
        searched("a", "2025-03-01 10:00", "tea", 3),
        searched("a", "2025-03-01 20:00", "cups", 3),
        order("a", "2025-03-02 09:00", 50),
        order("a", "2025-03-02 21:00", 7),
    ])  # fmt: skip
    told = rows(answer(store, Searches()))
    assert {key: (row["conversion"], row["revenue"]) for key, row in told.items()} == {
        "cups": (1, 50),
        "tea": (1, 0),
    }
    told = rows(answer(store, Searches(hours=48)))
    assert (told["cups"]["revenue"], told["tea"]["revenue"]) == (57, 0)
    assert numbers(answer(store, Searches(period="2025-03-01")))["revenue"] == 50  # an order after the period


def test_the_same_words_again_mend_nothing(store):
    put(store, [
        searched("a", "2025-03-01 10:00", "tea", 0),
        searched("a", "2025-03-01 10:01", "TEA", 0),
        searched("a", "2025-03-01 10:06", "green tea", 4),
        viewed("a", "2025-03-01 10:06"),  # in the very moment of the search or before it: does not come of it surely
        viewed("a", "2025-03-01 10:07"),
    ])  # fmt: skip
    told = rows(answer(store, Searches()))
    assert {key: (row["times"], row["refined_share"], row["opened_share"]) for key, row in told.items()} == {
        "tea": (2, 0.5, 0), "green tea": (1, 0, 1),
    }  # fmt: skip


def test_without_results_nothing_is_claimed(store):
    put(store, [searched("a", "2025-03-01 10:00", "tea"), searched("", "2025-03-01 10:00", "nobody", 0)])
    found = answer(store, Searches())
    assert found.sentence == "One search by one visitor: 0% opened a product, and 0% ordered."
    assert [row["nothing_share"] for row in found.rows] == [None]
    assert [note[:18] for note in found.notes] == ["There is only one ", "No search tells ho"]


def test_matomo_counts_too(store):
    put(store, [event("Products Searched", "a", "2025-03-01", props='{"query": "tea", "search_count": "0"}')])
    assert numbers(answer(store, Searches()))["nothing"] == 1


def test_somebody_who_signs_in_is_one_visitor(store):
    put(store, [searched("anon:1", "2025-03-01 10:00", "tea", 2), order("user:1", "2025-03-01 10:10", 20)])
    assert rows(answer(store, Searches()))["tea"]["conversion"] == 0
    merge(store, "anon:1", "user:1")
    told = rows(answer(store, Searches()))["tea"]
    assert (told["visitors"], told["conversion"], told["revenue"]) == (1, 1, 20)


def test_compared_and_empty(store):
    put(store, [searched("a", f"2025-0{month}-10 10:00", "tea", 1) for month in (1, 2, 2)])
    found = answer(store, Searches(period="2025-02"))
    assert found.sentence.startswith("2 searches by one visitor (up 100% on the period before)")
    assert "10 January 2025 to 10 February 2025" in answer(store, Searches(period="2024")).sentence


def test_ten_thousand_different_searches(store):
    put(
        store,
        [
            searched("a" if i % 2 else "b", f"2025-03-{1 + i % 28:02}", f"word {i}", i % 3)
            for i in range(3000)
        ],
    )
    found = answer(store, Searches(limit=5), today=date(2025, 4, 1))
    assert numbers(found)["queries"] == 2000  # of each visitor the first thousand moves
    assert len(found.rows) == 5
