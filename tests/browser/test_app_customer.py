"""One customer in the app: facts put right, tags, consent, relations and files, each with its way back; and what masked roles are not shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from masarat.show.http.door import COOKIE
from tests.browser.conftest import sign_in
from tests.browser.test_app import settled
from tests.browser.test_app_people import PHONES, with_invoices

CONSENT = {"purpose": "marketing", "channel": "email", "source": "form"}


def sign_in_as(server, page, role):
    """A page of somebody of this role."""
    accounts = server.accounts
    if accounts.is_empty():
        accounts.add("noura@example.com", "owner", "three small words", name="نورة")
    user = accounts.add(f"{role}@example.com", role, "three other words", name="سالم")
    page.context.add_cookies([{"name": COOKIE, "value": accounts.open_session(user), "url": server.url}])
    return page


def opened(server, page, identifier="user:1", language="en"):
    page.goto(f"{server.url}/app/customer/{identifier}?lang={language}")
    settled(page)
    return page


def card(page, name):
    return page.get_by_role("region", name=name, exact=True)


def test_a_fact_is_put_right_and_the_change_taken_back(new_shop, page, tmp_path):
    named = with_invoices(new_shop, tmp_path)
    owner = opened(new_shop, sign_in(new_shop, page), named["نورة الشهري"])
    fact = card(owner, "Who they are").locator("dl > div").filter(has=owner.get_by_text("Name", exact=True))
    expect(fact).to_contain_text("as till told it")
    owner.get_by_role("button", name=re.compile("Put right: .Name.$")).click()
    owner.get_by_role("textbox", name="Name", exact=True).fill("نورة بنت سعد")
    fact.get_by_role("button", name="Keep").click()
    expect(fact).to_contain_text("written by hand")
    expect(owner.get_by_role("heading", level=1)).to_have_text("نورة بنت سعد")
    fact.get_by_role("button", name="what others told").click()
    expect(fact.locator(".told")).to_contain_text("نورة الشهري")
    owner.get_by_role("button", name="Undo", exact=True).click()
    expect(fact).to_contain_text("as till told it")
    expect(owner.get_by_role("heading", level=1)).to_have_text("نورة الشهري")


def test_a_tag_is_put_on_taken_off_and_put_back(new_shop, page):
    owner = opened(new_shop, sign_in(new_shop, page), language="ar")
    tags = owner.get_by_role("group", name="الوسوم")
    tags.get_by_role("button", name="وسم").click()
    tags.locator("input").fill("مهم")
    tags.get_by_role("button", name="احفظ").click()
    expect(tags.locator(".tag")).to_have_text("مهم")
    tags.get_by_role("button", name="أزل الوسم").click()
    expect(tags.locator(".tag")).to_have_count(0)
    owner.get_by_role("button", name="تراجع").click()
    expect(tags.locator(".tag")).to_have_text("مهم")
    assert new_shop.shop.customers.show("user:1")["tags"] == ["مهم"]


def test_a_yes_is_recorded_with_its_evidence_and_a_no_elsewhere_stands(new_shop, page):
    owner = opened(new_shop, sign_in(new_shop, page))
    expect(owner.locator(".standing")).to_contain_text("Never asked")

    def tell(evidence, yes=True):
        owner.get_by_role("button", name="Record what they say").click()
        if not yes:
            owner.get_by_text("They do not agree").click()
        owner.get_by_label("How do we know?").fill(evidence)
        owner.get_by_role("dialog").get_by_role("button", name="Keep").click()
        expect(owner.get_by_role("dialog")).to_have_count(0)

    tell("she called on 3 March")
    expect(card(owner, "What they agreed to")).to_contain_text("by e-mail")
    expect(owner.locator(".standing")).to_contain_text("Agreed")
    tell("she called again", yes=False)
    expect(owner.locator(".standing")).to_contain_text("Said no")
    assert [(one.status, one.evidence) for one in new_shop.shop.records.consent.of(["user:1"])] == [
        ("granted", "she called on 3 March"),
        ("withdrawn", "she called again"),
    ]
    key = new_shop.accounts.add_key("forms", "owner")
    with new_shop.client(key) as client:
        said = client.post("/v1/consents", json={**CONSENT, "identifier": "user:1", "status": "denied"})
        assert said.status_code == 200, said.text
    tell("she says yes")
    expect(owner.get_by_text("the stricter stands")).to_be_visible()
    expect(owner.locator(".standing")).to_contain_text("Said no")


def test_a_relation_is_told_seen_from_the_other_side_and_brought_back(new_shop, page):
    owner = opened(new_shop, sign_in(new_shop, page))
    bonds = card(owner, "Related to")
    owner.get_by_role("button", name="Add somebody").click()
    owner.get_by_label("The other's phone, e-mail or number").fill("user:2")
    owner.get_by_role("combobox", name="How they belong together").click()
    owner.get_by_role("option", name="company").click()
    owner.get_by_label("Role, if any").fill("buyer")
    bonds.get_by_role("button", name="Keep").click()
    expect(bonds).to_contain_text("user:2")
    owner.get_by_role("link", name="user:2").click()
    expect(owner).to_have_url(re.compile("/app/customer/user:2$"))
    expect(bonds).to_contain_text("user:1")
    bonds.get_by_role("button", name="Take the relation with").click()
    expect(bonds).to_contain_text("They belong with nobody yet")
    owner.get_by_role("button", name="Undo", exact=True).click()
    expect(bonds).to_contain_text("user:1")
    (told,) = new_shop.shop.customers.show("user:1")["relations"]
    assert (told["with"], told["kind"], told["side"], told["role"]) == ("user:2", "company", "one", "buyer")


def test_a_file_is_attached_fetched_and_deleted_after_a_question(new_shop, page, tmp_path):
    contract = tmp_path / "عقد <b>2026.txt"
    contract.write_text("بنود العقد", "utf-8")
    owner = opened(new_shop, sign_in(new_shop, page))
    files = card(owner, "Files")
    files.locator("input[type=file]").set_input_files(contract)
    link = files.get_by_role("link")
    expect(link).to_have_text(contract.name)
    with owner.expect_download() as download:
        link.click()
    assert download.value.path().read_text("utf-8") == "بنود العقد"
    files.get_by_role("button", name=re.compile("Delete .عقد")).click()
    files.get_by_role("button", name="Cancel").click()
    expect(link).to_have_count(1)
    files.get_by_role("button", name=re.compile("Delete .عقد")).click()
    files.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(link).to_have_count(0)
    assert new_shop.shop.customers.show("user:1")["files"] == []


def test_a_join_says_what_comes_together_and_is_taken_back_days_later(new_shop, page, tmp_path):
    named = with_invoices(new_shop, tmp_path)
    one, other = named["نورة الشهري"], named["نورا الشهري"]
    new_shop.shop.customers.note(one, "تتصل مساءً", "x")
    owner = opened(new_shop, sign_in(new_shop, page), one)
    owner.get_by_role("button", name="Join with another customer").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_label("The other's phone").fill("0504445556")
    dialog.get_by_role("button", name="Show").click()
    expect(dialog).to_contain_text(re.compile("2. orders come together"))
    expect(dialog).to_contain_text("one note, tag or file")
    assert len(new_shop.shop.customers.members(one)) == len(new_shop.shop.customers.members(other)), (
        "a look changes nothing"
    )
    dialog.get_by_role("button", name="Join them").click()
    expect(owner.locator(".who")).to_contain_text("are one customer")
    assert new_shop.shop.customers.members(one) == new_shop.shop.customers.members(other)
    opened(new_shop, owner, other)  # a new page: the notice with its way back is long gone
    owner.get_by_role("button", name="Take back:").click()
    expect(owner.locator(".who")).not_to_contain_text("are one customer")
    owner.goto(f"{new_shop.url}/app/customers?q=الشهري&lang=en")
    expect(owner.locator(".person")).to_have_count(2)
    assert set(new_shop.shop.customers.members(one)).isdisjoint(new_shop.shop.customers.members(other))


def test_answers_to_pairs_are_listed_and_taken_back_by_a_key(new_shop, page, tmp_path):
    with_invoices(new_shop, tmp_path)
    new_shop.shop.review.refresh("en")
    waiting = new_shop.shop.review.page("en")["count"]
    assert waiting
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/review?lang=en")
    owner.locator(".two").wait_for()
    owner.keyboard.press("r")
    answered = card(owner, "Answered last")
    expect(answered.locator("li")).to_have_count(1)
    expect(answered).to_contain_text("Two customers")
    owner.reload()
    expect(answered.locator("li")).to_have_count(1)
    owner.keyboard.press("u")
    expect(answered).to_have_count(0)
    assert new_shop.shop.review.page("en")["count"] == waiting


def test_whoever_sees_customers_masked_sees_no_phone_and_is_offered_nothing_that_fails(
    new_shop, page, tmp_path
):
    named = with_invoices(new_shop, tmp_path)
    one = named["نورة الشهري"]
    contract = tmp_path / "contract.txt"
    contract.write_text("0501112223", "utf-8")
    new_shop.shop.customers.attach(one, contract, "x")
    new_shop.shop.customers.note(one, "جوالها الآخر 0559876543", "x")
    new_shop.shop.review.refresh("en")
    analyst = sign_in_as(new_shop, page, "analyst")
    for path in (f"/app/customer/{one}", "/app/customers?q=C-5", "/app/review"):
        page.goto(f"{new_shop.url}{path}{'&' if '?' in path else '?'}lang=en")
        settled(page)
        page.locator(".known, .person, .two").first.wait_for()
        shown = page.content()
        assert "•••" in shown, path
        assert not [phone for phone in PHONES if phone in shown], path
    opened(new_shop, analyst, one)
    assert card(analyst, "Files").get_by_role("link").count() == 0
    card(analyst, "Who they are").get_by_role("button", name="And what is not known").click()
    expect(analyst.get_by_role("button", name=re.compile("Put right: .City.$"))).to_have_count(1)
    assert analyst.get_by_role("button", name=re.compile("Put right: .Phone.$")).count() == 0
    masked = analyst.locator(".who li:has(> bdi:text-matches('^phone:'))")
    expect(masked).to_have_count(1)
    assert masked.get_by_role("button").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_profile_with_everything_fits_its_screen(new_shop, page, tmp_path, width, language):
    named = with_invoices(new_shop, tmp_path)
    one, other = named.values()
    customers = new_shop.shop.customers
    customers.tag(one, ["عميل مهم جدًا", "wholesale"], "x")
    customers.relate(one, other, "family", "x", role="أختها")
    customers.attach(
        one, tmp_path / "invoices.csv", "x", name="a-very-long-name-without-any-place-to-break-" * 2 + ".csv"
    )
    customers.write_fact(one, "company", "شركةبلافراغاتشركةبلافراغاتشركةبلافراغات", "x")
    page.set_viewport_size({"width": width, "height": 900})
    owner = opened(new_shop, sign_in(new_shop, page), one, language)
    owner.locator(".who li").first.wait_for()
    assert owner.locator("[role=alert]").count() == 0
    assert owner.locator("body").evaluate("body => body.scrollWidth") <= width
