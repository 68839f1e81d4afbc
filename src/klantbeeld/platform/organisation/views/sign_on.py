"""Single sign-on: the list of providers, setting one up, testing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.save_provider import delete_provider, save_provider
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.sign_on import ProviderForm, now_of
from klantbeeld.platform.organisation.views.door import FORM_METHODS, View
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.signon.public import Protocol, Provider, begin_test, provider_of, result_of


def for_owner(view: View) -> View:
    """Let only those in who may do everything; others get a 403."""

    def guarded(request: HttpRequest, actor: Actor, *args: UUID, **kwargs: UUID) -> HttpResponse:
        if not actor.grants.everything:
            raise NotAllowed
        return view(request, actor, *args, **kwargs)

    return for_actor(guarded)  # type: ignore[return-value]


@require_safe
@for_owner
def list_providers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The providers of this organisation."""
    return render(request, "organisation/providers.html", {"providers": Provider.objects.order_by("name")})


@require_http_methods(FORM_METHODS)
@for_owner
def edit_provider(request: HttpRequest, actor: Actor, provider_id: UUID | None = None) -> HttpResponse:
    """A provider, or a new one; what its test gave is shown once."""
    provider = _provider(provider_id) if provider_id else None
    form = ProviderForm(request.POST or None, initial=now_of(provider) if provider else None)
    if form.is_valid():
        try:
            saved = save_provider(actor, provider_id, form.wanted())
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            messages.success(request, _("Saved") if saved.tested_at else _("Saved. Now test this sign-in."))
            return redirect("organisation:sign_on", saved.id)
    context = {
        "form": form,
        "provider": provider,
        "result": result_of(request, provider) if provider else None,
        "callback": request.build_absolute_uri(_return_path(provider)) if provider else "",
    }
    return render(request, "organisation/provider.html", context, status=422 if form.errors else 200)


@require_POST
@for_owner
def test_provider(request: HttpRequest, actor: Actor, provider_id: UUID) -> HttpResponse:
    """Sign in at the provider, to see what it says; the answer leads there by a page of ours."""
    provider = _provider(provider_id)
    begin_test(request, provider, reverse("organisation:sign_on", args=[provider.id]))
    return render(request, "organisation/provider_test.html", {"provider": provider})


@require_POST
@for_owner
def remove_provider(request: HttpRequest, actor: Actor, provider_id: UUID) -> HttpResponse:
    """Delete a provider, after the page has asked."""
    delete_provider(actor, provider_id)
    messages.success(request, _("Single sign-on deleted"))
    return redirect("organisation:sign_ons")


def _return_path(provider: Provider) -> str:
    name = "saml_metadata" if provider.protocol == Protocol.SAML else "back_from_provider"
    return reverse(name, args=[provider.id])


def _provider(provider_id: UUID) -> Provider:
    provider = provider_of(str(provider_id))
    if provider is None:
        raise NotFoundHere
    return provider
