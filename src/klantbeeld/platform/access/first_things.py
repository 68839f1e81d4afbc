"""What comes before everything else: setting up the second step that one's role needs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from klantbeeld.platform.people.history import came_by_sso

_API = "api/"
# How an account is proven is the person's own; an organisation's sign-on proves who they are to that organisation only.
_OWN_PAGES = ("account_", "mfa_", "socialaccount_")
_SIGN_OUT = "account_logout"


class FirstThingsMiddleware:
    """Leads whoever lacks a second step to where it is set up, and keeps who came by single sign-on from changing how
    their account is proven: else whoever runs that could get into their other organisations, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The answer instead of the page, or None to go on."""
        match = request.resolver_match
        if match is None or match.route.startswith(_API):
            return None
        name = match.url_name or ""
        own = name.startswith(_OWN_PAGES) and not match.namespaces
        if getattr(request, "second_step_missing", False) and not own and match.namespaces != ["ui"]:
            return _lead(request)
        if own and name != _SIGN_OUT and request.user.is_authenticated and came_by_sso(request, request.user):
            return render(request, "account/by_sso.html", status=403)
        return None


def _lead(request: HttpRequest) -> HttpResponse:
    url = reverse("mfa_index")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
