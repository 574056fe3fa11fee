"""A shop in which every text that a stranger can send is hostile: on no page does it run, fetch, break out of its place, or hide."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import polars as pl
import pytest
from playwright.sync_api import expect

from masarat.analyse import ANALYSES
from masarat.events import COLUMNS, EVENT_NAMES, REQUIRED
from masarat.words import LANGUAGES
from tests.browser.conftest import sign_in
from tests.browser.test_app import PAGES, settled
from tests.support.inside import inside
from tests.support.people import trait
from tests.support.shop import event, order, write

RUNS = "window.hacked = true"
TEXTS = (
    f"<script>{RUNS}</script>",
    f'"><img src=https://evil.example.com/x onerror="{RUNS}">',
    f"<svg onload='{RUNS}'><a href=\"javascript:{RUNS}\">x</a></svg>",
    "\u202egnp.exe \u2066\u200b زر\u0301",
    "{ $customer } {0} {{ 7*7 }} ${7*7} %s %(name)s",
    "=cmd|' /C calc'!A0",
    "+966@SUM(1+1)*",
    "x" * 300,
    "👩‍👩‍👧‍👦 'quoted' \"twice\" & \\ ` | < >",
    "]]></style><style>*{display:none}</style>",
)
MARK = "<script>"  # of what is to be read as it is
DAY = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
KEYS = (
    "title",
    "query",
    "page",
    "rating",
    "score",
    "comment",
    "step",
    "reason",
    "channel",
    "position",
    "plan",
    "text",
    *TEXTS[:5],
)
FREE = [
    name
    for name, kind in COLUMNS.items()
    if kind == pl.String and name not in (*REQUIRED, "currency", "props", "received_at")
]
NAMES = re.compile(r"^-?[\d,.\u066b\u066c]+[%٪]?$")  # a figure may begin with a minus
ALLOWED = {"svg", "g", "path", "rect", "line", "circle", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "pattern",
           "linearGradient", "stop", "clipPath", "style", "font-face", "use", "ellipse"}  # fmt: skip


def hostile_events():
    """Every move there is, and one that nobody knows, of customers with hostile names, each text column hostile in turn."""
    names = [*EVENT_NAMES, TEXTS[0]]
    for number, text in enumerate(TEXTS):
        for place, name in enumerate(names):
            other = TEXTS[(number + place) % len(TEXTS)]
            when = (DAY - timedelta(days=1 + (place * 7 + number * 3) % 80, minutes=place)).isoformat()
            columns = dict.fromkeys(FREE, other) | {
                "session_id": f"{text} {place % 9}",
                "product_ids": [other, text], "product_names": [text, other], "product_categories": [other, text],
                "product_quantities": [1, 2], "product_revenues": [10, 20],
                "source": other, "props": json.dumps(dict.fromkeys(KEYS, other) | {"rating": 4}),
            }  # fmt: skip
            made = (
                order(f"user:{text}", when, 30 + number, **columns)
                if name == "Order Completed"
                else event(name, f"user:{text}", when, **columns)
            )
            yield {**made, "event_id": f"{number} {place}"}


@pytest.fixture(scope="module")
def shop(engine, tmp_path_factory):
    store = engine.store()
    write(store, hostile_events())
    for number, text in enumerate(TEXTS):
        for fact in (
            "name",
            "email",
            "phone",
            "city",
            "country",
            "gender",
            "birthday",
            "company",
            TEXTS[(number + 1) % len(TEXTS)],
        ):
            trait(store, f"user:{text}", fact, TEXTS[(number + 2) % len(TEXTS)])
    bad = {"row_key": list(TEXTS), "source": list(TEXTS), "raw": [json.dumps({text: text}) for text in TEXTS], "reason": list(TEXTS),
           "ts": [DAY] * len(TEXTS)}  # fmt: skip
    store.insert("quarantine", pl.DataFrame(bad))
    with inside(store, tmp_path_factory.mktemp("hostile")) as server:
        server.shop.meet_sales()
        server.shop.identity.fold()
        with server.client(server.accounts.add_key("writes", "owner")) as client:
            day = DAY.date() - timedelta(days=3)
            for text in TEXTS[:4]:
                kept = text.replace("\u200b", "")
                for path, body in (
                    ("annotations", {"day": str(day), "text": kept[:200]}),
                    ("boards", {"title": kept[:100], "cards": [{"question": "products", "parameters": {}}]}),
                    ("maps", {"title": kept[:100], "persona": {"name": kept[:80], "about": kept}, "stages": [{"title": kept[:80], "goal": kept, "emotion": 1}]}),
                    ("segments", {"name": f"s{len(text)}", "title": kept[:100], "question": "top_customers", "parameters": {}}),
                ):  # fmt: skip
                    told = client.post(f"/v1/{path}", json=body)
                    assert told.status_code < 300, (path, told.text)
        yield server


class Tags(HTMLParser):
    """What of a page could run or fetch that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        runs = [name for name in given if name.startswith("on")]
        links = [
            value or ""
            for name, value in attributes
            if name in ("href", "src", "action", "formaction", "xlink:href")
        ]
        led = [link for link in links if re.match(r"\s*(javascript|data|https?|//)", link, re.IGNORECASE)]
        if (
            runs
            or led
            or (tag == "script" and not (given.get("src") or "").startswith("/"))
            or tag in ("iframe", "object", "embed", "base")
        ):
            self.strange.append(f"{tag} {given}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_carries_anything_that_runs(shop, language):
    wrong, seen = {}, 0
    with shop.client(shop.accounts.add_key(f"asks {language}", "owner")) as client:
        for kind in ANALYSES:
            told = client.get(f"/v1/look/{kind.name}?lang={language}")
            if told.status_code != 200:
                wrong[kind.name] = told.text[:300]
                continue
            look = told.json()
            seen += MARK in json.dumps(look["rows"])
            for drawn in filter(None, (look["picture"], look["small"])):
                for one in ElementTree.fromstring(drawn).iter():
                    name = one.tag.rpartition("}")[2]
                    if name not in ALLOWED or any(
                        word.startswith("on") or word.endswith("href") for word in one.attrib
                    ):
                        wrong[kind.name] = f"{name} {one.attrib}"
            page = Tags()
            page.feed(client.get(f"/ask/{kind.name}?lang={language}", headers={"Accept": "text/html"}).text)
            if page.strange:
                wrong[f"page of {kind.name}"] = page.strange[:3]
            sheet = client.get(f"/v1/ask/{kind.name}.csv?language={language}").text.removeprefix("\ufeff")
            cells = [
                cell.strip("\u2066\u2067\u2068\u2069 ")
                for row in csv.reader(io.StringIO(sheet))
                for cell in row
            ]
            if run := [
                cell
                for cell in cells
                if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                and not NAMES.match(cell)
                and len(cell) > 1
            ]:
                wrong[f"sheet of {kind.name}"] = run[:3]
    assert not wrong
    assert seen >= 10, "the hostile texts are in the answers, as they are"


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1440)])
def test_no_page_runs_or_fetches_what_strangers_wrote(shop, page, language, width):
    owner, read = sign_in(shop, page), 0
    owner.on("dialog", lambda dialog: pytest.fail("a script of a stranger ran"))
    owner.set_viewport_size({"width": width, "height": 900})
    with shop.client(shop.accounts.add_key(f"reads {language}", "owner")) as client:
        board, map_ = (client.get(f"/v1/{one}").json()[one][0]["id"] for one in ("boards", "maps"))
    asked = (
        "customers",
        "top_customers",
        "paths",
        "flow_graph",
        "breakdown",
        "rfm",
        "searches",
        "sessions",
        "cohorts",
        "payments",
        "coupons",
    )
    for path in (*PAGES, f"/app/board/{board}", f"/app/maps/{map_}", *(f"/app/ask/{one}" for one in asked),
                 "/app/settings?tab=log", "/app/settings?tab=retention"):  # fmt: skip
        owner.goto(f"{shop.url}{path}{'&' if '?' in path else '?'}lang={language}")
        settled(owner)
        assert owner.evaluate("window.hacked") is None, path
        assert owner.locator("img[src*=evil], [onload], [onerror]").count() == 0, path
        assert owner.locator("body").evaluate("body => body.scrollWidth") <= width, path
        read += MARK in owner.locator("body").inner_text()
    assert read >= 10, "the hostile texts are read as they are"


def test_a_hostile_customer_is_opened_from_a_row(shop, page):
    owner = sign_in(shop, page)
    owner.goto(f"{shop.url}/app/ask/top_customers?lang=ar")
    settled(owner)
    for place in range(3):
        owner.locator(".rows td a").nth(place).click()
        expect(owner).to_have_url(re.compile("/app/customer/"))
        settled(owner)
        assert owner.locator("[role=alert]").count() == 0
        assert owner.evaluate("window.hacked") is None
        owner.go_back()
        settled(owner)
