"""A record type: declared once, from which list, form, detail page, API, import, export and the rest follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.fields import FieldSet, Relation
from klantbeeld.platform.customfields.public import CustomField, WithCustomFields, fields_of, fields_to
from klantbeeld.platform.records.bulk import BulkWriter
from klantbeeld.platform.records.computed import fields_from
from klantbeeld.platform.records.fields import OWN_FIELD, RecordField, from_custom, from_model
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.writing import Writer
from klantbeeld.platform.tenancy.scope import current_tenant_id

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from klantbeeld.platform.records.cells import CellMaker, Reader


@dataclass(frozen=True)
class Section:
    """A part of a form and of the facts on a detail page."""

    label: "StrOrPromise"
    fields: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """A named condition that comes along with a record type, shown as a tab."""

    slug: str
    label: "StrOrPromise"
    condition: Mapping[str, Any]


@dataclass(frozen=True)
class SearchBy:
    """Where search looks. The classes are weights of PostgreSQL's text search; a class with a field that someone
    may not read is left out for them, so keep fields of one sensitivity together. `title` is class A."""

    b: tuple[str, ...] = ()
    c: tuple[str, ...] = ()
    d: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    """Records of another type that point to this one, usable in conditions and shown as a panel.

    `link` is the field on the other type that points here: a foreign key, or with `own` an own field of the
    organisation, whose key is `key`.
    """

    name: str
    label: "StrOrPromise"
    record_type: str
    link: str

    @property
    def own(self) -> bool:
        """Whether the link is an own field."""
        return self.link.startswith(OWN_FIELD)

    @property
    def key(self) -> str:
        """The link as it is stored: the foreign key, or the key of the own field."""
        return self.link.removeprefix(OWN_FIELD)


@dataclass(frozen=True)
class Board:
    """How records stand on a board unless somebody asks otherwise.

    `by` is the field whose values are the lanes, `total` the number or amount that lanes add up, `lines` at most two
    fields under the name on a card. `badge` draws what is wrong with a record, "" when nothing is, from the fields in
    `badge_needs`; it stays away where one of them may not be read.
    """

    by: str
    total: str = ""
    lines: tuple[str, ...] = ()
    badge: "Callable[[Reader], Callable[[Mapping[str, Any]], str]] | None" = None
    badge_needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """Where records are on the map: the fields with their country, a code of two letters, and their postcode."""

    country: str
    postcode: str


class RecordType:
    """Base of all declarations. What isn't declared is taken from the model.

    `owner` is the lookup path to the member that "own" and "team" rights look at. `title` is the field that names a
    record. `discriminator` says what the rows of this type have in common where its table holds those of others, too.
    `fields` lists the model's fields in use; `changes` adjusts what is taken from the model per field.
    """

    slug: ClassVar[str]
    model: ClassVar[type[Model]]
    label: "ClassVar[StrOrPromise]"
    label_plural: "ClassVar[StrOrPromise]"
    icon: ClassVar[str] = "file"
    tone: ClassVar[str] = "mute"
    discriminator: ClassVar[Mapping[str, Any]] = {}
    owner: ClassVar[str | None] = None
    title: ClassVar[str] = "name"
    subtitle: ClassVar[str | None] = None
    fields: ClassVar[tuple[str, ...]] = ()
    changes: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    columns: ClassVar[tuple[str, ...]] = ()
    sortable: ClassVar[Mapping[str, str]] = {}
    sort: ClassVar[str] = "-created_at"
    sections: ClassVar[tuple[Section, ...]] = ()
    quick: ClassVar[tuple[str, ...]] = ()
    search: ClassVar[SearchBy] = SearchBy()
    views: ClassVar[tuple[View, ...]] = ()
    related: ClassVar[tuple[Related, ...]] = ()
    personal: ClassVar[frozenset[str]] = frozenset()
    import_keys: ClassVar[tuple[str, ...]] = ()
    # What else a field is called in files, in any language: field name -> words.
    synonyms: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    creatable: ClassVar[bool] = True
    changeable: ClassVar[bool] = True
    deletable: ClassVar[bool] = True
    writer: ClassVar[type[Writer]] = Writer
    bulk: ClassVar[type[BulkWriter]] = BulkWriter
    # How some fields are drawn in lists, and the columns of the model that this needs besides the field's own.
    cells: "ClassVar[Mapping[str, CellMaker]]" = {}
    cell_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # The field whose value says whether an avatar is round or square; None: no avatar.
    avatar: ClassVar[str | None] = None
    # Where the cells of a row go on a phone: field name -> "a", "b" (first line), "c", "d" (second); else left out.
    # Without it the title stands on the first line and the next two columns on the second.
    phone: ClassVar[Mapping[str, str]] = {}
    # Columns that are left out first when the sheet gets narrow.
    droppable: ClassVar[frozenset[str]] = frozenset()
    board: ClassVar[Board | None] = None
    # The field that puts records on days, and perhaps the one that ends what it begins; else the first that is shown.
    days: ClassVar[tuple[str, ...]] = ()
    places: ClassVar[Places | None] = None
    # The fields in the line under the name on a record's page.
    about: ClassVar[tuple[str, ...]] = ()

    @cached_property
    def static_fields(self) -> Mapping[str, RecordField]:
        """The fields that come with the product, by name."""
        made = {}
        for name in self.fields:
            changes = dict(self.changes.get(name, {}))
            if name in self.sortable:
                changes |= {"sortable": True, "sort_path": self.sortable[name]}
            made[name] = from_model(self.model, name, personal=name in self.personal, **changes)
        return made

    @property
    def has_custom_fields(self) -> bool:
        """Whether an organisation may add fields."""
        return issubclass(self.model, WithCustomFields)

    def all_fields(self) -> dict[str, RecordField]:
        """Every field in the current organisation, its own ones included, by name. Not for showing: see `readable`."""
        if not self.has_custom_fields:
            return dict(self.static_fields)
        own, tenant_id = fields_of(self.slug), current_tenant_id()
        kept = self._with_own.get(tenant_id)
        if kept is None or kept[0] is not own:
            plain = {**self.static_fields, **_by_name(own)}
            kept = self._with_own[tenant_id] = (own, plain | fields_from(self, own, plain))
        return dict(kept[1])

    def plain_fields(self) -> dict[str, RecordField]:
        """All fields of the current organisation whose values are stored."""
        return (
            {**self.static_fields, **_by_name(fields_of(self.slug))}
            if self.has_custom_fields
            else {**self.static_fields}
        )

    @cached_property
    def _with_own(self) -> "dict[UUID, tuple[Sequence[CustomField], dict[str, RecordField]]]":
        # By organisation: what was read of own fields, and what was made of it. Every request asks several times.
        return {}

    def readable(self, actor: Actor) -> dict[str, RecordField]:
        """The fields that `actor` may read: the only ones a surface may show, filter, sort, search or export by."""
        fields = self.all_fields()
        if not actor.grants.reads_every_field(self.slug):
            fields = {name: each for name, each in fields.items() if gates.readable(actor, self, name)}
        hidden = [
            name
            for name, each in fields.items()
            if each.computed and not (each.computed.inputs <= fields.keys() and each.computed.visible(actor))
        ]
        return {name: each for name, each in fields.items() if name not in hidden} if hidden else fields

    def list_columns(self, actor: Actor) -> tuple[str, ...]:
        """The fields in the columns of the list, by name: the declared ones, then the organisation's own."""
        own = (name for name, each in self.readable(actor).items() if each.own and each.in_list)
        return (*self.columns, *own)

    def phone_places(self, names: Iterable[str]) -> Mapping[str, str]:
        """Where the cells of a row with these columns go on a phone, by name: as declared, or else by their order."""
        if self.phone:
            return self.phone
        return {self.title: "a"} | dict(zip((name for name in names if name != self.title), "cd", strict=False))

    def writable(self, actor: Actor) -> dict[str, RecordField]:
        """The fields that `actor` may write."""
        editable = {name: each for name, each in self.all_fields().items() if each.editable}
        if actor.grants.writes_every_field(self.slug):
            return editable
        return {name: each for name, each in editable.items() if gates.writable(actor, self, name)}

    def rows(self, actor: Actor, action: str = "read") -> "QuerySet[Any]":
        """The rows on which `actor` may do `action`: where every surface starts."""
        return gates.rows(actor, action, self)

    def stored(self) -> "QuerySet[Any]":
        """All rows of this type in the current organisation, whoever may see them: for upkeep, never for showing."""
        return self.model._default_manager.filter(tenant_id=current_tenant_id(), **self.discriminator)

    def relations(self) -> tuple[Related, ...]:
        """What points to records of this type: the declared relations, then the organisation's own links."""
        return (*self.related, *self._own_relations())

    def _own_relations(self) -> "Iterable[Related]":
        for each in fields_to(self.slug):
            other = registry.find(each.record_type)
            if other is not None:
                label = f"{other.label_plural} ({each.label})"
                yield Related(f"{other.slug}-{each.key}", label, other.slug, f"{OWN_FIELD}{each.key}")

    def field_set(self, actor: Actor) -> FieldSet:
        """What conditions on this type may speak about, as `actor`."""
        readable = self.readable(actor)
        relations = [
            Relation(
                name=each.name,
                label=each.label,
                path=each.name,
                fields=lambda other=other: other.field_set(actor),  # type: ignore[misc]
                rows=lambda other=other: other.rows(actor),  # type: ignore[misc]
                link=each.key,
                own=each.own,
            )
            for each in self.relations()
            if (other := registry.find(each.record_type)) is not None
            and gates.may(actor, "read", other)
            and gates.readable(actor, other, each.link)
        ]
        return FieldSet.of((_bound(each, actor) for each in readable.values()), relations)


def _bound(each: RecordField, actor: Actor) -> RecordField:
    return replace(each, expression=partial(each.computed.expression, actor)) if each.computed else each


def _by_name(own: "Sequence[CustomField]") -> dict[str, RecordField]:
    made = [from_custom(each) for each in own if not each.computed]
    return {each.name: each for each in made}
