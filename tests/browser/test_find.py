"""Finding a customer."""

from playwright.sync_api import expect


def test_a_customer_is_found_and_opened_with_the_keyboard_alone(alice):
    alice.goto("/")
    alice.keyboard.press("Control+k")
    alice.keyboard.type("velden mar")
    expect(alice.locator("#hits .hit[aria-selected=true]")).to_contain_text("Marieke van der Velden")
    expect(alice.locator("#palette [data-see]")).to_contain_text("Marieke van der Velden")
    alice.keyboard.press("Enter")
    expect(alice.locator("#main h1")).to_have_text("Marieke van der Velden")
    expect(alice.locator("#palette")).to_be_hidden()
    expect(alice.locator("#main h1")).to_be_focused()
