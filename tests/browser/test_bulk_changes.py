"""Picking customers in a list, changing them together, and taking it back."""

import re

from playwright.sync_api import expect


def test_customers_are_picked_changed_and_put_back(alice):
    alice.goto("/customers/?sort=name")
    rows = alice.locator("tbody tr")
    bar = alice.get_by_role("toolbar")
    expect(bar).to_be_hidden()
    rows.nth(0).locator("input[data-row-check]").click()
    rows.nth(3).locator("input[data-row-check]").click(modifiers=["Shift"])
    expect(bar).to_contain_text("4 selected")
    alice.keyboard.press("j")
    alice.keyboard.press("x")
    expect(bar).to_contain_text("3 selected")
    bar.get_by_role("button", name="Change").click()
    expect(alice.get_by_role("heading", name="Change customers")).to_be_visible()
    alice.get_by_label("Which field").select_option(label="City")
    alice.get_by_role("textbox", name="City").fill("Stavoren")
    alice.get_by_role("button", name="Show what will change").click()
    expect(alice.get_by_role("heading", name="What will change")).to_be_visible()
    expect(alice.locator("#what strong").first).to_have_text("Stavoren")
    alice.get_by_role("button", name="Change 3").click()
    expect(alice).to_have_url(re.compile(r"/customers/\?sort=name$"))
    toasts = alice.locator("#toasts")
    expect(toasts).to_contain_text("3 records changed")
    expect(alice.locator("tbody").get_by_text("Stavoren")).to_have_count(3)
    toasts.get_by_role("button", name="Undo").click()
    expect(toasts).to_contain_text("3 records put back")
    expect(alice.locator("tbody").get_by_text("Stavoren")).to_have_count(0)


def test_a_value_that_is_refused_is_told_beside_its_field_and_kept(alice):
    alice.goto("/customers/")
    alice.locator("input[data-all]").click()
    alice.get_by_role("toolbar").get_by_role("button", name="Change").click()
    alice.get_by_label("Which field").select_option(label="Time zone")
    alice.get_by_role("textbox", name="Time zone").fill("Mars/Olympus")
    alice.get_by_role("button", name="Show what will change").click()
    expect(alice.locator("#err-timezone")).to_contain_text("There is no time zone “Mars/Olympus”")
    expect(alice.get_by_role("textbox", name="Time zone")).to_have_value("Mars/Olympus")


def test_with_a_finger_customers_are_picked_by_a_button_and_taps(visit):
    alice = visit("alice", phone=True)
    alice.goto("/customers/")
    alice.get_by_role("button", name="Select").click()
    alice.locator("tbody tr").nth(1).locator("[data-cell=c]").tap()
    expect(alice).to_have_url(re.compile("/customers/$"))
    expect(alice.get_by_role("toolbar")).to_contain_text("1 selected")
