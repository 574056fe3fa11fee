"""The app over the sample shop, whose answers are as large as real ones: every question looks whole, and the pulse says what to do today."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from masarat.analyse import ANALYSES
from masarat.demo.load import Choice, load
from masarat.words import LANGUAGES
from tests.browser.conftest import sign_in
from tests.support.inside import inside

CUSTOMERS = 400


@pytest.fixture(scope="module")
def sample(engine, tmp_path_factory):
    with inside(engine.store(), tmp_path_factory.mktemp("sample")) as server:
        load(
            server.shop.store, server.shop.records, Choice(datetime.now(UTC).date(), CUSTOMERS, language="ar")
        )
        server.shop.meet_sales()
        server.shop.identity.fold()
        yield server


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_looks_whole(sample, language):
    wrong = {}
    with sample.client(sample.accounts.add_key(f"asks {language}", "owner")) as client:
        for kind in ANALYSES:
            told = client.get(f"/v1/look/{kind.name}?lang={language}")
            if told.status_code != 200 or not told.json()["sentence"]:
                wrong[kind.name] = told.text[:200]
    assert not wrong


def test_a_picture_to_send(sample):
    with sample.client(sample.accounts.add_key("sends", "viewer")) as client:
        for name in ("revenue", "data_quality"):  # one is drawn, one is a table
            made = client.get(f"/v1/picture/{name}.png?lang=ar")
            assert made.headers["content-type"] == "image/png"
            assert made.content.startswith(b"\x89PNG")
            assert int.from_bytes(made.content[16:20]) == 1560, "780 points, twice as fine"


def test_what_to_do_today(sample, page):
    owner = sign_in(sample, page)
    owner.goto(f"{sample.url}/app?lang=ar")
    call = owner.get_by_role("region", name="اتصل بهم قبل أن يرحلوا")
    expect(call.locator("li").first).to_contain_text(
        re.compile("كل .* يوم|كل .* أيام|ساكت|تراجع"), timeout=60_000
    )
    name = call.locator("li a").first.inner_text()
    call.locator("li a").first.click()
    expect(owner.locator("h1")).to_contain_text(name.strip("\u2068\u2069"))


def test_whom_an_answer_is_about_reads_as_a_sentence(sample, page):
    owner = sign_in(sample, page)
    owner.goto(f"{sample.url}/app/ask/revenue?lang=ar")
    whole = owner.locator(".tiles dd").first.inner_text()
    owner.get_by_role("button", name="+ خصّص").click()
    owner.get_by_role("combobox", name="بحسب").click()
    owner.get_by_role("option", name="الجهاز").click()
    owner.get_by_role("combobox", name="أيّها").click()
    owner.get_by_role("option", name=re.compile("mobile")).click()
    owner.get_by_role("button", name="أضف", exact=True).click()
    expect(owner).to_have_url(re.compile("segment=device%3Dmobile"))
    expect(owner.get_by_role("group", name="عمّن الإجابة")).to_contain_text(re.compile("الجهاز.*mobile"))
    expect(owner.locator(".tiles dd").first).not_to_have_text(whole)
    owner.get_by_role("button", name=re.compile("أزل.*mobile")).click()
    expect(owner.locator(".tiles dd").first).to_have_text(whole)


def test_a_move_is_chosen_by_how_often_it_was_made(sample, page):
    owner = sign_in(sample, page)
    owner.goto(f"{sample.url}/app/ask/retention?lang=en")
    picker = owner.locator("input[name=start]")
    picker.click()
    expect(owner.get_by_role("option").first).to_contain_text(re.compile(r"\d"))
    picker.fill("Nobody did this")
    owner.keyboard.press("Tab")
    expect(owner.locator("form.controls")).to_contain_text("This has not happened yet.")


@pytest.mark.parametrize(
    ("role", "home"), [("support", "/app/customers"), ("finance", "/app/s/sales"), ("viewer", "/app")]
)
def test_everybody_begins_where_what_they_came_for_is(sample, page, role, home):
    sample.accounts.add(f"{role}@example.com", role, "three small words")
    page.goto(f"{sample.url}/signin?lang=en")
    page.fill("[name=email]", f"{role}@example.com")
    page.fill("[name=password]", "three small words")
    page.click("main button")
    expect(page).to_have_url(re.compile(f"{home}$"))
