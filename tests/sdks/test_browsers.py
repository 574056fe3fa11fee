"""Published browser packages in Chromium, on a shop's page of another origin, unchanged but for the host: CORS, questions first, and all."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.sdks.conftest import KEY
from tests.sdks.forgetful import forgetful
from tests.sdks.said import (
    AN_HOUR_AGO,
    HERE,
    ORDER,
    PURCHASE,
    Stored,
    check_amounts,
    check_order,
    check_time,
    props,
)
from tests.support.collector import Page as Served
from tests.support.collector import site
from tests.support.inside import Inside

pytestmark = pytest.mark.browser

ORDER_ID = str(uuid.uuid4())
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
A_PERSON = "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })"
SCRIPTS = {
    "/segment.js": "@segment/analytics-next/dist/umd/index.js",
    "/posthog.js": "posthog-js/dist/module.mjs",
    "/umami.js": "umami/script.js",
    "/plausible/index.js": "plausible-tracker/build/module/index.js",
    "/plausible/lib/tracker": "plausible-tracker/build/module/lib/tracker.js",
    "/plausible/lib/request": "plausible-tracker/build/module/lib/request.js",
    "/plausible-analytics.js": "@plausible-analytics/tracker/plausible.js",
}
Open = Callable[..., str]


@pytest.fixture
def browser_context_args(browser_context_args):
    """A person's Chromium: these packages, and the door, leave out robots."""
    return {**browser_context_args, "user_agent": AGENT, "locale": "ar-SA"}


@pytest.fixture
def open_page(page: Page, node_modules: Path, door: Inside):
    """Opens the page of a package, and says its address."""
    scripts = {path: _script(node_modules / file) for path, file in SCRIPTS.items()}
    page.context.add_init_script(A_PERSON)
    listed = ("application/pdf", b"%PDF-", {"Content-Disposition": "attachment"})
    with site(scripts | {"/price-list.pdf": listed}) as shop:

        def open_(name: str, host: str = "", query: str = "", on: Page = page) -> str:
            shop.pages["/"] = _page(name, host or door.url)
            address = f"{shop.url}/{query}"
            on.goto(address)
            on.wait_for_function("window.said")
            return address

        yield open_


def _script(file: Path) -> Served:
    return "text/javascript; charset=utf-8", file.read_bytes(), {}


def _page(name: str, host: str) -> Served:
    told = {
        "HOST": host,
        "KEY": KEY,
        "ORDER": ORDER,
        "ORDER_AT": AN_HOUR_AGO.isoformat(),
        "ORDER_ID": ORDER_ID,
        "PURCHASE": PURCHASE,
    }
    text = (HERE / "pages" / f"{name}.html").read_text("utf-8")
    for word, meaning in {"%TOLD%": json.dumps(told), "%HOST%": host, "%KEY%": KEY}.items():
        text = text.replace(word, meaning)
    return "text/html; charset=utf-8", text.encode(), {}


@pytest.fixture
def arrived(page: Page, door: Inside, stored: Callable[[], Stored]):
    """What the door took, as soon as there are so many events."""

    def look(count: int) -> Stored:
        def enough(_: object = None) -> bool:
            return door.app.state.receiving.door.counts.accepted >= count

        if not enough():
            page.context.wait_for_event("requestfinished", enough)
        return stored()

    return look


def test_segment(page: Page, open_page: Open, arrived):
    address = open_page("segment", query="?utm_source=snap&utm_medium=cpc&utm_campaign=eid")
    said = page.evaluate("window.said")
    found = arrived(5)
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
    viewed = found.one("Page Viewed")
    assert (viewed["url"], viewed["utm_source"], viewed["utm_campaign"]) == (address, "snap", "eid")
    assert props(viewed)["title"] == "متجر القهوة"
    assert (viewed["device"], viewed["channel"]) == ("desktop", "paid social")
    anonymous = f"anon:{said['page']['anonymousId']}"
    assert viewed["visitor_id"] == anonymous
    assert order["identifiers"] == ["user:17", anonymous]
    assert props(found.one("Customer Identified"))["name"] == "نورة"
    assert {row["event_id"] for row in found.rows} == {one["messageId"] for one in said.values()}
    check_time(viewed)


def test_segment_sends_again_what_was_not_acknowledged(page: Page, open_page: Open, arrived, door: Inside):
    with forgetful(door.url) as proxy:
        open_page("segment", host=proxy.url, on=page.context.new_page())  # which may complain of the 503
        found = arrived(6)  # one of them twice
    assert len(found.rows) == 5
    check_order(found.one("Order Completed"), at=AN_HOUR_AGO)


def test_posthog(page: Page, open_page: Open, arrived, door: Inside):
    with forgetful(door.url, lapses=0) as proxy:
        address = open_page("posthog", host=proxy.url, query="?utm_source=snap")
        page.wait_for_function("window._POSTHOG_REMOTE_CONFIG")  # only then it looks at clicks
        page.get_by_role("button").click()
        said = page.evaluate("window.said")
        found = arrived(5)
        sent = zip(proxy.bodies, proxy.packed(), strict=True)
        assert {packed for (path, _), packed in sent if path == "/e/"} == {True}
    assert found.names() == [
        "$autocapture",
        "Customer Identified",
        "Identity Linked",
        "Order Completed",
        "Page Viewed",
    ]
    order = found.one("Order Completed")
    check_order(order)
    check_amounts(order)
    assert (order["event_id"], order["visitor_id"]) == (ORDER_ID, "user:17")
    who = found.one("Customer Identified")
    assert who["identifiers"] == ["user:17", f"anon:{said['anonymous']}"]
    assert props(who)["$set"]["name"] == "نورة"
    assert set(found.one("Identity Linked")["identifiers"]) == {"user:17", "user:phone-17"}
    viewed = found.one("Page Viewed")
    assert (viewed["url"], viewed["utm_source"], viewed["device"]) == (address, "snap", "desktop")
    assert {row["session_id"] for row in found.rows} == {said["session"]}
    assert "أضف إلى السلة" in props(found.one("$autocapture"))["$el_text"]
    check_time(viewed)


def test_umami(page: Page, open_page: Open, arrived):
    open_page("umami", query="?utm_source=snap")
    page.get_by_role("button").click()
    found = arrived(4)
    assert found.names() == ["Customer Identified", "Order Completed", "Page Viewed", "أضف إلى السلة"]
    check_order(found.one("Order Completed"))
    viewed = found.one("Page Viewed")
    assert (viewed["url"], viewed["utm_source"]) == (
        "https://127.0.0.1/?utm_source=snap",
        "snap",
    )  # it tells no port
    assert (props(viewed)["title"], props(viewed)["language"]) == ("متجر القهوة", "ar-SA")
    assert props(found.one("أضف إلى السلة"))["sku"] == "P-1"
    assert props(found.one("Customer Identified"))["tier"] == "ذهبي"
    assert len({row["session_id"] for row in found.rows}) == 1
    check_time(viewed)


def test_plausible(open_page: Open, arrived):
    address = open_page("plausible", query="?utm_source=snap")
    found = arrived(2)
    assert found.names() == ["Order Completed", "Page Viewed"]
    check_order(found.one("Order Completed"))
    viewed = found.one("Page Viewed")
    assert (viewed["url"], viewed["utm_source"], viewed["device"]) == (address, "snap", "desktop")
    assert viewed["visitor_id"] == found.one("Order Completed")["visitor_id"] != ""
    check_time(viewed)


def test_plausible_analytics(page: Page, open_page: Open, arrived):
    address = open_page("plausible-analytics", query="?utm_source=snap")
    with page.expect_download():
        page.get_by_role("link").click()
    found = arrived(3)
    assert found.names() == ["File Downloaded", "Order Completed", "Page Viewed"]
    check_order(found.one("Order Completed"), products=False)
    assert found.one("Order Completed")["order_id"] == ORDER["order_id"]
    assert props(found.one("File Downloaded"))["href"].endswith("/price-list.pdf")
    viewed = found.one("Page Viewed")
    assert (viewed["url"], viewed["utm_source"]) == (address, "snap")
    check_time(viewed)
