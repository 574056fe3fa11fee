"""Boards in a real browser: pinned from a question, put in order with the keyboard, one period over all, undone, and told when somebody else was quicker."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from masarat.records import boards
from masarat.records.boards import Card
from tests.browser.conftest import sign_in

PATIENCE = 60_000  # ms, for a machine with other work
CARDS = [
    Card("revenue", {"period": "2025-03-01..2025-03-31"}, wide=True),
    Card("products", {"period": "all"}, title="ما يُباع"),
    Card("rfm", {}),
]


def settled(page):
    """Every card has its answer."""
    page.locator("h1").first.wait_for(timeout=PATIENCE)
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=PATIENCE)


def kept(server, number):
    return [(one["question"], one["wide"]) for one in boards.find(server.shop.records, number).cards]


def titles(page):
    return page.locator(".board h2")


def tool(page, card, name):
    """A button of a card."""
    return page.get_by_role("toolbar", name=card).locator(f"[data-tool={name}]")


@pytest.fixture
def board(new_shop):
    return boards.add(new_shop.shop.records, "صباح الأحد", CARDS, "cli")


@pytest.fixture
def arranging(new_shop, page, board):
    """The board, open to be put in order, in English."""
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/board/{board.id}?lang=en")
    settled(owner)
    owner.get_by_role("button", name="Arrange").click()
    return owner


def saved(page, act):
    """Do it, and wait until the server has it."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as told:
        act()
    assert told.value.status == 200


def test_an_answer_is_pinned_as_it_was_asked_and_stands_on_its_board(new_shop, page):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/boards?lang=en")
    expect(owner.get_by_text("No board yet.")).to_be_visible(timeout=PATIENCE)
    owner.goto(f"{new_shop.url}/app/ask/revenue?period=2025-03-01..2025-03-31&by=week&lang=en")
    owner.get_by_role("button", name="Pin").click(timeout=PATIENCE)
    owner.get_by_label("Title of the board").fill("Monday")
    owner.get_by_role("dialog").get_by_role("button", name="Pin").click()
    owner.get_by_role("button", name="Open", exact=True).click()
    settled(owner)
    expect(owner.get_by_role("heading", name="Monday")).to_be_visible()
    expect(owner.locator(".board .sentence")).to_contain_text("SAR 450")
    (made,) = boards.every(new_shop.shop.records)
    assert made.cards == [
        {
            "question": "revenue",
            "parameters": {"period": "2025-03-01..2025-03-31", "by": "week"},
            "title": "",
            "wide": False,
        }
    ]
    titles(owner).get_by_role("link").click()
    expect(owner).to_have_url(f"{new_shop.url}/app/ask/revenue?period=2025-03-01..2025-03-31&by=week")
    owner.get_by_role("button", name="Pin").click()
    expect(owner.get_by_role("button", name="It is pinned there already")).to_be_disabled()


def test_cards_are_moved_with_the_keyboard_which_stays_on_them(new_shop, arranging, board):
    down = tool(arranging, "Revenue", "later")
    down.focus()
    saved(arranging, lambda: arranging.keyboard.press("Enter"))
    expect(titles(arranging).first).to_have_text("ما يُباع")
    expect(down).to_be_focused()
    saved(arranging, lambda: arranging.keyboard.press("Enter"))
    expect(down).to_be_disabled()
    expect(tool(arranging, "Revenue", "earlier")).to_be_focused()
    assert [name for name, _ in kept(new_shop, board.id)] == ["products", "rfm", "revenue"]


def test_cards_are_widened_renamed_and_removed_with_a_way_back(new_shop, arranging, board):
    saved(arranging, tool(arranging, "Revenue", "narrow").click)
    saved(arranging, tool(arranging, "ما يُباع", "widen").click)
    assert kept(new_shop, board.id) == [("revenue", False), ("products", True), ("rfm", False)]
    tool(arranging, "Revenue", "pen").click()
    arranging.get_by_label("Title of the card").fill("March")
    saved(arranging, lambda: arranging.keyboard.press("Enter"))
    expect(titles(arranging).first).to_have_text("March")
    saved(arranging, tool(arranging, "ما يُباع", "away").click)
    expect(titles(arranging)).to_have_count(2)
    saved(arranging, arranging.get_by_role("button", name="Undo").click)
    expect(titles(arranging).nth(1)).to_have_text("ما يُباع")
    arranging.get_by_label("Title of the board").fill("Sunday")
    saved(arranging, lambda: arranging.keyboard.press("Enter"))
    assert boards.find(new_shop.shop.records, board.id).title == "Sunday"


def test_many_quick_changes_are_kept_one_after_another(new_shop, arranging, board):
    for _ in range(2):
        tool(arranging, "Revenue", "narrow").click()
        tool(arranging, "Revenue", "widen").click()
    saved(arranging, tool(arranging, "Revenue", "narrow").click)
    expect(tool(arranging, "Revenue", "widen")).to_be_visible()
    arranging.reload()
    settled(arranging)
    expect(arranging.locator(".board > .wide")).to_have_count(0)


def test_who_was_slower_is_told_and_sees_the_newest(new_shop, arranging, board, wrong):
    boards.change(new_shop.shop.records, board.id, board.version, "Theirs", CARDS[1:], "cli")
    tool(arranging, "Revenue", "narrow").click()
    expect(arranging.get_by_text("Somebody else has changed this board meanwhile")).to_be_visible()
    expect(titles(arranging)).to_have_count(2)
    assert kept(new_shop, board.id) == [("products", False), ("rfm", False)]
    wrong[:] = [one for one in wrong if "409" not in one]  # the console tells of every refusal


def test_one_period_over_all_cards_stands_in_the_address(new_shop, page, board):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/board/{board.id}?period=2025-01-01..2025-01-31&lang=en")
    settled(owner)
    expect(owner.locator(".board .sentence").first).to_contain_text("SAR 200")
    owner.get_by_role("combobox", name="Period").click()
    owner.get_by_role("option", name="As each was pinned").click()
    expect(owner).to_have_url(f"{new_shop.url}/app/board/{board.id}")
    expect(owner.locator(".board .sentence").first).to_contain_text("SAR 450")


def test_a_removed_board_comes_back(new_shop, arranging, board):
    arranging.get_by_role("button", name="Remove the board").click()
    expect(arranging.get_by_text("No board yet.")).to_be_visible()
    assert boards.every(new_shop.shop.records) == []
    arranging.get_by_role("button", name="Undo").click()
    expect(arranging.get_by_role("heading", name="صباح الأحد")).to_be_visible()
    (back,) = boards.every(new_shop.shop.records)
    assert [one["question"] for one in back.cards] == ["revenue", "products", "rfm"]


def test_the_palette_finds_boards(new_shop, page, board):
    owner = sign_in(new_shop, page)
    owner.goto(f"{new_shop.url}/app/boards?lang=ar")
    settled(owner)
    owner.keyboard.press("Control+k")
    owner.get_by_label("ابحث").last.fill("صباح")
    owner.get_by_role("button", name="صباح الأحد").click()
    expect(owner).to_have_url(f"{new_shop.url}/app/board/{board.id}")


def test_who_only_looks_has_no_tools(new_shop, page, board):
    new_shop.accounts.add("sami@example.com", "viewer", "three small words", name="سامي")
    viewer = sign_in(new_shop, page)
    viewer.goto(f"{new_shop.url}/app/board/{board.id}?lang=en")
    settled(viewer)
    expect(titles(viewer)).to_have_count(3)
    expect(viewer.get_by_role("button", name="Arrange")).to_have_count(0)
    viewer.goto(f"{new_shop.url}/app/boards?lang=en")
    expect(viewer.locator(".choice")).to_have_count(1)
    expect(viewer.get_by_label("A new board")).to_have_count(0)
    viewer.goto(f"{new_shop.url}/app/ask/revenue?lang=en")
    settled(viewer)
    expect(viewer.get_by_role("button", name="Pin")).to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_board_fits_its_screen(new_shop, page, board, language):
    owner = sign_in(new_shop, page)
    for width in (390, 1440):
        owner.set_viewport_size({"width": width, "height": 900})
        owner.goto(f"{new_shop.url}/app/board/{board.id}?lang={language}")
        settled(owner)
        owner.get_by_role("button", name="رتّب" if language == "ar" else "Arrange").click()
        assert owner.locator("[role=alert]").count() == 0
        assert owner.locator("body").evaluate("body => body.scrollWidth") <= width
