"""A journey map in the app: drawn, taken back, saved, and found again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

SAID = {
    "ar": ("عنوان الخريطة", "ارسم خريطة", "ماذا يريد", "تراجع", "أعد", "احفظ", "محفوظة"),
    "en": ("Title of the map", "Draw a map", "What they want", "Undo", "Redo", "Save", "Saved"),
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_map_is_drawn_taken_back_saved_and_found_again(new_shop, page, language):
    title, draw, wants, undo, redo, save, saved = SAID[language]
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/maps?lang={language}")
    owner.get_by_label(title).fill("رحلة نورة")
    owner.get_by_role("button", name=draw).click()
    goal = owner.get_by_label(wants).first
    goal.fill("هدية لصديقتها")
    feeling = owner.get_by_role("slider").first
    feeling.press("ArrowUp")
    feeling.press("ArrowUp")
    expect(feeling).to_have_attribute("aria-valuenow", "2")
    owner.get_by_role("button", name=undo).click()
    expect(feeling).to_have_attribute("aria-valuenow", "0")
    owner.get_by_role("button", name=redo).click()
    expect(feeling).to_have_attribute("aria-valuenow", "2")
    stages = owner.get_by_role("slider").count()
    owner.keyboard.press("Control+z")
    owner.keyboard.press("Control+z")
    expect(goal).to_have_value("")
    owner.keyboard.press("Control+Shift+Z")
    owner.keyboard.press("Control+Shift+Z")
    expect(goal).to_have_value("هدية لصديقتها")
    owner.get_by_role("button", name=save, exact=True).click()
    expect(owner.get_by_role("button", name=saved)).to_be_disabled()
    owner.goto(f"{new_shop.url}/app/maps")  # the language is remembered
    owner.get_by_text("رحلة نورة").click()
    expect(owner.get_by_label(wants).first).to_have_value("هدية لصديقتها")
    expect(owner.get_by_role("slider").first).to_have_attribute("aria-valuenow", "2")
    expect(owner.get_by_role("slider")).to_have_count(stages)
    for width in (390, 1440):
        owner.set_viewport_size({"width": width, "height": 900})
        assert owner.locator("body").evaluate("body => body.scrollWidth") <= width


def test_of_two_who_change_a_map_the_second_is_told(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/maps?lang=en")
    owner.get_by_label("Title of the map").fill("One")
    owner.get_by_role("button", name="Draw a map").click()
    owner.get_by_label("What they want").first.fill("a gift")
    key = new_shop.accounts.add_key("other", "owner")
    with new_shop.client(key) as client:
        now = client.get("/v1/maps/1").json()
        wanted = {name: now[name] for name in ("persona", "stages", "version")}
        assert client.put("/v1/maps/1", json={**wanted, "title": "Two"}).status_code == 200
    owner.get_by_role("button", name="Save", exact=True).click()
    expect(owner.get_by_text("Somebody else has changed this map")).to_be_visible()
    expect(owner.get_by_label("What they want").first).to_have_value("a gift")
    wrong[:] = [one for one in wrong if "409" not in one]
