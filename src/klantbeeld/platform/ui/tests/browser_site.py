"""A small site without a database for the tests that drive a browser: lists, a slow page, a toast, a palette."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from klantbeeld.platform.ui.components import icon
from klantbeeld.platform.ui.menu import Menu, MenuItem
from klantbeeld.platform.ui.palette import Group, Hit, answer

released = threading.Event()  # the slow page waits for it

NAMES = [
    "Marieke van der Velden",
    "Bakkerij Blom",
    "Joost Bakker",
    "Fatima El Amrani",
    *[f"Klant {n}" for n in range(40)],
]
LIST = Path(__file__).with_name("browser_list.html").read_text(encoding="utf-8")


def page(title: str) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        template = engines["django"].from_string(LIST)
        return HttpResponse(template.render({"title": title, "names": NAMES}, request))

    return view


def slow(request: HttpRequest) -> HttpResponse:
    released.wait(10)
    return page("Slow")(request)


def change(request: HttpRequest) -> HttpResponse:
    toast = {"toast": {"text": "Phone number changed", "undo_url": "/undo"}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(toast)})


def undo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": {"text": "Put back"}})})


def find(request: HttpRequest) -> HttpResponse:
    query = request.GET["q"].lower()
    found = [Hit(name, "/customers/one/", preview="/look") for name in NAMES if query in name.lower()][:5]
    commands = [Hit("Dark colours", sign=icon("moon"), attributes={"set-theme": "dark"})]
    return answer(request, [Group("Customers", found), Group("Do", commands)])


def someone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: Bob is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleNamespace(is_authenticated=True)
        request.actor = SimpleNamespace(name="Bob Visser", tenant_name="Noorderlicht Fietsen", organisations=())
        return get_response(request)

    return middleware


def made_menu() -> Menu:
    menu = Menu(visible=lambda actor, record_type: True)
    for key, label, sign in (
        ("customers", "Customers", "users"),
        ("tickets", "Tickets", "ticket"),
        ("slow", "Slow", "clock"),
    ):
        menu.register(MenuItem(key, label, sign, key, keys=f"g {key[0]}", dock=True))
    return menu


def stream(request: HttpRequest) -> HttpResponse:
    time.sleep(0.2)
    return HttpResponse('data: {"event": "customer.changed"}\n\n', content_type="text/event-stream")


urlpatterns = [
    path("customers/", page("Customers"), name="customers"),
    path("customers/one/", page("Marieke")),
    path("customers/new/", page("New customer")),
    path("tickets/", page("Tickets"), name="tickets"),
    path("slow/", slow, name="slow"),
    path("change", change),
    path("undo", undo),
    path("refused", lambda request: HttpResponse(status=403)),
    path("broken-form", lambda request: HttpResponse("<h1>broken</h1>", status=500)),
    path("fact", lambda request: HttpResponse('<dd id="fact">Utrecht <button id="edit">Change</button></dd>')),
    path("part", lambda request: HttpResponse("<h2>A new part</h2>")),
    path("expired", lambda request: HttpResponseRedirect("/sign-in")),
    path("sign-in", lambda request: render(request, "404.html")),
    path("look", lambda request: HttpResponse("<h2>A closer look</h2>")),
    path("palette", find, name="palette"),
    path("stream", stream),
    path("ui/", include("klantbeeld.platform.ui.urls")),
]
