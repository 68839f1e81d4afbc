"""What a person can be told went wrong: one small family of exceptions that every surface knows how to show.

Anything that isn't a `Refused` is a fault of the program, not of the person, and is shown as such.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

Text = str | Promise
"""A message: plain, or translated when it is shown."""


def _fill(message: Text, values: Mapping[str, object]) -> str:
    return str(message) % values


_fill_later = lazy(_fill, str)


def filled(message: Text, **values: object) -> Text:
    """`message` with its "%(name)s" places filled, translated when it is shown.

    Plain `%` on a lazy text would translate it at once, into the language of whoever raised it.
    """
    return _fill_later(message, values)


class Refused(Exception):
    """Something a person asked for was not done. `message` says why, in their language."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    code: ClassVar[str] = "refused"
    default_message: ClassVar[Text] = _("This can't be done.")

    def __init__(self, message: Text | None = None) -> None:
        self.message: Text = self.default_message if message is None else message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)

    def as_problem(self) -> dict[str, Any]:
        """The members of an RFC 9457 problem document, translated into the active language.

        `type` stays "about:blank", so by section 4.2.1 the title is that of the HTTP status;
        programs tell problems apart by the extension member `code`.
        """
        return {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": str(self),
            "code": self.code,
        }


class Invalid(Refused):
    """Values that can't be accepted.

    `errors` maps a field's name to its messages; the empty name stands for the whole.
    A single message or text may be given instead: it is about the whole.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid"
    default_message = _("Some values can't be accepted.")

    def __init__(self, errors: Mapping[str, Sequence[Text]] | Text) -> None:
        given = errors if isinstance(errors, Mapping) else {"": [errors]}
        self.errors: dict[str, list[Text]] = {field: list(messages) for field, messages in given.items()}
        messages = [message for of_field in self.errors.values() for message in of_field]
        super().__init__(messages[0] if len(messages) == 1 else None)

    def as_problem(self) -> dict[str, Any]:
        """The problem document, with the translated messages of each field in `errors`."""
        errors = {field: [str(message) for message in messages] for field, messages in self.errors.items()}
        return super().as_problem() | {"errors": errors}


class NotAllowed(Refused):
    """The person is known, and may not do this."""

    status = HTTPStatus.FORBIDDEN
    code = "not_allowed"
    default_message = _("You may not do this.")


class NotFoundHere(Refused):
    """There is no such thing, or none that this person may know of: the answer is the same."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    default_message = _("There is nothing here.")


class Gone(Refused):
    """The thing was here once and has been removed for good."""

    status = HTTPStatus.GONE
    code = "gone"
    default_message = _("This was here, and has been removed.")
