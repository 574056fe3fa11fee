"""Whoever cannot see or point can use the app as well: every page by axe, after WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.test_app import PAGES, settled

AXE = Path(__file__).parents[1] / "sdks" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("ar", "light", 390), ("ar", "dark", 1440), ("en", "dark", 390), ("en", "light", 1440)],
)
def test_nothing_keeps_anybody_out(shop, owner, language, scheme, width):
    owner.set_viewport_size({"width": width, "height": 900})
    owner.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    axe, found = AXE.read_text("utf-8"), []
    for path in (*PAGES, "/app/customer/user:1"):
        owner.goto(f"{shop.url}{path}?lang={language}")
        settled(owner)
        owner.evaluate(axe)
        wrong = owner.evaluate(
            "rules => axe.run({ runOnly: { type: 'tag', values: rules } }).then(done => done.violations)",
            list(RULES),
        )
        found += [
            (
                path,
                one["id"],
                node["html"][:160],
                (node["any"] or node["all"] or [{}])[0].get("message", "")[:160],
            )
            for one in wrong
            for node in one["nodes"][:3]
        ]
    assert not found, "\n".join(map(str, found))
