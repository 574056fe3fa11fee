"""The river of the journey: a stage opens by key or touch, its address tells which, and it flows as the language is read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_app import settled


@pytest.mark.parametrize(("language", "stage"), [("ar", "الشراء"), ("en", "Purchase")])
def test_a_stage_opens_what_happens_in_it(shop, owner, language, stage):
    owner.goto(f"{shop.url}/app/journey?period=last_365_days&lang={language}")
    settled(owner)
    chosen = owner.locator(".river button").filter(has_text=stage)
    chosen.focus()
    chosen.press("Enter")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(owner.get_by_role("region", name=stage)).to_be_visible()
    assert "stage=" in owner.url
    begins, ends = (owner.locator(".river button").nth(at).bounding_box()["x"] for at in (0, -1))
    assert (begins > ends) == (language == "ar")
    owner.reload()
    expect(owner.get_by_role("region", name=stage)).to_be_visible()
