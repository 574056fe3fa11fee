"""The app in a real browser: its pages in both languages, light and dark, on a phone and a desk; what it finds, asks and keeps."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import expect

from masarat.show.http.browser import APP
from tests.browser.conftest import sign_in
from tests.support.served import COFFEE

PAGES = (
    "/app",
    "/app/s/behaviour",
    "/app/customers",
    "/app/segments",
    "/app/review",
    "/app/sources",
    "/app/connect",
    "/app/connect/salla",
    "/app/sql",
    "/app/questions",
    "/app/live",
    "/app/settings",
    "/app/maps",
    "/app/journey",
    "/app/ask/revenue",
    "/app/ask/products",
    "/app/ask/funnel",
    "/app/boards",
)
PATIENCE = 60_000  # ms, for a machine with other work
SCRIPT_BYTES = 250_000  # of all that is loaded before an answer stands, packed
FIRST_BYTES = 200_000  # of what the first page loads
LATER = "pointing"  # comes when the pictures stand


def settled(page):
    """Everything the page waits for has come."""
    page.locator(".sentence, .choice, .empty, .schema, .curve, [role=alert]").first.wait_for(timeout=PATIENCE)
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_fit_their_screen(shop, owner, width, scheme, language):
    owner.set_viewport_size({"width": width, "height": 900})
    owner.emulate_media(color_scheme=scheme)
    for path in PAGES:
        owner.goto(f"{shop.url}{path}?lang={language}")
        settled(owner)
        expect(owner.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        assert owner.locator("[role=alert]").count() == 0, path
        assert owner.locator("body").evaluate("body => body.scrollWidth") <= width, path
        paper = owner.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(18, 22, 31)"}[scheme]


def test_a_question_is_asked_anew_and_its_address_tells_how(shop, owner):
    owner.goto(f"{shop.url}/app/ask/revenue?lang=en")
    settled(owner)
    expect(owner.locator(".sentence")).to_contain_text("SAR 790")
    owner.get_by_role("combobox", name="By", exact=True).click()
    owner.get_by_role("option", name="week").click()
    expect(owner).to_have_url(f"{shop.url}/app/ask/revenue?by=week")
    settled(owner)
    expect(owner.get_by_role("combobox", name="By", exact=True)).to_have_value("week")
    owner.goto(f"{shop.url}/app/ask/revenue?period=2025-03-01..2025-03-31&lang=en")
    expect(owner.locator(".sentence")).to_contain_text("SAR 450")
    owner.get_by_text("How this was computed").click()
    expect(owner.locator("h3").first).to_be_visible()
    owner.get_by_text("Start over").click()
    expect(owner.locator(".sentence")).to_contain_text("SAR 790")


def test_what_cannot_be_asked_is_said_with_the_controls_to_mend_it(shop, owner, wrong):
    owner.goto(f"{shop.url}/app/ask/revenue?by=fortnight&lang=en")
    expect(owner.locator("[role=alert]")).to_contain_text("by")
    owner.get_by_text("Start over").click()
    expect(owner.locator(".sentence")).to_contain_text("SAR 790")
    wrong[:] = [one for one in wrong if "422" not in one]  # the console tells of every refusal


def test_rows_are_sorted_by_their_heads(shop, owner):
    owner.goto(f"{shop.url}/app/ask/revenue?lang=en")
    settled(owner)
    rows = owner.locator("tbody tr")
    head = owner.get_by_role("columnheader", name="Net revenue")
    expect(rows.first).to_contain_text("January")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text("March")
    head.get_by_role("button").click()
    expect(rows.first).to_contain_text("February")
    head.get_by_role("button").click()
    expect(rows.first).to_contain_text("January")
    expect(head).to_have_attribute("aria-sort", "none")


def test_the_rows_can_be_taken_away(shop, owner):
    owner.goto(f"{shop.url}/app/ask/products?lang=ar")
    settled(owner)
    owner.get_by_role("button", name="نزّل").click()
    with owner.expect_download() as download:
        owner.get_by_role("menuitem", name="CSV").click()
    assert COFFEE in download.value.path().read_text("utf-8-sig")


def test_the_palette_finds_questions_and_customers(shop, owner):
    owner.goto(f"{shop.url}/app?lang=en")
    settled(owner)
    owner.keyboard.press("Control+k")
    owner.get_by_label("Find").last.fill("abandoned")
    owner.keyboard.press("ArrowDown")
    owner.keyboard.press("Enter")
    expect(owner).to_have_url(f"{shop.url}/app/ask/abandoned_carts")


def test_a_customer_is_found_and_noted_and_the_note_comes_back(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/customers?lang=en")
    owner.get_by_role("searchbox").fill("user:1")
    owner.locator(".person").first.click()
    expect(owner).to_have_url(f"{new_shop.url}/app/customer/user:1")
    owner.get_by_label("Write what your colleagues should know").fill("تحب القهوة <b>المرة</b>")
    owner.get_by_role("button", name="Keep").click()
    expect(owner.locator(".said")).to_have_text("تحب القهوة <b>المرة</b>")
    owner.get_by_role("button", name="Remove").click()
    expect(owner.locator(".said")).to_have_count(0)
    owner.get_by_role("button", name="Undo").click()
    expect(owner.locator(".said")).to_have_text("تحب القهوة <b>المرة</b>")


def test_who_is_not_signed_in_sees_the_way_in(shop, page):
    page.goto(f"{shop.url}/app/ask/revenue?period=2025")
    expect(page.locator("[name=password]")).to_be_visible()
    assert "next=" in page.url


@pytest.mark.parametrize(
    "path", ["/app/ask/products", "/app/ask/top_customers", "/app/ask/customers", "/app/segments"]
)
def test_hostile_names_are_only_names(shop, owner, path):
    owner.on("dialog", lambda dialog: pytest.fail("a script of a stranger ran"))
    owner.goto(f"{shop.url}{path}?lang=ar")
    settled(owner)
    assert owner.locator("script:not([src^='/assets/'])").count() == 0
    expect(owner.locator("body")).to_contain_text("<script>alert(")


@pytest.mark.parametrize(("where", "most"), [("", FIRST_BYTES), ("/ask/revenue", SCRIPT_BYTES)])
def test_what_is_loaded_first_is_small(shop, owner, where, most):
    asked: list[str] = []
    owner.on("request", lambda request: asked.append(request.url))
    owner.goto(f"{shop.url}/app{where}?lang=ar")
    settled(owner)
    scripts = {APP / "assets" / url.rpartition("/")[2] for url in asked if url.endswith(".js")}
    first = [file for file in scripts if not file.name.startswith(LATER)]
    assert first
    assert sum(len(gzip.compress(file.read_bytes())) for file in first) < most


@pytest.mark.parametrize(("language", "revenue"), [("ar", "الإيرادات"), ("en", "Revenue")])
def test_figures_that_are_known_stand_before_the_app_does(shop, browser, page, wrong, language, revenue):
    """Read and gone on from without any script; and away when the app's own stand."""
    address = f"{shop.url}/app?period=last_365_days&lang={language}"
    with shop.client(shop.accounts.add_key(f"asks {language}", "owner")) as client:
        assert (
            'id="drawn"' not in client.get(f"/app?period=last_90_days&lang={language}").text
        )  # nobody waits for it
        for name, by in (("insights", ""), ("revenue", "&by=month")):
            assert client.get(f"/v1/look/{name}?period=last_365_days&lang={language}{by}").status_code == 200
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    bare = sign_in(shop, context.new_page())
    bare.goto(address)
    drawn = bare.locator("#drawn")
    expect(drawn.locator(".tiles .figure").first).to_be_visible()
    expect(drawn.locator(".picture .tight svg")).to_be_visible()
    assert bare.locator("body").evaluate("body => body.scrollWidth") <= 390
    drawn.get_by_role("link", name=revenue).click()
    expect(bare).to_have_url(re.compile("/app/ask/revenue.*period=last_365_days"))
    context.close()
    owner = sign_in(shop, page)
    owner.goto(address)
    settled(owner)
    expect(owner.locator("#drawn")).to_have_count(0)
    expect(owner.get_by_role("heading", name=revenue)).to_be_visible()


@pytest.mark.parametrize("period", ["", "last_365_days"])
def test_what_the_first_page_asks_is_begun_with_it_and_once(shop, owner, period):
    """The server's list of it is the page's own: nothing is asked twice, nothing for nothing, nothing late."""
    asked: list[str] = []
    owner.on("request", lambda request: asked.append(request.url.removeprefix(shop.url)))
    owner.goto(f"{shop.url}/app?lang=en{period and f'&period={period}'}")
    settled(owner)
    begun = owner.locator("link[rel=preload][as=fetch]").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    looked = [path for path in asked if path.startswith("/v1/")]
    assert len(begun) > 10
    assert len(looked) == len(set(looked))
    assert set(begun) < set(looked)
    later = {path.partition("?")[0] for path in set(looked) - set(begun)}
    assert later == {"/v1/look/at_risk", "/v1/look/abandoned_carts"}  # once it is known who may see people
