"""Forms for colleagues, teams and one's own profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.organisation.places import languages, timezones
from klantbeeld.platform.people.models import Member, Team


class ColleagueForm(forms.Form):
    """A colleague's name, roles and teams."""

    name = forms.CharField(label=_("Name"), max_length=200)
    roles = forms.ModelMultipleChoiceField(
        Role.objects.none(),
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Several roles add up. Without any, they can sign in and see nothing."),
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(), label=_("Teams"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].queryset = Role.objects.order_by("-is_owner", "name")  # type: ignore[attr-defined]
        teams = Team.objects.order_by("name")
        self.fields["teams"].queryset = teams  # type: ignore[attr-defined]
        if not teams:
            del self.fields["teams"]


class NewColleagueForm(ColleagueForm):
    """The same, with the e-mail address of the account."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They sign in with it. Someone who has an account here keeps it.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=languages, required=False, help_text=_("Of the invitation, and of what they see.")
    )
    field_order = ("email", "name", "language")


class ServiceAccountForm(ColleagueForm):
    """A service account's name, roles and teams."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("What it is for, such as the program that will work with it.")
        self.fields["roles"].help_text = _("Several roles add up. Its tokens can’t do more than they allow.")


class TeamForm(forms.Form):
    """A team's name and members."""

    name = forms.CharField(label=_("Name"), max_length=100)
    members = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=_("Members"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Whoever may see “the team’s” records sees those of everybody here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.filter(active=True).order_by("name")
        self.fields["members"].queryset = members  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    """What everybody says of themselves; the name is the one that colleagues of this organisation see."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=timezones)
