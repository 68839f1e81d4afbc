"""Sessions and attempts to sign in, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.platform.people.browsers import PHONES, browser_name, device_name
from klantbeeld.platform.people.models import Outcome, Session, SignIn
from klantbeeld.platform.people.sessions import name_of

_STEPS = {
    "password": gettext_lazy("password"),
    "totp": gettext_lazy("code of an app"),
    "recovery_codes": gettext_lazy("recovery code"),
    "webauthn": gettext_lazy("passkey"),
    "mfa": gettext_lazy("second step"),
    "sso": gettext_lazy("single sign-on"),
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session: the name to end it by, never its key."""

    name: str
    browser: str
    icon: str
    address: str
    last_seen_at: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class SignInLine:
    """An attempt to sign in, in words."""

    who: str
    at: datetime
    outcome: str
    tone: str
    how: str
    address: str
    browser: str


def session_lines(sessions: Iterable[Session], current_key: str | None) -> list[SessionLine]:
    """The lines for sessions; `current_key` is that of the browser that asks."""
    return [
        SessionLine(
            name=name_of(each),
            browser=browser_name(each.browser) or _("Unknown browser"),
            icon="device-mobile" if device_name(each.browser) in PHONES else "world",
            address=each.address or "",
            last_seen_at=each.last_seen_at,
            current=each.session_key == current_key,
        )
        for each in sessions
    ]


def sign_in_lines(attempts: Iterable[SignIn], with_names: bool = False) -> list[SignInLine]:
    """The lines for attempts; `with_names` needs the members joined."""
    return [
        SignInLine(
            who=(str(each.member) if each.member_id else _("nobody here")) if with_names else "",
            at=each.at,
            outcome=str(each.get_outcome_display()),
            tone="ok" if each.outcome == Outcome.IN else "bad",
            how=how_in_words(each.how),
            address=each.address or "",
            browser=browser_name(each.browser),
        )
        for each in attempts
    ]


def how_in_words(how: str) -> str:
    """The steps of an attempt, such as "password, code of an app"."""
    return ", ".join(str(_STEPS.get(step, step)) for step in how.split("+") if step)
