"""The records before and after one in the list that somebody came from."""

from dataclasses import dataclass
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.paging import Cursor, slice_after
from klantbeeld.platform.records.reading import Query, matching, order_of
from klantbeeld.platform.records.record_type import RecordType


@dataclass(frozen=True, slots=True)
class Beside:
    """The neighbours of a record in a list; None at its ends."""

    previous: UUID | None
    next: UUID | None


def beside(actor: Actor, record_type: RecordType, query: Query, record_id: UUID) -> Beside:
    """The neighbours of a record in the list of `query`, whatever page it is on; each costs what a row of a page does.

    Raises NotFoundHere when the record isn't in that list, BadCondition or Invalid for a list that can't be.
    """
    order = order_of(actor, record_type, query.sort)
    rows = matching(actor, record_type, query.condition).values("id", order.path)
    here = rows.filter(pk=record_id).first()
    if here is None:
        raise NotFoundHere
    nullable: bool = record_type.model._meta.get_field(order.path).null
    found: list[UUID | None] = []
    for backward in (True, False):
        cursor = Cursor(here[order.path], record_id, backward)
        neighbours, _more = slice_after(
            lambda part, value, row_id: part.of(rows, value, row_id), order, cursor, 1, nullable
        )
        found.append(neighbours[0]["id"] if neighbours else None)
    return Beside(*found)
