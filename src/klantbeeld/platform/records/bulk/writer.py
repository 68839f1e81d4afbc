"""What a record type may say about being written by the thousand. The default suits most types."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.ids import uuid7_texts
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from klantbeeld.platform.records.record_type import RecordType

ID = RecordField(name="id", label="id", kind=Kind.UUID, path="id")
_IDS_AT_ONCE = 1000
Found = dict[str, list[UUID]]


@dataclass
class Written:
    """What one batch wrote. `created` are the ids of new records as text, and `links` to which records these were to
    point, by field. `changed` are the instances as they are now, `before` what their columns were, and `names` which
    fields were given, both by id."""

    created: list[str] = field(default_factory=list)
    links: dict[str, set[UUID]] = field(default_factory=dict)
    changed: list[Any] = field(default_factory=list)
    before: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    names: dict[UUID, set[str]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """All records that were written, as text."""
        return [*self.created, *(str(each.pk) for each in self.changed)]


class BulkWriter:
    """Writes many records of one type at once, by the rules of its `Writer`.

    A type may override `key_of`, `find` and `finds_by_column` (by what a record is recognised), `stamps` and `stamp`
    (columns that say from where a new record is), `side_table`, `side_columns` and `side_rows` (rows of one other table
    that belong to a new record), and `follow_up` (what else follows, set-wise); and for undoing an import `belongings`
    (models whose rows go with the record) and `removed`. `alone` names the fields from which nothing follows and that
    nothing else decides about: `complete`, `check` and `follow_up` have nothing to do with them. `run` names the
    import.
    """

    side_table: ClassVar[type[models.Model] | None] = None
    side_columns: ClassVar[tuple[str, ...]] = ()
    stamps: ClassVar[tuple[str, ...]] = ()
    belongings: ClassVar[tuple[type[models.Model], ...]] = ()
    alone: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, record_type: "RecordType", actor: Actor, fields: Mapping[str, RecordField], run: str) -> None:
        self.type = record_type
        self.actor = actor
        self.run = run
        self.fields = {"id": ID, **fields}
        self._ids: Iterator[str] = iter(())
        self.writer = record_type.writer(record_type, actor)

    @property
    def tables(self) -> "list[type[models.Model]]":
        """The tables that new records stand in."""
        return [self.type.model, *([self.side_table] if self.side_table else [])]

    def stands_alone(self, field: RecordField) -> bool:
        """Whether a field may be written by itself, in one statement for many records: nothing follows from it."""
        # The rules of a type know nothing of what an organisation adds.
        return field.json or field.name in self.alone or self._is_without_rules()

    def _is_without_rules(self) -> bool:
        from klantbeeld.platform.records.writing import Writer

        def keeps(given: type[Any], base: type[Any], *names: str) -> bool:
            return all(getattr(given, name) is getattr(base, name) for name in names)

        return (
            keeps(type(self), BulkWriter, "complete", "follow_up")
            and keeps(type(self.writer), Writer, "complete", "check", "before_save", "after_save")
            and self.type.model.clean is models.Model.clean
        )

    def next_id(self) -> str:
        """A new identifier, as text."""
        found = next(self._ids, "")
        if not found:
            self._ids = iter(uuid7_texts(_IDS_AT_ONCE))
            found = next(self._ids)
        return found

    # What a type may say. These run without the database.

    def complete(self, record: Any, changed: set[str], created: bool) -> None:
        """Fill in or refuse, as the writer does. Raises Invalid."""
        self.writer.complete(record, changed, created)

    def stamp(self, record: Any, number: int) -> None:
        """Say on a new record that it comes from row `number` of this import."""

    def key_of(self, record: Any, key: str) -> str:
        """By what a record is recognised, when that is the field `key`: text that `find` is asked with."""
        value = getattr(record, key)
        return "" if value is None else str(value)

    def side_rows(self, record: Any, changed: set[str]) -> Iterable[Sequence[str]]:
        """The rows of `side_table` for a new record, `side_columns` as text."""
        return ()

    # And these in the transaction that writes.

    def find(self, key: str, values: Collection[str]) -> Found:
        """The records that the actor may see, by what they are recognised by."""
        found: Found = defaultdict(list)
        column: Any = self.type.model._meta.get_field(key)
        kind = "uuid" if isinstance(column, models.UUIDField) else "text"
        rows = self.type.rows(self.actor).filter(Among(key, [each for each in values if each], kind))
        for value, record_id in rows.values_list(key, "id"):
            found[str(value)].append(record_id)
        return found

    def finds_by_column(self, key: str) -> bool:
        """Whether `find` does no more for `key` than to compare its column, as it is here."""
        return True

    def follow_up(self, written: Written) -> None:
        """Write what belongs to the records in other tables, set-wise."""

    def removed(self, instances: Sequence[Any]) -> None:
        """Bring up to date what followed from records that are gone."""

    # How it is done.

    def columns(self, given: Iterable[RecordField]) -> "list[models.Field[Any, Any]]":
        """The columns that differ from row to row, except for those of links."""
        of_model: Any = self.type.model._meta
        names = {"id", *self.writer.completes, *self.stamps}
        for each in given:
            if each.json or not each.is_link:
                names.add("custom" if each.json else each.path)
        linked = {each.path for each in given if each.is_link and not each.json}
        return [
            each
            for each in of_model.concrete_fields
            if (each.name in names or each.attname in names) and each.name not in linked
        ]

    def owned(self) -> dict[str, Any]:
        """The owner of what the actor makes without naming one, by column."""
        owner = self.type.owner
        return {f"{owner}_id": self.actor.member_id} if owner and "__" not in owner else {}


def targets(actor: Actor, linked: RecordField, texts: Collection[str]) -> Found:
    """What the texts in a file's link column mean: the ids of colleagues, or of records that the actor may see.

    A colleague goes by e-mail address or name; a record by id, the first of its type's import keys, or its title.
    """
    if linked.kind is Kind.USER:
        return _colleagues(texts)
    target = registry.get(linked.target or "")
    found: Found = defaultdict(list)
    ids = [text for text in texts if _is_uuid(text)]
    if ids:
        for record_id in target.rows(actor).filter(Among("pk", ids, "uuid")).values_list("pk", flat=True):
            found[str(record_id)].append(record_id)
    readable = target.readable(actor)
    for name in (*target.import_keys[:1], target.title):
        rest = [text for text in texts if text not in found]
        if not rest or name not in readable:
            continue
        for value, record_id in target.rows(actor).filter(Among(name, rest, "text")).values_list(name, "pk"):
            found[value].append(record_id)
    return found


def _colleagues(texts: Collection[str]) -> Found:
    wanted: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        wanted[text.casefold()].append(text)
    found: Found = defaultdict(list)
    for member_id, name, email in Member.objects.values_list("id", "name", "user__email"):
        for known in {name.casefold(), email.casefold(), str(member_id)}:
            for text in wanted.get(known, ()):
                found[text].append(member_id)
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
