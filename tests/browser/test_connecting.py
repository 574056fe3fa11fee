"""A program is connected in the app, asked, and let go, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.collect.connectors.test_qoyod import answer
from tests.support.programs import program

PATIENCE = 60_000  # ms, until a program was asked; the page looks again by itself


@pytest.mark.parametrize(
    ("language", "done", "leave"), [("ar", "تم", "فك الربط"), ("en", "done", "Disconnect")]
)
def test_connected_asked_and_let_go(new_shop, page, language, done, leave):
    owner = sign_in(new_shop, page)
    with program(answer) as books:
        owner.goto(f"{new_shop.url}/sources?lang={language}")
        owner.click(".programs a[href='/sources/qoyod']")
        owner.fill("[name=api_key]", "right")
        owner.fill("[name=address]", books.url)
        owner.fill("[name=connection-name]", "الدفاتر")
        owner.click("main form button")
        row = owner.locator(".linked tbody tr")
        expect(row).to_contain_text("الدفاتر")
        expect(row.locator("td >> nth=7")).to_contain_text(done, timeout=PATIENCE)
        expect(row.locator("td >> nth=5")).to_contain_text("8")
        row.locator("button >> nth=0").click()
        expect(row.locator("td >> nth=5")).to_contain_text("0", timeout=PATIENCE)
        expect(row.locator("td >> nth=7")).to_contain_text(done, timeout=PATIENCE)
        assert "right" not in owner.content()
        row.locator("summary", has_text=leave).click()
        row.locator("details button").click()
        expect(owner.locator(".linked")).to_have_count(0)
    assert new_shop.shop.connections() == []
