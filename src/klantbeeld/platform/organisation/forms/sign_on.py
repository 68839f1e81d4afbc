"""The form of a provider of single sign-on."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.organisation.actions.save_provider import Wanted
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.signon.public import Protocol, Provider

_MOST_GROUPS = 200


class ProviderForm(forms.Form):
    """Where the provider is, who comes in by it, with which roles, and whether there is another way in."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("As the button on the sign-in page says it.")
    )
    protocol = forms.ChoiceField(
        label=gettext_lazy("Protocol"), choices=Protocol.choices, required=False, initial=Protocol.OPENID_CONNECT
    )
    issuer = forms.CharField(
        label=gettext_lazy("Address of the provider"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For OpenID Connect: the issuer, https://…"),
    )
    client_id = forms.CharField(label=gettext_lazy("Client id"), max_length=300, required=False)
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted and never shown again. Empty keeps the one that there is."),
    )
    metadata = forms.CharField(
        label=gettext_lazy("Metadata"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("For SAML: the XML, or its address. Empty keeps what there is."),
    )
    joins = forms.BooleanField(
        label=gettext_lazy("Let new people in"),
        required=False,
        help_text=gettext_lazy("Whoever the provider lets in becomes a colleague; else only those you invited."),
    )
    default_role = forms.ModelChoiceField(Role.objects.none(), label=gettext_lazy("Role to start with"), required=False)
    group_claim = forms.CharField(
        label=gettext_lazy("Claim with the groups"), max_length=60, required=False, initial="groups"
    )
    groups = forms.CharField(
        label=gettext_lazy("Roles by group"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("A line for each: group = role. Set again at every sign-in; other roles stay."),
    )
    only = forms.BooleanField(
        label=gettext_lazy("Only single sign-on"),
        required=False,
        help_text=gettext_lazy("Passwords and passkeys don’t open this organisation any more. Ends open sessions."),
    )
    break_glass = forms.ModelChoiceField(
        Member.objects.none(),
        label=gettext_lazy("May always sign in with a password"),
        required=False,
        help_text=gettext_lazy("An owner, for the day the provider is down."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["default_role"].queryset = Role.objects.filter(is_owner=False).order_by("name")  # type: ignore[attr-defined]
        owners = Member.objects.filter(active=True, is_service=False, member_roles__role__is_owner=True)
        self.fields["break_glass"].queryset = owners.distinct().order_by("name")  # type: ignore[attr-defined]

    def clean_groups(self) -> dict[str, Role]:
        """The roles by group. Refuses lines that aren't "group = role", and roles that there aren't."""
        roles = {role.name.lower(): role for role in Role.objects.all()}
        found: dict[str, Role] = {}
        for number, line in enumerate(self.cleaned_data["groups"].splitlines(), 1):
            if not line.strip():
                continue
            group, sign, name = line.rpartition("=")
            role = roles.get(name.strip().lower())
            if not sign or not group.strip() or role is None:
                told = _("Line %(number)d: write “group = role”, with a role that there is.")
                raise forms.ValidationError(told % {"number": number})
            found[group.strip()[:200]] = role
        if len(found) > _MOST_GROUPS:
            raise forms.ValidationError(_("At most %(limit)d groups.") % {"limit": _MOST_GROUPS})
        return found

    def clean_protocol(self) -> str:
        """The protocol; OpenID Connect when none is chosen."""
        return self.cleaned_data["protocol"] or Protocol.OPENID_CONNECT

    def wanted(self) -> Wanted:
        """What was filled in; after `is_valid`."""
        return Wanted(**self.cleaned_data)


def now_of(provider: Provider) -> dict[str, Any]:
    """What the form begins with for a provider."""
    names = {str(role.id): role.name for role in Role.objects.all()}
    lines = [f"{group} = {names[role]}" for group, role in provider.groups.items() if role in names]
    plain = ("name", "protocol", "issuer", "client_id", "joins", "group_claim", "only")
    return {name: getattr(provider, name) for name in plain} | {
        "default_role": provider.default_role_id,
        "break_glass": provider.break_glass_id,
        "groups": "\n".join(lines),
    }
