"""Colleagues talk about a record, and hear of it."""

from playwright.sync_api import expect

from klantbeeld.platform.events.dispatch import dispatch_due
from klantbeeld.platform.tenancy.scope import entered
from tests.browser.test_every_page import seen_by_axe


def heard():
    """Let the worker do what follows."""
    with entered(None):
        while dispatch_due():
            pass


def test_a_colleague_is_mentioned_by_the_keyboard_and_finds_it_on_their_day(visit):
    bob = visit("bob")
    bob.goto("/customers/new")
    bob.locator("[name=name]").first.fill("Smederij Vonk")
    bob.locator("#main form").get_by_role("button", name="Add").or_(
        bob.get_by_role("button", name="Save")
    ).first.click()
    expect(bob.get_by_role("heading", name="Smederij Vonk", level=1)).to_be_visible()
    bob.keyboard.press("m")
    box = bob.get_by_label("Comment", exact=True)
    expect(box).to_be_focused()
    bob.keyboard.type("Kijk jij, @Al")
    colleagues = bob.get_by_role("listbox", name="Colleagues")
    expect(colleagues.get_by_role("option").first).to_have_text("Alice")
    bob.keyboard.press("Enter")
    expect(box).to_have_value("Kijk jij, @Alice ")
    bob.keyboard.type("naar de offerte?")
    bob.keyboard.press("Control+Enter")
    expect(bob.locator("#said")).to_contain_text("naar de offerte?")
    expect(box).to_have_value("")
    found = seen_by_axe(bob)
    heard()
    alice = visit("alice")
    alice.goto("/")
    expect(alice.locator("#side .n.hot")).to_contain_text("1")
    found += seen_by_axe(alice)
    alice.locator("#today-colleagues").get_by_role("link", name="Bob mentioned you").click()
    expect(alice.locator("#said")).to_contain_text("naar de offerte?")
    alice.goto("/notifications/")
    expect(alice.get_by_role("link", name="Bob mentioned you")).to_be_visible()
    assert found + seen_by_axe(alice) == []


def test_one_is_warned_of_who_will_not_hear_it_and_what_was_typed_stays(alice, books):
    alice.goto(books.order)
    box = alice.get_by_label("Comment", exact=True)
    box.fill("@Carol splitsen we dit?")
    alice.keyboard.press("Control+Enter")
    expect(alice.get_by_role("alert")).to_contain_text("Carol can’t see this record")
    expect(box).to_have_value("@Carol splitsen we dit?")
    alice.get_by_role("button", name="Send all the same").click()
    expect(alice.locator("#said")).to_contain_text("splitsen we dit?")
    expect(alice.get_by_role("button", name="Following")).to_have_attribute("aria-pressed", "true")


def test_a_task_of_today_is_done_with_its_key_and_taken_back(alice, books):
    alice.goto("/tasks/new?all=1")
    alice.get_by_label("What").fill("Bel de smid")
    alice.get_by_role("button", name="Save").or_(alice.get_by_role("button", name="Add")).first.click()
    expect(alice.get_by_role("heading", name="Bel de smid")).to_be_visible()
    alice.goto("/")
    tasks = alice.locator("#today-tasks")
    expect(tasks).to_contain_text("Bel de smid")
    tasks.get_by_role("button", name="Done: Bel de smid").click()
    expect(tasks).not_to_contain_text("Bel de smid")
    alice.get_by_role("button", name="Undo").click()
    expect(alice.locator("#today-tasks")).to_contain_text("Bel de smid")
