"""Settings in the app: where one is signed in and signing out there, one's password, people and their roles."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from masarat.errors import NotSignedIn
from tests.browser.conftest import sign_in

PASSWORD = "three small words"


def test_browsers_are_listed_and_signed_out(new_shop, page):
    owner = sign_in(new_shop, page)
    user = new_shop.accounts.users()[0]
    elsewhere = new_shop.accounts.open_session(user, agent="Mozilla/5.0 (iPhone) Version/18 Safari/604")
    owner.goto(f"{new_shop.url}/app/settings?lang=en")
    expect(owner.locator(".browsers li")).to_have_count(2)
    expect(owner.locator(".browsers li").first).to_contain_text("Safari 604 · iPhone")
    owner.get_by_role("button", name="Sign out there").click()
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
