"""A forgotten password, as people find their way back: the link under sign-in, the letter, the new password. And the test letter of Settings."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.support.inside import inside
from tests.support.postbox import postbox

NEW = "four other small words"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def posted(engine, tmp_path):
    with (
        postbox() as box,
        inside(engine.store(), tmp_path, mail=box.address(), url="https://m.example.com") as server,
    ):
        yield server, box


@pytest.mark.parametrize(
    ("language", "forgotten", "send", "keep", "done"),
    [
        ("ar", "نسيت كلمة المرور؟", "أرسل الرابط", "احفظها", "حُفظت كلمة المرور الجديدة"),
        ("en", "Forgot your password?", "Send the link", "Keep it", "The new password is kept"),
    ],
)
def test_the_way_back_in(posted, page, wrong, language, forgotten, send, keep, done):
    server, box = posted
    server.accounts.add("noura@example.com", "owner", "three small words", language=language)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/signin?lang={language}")
    page.get_by_role("link", name=forgotten).click()
    page.locator("input[name=email]").fill("noura@example.com")
    page.get_by_role("button", name=send).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.evaluate(FITS)
    (token,) = set(
        re.findall(r"https://m\.example\.com/reset/(\S+)", box.letter().get_body(("plain",)).get_content())
    )
    page.goto(f"{server.url}/reset/{token}")
    page.locator("input[name=password]").fill(NEW)
    page.locator("input[name=again]").fill(NEW)
    assert page.evaluate(FITS)
    page.get_by_role("button", name=keep).click()
    expect(page.get_by_role("status")).to_contain_text(done)
    page.locator("input[name=email]").fill("noura@example.com")
    page.locator("input[name=password]").fill(NEW)
    page.locator("form button").last.click()
    expect(page).to_have_url(re.compile("/app"))


def test_letters_are_tried_from_settings(posted, page, wrong):
    server, box = posted
    owner = sign_in(server, page)
    owner.goto(f"{server.url}/app/settings?tab=users&lang=en")
    letters = owner.get_by_role("region", name="Letters")
    expect(letters).to_contain_text("shop@example.com")
    letters.get_by_role("button", name="Send a test letter to me").click()
    expect(letters.get_by_role("status")).to_be_visible()
    assert box.letter()["subject"] == "Letters from Masarat arrive"
    box.recipient = "550 nobody here"
    letters.get_by_role("button", name="Send a test letter to me").click()
    expect(letters.get_by_role("alert")).to_contain_text("does not send to")
    wrong[:] = [one for one in wrong if "502" not in one]
