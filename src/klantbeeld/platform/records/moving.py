"""Putting a record into another lane, or on another day: one change through the writer, with an undo."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import JsonResponse
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere, Refused
from klantbeeld.platform.records.cells import Reader, words
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.undo import change_undoably
from klantbeeld.platform.records.writing import value_in


def writable_field(actor: Actor, record_type: RecordType, name: str) -> RecordField:
    """The field that a move changes. Raises NotFoundHere when this actor may not read or not write it."""
    if name not in record_type.readable(actor) or name not in record_type.writable(actor):
        raise NotFoundHere
    return record_type.writable(actor)[name]


def move(
    actor: Actor,
    record_type: RecordType,
    record_id: UUID,
    field: RecordField,
    given: Mapping[str, Any],
    still: Callable[[Any], bool],
) -> int | None:
    """Give the record other values, and return the number of the change for `undo`; None when it was so already.

    `still` gets the stored value of `field` under the record's lock, and says whether it is the one that was on the
    screen. Raises Invalid with words for the person when a colleague was first, and what `Writer.change` raises.
    """

    def check(instance: Any) -> None:
        now = value_in(instance, field)
        if not still(now):
            shown = words(field, Reader(actor), now)
            raise Invalid(_overtaken(shown))

    return change_undoably(actor, record_type, record_id, given, check)


def refusal(refused: Refused) -> JsonResponse:
    """Why a move wasn't made, in JSON."""
    texts = [str(text) for each in refused.errors.values() for text in each] if isinstance(refused, Invalid) else []
    text = " ".join(texts) or str(refused)
    return JsonResponse({"toast": {"text": text, "tone": "bad"}}, status=refused.status)


def record_id_of(text: str) -> UUID:
    """The id in a form. Raises NotFoundHere for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundHere from None


def _overtaken(now: str) -> str:
    if not now:
        return _("A colleague emptied this in the meantime. It stays as it is now.")
    return _("A colleague changed this to “%(now)s” in the meantime. It stays there.") % {"now": now}
