"""The browser SDK on a small shop in Arabic, under a strict content policy, in a real Chromium."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from masarat.show.http.script import SDK
from tests.support.collector import Collector, Site, collecting, silence
from tests.support.collector import site as serving_site

HERE = Path(__file__).parent / "small_shop"
CORE_BYTES = 4096
TAG = '<script async src="{}/m.js" data-key="msw_test" {}></script>'
KINDS = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css"}


@pytest.fixture(scope="module")
def door():
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="module")
def whole_shop(door: Collector):
    with serving_site({}) as site:
        yield site


@pytest.fixture
def shop(door: Collector, whole_shop: Site) -> Site:
    door.clear()
    furnish(whole_shop, door)
    return whole_shop


def furnish(site: Site, door: Collector, attributes: str = "", policy: str = "") -> None:
    """Fill the site with its pages; `attributes` go into the script's tag."""
    allowed = policy or f"script-src 'self' {door.origin}; require-trusted-types-for 'script'"
    strict = f"default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; connect-src {door.origin}; {allowed}"
    words = {"{SCRIPT}": TAG.format(door.url, attributes), "{ELSEWHERE}": site.elsewhere}
    for name, path in {
        "index.html": "/",
        "second.html": "/second",
        "shop.js": "/shop.js",
        "shop.css": "/shop.css",
    }.items():
        text = (HERE / name).read_text("utf-8")
        for word, meaning in words.items():
            text = text.replace(word, meaning)
        site.pages[path] = (
            KINDS[name.rpartition(".")[2]],
            text.encode(),
            {"Content-Security-Policy": strict},
        )
    site.pages["/clip.wav"] = ("audio/wav", silence(2), {})
    site.pages["/gift"] = (KINDS["html"], "<!doctype html><title>هدية</title>".encode(), {})


def open_shop(page: Page, shop: Site, door: Collector, path: str = "/") -> None:
    """Open a page, and wait until the SDK sees all that is done on it."""
    page.goto(shop.url + path)
    ready(page, door)
    run(page, "masarat.flush()")
    door.wait("Page Viewed")


def ready(page: Page, door: Collector) -> None:
    version = re.search(r"\.js\?(\w{8})", (SDK / "m.js").read_text())
    assert version
    until(page, "window.masarat?.track")
    run(page, f"import('{door.url}/m.more.js?{version[1]}')")


def run(page: Page, script: str):
    """Run a script on the page. Playwright's own way is eval, which the page's policy rightly forbids."""
    given = {"expression": script, "awaitPromise": True, "returnByValue": True}
    reply = page.context.new_cdp_session(page).send("Runtime.evaluate", given)
    assert "exceptionDetails" not in reply, reply["exceptionDetails"]
    return reply["result"].get("value")


def until(page: Page, holds: str) -> None:
    """Wait on the page until something holds."""
    run(
        page, f"new Promise(done => {{ const look = () => {holds} ? done() : setTimeout(look, 20); look() }})"
    )


def leave(page: Page, shop: Site) -> None:
    page.goto(shop.elsewhere + "/gift")


def props(call) -> dict:
    return call["properties"]


# What it weighs


def test_the_core_weighs_no_more_than_four_kilobytes():
    size = len(gzip.compress((SDK / "m.js").read_bytes()))
    assert size <= CORE_BYTES, f"m.js weighs {size} bytes packed: move what can wait to src/more"


# Pages


def test_a_page_view_says_where_from_and_hides_secrets(shop, door, page):
    open_shop(
        page,
        shop,
        door,
        "/?utm_source=snapchat&utm_medium=paid&utm_campaign=رمضان&ScCid=abc&token=canary&to=canary@example.com#canary",
    )
    [call] = door.wait("Page Viewed")
    move = door.moves[call["messageId"]]
    assert move.url.startswith(f"{shop.url}/?utm_source=snapchat")
    assert (move.utm_source, move.utm_medium, move.utm_campaign) == ("snapchat", "paid", "رمضان")
    assert props(call)["title"] == call["context"]["page"]["title"] == "متجر البن"
    assert call["context"]["campaign"]["ScCid"] == "abc"
    assert move.visitor_id == f"anon:{call['anonymousId']}"
    assert len(call["context"]["sessionId"]) == 32
    assert move.referrer == ""
    assert "canary" not in door.text()


def test_calls_made_before_the_script_came_are_not_lost(shop, door, page):
    open_shop(page, shop, door)
    [call] = door.wait("Product Viewed")
    move = door.moves[call["messageId"]]
    assert (move.product_ids, move.product_names, move.product_revenues) == (["k1"], ["قهوة هررية"], [80])


def test_a_single_page_app_turns_pages(shop, door, page):
    open_shop(page, shop, door)
    run(page, "history.pushState({}, '', '/product/7'); document.title = 'قهوة'")
    first, second = door.wait("Page Viewed", 2)
    assert second["context"]["page"]["url"] == f"{shop.url}/product/7"
    assert second["context"]["page"]["referrer"] == first["context"]["page"]["url"]
    assert props(second)["title"] == "قهوة"
    left = door.wait("Page Left")[0]
    assert left["context"]["page"]["url"] == f"{shop.url}/"
    # A corrected address and a place on the page are no other page; a route after the # is.
    run(page, "history.replaceState({}, '', '/product/7?size=2'); location.hash = 'part'")
    run(page, "location.hash = '#/cart'")
    page.go_back()
    page.go_back()
    page.go_back()
    door.wait("Page Viewed", 5)
    paths = [call["context"]["page"]["path"] for call in door.named("Page Viewed")]
    assert paths == ["/", "/product/7", "/product/7?size=2#/cart", "/product/7?size=2", "/"]


def test_a_page_brought_back_whole_is_seen_again(shop, door, browser_type, browser_type_launch_args):
    """Playwright turns the back/forward cache off; here it is left on."""
    left_on = ["--disable-back-forward-cache"]
    with browser_type.launch(**browser_type_launch_args, ignore_default_args=left_on) as browser:
        page = browser.new_page()
        open_shop(page, shop, door)
        page.click("#inside")
        door.wait("Page Viewed", 2)
        page.go_back(wait_until="commit")
        again = door.wait("Page Viewed", 3)[2]
        assert props(again)["restored"] is True
        assert again["context"]["page"]["url"] == f"{shop.url}/"


# What is done on them


@pytest.mark.parametrize(
    ("id_", "label", "element"),
    [
        ("add", "أضف إلى السلة", "button"),
        ("icon", "افتح القائمة", "button"),
        ("mine", "", "button"),
        ("mail", "راسل …", "button"),
    ],
)
def test_a_click_is_told_by_what_stands_on_the_button(shop, door, page, id_, label, element):
    open_shop(page, shop, door)
    page.click(f"#{id_}")
    [call] = door.wait("Element Clicked")
    assert props(call) == {"label": label, "element": element}
    assert "canary" not in door.text()


def test_a_box_that_is_ticked_is_one_click(shop, door, page):
    open_shop(page, shop, door)
    page.click("text=أوافق على الشروط")
    page.click("#alive")
    first, second = door.wait("Element Clicked", 2)
    assert [props(call)["label"] for call in (first, second)] == ["أوافق على الشروط", "زر يعمل"]


def test_a_link_out_of_the_site(shop, door, page):
    open_shop(page, shop, door)
    page.click("#outside")
    [call] = door.wait("Link Clicked")
    assert props(call) == {
        "label": "هدية من شريكنا",
        "kind": "outbound",
        "href": f"{shop.elsewhere}/gift?token=%E2%80%A6",
    }
    assert door.wait("Page Left")


def test_a_link_within_the_site_a_file_and_a_telephone(shop, door, page):
    open_shop(page, shop, door)
    run(page, "document.getElementById('call').addEventListener('click', event => event.preventDefault())")
    page.click("#call")
    with page.expect_download():
        page.click("#file")
    page.click("#inside")
    [call] = door.wait("Element Clicked")
    assert props(call) == {"label": "المنتجات", "element": "a", "href": f"{shop.url}/second"}
    [file] = door.wait("File Downloaded")
    assert (props(file)["label"], props(file)["extension"]) == ("قائمة الأسعار", "pdf")
    [phone] = door.wait("Link Clicked")
    assert props(phone) == {"label": "اتصل بنا", "kind": "tel"}


def fill_form(page: Page) -> None:
    page.fill("[name=name]", "canary-typed")
    page.fill("[name=email]", "canary@example.com")
    page.fill("[name=password]", "canary-password")
    page.select_option("[name=kind]", "canary-option")
    page.fill("[name=message]", "canary-message")
    page.fill("#rich", "canary-rich")
    page.check("[name=agree]")


def test_a_form_begun_and_sent(shop, door, page):
    open_shop(page, shop, door)
    fill_form(page)
    page.click("#send")
    [begun], [sent] = door.wait("Form Started"), door.wait("Form Submitted")
    assert props(begun) == {"form": "contact"}
    assert props(sent)["form"] == "contact"
    assert props(sent)["taken_ms"] >= 0
    leave(page, shop)
    door.wait("Page Left")
    assert not door.named("Form Abandoned")


def test_a_form_left_without_being_sent_and_nothing_written_is_read(shop, door, page):
    open_shop(page, shop, door)
    fill_form(page)
    page.focus("[name=email]")
    leave(page, shop)
    [left] = door.wait("Form Abandoned")
    assert (props(left)["form"], props(left)["field"]) == ("contact", "email")
    door.wait("Page Left")
    assert "canary" not in door.text()


def test_how_far_and_how_long_a_page_was_seen(shop, door, page):
    open_shop(page, shop, door)
    page.mouse.wheel(0, 2000)
    until(page, "scrollY > 1000")
    page.mouse.move(50, 50)
    leave(page, shop)
    [left] = door.wait("Page Left")
    assert 40 <= props(left)["scroll_depth"] <= 70
    assert 0 < props(left)["engaged_ms"] <= 15_000 * 2


def test_time_that_nobody_used_does_not_count(shop, door, page):
    page.clock.install()
    open_shop(page, shop, door)
    page.clock.run_for(10_000)
    page.mouse.move(50, 50)
    page.clock.run_for(600_000)
    leave(page, shop)
    [left] = door.wait("Page Left")
    assert 25_000 <= props(left)["engaged_ms"] <= 27_000


def test_searches_from_an_address_and_from_a_form(shop, door, page):
    open_shop(page, shop, door, "/?q=قهوة هررية")
    [first] = door.wait("Products Searched")
    assert props(first) == {"query": "قهوة هررية"}
    page.fill("[name=words]", "كوب")
    page.click("#look")
    _, second = door.wait("Products Searched", 2)
    assert props(second) == {"query": "كوب"}
    assert not door.named("Form Started")
    page.reload()
    door.wait("Page Viewed", 2)


def test_a_video_is_followed_to_its_end(shop, door, page):
    open_shop(page, shop, door)
    page.click("#play")
    [begun], [ended] = door.wait("Video Playback Started"), door.wait("Video Playback Completed")
    assert props(begun)["title"] == "كيف تُحضَّر القهوة"
    assert [props(call)["percent"] for call in door.wait("Video Content Playing", 3)] == [25, 50, 75]
    assert props(ended)["total_length"] == 2


# Where they struggle


def test_three_fast_clicks_on_one_spot_are_anger_once(shop, door, page):
    open_shop(page, shop, door)
    page.click("#alive", click_count=5)
    [call] = door.wait("Rage Clicked")
    assert props(call) == {"label": "زر يعمل", "element": "button"}
    door.wait("Element Clicked", 5)
    assert len(door.named("Rage Clicked")) == 1


def test_three_clicks_that_choose_a_paragraph_are_no_anger(shop, door, page):
    open_shop(page, shop, door)
    page.click("h1", click_count=3)
    page.click("#alive")
    run(page, "masarat.flush()")
    door.wait("Element Clicked")
    assert not door.named("Rage Clicked")


def test_a_button_that_does_nothing_is_told_and_one_that_works_is_not(shop, door, page):
    open_shop(page, shop, door)
    page.click("#alive")
    page.click("#dead")
    [call] = door.wait("Dead Clicked")
    assert props(call)["label"] == "زر لا يعمل"


def test_a_page_loaded_again_and_again(shop, door, page):
    open_shop(page, shop, door)
    for count in (1, 2, 3):
        page.reload()
        calls = door.wait("Page Reloaded", count)
    assert [(props(call)["times"], props(call)["loop"]) for call in calls] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_an_error_of_the_page_is_told_without_names(shop, door, context):
    page = context.new_page()
    open_shop(page, shop, door)
    page.click("#broken")
    page.click("#broken")
    page.click("#alive")
    door.wait("Element Clicked", 3)
    [call] = door.wait("Error Seen")
    assert props(call)["message"].endswith("تعذّر الدفع لـ …")
    assert props(call)["source"] == f"{shop.url}/shop.js"
    assert props(call)["line"] > 1


def test_how_fast_the_page_felt(shop, door, page):
    with page.expect_response(lambda response: "/m.vitals.js" in response.url):
        open_shop(page, shop, door)
    page.click("#alive")
    until(page, "performance.getEntriesByName('first-contentful-paint').length")
    leave(page, shop)
    told = {}
    for call in door.wait("Web Vitals Measured"):
        told |= props(call)
    assert {"fcp", "ttfb"} <= told.keys() <= {"fcp", "ttfb", "lcp", "cls", "inp"}
    assert 0 < told["ttfb"] <= told["fcp"] < 60_000


# Who it is


def test_who_signs_in_is_known_until_reset(shop, door, page):
    open_shop(page, shop, door)
    run(
        page,
        "masarat.identify('17', {name: 'نورة'}); masarat.track('Wheel Spun', {prize: 10}); masarat.flush()",
    )
    [who], [spun] = door.wait("Customer Identified"), door.wait("Wheel Spun")
    assert (who["userId"], who["traits"], who["anonymousId"]) == ("17", {"name": "نورة"}, spun["anonymousId"])
    assert door.moves[spun["messageId"]].identifiers == ["user:17", f"anon:{who['anonymousId']}"]
    run(page, "masarat.reset(); masarat.track('Left'); masarat.flush()")
    [left] = door.wait("Left")
    assert "userId" not in left
    assert left["anonymousId"] != who["anonymousId"]
    assert left["context"]["sessionId"] != who["context"]["sessionId"]


def test_an_order_with_its_money(shop, door, page):
    open_shop(page, shop, door)
    run(
        page,
        """masarat.orderCompleted({order_id: 'A-1', revenue: 160, currency: 'SAR',
        products: [{sku: 'k1', name: 'قهوة هررية', price: 80, quantity: 2}]})""",
    )
    [call] = door.wait("Order Completed")
    move = door.moves[call["messageId"]]
    assert (move.order_id, move.revenue, move.currency, move.product_quantities) == ("A-1", 160, "SAR", [2])


def test_two_tabs_are_one_visitor_in_one_session(shop, door, context):
    for _ in range(2):
        open_shop(context.new_page(), shop, door)
    calls = door.wait("Page Viewed", 2)
    assert len({call["anonymousId"] for call in calls}) == 1
    assert len({call["context"]["sessionId"] for call in calls}) == 1


def test_half_an_hour_of_silence_ends_a_session(shop, door, page):
    page.clock.install()
    open_shop(page, shop, door)
    page.clock.run_for(31 * 60_000)
    run(page, "masarat.track('Back')")
    page.clock.run_for(2000)
    [seen], [back] = door.wait("Page Viewed"), door.wait("Back")
    assert seen["context"]["sessionId"] != back["context"]["sessionId"]
    assert seen["anonymousId"] == back["anonymousId"]


STORED = "Object.keys(localStorage).length + Object.keys(sessionStorage).length"


def test_cookieless_nothing_is_stored(shop, door, page):
    furnish(shop, door, "data-cookieless")
    open_shop(page, shop, door)
    [call] = door.wait("Page Viewed")
    assert call["context"]["cookieless"] is True
    assert "sessionId" not in call["context"]
    assert run(page, STORED) == 0
    assert run(page, "document.cookie") == ""
    run(page, "masarat.consent({analytics: true})")
    [given] = door.wait("Consent Changed")
    assert given["context"]["consent"] == {"categoryPreferences": {"analytics": True}}
    assert run(page, STORED) > 0


def test_nothing_leaves_before_consent_where_it_is_asked(shop, door, page):
    furnish(shop, door, "data-consent=opt-in")
    page.goto(shop.url)
    ready(page, door)
    page.click("#alive")
    run(page, "masarat.flush()")
    assert (door.bodies, run(page, STORED)) == ([], 0)
    run(page, "masarat.consent({analytics: true, marketing: false})")
    [seen], [given] = door.wait("Page Viewed"), door.wait("Consent Changed")
    assert seen["anonymousId"] == given["anonymousId"]
    assert props(given) == {"purposes": {"analytics": True, "marketing": False}}


def test_after_refusal_nothing_is_kept_and_nothing_sent(shop, door, page):
    open_shop(page, shop, door)
    run(page, "masarat.consent({analytics: false})")
    door.wait("Consent Changed")
    before = set(door.calls)
    page.click("#alive")
    page.goto(shop.url + "/second")
    run(page, "masarat.track('Told'); masarat.flush()")
    leave(page, shop)
    page.goto(shop.url)
    assert run(page, "Object.keys(localStorage)") == ["masarat.consent"]
    until(page, "window.masarat && masarat.track")
    run(page, "masarat.consent({analytics: true})")
    door.wait("Consent Changed", 2)
    assert {door.moves[id_].name for id_ in door.calls.keys() - before} == {"Consent Changed"}


@pytest.mark.parametrize(
    ("attributes", "sent"),
    [("", "cookieless"), ("data-signals=ignore", "known"), ("data-signals=refuse", "")],
)
def test_the_browsers_wish_for_privacy_is_heard(shop, door, page, attributes, sent):
    furnish(shop, door, attributes)
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
    )
    page.goto(shop.url)
    until(page, "window.masarat && masarat.track")
    run(page, "masarat.flush()")
    if not sent:
        leave(page, shop)
        assert door.bodies == []
        return
    [call] = door.wait("Page Viewed")
    assert ("cookieless" in call["context"]) == (sent == "cookieless")
    assert (run(page, STORED) == 0) == (sent == "cookieless")


# The way there


def test_what_was_refused_is_sent_again_and_counts_once(shop, door, context: BrowserContext):
    door.refusals = [503, 429]
    page = context.new_page()
    open_shop(page, shop, door)
    door.until(lambda: len(door.bodies) >= 3, "three attempts")
    assert len(door.named("Page Viewed")) == 1


def test_offline_the_queue_waits_for_the_line(shop, door, page):
    open_shop(page, shop, door)
    page.context.set_offline(True)
    run(page, "masarat.track('Told Offline'); masarat.flush()")
    assert "Told Offline" in run(page, "sessionStorage['masarat.queue']")
    page.context.set_offline(False)
    door.wait("Told Offline")


def test_what_one_page_could_not_send_the_next_brings_home(shop, door, context: BrowserContext):
    page = context.new_page()
    open_shop(page, shop, door)
    door.refusals = [503] * 3
    run(page, "masarat.track('Told Late'); masarat.flush()")
    door.until(lambda: len(door.refusals) < 3, "a refusal")
    door.refusals = [503]
    page.goto(shop.url + "/second")
    assert len(door.wait("Told Late")) == 1


def test_a_large_batch_goes_packed(shop, door, page):
    open_shop(page, shop, door)
    run(
        page,
        "for (let n = 0; n < 250; n++) masarat.track('Counted', {n, text: 'قهوة '.repeat(20)}); masarat.flush()",
    )
    calls = door.wait("Counted", 250)
    assert sorted(props(call)["n"] for call in calls) == list(range(250))
    assert door.packed >= 3
    assert all(len(body) < 64_000 for body in door.bodies)


def test_a_policy_by_nonce_is_enough(shop, door, page):
    furnish(shop, door, "nonce=abc123", "script-src 'nonce-abc123'")
    shop.pages["/second"][2]["Content-Security-Policy"] += "; require-trusted-types-for 'script'"
    open_shop(page, shop, door, "/second")


def test_strange_keys_are_only_keys(shop, door, page):
    open_shop(page, shop, door)
    run(
        page,
        """masarat.track('Strange', JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'));
        masarat.identify('1', JSON.parse('{"__proto__": {"polluted": 1}}'))""",
    )
    run(page, "history.pushState({}, '', '/?utm___proto__=1&__proto__=2&utm_constructor=3')")
    door.wait("Strange")
    door.wait("Page Viewed", 2)
    assert run(page, "({}).polluted === undefined && Object.prototype.polluted === undefined")


def test_what_is_turned_off_is_not_seen(shop, door, page):
    furnish(shop, door, 'data-off="clicks attention vitals"')
    open_shop(page, shop, door)
    page.click("#alive")
    leave(page, shop)
    page.goto(shop.url)
    door.wait("Page Viewed", 2)
    assert {move.name for move in door.moves.values()} == {"Page Viewed", "Product Viewed"}
