"""A long story is read to its beginning."""

from playwright.sync_api import expect

from tests.browser.noorderlicht import LONG_STORY


def test_the_timeline_goes_on_while_one_scrolls_until_it_began(alice, books):
    alice.goto(books.marieke)
    entries = alice.locator("#timeline-days .entry")
    expect(entries).to_have_count(30)
    alice.locator("#main").hover()
    alice.mouse.wheel(0, 20_000)
    expect(entries).to_have_count(LONG_STORY + 1)  # and one order
    expect(alice.get_by_text("This is where it began.")).to_be_visible()
    numbers = [text for text in entries.locator("xpath=.").all_inner_texts() if f"part {LONG_STORY - 1}" in text]
    assert len(numbers) == 1


def test_a_channel_alone_shows_nothing_else(alice, books):
    alice.goto(books.marieke)
    alice.locator("#toggle-mail").click()
    expect(alice.locator("#timeline-days .entry")).to_have_count(11)
    expect(alice.locator("#toggle-mail")).to_have_attribute("aria-pressed", "true")
    alice.locator("#toggle-all").click()
    expect(alice.locator("#timeline-days .entry")).to_have_count(30)
