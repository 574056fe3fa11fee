"""The journey map and its pain points, by moves that can be followed with a finger."""

from __future__ import annotations

import random
from datetime import date

import pytest

from masarat.analyse import ask, explain
from masarat.analyse.journey_map import JourneyMap
from masarat.analyse.pain_points import PainPoints
from masarat.analyse.touchpoints import BY_KEY, ON_PAGES, TOUCHPOINTS, TROUBLES
from masarat.events import EVENT_NAMES
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules
from masarat.resolve.resolver import Resolver
from tests.support.shop import answer, event, order, write

SHOP = "https://shop.example"


def move(name, who, ts, props="{}", **columns):
    return event(name, who, ts, props=props, **columns)


def numbers(found):
    return {number.name: number.value for number in found.numbers}


# Touchpoints


def test_every_move_of_customers_is_of_one_touchpoint():
    named = [name for one in TOUCHPOINTS for name in one.names] + list(ON_PAGES)
    assert len(named) == len(set(named))
    assert set(named) <= set(EVENT_NAMES)
    left = set(EVENT_NAMES) - set(named)
    assert left == {
        "Consent Changed", "Experiment Viewed", "Customer Identified", "Identity Linked", "Account Joined", "Stock Counted",
        "Stock Ordered", "Stock Arrived", "Search Result Shown",
    }  # fmt: skip
    assert {name for one in TROUBLES for name in one.names} <= set(named)


def test_pages_are_of_their_kind_and_troubles_are_known(store):
    pages = ["", "/", "/ar/checkout/payment", "/checkout/address", "/cart/", "/p/x", "/products/y", "/c/BR", "/السلة", "/paying", "/en/search"]  # fmt: skip
    shops = {  # Salla, Zid, Shopify, WooCommerce
        "/ar/دلة-نحاس/p1203": "product", "/en/p77": "product", "/ar/قهوة/c55": "list", "/ar-sa/products/x": "product", "/categories/12": "list",
        "/collections/new": "list", "/collections/new/products/x": "product", "/checkouts/cn/a1/thank_you": "order", "/account/orders/9": "order",
        "/product-category/coffee/": "list", "/product/dallah": "product", "/checkout/order-received/12": "order", "/my-account": "account",
        "/p": "product", "/pages/p2p": "site",
    }  # fmt: skip
    told = [
        ("Order Completed", "{}", ""),
        ("Page Viewed", '{"reload": true}', "/x"),
        ("Products Searched", '{"results": 0}', ""),
        ("Products Searched", '{"search_count": 3}', ""),
        ("Web Vitals Measured", '{"lcp": 4100}', ""),
        ("Web Vitals Measured", '{"lcp": 3900, "cls": 0.1}', ""),
        ("Order Delivered", '{"late_days": 0.5}', ""),
        ("Order Delivered", '{"late_days": 2}', ""),
    ]
    seen = [
        move("Page Viewed", "z", f"2025-02-01 10:{place:02}", url=SHOP + page)
        for place, page in enumerate(shops)
    ]
    write(store, seen)
    query = explain(store, JourneyMap(compare="none"), today=date(2025, 6, 30))
    rows = store.select(f"{query.sql('contacts')} ORDER BY ts", query.values)
    assert {row["page"]: row["touch"] for row in rows} == shops
    seen = [move("Page Viewed", "a", f"2025-03-01 10:{place:02}", url=SHOP + page) for place, page in enumerate(pages)]  # fmt: skip
    write(
        store,
        seen
        + [
            move(name, "b", f"2025-03-02 10:{place:02}", props, url=page and SHOP + page)
            for place, (name, props, page) in enumerate(told)
        ]
        + [order("c", "2025-03-03", 5, branch="Riyadh", props="{}")],
    )
    query = explain(store, JourneyMap(compare="none"), today=date(2025, 6, 30))
    rows = store.select(f"{query.sql('contacts')} ORDER BY ts", query.values)[len(shops) :]
    assert [row["touch"] for row in rows if row["page"] or row["day"] == date(2025, 3, 1)][:11] == [
        "site", "site", "payment", "checkout", "cart", "product", "product", "list", "cart", "site", "search",
    ]  # fmt: skip
    troubles = [TROUBLES[row["trouble"] - 1].key if row["trouble"] else "" for row in rows[11:]]
    assert troubles == ["", "reloads", "nothing_found", "", "slow_pages", "", "", "late", ""]
    assert rows[-1]["touch"] == "branch"


# The map

SARA = [
    move("Page Viewed", "user:sara", "2025-03-01 10:00", url=f"{SHOP}/"),
    move("Product Viewed", "user:sara", "2025-03-01 10:10"),
    move("Payment Failed", "user:sara", "2025-03-02 10:10"),
    move("Payment Failed", "user:sara", "2025-03-02 10:11"),
    order("user:sara", "2025-03-02 10:10:00.000", 80, order_id="w1", props="{}"),  # within the same moment
    move("Order Delivered", "user:sara", "2025-03-05 10:10", '{"late_days": 2}', order_id="w1"),
    move("Survey Answered", "user:sara", "2025-03-06 10:00", '{"survey": "nps", "score": 0}'),
    move("Ticket Opened", "user:sara", "2025-03-06 11:00", '{"ticket_id": "t"}'),
    move("Page Viewed", "user:omar", "2025-03-06 11:00", url=f"{SHOP}/"),
]


@pytest.fixture(scope="module")
def shop(engine):
    """Only read."""
    store = engine.store()
    write(store, SARA)
    return store


def test_a_row_is_a_touchpoint_in_a_stage(shop):
    found = answer(shop, JourneyMap())
    rows = {(row["stage_key"], row["touchpoint_key"]): row for row in found.rows}
    assert set(rows) == {
        ("awareness", "site"), ("interest", "product"), ("purchase", "payment"), ("purchase", "order"), ("purchase", "delivery"),
        ("purchase", "survey"), ("purchase", "service"),
    }  # fmt: skip
    home = rows["awareness", "site"]
    assert (home["customers"], home["went_on"], home["days_to_next"]) == (2, 0.5, pytest.approx(10 / 1440))
    paid = rows["purchase", "payment"]
    assert (paid["moves"], paid["friction"], paid["troubles"]) == (2, 1, "failed payments 1")
    door = rows["purchase", "delivery"]
    assert (door["waited"], door["friction"], door["troubles"]) == (3, 1, "late deliveries 1")
    assert (door["feeling"], door["answers"], door["complaints"]) == (-2, 1, 1)
    assert (home["complaints"], home["answers"], home["feeling"]) == (0.5, 1, -2)  # said within 7 days
    assert rows["interest", "product"]["complaints"] == 1
    assert numbers(found) == {
        "customers": 2,
        "moves": 9,
        "touchpoints": 7,
        "friction": 0.5,
        "complaints": 0.5,
    }
    assert found.sentence == (
        "2 customers met us at 7 touchpoints. There was trouble, but nowhere among enough customers to be compared."
    )
    cells = [(cell["touchpoint"], cell["stage"]) for cell in found.picture.rows]
    assert cells[:3] == [("Other pages", stage) for stage in ("Awareness", "Interest", "Purchase")]
    assert len(cells) == 7 * 3


def test_the_wait_of_the_period_before_is_what_customers_were_used_to(store):
    write(
        store,
        [
            order("user:a", "2025-03-01", 10, order_id="1", props="{}"),
            move("Order Delivered", "user:a", "2025-03-02", order_id="1"),
            order("user:b", "2025-04-01", 10, order_id="2", props="{}"),
            move("Order Delivered", "user:b", "2025-04-06", order_id="2"),
        ],
    )
    found = answer(store, JourneyMap(period="2025-04", language="ar"))
    door = next(row for row in found.rows if row["touchpoint_key"] == "delivery")
    assert (door["waited"], door["used_to"], door["touchpoint"]) == (5, 1, "التوصيل")
    assert found.sentence == "مرّ عميل واحد بنقطتي اتصال. ولم يُعرف أي تعثّر."
    assert "Nothing in this period" in ask(store, JourneyMap(period="2024-01")).sentence


def test_a_segment_says_who(shop):
    assert "Nothing in this period" in ask(shop, JourneyMap(segment="device=tablet")).sentence


# Pain points


def paying(hit, spared, *, ordered=0):
    """So many who could not pay, of whom the first few ordered later, and so many who paid."""
    return [
        *(move("Payment Failed", f"anon:hit{n}", "2025-03-03 10:00", device="mobile") for n in range(hit)),
        *(order(f"anon:hit{n}", "2025-03-05", 100, props="{}") for n in range(ordered)),
        *(
            move("Payment Info Entered", f"anon:ok{n}", "2025-03-03 10:00", device="mobile")
            for n in range(spared)
        ),
        *(order(f"anon:ok{n}", "2025-03-03 10:05", 100, props="{}") for n in range(spared)),
        move("Page Viewed", "user:last", "2025-04-01"),  # every try is over
    ]


def test_a_loss_is_what_equals_did_less_what_they_did_themselves(store):
    write(store, paying(3, 3, ordered=1))
    found = answer(store, PainPoints(least=1))
    row = found.rows[0]
    assert (row["pain"], row["customers"], row["compared"]) == ("failed payments at Payment", 3, 3)
    assert (row["hit_share"], row["spared_share"]) == (pytest.approx(1 / 3), 1)
    assert row["loss"] == pytest.approx(200)  # of three one ordered, SAR 100 each
    spread = (
        9 * 0.875 * 0.125 / 3 + 3 * 0.375 * 0.625
    ) ** 0.5  # half a try added to both outcomes of each group
    assert row["loss_most"] - row["loss"] == pytest.approx(
        4.30265 * spread * 100, rel=1e-4
    )  # t of two degrees
    assert (row["since"], row["where"], row["stage_key"]) == (None, "", "consideration")
    assert numbers(found) == {"customers": 7, "troubled": 1, "tested": 1, "believed": 0, "aov": 100}
    assert found.sentence == "Of one kind of trouble none cost orders beyond chance."


def test_many_alike_are_no_chance_and_said_in_both_languages(store):
    write(store, paying(10, 10))
    found = answer(store, PainPoints(least=5))
    assert found.sentence == (
        "One kind of trouble cost orders. The most costly: failed payments at Payment. It hit 10 customers and cost about SAR 1,000 "
        "(between SAR 789 and SAR 1,211): 0% of them ordered within 7 days, against 100% of comparable customers."
    )
    arabic = ask(store, PainPoints(least=5, language="ar")).sentence
    assert arabic.startswith("نوع واحد من التعثّر أضاع طلبات. أغلاها كلفةً: تعذّر الدفع – الدفع. أصاب 10 عملاء")
    assert "لا يُعرف ما كلّفه" in ask(store, PainPoints(least=11, language="ar")).sentence


def test_told_twice_counts_once_and_who_is_merged_has_ordered(store):
    write(store, [*paying(2, 2), *paying(1, 0)[:1], order("user:other", "2025-03-06", 100, props="{}")])
    assert answer(store, PainPoints(least=1)).rows[0]["hit_share"] == 0
    Resolver(store, Rules()).decide(Decision("merge", "anon:hit0", "user:other"), "", "noura")
    assert answer(store, PainPoints(least=1)).rows[0]["hit_share"] == 0.5


def test_tries_without_equals_or_not_over_yet_say_nothing(store):
    write(store, [move("Payment Failed", "a", "2025-03-03", device="mobile"), order("b", "2025-03-03", 5, props="{}"),
                  move("Payment Info Entered", "b", "2025-03-03", device="desktop")])  # fmt: skip
    found = answer(store, PainPoints(least=1))
    assert numbers(found)["tested"] == 0
    assert found.sentence == "No trouble hit a customer who can be compared: nothing can be said of its cost."


def test_when_it_rose_where_and_what_beside(store):
    """Ten a day try to pay on ten days, half of them by phone; on two days all phones fail, and reload the page."""
    made = []
    for day in range(1, 11):
        for n in range(10):
            who, device = f"anon:{day}-{n}", ("mobile", "desktop")[n % 2]
            broken = day in (6, 7) and device == "mobile"
            made.append(
                move("Payment Failed" if broken else "Payment Info Entered", who, f"2025-03-{day:02} 10:00", device=device,
                     url=f"{SHOP}/checkout/payment")
            )  # fmt: skip
            if broken:
                made.append(move("Page Reloaded", who, f"2025-03-{day:02} 10:01", device=device, url=f"{SHOP}/checkout/payment"))  # fmt: skip
            else:
                made.append(order(who, f"2025-03-{day:02} 10:05", 100, props="{}"))
    write(store, [*made, move("Page Viewed", "user:last", "2025-04-01")])
    found = answer(store, PainPoints(least=5))
    rows = {row["trouble_key"]: row for row in found.rows}
    failed = rows["payment_failed"]
    assert (failed["since"], failed["until"], failed["times"]) == (
        date(2025, 3, 6),
        date(2025, 3, 7),
        None,
    )
    assert failed["where"].startswith("mobile (100% of those hit, at least ")
    assert (failed["page"], failed["beside"]) == ("/checkout/payment", "100% also: pages loaded again")
    assert failed["loss"] == pytest.approx(1000)
    assert "From 6 March 2025 to 7 March 2025 it was there, and on no other day." in found.sentence
    assert BY_KEY[failed["touchpoint_key"]].en == "Payment"


@pytest.mark.parametrize(("lost", "least", "most"), [(0.0, 0.85, 1.15), (0.5, 1.75, 2.25)])
def test_what_harms_nobody_costs_nothing(store, lost, least, most):
    """Some look at few products and often buy, most look at many and never do; one look in five ends in an error, which drives some away."""
    dice, made = random.Random(7), []
    for n in range(1500):
        buys, minute = dice.random() < 0.4, 0
        while True:
            at = f"2025-03-03 {10 + minute // 60}:{minute % 60:02}"
            minute += 2
            made.append(move("Product Viewed", f"anon:{n}", at, device="mobile"))
            if dice.random() < 0.2:
                made.append(move("Error Seen", f"anon:{n}", at + ":05", device="mobile", url=f"{SHOP}/p/x"))
                if dice.random() < lost:
                    break
            if buys and dice.random() < 0.3:
                made.append(order(f"anon:{n}", at + ":30", 100, props="{}"))
                # The page of thanks loaded again, by everybody.
                made.append(
                    move("Page Reloaded", f"anon:{n}", at + ":50", device="mobile", url=f"{SHOP}/checkout/x")
                )
                break
            if dice.random() < (0.15 if buys else 0.25):
                break
    write(store, [*made, move("Page Viewed", "user:last", "2025-04-01")])
    found = ask(store, PainPoints(least=5))
    rows = {row["trouble_key"]: row for row in found.rows}
    errors = rows["errors"]
    assert least < errors["spared_share"] / errors["hit_share"] < most
    assert (errors["chance"] < 0.05) == (lost > 0)
    assert "reloads" not in rows  # it came after the order
