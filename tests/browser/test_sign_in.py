"""Coming in: with a password, and with a code from a phone as well."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect


def sign_in(page: Page, who: str, password: str) -> None:
    page.goto("/customers/")
    page.get_by_label("Email").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows, now or `ahead` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def lenient_clock(settings):
    """A code counts once; the one of the next half minute is let in, so that nobody has to wait for it."""
    settings.MFA_TOTP_TOLERANCE = 1


def test_a_password_opens_the_page_that_was_asked_for(visit, stock):
    page = visit()
    sign_in(page, "alice", stock.password)
    expect(page.locator("#main h1")).to_have_text("Customers")


def test_a_wrong_password_keeps_the_address_and_says_so(visit):
    page = visit()
    sign_in(page, "alice", "not-this-one")
    expect(page.locator("#main")).to_contain_text("not correct")
    expect(page.get_by_label("Email")).to_have_value("alice@example.org")


def test_an_authenticator_app_is_added_and_asked_for_from_then_on(visit, stock, lenient_clock):
    page = visit()
    sign_in(page, "bob", stock.password)
    expect(page.locator("#main h1")).to_have_text("Customers")
    page.locator("#side").get_by_role("button", name="Bob").click()
    page.get_by_role("link", name="Passkeys and two-step sign-in").click()
    page.get_by_role("link", name="Add an app").click()
    page.get_by_label("Password").fill(stock.password)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator(".trouble code").inner_text()
    page.locator("input[name=code]").fill(code(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator("#main")).to_contain_text("recovery codes")
    page.context.clear_cookies(name="klantbeeld_session")
    sign_in(page, "bob", stock.password)
    page.locator("input[name=code]").fill(code(secret, ahead=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#main h1")).to_have_text("Customers")
