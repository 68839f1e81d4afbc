"""A list that is narrowed down."""

import re
from contextlib import suppress

from playwright.sync_api import Error, expect

ROWS = re.compile("/customers/condition\\?")
SUGGESTIONS = re.compile("/customers/condition/suggestions")
FILTER = re.compile("/customers/filter")


class Gate:
    """What is asked of an address goes through it, or waits there as long as it is shut.

    To be made before the page is opened: Chromium may miss a request that a page makes right after it is told to watch.
    """

    def __init__(self, page, address):
        self.routes, self.open = [], True
        page.route(address, lambda route: route.continue_() if self.open else self.routes.append(route))

    def shut(self):
        self.open = False

    def let_go(self):
        self.open = True
        for route in self.routes:
            with suppress(Error):  # asked for again meanwhile
                route.continue_()


def opened(page, address="/customers/"):
    """The box of the filter, opened by its key."""
    page.goto(address)
    page.keyboard.press("f")
    box = page.get_by_label("Condition as a sentence")
    expect(box).to_be_focused()
    return box


def rows_of(page):
    return page.locator("[data-rows] tr")


def test_a_list_is_filtered_with_the_keyboard_and_let_go_again(alice):
    box = opened(alice)
    alice.keyboard.type("cit")
    alice.keyboard.press("Tab")
    expect(box).to_have_value("city ")
    alice.keyboard.press("Tab")
    expect(box).to_have_value("city is ")
    alice.keyboard.type("Zwolle")
    alice.keyboard.press("Enter")
    chip = alice.locator(".chip")
    expect(chip).to_have_text("cityisZwolle")
    expect(rows_of(alice)).to_have_count(6)
    chip.get_by_role("link", name="Remove").focus()
    alice.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(rows_of(alice)).to_have_count(32)


def test_what_is_typed_before_the_suggestions_come_is_kept_in_its_order(alice):
    gate = Gate(alice, SUGGESTIONS)
    box = opened(alice)
    gate.shut()
    alice.keyboard.type("cit")
    alice.keyboard.press("Tab")
    alice.keyboard.press("Tab")
    alice.keyboard.type("Zwolle")
    expect(box).to_have_value("citZwolle")
    alice.keyboard.press("Enter")
    gate.let_go()
    expect(alice.locator(".chip")).to_have_text("cityisZwolle")


def test_letters_typed_before_the_filter_is_there_begin_its_sentence(alice):
    gate = Gate(alice, FILTER)
    alice.goto("/customers/")
    gate.shut()
    with alice.expect_request(FILTER):
        alice.keyboard.press("f")
    alice.keyboard.type("city is Zw")
    gate.let_go()
    box = alice.get_by_label("Condition as a sentence")
    expect(box).to_have_value("city is Zw")
    expect(box).to_be_focused()
    alice.keyboard.type("olle")
    expect(box).to_have_value("city is Zwolle")


def test_the_sentence_and_the_rows_show_each_other(alice):
    box = opened(alice)
    alice.keyboard.type("city is Zwolle")
    expect(alice.get_by_label("Field", exact=True)).to_have_value("city")
    expect(alice.get_by_label("Value", exact=True)).to_have_value("Zwolle")
    alice.get_by_label("How to compare").select_option("contains")
    expect(box).to_have_value("city contains Zwolle")
    alice.get_by_role("button", name="Condition", exact=True).click()
    second = alice.get_by_label("Field", exact=True).nth(1)
    expect(second).to_be_focused()
    second.select_option("@orders:none")
    expect(box).to_have_value("city contains Zwolle and has no orders")


def test_what_was_picked_while_the_rows_are_fetched_is_kept(alice):
    gate = Gate(alice, ROWS)
    opened(alice)
    alice.get_by_label("Field", exact=True).select_option("city")
    how = alice.get_by_label("How to compare")
    expect(how).to_have_value("is")
    gate.shut()
    with alice.expect_request(ROWS):
        how.select_option("is_not")
    value = alice.get_by_label("Value", exact=True)
    value.fill("Zwolle")
    how.select_option("contains")
    with alice.expect_response(ROWS):
        gate.let_go()
    expect(alice.locator("#filter [value=contains][selected]")).to_have_count(1)  # the last answer is there
    expect(how).to_have_value("contains")
    expect(value).to_have_value("Zwolle")
    alice.get_by_role("button", name="Apply").last.click()
    expect(alice.locator(".chip")).to_have_text("citycontainsZwolle")


def test_the_arrows_choose_and_enter_takes_what_they_chose(alice):
    box = opened(alice)
    alice.keyboard.type("city ")
    options = alice.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_have_text("is")
    alice.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "filter-sentence-hit-1")
    alice.keyboard.press("Enter")
    expect(box).to_have_value("city is not ")


def test_escape_closes_it(alice):
    box = opened(alice)
    alice.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(alice.get_by_role("button", name="Filter")).to_be_focused()


def test_a_sentence_that_is_refused_stays_above_the_list(alice):
    box = opened(alice)
    alice.keyboard.type("revenue over veel")
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("alert")).to_contain_text("is not a number")
    expect(box).to_have_value("revenue over veel")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == len("revenue over ")
    expect(rows_of(alice)).to_have_count(32)
    expect(alice).to_have_url(re.compile("/customers/$"))


def test_a_filter_that_nothing_fits_says_so_and_leads_back(alice):
    opened(alice)
    alice.keyboard.type("name is Nobody at all")
    alice.keyboard.press("Enter")
    expect(alice.get_by_text("Nothing here fits the filter")).to_be_visible()
    alice.get_by_role("link", name="Clear the filter").click()
    expect(rows_of(alice)).to_have_count(32)


def test_a_part_of_a_chip_leads_to_its_control_and_more_is_added_behind_it(alice):
    opened(alice)
    alice.keyboard.type("city is Zwolle or city is Utrecht")
    alice.keyboard.press("Enter")
    expect(alice.locator(".chip")).to_have_count(2)
    alice.locator(".chip").nth(1).get_by_text("Utrecht").click()
    expect(alice.get_by_label("Value", exact=True).nth(1)).to_be_focused()
    alice.keyboard.press("Escape")
    alice.keyboard.press("f")
    box = alice.get_by_label("Condition as a sentence")
    expect(box).to_have_value("(city is Zwolle or city is Utrecht) and ")
    alice.keyboard.type("owner is me")
    alice.keyboard.press("Enter")
    expect(alice.locator(".chip").first).to_contain_text("(city is Zwolle or city is Utrecht)")
    expect(alice.locator(".chip")).to_have_count(2)


def test_days_are_picked_in_rows(alice):
    opened(alice, "/orders/")
    alice.get_by_label("Field", exact=True).select_option("placed_at")
    expect(alice.get_by_label("How to compare")).to_be_visible()
    alice.get_by_label("How to compare").select_option("between")
    expect(alice.get_by_label("Second value")).to_have_attribute("type", "date")
    alice.get_by_label("Value", exact=True).fill("2020-03-31")
    alice.get_by_label("Second value").fill("2090-03-31")
    alice.get_by_role("button", name="Apply").last.click()
    expect(alice.locator(".chip")).to_have_text("placedbetween31 Mar 2020 and 31 Mar 2090")
    assert rows_of(alice).count() > 0
