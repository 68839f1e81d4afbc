"""Lists as people keep them: views, columns, groups, and values changed where they stand."""

import re

from playwright.sync_api import expect

IN_UTRECHT = '/customers/?where={"all":[{"field":"city","op":"is","value":"Utrecht"}]}'


def test_a_list_is_saved_shared_changed_and_put_back(alice, visit):
    alice.goto(IN_UTRECHT)
    alice.keyboard.press("s")
    alice.get_by_label("Name", exact=True).fill("In Utrecht")
    alice.get_by_label("Who sees it").select_option("everyone")
    alice.get_by_role("button", name="Save the view").click()
    tab = alice.get_by_label("Views", exact=True).get_by_role("link", name="In Utrecht")
    expect(tab).to_have_attribute("aria-current", "page")

    alice.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(tab).to_contain_text("Changed")
    alice.get_by_role("link", name="Undo changes").click()
    expect(tab).not_to_contain_text("Changed")
    alice.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(tab).to_contain_text("Changed")
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(tab).not_to_contain_text("Changed")
    expect(alice.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")

    bob = visit("bob")
    bob.goto("/customers/")
    bob.get_by_role("link", name="In Utrecht").click()
    expect(bob.get_by_label("Views", exact=True).get_by_role("link", name="In Utrecht")).to_have_attribute(
        "aria-current", "page"
    )
    expect(bob.get_by_role("link", name="Name, share or remove this view")).to_have_count(0)


def test_columns_are_chosen_ordered_and_widened_by_keyboard(alice):
    alice.goto("/customers/")
    alice.keyboard.press("v")
    city = alice.get_by_label("City", exact=True)
    city.check()
    lines = alice.locator("[data-reorder] [data-line]")
    for _step in range(lines.count()):
        if lines.nth(1).get_by_label("City", exact=True).count():
            break
        city.press("Alt+ArrowUp")
    alice.get_by_role("button", name="Show these columns").click()
    expect(alice.locator("thead th[data-col]").nth(1)).to_contain_text("City")

    edge = alice.get_by_role("separator", name="Width of city")
    with alice.expect_response(re.compile("/customers/columns")) as told:
        edge.focus()
        edge.press("ArrowRight")
    assert told.value.status == 204
    width = edge.get_attribute("aria-valuenow")
    alice.reload()
    expect(alice.get_by_role("separator", name="Width of city")).to_have_attribute("aria-valuenow", width)
    expect(alice.locator("colgroup col").nth(2)).to_have_attribute("width", width)  # behind the boxes and the names


def test_a_group_opens_and_a_value_in_it_is_changed_in_place_and_put_back(alice):
    alice.goto("/customers/?group=kind&cols=name,city,email,phone")
    group = alice.get_by_role("button", name="Person")
    expect(alice.locator("tbody tr[data-id]")).to_have_count(0)
    group.click()
    row = alice.locator("tr[data-id]").filter(has_text="Marieke van der Velden")
    expect(row).to_be_visible()
    city = row.locator("td[data-col=city]")
    before = city.inner_text()

    city.dblclick()
    control = row.get_by_role("textbox")
    expect(control).to_be_focused()
    control.fill("Zwolle")
    control.press("Tab")
    expect(row.locator("td[data-col=email].editing input:not([type=hidden])")).to_be_focused()
    expect(city).to_have_text("Zwolle")
    alice.keyboard.press("Escape")
    expect(row.locator("td.editing")).to_have_count(0)
    with alice.expect_navigation():
        alice.get_by_role("button", name="Undo").click()
    alice.get_by_role("button", name="Person").click()
    expect(row.locator("td[data-col=city]")).to_have_text(before)


def test_who_comes_back_stands_on_the_row_they_left_by(alice):
    alice.goto("/customers/?sort=name")
    names = alice.locator("tbody td.name a")
    expect(names.nth(2)).to_be_visible()
    for _row in range(3):
        alice.keyboard.press("j")
    third = alice.locator("tr[data-cursor]").get_attribute("data-id")
    alice.keyboard.press("Enter")
    expect(alice.locator(".record")).to_be_visible()
    alice.get_by_label("Where you are").get_by_role("link").click()
    expect(alice.locator("tr[data-cursor]")).to_have_attribute("data-id", third)


def test_the_row_under_the_cursor_is_changed_by_its_key(alice):
    alice.goto("/customers/?cols=name,city,email")
    alice.keyboard.press("j")
    alice.keyboard.press("e")
    expect(alice.locator("tr[data-cursor] td.editing")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(alice.locator("td.editing")).to_have_count(0)
    alice.keyboard.press("?")
    expect(alice.locator("#keymap")).to_contain_text("Change the row where it stands")
    expect(alice.locator("#keymap").get_by_text("Pick the row")).to_be_visible()
