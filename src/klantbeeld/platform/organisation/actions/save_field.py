"""Adding, changing, ordering and deleting an own field."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.customfields.public import FORMULA, ROLL_UP, CustomField, forget
from klantbeeld.platform.formulas.public import BadFormula, check, names_in, parse
from klantbeeld.platform.jobs.public import start
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.leftovers import has_stray_values
from klantbeeld.platform.organisation.names import INDEX_KIND, MANAGE_FIELDS
from klantbeeld.platform.records.computed import roll_up_of, usable
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry


@dataclass(frozen=True, slots=True)
class FieldGiven:
    """An own field as it is wanted. `key`, `kind` and `target` count for a new one only: values depend on them."""

    label: str
    key: str
    kind: str
    choices: list[dict[str, str]]
    required: bool
    in_list: bool = False
    target: str = ""
    settings: dict[str, str] = dataclasses.field(default_factory=dict)


def save_field(actor: Actor, record_type: RecordType, field_id: UUID | None, given: FieldGiven) -> CustomField:
    """The field (a new one, placed last, for None), seen at once everywhere; its index is made in the background.

    Raises NotAllowed, NotFoundHere (also for a type without own fields), Invalid by field.
    """
    with transaction.atomic():
        if field_id is None:
            field = _new(actor, record_type, given)
        else:
            field = field_to_change(actor, record_type, field_id)
            _keep_used_choices(record_type, field, given)
        field.label, field.choices, field.required = given.label, given.choices, given.required
        field.in_list = given.in_list
        if field.computed:
            field.settings = _checked_settings(record_type, field.kind, given.settings)
            field.required = False
        try:
            field.full_clean(exclude=["tenant"], validate_constraints=False)
        except ValidationError as problem:
            raise Invalid(problem.message_dict) from None
        field.save()
        if field_id is None:
            _index(actor, field)
        transaction.on_commit(forget)
    forget()
    return field


def delete_field(actor: Actor, record_type: RecordType, field_id: UUID) -> None:
    """The field gone from every page. Values stay in the records' history, and in the records until they are
    written over: a field with the same key shows them again, and one that they don't fit is refused.

    Raises NotAllowed, NotFoundHere, and Invalid while a formula or a roll-up needs it."""
    with transaction.atomic():
        field = field_to_change(actor, record_type, field_id)
        _keep_what_others_need(record_type, field)
        field.delete()
        _index(actor, field)
    forget()


def order_fields(actor: Actor, record_type: RecordType, field_id: UUID, up: bool) -> None:
    """Move a field one place. Raises NotAllowed, NotFoundHere."""
    with transaction.atomic():
        moved = field_to_change(actor, record_type, field_id)
        fields = list(CustomField.objects.select_for_update().filter(record_type=record_type.slug))
        place = fields.index(moved)
        other = place - 1 if up else place + 1
        if 0 <= other < len(fields):
            fields[place], fields[other] = fields[other], fields[place]
        _number(fields)
    forget()


def field_to_change(actor: Actor, record_type: RecordType, field_id: UUID) -> CustomField:
    """The field under a row lock. Raises NotAllowed, NotFoundHere."""
    if not actor.may(MANAGE_FIELDS):
        raise NotAllowed
    field = CustomField.objects.select_for_update().filter(id=field_id, record_type=record_type.slug).first()
    if field is None:
        raise NotFoundHere
    return field


def _new(actor: Actor, record_type: RecordType, given: FieldGiven) -> CustomField:
    if not actor.may(MANAGE_FIELDS):
        raise NotAllowed
    if not record_type.has_custom_fields:
        raise NotFoundHere
    mine = CustomField.objects.filter(record_type=record_type.slug)
    if mine.filter(key=given.key).exists():
        raise Invalid({"key": [_("There is a field with this key already.")]})
    if given.kind == Kind.LINK and (registry.find(given.target) is None or not given.target):
        raise Invalid({"target": [_("Say what it links to.")]})
    if given.kind in set(Kind) and has_stray_values(
        record_type, given.key, Kind(given.kind), [str(pair.get("value")) for pair in given.choices]
    ):
        raise Invalid(
            {"key": [_("Records still have values of a former field with this key, which don't fit. Use another key.")]}
        )
    last = mine.aggregate(last=Max("position"))["last"]
    return CustomField(
        record_type=record_type.slug,
        key=given.key,
        kind=given.kind,
        target=given.target if given.kind == Kind.LINK else "",
        position=0 if last is None else last + 1,
    )


def _keep_used_choices(record_type: RecordType, field: CustomField, given: FieldGiven) -> None:
    gone = {pair["value"] for pair in field.choices} - {pair["value"] for pair in given.choices}
    used = [value for value in sorted(gone) if record_type.stored().filter(_holds(field.key, value)).exists()]
    if used:
        names = {pair["value"]: pair["label"] for pair in field.choices}
        raise Invalid(
            {
                "choices": [
                    _("Some records have this choice: %(names)s. Change them first, or keep it.")
                    % {"names": ", ".join(names[value] for value in used)}
                ]
            }
        )


def _checked_settings(record_type: RecordType, kind: str, settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of a computed field. Raises Invalid where they mean nothing."""
    if kind == ROLL_UP:
        if roll_up_of(record_type, settings) is None:
            raise Invalid({"measured": [_("Choose related records, and a field of theirs that can be measured so.")]})
        return {name: settings.get(name, "") for name in ("relation", "measure", "measured")}
    text = settings.get("formula", "")
    try:
        check(parse(text), usable(record_type.plain_fields()))
    except BadFormula as problem:
        place = _("At character %(place)d: %(problem)s") % {"place": problem.place + 1, "problem": problem}
        raise Invalid({"formula": [place]}) from None
    return {"formula": text}


def _keep_what_others_need(record_type: RecordType, field: CustomField) -> None:
    computed = CustomField.objects.filter(kind__in=(FORMULA, ROLL_UP)).exclude(id=field.id)
    needed = [each.label for each in computed if (record_type.slug, f"custom.{field.key}") in _needs(each)]
    if needed:
        message = _("These fields are worked out from it: %(names)s. Delete or change them first.")
        raise Invalid(message % {"names": ", ".join(needed)})


def _needs(computed: CustomField) -> set[tuple[str, str]]:
    """What a computed field takes: record types and names of their fields."""
    declared = registry.find(computed.record_type)
    if declared is None:
        return set()
    if computed.kind == FORMULA:
        return {(computed.record_type, name) for name in names_in(parse(computed.settings["formula"]))}
    found = roll_up_of(declared, computed.settings)
    if found is None:
        return set()
    other = found.related.record_type
    return {(other, found.related.link), *([(other, found.field.name)] if found.field else [])}


def _holds(key: str, value: str) -> Q:
    return Q(custom__contains={key: value}) | Q(custom__contains={key: [value]})


def _number(fields: Sequence[CustomField]) -> None:
    for position, field in enumerate(fields):
        if field.position != position:
            field.position = position
            field.save(update_fields=["position", "updated_at"])


def _index(actor: Actor, field: CustomField) -> None:
    arguments = {"record_type": field.record_type, "key": field.key}
    start(actor, INDEX_KIND, _("Index for “%(field)s”") % {"field": field.label}, arguments)
