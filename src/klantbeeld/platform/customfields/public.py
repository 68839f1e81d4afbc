"""What others use of own fields and own record types."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic
from uuid import UUID

from klantbeeld.platform.customfields.models import FORMULA, ROLL_UP, CustomField, OwnRecord, OwnType, WithCustomFields
from klantbeeld.platform.tenancy.scope import current_tenant_id

__all__ = [
    "FORMULA",
    "ROLL_UP",
    "CustomField",
    "OwnRecord",
    "OwnType",
    "WithCustomFields",
    "fields_of",
    "fields_to",
    "forget",
    "own_types",
    "version_of_fields",
]

_KEPT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Own:
    """What an organisation made itself, as it was read; `version` is another one whenever it differs."""

    version: int
    fields: dict[str, tuple[CustomField, ...]]
    types: tuple[OwnType, ...]


_read: dict[UUID, tuple[float, _Own]] = {}
_versions = count()


def fields_of(record_type: str) -> Sequence[CustomField]:
    """The own fields of a record type in the current organisation, in order.

    Kept for two seconds per process; `forget` makes a change seen at once in this one. As long as nothing changes, it
    is the same object.
    """
    return _current().fields.get(record_type, ())


def fields_to(record_type: str) -> list[CustomField]:
    """The own fields of any type that link to records of this one. Kept as `fields_of` is."""
    return [each for own in _current().fields.values() for each in own if each.target == record_type]


def own_types() -> Sequence[OwnType]:
    """The record types that the current organisation made. Kept as `fields_of` is."""
    return _current().types


def version_of_fields() -> int:
    """A number that changes in this process whenever any own field or type of the current organisation does."""
    return _current().version


def _current() -> _Own:
    tenant_id = current_tenant_id()
    kept = _read.get(tenant_id)
    if kept is not None and monotonic() - kept[0] <= _KEPT_SECONDS:
        return kept[1]
    fields: dict[str, tuple[CustomField, ...]] = {}
    for field in CustomField.objects.filter(tenant_id=tenant_id):
        fields[field.record_type] = (*fields.get(field.record_type, ()), field)
    types = tuple(OwnType.objects.filter(tenant_id=tenant_id))
    if kept is not None and _values(kept[1]) == _values(_Own(0, fields, types)):
        own = kept[1]
    else:
        own = _Own(next(_versions), fields, types)
    _read[tenant_id] = (monotonic(), own)
    return own


def _values(own: _Own) -> list[dict[str, object]]:
    rows = [*(each for fields in own.fields.values() for each in fields), *own.types]
    return [{name: value for name, value in vars(each).items() if name != "_state"} for each in rows]


def forget() -> None:
    """Read the own fields and types of the current organisation anew at the next use."""
    _read.pop(current_tenant_id(), None)
