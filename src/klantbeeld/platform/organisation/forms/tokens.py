"""The form for a new API token."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.public import MOST_REQUESTS_PER_MINUTE
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.organisation.token_scopes import EVERYTHING, offers

_CHOSEN = "chosen"
_NEVER = "never"


class TokenForm(forms.Form):
    """Name, life and scopes; it offers no more than the actor may do, and takes no other scope."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What it is for, such as the program that will use it.")
    )
    life = forms.ChoiceField(
        label=_("Ends"),
        choices=[
            ("30", _("after 30 days")),
            ("90", _("after 90 days")),
            ("365", _("after a year")),
            (_NEVER, _("never")),
        ],
        initial="90",
    )
    reach = forms.ChoiceField(
        label=_("May do"),
        choices=[(_CHOSEN, _("only what is ticked below")), (EVERYTHING, _("everything I may do"))],
        widget=forms.RadioSelect,
        initial=_CHOSEN,
        help_text=_("Rights that you lose, the token loses too."),
    )
    requests_per_minute = forms.IntegerField(
        label=_("Requests a minute"),
        required=False,
        min_value=1,
        max_value=MOST_REQUESTS_PER_MINUTE,
        help_text=_("Programs that ask more often are told to wait. Left empty: what this installation allows."),
    )
    needs_if_match = forms.BooleanField(
        label=_("Changes only what it has seen"),
        required=False,
        help_text=_("A change must say which state of the record it was made for (If-Match)."),
    )
    scopes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers(actor)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            scope for offer in self.offers for scope in offer.scopes
        ]

    def clean(self) -> dict[str, Any]:
        """Refuses a token that may do nothing."""
        given = super().clean() or self.cleaned_data
        if given.get("reach") == _CHOSEN and "scopes" in given and not given["scopes"]:
            self.add_error("scopes", _("Tick at least one kind of record."))
        return given

    def wanted_scopes(self) -> list[str]:
        """The scopes that were chosen, without those that another one includes; after `is_valid`."""
        if self.cleaned_data["reach"] == EVERYTHING:
            return [EVERYTHING]
        ticked = set(self.cleaned_data["scopes"])
        return sorted(ticked - {scope.replace(":write", ":read") for scope in ticked if scope.endswith(":write")})

    def expires_at(self) -> datetime | None:
        """When the token ends; None for never. After `is_valid`."""
        life = self.cleaned_data["life"]
        return None if life == _NEVER else clock.now() + timedelta(days=int(life))
