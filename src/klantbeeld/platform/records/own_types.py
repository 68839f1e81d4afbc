"""Record types that an organisation made: declarations that are built from what it said, and used as any other."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.customfields.public import OwnRecord, OwnType, forget, own_types
from klantbeeld.platform.records.record_type import RecordType, SearchBy, Section
from klantbeeld.platform.tenancy.scope import NoTenant, current_tenant_id


class OwnRecordType(RecordType):
    """What all own types have in common. What differs comes from the `OwnType`, and from its own fields."""

    model = OwnRecord
    owner = "owner"
    fields = ("name", "owner", "created_at", "updated_at")
    columns = ("name", "owner", "created_at")
    sortable = {"name": "name", "created_at": "created_at"}
    sort = "name"
    search = SearchBy()
    import_keys = ("name",)


_made: dict[UUID, tuple[object, dict[str, RecordType]]] = {}


def current() -> Mapping[str, RecordType]:
    """The own types of the current organisation by slug, none outside any; the same objects until they change."""
    try:
        tenant_id = current_tenant_id()
    except NoTenant:
        return {}
    own = own_types()
    kept = _made.get(tenant_id)
    if kept is None or kept[0] is not own:
        kept = _made[tenant_id] = (own, {each.slug: declared(each) for each in own})
    return kept[1]


def look_again() -> None:
    """Read the current organisation's own types anew at the next use; nothing outside any."""
    with suppress(NoTenant):
        forget()


def declared(own: OwnType) -> RecordType:
    """The record type that an organisation means by what it said."""
    named = {"name": {"label": own.name_label}} if own.name_label else {}
    said = {
        "slug": own.slug,
        "label": own.label,
        "label_plural": own.label_plural,
        "icon": own.icon,
        "discriminator": {"record_type": own.slug},
        "changes": named,
        "sections": (Section(_("General"), ("name", "owner")),),
    }
    made: type[RecordType] = type("DeclaredType", (OwnRecordType,), said)
    return made()
