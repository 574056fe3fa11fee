"""Segments in the app: from a funnel to those who dropped out, kept, counted, taken away as a file; and built as a sentence."""

from __future__ import annotations

import csv
import re

from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_app import settled


def test_from_a_funnel_to_its_droppers_to_a_segment_to_a_file_in_arabic(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/ask/funnel?period=2025&steps=Order Completed%0AOrder Refunded&lang=ar")
    settled(owner)
    behind = owner.locator("tbody a").first
    stopped = int("".join(filter(str.isdecimal, behind.inner_text())))
    behind.click()
    expect(owner).to_have_url(re.compile(r"/app/ask/funnel_dropped\?.*after=1"))
    settled(owner)
    listed = owner.locator("tbody tr").count()
    assert 0 < listed <= stopped
    owner.get_by_role("button", name="احفظ هؤلاء العملاء").click()
    owner.get_by_label("ماذا تسميهم؟").fill("لم يُرجعوا شيئًا")
    owner.get_by_role("button", name="احفظ", exact=True).click()
    expect(owner.get_by_role("status")).to_contain_text("لم يُرجعوا شيئًا")
    owner.get_by_role("link", name="كل الشرائح").click()
    expect(owner.locator(".segment")).to_contain_text("لم يُرجعوا شيئًا")
    with owner.expect_download() as download:
        owner.locator(".segment").get_by_role("link", name="CSV").click()
    raw = download.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert len(rows) == listed
    assert "الاسم" in rows[0]


def test_a_segment_is_built_as_a_sentence_and_counted_as_it_is_written(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/segments?lang=en")
    expect(owner.locator(".tried .sentence").last).to_contain_text("customers")
    owner.get_by_label("Times at least").fill("2")
    expect(owner.get_by_label("The rule")).to_have_value("did Order Completed at least 2 times")
    owner.get_by_role("button", name="Add a condition").click()
    owner.get_by_label("Values").fill("Riyadh, Al Khobar")
    expect(owner.get_by_label("The rule")).to_have_value(
        'did Order Completed at least 2 times and city is Riyadh|"Al Khobar"'
    )
    owner.get_by_role("button", name="Remove").last.click()
    owner.get_by_label("The rule").fill("did Order Completed")
    owner.get_by_role("button", name="Save these customers").click()
    owner.get_by_label("What you call them").fill("Buyers")
    owner.get_by_role("button", name="Keep").click()
    expect(owner.locator(".segment")).to_contain_text("Buyers")
    owner.get_by_role("button", name=re.compile("Remove .*Buyers")).click()
    expect(owner.locator(".segment")).to_have_count(0)
    owner.get_by_role("button", name="Undo").click()
    expect(owner.locator(".segment")).to_contain_text("Buyers")
    owner.reload()
    expect(owner.locator(".segment")).to_contain_text("Buyers")


def test_a_rule_that_cannot_be_read_says_so(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/segments?rule=did nothing known at least&lang=en")
    expect(owner.locator("[role=alert]")).to_be_visible()
    wrong[:] = [one for one in wrong if "422" not in one]


def test_moves_are_offered_in_the_readers_words_and_written_as_the_language_reads_them(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/segments?lang=ar")
    settled(owner)
    event, rule = owner.get_by_role("combobox", name="الحدث"), owner.get_by_label("القاعدة")
    expect(event).to_have_value("أتم طلبًا")
    event.fill("طلب")
    owner.get_by_role("option", name="أُلغي طلبه").click()
    expect(rule).to_have_value("did Order Cancelled")
    event.fill("opt in at a store")
    expect(rule).to_have_value('did "opt in at a store"')
    event.fill("أتم طلبًا")
    expect(rule).to_have_value("did Order Completed")
    owner.get_by_role("button", name="أضف شرطًا").click()
    owner.get_by_label("القيم").fill("الرياض(شمال)، or")
    expect(rule).to_have_value('did Order Completed and city is "الرياض(شمال)"|"or"')
    expect(owner.locator(".tried .sentence")).to_contain_text("الرياض(شمال)")
    assert owner.locator("[role=alert]").count() == 0
    wrong[:] = [
        one for one in wrong if "404" not in one
    ]  # of the event that nobody did, while it was written


def test_a_segment_may_have_any_name_and_others_are_still_saved(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/segments?lang=en")
    for title in ("segment", "others"):
        owner.get_by_role("button", name="Save these customers").click()
        owner.get_by_label("What you call them").fill(title)
        expect(owner.locator("[role=alert]")).to_have_count(0)
        expect(owner.get_by_text(re.compile("will be saved"))).to_be_visible()
        owner.get_by_role("button", name="Keep").click()
        expect(owner.locator(".segment").first).to_contain_text(title)
        owner.reload()
    expect(owner.locator(".segment").first.get_by_role("link", name="CSV")).to_have_attribute(
        "href", re.compile("limit=10000")
    )
