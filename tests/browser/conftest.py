"""The whole product behind a real address, with books in it, and a browser to visit it with.

The books are written once; each story gets a copy of the database and leaves a clean one behind.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import _clone, _point_at, _server, _template, make_cast
from django.conf import settings as configured
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from psycopg import sql

from klantbeeld.platform.people.models import User
from tests.browser.noorderlicht import Books, stocked

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# A loaded machine is slow, not wrong.
PATIENCE = 15_000  # ms
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


@dataclass(frozen=True)
class Stock:
    """A database with everything in it, to be copied: its name, cookies of the cast, and where stories begin."""

    database: str
    cookies: dict[str, str]
    password: str
    books: Books


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="session")
def stock(django_db_setup: None, django_db_blocker: Any, database_name: str) -> Iterator[Stock]:
    name = f"{database_name}_stock"
    with django_db_blocker.unblock():
        _clone(_template(), name)
        _point_at(name)
        try:
            cast = make_cast()
            books = stocked(cast.alice, cast.tenant.id)
            cookies = {who: _signed_in(cast, who) for who in ("alice", "bob")}
        finally:
            connections.close_all()
            _point_at(database_name)
    yield Stock(name, cookies, cast.password, books)
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _signed_in(cast: Any, who: str) -> str:
    """Give somebody of the cast a password; returns the cookie of a session of theirs."""
    user = User.objects.get(email=f"{who}@example.org")
    user.set_password(cast.password)
    user.save()
    return cast.client(who).cookies[configured.SESSION_COOKIE_NAME].value


@pytest.fixture
def books(stock: Stock) -> Books:
    return stock.books


@pytest.fixture
def site(stock: Stock, committing_db: None, database_name: str, settings: Any) -> Iterator[str]:
    """The address of the product, on a fresh copy of the stock."""
    settings.WHITENOISE_USE_FINDERS = True
    _clone(stock.database, database_name)
    _point_at(database_name)
    with ThreadedWSGIServer(("127.0.0.1", 0), Silent) as server:
        server.daemon_threads = True
        server.set_app(get_wsgi_application())
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole folder."""
    path = os.environ.get("KLANTBEELD_CHROMIUM") or shutil.which("chromium")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for a coroutine asking for the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield launched
        launched.close()


def _watched(context: BrowserContext, complaints: list[str]) -> None:
    """Write down whatever a page complains of: violations of the policy, errors of scripts, answers of 500."""
    context.on("console", lambda line: complaints.append(f"{line.page and line.page.url}: {line.text}")
               if line.type == "error" and not _expected(line.text) else None)  # fmt: skip
    context.on("weberror", lambda error: complaints.append(str(error.error)))


def _expected(text: str) -> bool:
    # The browser itself logs every answer above 399; stories provoke these on purpose. And htmx logs, in these two
    # lines, each request that a newer one replaced; one that failed has the first of them and `htmx:sendError`.
    replaced = text.startswith(("htmx:afterRequest,", "htmx:sendAbort,"))
    return replaced or any(f"status of {status}" in text for status in (403, 404, 422))


@pytest.fixture
def visit(site: str, stock: Stock, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a window: `visit("alice", width=..., theme="dark", language="nl")`; no name: nobody is signed in."""
    complaints: list[str] = []
    opened: list[BrowserContext] = []

    def open_window(who: str = "", phone: bool = False, theme: str = "light", language: str = "en") -> Page:
        context = browser.new_context(
            base_url=site,
            viewport=PHONE if phone else WIDE,
            has_touch=phone,
            reduced_motion="reduce",
            locale="nl-NL" if language == "nl" else "en-GB",
            timezone_id="Europe/Amsterdam",
        )
        context.set_default_timeout(PATIENCE)
        cookies = {"kb_theme": theme, configured.LANGUAGE_COOKIE_NAME: language}
        if who:
            cookies[configured.SESSION_COOKIE_NAME] = stock.cookies[who]
        context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
        _watched(context, complaints)
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        with suppress(Exception):
            context.close()
    assert complaints == []


@pytest.fixture
def alice(visit: Callable[..., Page]) -> Page:
    """The owner's window, wide and light."""
    return visit("alice")
