"""Data brought in through the app: a shop's Arabic export understood, agreed to, mended; a site's line; and a new shop's first ten minutes."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import empty_shop, sign_in
from tests.browser.test_app import settled

PATIENCE = 60_000
HEAD = "رقم الطلب,تاريخ الطلب,اسم العميل,رقم الجوال,المدينة,اسم المنتج,الكمية,إجمالي الطلب,ملاحظة\n"
EXPORT = HEAD + (
    "١٠٠١,15/03/2025,محمد العتيبي,٠٥٠١٢٣٤٥٦٧,الرياض,قهوة هررية,٢,١٢٠٫٥,بلا\n"
    "1002,16/03/2025,نورة الشهري,0507654321,جدة,تمر سكري,1,80,جمعية\n"
    "1003,ليس تاريخًا,سعد القحطاني,0551112223,جدة,قهوة هررية,1,60,بلا\n"
)  # as Salla's orders, with digits of both kinds and a date that is none


def export(encoding="utf-8-sig"):
    western = EXPORT.translate({ord("٠") + digit: str(digit) for digit in range(10)} | {ord("٫"): "."})
    text = western if encoding == "windows-1256" else EXPORT  # which has no other digits
    return {"name": "طلبات.csv", "mimeType": "text/csv", "buffer": text.encode(encoding)}


def test_an_arabic_export_is_understood_agreed_to_and_mended(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/sources?lang=ar")
    before = len(new_shop.stored())
    owner.locator("input[type=file]").set_input_files(export())
    tried = owner.locator(".tried")
    expect(tried).to_contain_text("كيف فهمناه", timeout=PATIENCE)
    expect(owner.get_by_role("combobox", name="رقم الجوال")).to_have_value("الجوال")
    expect(owner.get_by_role("combobox", name="إجمالي الطلب")).to_have_value("إجمالي الطلب")
    expect(owner.get_by_role("combobox", name="ملاحظة")).to_have_value("يبقى كما هو")
    assert len(new_shop.stored()) == before  # nothing is changed before they agree
    owner.get_by_role("combobox", name="ملاحظة").click()
    owner.get_by_role("option", name="القسيمة").click()
    expect(owner.get_by_role("combobox", name="ملاحظة")).to_have_value("القسيمة", timeout=PATIENCE)
    expect(owner.locator("[aria-busy=true], .going")).to_have_count(0, timeout=PATIENCE)
    owner.get_by_role("button", name="أدخله").click()
    expect(owner.locator(".brought")).to_contain_text("طلبات.csv", timeout=PATIENCE)
    assert len(new_shop.stored()) == before + 2
    cell = owner.get_by_label(re.compile("تاريخ الطلب 1"))
    expect(cell).to_have_value("ليس تاريخًا")
    cell.fill("17/03/2025")
    owner.get_by_role("button", name="أدخل ما صُحّح").click()
    expect(owner.locator("#mend")).to_contain_text("دخل صف واحد", timeout=PATIENCE)
    assert len(new_shop.stored()) == before + 3
    owner.goto(f"{new_shop.url}/app/ask/revenue?period=2025-03-15..2025-03-17&lang=ar")
    settled(owner)
    expect(owner.locator(".sentence")).to_contain_text("260")
    expect(owner.locator(".sentence")).to_contain_text("3 طلبات")


def test_the_same_export_in_windows_1256_reads_the_same(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/sources?lang=en")
    owner.locator("input[type=file]").set_input_files(export("windows-1256"))
    expect(owner.get_by_role("combobox", name="رقم الجوال")).to_have_value("Phone", timeout=PATIENCE)
    expect(owner.locator(".tried")).to_contain_text("محمد العتيبي")
    owner.get_by_role("button", name="Another file").click()
    expect(owner.locator(".tried")).to_have_count(0)


def test_the_line_for_a_site_and_its_first_event(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/sources?lang=en")
    owner.get_by_label("What the site is called").fill("shop")
    owner.get_by_role("button", name="Make the line").click()
    line = owner.locator(".line")
    expect(line).to_contain_text(f'src="{new_shop.url}/m.js"')
    expect(owner.get_by_role("region", name="Your site")).to_contain_text("Waiting for the first event")
    key = re.search('data-key="([^"]+)"', line.inner_text())[1]
    with new_shop.client() as client:
        sent = client.post(
            "/v1/track", json={"userId": "u1", "event": "Order Completed", "writeKey": key, "messageId": "m1"}
        )
        assert sent.status_code == 200, sent.text
    expect(owner.get_by_role("region", name="Your site")).to_contain_text(
        "The first event has come", timeout=PATIENCE
    )
    listed = owner.request.get(f"{new_shop.url}/v1/keys").json()["keys"]
    assert [(one["source"], one["key"]) for one in listed] == [("shop", key)]


def test_a_new_shop_from_the_printed_link_to_its_first_answers(engine, tmp_path, page):
    with empty_shop(engine, tmp_path) as server:
        page.goto(f"{server.url}/setup/{server.app.state.setup}?lang=ar")
        for name, text in (
            ("name", "نورة"),
            ("email", "noura@example.com"),
            ("password", "three small words"),
            ("again", "three small words"),
        ):
            page.fill(f"[name={name}]", text)
        page.click("main button")
        page.get_by_role("combobox", name="البلد").click(timeout=PATIENCE)
        page.get_by_role("option", name="الكويت").click()
        expect(page.get_by_role("combobox", name="العملة")).to_have_value(re.compile("KWD"))
        page.get_by_role("combobox", name="البلد").click()
        page.get_by_role("option", name="المملكة العربية السعودية").click()
        page.get_by_role("button", name="تابع").click()
        page.get_by_role("link", name="أفلت ملفًا").click(timeout=PATIENCE)
        assert server.shop.settings.timezone == "Asia/Riyadh"
        page.locator("input[type=file]").set_input_files(export())
        page.get_by_role("button", name="أدخله").click(timeout=PATIENCE)
        page.get_by_role("link", name="شاهد ما يقوله").click(timeout=PATIENCE)
        settled(page)
        expect(page.get_by_role("region", name="ابدأ ببياناتك")).to_have_count(0)
        page.goto(f"{server.url}/app/ask/top_customers?period=2025")
        settled(page)
        expect(page.locator("tbody tr").first).to_contain_text("محمد العتيبي")
