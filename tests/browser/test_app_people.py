"""Who is who in the app: two customers joined and taken apart again, pairs answered by a key, and phones that a viewer never sees."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from masarat.show.http.door import COOKIE
from tests.browser.conftest import sign_in
from tests.browser.test_app import settled

INVOICES = (
    "رقم الفاتورة,التاريخ,الاسم,الجوال,رقم العميل,الإجمالي\n"
    "1,2025-03-01,سعد القحطاني,0559876543,C-3,70\n2,2025-03-04,أحمد سعد القحطاني,0559876543,C-4,80\n"
    "3,2025-03-05,نورة الشهري,0501112223,C-5,60\n4,2025-03-06,نورا الشهري,0504445556,C-6,90\n"
)
PHONES = ("559876543", "501112223", "504445556")


def with_invoices(server, tmp_path):
    file = tmp_path / "invoices.csv"
    file.write_text(INVOICES, "utf-8")
    server.shop.import_files([file], source="till")
    return {row["name"]: row["customer"] for row in server.shop.customers.find("الشهري")["customers"]}


def test_two_customers_are_joined_and_taken_apart_again(new_shop, page, tmp_path):
    named = with_invoices(new_shop, tmp_path)
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/customer/{named['نورة الشهري']}?lang=en")
    expect(owner.locator(".who li").first).to_contain_text("5 March 2025")
    mine = owner.locator(".who li > bdi")
    before = mine.all_inner_texts()
    owner.get_by_role("button", name="Join with another customer").click()
    owner.get_by_label("The other's phone, e-mail or number").fill("0504445556")
    owner.get_by_role("dialog").get_by_role("button", name="Show").click()
    expect(owner.get_by_role("dialog")).to_contain_text("501112223")
    expect(owner.get_by_role("dialog")).to_contain_text("504445556")
    owner.get_by_label("Why").fill("she called")
    owner.get_by_role("button", name="Join them").click()
    expect(mine.filter(has_text="504445556")).to_have_count(1)
    owner.get_by_role("button", name="Undo", exact=True).click()
    expect(mine.filter(has_text="504445556")).to_have_count(0)
    assert mine.all_inner_texts() == before
    for name, customer in named.items():
        owner.goto(f"{new_shop.url}/app/customer/{customer}?lang=en")
        expect(owner.get_by_role("heading", level=1)).to_contain_text(name)


def test_pairs_are_answered_by_a_key_and_the_answer_is_taken_back(new_shop, page, tmp_path):
    with_invoices(new_shop, tmp_path)
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/review?lang=ar")
    owner.get_by_role("button", name="ابحث عن أزواج الآن").click()
    both = owner.locator(".two")
    expect(both).to_be_visible()
    pair = both.inner_text()
    waiting = owner.locator(".empty").inner_text()
    owner.keyboard.press("r")
    expect(owner.locator(".empty")).not_to_have_text(waiting)
    owner.get_by_role("button", name="تراجع", exact=True).click()
    expect(owner.locator(".empty")).to_have_text(waiting)
    expect(both).to_have_text(re.compile(re.escape(pair.split()[0])))


def test_a_viewer_sees_no_phone_anywhere(new_shop, page, tmp_path, wrong):
    named = with_invoices(new_shop, tmp_path)
    accounts = new_shop.accounts
    accounts.add("noura@example.com", "owner", "three small words", name="نورة")
    viewer = accounts.add("viewer@example.com", "viewer", "three other words", name="سالم")
    page.context.add_cookies([{"name": COOKIE, "value": accounts.open_session(viewer), "url": new_shop.url}])
    customer = next(iter(named.values()))
    for path in (
        "/app",
        "/app/customers",
        "/app/ask/customers",
        "/app/ask/top_customers",
        f"/app/customer/{customer}",
        "/app/review",
    ):
        page.goto(f"{new_shop.url}{path}?lang=en")
        settled(page)
        shown = page.content()
        assert not [phone for phone in PHONES if phone in shown], path
    wrong[:] = [one for one in wrong if "403" not in one]


def test_the_owner_sees_what_the_viewer_does_not(new_shop, page, tmp_path):
    with_invoices(new_shop, tmp_path)
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/ask/customers?lang=en")
    settled(owner)
    assert all(phone in owner.content() for phone in PHONES)
