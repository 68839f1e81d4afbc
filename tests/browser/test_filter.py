"""A list that is narrowed down."""

import re
from contextlib import suppress

from playwright.sync_api import Error, expect


class Gate:
    """What is asked of the filter goes through it, or waits there as long as it is shut.

    To be made before the page is opened: Chromium may miss a request that a page makes right after it is told to watch.
    """

    def __init__(self, page):
        self.routes, self.open = [], True
        page.route("**/customers/filter*", lambda route: route.continue_() if self.open else self.routes.append(route))

    def shut(self):
        self.open = False

    def let_go(self):
        self.open = True
        for route in self.routes:
            with suppress(Error):  # asked for again meanwhile
                route.continue_()


def test_a_list_is_filtered_with_the_keyboard_and_let_go_again(alice):
    alice.goto("/customers/")
    alice.keyboard.press("f")
    expect(alice.get_by_label("Field")).to_be_focused()
    with alice.expect_response("**/customers/filter?*"):
        alice.get_by_label("Field").select_option("city")
        alice.keyboard.press("Tab")
    expect(alice.get_by_label("How to compare")).to_be_focused()
    alice.keyboard.press("Tab")
    expect(alice.get_by_label("Value")).to_be_focused()
    alice.keyboard.type("Zwolle")
    alice.keyboard.press("Enter")
    chip = alice.locator(".chip")
    expect(chip).to_have_text("cityisZwolle")
    expect(alice.locator("[data-rows] tr")).to_have_count(6)
    chip.get_by_role("link", name="Remove").focus()
    alice.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(alice.locator("[data-rows] tr")).to_have_count(32)


def test_the_way_of_comparing_keeps_the_focus_when_it_is_changed(alice):
    alice.goto("/customers/")
    alice.keyboard.press("f")
    how = alice.get_by_label("How to compare")
    how.focus()
    how.select_option("is_empty")
    expect(alice.get_by_label("Value")).to_have_count(0)
    expect(how).to_be_focused()


def test_escape_closes_it(alice):
    alice.goto("/customers/")
    alice.keyboard.press("f")
    expect(alice.get_by_label("Field")).to_be_focused()
    alice.keyboard.press("Escape")
    expect(alice.get_by_label("Field")).to_have_count(0)
    expect(alice.get_by_role("button", name="Filter")).to_be_focused()


def test_a_value_that_is_refused_stays_in_the_filter_above_the_list(alice):
    alice.goto("/customers/")
    alice.keyboard.press("f")
    alice.get_by_label("Field").select_option("revenue")
    expect(alice.get_by_label("Value")).to_be_visible()
    with alice.expect_response("**/customers/filter?*"):
        alice.keyboard.press("Tab")
    alice.get_by_label("Value", exact=True).fill("veel")
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("alert")).to_be_visible()
    expect(alice.get_by_label("Value", exact=True)).to_have_value("veel")
    expect(alice.locator("[data-rows] tr")).to_have_count(32)
    expect(alice).to_have_url(re.compile("/customers/$"))


def test_a_filter_that_nothing_fits_says_so_and_leads_back(alice):
    alice.goto("/customers/")
    alice.keyboard.press("f")
    alice.get_by_label("Value").fill("Nobody at all")
    alice.keyboard.press("Enter")
    expect(alice.get_by_text("Nothing here fits the filter")).to_be_visible()
    alice.get_by_role("link", name="Clear the filter").click()
    expect(alice.locator("[data-rows] tr")).to_have_count(32)


def test_a_list_is_narrowed_down_to_what_came_after_a_day(alice):
    alice.goto("/orders/filter?field=placed_at&op=after")
    value = alice.get_by_label("Value", exact=True)
    expect(value).to_have_attribute("type", "date")
    value.fill("2020-03-31")
    value.press("Enter")
    expect(alice.locator(".chip")).to_have_text("placedafter31 Mar 2020")
    assert alice.locator("[data-rows] tr").count() > 0


def test_two_days_hold_what_came_between(alice):
    alice.goto("/customers/filter?field=last_contact_at&op=between")
    alice.get_by_label("Value", exact=True).fill("2020-03-01")
    alice.get_by_label("Second value").fill("2020-03-31")
    alice.get_by_role("button", name="Apply").click()
    expect(alice.locator(".chip")).to_contain_text("between")
    expect(alice.get_by_text("Nothing here fits the filter")).to_be_visible()


def with_the_fields_of_a_city_held_up(alice):
    """The filter after its field was picked by keyboard: what belongs to it is asked for, and doesn't come yet."""
    gate = Gate(alice)
    alice.goto("/customers/")
    alice.keyboard.press("f")
    expect(alice.get_by_label("Field")).to_be_focused()
    gate.shut()
    with alice.expect_request("**/customers/filter?*"):
        alice.get_by_label("Field").select_option("city")
        alice.keyboard.press("Tab")
    return gate


def test_letters_typed_while_the_fields_are_fetched_are_kept(alice):
    gate = with_the_fields_of_a_city_held_up(alice)
    alice.keyboard.press("Tab")
    alice.keyboard.type("Zwolle")
    gate.let_go()
    expect(alice.get_by_label("Field")).to_have_value("city")
    expect(alice.locator("#filter [value=city][selected]")).to_have_count(1)  # the answer is there
    expect(alice.get_by_label("Value")).to_have_value("Zwolle")
    expect(alice.get_by_label("Value")).to_be_focused()
    alice.keyboard.press("Enter")
    expect(alice.locator(".chip")).to_have_text("cityisZwolle")


def test_a_way_of_comparing_that_was_picked_meanwhile_is_kept(alice):
    gate = with_the_fields_of_a_city_held_up(alice)
    alice.get_by_label("How to compare").select_option("contains")
    gate.let_go()
    expect(alice.get_by_label("How to compare")).to_have_value("contains")
    expect(alice.get_by_label("Field")).to_have_value("city")


def test_letters_typed_before_the_filter_is_there_pick_its_field(alice):
    gate = Gate(alice)
    alice.goto("/customers/")
    gate.shut()
    with alice.expect_request("**/customers/filter*"):
        alice.keyboard.press("f")
    alice.keyboard.type("cit")
    gate.let_go()
    expect(alice.get_by_label("Field")).to_have_value("city")
    expect(alice).to_have_url(re.compile("/customers/$"))
