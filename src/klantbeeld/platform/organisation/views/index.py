"""The way into the settings."""

from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.organisation.names import MANAGE_FIELDS, MANAGE_ROLES
from klantbeeld.platform.records.views.door import for_actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


OWNER = "owner"


class Place(NamedTuple):
    """A page of the settings; `ability` is needed to see it, "" for everybody, `OWNER` to do everything."""

    url_name: str
    icon: str
    label: "StrOrPromise"
    about: "StrOrPromise"
    ability: str = ""


PLACES = (
    Place("me", "user-circle", _("You"), _("Name, language, time zone, password, passkeys and sessions")),
    Place("colleagues", "users", _("Colleagues"), _("Who works here, and what they may do"), MANAGE_PEOPLE),
    Place("services", "tool", _("Service accounts"), _("Programs that work here by themselves"), MANAGE_PEOPLE),
    Place("teams", "users-group", _("Teams"), _("Who shares work with whom"), MANAGE_PEOPLE),
    Place(
        "roles",
        "shield-check",
        _("Roles"),
        _("What somebody may see and change, per record and per field"),
        MANAGE_ROLES,
    ),
    Place("rights", "eye", _("Who may what"), _("Why somebody can, or can’t, see something"), MANAGE_ROLES),
    Place(
        "fields", "adjustments-horizontal", _("Own fields"), _("What you want to know besides the usual"), MANAGE_FIELDS
    ),
    Place("types", "puzzle", _("Record types"), _("What you keep besides what came along"), MANAGE_FIELDS),
    Place("sign_ons", "building", _("Single sign-on"), _("Come in with the account of your organisation"), OWNER),
    Place("sign_ins", "lock", _("Attempts to sign in"), _("Who came in, and who didn’t"), MANAGE_PEOPLE),
    Place(
        "webhooks:list",
        "bolt",
        _("Webhooks"),
        _("Which other programs are told at once what happens here"),
        "webhooks.manage",
    ),
    Place("tokens", "plug", _("API tokens"), _("With which programs work here for you")),
)


@require_safe
@for_actor
def show_settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The pages of the settings that this person may open."""
    places = [
        (reverse(place.url_name if ":" in place.url_name else f"organisation:{place.url_name}"), place)
        for place in PLACES
        if not place.ability or (actor.grants.everything if place.ability == OWNER else actor.may(place.ability))
    ]
    return render(request, "organisation/index.html", {"places": places})
