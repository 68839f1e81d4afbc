"""On the road: from the list to the customer to a note, with one thumb."""

import pytest
from playwright.sync_api import expect

LISTS = {
    "orders": ("NF-1000", "Marieke van der Velden", "1,240"),
    "tasks": ("Call back about order 0", "Marieke van der Velden", "20"),
    "interactions": ("About the gears, part 1", "Marieke van der Velden", "Mail"),
    "products": ("Stadsfiets Noord", "F-100", "1,240"),
    "addresses": ("Utrecht", "Kade"),  # which declares no places
}
# Cells that stand beyond the edge of the screen, and a sheet that scrolls to its side.
BEYOND = """() => [...document.querySelectorAll(".sheet, #main td")].filter((each) => each.offsetParent &&
    (each.matches(".sheet") ? each.scrollWidth > each.clientWidth : each.getBoundingClientRect().right > innerWidth)
    ).map((each) => each.outerHTML.slice(0, 99))"""


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


@pytest.mark.parametrize("slug", LISTS)
def test_a_list_tells_on_a_phone_whose_and_when(visit, slug):
    page = visit("alice", phone=True)
    page.goto(f"/{slug}/")
    title, *further = LISTS[slug]
    row = page.locator("#main tbody tr").filter(has=page.get_by_text(title, exact=True))
    for text in further:
        expect(row.locator("td:visible").filter(has_text=text)).to_have_count(1)
    tops = row.locator("td:visible").evaluate_all("cells => cells.map((each) => each.getBoundingClientRect().top)")
    assert len(set(tops)) == 2
    assert page.evaluate(BEYOND) == []


def test_the_lines_of_an_order_fit_a_phone(visit, books):
    page = visit("alice", phone=True)
    page.goto(books.order)
    cells = page.locator("tbody tr td:visible", has_text="1,240")
    expect(cells).to_have_count(2)  # each, and together
    assert page.evaluate(BEYOND) == []
    assert page.locator(".related").evaluate("panel => panel.scrollWidth <= panel.clientWidth")
