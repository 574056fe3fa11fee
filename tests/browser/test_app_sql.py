"""The console in the app: a statement, its rows and their file, a mistake with its place; closed to who sees customers masked."""

from __future__ import annotations

from playwright.sync_api import expect

from masarat.show.http.door import COOKIE
from tests.support.served import COFFEE


def test_a_statement_is_run_and_taken_away(shop, owner, wrong):
    owner.goto(f"{shop.url}/app/sql?lang=en")
    write = owner.get_by_label("The statement")
    write.fill(
        "SELECT product_names[1] AS product, count() AS n FROM events WHERE notEmpty(product_names) GROUP BY product ORDER BY n DESC"
    )
    write.press("Control+Enter")
    expect(owner.locator(".rows tbody tr").first).to_contain_text(COFFEE)
    with owner.expect_download() as download:
        owner.get_by_role("button", name="CSV").click()
    assert COFFEE in download.value.path().read_text("utf-8-sig")
    write.fill("SELECT nothing_such FROM events")
    owner.get_by_role("button", name="Run").click()
    expect(owner.locator("[role=alert]")).to_contain_text("nothing_such")
    write.fill("DROP TABLE events")
    owner.get_by_role("button", name="Run").click()
    expect(owner.locator("[role=alert]")).to_contain_text("cannot be run")
    wrong[:] = [one for one in wrong if "422" not in one]
    owner.get_by_text("events", exact=True).click()
    expect(owner.locator(".schema").filter(has_text="revenue").first).to_be_visible()


def test_who_sees_customers_masked_runs_none(new_shop, page, wrong):
    accounts = new_shop.accounts
    accounts.add("noura@example.com", "owner", "three small words")
    analyst = accounts.add("sara@example.com", "analyst", "three other words")
    page.context.add_cookies([{"name": COOKIE, "value": accounts.open_session(analyst), "url": new_shop.url}])
    page.goto(f"{new_shop.url}/app/sql?lang=en")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("[role=alert]")).to_contain_text("masked")
    wrong[:] = [one for one in wrong if "403" not in one]


def test_what_is_run_is_written_down(new_shop):
    key = new_shop.accounts.add_key("owner", "owner")
    with new_shop.client(key) as client:
        assert client.post("/v1/sql", json={"sql": "SELECT count() FROM events"}).json()["rows"]
        log = client.get("/v1/audit").json()["entries"]
    assert [one for one in log if "SELECT count() FROM events" in str(one)]
