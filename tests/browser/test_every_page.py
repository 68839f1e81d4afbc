"""Every page that an owner can get: axe finds nothing in light and in dark, and no phone has to scroll sideways."""

import re
from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from klantbeeld.platform.ui.tests.settling import SETTLED

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TYPES = ("customers", "interactions", "tasks", "orders", "order-lines", "products", "identifiers", "addresses")
DAILY = ("/", "/customers/", "/tasks/", "/orders/", "/interactions/", "/customers/new", "/search?q=mar")
SETTINGS = ("me", "colleagues/", "colleagues/new", "teams/", "teams/new", "roles/", "roles/new", "fields/")
SHAPED = ["/customers/?group=kind&cols=name:300,city:120", "/customers/columns", "/customers/views/new?sort=name"]
LISTS = [*(f"/{slug}/" for slug in (*TYPES, "relationships")), *SHAPED]
FORMS = [f"/{slug}/new?all=1" for slug in TYPES]
OFFICE = ["/settings/", *(f"/settings/{place}" for place in SETTINGS), "/settings/fields/customers/new"]
FILES = ["/import/", "/import/new", "/export/", "/search", "/search?q=zzzzz"]
TOLD = ["/notifications/", "/notifications/?unread=1", "/notifications/settings"]
RIGHTS = ["/settings/rights/", "/settings/roles/compare?all=1", "/settings/roles/import"]
PAST = ["/customers/deleted", "/customers/?as_of=2999-01-01", "/customers/?as_of="]
LONELY = ["/account/login/", "/account/password/reset/", "/join/forged/", "/nowhere/at/all"]
ACCOUNT = ["/account/2fa/", "/account/password/change/", "/account/logout/"]
DARK_ONLY = ["color-contrast", "link-in-text-block"]
TURN = "(theme) => { document.documentElement.dataset.theme = theme; }"


def violations(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds on the page as it stands, a line each."""
    page.evaluate(SETTLED)
    report = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": rules})
    return [
        f"{page.url} {found['id']}: {node['html'][:160]}"
        for found in report.response["violations"]
        for node in found["nodes"][:2]
    ]


def seen_by_axe(page: Page) -> list[str]:
    """Findings in light, then those that only colours can add in dark."""
    found = violations(page, {"type": "tag", "values": RULES})
    page.evaluate(TURN, "dark")
    dark = violations(page, {"type": "rule", "values": DARK_ONLY})
    page.evaluate(TURN, "light")
    return found + [f"dark: {line}" for line in dark]


def looked_at(page: Page, addresses: Iterable[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += seen_by_axe(page)
    return found


@pytest.mark.parametrize(
    "addresses",
    [LISTS, FORMS, OFFICE, FILES, TOLD, RIGHTS + PAST],
    ids=["lists", "forms", "settings", "files", "told", "rights and past"],
)
def test_axe_finds_nothing_on_pages_of_the_office(alice, addresses):
    assert looked_at(alice, addresses) == []


def test_axe_finds_nothing_on_records(alice, books):
    records = [books.marieke, books.firm, books.order, books.product, books.task, books.interaction]
    records += [f"{books.marieke}?as_of=2999-01-01", f"/settings/rights{books.marieke}"]
    assert looked_at(alice, [*records, f"{books.marieke}edit", f"{books.marieke}history", f"{books.order}edit"]) == []


def test_axe_finds_nothing_where_somebody_is_alone(visit, alice):
    assert looked_at(visit(), LONELY) + looked_at(alice, [*LONELY[3:], *ACCOUNT]) == []


def test_axe_finds_nothing_for_somebody_who_may_not(visit):
    page = visit("bob")
    assert page.goto("/settings/roles/").status in (403, 404)
    assert seen_by_axe(page) == []


def test_axe_finds_nothing_in_what_opens_over_a_page(alice, books):
    alice.goto("/customers/")
    alice.keyboard.press("f")
    expect(alice.get_by_label("Condition as a sentence")).to_be_focused()
    found = seen_by_axe(alice)
    alice.keyboard.press("Control+k")
    alice.keyboard.type("velden mar")
    expect(alice.locator("#palette [data-see]")).to_contain_text("Marieke")
    found += seen_by_axe(alice)
    alice.keyboard.press("Escape")
    alice.locator("#main h1").click()
    alice.keyboard.press("?")
    expect(alice.locator("#keymap")).to_be_visible()
    found += seen_by_axe(alice)
    alice.keyboard.press("Escape")
    alice.locator("#side").get_by_role("button", name="Alice").click()
    found += seen_by_axe(alice)
    assert found == []


def test_axe_finds_nothing_in_what_opens_on_a_customer(alice, books):
    alice.goto(books.marieke)
    alice.get_by_role("button", name="marieke.0@example.org").first.click()
    expect(alice.locator(".reach .pop").first).to_contain_text(re.compile("Alice|import|web"))
    found = seen_by_axe(alice)
    alice.keyboard.press("Escape")
    for slug in ("relationships", "identifiers", "addresses"):
        alice.locator(f"#panel-{slug}").get_by_role("button", name="Add").click()
        expect(alice.locator(f"#add-{slug} form")).to_be_visible()
    alice.locator("#fact-city").hover()
    alice.get_by_role("button", name="Change city").click()
    expect(alice.locator("#fact-city").get_by_role("textbox")).to_be_focused()
    found += seen_by_axe(alice)
    alice.get_by_role("button", name="Delete", exact=True).first.click()
    found += seen_by_axe(alice)
    assert found == []


def test_a_phone_never_scrolls_sideways(visit, books):
    page = visit("alice", phone=True, theme="dark")
    wide = []
    for address in [
        *DAILY,
        books.marieke,
        books.order,
        *OFFICE,
        *FILES,
        *TOLD,
        *LISTS,
        *ACCOUNT,
        f"{books.marieke}history",
    ]:
        page.goto(address)
        inside, outside = page.evaluate(
            "[document.documentElement, document.querySelector('main')].map((one) => one.scrollWidth - one.clientWidth)"
        )
        if inside > 0 or outside > 0:
            wide.append(address)
    assert wide == []


def test_axe_finds_nothing_on_the_daily_pages_of_a_phone(visit, books):
    page = visit("alice", phone=True)
    assert looked_at(page, [*DAILY, books.marieke, books.order]) == []
