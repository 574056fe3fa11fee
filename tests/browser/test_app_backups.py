"""Backups in the app, of a server as people start it: made while it goes on, told, and removed after asking once more."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from masarat.act import backups
from masarat.records import Records
from masarat.settings import Settings
from masarat.show.accounts import Accounts
from masarat.show.http.door import COOKIE
from tests.support.served import fill, serving


@pytest.mark.parametrize(
    ("language", "make", "events", "remove", "sure"),
    [
        ("en", "Make a backup now", "10.? events", "Remove", "Remove it"),
        ("ar", "خذ نسخة الآن", "10.? أحداث", "احذف", "احذفها"),
    ],
)
def test_a_backup_is_made_and_removed(tmp_path, page, language, make, events, remove, sure):
    fill(tmp_path)
    settings = Settings(data=tmp_path)
    records = Records(settings)
    accounts = Accounts(records)
    accounts.add("noura@example.com", "owner", "three small words", name="نورة")
    secret = accounts.open_session(accounts.users()[0])
    with serving(tmp_path) as server:
        page.context.add_cookies([{"name": COOKIE, "value": secret, "url": server.url}])
        page.goto(f"{server.url}/app/settings?tab=backups&lang={language}")
        page.get_by_role("button", name=make).click()
        row = page.locator(".people li")
        expect(row).to_contain_text(re.compile(events))
        (made,) = backups.backups(settings)
        expect(
            page.get_by_text(f"masarat --data new-shop restore {tmp_path}/backups/{made.name}")
        ).to_be_visible()
        row.get_by_role("button", name=remove, exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name=sure).click()
        expect(row).to_have_count(0)
    assert backups.backups(settings) == []
    records.close()
