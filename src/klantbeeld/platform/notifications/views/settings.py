"""How one wants to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.notifications.actions.prefer import prefer
from klantbeeld.platform.notifications.forms import PreferencesForm, RhythmForm, first_choices, first_rhythm
from klantbeeld.platform.records.views.door import for_actor


@require_http_methods(["GET", "HEAD", "POST"])
@for_actor
def edit_preferences(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Per kind of thing whether it is shown in the product and how often it is mailed, and when mails may come."""
    if actor.member_id is None:
        raise NotFoundHere
    choices = PreferencesForm(request.POST or None, initial=first_choices(actor.member_id))
    rhythm = RhythmForm(request.POST or None, initial=first_rhythm(actor.member_id))
    if request.method == "POST" and choices.is_valid() and rhythm.is_valid():
        prefer(actor.member_id, choices.chosen(), rhythm.cleaned_data)
        messages.success(request, _("Saved"))
        return redirect("notifications:settings")
    context = {"choices": choices, "rhythm": rhythm, "timezone": actor.timezone.replace("_", " ")}
    wrong = request.method == "POST"
    return render(request, "notifications/settings.html", context, status=422 if wrong else 200)
