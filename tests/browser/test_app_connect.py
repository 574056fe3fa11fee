"""A program connected in the app, asked and let go; and the sample shop, from an empty shop to a filled Pulse: in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from masarat.show.http import sample
from tests.browser.conftest import empty_shop, sign_in
from tests.browser.test_app import PATIENCE, settled
from tests.collect.connectors.test_qoyod import answer
from tests.support.programs import program

KEY = "right"

WORDS = {
    "ar": {
        "add": "أضف برنامجًا", "program": "قيود", "key": "مفتاح الربط", "address": "عنوان الربط", "name": "اسم الربط", "do": "اربط واسأل",
        "done": "دخل", "rows": re.compile(r"8\W* جديدة"), "none": "لا جديد", "ask": "اسأله الآن", "leave": "فك الربط", "surely": "نعم، فك الربط",
        "gone": "فُك ربط", "cancel": "إلغاء", "try": "جرّب بمتجر نموذجي", "is": "هذا متجر نموذجي", "own": "أبدأ ببياناتي",
    },
    "en": {
        "add": "Add a program", "program": "Qoyod", "key": "API key", "address": "Address of the API", "name": "Name of the connection",
        "do": "Connect and ask", "done": "In", "rows": re.compile(r"8\W* new"), "none": "nothing new", "ask": "Ask now", "leave": "Disconnect",
        "surely": "Yes, disconnect", "gone": "is disconnected", "cancel": "Cancel", "try": "Look around with a sample shop",
        "is": "This is a sample shop", "own": "Begin with my own data",
    },
}  # fmt: skip


def fits(page):
    return page.locator("body").evaluate("body => body.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1440)])
def test_a_program_is_connected_asked_and_let_go(new_shop, page, language, width):
    word, owner = WORDS[language], sign_in(new_shop, page)
    owner.set_viewport_size({"width": width, "height": 900})
    with program(answer) as books:
        owner.goto(f"{new_shop.url}/app/sources?lang={language}")
        settled(owner)
        assert owner.locator("main a[href^='/sources']").count() == 0  # not to the plain pages
        owner.get_by_role("link", name=word["add"]).click()
        owner.get_by_role("heading", name=word["program"], exact=True).click(timeout=PATIENCE)
        key = owner.get_by_label(word["key"])
        expect(key).to_have_attribute("type", "password")
        key.fill(KEY)
        owner.get_by_label(word["address"]).fill(books.url)
        owner.get_by_label(word["name"]).fill("الدفاتر")
        assert fits(owner)
        owner.get_by_role("button", name=word["do"]).click()
        card = owner.get_by_role("article", name="الدفاتر")
        expect(card).to_contain_text(word["rows"], timeout=PATIENCE)
        expect(card).to_contain_text(word["done"], timeout=PATIENCE)
        expect(card).to_contain_text(word["program"])
        settled(owner)
        assert fits(owner)
        assert KEY not in owner.request.get(f"{new_shop.url}/v1/connections").text()
        assert KEY not in owner.locator("#programs").inner_text()
        asked = len(books.calls)
        card.get_by_role("button", name=word["ask"]).click()
        expect(card).to_contain_text(word["none"], timeout=PATIENCE)
        assert len(books.calls) > asked
        expect(card.get_by_role("button", name=word["leave"])).to_be_enabled(timeout=PATIENCE)
        card.get_by_role("button", name=word["leave"]).click()
        owner.get_by_role("dialog").get_by_role("button", name=word["cancel"]).last.click()
        assert len(new_shop.shop.connections()) == 1
        card.get_by_role("button", name=word["leave"]).click()
        owner.get_by_role("button", name=word["surely"]).click()
        expect(card).to_have_count(0)
        expect(owner.locator("#programs")).to_contain_text(word["gone"])
    assert new_shop.shop.connections() == []


def test_what_was_given_wrongly_is_said_where_it_was_given(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/connect/qoyod?lang=en")
    owner.get_by_label("API key").fill("some key")
    owner.get_by_label("Address of the API").fill("http://books.example.com")
    owner.get_by_role("button", name="Connect and ask").click()
    expect(owner.get_by_role("alert")).to_contain_text("is not encrypted", timeout=PATIENCE)
    expect(owner.get_by_label("API key")).to_have_value("some key")  # to be mended, not written again
    assert new_shop.shop.connections() == []
    wrong[:] = [one for one in wrong if "422" not in one]


def test_a_program_that_refuses_the_key_is_told_on_its_card_and_given_another(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    with program(answer) as books:
        owner.goto(f"{new_shop.url}/app/connect/qoyod?lang=en")
        owner.get_by_label("API key").fill("a wrong key")
        owner.get_by_label("Address of the API").fill(books.url)
        owner.get_by_role("button", name="Connect and ask").click()
        card = owner.get_by_role("article", name="qoyod")
        expect(card).to_contain_text("Failed", timeout=PATIENCE)
        expect(card.locator(".note")).to_contain_text("Qoyod")
        card.get_by_role("link", name="Give new keys").click()
        expect(owner.get_by_label("Name of the connection")).to_have_value("qoyod")
        owner.get_by_label("API key").fill(KEY)
        owner.get_by_label("Address of the API").fill(books.url)
        owner.get_by_role("button", name="Connect and ask").click()
        expect(card).to_contain_text(re.compile(r"8\W* new"), timeout=PATIENCE)
        expect(card.locator(".note")).to_have_count(0)
    wrong[:] = [one for one in wrong if "Failed to load resource" not in one]


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1440)])
def test_the_sample_shop_from_an_empty_shop_to_a_filled_pulse(
    engine, tmp_path, page, monkeypatch, language, width
):
    word = WORDS[language]
    monkeypatch.setattr(sample, "CUSTOMERS", 60)
    with empty_shop(engine, tmp_path) as server:
        owner = sign_in(server, page)
        owner.set_viewport_size({"width": width, "height": 900})
        owner.goto(f"{server.url}/app?lang={language}")
        owner.get_by_role("button", name=word["try"]).click(timeout=PATIENCE)
        expect(owner.get_by_role("progressbar")).to_be_visible()
        expect(owner.get_by_label(word["is"])).to_be_visible(timeout=PATIENCE)
        expect(owner.locator(".welcome")).to_have_count(0)
        settled(owner)
        expect(owner.locator(".tiles .figure").first).not_to_have_text("0")
        assert fits(owner)
        owner.get_by_role("button", name=word["own"]).click()
        expect(owner.get_by_text("masarat --data my-shop serve")).to_be_visible()
        assert fits(owner)
        assert server.shop.ask("journey", period="all").sample > 0
