"""Pictures of the pages and the report, into screens/: `python -m tests.browser.screens DATA`, of a shop that is not served now.

Those that README shows are renewed in docs/images.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pypdfium2 import PdfDocument

from tests.browser.test_app import settled
from tests.support import chromium
from tests.support.served import masarat, serving

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "screens"
SHOWN = ("home-ar", "home-en", "top-customers-ar", "report-ar", "report-en")
PASSWORD = "a-long-sample-password"
PAGES = {
    "home": "/app?period=last_90_days",
    "revenue": "/app/ask/revenue?period=last_365_days&by=week",
    "top-customers": "/app/ask/top_customers?period=last_365_days",
    "rfm": "/app/ask/rfm",
    "products": "/app/ask/products?period=last_90_days",
    "funnel": "/app/ask/funnel",
    "journey": "/app/journey",
    "journey-rows": "/app/ask/journey",
    "lifetime-value": "/app/ask/lifetime_value",
    "customer-value": "/app/ask/customer_value",
    "baskets": "/app/ask/baskets",
    "bundles": "/app/ask/bundles",
    "next-product": "/app/ask/next_product",
    "customers": "/app/customers",
    "customer": "/app/customer/user:1",
    "review": "/app/review",
    "segments": "/app/segments",
    "boards": "/app/boards",
    "maps": "/app/maps",
    "sources": "/app/sources",
    "connect": "/app/connect",
    "questions": "/app/questions",
    "live": "/app/live",
    "sql": "/app/sql",
    "settings": "/app/settings",
    "settings-shop": "/app/settings?tab=shop",
    "settings-users": "/app/settings?tab=users",
    "settings-stages": "/app/settings?tab=stages",
    "settings-backups": "/app/settings?tab=backups",
    "settings-retention": "/app/settings?tab=retention",
    "segment-moves": "/app/ask/segment_moves",
}
WIDTHS = {"": (1280, 800, "light"), "-dark": (1280, 800, "dark"), "-phone": (390, 844, "light")}


def main(data: Path) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    masarat(data, "user", "add", "screens@example.com", "--role", "owner", "--password-stdin", given=PASSWORD)
    with serving(data) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        for suffix, (width, height, scheme) in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            sign_in(page, server.url)
            for name, path in PAGES.items():
                for language in ("ar", "en"):
                    page.goto(
                        f"{server.url}{path}{'&' if '?' in path else '?'}lang={language}", timeout=120_000
                    )
                    settled(page)
                    page.screenshot(path=IMAGES / f"{name}-{language}{suffix}.png", full_page=name != "home")
        browser.close()
    for language in ("ar", "en"):
        report(data, language)
    for name in SHOWN:
        shutil.copy(IMAGES / f"{name}.png", ROOT / "docs" / "images")


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/signin?lang=en")
    page.fill("input[name=email]", "screens@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{url}/app", timeout=120_000)


def report(data: Path, language: str) -> None:
    """One page of the report, with a picture and a table."""
    file = IMAGES / f"report-{language}.pdf"
    masarat(data, "report", "--period", "last_365_days", "--lang", language, "-o", str(file))
    PdfDocument(file)[2].render(scale=1.4).to_pil().save(IMAGES / f"report-{language}.png")
    file.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
