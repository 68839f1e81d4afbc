"""The page behind the one-time link: it makes an organisation and its owner, and signs the owner in."""

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.kernel.errors import Gone, Invalid
from klantbeeld.platform.organisation.actions.make_set_up_link import usable_link
from klantbeeld.platform.organisation.actions.set_up_organisation import set_up_by_link
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.set_up import SetUpForm
from klantbeeld.platform.organisation.views.door import FORM_METHODS
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(FORM_METHODS)
def set_up(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the organisation and its owner; 410 for a link that can't be used."""
    try:
        link = usable_link(secret)
        start = {"country": "NL", "currency": "EUR", "language": get_language(), "timezone": "Europe/Amsterdam"}
        form = SetUpForm(request.POST or None, initial=start, another=link.another)
        if form.is_valid():
            tenant, user = set_up_by_link(secret, form.new_organisation(), form.new_owner())
            return _enter(request, tenant, user)
    except Gone:
        return render(request, "organisation/set_up_gone.html", status=410)
    except Invalid as problem:
        show(form, problem)
    return render(request, "organisation/set_up.html", {"form": form}, status=422 if form.errors else 200)


def _enter(request: HttpRequest, tenant: Tenant, user: User) -> HttpResponse:
    """Sign the owner in when the organisation lives at this host, else send them to where it does."""
    here = split_domain_port(request.get_host())[0]
    if tenant.hosts and here not in tenant.hosts:
        _host, colon, port = request.get_host().partition(":")
        return redirect(f"{request.scheme}://{tenant.hosts[0]}{colon}{port}/")
    with entered(Scope(tenant.id, origin="set-up")), transaction.atomic():
        login(request, user, backend=_BACKEND)
    return redirect("home")
