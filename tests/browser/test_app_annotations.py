"""Noting a day in the app: written, seen under the picture and on its pin, taken back and brought back, in both languages and widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_access import AXE, RULES
from tests.browser.test_app import settled

SAID = {
    "ar": ("دوّن حدثًا", "ماذا حدث؟", "اليوم", "احفظ", "احذف", "تراجع", "رمضان", "عدّل"),
    "en": ("Note a day", "What happened", "Day", "Keep", "Remove", "Undo", "Ramadan", "Change"),
}
TEXT = 'عطل في الدفع <b onclick="x">'


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_day_is_noted_shown_and_taken_back(new_shop, page, language, width):
    note, what, day, keep, remove, undo, ramadan, change = SAID[language]
    owner = sign_in(new_shop, page)
    owner.set_viewport_size({"width": width, "height": 900})
    owner.goto(f"{new_shop.url}/app/ask/revenue?period=2025-03-01..2025-03-31&by=day&lang={language}")
    settled(owner)
    picture = owner.locator(".roomy svg" if width > 640 else ".tight svg")
    expect(picture.locator("text", has_text=ramadan).first).to_be_visible()
    expect(picture.locator("g:has(> title)")).to_have_count(0)
    owner.get_by_role("button", name=note).click()
    form = owner.locator("form", has=owner.get_by_label(what))
    expect(form.get_by_label(what)).to_be_focused()
    expect(form.get_by_label(day, exact=True)).to_have_value("2025-03-31")
    expect(form.get_by_role("button", name=keep, exact=True)).to_be_disabled()
    form.get_by_label(what).fill(TEXT)
    form.get_by_label(day, exact=True).fill("2025-03-13")
    form.get_by_label(what).press("Enter")
    item = owner.locator(".answer .noted li")
    expect(item).to_have_count(1)
    expect(item).to_contain_text(TEXT)
    expect(item).to_contain_text("13")
    expect(picture.locator("g:has(> title)")).to_have_count(1)
    expect(picture.locator("g title")).to_contain_text(TEXT)
    assert owner.locator("body").evaluate("body => body.scrollWidth") <= width
    owner.get_by_role("button", name=note).click()
    expect(form.get_by_label(what)).to_be_focused()
    owner.evaluate(AXE.read_text("utf-8"))
    rules = "rules => axe.run('.answer, form', { runOnly: { type: 'tag', values: rules } }).then(done => done.violations)"
    assert [(one["id"], one["nodes"][0]["html"]) for one in owner.evaluate(rules, list(RULES))] == []
    owner.keyboard.press("Escape")
    item.get_by_role("button", name=change).click()
    again = owner.locator("form", has=owner.get_by_label(what))
    expect(again.get_by_label(what)).to_have_value(TEXT)
    expect(again.get_by_label(day, exact=True)).to_have_value("2025-03-13")
    again.get_by_label(day, exact=True).fill("2025-03-14")
    again.get_by_role("button", name=keep, exact=True).click()
    expect(item).to_contain_text("14")
    owner.get_by_role("button", name=undo).click()
    expect(item).to_contain_text("13")
    expect(owner.get_by_role("button", name=undo)).to_have_count(0)
    item.get_by_role("button", name=remove).press("Enter")
    expect(item).to_have_count(0)
    expect(picture.locator("g:has(> title)")).to_have_count(0)
    owner.get_by_role("button", name=undo).click()
    expect(item).to_contain_text(TEXT)
    expect(picture.locator("g:has(> title)")).to_have_count(1)
    owner.goto(f"{new_shop.url}/app?period=last_7_days")  # nothing happened there
    settled(owner)
    expect(owner.locator(".noted")).to_have_count(0)


def test_whoever_only_looks_sees_what_was_noted_and_changes_nothing(new_shop, page):
    new_shop.shop.annotate({"day": "2025-03-02", "last": "2025-03-05", "text": "new prices"}, "cli")
    sign_in(new_shop, page)
    accounts = new_shop.accounts
    accounts.add("viewer@example.com", "viewer", "three small words", name="Saad")
    viewer = next(one for one in accounts.users() if one.email == "viewer@example.com")
    cookie = next(one for one in page.context.cookies() if one["name"] == "session" or len(one["value"]) > 20)
    page.context.add_cookies(
        [{"name": cookie["name"], "value": accounts.open_session(viewer), "url": new_shop.url}]
    )
    page.goto(f"{new_shop.url}/app/ask/revenue?period=2025-03-01..2025-03-31&by=day&lang=en")
    settled(page)
    expect(page.locator(".answer .noted li")).to_have_text(["2 March 2025 to 5 March 2025 — new prices"])
    expect(page.get_by_role("button", name="Note a day")).to_have_count(0)
    expect(page.get_by_role("button", name="Remove:")).to_have_count(0)


def test_a_wrong_day_is_said_in_the_form_and_one_elsewhere_beside_it(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/ask/revenue?period=2025-03-01..2025-03-31&by=day&lang=en")
    settled(owner)
    owner.get_by_role("button", name="Note a day").click()
    what = owner.get_by_label("What happened")
    what.fill("call 0501234567")
    what.press("Enter")
    expect(owner.locator("form [role=alert]")).to_contain_text("names no customer")
    wrong[:] = [one for one in wrong if "422" not in one]
    what.fill("call them")
    owner.get_by_label("Day", exact=True).fill("2024-01-01")
    what.press("Enter")
    expect(owner.get_by_text("Its day is not among those shown here.")).to_be_visible()
    expect(owner.locator(".answer .noted li")).to_have_count(0)
