"""Pictures of the pages and the report, into screens/: `python -m tests.browser.screens DATA`, of a shop that is not served now.

Those that README shows are renewed in docs/images.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pypdfium2 import PdfDocument

from tests.support import chromium
from tests.support.served import masarat, serving

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "screens"
SHOWN = ("home-ar", "home-en", "top-customers-ar", "report-ar", "report-en")
PASSWORD = "a-long-sample-password"
PAGES = {
    "home": "/",
    "revenue": "/ask/revenue?period=last_365_days&by=week",
    "top-customers": "/ask/top_customers?period=last_365_days",
    "rfm": "/ask/rfm",
    "products": "/ask/products?period=last_90_days",
    "sources": "/sources",
}
WIDTHS = {"": (1280, 800), "-phone": (390, 844)}


def main(data: Path) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    masarat(data, "user", "add", "screens@example.com", "--role", "owner", "--password-stdin", given=PASSWORD)
    with serving(data) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        for suffix, (width, height) in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            sign_in(page, server.url)
            for name, path in PAGES.items():
                for language in ("ar", "en"):
                    page.goto(
                        f"{server.url}{path}{'&' if '?' in path else '?'}lang={language}", timeout=120_000
                    )
                    page.screenshot(path=IMAGES / f"{name}-{language}{suffix}.png", full_page=bool(suffix))
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
    page.wait_for_url(f"{url}/", timeout=120_000)


def report(data: Path, language: str) -> None:
    """One page of the report, with a picture and a table."""
    file = IMAGES / f"report-{language}.pdf"
    masarat(data, "report", "--period", "last_365_days", "--lang", language, "-o", str(file))
    PdfDocument(file)[2].render(scale=1.4).to_pil().save(IMAGES / f"report-{language}.png")
    file.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
