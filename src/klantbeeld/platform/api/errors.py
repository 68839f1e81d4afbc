"""What can be wrong with a request itself, beside what the records refuse."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, Refused


class NotSignedIn(Refused):
    """No token, or none that is valid."""

    status = HTTPStatus.UNAUTHORIZED
    code = "not_signed_in"
    default_message = _("Send a valid token: “Authorization: Bearer kb_…”.")


class OutOfScope(NotAllowed):
    """The token's owner may do this, and the token may not."""

    code = "insufficient_scope"
    default_message = _("This token's scopes don't allow this.")


class NotFromThisSite(NotAllowed):
    """A browser's session tried to write without proof that our own page asked for it."""

    code = "csrf"
    default_message = _("Send the CSRF token along, or use an API token.")


class WrongMethod(Refused):
    """The address is there, and can't be used with this method; those in `allow` it knows."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "wrong_method"
    default_message = _("This address doesn't know this method; see the Allow header.")

    def __init__(self, allow: Sequence[str] = ()) -> None:
        super().__init__()
        self.allow = allow


class BadJson(Refused):
    """The body, or a parameter, isn't JSON."""

    code = "bad_json"
    default_message = _("This isn't valid JSON.")


class TooLarge(Refused):
    """The body is larger than is accepted."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too_large"
    default_message = _("The body is too large; one megabyte is the limit.")


class TookTooLong(Refused):
    """The database broke the question off."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "took_too_long"
    default_message = _("This took too long and was stopped. Ask for less: fewer conditions, or fewer rows at once.")


class NotJson(Refused):
    """The body says that it is something else."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "not_json"
    default_message = _("Send the body as application/json.")


class ChangedMeanwhile(Refused):
    """The record isn't what the caller saw; `current` is what it is now, and `etag` its tag."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "changed_meanwhile"
    default_message = _("This record has changed since you read it. Nothing was changed; “current” is what it is now.")

    def __init__(self, current: Any = None, etag: str = "") -> None:
        super().__init__()
        self.current, self.etag = current, etag


class IfMatchNeeded(Refused):
    """The token changes only what it has seen, and didn't say what that was."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "if_match_needed"
    default_message = _("Send the ETag of the record along as If-Match: this token changes only what it has seen.")


class RowsRefused(Invalid):
    """Some rows can't be accepted, and all were to be written or none. `rows` has what is wrong, by place."""

    code = "rows_refused"

    def __init__(self, rows: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        super().__init__(_("Some rows can't be accepted, so none was written."))
        self.rows = rows

    def as_problem(self) -> dict[str, Any]:
        """The problem document, with the messages of each row by field."""
        return super().as_problem() | {"rows": self.rows}


class KeyInUse(Refused):
    """A request with the same Idempotency-Key is still being worked on."""

    status = HTTPStatus.CONFLICT
    code = "key_in_use"
    default_message = _("A request with this Idempotency-Key is still being worked on. Ask again in a moment.")


class TooOften(Refused):
    """The token has asked more often than it may; in `seconds` there is room again."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_often"
    default_message = _("This token asks too often. Wait as long as Retry-After says.")

    def __init__(self, seconds: int = 1) -> None:
        super().__init__()
        self.seconds = seconds


class OurFault(Refused):
    """Something broke on our side; what exactly stands in the log only."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "our_fault"
    default_message = _("Something went wrong on our side. It has been logged.")
