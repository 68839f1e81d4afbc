"""The pages of the back office that need something to show: axe finds nothing, and a phone doesn't scroll sideways."""

import re

import pytest
from playwright.sync_api import expect

from klantbeeld.platform.access.actor import of_user
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from tests.browser.office import furnished
from tests.browser.test_every_page import looked_at, seen_by_axe

# What sticks out of a page that scrolls sideways, its first words.
TOO_WIDE = """() => {
  const all = [document.documentElement, document.querySelector("main")];
  if (all.every((one) => one.scrollWidth <= one.clientWidth)) return [];
  const out = (one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll-x");
  return [...document.querySelectorAll("main *")].filter(out).slice(0, 3).map((one) => one.outerHTML.slice(0, 90));
}"""


@pytest.fixture
def office(site, books, files):
    """The addresses of the office's pages, with those of the forms of a product and a task."""
    tenant = Tenant.objects.get(slug="noorderlicht")
    with entered(Scope(tenant.id)):
        alice = of_user(tenant, User.objects.get(email="alice@example.org").id)
    addresses = furnished(alice)
    return addresses | {"product": f"{books.product}edit", "task": f"{books.task}edit"}


def test_axe_finds_nothing_in_the_office(office, alice):
    assert looked_at(alice, office.values()) == []


def test_axe_finds_nothing_in_the_office_on_a_phone_in_dutch(office, visit):
    assert looked_at(visit("alice", phone=True, language="nl"), office.values()) == []


def test_axe_finds_nothing_on_a_token_that_was_just_made(office, alice):
    alice.goto(office["new token"])
    alice.get_by_label("Name").fill("The till at the back")
    alice.get_by_role("checkbox", name="Customers: read", exact=True).check()
    alice.locator("#main form button.primary").click()
    expect(alice.get_by_label("API token")).to_have_value(re.compile("^kb_"))
    assert seen_by_axe(alice) == []


def test_the_office_never_scrolls_sideways_on_a_phone(office, visit):
    page = visit("alice", phone=True, language="nl")
    wide = []
    for name, address in office.items():
        page.goto(address)
        wide += [f"{name}: {each}" for each in page.evaluate(TOO_WIDE)]
    assert wide == []
