import random
from collections import Counter

import pytest

from masarat.analyse.rfm import SEGMENTS, Rfm
from tests.support.shop import answer, order, refund, write

FOUR = [
    *(order("best", f"2025-05-0{day}", 100) for day in (1, 2, 3, 4, 5)),
    *(order("gone", f"2025-01-0{day}", 50) for day in (1, 2, 3)),  # bought often, longest ago
    order("new", "2025-05-04", 1),
    order("once", "2025-02-01", 2),
]


def by_segment(found):
    return {row["segment"]: row["customers"] for row in found.rows if row["customers"]}


def cells(found):
    return {(row["r"], row["f"]): row["customers"] for row in found.picture.rows if row["customers"]}


def test_scores_by_rank(store):
    write(store, FOUR)
    found = answer(store, Rfm())
    # best, new, once, gone: share who bought later: 0, ¼, ½, ¾ → R 5, 4, 3, 2; share with fewer orders: ¾, ½, 0, 0 → F 4, 3, 1, 1
    assert cells(found) == {(5, 4): 1, (4, 1): 1, (3, 1): 1, (2, 3): 1}
    assert by_segment(found) == {"Champions": 1, "Promising": 1, "About to sleep": 1, "At risk": 1}
    champions = found.rows[0]
    assert (champions["revenue"], champions["frequency"], champions["recency"]) == (500, 5, 0)
    assert champions["share"] == 500 / 653
    assert sum(row["share_of_customers"] for row in found.rows) == 1
    assert "One champion among 4 customers brings 77%" in found.sentence


def test_all_segments_and_all_cells_are_there(store):
    write(store, FOUR)
    found = answer(store, Rfm())
    assert len(found.rows) == len(SEGMENTS) == 11
    assert len(found.picture.rows) == 25
    assert all(row["rule"] for row in found.rows)


def test_equal_customers_get_equal_scores(store):
    write(store, [order(who, "2025-05-01", 10) for who in "abcdefg"])
    assert by_segment(answer(store, Rfm())) == {"New": 7}


def test_one_customer_is_new(store):
    write(store, [order("a", "2025-05-01", 10)])
    found = answer(store, Rfm())
    assert cells(found) == {(5, 1): 1}
    assert "No customer is a champion yet." in found.sentence


def test_refunds_free_orders_and_nobody(store):
    write(
        store,
        [
            order("a", "2025-05-01", 100),
            refund("a", "2025-05-02", 30),
            order("b", "2025-05-03", 0),  # free: no order
            refund("c", "2025-05-03", 10),  # only gave back
            order("", "2025-05-04", 40),
        ],
    )
    found = answer(store, Rfm())
    assert by_segment(found) == {"New": 1}
    assert sum(row["revenue"] for row in found.rows) == 70


def test_movement_between_two_dates(store):
    write(store, [*FOUR, *(order("best", f"2025-04-0{day}", 100) for day in (1, 2))])
    found = answer(store, Rfm(period="2025-05"))
    moved = {row["segment"]: (row["came"], row["went"]) for row in found.rows if row["came"] or row["went"]}
    # On 30 April, three customers. Bought later: best 0, once ⅓, gone ⅔ → R 5, 4, 2. Fewer orders: gone ⅔, best ⅓, once 0
    # → F 4, 2, 1. Net below: gone ⅓ → M 2. So best was a potential loyalist, once promising, gone at risk as it is now.
    assert moved == {
        "Champions": (1, 0),  # best
        "Potential loyalists": (0, 1),  # best
        "Promising": (1, 1),  # new came, once went
        "About to sleep": (1, 0),  # once
    }


def test_no_movement_without_a_period_to_compare(store):
    write(store, FOUR)
    assert all(row["came"] is None and row["went"] is None for row in answer(store, Rfm()).rows)


def test_rules_cover_every_score_once(store):
    """Every one of the 125 combinations of scores has exactly one segment."""
    counts = " + ".join(f"({rule})" for rule in SEGMENTS.values())
    scores = "arrayJoin([1, 2, 3, 4, 5])"
    rows = store.select(
        f"SELECT DISTINCT {counts} AS hits FROM (SELECT {scores} AS r, {scores} AS f, {scores} AS m)"
    )
    assert rows == [{"hits": 1}]


def test_scores_are_as_counted_one_by_one(store):
    """Sixty customers with many ties, scored again by comparing each with every other."""
    dice = random.Random(7)
    bought = {
        f"c{n}": (dice.randint(1, 9), dice.choice([1, 1, 1, 2, 3, 5]), dice.randint(1, 4)) for n in range(60)
    }
    write(
        store,
        [
            order(who, f"2025-05-0{day} 0{n}:00", price)
            for who, (day, orders, price) in bought.items()
            for n in range(orders)
        ],
    )
    expected = Counter()
    for day, orders, _ in bought.values():
        later = sum(other[0] > day for other in bought.values())
        fewer = sum(other[1] < orders for other in bought.values())
        expected[5 - 5 * later // 60, 1 + 5 * fewer // 60] += 1
    assert cells(answer(store, Rfm())) == dict(expected)


def test_arabic(store):
    write(store, FOUR)
    found = answer(store, Rfm(language="ar"))
    assert "في النخبة عميل واحد" in found.sentence
    assert "معرّضون للخطر" in [row["segment"] for row in found.rows]


def test_no_identified_customer(store):
    write(store, [order("", "2025-05-01", 10)])
    assert "names its customer" in answer(store, Rfm()).sentence


@pytest.mark.shared
def test_online_retail(retail):
    found = answer(retail, Rfm())
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers["customers"] == sum(row["customers"] for row in found.rows) == 4_338
    assert sum(row["customers"] for row in found.picture.rows) == 4_338
    once = sum(row["customers"] for row in found.picture.rows if row["f"] == 1)
    assert once == 4_338 - 2_845  # all who bought once are equal, and lowest
    assert 0.4 < numbers["champions_share"] < 0.6


@pytest.mark.shared
def test_online_retail_moves_balance(retail):
    """Who came into segments is who went out of others, plus the customers who are new in the period."""
    found = answer(retail, Rfm(period="2011-11"))
    came, went = (sum(row[name] for row in found.rows) for name in ("came", "went"))
    customers = found.numbers[0]
    assert came - went == customers.value - customers.before
