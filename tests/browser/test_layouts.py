"""Records on a board, on a calendar and on a map."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import seen_by_axe


def lane(page: Page, name: str):
    return page.locator("[data-lane]").filter(has=page.get_by_role("heading", name=name, exact=True))


def drag(page: Page, what, place) -> None:
    """Pick something up with the mouse and put it in the middle of a place."""
    start, end = what.bounding_box(), place.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] - 8)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 80, steps=6)
    expect(page.locator("[data-over]")).to_have_count(1)
    page.mouse.up()


def drawn_anew(page: Page):
    """Waits for the board or calendar as it is after a move."""
    return page.expect_response(lambda answer: "part=1" in answer.url and answer.ok)


def test_a_card_is_dragged_to_another_lane_and_put_back(alice, books):
    alice.goto("/customers/board")
    card = lane(alice, "Customer").locator("[data-card]").first
    name = card.locator("a").first.inner_text()
    with drawn_anew(alice):
        drag(alice, card, lane(alice, "Prospect"))
    expect(alice.get_by_text("Moved to “Prospect”")).to_be_visible()
    expect(lane(alice, "Prospect").get_by_role("link", name=name.split("\n")[-1]).first).to_be_visible()
    expect(lane(alice, "Prospect").locator("small").first).to_have_text("1 customer")
    with alice.expect_navigation():
        alice.get_by_role("button", name="Undo").click()
    expect(lane(alice, "Prospect").locator("[data-card]")).to_have_count(0)


def test_a_card_is_moved_with_the_keyboard_and_keeps_the_focus(alice, books):
    alice.goto("/customers/board")
    alice.keyboard.press("j")
    first = alice.locator("[data-card]:focus-within")
    expect(first).to_have_count(1)
    key = first.get_attribute("data-card")
    with drawn_anew(alice):
        alice.keyboard.press("Shift+H")
    expect(lane(alice, "Prospect").locator(f'[data-card="{key}"]:focus-within')).to_have_count(1)
    alice.keyboard.press("l")
    expect(lane(alice, "Customer").locator("[data-card]:focus-within")).to_have_count(1)


def move_by_menu(page: Page, key: str, to: str) -> None:
    page.locator(f'[data-card="{key}"]').get_by_role("link", name="Move").click()
    with drawn_anew(page):
        page.locator("#move-to").get_by_role("button", name=to).click()


def test_a_card_is_moved_from_its_menu_unless_a_colleague_was_first(visit, books):
    first, second = visit("alice"), visit("alice")
    for page in (first, second):
        page.goto("/customers/board")
    key = lane(first, "Customer").locator("[data-card]").first.get_attribute("data-card")
    move_by_menu(first, key, "Former customer")
    expect(lane(first, "Former customer").locator(f'[data-card="{key}"]')).to_have_count(1)
    move_by_menu(second, key, "Lead")
    expect(second.get_by_text("A colleague changed this to “Former customer” in the meantime")).to_be_visible()
    expect(lane(second, "Lead").locator("[data-card]")).to_have_count(0)
    expect(lane(second, "Former customer").locator(f'[data-card="{key}"]')).to_have_count(1)


def test_a_lane_loads_on_as_it_is_scrolled(alice, books):
    alice.goto("/customers/board")
    cards = lane(alice, "Customer").locator("[data-card]")
    expect(cards).to_have_count(30)
    lane(alice, "Customer").evaluate("(lane) => { lane.scrollTop = lane.scrollHeight; }")
    expect(cards).to_have_count(32)


def test_a_filter_made_on_a_board_stays_with_every_layout(alice, books):
    alice.goto("/customers/board")
    alice.keyboard.press("f")
    box = alice.get_by_label("Condition as a sentence")
    expect(box).to_be_focused()
    box.fill("city is Zwolle")
    box.press("Enter")
    expect(alice).to_have_url(re.compile("/customers/board"))
    expect(alice.locator("[data-card]")).to_have_count(6)
    alice.get_by_role("link", name="List", exact=True).click()
    expect(alice.locator("[data-rows] tr")).to_have_count(6)
    alice.get_by_role("link", name="Calendar", exact=True).click()
    expect(alice.locator(".chip")).to_have_text("cityisZwolle")


def test_a_task_is_dragged_to_another_day_and_put_back(alice, books):
    day = timezone.localdate().replace(day=10)
    alice.goto(f"/tasks/new?title=Count+the+bikes&due_on={day}")
    alice.get_by_role("button", name="Save").click()
    expect(alice.get_by_role("heading", name="Count the bikes")).to_be_visible()
    alice.goto("/tasks/calendar")
    entry = alice.locator("[data-card]").filter(has_text="Count the bikes")
    target = alice.locator(f'[data-day="{day + timedelta(days=1)}"]')
    with drawn_anew(alice):
        drag(alice, entry, target)
    expect(target.get_by_text("Count the bikes")).to_be_visible()
    with drawn_anew(alice):
        target.get_by_role("link", name="Count the bikes").focus()
        alice.keyboard.press("Shift+J")
    expect(alice.locator(f'[data-day="{day + timedelta(days=8)}"]').get_by_text("Count the bikes")).to_be_visible()


def test_axe_finds_nothing_on_boards_calendars_and_maps(alice, books):
    found = []
    for address in (
        "/customers/board",
        "/tasks/board",
        "/tasks/calendar",
        "/orders/calendar?span=week",
        "/customers/map",
        "/customers/map?on=35",
    ):
        alice.goto(address)
        found += seen_by_axe(alice)
    assert found == []


def test_a_phone_shows_them_without_scrolling_the_page_sideways(visit, books):
    phone = visit("alice", phone=True)
    for address in ("/customers/board", "/tasks/calendar", "/interactions/calendar?span=agenda", "/customers/map"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        main = phone.locator("#main")
        assert main.evaluate("(main) => main.scrollWidth <= main.clientWidth"), address
