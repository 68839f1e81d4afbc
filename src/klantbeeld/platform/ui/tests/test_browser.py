"""Stories with a real browser against a small site: what a hand and a keyboard do, and what stays on the screen."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from klantbeeld.platform.ui import context
from klantbeeld.platform.ui.tests import browser_site
from klantbeeld.platform.ui.tests.settling import SETTLED

pytestmark = pytest.mark.browser
HERE = Path(__file__).parents[1]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "klantbeeld.platform.ui.tests.browser_site.someone",
]


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def built() -> None:
    if not (HERE / "static/built/main.js").exists():
        subprocess.run(["node", HERE / "build.mjs"], check=True)


@pytest.fixture(scope="module")
def site(built: None) -> Iterator[str]:
    drawn = browser_site.made_menu()
    changed = {
        "ROOT_URLCONF": browser_site.__name__,
        "MIDDLEWARE": MIDDLEWARE,
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "WHITENOISE_USE_FINDERS": True,
        "LIVE_URL": "/stream",
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(**changed),
        ThreadedWSGIServer(("127.0.0.1", 0), Silent) as server,
    ):
        patch.setattr(context, "menu_for", lambda actor, request: drawn.draw(actor, request.path))
        server.set_app(get_wsgi_application())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    place = browser.new_context(
        base_url=site, viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="en-GB"
    )
    opened = place.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    browser_site.released.clear()
    opened.goto("/customers/")
    opened.evaluate("window.sameDocument = true")
    yield opened
    browser_site.released.set()
    assert complaints == []
    place.close()


def same_document(page: Page) -> bool:
    return page.evaluate("window.sameDocument === true")


def heading(page: Page, text: str) -> None:
    expect(page.locator("#main h1")).to_have_text(text)


def test_a_link_changes_the_sheet_and_nothing_else(page):
    page.click("#side >> text=Tickets")
    heading(page, "Tickets")
    expect(page).to_have_title("Tickets · Klantbeeld")
    expect(page.locator("#main h1")).to_be_focused()
    expect(page.locator("#side > [aria-current]")).to_have_text("Tickets")
    assert same_document(page)
    assert page.url.endswith("/tickets/")


def test_back_returns_to_the_page_and_to_the_place_in_it(page):
    page.evaluate("document.getElementById('main').scrollTop = 300")
    page.click("#side >> text=Tickets")
    heading(page, "Tickets")
    page.go_back()
    heading(page, "Customers")
    expect(page.locator("#side > [aria-current]")).to_have_text("Customers")
    expect(page.locator("#main")).to_have_js_property("scrollTop", 300)
    assert same_document(page)


def test_back_from_a_slow_page_returns_to_the_place_too(page):
    page.evaluate("document.getElementById('main').scrollTop = 300")
    page.click("#side >> text=Slow")
    expect(page.locator("#main > .bones")).to_be_visible()
    browser_site.released.set()
    heading(page, "Slow")
    page.go_back()
    heading(page, "Customers")
    expect(page.locator("#main")).to_have_js_property("scrollTop", 300)


def test_nothing_of_a_page_stays_behind_in_the_browser(page):
    page.click("#side >> text=Tickets")
    heading(page, "Tickets")
    assert "Marieke" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_the_old_page_stays_until_a_slow_one_shows_its_bones(page):
    page.click("#side >> text=Slow")
    heading(page, "Customers")
    expect(page.locator("#main > .bones")).to_be_visible()
    browser_site.released.set()
    heading(page, "Slow")
    expect(page.locator("#main > .bones")).to_have_count(0)


def test_a_form_that_fails_keeps_what_was_typed(page):
    page.fill("[name=q]", "a long story")
    page.click("#send")
    expect(page.locator(".toast")).to_contain_text("nothing was changed")
    assert page.input_value("[name=q]") == "a long story"


def test_a_change_can_be_undone_from_its_toast(page):
    page.click("#change")
    expect(page.locator("#toasts")).to_contain_text("Phone number changed")
    page.click("#toasts >> text=Undo")
    expect(page.locator("#toasts")).to_contain_text("Put back")


def test_a_refusal_is_said(page):
    page.click("#refused")
    expect(page.locator(".toast")).to_have_text("You may not do this. Nothing was changed.Close")


def test_the_focus_is_not_lost_when_its_place_is_replaced(page):
    page.focus("#inside")
    page.keyboard.press("Enter")
    expect(page.locator("#island h2")).to_be_focused()


def test_the_focus_stays_with_a_value_that_was_edited_in_place(page):
    page.focus("#fact button")
    page.keyboard.press("Enter")
    expect(page.locator("#edit")).to_be_focused()


def test_a_session_that_is_over_does_not_put_sign_in_into_a_corner(page):
    with page.expect_event("load"):
        page.click("#expired")
    heading(page, "Customers")
    assert not same_document(page)


def test_a_list_can_be_walked_and_picked_with_the_keyboard(page):
    for key in ("j", "j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-cursor] a")).to_have_text("JBJoost Bakker")
    expect(page.locator("[data-bulk]")).to_be_visible()
    expect(page.locator("[data-bulk-count]")).to_have_text("2")
    assert page.evaluate("document.querySelector('[data-all]').indeterminate")
    page.keyboard.press("Escape")
    expect(page.locator("[data-bulk]")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    heading(page, "Marieke")


def test_shift_picks_everything_between_two_rows(page):
    boxes = page.locator("[data-row-check]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("[data-bulk-count]")).to_have_text("4")
    page.click("[data-all]")
    expect(page.locator("[data-bulk-count]")).to_have_text("44")


def test_keys_go_places_but_not_while_typing(page):
    page.keyboard.press("/")
    page.keyboard.type("c?gt")
    assert page.input_value("[name=q]") == "c?gt"
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    heading(page, "Tickets")
    page.keyboard.press("c")
    heading(page, "New customer")


def test_the_keys_of_the_page_are_told(page):
    page.keyboard.press("?")
    told = page.locator("#keymap [data-page-keys]")
    expect(told).to_contain_text("NewC")
    expect(told).to_contain_text("TicketsGT")
    page.keyboard.press("Escape")
    expect(page.locator("#keymap")).to_be_hidden()


def test_the_palette_finds_shows_and_opens(page):
    page.keyboard.press("Control+k")
    page.keyboard.type("velden")
    expect(page.locator(".hit[aria-selected=true] mark")).to_have_text("Velden")
    expect(page.locator("[data-see]")).to_have_text("A closer look")
    page.keyboard.press("Enter")
    heading(page, "Marieke")
    expect(page.locator("#palette")).to_be_hidden()
    assert same_document(page)


def test_the_palette_does_things_and_remembers_them(page):
    page.keyboard.press("Control+k")
    expect(page.locator("#hits [role=group]")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_source_of_a_value_opens_under_the_pointer_and_on_focus(page):
    card = page.locator("#why")
    page.hover("button.src")
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    page.locator("[data-row-check]").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(card).to_be_visible()


def test_what_changed_elsewhere_is_fetched_anew(page):
    page.evaluate(
        "document.getElementById('island').outerHTML ="
        " '<p id=island data-live-on=customer.changed data-live-src=/part data-live-swap=innerHTML></p>'"
    )
    expect(page.locator("#island h2")).to_have_text("A new part")


def test_a_phone_reaches_every_place(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.click(".dock >> text=More")
    page.click("#side >> text=Tickets")
    heading(page, "Tickets")
    expect(page.locator("#side")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("address", "theme", "width"),
    [
        ("/customers/", "light", 1440),
        ("/customers/", "dark", 390),
        ("/ui/parts", "light", 390),
        ("/ui/parts", "dark", 1440),
        ("/sign-in", "light", 390),
        ("/sign-in", "dark", 1440),
    ],
)
def test_axe_finds_nothing(page, address, theme, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "kb_theme", "value": theme, "url": page.url}])
    page.goto(address)
    assert violations(page) == []


def test_axe_finds_nothing_in_what_floats(page):
    page.keyboard.press("Control+k")
    expect(page.locator("#hits [role=group]")).to_have_count(2)
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click("#side >> text=Bob Visser")
    page.click("#change", force=True)
    expect(page.locator(".toast")).to_be_visible()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    page.evaluate(SETTLED)
    report = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [f"{found['id']}: {found['nodes'][0]['html']}" for found in report.response["violations"]]
