"""From a list to a record, on through the list with the keyboard, and back to the list as it was."""

import re

from playwright.sync_api import expect


def test_j_and_k_go_through_the_list_that_one_came_from(alice):
    alice.goto("/customers/?sort=name")
    lines = [text.splitlines() for text in alice.locator("tbody [data-cell=a] a").all_inner_texts()]
    names = [line[1] for line in lines]  # between the initials and the city
    alice.keyboard.press("j")
    alice.keyboard.press("Enter")
    heading = alice.locator("h1")
    expect(heading).to_have_text(names[0])
    expect(alice.get_by_label("Previous in the list")).to_be_disabled()
    for key, name in (("j", names[1]), ("j", names[2]), ("k", names[1])):
        expect(alice.get_by_role("link", name="Next in the list")).to_be_visible()
        alice.keyboard.press(key)
        expect(heading).to_have_text(name)
    expect(alice.get_by_role("link", name="Previous in the list")).to_have_attribute("href", re.compile("/customers/"))


def test_the_list_is_left_and_found_again_as_it_was(alice):
    alice.goto("/customers/?view=new&sort=name")
    alice.locator("tbody [data-cell=a] a").first.click()
    alice.get_by_label("Where you are").get_by_role("link").click()
    expect(alice).to_have_url(re.compile(r"/customers/\?view=new&sort=name$"))


def test_who_came_another_way_sees_no_list(alice, books):
    alice.goto(books.marieke)
    expect(alice.locator("h1")).to_be_visible()
    expect(alice.get_by_label("Next in the list")).to_have_count(0)
