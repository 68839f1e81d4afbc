"""The write path: validate, write, emit, in one transaction; history is written by the database itself.

The UI, the API, imports and jobs all come through here.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.conditions.public import Kind, stored_json
from klantbeeld.platform.events.public import emit
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.own_values import own_value
from klantbeeld.platform.records.parsing import parse_all
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from klantbeeld.platform.records.record_type import RecordType

Follower = Callable[["RecordType", Sequence[UUID | str]], None]
Concern = Callable[["RecordType", Collection[str]], bool]
Guard = Callable[[Any], None]
_followers: dict[str, tuple[Follower, Concern | None]] = {}


def follow(name: str, follower: Follower, concern: Concern | None = None) -> None:
    """Have `follower(record_type, ids)` called in the transaction of every write, deletions included.

    For what must never lag behind, such as the search index. `concern(record_type, names)` may say that a change of
    these fields alone is nothing to it. Raises ValueError when the name is taken.
    """
    if name in _followers:
        raise ValueError(f"There is a follower {name!r} already.")
    _followers[name] = (follower, concern)


def tell_followers(record_type: "RecordType", ids: Sequence[UUID | str], names: Collection[str] | None = None) -> None:
    """Let the followers catch up with rows that were written or deleted, by id or its text; for bulk writers. `names`
    says that nothing but these fields changed."""
    for follower, concern in _followers.values():
        if names is None or concern is None or concern(record_type, names):
            follower(record_type, ids)


def value_in(instance: Any, field: RecordField) -> Any:
    """A field's value in an instance of its model; for a link the id."""
    if field.json:
        return own_value(field, instance.custom)
    return getattr(instance, f"{field.path}_id" if field.is_link else field.path)


class Writer:
    """Creates, changes and deletes records of one type on behalf of an actor.

    A type that needs more overrides `complete` (fill in or refuse, without the database: imports use it for a million
    rows), `before_save` (what needs the database), `after_save` and `after_delete` (rows of other tables). They run
    inside the transaction. `completes` names the columns that `complete` may fill besides those that were given.
    """

    completes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, record_type: "RecordType", actor: Actor) -> None:
        self.type = record_type
        self.actor = actor

    def create(self, given: Mapping[str, Any]) -> Model:
        """A new record from raw values by field name.

        Raises NotAllowed when the actor may not create, Invalid with what is wrong per field.
        """
        if not self.type.creatable or not gates.may_create(self.actor, self.type):
            raise NotAllowed
        fields = self._writable(given)
        missing = {name: "" for name, each in fields.items() if each.required and name not in given}
        values = parse_all(fields, {**missing, **given}, self._timezone)
        instance = self.type.model(**self.type.discriminator)
        self._own(instance, values, fields)
        with transaction.atomic():
            self._save(instance, values, fields, created=True)
            self._check_reach(instance, "create")
        return instance

    def change(self, record_id: UUID, given: Mapping[str, Any], guard: Guard | None = None) -> Model:
        """The record with some fields changed, under a row lock.

        `guard` sees the record under its lock, before anything of it is changed, and may refuse by raising. Raises
        NotFoundHere when the actor may not change it or it isn't there, Invalid with what is wrong per field.
        """
        if not self.type.changeable:
            raise NotAllowed
        fields = self._writable(given)
        values = parse_all(fields, dict(given), self._timezone)
        with transaction.atomic():
            instance = self._locked(record_id, "change")
            if guard is not None:
                guard(instance)
            self._save(instance, values, fields, created=False)
            self._check_reach(instance, "change")
        return instance

    def delete(self, record_id: UUID, guard: Guard | None = None) -> None:
        """The record gone; history keeps what it was. `guard` may refuse, as in `change`.

        Raises NotFoundHere as `change` does, Invalid when other records hold on to it.
        """
        if not self.type.deletable:
            raise NotAllowed
        with transaction.atomic():
            instance = self._locked(record_id, "delete")
            if guard is not None:
                guard(instance)
            try:
                instance.delete()
            except (ProtectedError, RestrictedError) as problem:
                held_by = (
                    problem.protected_objects if isinstance(problem, ProtectedError) else problem.restricted_objects
                )
                names = sorted({str(each._meta.verbose_name_plural) for each in held_by})
                raise Invalid(
                    _("This can't be deleted while there are %(names)s that belong to it.")
                    % {"names": ", ".join(names)}
                ) from None
            instance.pk = record_id  # deleting took it away
            self.after_delete(instance)
            tell_followers(self.type, [record_id])
            emit(f"{self.type.slug}.deleted", {"id": str(record_id)})

    # What a type may add.

    def complete(self, record: Any, changed: set[str], created: bool) -> None:
        """Fill in what follows from what was given, or raise Invalid. `changed` are the names of the given fields.

        `record` is an instance, or in an import anything with the attributes of one.
        """

    def before_save(self, instance: Any, changed: set[str], created: bool) -> None:
        """Look at the database before the instance is written, or raise Invalid."""

    def after_save(self, instance: Any, changed: set[str], created: bool) -> None:
        """Write what belongs to the record in other tables."""

    def after_delete(self, instance: Any) -> None:
        """Bring up to date what followed from the record that is gone."""

    # How it is done.

    def check(self, record: Any) -> None:
        """Let the model's own `clean` refuse the values together. Raises Invalid.

        In an import `record` is a draft whose links and database aren't there yet: `clean` must do without.
        """
        model = self.type.model
        if model.clean is Model.clean:
            return
        instance = record if isinstance(record, Model) else _instance(model, vars(record))
        try:
            instance.clean()
        except ValidationError as problem:
            raise Invalid(problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}) from None

    def put(self, instance: Any, field: RecordField, value: Any) -> None:
        """Give an instance the value of a field; for a link it is the id."""
        if field.json:
            others = {key: kept for key, kept in instance.custom.items() if key != field.path}
            instance.custom = others if value is None else others | {field.path: json.loads(stored_json(value))}
        elif field.is_link:
            setattr(instance, f"{field.path}_id", value)
        else:
            setattr(instance, field.path, value)

    def check_links(self, values: Mapping[str, Any], fields: Mapping[str, RecordField]) -> None:
        """Raise Invalid where a value points to what isn't there, or may not be seen."""
        for name, value in values.items():
            field = fields[name]
            if value is None:
                continue
            if field.kind is Kind.USER and not Member.objects.filter(pk=value).exists():
                raise Invalid({name: [_("There is no such colleague.")]})
            target = registry.find(field.target or "") if field.kind is Kind.LINK else None
            if target is not None and not target.rows(self.actor).filter(pk=value).exists():
                raise Invalid({name: [_("There is no such record, or you may not see it.")]})

    @property
    def _timezone(self) -> ZoneInfo:
        return ZoneInfo(self.actor.timezone)

    def _writable(self, given: Mapping[str, Any]) -> dict[str, RecordField]:
        writable = self.type.writable(self.actor)
        refused = {
            name: [_("There is no such field, or it can't be written.")] for name in given if name not in writable
        }
        if refused:
            raise Invalid(refused)
        return writable

    def _own(self, instance: Model, values: dict[str, Any], fields: dict[str, RecordField]) -> None:
        # Who may write no owner, or leaves it open, owns what they make.
        owner = self.type.owner
        if owner and "__" not in owner and not values.get(owner) and self.actor.member_id:
            setattr(instance, f"{owner}_id", self.actor.member_id)
            values.pop(owner, None)

    def _locked(self, record_id: UUID, action: str) -> Model:
        def build() -> "QuerySet[Any, Any]":
            rows = self.type.rows(self.actor, action).select_for_update(of=("self",))
            return rows.filter(pk=statements.Gap("id")).order_by()

        key = statements.key_of(self.actor, self.type, None, "locked", action)
        found = statements.instances(self.type.model, key, build, {"id": record_id})
        if not found:
            raise NotFoundHere
        return found[0]

    def _save(self, instance: Any, values: dict[str, Any], fields: dict[str, RecordField], created: bool) -> None:
        self.check_links(values, fields)
        before = {} if created else _columns(instance)
        old = {name: _comparable(value_in(instance, fields[name])) for name in values}
        for name, value in values.items():
            self.put(instance, fields[name], value)
        self.complete(instance, set(values), created)
        self.before_save(instance, set(values), created)
        self.check(instance)
        try:
            # A conflict ends the whole write, so it needs no savepoint of its own.
            instance.save(force_insert=created, update_fields=None if created else _differing(instance, before))
            self.after_save(instance, set(values), created)
        except IntegrityError as problem:
            raise self.conflict(problem) from None
        except DataError:
            # What was given fits, or parsing would have said so; what follows from it doesn't, such as a total.
            raise Invalid(_("A value doesn't fit.")) from None
        tell_followers(self.type, [instance.pk])
        differing = [name for name in values if _comparable(value_in(instance, fields[name])) != old[name]]
        emit(
            f"{self.type.slug}.{'created' if created else 'changed'}",
            {"id": str(instance.pk), "fields": sorted(values), "differing": sorted(differing)},
        )

    def _check_reach(self, instance: Model, action: str) -> None:
        # Rights are looked at again after the write: nobody may make a row that they could not have touched.
        if self.actor.grants.reach(self.type.slug, action) is Reach.ALL:
            return
        if not self.type.rows(self.actor, action).filter(pk=instance.pk).exists():
            raise NotAllowed(_("You may not give this record to somebody else."))

    def conflict(self, problem: IntegrityError) -> Invalid:
        """What a broken constraint means, in words."""
        name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", "") or ""
        for constraint in self.type.model._meta.constraints:
            if constraint.name == name:
                return Invalid(str(constraint.violation_error_message))
        return Invalid(_("This clashes with another record."))


def _columns(instance: Model) -> dict[str, Any]:
    """What stands in each column, to be compared with what is done to the instance."""
    return {each.attname: _comparable(getattr(instance, each.attname)) for each in instance._meta.concrete_fields}


def _comparable(value: Any) -> Any:
    # JSON may be changed where it stands, and in it 1 isn't the same as True.
    return repr(value) if isinstance(value, dict | list) else value


def _differing(instance: Model, before: Mapping[str, Any]) -> list[str]:
    """The columns to be written: those that are no more what they were, and those that note each write."""
    return [
        each.name
        for each in instance._meta.concrete_fields
        if getattr(each, "auto_now", False) or _comparable(getattr(instance, each.attname)) != before[each.attname]
    ]


def _instance(model: type[Model], values: Mapping[str, Any]) -> Model:
    names = [column.attname for column in model._meta.concrete_fields]
    made = model.from_db(None, names, [values.get(name) for name in names])
    made._state.adding = True
    return made
