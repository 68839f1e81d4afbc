"""Coming in without a password: a passkey on a device that the browser only pretends to have."""

from playwright.sync_api import Page, expect

from tests.browser.test_sign_in import sign_in

KEEPS_PASSKEYS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page: Page) -> None:
    """A device that keeps passkeys and has its owner's finger on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEEPS_PASSKEYS})


def test_a_passkey_is_made_named_and_opens_the_door_without_a_password(visit, stock):
    page = visit()
    give_device(page)
    sign_in(page, "bob", stock.password)
    expect(page.locator("#main h1")).to_have_text("Customers")
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(stock.password)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Bob’s laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator("#main h1")).to_have_text("Recovery codes")
    page.get_by_role("link", name="Done").click()
    expect(page.locator(".passkeys")).to_contain_text("Bob’s laptop")

    page.context.clear_cookies(name="klantbeeld_session")
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("navigation").first).to_be_visible()

    page.goto("/account/2fa/")
    page.get_by_role("link", name="Remove Bob’s laptop").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("Bob’s laptop")).to_have_count(0)


def test_a_passkey_is_the_second_step_after_a_password(visit, stock):
    page = visit()
    give_device(page)
    sign_in(page, "bob", stock.password)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(stock.password)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator("#main h1")).to_have_text("Recovery codes")
    page.context.clear_cookies(name="klantbeeld_session")
    sign_in(page, "bob", stock.password)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("#main h1")).to_have_text("Customers")


def test_a_browser_without_the_passkey_says_that_nothing_was_changed(visit):
    page = visit()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEEPS_PASSKEYS, "isUserVerified": False}})
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
