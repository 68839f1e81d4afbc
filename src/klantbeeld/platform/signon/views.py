"""To a provider and back. allauth does the work; a provider that answers nonsense gets a page that says so."""

from collections.abc import Callable
from uuid import UUID

import requests
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.socialaccount.providers.saml import views as saml
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from lxml import etree
from onelogin.saml2.errors import OneLogin_Saml2_Error

from klantbeeld.platform.signon.models import Protocol
from klantbeeld.platform.signon.queries import provider_of

_NONSENSE = (
    OneLogin_Saml2_Error,
    etree.Error,
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    ImproperlyConfigured,
)


@never_cache
@require_safe
def to_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Send somebody to a provider of this organisation. 404 for any other."""
    provider = provider_of(str(provider_id))
    if provider is None:
        raise Http404
    if provider.protocol == Protocol.SAML:
        return _told(request, saml.login, organization_slug=str(provider_id))
    return _told(request, openid_connect.login, provider_id=str(provider_id))


@never_cache
@require_safe
def back_from_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Let in whom the provider sends back, if it says who they are and they may come in."""
    return _told(request, openid_connect.callback, provider_id=str(provider_id))


@never_cache
@require_safe
def back_from_saml(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """The same for a SAML provider, whose answer was posted and kept by allauth a moment ago."""
    return _told(request, saml.finish_acs, organization_slug=str(provider_id))


def no_single_sign_out(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Nobody is signed out from elsewhere: what asks for it needn't be signed. Always 404."""
    raise Http404


def _told(request: HttpRequest, view: Callable[..., HttpResponse], **names: str) -> HttpResponse:
    try:
        return view(request, **names)
    except _NONSENSE:
        return render(request, "socialaccount/authentication_error.html", status=502)
