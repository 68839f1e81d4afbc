"""Joining an organisation by the link of an invitation."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions import invite
from klantbeeld.platform.organisation.actions.make_password_link import make_password_link, may_make_link
from klantbeeld.platform.organisation.views.door import FORM_METHODS


@never_cache
@require_http_methods(FORM_METHODS)
def join(request: HttpRequest, secret: str) -> HttpResponseBase:
    """A new account chooses its password; one that was there signs in and agrees."""
    try:
        member = invite.invited_by(secret)
        if may_make_link(member):
            request.session["joining"] = request.tenant.name  # type: ignore[attr-defined]
            return redirect(make_password_link(member))
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if request.method == "POST":
            invite.join(secret, request.user)
            messages.success(request, _("Welcome, %(name)s") % {"name": member.name})
            return redirect("home")
        return _page(request, "" if request.user.pk == member.user_id else "other", 200)
    except NotFoundHere:
        return _page(request, "gone", 404)
    except NotAllowed:
        return _page(request, "other", 403)


def _page(request: HttpRequest, trouble: str, status: int) -> HttpResponse:
    organisation = request.tenant.name if request.tenant else ""  # type: ignore[attr-defined]
    context = {"trouble": trouble, "organisation": organisation}
    return render(request, "organisation/join.html", context, status=status)
