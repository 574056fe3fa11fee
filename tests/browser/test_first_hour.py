"""What a shopkeeper does in the first hour, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_app import settled
from tests.support.served import COFFEE


def test_from_the_printed_link_to_an_answer(new_shop, page):
    page.goto(f"{new_shop.url}/setup/{new_shop.app.state.setup}?lang=ar")
    expect(page.locator("h1")).to_have_text("أهلًا بك في مسارات")
    page.fill("[name=name]", "نورة")
    page.fill("[name=email]", "noura@example.com")
    page.fill("[name=password]", "three small words")
    page.fill("[name=again]", "three small words")
    page.click("main button")
    expect(page.locator("#app h1")).to_contain_text("نورة")
    settled(page)
    page.get_by_role("button", name="تسجيل الخروج").click()
    expect(page.locator("h1")).to_have_text("تسجيل الدخول")
    page.fill("[name=email]", "noura@example.com")
    page.fill("[name=password]", "three small words")
    page.click("main button")
    expect(page.locator("#app h1")).to_contain_text("نورة")
    page.goto(f"{new_shop.url}/")
    page.click("h2 a >> nth=0")
    expect(page.locator("h1")).to_have_text("الإيرادات")
    expect(page.locator(".sentence")).to_contain_text("790")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Revenue")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_the_control_bar_asks_anew(shop, owner):
    owner.goto(f"{shop.url}/ask/revenue")
    owner.select_option("[name=by]", "week")
    owner.click("summary >> nth=0")
    owner.fill("[name=from]", "2025-03-01")
    owner.fill("[name=to]", "2025-03-31")
    owner.click(".controls button")
    expect(owner.locator(".sentence")).to_contain_text("SAR 450")
    assert "period=2025-03-01..2025-03-31" in owner.url
    expect(owner.locator("[name=by]")).to_have_value("week")
    expect(owner.locator("tbody tr")).to_have_count(6)


def test_the_rows_can_be_taken_away(shop, owner):
    owner.goto(f"{shop.url}/ask/products?lang=ar")
    with owner.expect_download() as download:
        owner.click("text=CSV >> nth=0")
    text = download.value.path().read_text("utf-8-sig")
    assert COFFEE in text
    assert text.count("\n") == 3


@pytest.mark.parametrize("path", ["/ask/products", "/ask/top_customers", "/ask/customers"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_hostile_names_are_only_names(shop, owner, path, language):
    owner.on("dialog", lambda dialog: pytest.fail("a script of a stranger ran"))
    owner.goto(f"{shop.url}{path}?lang={language}")
    assert owner.locator("script").count() == 0
    assert "<script>alert(" in owner.locator("body").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1440, "light")])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_fit_their_screen_and_can_be_read(shop, owner, width, scheme, language):
    owner.set_viewport_size({"width": width, "height": 900})
    owner.emulate_media(color_scheme=scheme)
    for path in ("/", "/live", "/questions", "/ask/revenue", "/ask/products", "/sources", "/sources/salla"):
        owner.goto(f"{shop.url}{path}?lang={language}")
        wide = owner.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px wider than the screen"
        assert contrast(owner, "body") >= 7, path
        assert contrast(owner, ".quiet") >= 4.5, path
    fonts = owner.evaluate("document.fonts.ready.then(() => [...document.fonts].map(font => font.status))")
    assert "error" not in fonts


def test_everything_is_reached_by_keyboard(shop, owner):
    owner.goto(f"{shop.url}/ask/revenue?lang=en")
    owner.keyboard.press("Tab")
    expect(owner.locator(".skip")).to_be_focused()
    seen = set()
    for _ in range(40):
        owner.keyboard.press("Tab")
        seen.add(owner.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
    assert {"period", "compare", "by", "Show", "CSV", "How this is computed"} <= seen


def test_a_file_brought_to_the_page_is_taken_in(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/sources?lang=en")
    content = "order_id,date,customer,total\n9,2025-05-01,c9,77\n"
    owner.set_input_files(
        "[name=file]", {"name": "طلبات.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    owner.click(".drop button")
    expect(owner.locator(".came h2")).to_contain_text("طلبات.csv")
    owner.goto(f"{new_shop.url}/ask/revenue?period=2025-05")
    expect(owner.locator(".sentence")).to_contain_text("SAR 77")


def contrast(page, selector) -> float:
    """Contrast of an element's ink on the page's paper, as WCAG counts it."""
    return page.evaluate(
        """selector => {
            const light = colour => {
                const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(c => c / 255)
                    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
            };
            const ink = light(getComputedStyle(document.querySelector(selector)).color);
            const paper = light(getComputedStyle(document.documentElement).backgroundColor);
            return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        }""",
        selector,
    )
