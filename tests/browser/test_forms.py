"""Forms that fail, facts that are changed in place, and links to other records."""

from playwright.sync_api import expect


def test_a_form_with_a_wrong_postcode_says_so_and_keeps_what_was_typed(alice):
    alice.goto("/customers/")
    alice.keyboard.press("c")
    alice.get_by_role("link", name="Show every field").click()
    alice.get_by_label("Family name").fill("Zeilstra")
    alice.get_by_label("Postcode").fill("35 AB")
    alice.get_by_label("Country").fill("NL")
    alice.get_by_role("button", name="Save").click()
    expect(alice.locator(".alert")).to_contain_text("Not saved yet")
    expect(alice.get_by_label("Postcode")).to_be_focused()
    expect(alice.locator("#err-postcode")).to_contain_text("35 AB")
    expect(alice.get_by_label("Family name")).to_have_value("Zeilstra")
    expect(alice.get_by_label("Postcode")).to_have_value("35 AB")
    alice.get_by_label("Postcode").fill("3512 ab")
    alice.get_by_role("button", name="Save").click()
    expect(alice.locator("#main h1")).to_have_text("Zeilstra")


def test_a_fact_is_changed_in_place_and_put_back_from_the_toast(alice, books):
    alice.goto(books.marieke)
    city = alice.locator("#fact-city")
    city.hover()
    city.get_by_role("button", name="Change city").click()
    expect(city.get_by_role("textbox")).to_be_focused()
    city.get_by_role("textbox").fill("Leeuwarden")
    alice.keyboard.press("Enter")
    expect(city).to_have_text("Leeuwarden")
    alice.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(city).to_have_text("Utrecht")


def test_a_customer_is_picked_for_a_new_order(alice):
    alice.goto("/orders/new")
    alice.get_by_label("Number").fill("NF-2000")
    alice.get_by_label("Customer").click()
    alice.keyboard.type("velden mar")
    expect(alice.locator("#hits-customer").get_by_role("option").first).to_contain_text("Marieke van der Velden")
    alice.keyboard.press("Enter")
    expect(alice.get_by_label("Customer")).to_have_value("Marieke van der Velden")
    alice.get_by_role("button", name="Save").click()
    expect(alice.locator("#main h1")).to_have_text("NF-2000")
    expect(alice.locator("#fact-customer")).to_contain_text("Marieke van der Velden")
