"""The journey's stages and how long data is kept, changed in the app: looked at first, then saved, and taken back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from masarat.records import retention
from masarat.records.stages import SIX, preset, standing
from tests.browser.conftest import sign_in


def test_stages_are_looked_at_saved_and_taken_back(new_shop, page):
    owner = sign_in(new_shop, page)
    records = new_shop.shop.records
    owner.goto(f"{new_shop.url}/app/settings?tab=stages&lang=en")
    stages = owner.locator("ol.people > li")
    expect(stages).to_have_count(6)
    stages.nth(3).get_by_label("Name in English").fill("First order")
    stages.nth(5).get_by_role("button", name=re.compile("^Remove .Advocacy")).click()
    expect(stages).to_have_count(5)
    owner.get_by_role("button", name="Add a stage").click()
    new = stages.nth(5)
    new.get_by_label("Name in Arabic").fill("مشترك")
    new.get_by_label("Name in English").fill("Subscriber")
    new.get_by_label("An event that leads here").fill("Subscription Started")
    new.get_by_role("button", name="Add it").click()
    new.get_by_role("button", name=re.compile("^Move .Subscriber. up")).click()
    owner.get_by_role("button", name="See what would change").click()
    sizes = owner.get_by_role("region", name="Customers in each stage")
    expect(sizes.get_by_role("row").filter(has_text="First order")).to_be_visible()
    expect(sizes.get_by_role("row").filter(has_text="Advocacy")).to_contain_text("—")
    assert standing(records) == SIX  # only looked
    owner.get_by_role("button", name="Save these stages").click()
    expect(owner.get_by_text("The new stages hold now.")).to_be_visible()
    kept = standing(records)
    assert [stage.en for stage in kept.stages] == [
        "Awareness", "Interest", "Consideration", "First order", "Subscriber", "Retention",
    ]  # fmt: skip
    assert kept.stages[4].when == ("Subscription Started",)
    assert kept.stages[4].ar == "مشترك"
    owner.get_by_role("button", name="Undo").click()
    expect(stages.nth(3).get_by_label("Name in English")).to_have_value("Purchase")
    expect(stages.nth(5).get_by_label("Name in English")).to_have_value("Advocacy")
    assert standing(records) == SIX


def test_ready_made_stages_and_what_cannot_be(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/settings?tab=stages&lang=ar")
    owner.get_by_role("combobox", name="ابدأ بمراحل جاهزة").click()
    owner.get_by_role("option", name="ست مراحل بكلمات يومية").click()
    expect(owner.get_by_role("region", name="العملاء في كل مرحلة")).to_contain_text("عاد واشترى")
    owner.get_by_label("خامل بعد أيام").fill("400")
    owner.get_by_role("button", name="انظر ما الذي سيتغير").click()
    expect(owner.locator("[role=alert]")).to_contain_text("400")
    owner.get_by_label("خامل بعد أيام").fill("60")
    owner.get_by_role("button", name="انظر ما الذي سيتغير").click()
    owner.get_by_role("button", name="احفظ هذه المراحل").click()
    expect(owner.get_by_text("المراحل الجديدة سارية الآن.")).to_be_visible()
    kept = standing(new_shop.shop.records)
    assert kept.stages == preset("plain").stages
    assert kept.dormant_days == 60
    wrong[:] = [one for one in wrong if "422" not in one]


def test_a_source_is_kept_for_so_long(new_shop, page):
    owner = sign_in(new_shop, page)
    store, records = new_shop.shop.store, new_shop.shop.records
    (before,) = store.select("SELECT count() AS n, any(source) AS source FROM events")
    owner.goto(f"{new_shop.url}/app/settings?tab=retention&lang=en")
    row = owner.locator("li").filter(has=owner.get_by_text("Kept without end"))
    row.first.get_by_role("textbox").fill("30")
    row.first.get_by_role("button", name="Keep so long").click()
    expect(owner.get_by_text(re.compile("Kept for .?30.? days"))).to_be_visible()
    assert retention.periods(records) == {before["source"]: 30}
    owner.get_by_role("button", name="See what would be deleted now").click()
    told = owner.get_by_role("status").filter(has_text="This would be deleted now")
    expect(told).to_contain_text(re.compile(rf"{before['n']}\W? rows"))
    assert store.select("SELECT count() AS n FROM events") == [{"n": before["n"]}]
    told.get_by_role("button", name="Delete it now").click()
    expect(owner.get_by_text("Deleted.")).to_be_visible()
    assert store.select("SELECT count() AS n FROM events") == [{"n": 0}]
    with owner.expect_response(lambda given: given.request.method != "GET" and given.ok):
        owner.get_by_role("button", name="Keep without end").click()
    expect(owner.get_by_text("Kept without end")).to_be_visible()
    assert retention.periods(records) == {}
