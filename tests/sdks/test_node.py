"""Published npm packages for servers, unchanged but for the host, through the real door into the real store."""

from __future__ import annotations

import json
import subprocess
import uuid

import pytest

from masarat.collect import keys
from tests.sdks.conftest import KEY
from tests.sdks.forgetful import forgetful
from tests.sdks.said import (
    AN_HOUR_AGO,
    HERE,
    ORDER,
    PURCHASE,
    check_amounts,
    check_order,
    check_time,
    props,
)

ORDER_ID = str(uuid.uuid4())


@pytest.fixture
def node(node_modules):
    def run(script: str, host: str) -> None:
        told = {
            "HOST": host,
            "KEY": KEY,
            "ORDER": ORDER,
            "ORDER_AT": AN_HOUR_AGO.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "ORDER_ID": ORDER_ID,
            "PURCHASE": PURCHASE,
        }
        words = ["node", HERE / "node" / f"{script}.mjs", json.dumps(told)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    return run


def test_segment(node, door, stored):
    node("segment", door.url)
    found = stored()
    assert found.names() == [
        "Account Joined",
        "Customer Identified",
        "Identity Linked",
        "Order Completed",
        "Page Viewed",
    ]
    order = found.one("Order Completed")
    check_order(order, at=AN_HOUR_AGO)
    check_amounts(order)
    assert (order["event_id"], order["visitor_id"]) == (ORDER_ID, "user:17")
    assert found.one("Customer Identified")["identifiers"] == ["user:17", "anon:a-1"]
    page = found.one("Page Viewed")
    assert (page["url"], page["visitor_id"]) == ("https://shop.example/", "anon:a-1")
    assert set(found.one("Identity Linked")["identifiers"]) == {"user:17", "user:a-1"}
    assert props(found.one("Account Joined"))["traits"] == {"name": "شركة النخيل"}
    check_time(page)


def test_segment_sends_again_what_was_not_acknowledged(node, door, stored):
    with forgetful(door.url) as proxy:
        node("segment", proxy.url)
    found = stored()
    assert len(found.rows) == 5
    check_order(found.one("Order Completed"), at=AN_HOUR_AGO)


def test_posthog(node, door, stored):
    with forgetful(door.url, lapses=0) as proxy:
        node("posthog", proxy.url)
        assert all(proxy.packed())
    found = stored()
    assert found.names() == [
        "$groupidentify",
        "Customer Identified",
        "Identity Linked",
        "Order Completed",
        "Page Viewed",
    ]
    order = found.one("Order Completed")
    check_order(order, at=AN_HOUR_AGO)
    check_amounts(order)
    assert (order["event_id"], order["visitor_id"]) == (ORDER_ID, "user:17")
    assert found.one("Page Viewed")["url"] == "https://shop.example/"
    assert props(found.one("Customer Identified"))["$set"] == {"name": "نورة"}
    assert set(found.one("Identity Linked")["identifiers"]) == {"user:17", "user:a-1"}
    check_time(found.one("Page Viewed"))


def test_matomo(node, door, stored):
    keys.add(door.shop.records, "web", key="1")
    node("matomo", door.url)
    found = stored()
    assert found.names() == ["Order Completed", "Page Viewed", "Products Searched", "Videos Play"]
    order = found.one("Order Completed")
    check_order(order, at=AN_HOUR_AGO)
    assert (order["tax"], order["shipping"], order["discount"]) == (37.5, 20, 10)
    assert order["device"] == "mobile"
    page = found.one("Page Viewed")
    assert page["identifiers"] == ["user:17", "anon:0123456789abcdef"]
    assert (page["utm_source"], props(page)["title"]) == ("snap", "الرئيسية")
    assert props(found.one("Products Searched"))["query"] == "قهوة"
    assert props(found.one("Videos Play"))["e_n"] == "كيف تُحمَّص القهوة"
    check_time(page)


def test_umami(node, door, stored):
    node("umami", door.url)
    found = stored()
    assert found.names() == ["Customer Identified", "Order Completed", "Page Viewed"]
    check_order(found.one("Order Completed"))
    page = found.one("Page Viewed")
    assert (page["url"], page["utm_source"]) == ("https://shop.example/?utm_source=snap", "snap")
    assert props(page)["title"] == "الرئيسية"
    assert props(found.one("Customer Identified"))["tier"] == "ذهبي"
    check_time(page)
