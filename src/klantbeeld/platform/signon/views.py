"""To a provider and back. allauth does the work; a provider that answers nonsense gets a page that says so."""

from collections.abc import Callable
from uuid import UUID

import requests
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_NONSENSE = (requests.RequestException, ValueError, KeyError, TypeError, ImproperlyConfigured)


@never_cache
@require_safe
def to_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Send somebody to a provider of this organisation. 404 for any other."""
    return _told(request, openid_connect.login, provider_id)


@never_cache
@require_safe
def back_from_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Let in whom the provider sends back, if it says who they are and they may come in."""
    return _told(request, openid_connect.callback, provider_id)


def _told(request: HttpRequest, view: Callable[..., HttpResponse], provider_id: UUID) -> HttpResponse:
    try:
        return view(request, str(provider_id))
    except _NONSENSE:
        return render(request, "socialaccount/authentication_error.html", status=502)
