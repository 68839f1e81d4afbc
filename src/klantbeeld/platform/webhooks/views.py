"""The pages of webhooks in the settings: the list, making and changing one, and the log with what can be done there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.webhooks.actions.resume import resume, send_again
from klantbeeld.platform.webhooks.actions.save_webhook import (
    change_webhook,
    create_webhook,
    renew_secret,
    webhook_of,
    webhooks_of,
)
from klantbeeld.platform.webhooks.forms import WebhookForm
from klantbeeld.platform.webhooks.models import Webhook

FORM_METHODS = ["GET", "HEAD", "POST"]
LOGGED = 50
_UNPROCESSABLE = 422


@require_safe
@for_actor
def list_webhooks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All webhooks, and how they are."""
    return render(request, "webhooks/list.html", {"webhooks": webhooks_of(actor)})


@require_http_methods(FORM_METHODS)
@for_actor
def new_webhook(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make one; the answer shows its secret, once."""
    webhooks_of(actor)
    form = WebhookForm(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            return _secret(request, create_webhook(actor, form.wanted()))
        except Invalid as problem:
            _show(form, problem)
    return _form(request, form, None)


@require_http_methods(FORM_METHODS)
@for_actor
def edit_webhook(request: HttpRequest, actor: Actor, webhook_id: UUID) -> HttpResponse:
    """Change one."""
    webhook = webhook_of(actor, webhook_id)
    form = WebhookForm(request.POST or None, actor=actor, webhook=webhook)
    if form.is_valid():
        try:
            change_webhook(actor, webhook_id, form.wanted())
        except Invalid as problem:
            _show(form, problem)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("webhooks:log", webhook_id)
    return _form(request, form, webhook)


@require_safe
@for_actor
def show_log(request: HttpRequest, actor: Actor, webhook_id: UUID) -> HttpResponse:
    """The latest messages of a webhook, with each try."""
    webhook = webhook_of(actor, webhook_id)
    deliveries = webhook.deliveries.order_by("-created_at", "-id").prefetch_related("tries")[:LOGGED]
    return render(request, "webhooks/log.html", {"webhook": webhook, "deliveries": deliveries})


@require_POST
@for_actor
def replay(request: HttpRequest, actor: Actor, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send a message once more."""
    send_again(actor, webhook_id, delivery_id)
    messages.success(request, _("The message is sent again."))
    return redirect("webhooks:log", webhook_id)


@require_POST
@for_actor
def start_again(request: HttpRequest, actor: Actor, webhook_id: UUID) -> HttpResponse:
    """Put a paused webhook back to work."""
    webhook = resume(actor, webhook_id)
    messages.success(request, _("%(name)s is at work again.") % {"name": webhook.name})
    return redirect("webhooks:log", webhook_id)


@require_POST
@for_actor
def new_secret(request: HttpRequest, actor: Actor, webhook_id: UUID) -> HttpResponse:
    """Renew the secret; the answer shows it, once."""
    return _secret(request, renew_secret(actor, webhook_id))


@require_POST
@for_actor
def remove(request: HttpRequest, actor: Actor, webhook_id: UUID) -> HttpResponse:
    """End a webhook, with its log."""
    webhook = webhook_of(actor, webhook_id)
    webhook.delete()
    messages.success(request, _("%(name)s is deleted.") % {"name": webhook.name})
    return redirect("webhooks:list")


def _secret(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    response = render(request, "webhooks/secret.html", {"webhook": webhook})
    response["Cache-Control"] = "no-store"
    return response


def _form(request: HttpRequest, form: WebhookForm, webhook: Webhook | None) -> HttpResponse:
    context = {"form": form, "webhook": webhook, "ticked": form["events"].value() or []}
    return render(request, "webhooks/edit.html", context, status=_UNPROCESSABLE if form.errors else 200)


def _show(form: WebhookForm, problem: Invalid) -> None:
    for name, texts in problem.errors.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, str(text))
