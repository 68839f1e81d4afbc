"""Everybody has their own language and colours."""

from playwright.sync_api import expect


def test_the_product_turns_dutch_and_dark_and_stays_so(alice):
    alice.goto("/customers/")
    alice.locator("#side").get_by_role("button", name="Alice").click()
    alice.get_by_role("button", name="Nederlands").click()
    expect(alice.locator("#main h1")).to_have_text("Klanten")
    expect(alice.locator("html")).to_have_attribute("lang", "nl")
    alice.locator("#side").get_by_role("button", name="Alice").click()
    alice.get_by_role("button", name="Donker").click()
    expect(alice.locator("html")).to_have_attribute("data-theme", "dark")
    alice.goto("/orders/")
    expect(alice.locator("#main h1")).to_have_text("Bestellingen")
    expect(alice.locator("html")).to_have_attribute("data-theme", "dark")
