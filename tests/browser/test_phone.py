"""On the road: from the list to the customer to a note, with one thumb."""

from playwright.sync_api import expect


def test_a_note_is_written_on_a_phone(visit):
    page = visit("alice", phone=True)
    page.goto("/customers/")
    page.get_by_role("link", name="Marieke van der Velden").tap()
    expect(page.locator("#main h1")).to_have_text("Marieke van der Velden")
    page.get_by_role("button", name="Write about Marieke").tap()
    page.get_by_label("Text").fill("Left the key with the neighbours")
    page.get_by_role("button", name="Keep the note").tap()
    expect(page.locator("#timeline-days .entry").first).to_contain_text("Left the key with the neighbours")
    page.get_by_role("button", name="Facts").tap()
    expect(page.locator("#fact-city")).to_be_visible()
    page.get_by_role("link", name="Back to the list").tap()
    expect(page.locator("#main h1")).to_have_text("Customers")
