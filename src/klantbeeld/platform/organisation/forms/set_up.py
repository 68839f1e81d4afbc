"""The form that makes an organisation and its owner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.organisation.actions.set_up_organisation import NewOrganisation, NewOwner
from klantbeeld.platform.organisation.hosts import BadHost, clean_hosts
from klantbeeld.platform.organisation.places import countries, currencies, languages, timezones


class SetUpForm(forms.Form):
    """Host names are asked for only when there is another organisation."""

    organisation = forms.CharField(label=_("Name of the organisation"), max_length=200)
    hosts = forms.CharField(
        label=_("Host names"),
        max_length=1000,
        help_text=_("Where people will find it, such as crm.example.org. Several are parted by spaces."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=timezones)
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a few words together are easy to remember."),
    )

    def __init__(self, *args: Any, another: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not another:
            del self.fields["hosts"]

    def clean_hosts(self) -> list[str]:
        """The host names as a list."""
        try:
            return clean_hosts(self.cleaned_data["hosts"])
        except BadHost as problem:
            raise forms.ValidationError(str(problem)) from None

    def new_organisation(self) -> NewOrganisation:
        """What was given of the organisation; after `is_valid`."""
        given = self.cleaned_data
        return NewOrganisation(
            name=given["organisation"],
            country=given["country"],
            currency=given["currency"],
            language=given["language"],
            timezone=given["timezone"],
            hosts=given.get("hosts", []),
        )

    def new_owner(self) -> NewOwner:
        """What was given of the owner; after `is_valid`."""
        given = self.cleaned_data
        return NewOwner(given["name"], given["email"], given["password"])
