"""How allauth meets our accounts: who may come in, how fast one may try, and what is kept of it."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.held import refuse_if_held
from klantbeeld.platform.people.history import address_of, note_sign_in, steps_of
from klantbeeld.platform.people.models import SERVICE_DOMAIN, Outcome, User
from klantbeeld.platform.people.sessions import note_where_from


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: colleagues are added by those who may, the first one by a one-time link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Raises ValidationError, saying how long to wait, when there were too many."""
        email, network = str(credentials.get("email", "")), address_of(request)
        user = User.objects.filter(email__iexact=email).first()
        if network:
            refuse_if_held(request, user, brakes.of_network(network), brakes.OF_NETWORK)
        refuse_if_held(request, user, brakes.of_account(email), brakes.OF_ACCOUNT)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The account for an address and a password, None when they don't fit."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            brakes.release(brakes.of_account(str(credentials.get("email", ""))))
            if network := address_of(request):
                brakes.take_back(brakes.of_network(network))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a wrong password in the history."""
        user = User.objects.filter(email__iexact=str(credentials.get("email", ""))).first()
        note_sign_in(request, user, Outcome.WRONG_PASSWORD, "password")

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Tell somebody that their account may not be used, and keep that they tried."""
        note_sign_in(request, _ours(user), Outcome.SHUT_OUT, "password")
        return super().respond_user_inactive(request, user)

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Mail a link to choose a password, but for the account of a program."""
        if not email.endswith(f"@{SERVICE_DOMAIN}"):
            super().send_password_reset_mail(user, email, context)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove that it is still oneself, in our words."""
        words = {"mfa_reauthenticate:webauthn": _("Use a passkey")}
        return [
            {**each, "description": words.get(each["id"], each["description"])}
            for each in super().get_reauthentication_methods(user)
        ]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session, and keep where and how it began."""
        super().login(request, user)
        note_where_from(request)
        account = _ours(user)
        note_sign_in(request, account, Outcome.IN, steps_of(request, account))


def _ours(user: AbstractBaseUser) -> User:
    return cast("User", user)


class SecondStepAdapter(DefaultMFAAdapter):
    """Second steps: what they are called."""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A name to start with for a new passkey: how many there are is all that is known of it."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": held + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whose passkey it is: that of the address at which it is made, and of no other."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Klantbeeld"}
