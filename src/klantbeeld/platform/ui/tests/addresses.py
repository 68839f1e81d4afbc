"""The addresses that the tests of pages use: ours, those of sign-in, and a palette."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("meant to break")


urlpatterns = [
    path("", lambda request: HttpResponse("home"), name="home"),
    path("ui/", include("klantbeeld.platform.ui.urls")),
    path("accounts/", include("allauth.urls")),
    path("palette", lambda request: HttpResponse(""), name="palette"),
    path("broken", broken),
]
