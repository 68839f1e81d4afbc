"""What somebody is told who tried too often."""

from datetime import datetime
from math import ceil

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.history import note_sign_in
from klantbeeld.platform.people.models import Outcome, User


def refuse_if_held(request: HttpRequest, user: User | None, key: str, limit: brakes.Limit) -> None:
    """Count an attempt. Raises ValidationError, saying how long to wait, when it is held up."""
    until = brakes.count_attempt(key, limit)
    if until is not None:
        note_sign_in(request, user, Outcome.HELD)
        raise ValidationError(wait_in_words(until), code="too_many_login_attempts")


def wait_in_words(until: datetime) -> str:
    """How long to wait, in whole minutes."""
    minutes = max(1, ceil((until - clock.now()).total_seconds() / 60))
    told = ngettext(
        "That went wrong too often. Try again in %(minutes)d minute.",
        "That went wrong too often. Try again in %(minutes)d minutes.",
        minutes,
    )
    return told % {"minutes": minutes}
