"""Bringing a deleted record back with all that went with it: the same ids, in one transaction."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.events.public import emit
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.belongings import Belonging, Loosened, loosened, went_with
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.bulk.writer import Written
from klantbeeld.platform.records.past import deletion
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.returning import insert, sort_out
from klantbeeld.platform.records.writing import tell_followers

Model = type[models.Model]
Counts = dict[Model, int]


@dataclass
class Restored:
    """What came back with a record, and what didn't, by table: how many rows."""

    back: Counts = field(default_factory=dict)
    lost: Counts = field(default_factory=dict)
    cut: Counts = field(default_factory=dict)


def may_restore(actor: Actor, record_type: RecordType, record_id: UUID) -> bool:
    """Whether this record was deleted and `actor`, who could have deleted it, may bring it back."""
    if not record_type.deletable or record_type.model._default_manager.filter(pk=record_id).exists():
        return False
    try:
        deletion(actor, record_type, record_id, "delete")
    except NotFoundHere:
        return False
    return True


def restore(actor: Actor, record_type: RecordType, record_id: UUID) -> Restored:
    """Undo a deletion: the record, what went with it, and the links to it that were emptied.

    Whoever could delete it may. Raises NotFoundHere when there is no such deletion, or not for this actor; Refused when
    it is there again, or when it can't be put back as it was: then nothing is.
    """
    if not record_type.deletable:
        raise NotFoundHere
    change = deletion(actor, record_type, record_id, "delete")
    first, *rest = went_with(change, record_type.model)
    told = Restored()
    with transaction.atomic():
        _put_back(actor, record_type, first, told)
        returning = {record_type.model: {str(record_id)}}
        parts = [first]
        for part in rest:
            kept = sort_out(part, returning)
            there = insert(part.model, kept.rows, skip_clashes=True) if kept.rows else set()
            part.rows = [row for row in kept.rows if UUID(row["id"]) in there]
            returning.setdefault(part.model, set()).update(map(str, there))
            parts.append(part)
            _count(told.back, part.model, len(there))
            _count(told.lost, part.model, len(kept.lost) + len(kept.rows) - len(there))
            _count(told.cut, part.model, len(kept.cut & there))
        for loose in loosened(change, parts):
            _tie(loose)
        _follow(actor, parts)
        emit(f"{record_type.slug}.restored", {"id": str(record_id)})
    return told


def told_to(actor: Actor, counts: Counts) -> "list[tuple[str, int]]":
    """The counts in words, for whoever may read such records; of others nothing is said."""
    by_model = {each.model: each for each in registry if not each.discriminator}
    return [
        (str(by_model[model].label_plural), count)
        for model, count in counts.items()
        if count and model in by_model and gates.may(actor, "read", by_model[model])
    ]


def _put_back(actor: Actor, record_type: RecordType, part: Belonging, told: Restored) -> None:
    kept = sort_out(part, {})
    if kept.lost:
        raise Refused(_("It belongs to a record that is gone. Restore that one first. Nothing was changed."))
    _count(told.cut, part.model, len(kept.cut))
    part.rows = kept.rows
    if record_type.model._base_manager.filter(pk=part.rows[0]["id"]).exists():
        raise Refused(_("It is there again already. Nothing was changed."))
    try:
        with transaction.atomic():
            insert(part.model, part.rows, skip_clashes=False)
    except IntegrityError as problem:
        why = record_type.writer(record_type, actor).conflict(problem)
        raise Refused(_("%(why)s Nothing was changed.") % {"why": why}) from None


def _count(counts: Counts, model: Model, number: int) -> None:
    if number:
        counts[model] = counts.get(model, 0) + number


def _tie(loose: Loosened) -> None:
    """Point to the record again from where nothing else was chosen since."""
    rows = loose.model._default_manager.filter(
        Among("pk", loose.ids, "uuid"), **{f"{loose.link.attname}__isnull": True}
    ).select_for_update()
    ids = list(rows.values_list("pk", flat=True))
    loose.model._default_manager.filter(Among("pk", ids, "uuid")).update(**{loose.link.attname: loose.pointed_to})
    for each in registry:
        if each.model is loose.model:
            tell_followers(each, list(each.stored().filter(Among("pk", ids, "uuid")).values_list("pk", flat=True)))


def _follow(actor: Actor, parts: list[Belonging]) -> None:
    """What is derived from the records follows them back."""
    for part in parts:
        for record_type in (each for each in registry if each.model is part.model):
            rows = [row for row in part.rows if record_type.discriminator.items() <= row.items()]
            if rows:
                ids = [str(row["id"]) for row in rows]
                written = Written(created=ids, links=_links(part.model, rows))
                record_type.bulk(record_type, actor, {}, "").follow_up(written)
                tell_followers(record_type, ids)


def _links(model: Model, rows: list[dict[str, Any]]) -> dict[str, set[UUID]]:
    links: list[Any] = [each for each in model._meta.concrete_fields if each.is_relation]
    return {link.name: {UUID(key) for row in rows if (key := row.get(link.column))} for link in links}
