"""One's own profile."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.organisation.forms.people import ProfileForm
from klantbeeld.platform.organisation.views.door import FORM_METHODS
from klantbeeld.platform.people.models import Member, User
from klantbeeld.platform.records.views.door import for_actor


@require_http_methods(FORM_METHODS)
@for_actor
def edit_profile(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name, language and time zone; the latter two belong to the account and so count in every organisation."""
    if actor.member_id is None or actor.user_id is None:
        raise NotFoundHere
    now = {"name": actor.name, "language": actor.language, "timezone": actor.timezone}
    form = ProfileForm(request.POST or None, initial=now)
    if form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            member = Member.objects.get(id=actor.member_id)
            member.name = given["name"]
            member.save(update_fields=["name"])
            User.objects.filter(id=actor.user_id).update(language=given["language"], timezone=given["timezone"])
        with translation.override(given["language"]):
            messages.success(request, _("Saved"))
        return redirect("organisation:me")
    context = {"form": form, "email": request.user.email}  # type: ignore[union-attr]
    return render(request, "organisation/me.html", context, status=422 if form.errors else 200)
