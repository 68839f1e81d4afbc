"""The second step by a typed code: held up and kept in the history like a password."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator

from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.held import refuse_if_held
from klantbeeld.platform.people.history import note_sign_in
from klantbeeld.platform.people.models import Outcome


class _Held:
    user: Any

    def clean_code(self) -> str:
        """The code when it is right. Raises ValidationError, too, when there were too many wrong ones."""
        key = brakes.of_codes(self.user.pk)
        refuse_if_held(context.request, self.user, key, brakes.OF_ACCOUNT)
        code: str = super().clean_code()  # type: ignore[misc]
        brakes.release(key)
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        note_sign_in(context.request, self.user, Outcome.WRONG_CODE, authenticator.type)


class CodeForm(_Held, AuthenticateForm):
    """The code after the password."""


class CodeAgainForm(_Held, ReauthenticateForm):
    """The code before something that matters."""
