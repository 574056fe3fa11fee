from datetime import date

import polars as pl
import pytest

from masarat.analyse.top_customers import TopCustomers
from tests.support.online_retail import events
from tests.support.people import trait
from tests.support.shop import answer, order, refund, write

# Net: a 80, b 15, c 5; d was given back more than he paid, nobody is named on the last.
MOVES = [
    order("a", "2025-01-05", 60),
    order("a", "2025-01-09", 40),
    refund("a", "2025-01-10", 20),
    order("b", "2025-01-06", 15),
    order("c", "2025-01-07", 5),
    order("d", "2025-01-08", 10),
    refund("d", "2025-01-09", 12),
    refund("e", "2025-01-09", 7),  # bought before the log began: not a buyer here
    order("", "2025-01-10", 1000),
]


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_ranks_by_net_revenue(store):
    write(store, MOVES)
    trait(store, "a", "name", "نورة")
    found = answer(store, TopCustomers())
    assert [tuple(row.values()) for row in found.rows] == [
        (1, "a", "نورة", 2, 80, 0.8, 0.8, date(2025, 1, 9)),
        (2, "b", "", 1, 15, 0.15, 0.95, date(2025, 1, 6)),
        (3, "c", "", 1, 5, 0.05, 1, date(2025, 1, 7)),
        (4, "d", "", 1, -2, 0, 1, date(2025, 1, 8)),
    ]
    assert found.sample == 6
    assert any("One customer was given back more than he paid" in note for note in found.notes)
    assert any("17% of the orders name no customer" in note for note in found.notes)


def test_shares_and_gini(store):
    write(store, MOVES)
    found = numbers(answer(store, TopCustomers()))
    assert found["customers"] == 4
    assert found["top_1"] == found["top_20"] == 0.8  # the first of four
    assert found["customers_for_80"] == 1
    # Ascending 0, 5, 15, 80: 2(2·5 + 3·15 + 4·80) / (4·100) − 5/4
    assert found["gini"] == pytest.approx(0.625)


def test_the_curve_runs_from_nothing_to_all(store):
    write(store, MOVES)
    picture = answer(store, TopCustomers()).picture
    assert picture.view == "curve"
    assert [tuple(row.values()) for row in picture.rows] == [
        (0, 0), (0.25, 0.8), (0.5, 0.95), (0.75, 1), (1, 1),
    ]  # fmt: skip


def test_the_curve_has_a_point_for_every_percent(store):
    write(store, [order(f"c{i}", "2025-01-05", i + 1) for i in range(250)])
    rows = answer(store, TopCustomers(limit=3)).picture.rows
    assert len(rows) == 101
    assert [row["share_of_customers"] for row in rows[:3]] == [0, 3 / 250, 5 / 250]  # whole customers
    assert rows[1]["share"] == pytest.approx((250 + 249 + 248) / (250 * 251 / 2))


def test_limit_lists_fewer_but_counts_all(store):
    write(store, MOVES)
    found = answer(store, TopCustomers(limit=2))
    assert [row["customer"] for row in found.rows] == ["a", "b"]
    assert numbers(found)["customers"] == 4


def test_equal_customers_are_no_eighty_twenty(store):
    write(store, [order(f"c{i}", "2025-01-05", 10) for i in range(20)])
    found = answer(store, TopCustomers())
    assert numbers(found)["gini"] == pytest.approx(0)
    assert numbers(found)["customers_for_80"] == 16
    assert found.sentence == (
        "The top 20% of customers, 4 customers, bring 20% of revenue: more evenly spread than 80/20. "
        "16 customers make 80% of it."
    )


def test_one_customer(store):
    write(store, [order("a", "2025-01-05", 10)])
    found = answer(store, TopCustomers())
    assert numbers(found)["gini"] == 0
    assert "one customer, brings 100% of revenue: too few customers to speak of 80/20" in found.sentence
    assert len(found.picture.rows) == 2


def test_compares_with_the_period_before(store):
    write(
        store,
        [
            order("a", "2025-01-05", 30),
            order("b", "2025-01-05", 10),
            order("a", "2025-02-05", 90),
            order("b", "2025-02-05", 10),
        ],
    )
    found = answer(store, TopCustomers(period="2025-02"))
    assert "90% of revenue, against 75% in the period before" in found.sentence


def test_nobody_named_and_nothing_left(store):
    write(store, [order("", "2025-01-05", 10)])
    found = answer(store, TopCustomers())
    assert "names its customer" in found.sentence
    assert found.rows == []
    write(store, [order("a", "2025-02-05", 10), refund("a", "2025-02-06", 10)])
    assert "took back all" in answer(store, TopCustomers(period="2025-02")).sentence


def test_arabic_sentence_and_plurals(store):
    write(store, [order(f"c{i}", "2025-01-05", 10) for i in range(15)])
    sentence = answer(store, TopCustomers(language="ar")).sentence
    assert "وهم 3 عملاء، يأتون" in sentence
    assert "و12 عميلًا يصنعون" in sentence


@pytest.mark.shared
def test_online_retail(retail, shared_data):
    found = answer(retail, TopCustomers())
    lines = pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet")
    net = (
        events(lines)
        .filter(pl.col("visitor_id") != "")
        .group_by("visitor_id")
        .agg(
            pl.col("revenue").sum(),
            ((pl.col("name") == "Order Completed") & (pl.col("revenue") > 0)).any().alias("bought"),
        )
        .filter("bought")["revenue"]
        .clip(0)
        .sort(descending=True)
        .cast(float)
    )
    total = float(net.sum())
    got = numbers(found)
    assert got["customers"] == len(net) == 4338
    for percent, top in ((1, 44), (5, 217), (10, 434), (20, 868)):
        assert got[f"top_{percent}"] == pytest.approx(float(net[:top].sum()) / total)
    rising = net.reverse()
    ranks = pl.int_range(1, len(net) + 1, eager=True)
    gini = 2 * float((rising * ranks).sum()) / (len(net) * total) - (len(net) + 1) / len(net)
    assert got["gini"] == pytest.approx(gini)
    assert len(found.picture.rows) == 101
    assert found.rows[0]["customer"] == "14646"  # a Dutch wholesaler
    assert "close to 80/20" in found.sentence
