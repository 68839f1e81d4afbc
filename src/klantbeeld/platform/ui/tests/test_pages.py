import re

import pytest
from django.conf import settings
from django.test import Client

from klantbeeld.platform.people.models import User
from klantbeeld.platform.ui import context
from klantbeeld.platform.ui.menu import Menu

pytestmark = [pytest.mark.django_db, pytest.mark.urls("klantbeeld.platform.ui.tests.addresses")]
SIGN_IN = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
SIGNED_IN = [
    "/ui/parts",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/reauthenticate/",
]


@pytest.fixture(autouse=True)
def no_menu(monkeypatch):
    """The items of other packages have addresses that aren't here."""
    monkeypatch.setattr(context, "menu_for", lambda actor, request: Menu().draw(actor, request.path))


def read(client, address, **headers):
    return client.get(address, headers=headers).content.decode()


@pytest.fixture
def stranger(cast):
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def test_the_page_of_parts_stands_in_the_shell(cast):
    html = read(cast.client("alice"), "/ui/parts")
    assert "<title>Parts · Klantbeeld</title>" in html
    assert "Noorderlicht Fietsen" in html
    assert 'id="palette"' in html


def test_a_stranger_is_asked_to_sign_in_before_seeing_the_parts(stranger):
    response = stranger.get("/ui/parts")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("address", SIGN_IN)
def test_sign_in_has_our_look(stranger, address):
    assert '<body class="lone">' in read(stranger, address)


@pytest.mark.parametrize("address", SIGNED_IN + SIGN_IN)
def test_no_page_needs_anything_inline(cast, stranger, address):
    html = read(cast.client("alice") if address in SIGNED_IN else stranger, address)
    assert re.findall(r'\s(?:style|on\w+)="', html) == []
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|javascript:|src=\"data:", html) == []


def test_a_wrong_password_keeps_the_address_and_says_so(stranger):
    html = stranger.post("/accounts/login/", {"login": "alice@example.org", "password": "wrong"}).content.decode()
    assert 'value="alice@example.org"' in html
    assert 'class="alert" data-tone="bad" role="alert"' in html


def test_what_is_not_there_says_so_in_the_readers_language(stranger):
    response = stranger.get("/nowhere", headers={"accept-language": "nl"})
    assert response.status_code == 404
    assert "Hier is niets" in response.content.decode()


def test_a_fault_on_our_side_says_what_was_kept(stranger):
    response = stranger.get("/broken")
    assert response.status_code == 500
    assert "what was saved before is safe" in response.content.decode()


def test_a_form_without_its_token_is_refused_without_a_change(cast):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = strict.post("/ui/language", {"language": "nl"})
    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_the_language_one_chooses_stays_with_ones_account(cast):
    client = cast.client("alice")
    response = client.post("/ui/language", {"language": "nl", "next": "/ui/parts"})
    assert response.url == "/ui/parts"
    assert "<title>Onderdelen · Klantbeeld</title>" in read(cast.client("alice"), "/ui/parts")


def test_a_language_that_we_do_not_speak_changes_nothing(cast):
    client = cast.client("alice")
    client.post("/ui/language", {"language": "xx", "next": "/ui/parts"})
    assert "<title>Parts · Klantbeeld</title>" in read(client, "/ui/parts")


@pytest.mark.parametrize(("cookie", "drawn"), [("dark", ' data-theme="dark"'), ('"><script>', "")])
def test_the_theme_of_the_cookie_is_drawn_at_once_if_it_is_one(cast, cookie, drawn):
    client = cast.client("alice")
    client.cookies["kb_theme"] = cookie
    assert f'<html lang="en"{drawn}>' in read(client, "/ui/parts")


def test_the_manifest_lets_a_browser_install_the_application(stranger):
    response = stranger.get("/ui/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    assert response.json()["display"] == "standalone"
    assert {icon["sizes"] for icon in response.json()["icons"]} >= {"192x192", "512x512"}


def test_signing_in_needs_no_congratulations(cast, stranger):
    user = User.objects.get(email="alice@example.org")
    user.set_password(cast.password)
    user.save()
    response = stranger.post("/accounts/login/", {"login": user.email, "password": cast.password})
    assert response.status_code == 302
    assert "data-toast" not in read(stranger, "/ui/parts")
