"""Find a Chromium for the browser tests, or get one: Debian's package where we are root, else Playwright's own download.

`python -m tests.support.chromium` prints the one that will be used, and fails with the remedy where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
REMEDY = "Install Chromium (Debian: apt-get install chromium) or name one in CHROMIUM=/path/to/chromium."


def find() -> str:
    """Path of a Chromium on this machine; empty where there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), "")
    return found or _playwrights_own()


def get() -> str:
    """Path of a Chromium, installed now if need be; empty where that cannot be done."""
    if found := find():
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"],
        ):
            subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL)
        if found := find():
            return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


if __name__ == "__main__":
    chromium = get()
    if not chromium:
        sys.exit(f"The browser tests need a Chromium, and there is none. {REMEDY}")
    print(f"Browser tests use {chromium}")
