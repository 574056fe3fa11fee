"""Published Python packages, unchanged but for the host, through the real door into the real store."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from ga4mp import GtagMP
from posthog import Posthog
from segment.analytics.client import Client as Segment

from tests.sdks.conftest import KEY
from tests.sdks.forgetful import forgetful
from tests.sdks.said import AN_HOUR_AGO, ORDER, PURCHASE, check_amounts, check_order, check_time, props

ORDER_ID, PAGE_ID = str(uuid.uuid4()), str(uuid.uuid4())


def lost(error: object, items: object = None) -> None:
    pytest.fail(f"The SDK gave up: {error}")


def test_segment(door, stored):
    segment = Segment(KEY, host=door.url, gzip=True, on_error=lost)
    context = {"ip": "188.49.12.34", "page": {"url": "https://shop.example/thanks", "title": "شكرًا"}}
    segment.identify("17", {"name": "نورة", "email": "noura@example.com"}, anonymous_id="a-1")
    segment.track("17", "Order Completed", ORDER, context, timestamp=AN_HOUR_AGO, message_id=ORDER_ID)
    segment.page("17", "Shop", "Home", {"url": "https://shop.example/", "campaign_note": "عيد"})
    segment.screen("17", name="السلة", message_id=PAGE_ID)
    segment.group("17", "company-9", {"name": "شركة النخيل"})
    segment.alias("a-1", "17")
    segment.shutdown()
    found = stored()
    assert found.names() == [
        "Account Joined",
        "Customer Identified",
        "Identity Linked",
        "Order Completed",
        "Page Viewed",
        "Screen Viewed",
    ]
    order = found.one("Order Completed")
    check_order(order, at=AN_HOUR_AGO)
    check_amounts(order)
    assert (order["event_id"], order["visitor_id"]) == (ORDER_ID, "user:17")
    assert order["url"] == "https://shop.example/thanks"
    assert found.one("Screen Viewed")["event_id"] == PAGE_ID
    assert found.one("Page Viewed")["url"] == "https://shop.example/"
    assert props(found.one("Page Viewed"))["campaign_note"] == "عيد"
    who = found.one("Customer Identified")
    assert who["identifiers"] == ["user:17", "anon:a-1"]
    assert props(who)["email"] == "noura@example.com"
    assert set(found.one("Identity Linked")["identifiers"]) == {"user:17", "user:a-1"}
    assert props(found.one("Account Joined"))["group_id"] == "company-9"
    for row in found.rows:
        check_time(row, AN_HOUR_AGO if row is order else None)


def test_segment_sends_again_what_was_not_acknowledged(door, stored):
    with forgetful(door.url) as proxy:
        segment = Segment(KEY, host=proxy.url, gzip=True, on_error=lost)
        segment.track("17", "Order Completed", ORDER)
        segment.flush()
        segment.shutdown()
        assert proxy.packed() == [True, True]
    check_order(stored().one("Order Completed"))


def test_posthog(door, stored):
    posthog = Posthog(KEY, host=door.url, gzip=True, on_error=lost)
    posthog.capture("$pageview", distinct_id="17", properties={"$current_url": "https://shop.example/"})
    posthog.capture(
        "Order Completed", distinct_id="17", properties=ORDER, timestamp=AN_HOUR_AGO, uuid=ORDER_ID
    )
    posthog.set(distinct_id="17", properties={"name": "نورة"})
    posthog.alias("a-1", "17")
    posthog.group_identify("company", "9", {"name": "شركة النخيل"})
    posthog.shutdown()
    found = stored()
    assert found.names() == [
        "$groupidentify",
        "$set",
        "Identity Linked",
        "Order Completed",
        "Page Viewed",
    ]
    order = found.one("Order Completed")
    check_order(order, at=AN_HOUR_AGO)
    check_amounts(order)
    assert (order["event_id"], order["visitor_id"]) == (ORDER_ID, "user:17")
    assert found.one("Page Viewed")["url"] == "https://shop.example/"
    assert props(found.one("$set"))["$set"] == {"name": "نورة"}
    assert set(found.one("Identity Linked")["identifiers"]) == {"user:17", "user:a-1"}
    for row in found.rows:
        check_time(row, AN_HOUR_AGO if row is order else None)


def test_posthog_sends_again_what_was_not_acknowledged(door, stored):
    with forgetful(door.url) as proxy:
        posthog = Posthog(KEY, host=proxy.url, gzip=True, on_error=lost, flush_at=1)
        posthog.capture("Order Completed", distinct_id="17", properties=ORDER)
        posthog.flush()
        posthog.shutdown()
        assert proxy.packed() == [True, True]
    check_order(stored().one("Order Completed"))


@pytest.fixture
def ga4(door):
    tag = GtagMP(KEY, "G-1", "1234.5678")
    tag._base_domain = f"{door.url}/mp/collect"
    tag._validation_domain = f"{door.url}/debug/mp/collect"
    return tag


def test_ga4(ga4, stored):
    ga4.store.set_user_property("user_id", "17")
    ga4.store.set_user_property("tier", "ذهبي")
    purchase = ga4.create_new_event("purchase")
    for name in PURCHASE.keys() - {"items"}:
        purchase.set_event_param(name, PURCHASE[name])
    for item in PURCHASE["items"]:
        purchase.add_item_to_event(item)
    view = {"name": "page_view", "params": {"page_location": "https://shop.example/?utm_source=snap"}}
    ga4.send([purchase, view])
    later = {
        "name": "add_to_cart",
        "params": {"currency": "SAR", "value": 95, "items": PURCHASE["items"][:1]},
    }
    ga4.send([later], postpone=True)
    ga4.postponed_send()
    past = datetime.now().replace(microsecond=0) - timedelta(hours=3)  # noqa: DTZ005 (the package wants it so)
    ga4.send([{"name": "حملة العيد", "params": {"step": 2}}], date=past)
    found = stored()
    order = found.one("Order Completed")
    check_order(order)
    assert order["identifiers"] == ["user:17", "anon:1234.5678"]
    assert order["session_id"].startswith("1234.5678.")
    assert props(order)["user_properties"] == {"tier": {"value": "ذهبي"}}
    viewed = found.one("Page Viewed")
    assert (viewed["url"], viewed["utm_source"]) == ("https://shop.example/?utm_source=snap", "snap")
    added = found.one("Product Added")
    assert (added["product_ids"], added["product_revenues"]) == (["P-1"], [190])
    own = found.one("حملة العيد")
    check_time(own, past.astimezone(UTC))
    assert props(own)["step"] == 2
    assert len(found.rows) == 4


def test_ga4_hits_that_are_only_to_be_checked_are_not_stored(ga4, stored):
    ga4.send([{"name": "purchase", "params": PURCHASE}], validation_hit=True)
    assert stored().rows == []
