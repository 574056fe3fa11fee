"""Pictures that are asked: by the mouse, the finger and the keys, in both languages; and names that hide their lines."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_access import AXE, RULES
from tests.browser.test_app import settled
from tests.support.served import COFFEE

PICTURES = {
    "revenue": "trend",
    "revenue?breakdown=channel": "trend",
    "growth?by=month": "stack",
    "products": "ranking",
    "order_value": "bars",
    "cohorts": "grid",
    "funnel": "steps",
    "paths?within=period": "flow",
    "top_customers": "curve",
}


def opened(shop, page: Page, question: str, language: str = "en") -> Page:
    page.goto(f"{shop.url}/app/ask/{question}{'&' if '?' in question else '?'}lang={language}")
    settled(page)
    expect(page.locator("svg[role=application]").first).to_be_attached()
    return page


def picture(page: Page):
    return page.locator(".picture svg[data-view]").locator("visible=true")


def card(page: Page):
    return page.locator(".reading")


def hover(page: Page, across: float, down: float = 0.5) -> None:
    """Point at a part of the picture, counted from its left and its top."""
    middle(picture(page))
    box = picture(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def middle(mark) -> tuple[float, float]:
    """Of a mark on the screen; what is painted there may be the mark's neighbour, as under a hand."""
    mark.evaluate("""mark => new Promise(done => {
        mark.scrollIntoView({ block: "center" });
        requestAnimationFrame(() => requestAnimationFrame(done));
    })""")
    box = mark.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def within_the_screen(page: Page) -> bool:
    box, size = card(page).bounding_box(), page.viewport_size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1440)])
@pytest.mark.parametrize("question", PICTURES)
def test_every_view_is_read_by_mouse_and_keys(shop, owner, question, language, width):
    owner.set_viewport_size({"width": width, "height": 900})
    opened(shop, owner, question, language)
    assert picture(owner).get_attribute("data-view") == PICTURES[question]
    picture(owner).focus()
    owner.keyboard.press("Home")
    expect(card(owner)).to_be_visible()
    spoken = owner.locator(".picture [aria-live]")
    first = spoken.inner_text()
    assert all(
        words in first for words in card(owner).locator("bdi").all_inner_texts()
    )  # what is seen is said
    assert within_the_screen(owner)
    owner.keyboard.press("End")
    expect(card(owner)).to_be_visible()
    assert within_the_screen(owner)
    owner.keyboard.press("Escape")
    expect(card(owner)).to_be_hidden()
    expect(spoken).to_be_empty()
    mark = owner.locator("svg [data-tip], svg [data-places]").locator("visible=true").first
    painted = mark.locator("rect")
    owner.mouse.move(*middle(painted.first if painted.count() else mark))
    expect(card(owner)).to_be_visible()
    assert within_the_screen(owner)
    owner.mouse.move(2, 2)
    expect(card(owner)).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "month", "money"), [("en", "1 January 2025", "200.00"), ("ar", "1 يناير 2025", "200.00")]
)
def test_a_trend_tells_its_month_and_runs_from_the_left(shop, owner, language, month, money):
    opened(shop, owner, "revenue?by=month", language)
    hover(owner, 0.1)
    expect(card(owner).locator("strong")).to_have_text(month)
    expect(card(owner).locator("dd").first).to_contain_text(money)
    picture(owner).focus()
    owner.keyboard.press("Home")
    expect(card(owner).locator("strong")).to_have_text(month)
    owner.keyboard.press("ArrowRight")
    expect(card(owner).locator("strong")).not_to_have_text(month)
    owner.keyboard.press("ArrowLeft")
    expect(card(owner).locator("strong")).to_have_text(month)


@pytest.mark.parametrize(("language", "onward"), [("ar", "ArrowLeft"), ("en", "ArrowRight")])
def test_arrows_follow_the_reading_where_the_picture_does(shop, owner, language, onward):
    opened(shop, owner, "products", language)
    picture(owner).focus()
    owner.keyboard.press("Home")
    first = card(owner).locator("strong").inner_text()
    owner.keyboard.press(onward)
    expect(card(owner).locator("strong")).not_to_have_text(first)
    owner.keyboard.press("ArrowUp")
    expect(card(owner).locator("strong")).to_have_text(first)


def test_a_name_hides_its_line_until_it_is_shown_and_one_always_stays(shop, owner):
    opened(shop, owner, "revenue?by=month&breakdown=channel")
    names = picture(owner).get_by_role("button")
    lines = picture(owner).locator("[data-line]").locator("visible=true")
    expect(lines).to_have_count(2)
    names.nth(0).click()
    expect(names.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(lines).to_have_count(1)
    hover(owner, 0.3)
    expect(card(owner).locator("dt")).to_have_count(1)
    names.nth(1).click()  # the last one stays
    expect(lines).to_have_count(1)
    owner.set_viewport_size({"width": 390, "height": 844})
    expect(picture(owner).get_by_role("button").nth(0)).to_have_attribute("aria-pressed", "false")
    owner.set_viewport_size({"width": 1440, "height": 900})
    owner.get_by_role("combobox", name="By", exact=True).click()
    owner.get_by_role("option", name="week").click()
    expect(owner).to_have_url(re.compile("by=week"))
    settled(owner)
    expect(names.nth(0)).to_have_attribute("aria-pressed", "false")  # kept in the new answer
    names.nth(0).focus()
    owner.keyboard.press("Enter")
    expect(lines).to_have_count(2)
    names.nth(1).dblclick()
    expect(names.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(names.nth(1)).to_have_attribute("aria-pressed", "true")
    names.nth(1).dblclick()
    expect(lines).to_have_count(2)


def test_days_dragged_over_become_the_period_and_are_undone(shop, owner):
    opened(shop, owner, "revenue?by=month")
    ground = picture(owner).locator("[data-places]")
    middle(ground)
    box = ground.bounding_box()
    y = box["y"] + box["height"] / 2
    owner.mouse.move(box["x"] + box["width"] * 0.1, y)
    owner.mouse.down()
    owner.mouse.move(box["x"] + box["width"] * 0.3, y)
    owner.mouse.move(box["x"] + box["width"] * 0.5, y)
    owner.mouse.up()
    expect(owner).to_have_url(re.compile(r"period=2025-01-0\d\.\.2025-02-28"))
    settled(owner)
    owner.get_by_role("button", name="Back to the period before").click()
    expect(owner).not_to_have_url(re.compile("period="))


def test_a_mark_leads_to_the_customers_behind_it(shop, owner):
    opened(shop, owner, "profitability?by=channel")
    mark = picture(owner).locator("[data-tip]").first
    owner.mouse.move(*middle(mark))
    expect(card(owner).get_by_role("button")).to_be_visible()
    owner.mouse.click(*middle(mark))
    expect(owner).to_have_url(re.compile("/app/ask/customers.*segment=channel"))
    opened(shop, owner, "revenue?by=month&breakdown=channel")
    picture(owner).focus()
    owner.keyboard.press("Home")
    owner.keyboard.press("ArrowDown")
    owner.keyboard.press("Enter")
    expect(owner).to_have_url(re.compile("/app/ask/customers.*segment=channel"))


def test_a_place_in_a_flow_lights_its_ways(shop, owner):
    opened(shop, owner, "paths?within=period")
    node = picture(owner).locator("[data-node]").first
    owner.mouse.move(*middle(node.locator("rect").first))
    expect(picture(owner)).to_have_class(re.compile("dimming"))
    expect(node).to_have_class(re.compile("near"))
    owner.mouse.move(2, 2)
    expect(picture(owner)).not_to_have_class(re.compile("dimming"))


def test_a_finger_opens_and_closes(shop, browser: Browser, wrong):
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    sign_in(shop, page)
    opened(shop, page, "profitability?by=channel", "ar")
    page.touchscreen.tap(*middle(picture(page).locator("[data-tip]").first))
    expect(card(page)).to_be_visible()
    assert within_the_screen(page)
    page.locator("h1").tap()
    expect(card(page)).to_be_hidden()
    page.touchscreen.tap(*middle(picture(page).locator("[data-tip]").first))
    expect(page).to_have_url(re.compile("profitability"))  # the first tap only reads
    card(page).get_by_role("button").tap()
    expect(page).to_have_url(re.compile("/app/ask/customers.*segment=channel"))
    context.close()
    assert not wrong


def test_names_of_strangers_are_only_names(shop, owner):
    owner.on("dialog", lambda dialog: pytest.fail("a script of a stranger ran"))
    opened(shop, owner, "products", "ar")
    picture(owner).focus()
    seen = []
    for key in ("Home", "ArrowDown"):
        owner.keyboard.press(key)
        seen.append(card(owner).locator("strong").inner_text())
    assert any(COFFEE in name for name in seen)
    assert any("<script>alert(" in name for name in seen)


@pytest.mark.parametrize(("language", "scheme", "width"), [("ar", "dark", 390), ("en", "light", 1440)])
def test_an_open_card_keeps_nobody_out(shop, owner, language, scheme, width):
    owner.set_viewport_size({"width": width, "height": 900})
    owner.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for question in ("revenue?by=month&breakdown=channel", "funnel", "cohorts"):
        opened(shop, owner, question, language)
        for name in picture(owner).get_by_role("button").all()[:1]:
            name.focus()
            owner.keyboard.press("Enter")
        picture(owner).focus()
        owner.keyboard.press("Home")
        owner.evaluate(AXE.read_text("utf-8"))
        found = owner.evaluate(
            "rules => axe.run({ runOnly: { type: 'tag', values: rules } }).then(done => done.violations)",
            list(RULES),
        )
        assert not [(one["id"], one["nodes"][0]["html"][:160]) for one in found], question
