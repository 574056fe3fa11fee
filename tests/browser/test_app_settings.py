"""Settings in the app: where one is signed in and signing out there, one's password, people and their roles."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from masarat.errors import NotSignedIn
from masarat.show import totp
from tests.browser.conftest import sign_in

PASSWORD = "three small words"


def test_browsers_are_listed_and_signed_out(new_shop, page):
    owner = sign_in(new_shop, page)
    user = new_shop.accounts.users()[0]
    elsewhere = new_shop.accounts.open_session(user, agent="Mozilla/5.0 (iPhone) Version/18 Safari/604")
    owner.goto(f"{new_shop.url}/app/settings?lang=en")
    expect(owner.locator(".browsers li")).to_have_count(2)
    expect(owner.locator(".browsers li").first).to_contain_text("here")
    expect(owner.locator(".browsers li").nth(1)).to_contain_text("Safari 604 · iPhone")
    for _ in range(5):
        new_shop.accounts.open_session(user, agent="Mozilla/5.0 (iPhone) Version/18 Safari/604")
    owner.reload()
    expect(owner.locator(".browsers li")).to_have_count(5)  # the newest
    owner.get_by_role("button", name=re.compile("^Show all .?7")).click()
    expect(owner.locator(".browsers li")).to_have_count(7)
    owner.get_by_role("button", name="Sign out everywhere else").click()
    expect(owner.locator(".browsers li")).to_have_count(1)
    expect(owner.locator(".browsers li")).to_contain_text("here")
    assert new_shop.accounts.by_session(elsewhere) is None


def test_the_password_is_changed_by_who_knows_the_old_one(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/settings?lang=en")
    owner.get_by_role("textbox", name="Old password").fill("not this one")
    owner.get_by_role("textbox", name="New password").fill("four quite small words")
    owner.get_by_role("button", name="Change it and sign out").click()
    expect(owner.locator("[role=alert]")).to_contain_text("old password is wrong")
    owner.get_by_role("textbox", name="Old password").fill(PASSWORD)
    owner.get_by_role("button", name="Change it and sign out").click()
    expect(owner.locator("[name=password]")).to_be_visible()
    with pytest.raises(NotSignedIn):
        new_shop.accounts.sign_in("noura@example.com", PASSWORD)
    assert new_shop.accounts.sign_in("noura@example.com", "four quite small words")
    wrong[:] = [one for one in wrong if "403" not in one and "401" not in one]


def test_people_are_let_in_and_set_aside(new_shop, page, wrong):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/settings?tab=users&lang=ar")
    owner.get_by_label("البريد الإلكتروني", exact=True).fill("sara@example.com")
    owner.get_by_label("الاسم", exact=True).fill("سارة")
    owner.get_by_role("button", name="أضف", exact=True).click()
    password = owner.get_by_role("status").locator("code").inner_text()
    assert new_shop.accounts.sign_in("sara@example.com", password)
    row = owner.locator("li").filter(has_text="sara@example.com")
    row.get_by_role("combobox").click()
    owner.get_by_role("option", name="محلل").click()
    expect(row.get_by_role("combobox")).to_have_value("محلل")
    assert {user.email: user.role for user in new_shop.accounts.users()}["sara@example.com"] == "analyst"
    row.get_by_role("button", name="أوقف حسابه").click()
    expect(row).to_contain_text("موقوف")
    with pytest.raises(NotSignedIn):
        new_shop.accounts.sign_in("sara@example.com", password)
    owner.locator("li").filter(has_text="noura@example.com").get_by_role("button", name="أوقف حسابه").click()
    expect(owner.locator("[role=alert]")).to_contain_text("only owner")
    wrong[:] = [one for one in wrong if "422" not in one]


def test_a_phone_is_asked_beside_the_password(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/settings?lang=ar")
    card = owner.get_by_role("region", name="رمز من الجوال مع كلمة السر")
    card.get_by_label("كلمة السر").fill(PASSWORD)
    card.get_by_role("button", name="فعّله").click()
    expect(card.get_by_role("img", name="رمز QR لتطبيق الرموز").locator("svg")).to_be_visible()
    secret = card.locator("code").inner_text().replace(" ", "")
    card.get_by_label("الرمز").fill(totp.code(secret, totp.step_at(time.time())))
    card.get_by_role("button", name="أكّد").click()
    expect(card.locator(".recovery li")).to_have_count(10)
    expect(card).to_contain_text(re.compile("بقيت لك .?10.? رموز احتياطية"))
    recovery = card.locator(".recovery code").first.inner_text()
    owner.get_by_role("button", name="تسجيل الخروج").click()
    owner.fill("[name=email]", "noura@example.com")
    owner.fill("[name=password]", PASSWORD)
    owner.click("main button")
    owner.fill("[name=code]", recovery)
    owner.click("main button")
    expect(owner.locator("h1")).to_contain_text("نورة")
    owner.goto(f"{new_shop.url}/app/settings?lang=ar")
    expect(card).to_contain_text(re.compile("9.? رموز"))


def test_a_programs_key_is_made_seen_once_and_ended(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/settings?tab=programs&lang=en")
    owner.get_by_label("Name of the program").fill("till")
    owner.get_by_role("button", name="Make a key").click()
    key = owner.get_by_role("status").locator("code").inner_text()
    with new_shop.client(key) as program:
        assert program.get("/v1/catalogue").status_code == 200
        owner.reload()
        expect(owner.locator("main")).not_to_contain_text(key)
        owner.get_by_role("button", name="Revoke").click()
        expect(owner.locator("main li")).to_contain_text("revoked", ignore_case=True)
        assert program.get("/v1/catalogue").status_code == 401


def test_the_shop_is_understood_as_its_owner_says(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/settings?tab=shop&lang=ar")
    owner.get_by_role("combobox", name="البلد").click()
    owner.get_by_role("option", name="الكويت").click()
    expect(owner.get_by_role("combobox", name="المنطقة الزمنية")).to_have_value("Asia/Kuwait")
    owner.get_by_label("المسؤول عن البيانات").fill("متجر نورة")
    owner.get_by_role("combobox", name="الأرقام في العربية").click()
    owner.get_by_role("option", name="١٢٣").click()
    owner.get_by_role("button", name="احفظ").click()
    expect(owner.locator("html")).to_have_attribute("data-digits", "arabic")
    expect(owner.get_by_label("المسؤول عن البيانات")).to_have_value("متجر نورة")
    assert (new_shop.shop.settings.currency, new_shop.shop.settings.country) == ("KWD", "KW")
    owner.goto(f"{new_shop.url}/app/ask/revenue?lang=ar&period=all")
    expect(owner.locator(".sentence")).to_contain_text("٧٩٠")


@pytest.mark.parametrize("width", [390, 1440])
def test_what_sales_cost_is_told_once_for_the_shop(new_shop, page, width):
    owner = sign_in(new_shop, page)
    owner.set_viewport_size({"width": width, "height": 900})
    owner.goto(f"{new_shop.url}/app/settings?tab=shop&lang=en")
    owner.get_by_label("Cost of a parcel, each way").fill("20")
    owner.get_by_role("button", name="Add a way to pay").click()
    owner.get_by_label("Way to pay").fill("mada")
    owner.get_by_label("Percent").fill("0.8")
    owner.get_by_role("button", name="Add a way to pay").click()
    owner.get_by_label("Fixed").nth(1).fill("2")
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert owner.evaluate(fits)
    with owner.expect_response("**/v1/company") as told:
        owner.get_by_role("button", name="Save", exact=True).click()
    assert told.value.status == 200
    assert new_shop.shop.settings.payment_fees == "mada=0.8%, *=2"
    owner.goto(f"{new_shop.url}/app/settings?tab=shop&lang=ar")
    expect(owner.get_by_label("تكلفة الشحنة ذهابًا أو إيابًا")).to_have_value(re.compile("20"))
    expect(owner.get_by_label("طريقة الدفع")).to_have_count(2)
    expect(owner.get_by_label("نسبة").first).to_have_value("0.8%")
    assert owner.evaluate(fits)
    owner.get_by_role("button", name=re.compile("احذف: .?mada")).click()
    with owner.expect_response("**/v1/company"):
        owner.get_by_role("button", name="احفظ", exact=True).click()
    assert new_shop.shop.settings.payment_fees == "*=2"
