"""Orders by webhook in the store: whatever comes, however often and in whichever order, the newest stands, once."""

import contextlib
import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.collect.intake import Intake
from masarat.collect.webhooks.arriving import arrive, is_snapshot
from masarat.errors import BadData
from masarat.events import Move
from masarat.journal import RealDisk, Segment
from masarat.records import Records
from masarat.settings import Settings
from masarat.store import standing as standing_orders
from tests.support.webhooks import (
    NOW,
    ORDERS,
    come,
    lines,
    moves,
    salla_order,
    shopify_order,
    standing,
    woo_order,
)

BOUGHT = ("1001", "Order Completed", 120.0)
FILE = """رقم الطلب,تاريخ الطلب,حالة الطلب,رقم الجوال,SKU,اسم المنتج,الكمية,إجمالي الطلب,الشحن,العملة
1001,01/03/2025 11:00,تم التنفيذ,0501234567,A,بن,2,135,15,SAR
1001,01/03/2025 11:00,تم التنفيذ,0501234567,B,فلتر,1,135,15,SAR
1002,16/03/2025 11:00,تم التنفيذ,0507654321,A,بن,1,50,0,SAR
"""


@pytest.fixture
def take(store, tmp_path):
    """A file of the same source, taken in."""
    records = Records(Settings(data=tmp_path))

    def take(text):
        path = tmp_path / "orders.csv"
        path.write_text(text, "utf-8")
        return import_files(store, records, [path], Choices(source="shop", dates="dmy"))[0]

    yield take
    records.close()


def later(slug, hour, **data):
    return "salla", salla_order(slug, at=f"2025-03-02T{hour:02}:00:00+03:00", **data)


def rows(store, columns="event_id, revision, received_at"):
    return store.select(f"SELECT {columns} FROM events ORDER BY event_id, received_at")


@pytest.mark.parametrize("name", ORDERS)
def test_the_same_order_again_adds_nothing(store, name):
    assert come(store, (name, ORDERS[name])) == 1
    before = rows(store)
    assert come(store, (name, ORDERS[name]), (name, ORDERS[name]), at=NOW + 5) == 0
    assert rows(store) == before
    assert standing(store) == [(moves(name, ORDERS[name])[0].order_id, "Order Completed", 120.0)]


def test_an_order_goes_its_way_and_counts_once(store):
    steps = [
        (later("payment_pending", 1), [("1001", "Order Pending", 0.0)]),
        (later("in_progress", 2), [BOUGHT]),
        (later("completed", 3), [BOUGHT]),
        (later("restored", 4), [BOUGHT, ("1001", "Order Refunded", -120.0)]),
        (later("completed", 5), [BOUGHT]),
        (later("canceled", 6), [("1001", "Order Cancelled", 0.0)]),
        (later("payment_pending", 7), [("1001", "Order Pending", 0.0)]),
    ]
    for body, expected in steps:
        come(store, body)
        assert standing(store) == expected


def test_two_that_come_at_once_by_webhook_and_by_sync_count_once(store, monkeypatch):
    """Both would look before either has written: unless the other waits, which the barrier waits out."""
    both, heads = threading.Barrier(2), standing_orders.heads

    def looking(*asked):
        found = heads(*asked)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return found

    monkeypatch.setattr(standing_orders, "heads", looking)
    with ThreadPoolExecutor(2) as threads:
        added = list(threads.map(lambda _: come(store, ("salla", ORDERS["salla"])), range(2)))
    assert sorted(added) == [0, 1]
    assert len(rows(store)) == 1


def test_in_whichever_order_they_come_the_newest_stands(store):
    """All 24 orders of four webhooks, each twice; each time another order number."""
    steps = [("payment_pending", 1), ("in_progress", 2), ("restored", 3), ("canceled", 4)]
    ways = [(*way, *way) for way in itertools.permutations(steps)]
    for place in range(8):
        told = [later(*way[place], reference_id=2000 + number) for number, way in enumerate(ways)]
        arrive(store, [line for name, body in told for line in lines(moves(name, body))])
    assert standing(store) == [(str(2000 + n), "Order Cancelled", 0.0) for n in range(24)]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", ["payment_pending", "in_progress"])
def test_two_of_the_same_second(store, first, together):
    """Created and paid in one second: that it waits is not the last word."""
    second = {"payment_pending": "in_progress", "in_progress": "payment_pending"}[first]
    told = [lines(moves(*later(slug, 1))) for slug in (first, second)]
    for one in [told[0] + told[1]] if together else told:
        arrive(store, one)
    assert standing(store) == [BOUGHT]


def test_all_in_one_segment(store):
    told = [later("in_progress", 2), later("canceled", 4), later("payment_pending", 1), later("canceled", 4)]
    together = [line for name, body in told for line in lines(moves(name, body))]
    assert arrive(store, together) == 1
    assert arrive(store, together) == 0
    assert standing(store) == [("1001", "Order Cancelled", 0.0)]


def test_a_segment_that_was_halved_ends_the_same(store):
    both = lines(moves(*later("restored", 4)))
    assert len(both) == 2
    for half in (both[1:], both[:1], both):
        arrive(store, half)
    assert standing(store) == [BOUGHT, ("1001", "Order Refunded", -120.0)]


def test_an_edited_order_loses_what_was_taken_out(store):
    """A file that shows less of an order shows it in part; a webhook always tells the whole."""
    come(store, later("in_progress", 1))
    items = salla_order()["data"]["items"][:1]
    amounts = {"total": {"amount": 115}, "shipping_cost": {"amount": 15}}
    come(store, later("in_progress", 2, items=items, amounts=amounts))
    assert standing(store) == [("1001", "Order Completed", 100.0)]
    assert rows(store, "product_ids")[0]["product_ids"] == ["A"]


def test_what_a_later_webhook_leaves_out_keeps_standing(store):
    come(store, later("in_progress", 1))
    come(store, later("completed", 2, items=[], payment_method=None))
    found = rows(store, "product_ids, payment, props.status AS status, revenue")
    assert found[0]["product_ids"] == ["A", "B"]
    assert (found[0]["payment"], float(found[0]["revenue"])) == ("mada", 120)


def test_parts_that_are_given_back_one_after_the_other(store):
    def back(hour, *amounts):
        refunds = [{"transactions": [{"kind": "refund", "status": "success", "amount": a}]} for a in amounts]
        return "shopify", shopify_order(
            financial_status="partially_refunded", refunds=refunds, updated_at=f"2025-03-0{hour}T00:00:00Z"
        )

    come(store, back(2, 10), back(3, 10, 15), back(2, 10))
    assert standing(store) == [("#1001", "Order Completed", 120.0), ("#1001", "Order Refunded", -25.0)]


def test_a_webhook_and_a_file_tell_of_one_order(store, take):
    come(store, ("salla", salla_order()))
    report = take(FILE)
    assert (report.added, report.restated) == (1, 1)
    assert standing(store) == [BOUGHT, ("1002", "Order Completed", 50.0)]
    assert {row["visitor_id"] for row in rows(store, "visitor_id")} == {
        "phone:+966501234567",
        "phone:+966507654321",
    }
    again = take(FILE)
    assert (again.added, again.restated) == (0, 0)
    assert len(rows(store)) == 2


def test_a_file_and_then_a_webhook_tell_of_one_order(store, take):
    take(FILE)
    come(store, ("salla", salla_order()))
    assert standing(store) == [BOUGHT, ("1002", "Order Completed", 50.0)]
    assert {row["visitor_id"] for row in rows(store, "visitor_id")} == {
        "phone:+966501234567",
        "phone:+966507654321",
    }
    come(store, later("canceled", 5))
    assert standing(store) == [("1001", "Order Cancelled", 0.0), ("1002", "Order Completed", 50.0)]


def test_a_late_word_that_an_order_waits_does_not_undo_a_file(store, take):
    take(FILE)
    come(store, ("salla", salla_order("payment_pending")))
    assert standing(store)[0] == BOUGHT


def test_two_sources_have_two_orders(store):
    come(store, ("woocommerce", woo_order()))
    other = [json.loads(line) for line in lines(moves("woocommerce", woo_order()))]
    arrive(
        store,
        [
            json.dumps({**line, "source": "other", "event_id": "f" * 32 + line["event_id"][32:]}).encode()
            for line in other
        ],
    )
    assert len(standing(store)) == 2


def test_customers_are_known_by_name(store):
    come(store, ("zid", ORDERS["zid"]))
    found = store.select(
        "SELECT trait, value FROM traits WHERE visitor_id = 'phone:+966501234567' ORDER BY trait"
    )
    assert [(row["trait"], row["value"]) for row in found] == [
        ("email", "sara@example.sa"),
        ("name", "سارة العتيبي"),
        ("phone", "+966501234567"),
    ]


def test_what_is_kept_of_a_snapshot(store):
    come(store, ("salla", salla_order("payment_pending")))
    (row,) = rows(store, "name, event_id, identifiers, toString(props) AS props, order_id, city")
    assert json.loads(row["props"]) == {"status": "حالة", "order_amount": 120, "as_of": 1_740_819_600}
    assert row["identifiers"] == ["phone:+966501234567", "email:sara@example.sa", "shop:5"]
    assert not is_snapshot(row["event_id"])


class WithSnapshots(Intake):
    """An intake that gives snapshots to `arrive`."""

    def take(self, segment):
        told = [json.loads(line)["event_id"] for line in segment.path.read_bytes().splitlines()]
        super().take(segment)
        whole = zip(told, segment.path.read_bytes().splitlines(), strict=True)
        arrive(self.store, [line for one, line in whole if is_snapshot(one)])

    def _fresh(self, heads, found):
        return [place for place in super()._fresh(heads, found) if not is_snapshot(heads[place].event_id)]


def test_through_the_journal(store, tmp_path):
    """A segment with snapshots, a shipment and a page view; taken in twice, as after a crash."""
    told = [*moves(*later("in_progress", 1)), *moves(*later("delivered", 2)), *moves(*later("delivered", 3))]
    view = Move(event_id="1", ts=NOW, received_at=NOW, name="Page Viewed", source="web", visitor_id="anon:a")
    path = tmp_path / "s1.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(move) + b"\n" for move in (*told, view)))
    for _ in range(2):
        WithSnapshots(store).take(Segment("s1", path, len(told) + 1, path.stat().st_size, RealDisk()))
    assert [name for _, name, _ in standing(store)] == [
        "Page Viewed",
        "Order Completed",
        "Order Delivered",
        "Order Shipped",
    ]
    assert standing(store)[1] == BOUGHT
    shipped = rows(store, "name, toUnixTimestamp(ts) AS at")
    assert {row["at"] for row in shipped if row["name"] == "Order Shipped"} == {
        1_740_870_000
    }  # the first word of it


@pytest.mark.parametrize(
    "change",
    [
        {"props": {}},
        {"props": {"snapshot": 7}},
        {"props": {"snapshot": {"as_of": "x", "kinds": [], "facts": {}}}},
        {"revenue": 1e30},
        {"ts": 1e300},
        {"product_quantities": ["x"]},
    ],
)
def test_what_only_looks_like_a_snapshot_is_refused(store, change):
    line = json.loads(lines(moves("salla", salla_order()))[0])
    with pytest.raises(BadData):
        arrive(store, [json.dumps({**line, **change}).encode()])
    assert standing(store) == []


def test_only_snapshots_take_this_way():
    found = moves("salla", salla_order("delivered"))
    assert [is_snapshot(move.event_id) for move in found] == [True, False, False]
    for one in ("m1", "a@b", "x-completed@0123456789abcdef", "f" * 32 + "-completed"):
        assert not is_snapshot(one)
