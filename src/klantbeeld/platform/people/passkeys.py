"""Adding a passkey."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class NewPasskeyForm(AddWebAuthnForm):
    """Its name, and whether it signs in alone, which a plain security key without a PIN can't."""

    name = forms.CharField(
        label=_("Name"), max_length=60, required=False, help_text=_("Such as the device that it is kept on.")
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone"),
        required=False,
        initial=True,
        help_text=_("Without a password. Untick it for a security key that is only the second step."),
    )
