"""What happened is written down on the customer's page."""

from playwright.sync_api import expect


def written(page, key, text):
    """Write something down by the keyboard alone."""
    page.keyboard.press(key)
    expect(page.get_by_label("Text")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def test_a_call_is_logged_and_stands_on_top_of_the_timeline(alice, books):
    alice.goto(books.marieke)
    written(alice, "l", "Wants the bell back")
    first = alice.locator("#timeline-days .entry").first
    expect(first).to_contain_text("Alice called Marieke")
    expect(first).to_contain_text("Wants the bell back")
    expect(alice.get_by_label("Text")).to_have_value("")
    expect(alice.locator("#toggle-call")).to_contain_text("13")


def test_a_note_follows_a_call_by_the_keyboard_alone(alice, books):
    alice.goto(books.marieke)
    written(alice, "l", "Wants the bell back")
    expect(alice.locator("#timeline-days .entry").first).to_contain_text("Wants the bell back")
    written(alice, "n", "A note for colleagues")
    expect(alice.locator("#timeline-days .entry").first).to_contain_text("A note for colleagues")


def test_a_task_appears_among_what_is_to_be_done(alice, books):
    alice.goto(books.marieke)
    alice.locator("#panel-tasks").get_by_role("button", name="Add").click()
    alice.keyboard.type("Send the bell")
    alice.get_by_role("button", name="Add the task").click()
    expect(alice.locator("#panel-tasks")).to_contain_text("Send the bell")
    alice.get_by_role("button", name="Done: Send the bell").click()
    expect(alice.locator("#panel-tasks")).not_to_contain_text("Send the bell")
