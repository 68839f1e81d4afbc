"""API tokens: the list, making one, revoking."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.public import Token, create_token, revoke_token, tokens_within_reach
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.tokens import TokenForm
from klantbeeld.platform.organisation.token_scopes import in_words
from klantbeeld.platform.organisation.views.door import FORM_METHODS
from klantbeeld.platform.records.views.door import for_actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Line:
    """A token in the list: what it may do, and its state with the colour of its dot."""

    token: Token
    scopes: str
    state: "StrOrPromise"
    tone: str

    @property
    def usable(self) -> bool:
        """Whether programs can still sign in with it."""
        return self.tone == "ok"


@require_safe
@for_actor
def list_tokens(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own tokens, and everybody's for those who manage people."""
    lines = [line_of(token) for token in tokens_within_reach(actor)]
    return render(
        request,
        "organisation/tokens.html",
        {"lines": lines, "of_everybody": actor.may(MANAGE_PEOPLE), "may_make": actor.member_id is not None},
    )


@require_http_methods(FORM_METHODS)
@for_actor
def new_token(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make a token; the answer shows its text, once."""
    form = TokenForm(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            token, text = create_token(
                actor,
                form.cleaned_data["name"],
                form.wanted_scopes(),
                form.expires_at(),
                form.cleaned_data["requests_per_minute"],
                form.cleaned_data["needs_if_match"],
            )
        except Invalid as problem:
            show(form, problem)
        else:
            return made_page(request, token, text)
    context = {"form": form, "ticked": form["scopes"].value() or []}
    return render(request, "organisation/token.html", context, status=422 if form.errors else 200)


@require_POST
@for_actor
def end_token(request: HttpRequest, actor: Actor, token_id: UUID) -> HttpResponse:
    """Revoke a token, after the page has asked."""
    token = revoke_token(actor, token_id)
    messages.success(request, _("%(name)s is revoked. Programs can’t use it any more.") % {"name": token.name})
    return redirect("organisation:tokens")


def made_page(request: HttpRequest, token: Token, text: str) -> HttpResponse:
    """The page that shows the text of a new token, this once."""
    context = {"token": token, "text": text, "scopes": in_words(token.scopes)}
    response = render(request, "organisation/token_made.html", context)
    response["Cache-Control"] = "no-store"
    return response


def line_of(token: Token) -> Line:
    """A token as lists show it."""
    scopes = in_words(token.scopes)
    if token.revoked_at is not None:
        return Line(token, scopes, _("revoked"), "bad")
    if token.expires_at is not None and token.expires_at <= clock.now():
        return Line(token, scopes, _("ended"), "mute")
    return Line(token, scopes, _("usable"), "ok")
